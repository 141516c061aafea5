//! The algorithms by their URIs: RFC 9231 and the specifications it gathers.

use super::canonical::{Form, Method};
use super::key::Kind;
use super::{Hash, Scheme};

/// What a `SignatureMethod` asks for. The curve of ECDSA is that of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    RsaPkcs1(Hash),
    /// The salt is as long as the hash.
    RsaPss(Hash),
    /// Hash and salt stand in `RSAPSSParams`.
    RsaPssWithParameters,
    Ecdsa(Hash),
    Ed25519,
    /// A shared secret: whoever can check such a signature can make it, and a public key taken for the secret is known
    /// to everybody.
    Hmac,
}

/// What a `SignatureMethod` means; `None` when it is not supported.
pub(super) fn signature(uri: &str) -> Option<Algorithm> {
    let (space, name) = uri.split_once('#')?;
    if name.starts_with("hmac-") {
        return Some(Algorithm::Hmac);
    }
    match space {
        DSIG if name == "rsa-sha1" => return Some(Algorithm::RsaPkcs1(Hash::Sha1)),
        MORE_2001 | MORE_2007 => {}
        MORE_2021 if name == "eddsa-ed25519" => return Some(Algorithm::Ed25519),
        _ => return None,
    }
    if name == "rsa-pss" {
        return Some(Algorithm::RsaPssWithParameters);
    }
    if let Some(name) = name.strip_suffix("-rsa-MGF1") {
        return hash(name).map(Algorithm::RsaPss);
    }
    if let Some(name) = name.strip_prefix("ecdsa-") {
        return hash(name).map(Algorithm::Ecdsa);
    }
    hash(name.strip_prefix("rsa-")?).map(Algorithm::RsaPkcs1)
}

/// What a `DigestMethod` means; `None` when it is not supported.
pub(super) fn digest(uri: &str) -> Option<Hash> {
    let (space, name) = uri.split_once('#')?;
    hash(name).filter(|_| matches!(space, DSIG | ENCRYPTION | MORE_2001))
}

/// What a `CanonicalizationMethod`, or a `Transform` that canonicalizes, means.
pub(super) fn canonicalization(uri: &str) -> Option<Method> {
    let (uri, comments) = match uri.strip_suffix("WithComments") {
        Some(uri) => (uri, true),
        None => (uri, false),
    };
    let form = match uri {
        "http://www.w3.org/2001/10/xml-exc-c14n#" => Form::Exclusive,
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" if !comments => Form::Inclusive,
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#" if comments => Form::Inclusive,
        "http://www.w3.org/2006/12/xml-c14n11" if !comments => Form::Inclusive11,
        "http://www.w3.org/2006/12/xml-c14n11#" if comments => Form::Inclusive11,
        _ => return None,
    };
    Some(Method { form, comments })
}

/// What people call a signature algorithm, such as `RSA PKCS#1 v1.5, SHA-256`; `None` for one that is not supported.
#[must_use]
pub fn algorithm_name(uri: &str) -> Option<String> {
    let (scheme, hash) = match signature(uri)? {
        Algorithm::RsaPkcs1(hash) => ("RSA PKCS#1 v1.5", Some(hash)),
        Algorithm::RsaPss(hash) => ("RSA-PSS", Some(hash)),
        Algorithm::RsaPssWithParameters => ("RSA-PSS", None),
        Algorithm::Ecdsa(hash) => ("ECDSA", Some(hash)),
        Algorithm::Ed25519 => ("Ed25519", None),
        Algorithm::Hmac => ("HMAC", None),
    };
    let mut name = String::from(scheme);
    if let Some(hash) = hash {
        name.push_str(", ");
        name.push_str(hash.name());
    }
    Some(name)
}

/// The hash that a digest URI asks for, such as `SHA-256`.
#[must_use]
pub fn digest_name(uri: &str) -> Option<&'static str> {
    digest(uri).map(Hash::name)
}

/// The scheme to check a signature with, if a key of that kind can have made it.
pub(super) fn scheme(algorithm: Algorithm, parameters: Option<(Hash, u32)>, kind: Kind) -> Option<Scheme> {
    Some(match (algorithm, kind) {
        (Algorithm::RsaPkcs1(hash), Kind::Rsa) => Scheme::RsaPkcs1(hash),
        (Algorithm::RsaPss(hash), Kind::Rsa) => Scheme::RsaPss { hash, salt: hash.bytes() },
        (Algorithm::RsaPssWithParameters, Kind::Rsa) => {
            let (hash, salt) = parameters?;
            Scheme::RsaPss { hash, salt }
        }
        (Algorithm::Ecdsa(hash), Kind::Ec(curve)) => Scheme::Ecdsa { curve, hash },
        (Algorithm::Ed25519, Kind::Ed25519) => Scheme::Ed25519,
        _ => return None,
    })
}

fn hash(name: &str) -> Option<Hash> {
    Some(match name {
        "sha1" => Hash::Sha1,
        "sha256" => Hash::Sha256,
        "sha384" => Hash::Sha384,
        "sha512" => Hash::Sha512,
        _ => return None,
    })
}

/// The transform that leaves the signature itself out (XML Signature, 6.6.4).
pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// What a reference without a canonicalization is canonicalized by (XML Signature, 4.4.3.2).
pub(super) const DEFAULT_CANONICALIZATION: Method = Method { form: Form::Inclusive, comments: false };

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig";
const ENCRYPTION: &str = "http://www.w3.org/2001/04/xmlenc";
const MORE_2001: &str = "http://www.w3.org/2001/04/xmldsig-more";
const MORE_2007: &str = "http://www.w3.org/2007/05/xmldsig-more";
const MORE_2021: &str = "http://www.w3.org/2021/04/xmldsig-more";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_algorithms_are_known_by_their_uri() {
        for (uri, name) in [
            ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "RSA PKCS#1 v1.5, SHA-1"),
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "RSA PKCS#1 v1.5, SHA-256"),
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "RSA PKCS#1 v1.5, SHA-512"),
            ("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "RSA-PSS, SHA-256"),
            ("http://www.w3.org/2007/05/xmldsig-more#rsa-pss", "RSA-PSS"),
            ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "ECDSA, SHA-384"),
            ("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "Ed25519"),
            ("http://www.w3.org/2000/09/xmldsig#hmac-sha1", "HMAC"),
        ] {
            assert_eq!(algorithm_name(uri).as_deref(), Some(name), "{uri}");
        }
        for uri in [
            "",
            "rsa-sha256",
            "http://www.w3.org/2000/09/xmldsig#rsa-sha256",
            "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160",
            "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448",
        ] {
            assert_eq!(algorithm_name(uri), None, "{uri}");
        }
    }

    #[test]
    fn digests_are_known_in_each_of_their_spellings() {
        for (uri, name) in [
            ("http://www.w3.org/2000/09/xmldsig#sha1", Some("SHA-1")),
            ("http://www.w3.org/2001/04/xmlenc#sha256", Some("SHA-256")),
            ("http://www.w3.org/2001/04/xmldsig-more#sha384", Some("SHA-384")),
            ("http://www.w3.org/2001/04/xmlenc#sha384", Some("SHA-384")),
            ("http://www.w3.org/2001/04/xmlenc#sha512", Some("SHA-512")),
            ("http://www.w3.org/2001/04/xmldsig-more#md5", None),
            ("http://www.w3.org/2001/04/xmldsig-more#sha224", None),
            ("http://www.w3.org/2001/04/xmlenc#ripemd160", None),
        ] {
            assert_eq!(digest_name(uri), name, "{uri}");
        }
    }

    #[test]
    fn the_six_canonicalizations_are_known_and_no_other() {
        for (uri, form, comments) in [
            ("http://www.w3.org/2001/10/xml-exc-c14n#", Form::Exclusive, false),
            ("http://www.w3.org/2001/10/xml-exc-c14n#WithComments", Form::Exclusive, true),
            ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", Form::Inclusive, false),
            ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", Form::Inclusive, true),
            ("http://www.w3.org/2006/12/xml-c14n11", Form::Inclusive11, false),
            ("http://www.w3.org/2006/12/xml-c14n11#WithComments", Form::Inclusive11, true),
        ] {
            assert_eq!(canonicalization(uri), Some(Method { form, comments }), "{uri}");
        }
        for uri in [
            "",
            "http://www.w3.org/2001/10/xml-exc-c14n",
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#",
            "http://www.w3.org/2006/12/xml-c14n11WithComments",
            "http://www.w3.org/2010/xml-c14n2",
        ] {
            assert_eq!(canonicalization(uri), None, "{uri}");
        }
    }
}
