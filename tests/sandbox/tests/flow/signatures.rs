//! xmlsec1, which no one here wrote, verifies what the identity provider signs.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rolecall_sandbox::{Options, Persona, Sandbox, Shape};

#[test]
fn every_person_in_every_shape_verifies_with_xmlsec1() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let certificate = folder.join("signing.pem");
    fs::write(&certificate, sandbox.signing_certificate_pem()).unwrap();
    let (_, people) = Persona::groups().next().unwrap();
    for persona in people {
        for shape in Shape::ALL {
            let name = format!("{}-{}", persona.slug(), shape.slug());
            let compact = sandbox.saml_response(persona, shape).unwrap().replace("\r\n", "");
            assert!(compact.len() <= 100_000, "{name}: STS takes 100,000 characters, not {}", compact.len());
            let file = folder.join(format!("{name}.xml"));
            fs::write(&file, STANDARD.decode(compact).unwrap()).unwrap();
            // The signature inside an encrypted assertion is for AWS's eyes; `sign_in` shows that it is accepted.
            let signatures = match (persona, shape) {
                (Persona::Encrypted, _) => 0,
                (_, Shape::Okta | Shape::Keycloak) => 2,
                _ => 1,
            };
            let written = fs::read_to_string(&file).unwrap().matches("SignedInfo>").count() / 2;
            assert_eq!(written, signatures, "{name}");
            for number in 1..=signatures {
                assert!(xmlsec1_verifies(&file, &certificate, number), "{name}, signature {number}");
            }
        }
    }
}

#[test]
fn xmlsec1_refuses_what_was_changed_after_signing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let certificate = folder.join("signing-2.pem");
    fs::write(&certificate, sandbox.signing_certificate_pem()).unwrap();
    let response = sandbox.saml_response(Persona::FourRoles, Shape::Entra).unwrap();
    let xml = String::from_utf8(STANDARD.decode(response).unwrap()).unwrap();
    let file = folder.join("changed.xml");
    fs::write(&file, xml.replace("role/AdminReadOnly", "role/Admin")).unwrap();
    assert!(!xmlsec1_verifies(&file, &certificate, 1));
}

fn xmlsec1_verifies(file: &Path, certificate: &Path, number: usize) -> bool {
    let output = Command::new("xmlsec1")
        .args(["--verify", "--enabled-key-data", "rsa", "--pubkey-cert-pem"])
        .arg(certificate)
        .args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response"])
        .args(["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"])
        .args(["--node-xpath", &format!("(//*[local-name()='Signature'])[{number}]")])
        .arg(file)
        .output()
        .expect("this test needs xmlsec1 (Debian: apt-get install xmlsec1)");
    output.status.success()
}
