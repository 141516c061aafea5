use proptest::prelude::*;

use super::*;
use crate::aws::{self, RoleGrant};
use crate::saml::{Oddity, Response, provider_label};

const SIGNED: &str = include_str!("../../../tests/fixtures/redact/signed.xml");
const OTHERS: [&str; 5] = [
    include_str!("../../../tests/fixtures/decode/okta.xml"),
    include_str!("../../../tests/fixtures/decode/spellings.xml"),
    include_str!("../../../tests/fixtures/decode/several.xml"),
    include_str!("../../../tests/fixtures/decode/encrypted.xml"),
    include_str!("../../../tests/fixtures/decode/refused.xml"),
];

fn redacted(xml: &str) -> Redacted {
    redact(&Document::parse(xml).unwrap())
}

fn read(xml: &str) -> Response {
    Response::from_document(&Document::parse(xml).unwrap(), Vec::new()).unwrap()
}

fn values(response: &Response, name: &str) -> Vec<String> {
    let attributes = response.assertions.iter().flat_map(|assertion| &assertion.attributes);
    let named = attributes.filter(|attribute| attribute.name.ends_with(name));
    named.flat_map(|attribute| attribute.values.iter().map(|value| value.text.clone())).collect()
}

/// A value as it is redacted alone in an attribute that nobody knows.
fn alone(value: &str) -> String {
    let copy = redacted(&format!(
        "<a:Attribute xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion' Name='x'><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>"
    ));
    let document = Document::parse(&copy.xml).unwrap();
    let value = document.elements().last().unwrap();
    value.children().map(|node| if let Node::Text(text) = node { text } else { "" }).collect()
}

#[test]
fn the_copy_of_a_signed_response_holds_no_word_of_its_owner() {
    let copy = redacted(SIGNED).xml.to_lowercase();
    let words = [
        "contoso", "jane", "jané", "doe", "mallory", "4711", "204711", "9988", "6c1b0b5e", "8e8dc5f6",
        "1f2e3d4c", "0b6f1a52", "10043", "badge", "mauve", "cloud", "intranet", "portal", "exk17", "10.20",
        "2001:db8", "qzcjuo", "4evwv", "ug93",
    ];
    for word in words {
        assert!(!copy.contains(word), "{word}");
    }
}

#[test]
fn the_copy_still_reads_as_the_original_does() {
    let (original, copy) = (read(SIGNED), read(&redacted(SIGNED).xml));
    let (claims, copied) = (aws::read(&original), aws::read(&copy));
    assert_eq!(copied.oddities, claims.oddities);
    assert_eq!(copied.session_duration, Some(3600));
    let shape = |grant: &RoleGrant| {
        (grant.role.path().len(), grant.role.is_identity_center(), grant.is_of_one_account())
    };
    assert_eq!(
        copied.grants.iter().map(shape).collect::<Vec<_>>(),
        claims.grants.iter().map(shape).collect::<Vec<_>>()
    );
    let (assertion, copied) = (original.assertions.first().unwrap(), copy.assertions.first().unwrap());
    assert_eq!(copied.issue_instant, assertion.issue_instant);
    assert_eq!(
        copied.authn_statements.first().unwrap().instant,
        assertion.authn_statements.first().unwrap().instant
    );
    assert_eq!(
        copied.conditions.as_ref().unwrap().not_on_or_after,
        assertion.conditions.as_ref().unwrap().not_on_or_after
    );
    assert_eq!(
        copied.confirmations.first().unwrap().recipient,
        assertion.confirmations.first().unwrap().recipient
    );
    assert_eq!(copied.confirmations.first().unwrap().in_response_to, copy.in_response_to);
    assert_eq!(values(&copy, "authnmethodsreferences"), values(&original, "authnmethodsreferences"));
    assert_eq!(provider_label(copied.issuer.as_deref().unwrap()), "Microsoft Entra ID");
    for xml in OTHERS {
        let (original, copy) = (read(xml), read(&redacted(xml).xml));
        assert_eq!(copy.oddities, original.oddities);
        let codes = |response: &Response| response.status.as_ref().map(|status| status.codes.clone());
        assert_eq!(codes(&copy), codes(&original));
        let roles = |response: &Response| {
            values(response, "/Role").iter().filter(|role| RoleGrant::parse(role).is_ok()).count()
        };
        assert_eq!(roles(&copy), roles(&original));
    }
}

#[test]
fn what_was_the_same_is_the_same() {
    let copy = read(&redacted(SIGNED).xml);
    let mail = values(&copy, "emailaddress");
    assert_eq!(values(&copy, "RoleSessionName"), mail);
    let name_id = copy.assertions.first().unwrap().name_id.as_ref().unwrap();
    assert_eq!(name_id.value.to_lowercase(), mail.concat());
    assert_eq!(name_id.name_qualifier.as_ref().unwrap().to_lowercase(), "xxxxxxa");
    let tenant = values(&copy, "tenantid").concat();
    assert_eq!(copy.issuer.as_deref(), Some(format!("https://sts.windows.net/{tenant}/").as_str()));
    assert!(values(&copy, "groups").last().unwrap().starts_with("XXXXXXA\\"));
    let tag = values(&copy, "TransitiveTagKeys").concat();
    assert_eq!(values(&copy, &format!("PrincipalTag:{tag}")).len(), 1);
}

#[test]
fn each_text_and_each_value_keeps_its_length() {
    let lengths = |xml: &str| -> Vec<usize> {
        let document = Document::parse(xml).unwrap();
        let mut lengths = Vec::new();
        for element in document.elements() {
            lengths.push(element.local_name().len());
            lengths.extend(element.attributes().iter().map(|attribute| attribute.value().len()));
            lengths.extend(element.children().map(|node| match node {
                Node::Element(_) => 0,
                Node::Text(text) | Node::Instruction { text, .. } => text.len(),
                Node::Comment(text) => text.chars().count(),
            }));
        }
        lengths
    };
    for xml in OTHERS.into_iter().chain([SIGNED]) {
        assert_eq!(lengths(&redacted(xml).xml), lengths(xml));
    }
}

#[test]
fn each_kind_of_value_keeps_what_is_public_of_it() {
    for (value, expected) in [
        ("jane_corp.example#EXT#@corp.onmicrosoft.com", "xxxa_xxxb.xxxxxxa#EXT#@xxxb.onmicrosoft.com"),
        (
            "arn:aws:iam::111122223333:role/team/Dev,arn:aws:iam::111122223333:saml-provider/Idp",
            "arn:aws:iam::777777777771:role/xxxa/Xxa,arn:aws:iam::777777777771:saml-provider/Xxb",
        ),
        ("ARN:aws:iam:111122223333:roles/Dev", "ARN:aws:iam:777777777771:roles/Xxa"),
        ("http://adfs.corp.example/adfs/services/trust", "http://adfs.xxxa.example/adfs/services/trust"),
        ("https://id.corp.de:8443/realms/work", "https://xa.xxxa.xb:8443/realms/xxxb"),
        (
            "https://accounts.google.com/o/saml2?idpid=C01abc",
            "https://accounts.google.com/o/saml2?idpid=X77xxa",
        ),
        ("https://corp.example/%41%20Jane", "https://xxxa.example/%5F%20Xxxb"),
        ("urn:corp:idp", "urn:xxxa:idp"),
        ("S-1-5-21-1004336348-4711-512", "S-1-5-21-7777777771-7771-512"),
        ("{6C1B0B5E-93D2-4B0E-8A5F-1F2E3D4C5B6A}", "{00000000-0000-0000-0000-000000000001}"),
        ("192.0.2.17", "111.1.1.12"),
        ("true", "true"),
        ("truely", "xxxxxa"),
        ("2026-11-22T20:27:43Z", "7771-71-77X71:72:77A"),
        ("900", "771"),
        ("AADSTS50105: Jane", "AADSTS50105: Xxxa"),
        ("AADSTSJANE", "XXXXXXXXXA"),
        (
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        ),
        ("", ""),
    ] {
        assert_eq!(alone(value), expected);
    }
}

#[test]
fn names_that_a_company_made_are_replaced_in_markup_too() {
    let copy = redacted(
        "<acmecorp:Root xmlns:acmecorp='http://acmecorp.example/ns' acmecorp:badge='1' site='acmecorp'><!-- acmecorp --><?acmecorp run?>\
         <p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' AcmeId='x' Version='acme'/></acmecorp:Root>",
    );
    let short = redacted("<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' Dest='acme'/>").xml;
    assert!(short.contains(" Xxxb=\"xxxa\"/>"), "{short}");
    assert_eq!(
        copy.xml.strip_prefix(NOTICE).unwrap(),
        "<xxxxxxxa:Xxxa xmlns:xxxxxxxa=\"http://xxxxxxxa.example/xa\" xxxxxxxa:xxxxa=\"2\" xxxb=\"xxxxxxxa\"><!-- ******** --><?xxxxxxxa ***?>\
         <p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" XxxxXa=\"a\" Version=\"xxxc\"/></xxxxxxxa:Xxxa>"
    );
}

#[test]
fn what_was_replaced_is_listed_once_with_its_count() {
    let copy = redacted(SIGNED);
    let account = copy.replacements.iter().find(|replacement| replacement.kind == Kind::Account).unwrap();
    assert_eq!(
        (account.original.expose().as_str(), account.pseudonym.as_str()),
        ("204711204711", "777777777771")
    );
    assert_eq!(account.count, 2);
    assert!(copy.replaced.contains(&(Kind::Account, 6)));
    let total = |kind: Kind| -> usize {
        copy.replacements
            .iter()
            .filter(|replacement| replacement.kind == kind)
            .map(|replacement| replacement.count)
            .sum()
    };
    for (kind, count) in &copy.replaced {
        assert_eq!(total(*kind), *count, "{kind:?}");
    }
    assert!(!format!("{copy:?}").contains("Jane"));
    let json = serde_json::to_string(&copy).unwrap();
    assert!(json.contains(r#"["redacted_account","204711204711","777777777771",2]"#), "{json}");
}

#[test]
fn signature_digest_and_key_are_overwritten_and_say_so() {
    let copy = redacted(SIGNED).xml;
    assert!(copy.contains("<ds:SignatureValue>REDACTEDREDACTED"));
    assert!(copy.contains("<ds:DigestValue>REDACTEDREDACTEDREDACTEDREDACTEDREDACTEDREA=</ds:DigestValue>"));
    assert!(from_base64(b"REDACTEDREDACTEDREDACTEDREDACTEDREDACTEDREA=").is_some());
    let original = certificate_of(SIGNED);
    let certificate = certificate_of(&copy);
    assert_eq!(certificate.len(), original.len());
    let validity = [[0x17, 13].as_slice(), b"261124135406Z", &[0x17, 13], b"291123135406Z"].concat();
    assert!(certificate.windows(validity.len()).any(|window| window == validity));
    for word in ["ontoso", "tmaster", "SerialNum", "signing"] {
        let holds = |der: &[u8]| der.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(holds(&original) && !holds(&certificate), "{word}");
    }
    // The modulus, from its leading nought.
    let at = original.windows(4).position(|window| window == [0x02, 0x82, 0x01, 0x01]).unwrap();
    assert_ne!(original.get(at + 5..at + 37), certificate.get(at + 5..at + 37));
    assert_eq!(original.get(at..at + 5), certificate.get(at..at + 5));
}

fn certificate_of(xml: &str) -> Vec<u8> {
    let (_, behind) = xml.split_once("<ds:X509Certificate>").unwrap();
    let text = behind.split_once('<').unwrap().0;
    from_base64(text.split_ascii_whitespace().collect::<String>().as_bytes()).unwrap()
}

#[test]
fn what_is_no_certificate_is_overwritten_whole() {
    let key_info = |text: &str| {
        let xml = format!(
            "<d:X509Certificate xmlns:d='http://www.w3.org/2000/09/xmldsig#'>{text}</d:X509Certificate>"
        );
        let copy = redacted(&xml).xml;
        copy.split_once("xmldsig#\">").unwrap().1.replace("</d:X509Certificate>", "")
    };
    assert_eq!(key_info("MIIB"), "REDA");
    assert_eq!(key_info("Contoso Ltd.\n"), "REDACTE DREA\n");
    let elliptic = key_info(ELLIPTIC);
    assert_eq!(elliptic.len(), ELLIPTIC.len());
    assert!(elliptic.starts_with("MIID") && elliptic.contains("UlJSUlJS"), "{elliptic}");
    let der = from_base64(ELLIPTIC.as_bytes()).unwrap();
    for length in 1..der.len() {
        let cut = base64(der.get(..length).unwrap());
        assert_eq!(key_info(&cut).trim_end_matches('=').len(), cut.trim_end_matches('=').len());
    }
}

/// A certificate with a P-256 key, made as that of the fixture was.
const ELLIPTIC: &str = "MIIDnTCCA0OgAwIBAgIUMvQBfsXA3xzRBbSL0+nfjJ0UhOcwCgYIKoZIzj0EAwIwgZYxCzAJBgNVBAYTAkRFMR0wGwYDVQQKDBRDb250b3NvIEdyw7bDn2UgR21iSDEWMBQGA1UECwwNSWRlbnRpdHkgVGVhbTElMCMGA1UEAwwcYWRmcy1zaWduaW5nLmNvbnRvc28uZXhhbXBsZTEpMCcGCSqGSIb3DQEJARYaaG9zdG1hc3RlckBjb250b3NvLmV4YW1wbGUwHhcNMjYxMTI0MTM1NDA2WhcNMjcxMTI0MTM1NDA2WjCBljELMAkGA1UEBhMCREUxHTAbBgNVBAoMFENvbnRvc28gR3LDtsOfZSBHbWJIMRYwFAYDVQQLDA1JZGVudGl0eSBUZWFtMSUwIwYDVQQDDBxhZGZzLXNpZ25pbmcuY29udG9zby5leGFtcGxlMSkwJwYJKoZIhvcNAQkBFhpob3N0bWFzdGVyQGNvbnRvc28uZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKrXaWCn14xWyO4FMzKAkAkMhRQZsyX9vijSLHGWVaQfef/HrjWf5ha+7l+8rXJ/3Xssiw775b354fb11+V8TMejggFrMIIBZzAMBgNVHRMBAf8EAjAAMAsGA1UdDwQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcDATAdBgNVHQ4EFgQUJKIVN9z4ZqKe0FI/blX/fSNWH9UwgcAGA1UdIwSBuDCBtaGBnKSBmTCBljELMAkGA1UEBhMCREUxHTAbBgNVBAoMFENvbnRvc28gR3LDtsOfZSBHbWJIMRYwFAYDVQQLDA1JZGVudGl0eSBUZWFtMSUwIwYDVQQDDBxhZGZzLXNpZ25pbmcuY29udG9zby5leGFtcGxlMSkwJwYJKoZIhvcNAQkBFhpob3N0bWFzdGVyQGNvbnRvc28uZXhhbXBsZYIUMvQBfsXA3xzRBbSL0+nfjJ0UhOcwOwYDVR0RBDQwMoIUYWRmcy5jb250b3NvLmV4YW1wbGWBGmhvc3RtYXN0ZXJAY29udG9zby5leGFtcGxlMBYGA1UdIAQPMA0wCwYJKwYBBAGkZwwiMAoGCCqGSM49BAMCA0gAMEUCIHkW45RDRETQQl/J/Oxpw6Omi9z25v91A5iI6I+eB+zrAiEAslXnKRrz2y0b+7orax/rNyTo5EH+uTpVUII7ahyaVRI=";

#[test]
fn a_document_that_was_cut_or_goes_on_is_copied_as_such() {
    assert!(redacted("<one><two>Jane").xml.ends_with("<xxa><xxb>Xxxa"));
    let start = "<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'>";
    assert!(read(&redacted(&format!("{start}<p:Status>")).xml).oddities.contains(&Oddity::Truncated));
    assert!(
        read(&redacted(&format!("{start}</p:Response><p:x>")).xml)
            .oddities
            .contains(&Oddity::TrailingContent)
    );
}

#[test]
fn a_redacted_copy_is_redacted_again_without_harm() {
    let once = redacted(SIGNED).xml;
    let twice = redacted(&once).xml;
    assert_eq!(aws::read(&read(&twice)).grants.len(), aws::read(&read(&once)).grants.len());
}

/// Things that nobody outside should read, and a document that holds them wherever text can stand.
fn secrets() -> impl Strategy<Value = Vec<String>> {
    let word = "[a-z]{5,10}|[A-Z][a-z]{4,9}|[A-Z]{5,8}|[xzq7]{5,9}|[a-z]{3,5}[0-9]{2,4}|[2-9][0-9]{11}|[2-9][0-9]{5,9}|[a-zéüß]{5,9}";
    prop::collection::vec(word, 14)
}

fn document(secrets: &[String], guid: &str) -> String {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = secrets else { return String::new() };
    format!(
        "<!--{a} {b}--><p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion' \
         xmlns:d='http://www.w3.org/2000/09/xmldsig#' xmlns:own='http://{c}.example/{d}' ID='_{e}' InResponseTo='{f}-{guid}' \
         Destination='https://{c}.example/{d}?{e}={f}#{g}' own:{n}x='{m}'><a:Issuer>https://sts.{c}.com/{guid}/{d}</a:Issuer>\
         <p:Status><p:StatusCode Value='{l}'/><p:StatusMessage>Hello {a}, mail {b}.{d}@{c}.example or (\"{g}\")</p:StatusMessage></p:Status>\
         <a:Assertion ID='{h}'><d:Signature Id='{i}-{j}-{k}'><d:SignedInfo><d:Reference URI='#{h}'><d:DigestValue>{j}AAA{k}=</d:DigestValue>\
         </d:Reference></d:SignedInfo><d:SignatureValue>{j}+/{k}</d:SignatureValue><d:KeyInfo><d:KeyName>{l}</d:KeyName><d:X509Data>\
         <d:X509SubjectName>CN={m}, O={n}</d:X509SubjectName><d:X509Certificate>{j}{k}</d:X509Certificate></d:X509Data></d:KeyInfo>\
         </d:Signature><a:Subject><a:NameID NameQualifier='{c}' Format='urn:{c}:{d}'>{a}.{b}@{c}.example</a:NameID></a:Subject>\
         <a:Conditions NotBefore='{e}'><a:AudienceRestriction><a:Audience>urn:{c}:{k}</a:Audience></a:AudienceRestriction></a:Conditions>\
         <a:AttributeStatement><a:Attribute Name='https://aws.amazon.com/SAML/Attributes/RoleSessionName'><a:AttributeValue>{a}.{b}\
         </a:AttributeValue></a:Attribute><a:Attribute Name='https://aws.amazon.com/SAML/Attributes/Role'>\
         <a:AttributeValue>arn:aws:iam::{e}:role/{f}/{g},arn:aws:iam::{e}:saml-provider/{h}</a:AttributeValue></a:Attribute>\
         <a:Attribute Name='https://aws.amazon.com/SAML/Attributes/PrincipalTag:{i}' FriendlyName='{j} {k}'><a:AttributeValue>{l}<!--{m}-->{n}\
         <own:{n}x>{a}</own:{n}x></a:AttributeValue></a:Attribute><a:Attribute Name='http://schemas.{c}.example/{d}/{e}'><a:AttributeValue>\
         {c}\\{a}; {f}|{g} [{h}] {guid}</a:AttributeValue><a:AttributeValue>{a}%{b}%20{c}</a:AttributeValue></a:Attribute>\
         <a:Attribute Name='groups'><a:AttributeValue>CN={i},OU={j},DC={k}</a:AttributeValue></a:Attribute></a:AttributeStatement>\
         </a:Assertion></p:Response>"
    )
}

proptest! {
    #[test]
    fn no_secret_is_anywhere_in_the_copy(
        secrets in secrets(),
        guid in "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        cut in 0..150_usize,
    ) {
        let public = document(&vec![String::from("-"); 14], "-").to_lowercase() + &NOTICE.to_lowercase() + "redactedredacted";
        let xml = document(&secrets, &guid);
        // Some are cut somewhere.
        let end = xml.len().min(xml.len() * cut / 100);
        let end = (0..=end).rev().find(|end| xml.is_char_boundary(*end)).unwrap();
        let xml = xml.get(..end).unwrap();
        let Ok(document) = Document::parse(xml) else { return Ok(()) };
        let copy = redact(&document);
        prop_assert!(Document::parse(&copy.xml).is_ok());
        let text = copy.xml.to_lowercase();
        for secret in secrets.iter().chain([&guid]) {
            if !xml.contains(secret) {
                continue;
            }
            let secret = secret.to_lowercase();
            prop_assert!(public.contains(&secret) || !text.contains(&secret), "{secret} in {text}");
        }
    }
}

#[test]
fn every_kind_has_words() {
    let messages: serde_json::Value =
        serde_json::from_str(include_str!("../../../extension/_locales/en/messages.json")).unwrap();
    for xml in OTHERS.into_iter().chain([SIGNED]) {
        for (kind, _) in redacted(xml).replaced {
            assert!(messages.get(kind.key()).is_some(), "{kind:?}");
        }
    }
}
