//! Metadata that IAM would not take: each flaw is a finding, and the same metadata without it raises none.

use rolecall::audit::Finding;
use rolecall::audit::registry::rule;
use rolecall::setup::{Known, KnownCertificate};
use rolecall::signature::Certificate;

use crate::sample::{ISSUED, codes};

/// Makes metadata that is good bad.
pub(crate) type Spoil = fn(&mut Known);

/// What is wrong with the metadata, by the code of the finding.
pub(crate) const FLAWS: &[(&str, Spoil)] = &[
    ("setup.metadata_length", |known| known.characters = 999),
    ("setup.metadata_length", |known| known.characters = 10_000_001),
    ("setup.metadata_mark", |known| known.has_mark = true),
    ("setup.metadata_weak_key", |known| known.certificates = vec![key(WEAK)]),
    ("setup.metadata_extension", |known| known.certificates = vec![key(REPEATED)]),
    ("setup.metadata_no_endpoint", |known| known.endpoints.clear()),
    ("setup.metadata_several", |known| known.providers = 2),
    ("setup.metadata_name_id", |known| known.name_id_formats = vec![format("2.0:nameid-format:encrypted")]),
];

#[test]
fn each_flaw_of_metadata_is_a_finding_and_metadata_without_one_has_none() {
    assert_eq!(codes(&said(|_| ())), Vec::<&str>::new());
    for (code, spoil) in FLAWS {
        let found = said(*spoil);
        assert_eq!(codes(&found), [*code]);
        let known = rule(code).unwrap();
        assert_eq!(found.iter().map(|one| one.severity).collect::<Vec<_>>(), [known.severity], "{code}");
        assert!(known.page().is_some(), "{code}");
    }
}

#[test]
fn the_bounds_of_iam_are_taken_and_so_is_any_one_format_that_aws_knows() {
    for characters in [1_000, 10_000_000] {
        assert_eq!(codes(&said(|known| known.characters = characters)), Vec::<&str>::new());
    }
    let formats = ["2.0:nameid-format:encrypted", "1.1:nameid-format:emailAddress"].map(format);
    assert_eq!(codes(&said(|known| known.name_id_formats = formats.to_vec())), Vec::<&str>::new());
}

fn said(spoil: impl FnOnce(&mut Known)) -> Vec<Finding> {
    let text = std::format!(
        r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/metadata"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>"#,
        key(GOOD).der
    );
    let mut known = Known::read(&text, ISSUED).unwrap().remove(0);
    spoil(&mut known);
    known.findings(ISSUED)
}

fn key(pem: &str) -> KnownCertificate {
    KnownCertificate { der: rolecall::octets::base64(&Certificate::from_pem(pem).unwrap().der) }
}

fn format(behind: &str) -> String {
    ["urn:oasis:names:tc:SAML:", behind].concat()
}

const GOOD: &str = include_str!("../fixtures/signatures/keys/rsa2048.pem");
const WEAK: &str = include_str!("../fixtures/metadata/weak-key.pem");
const REPEATED: &str = include_str!("../fixtures/metadata/repeated-extension.pem");
