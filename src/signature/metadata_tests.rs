//! Tests of [`super`].

use std::fs;

use super::*;

fn certificate(name: &str) -> String {
    let pem = fs::read_to_string(format!("tests/fixtures/signature/{name}")).unwrap();
    pem.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n")).collect()
}

fn key(used: &str, certificate: &str) -> String {
    format!(
        "<KeyDescriptor {used}><KeyInfo xmlns='http://www.w3.org/2000/09/xmldsig#'><X509Data><X509Certificate>{certificate}\
         </X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
    )
}

fn entity(id: &str, attributes: &str, roles: &str) -> String {
    format!("<EntityDescriptor xmlns='{METADATA}' entityID='{id}' {attributes}>{roles}</EntityDescriptor>")
}

fn idp(keys: &str) -> String {
    format!("<IDPSSODescriptor>{keys}</IDPSSODescriptor>")
}

fn read(source: &str) -> Result<Vec<Entity>, MetadataError> {
    super::read(&Document::parse(source).unwrap())
}

fn subjects(entity: &Entity) -> Vec<&str> {
    entity.keys.iter().map(|key| key.subject.split(',').next().unwrap()).collect()
}

#[test]
fn signing_keys_and_keys_for_anything_are_read_and_encryption_keys_are_not() {
    let (first, second) = (certificate("idp.pem"), certificate("other.pem"));
    let keys = key("use='signing'", &first) + &key("", &second);
    let read_both = read(&entity("https://idp.example.com/saml", "", &idp(&keys))).unwrap();
    assert_eq!(read_both.len(), 1);
    assert_eq!(read_both[0].entity_id, "https://idp.example.com/saml");
    assert_eq!(read_both[0].source, KeySource::Metadata);
    assert_eq!(subjects(&read_both[0]), ["CN=idp2048.example.com", "CN=other"]);
    assert_eq!(read(&entity("x", "", &idp(&key("use='encryption'", &first)))), Err(MetadataError::NoKeys));
}

#[test]
fn the_roles_of_ws_federation_count_once_and_those_of_applications_do_not() {
    let (first, second) = (certificate("idp.pem"), certificate("other.pem"));
    let role = |kind: &str, keys: &str| {
        format!(
            "<RoleDescriptor xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
             xmlns:fed='http://docs.oasis-open.org/wsfed/federation/200706' xsi:type='fed:{kind}'>{keys}</RoleDescriptor>"
        )
    };
    let roles = role("SecurityTokenServiceType", &key("use='signing'", &first))
        + &role("ApplicationServiceType", &key("use='signing'", &second))
        + &idp(&key("use='signing'", &first));
    let entities = read(&entity("https://sts.windows.net/x/", "", &roles)).unwrap();
    assert_eq!(subjects(&entities[0]), ["CN=idp2048.example.com"]);
    let only = role("SecurityTokenServiceType", &key("", &second));
    assert_eq!(subjects(&read(&entity("x", "", &only)).unwrap()[0]), ["CN=other"]);
}

#[test]
fn several_entities_are_read_also_from_groups_in_groups_and_the_earliest_end_counts() {
    let keys = idp(&key("", &certificate("idp.pem")));
    let service = "<SPSSODescriptor/>";
    let source = format!(
        "<EntitiesDescriptor xmlns='{METADATA}' validUntil='2026-09-21T14:13:20Z'>{}<EntitiesDescriptor>{}{}\
         </EntitiesDescriptor></EntitiesDescriptor>",
        entity("a", "validUntil='2030-01-01T00:00:00Z'", &keys),
        entity("b", "validUntil='2020-01-01T00:00:00Z'", &keys),
        entity("c", "", service),
    );
    let entities = read(&source).unwrap();
    let ids: Vec<_> = entities.iter().map(|entity| entity.entity_id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    let ends: Vec<_> = entities.iter().map(|entity| entity.valid_until.unwrap().rfc3339()).collect();
    assert_eq!(ends, ["2026-09-21T14:13:20Z", "2020-01-01T00:00:00Z"]);
    let now = UnixTime::parse_xs("2026-01-01T00:00:00Z").unwrap();
    assert_eq!(metadata_issue(&entities[0], now), None);
    assert_eq!(
        metadata_issue(&entities[1], now).map(|issue| issue.code()),
        Some("signature.metadata_expired")
    );
}

#[test]
fn certificates_that_cannot_be_read_are_left_out_and_told_when_none_is_left() {
    let good = certificate("idp.pem");
    let keys = key("", "MIIB") + &key("", &good);
    assert_eq!(read(&entity("x", "", &idp(&keys))).unwrap()[0].keys.len(), 1);
    let error = read(&entity("x", "", &idp(&key("", "MIIB")))).unwrap_err();
    assert_eq!(error, MetadataError::BadCertificate { entity: String::from("x") });
    assert_eq!((error.code(), error.args()), ("signature.bad_metadata_certificate", vec![String::from("x")]));
}

#[test]
fn a_certificate_written_as_pem_is_taken() {
    let pem = fs::read_to_string("tests/fixtures/signature/idp.pem").unwrap();
    assert_eq!(read(&entity("x", "", &idp(&key("", &pem)))).unwrap()[0].keys.len(), 1);
}

#[test]
fn what_is_no_metadata_is_named() {
    for source in ["<a/>", "<EntityDescriptor/>", &format!("<a xmlns:m='{METADATA}'/>")] {
        assert_eq!(read(source), Err(MetadataError::NotMetadata), "{source}");
    }
    assert_eq!(read(&format!("<EntityDescriptor xmlns='{METADATA}'/>")), Err(MetadataError::NoKeys));
}
