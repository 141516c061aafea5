"""Makes the keys that the corpus is signed with. The private halves live in the work folder and are thrown away with it; only
certificates and public keys are kept beside the documents."""

import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

NOT_BEFORE = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
NOT_AFTER = datetime.datetime(2036, 1, 1, tzinfo=datetime.timezone.utc)

MAKERS = {
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),
    "rsa2048": lambda: rsa.generate_private_key(65537, 2048),
    # Two more of the commonest kind: one that a key was changed to, one that only an attacker holds.
    "rsa2048-next": lambda: rsa.generate_private_key(65537, 2048),
    "attacker": lambda: rsa.generate_private_key(65537, 2048),
    "rsa3072": lambda: rsa.generate_private_key(65537, 3072),
    "rsa4096": lambda: rsa.generate_private_key(65537, 4096),
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "p521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


class Keys:
    """Private keys as PEM files in `work`, certificates in `out`."""

    def __init__(self, work: pathlib.Path, out: pathlib.Path):
        self.work, self.out = work, out
        work.mkdir(parents=True, exist_ok=True)
        out.mkdir(parents=True, exist_ok=True)
        private = {name: make() for name, make in MAKERS.items()}
        private["chain-root"] = rsa.generate_private_key(65537, 2048)
        private["chain-middle"] = rsa.generate_private_key(65537, 2048)
        private["chain"] = rsa.generate_private_key(65537, 2048)
        issuers = {"chain-middle": "chain-root", "chain": "chain-middle"}
        for name in [*MAKERS, "chain-root", "chain-middle", "chain"]:
            issuer = issuers.get(name, name)
            self._write(name, private[name], certificate(name, private[name], issuer, private[issuer]))

    def _write(self, name, key, made):
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.work / f"{name}.key").write_bytes(pem)
        (self.out / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def private(self, name):
        """Path of the private key."""
        return self.work / f"{name}.key"

    def certificate(self, name):
        """Path of the certificate."""
        return self.out / f"{name}.pem"

    def certificate_text(self, name):
        """The base64 of the certificate on one line."""
        lines = self.certificate(name).read_text().split("\n")
        return "".join(line for line in lines if line and not line.startswith("-"))

    def public_numbers(self, name):
        """What a KeyValue says of the key."""
        made = x509.load_pem_x509_certificate(self.certificate(name).read_bytes())
        return made.public_key().public_numbers()


def certificate(name, key, issuer_name, issuer_key):
    """A certificate of `name`, issued by `issuer_name`."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Rolecall test {name}")])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Rolecall test {issuer_name}")])
    digest = None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .sign(issuer_key, digest)
    )
