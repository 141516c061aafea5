//! Facts of the rooms to the left that are findings here: oddities of the text, the status, and oddities of the AWS attributes.

use crate::sample::{Change, Row, audited, codes, same};

const fn row(code: &'static str, raised_by: &'static [Change]) -> Row {
    Row { code, raised_by, beside: same, silent_for: &[], silent_beside: same }
}

const fn near(code: &'static str, raised_by: &'static [Change], silent_for: &'static [Change]) -> Row {
    Row { code, raised_by, beside: same, silent_for, silent_beside: same }
}

const fn sent(code: &'static str, sent: fn(&mut crate::sample::Beside)) -> Row {
    Row { code, raised_by: &[], beside: sent, silent_for: &[], silent_beside: same }
}

const ROLE: &str = ">arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp<";
const ROLE_ATTRIBUTE: &str = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\"><a:AttributeValue>arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp</a:AttributeValue></a:Attribute>";
const NAME: &str = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/RoleSessionName\"><a:AttributeValue>ada@example.com</a:AttributeValue></a:Attribute>";
const SESSION_NAME: &str = ">ada@example.com<";
const DURATION: &str = ">28800<";
const END: &str = "</a:AttributeStatement>";
const ASSERTION: &str = "<a:Assertion ID=\"_a\"";
const PREFIX: &str = "https://aws.amazon.com/SAML/Attributes/RoleSessionName";

pub(crate) const ROWS: &[Row] = &[
    row("saml.status", &[("status:Success", "status:Responder")]),
    sent("saml.truncated", |beside| beside.sent = |base64| base64.split_at(base64.len() - 400).0.to_owned()),
    row("saml.trailing_content", &[("</p:Response>", "</p:Response><x/>")]),
    sent("saml.base64_spaces", |beside| {
        beside.sent = |base64| {
            let (start, end) = base64.split_at(76);
            [start, "\n", end].concat()
        };
    }),
    Row {
        code: "saml.base64_url_safe",
        raised_by: &[(">ada<", ">???>>>~~~<")],
        beside: |beside| beside.sent = |base64| base64.replace('+', "-").replace('/', "_"),
        silent_for: &[],
        silent_beside: same,
    },
    Row {
        code: "saml.base64_unpadded",
        raised_by: &[(">ada<", ">adama<")],
        beside: |beside| beside.sent = unpadded,
        silent_for: &[],
        silent_beside: same,
    },
    Row {
        code: "saml.base64_cut",
        raised_by: &[],
        beside: |beside| {
            beside.sent = |base64| {
                let whole = base64.trim_end_matches('=');
                whole.split_at(whole.len() / 4 * 4 - 3).0.to_owned()
            };
        },
        silent_for: &[],
        silent_beside: same,
    },
    row("saml.byte_order_mark", &[("<p:Response", "\u{feff}<p:Response")]),
    row("saml.processing_instruction", &[("</p:Response>", "<?x y?></p:Response>")]),
    row("saml.comment_in_text", &[(">ada<", ">a<!-- -->da<")]),
    row("saml.bare_assertion", &[]),
    row("saml.several_assertions", &[(ASSERTION, "<a:Assertion ID=\"_b\"/><a:Assertion ID=\"_a\"")]),
    row("saml.no_assertion", &[]),
    row("saml.nested_assertion", &[("<p:Status>", "<p:Extensions><a:Assertion/></p:Extensions><p:Status>")]),
    row("saml.encrypted_id", &[("<a:Subject>", "<a:Subject><a:EncryptedID/>")]),
    row("saml.encrypted_attribute", &[(END, "<a:EncryptedAttribute/></a:AttributeStatement>")]),
    row("saml.repeated_element", &[("<p:Status>", "<p:Status/><p:Status>")]),
    row("saml.not_compressed", &[]),
    row("saml.compressed_post", &[]),
    row("saml.deflate_wrapped", &[]),
    row("aws.no_role", &[(ROLE_ATTRIBUTE, "")]),
    row("aws.empty_role", &[(ROLE, "> <")]),
    row("aws.roles_encrypted", &[]),
    near("aws.malformed_roles", &[(ROLE, ">Developers<")], &[(ROLE, ">arn:aws:iam::111122223333:role/Dev<")]),
    row("aws.partition_mismatch", &[("arn:aws:iam::111122223333:saml", "arn:aws-cn:iam::111122223333:saml")]),
    row("aws.account_mismatch", &[("iam::111122223333:saml", "iam::444455556666:saml")]),
    row("aws.duplicate_roles", &[(END, DUPLICATE)]),
    near(
        "aws.near_miss",
        &[("Attributes/Role\"", "Attributes/role\"")],
        &[("Attributes/Role\"", "Attributes/Other\"")],
    ),
    row("aws.misnamed_role", &[("https://aws.amazon.com/SAML/Attributes/Role\"", "Role\"")]),
    row("aws.unknown_attribute", &[("Attributes/Role\"", "Attributes/AccessControl:Team\"")]),
    row(
        "aws.china_prefix",
        &[(
            "https://aws.amazon.com/SAML/Attributes/Role\"",
            "http://www.amazonaws.cn/SAML/Attributes/Role\"",
        )],
    ),
    row(
        "aws.several_values",
        &[(SESSION_NAME, ">ada@example.com</a:AttributeValue><a:AttributeValue>bob@example.com<")],
    ),
    row("aws.spaces_around", &[(SESSION_NAME, "> ada@example.com <")]),
    row("aws.no_session_name", &[(NAME, "")]),
    near("aws.invalid_session_name", &[(SESSION_NAME, ">Ada Lovelace<")], &[(SESSION_NAME, ">a#EXT#b<")]),
    near("aws.invalid_session_duration", &[(DURATION, ">8h<")], &[(DURATION, ">800<")]),
    row(
        "aws.invalid_source_identity",
        &[(PREFIX, "https://aws.amazon.com/SAML/Attributes/SourceIdentity"), (SESSION_NAME, ">aws:ada<")],
    ),
    row(
        "aws.invalid_tag",
        &[(
            END,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R*D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "aws.tag_with_several_values",
        &[(
            END,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R</a:AttributeValue><a:AttributeValue>D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row(
        "aws.repeated_tag",
        &[(
            END,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R</a:AttributeValue></a:Attribute><a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:team\"><a:AttributeValue>D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
    row("aws.too_many_tags", &[]),
    row(
        "aws.transitive_key_without_tag",
        &[(
            END,
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys\"><a:AttributeValue>Team</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        )],
    ),
];

const DUPLICATE: &str = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\"><a:AttributeValue>arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp</a:AttributeValue></a:Attribute></a:AttributeStatement>";

/// Cases that no change of the sample makes: each has its own test below.
const OTHERWISE: [&str; 7] = [
    "saml.bare_assertion",
    "saml.no_assertion",
    "saml.not_compressed",
    "saml.compressed_post",
    "saml.deflate_wrapped",
    "aws.roles_encrypted",
    "aws.too_many_tags",
];

fn unpadded(base64: String) -> String {
    assert!(base64.ends_with('='));
    base64.trim_end_matches('=').to_owned()
}

#[test]
fn each_fact_is_a_finding_where_it_holds_and_none_where_it_does_not() {
    for row in ROWS.iter().filter(|row| !OTHERWISE.contains(&row.code)) {
        row.check();
    }
}

#[test]
fn what_is_no_response_with_an_assertion_is_said() {
    let beside = crate::sample::Beside { url: None, ..Default::default() };
    let sample = crate::sample::SAMPLE;
    let start = sample.find(ASSERTION).unwrap();
    let end = sample.find("</p:Response>").unwrap();
    let bare = sample.get(start..end).unwrap();
    let bare =
        bare.replacen("<a:Assertion", "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"", 1);
    assert_eq!(codes(&crate::sample::audited_text(&bare, &beside)), ["saml.bare_assertion"]);
    let none = [sample.get(..start).unwrap(), "</p:Response>"].concat();
    assert!(codes(&crate::sample::audited_text(&none, &beside)).contains(&"saml.no_assertion"));
    let hidden = [sample.get(..start).unwrap(), "<a:EncryptedAssertion/></p:Response>"].concat();
    let found = crate::sample::audited_text(&hidden, &beside);
    assert!(codes(&found).contains(&"aws.roles_encrypted") && !codes(&found).contains(&"saml.no_assertion"));
    let whole = audited(&[], &beside);
    for code in ["saml.bare_assertion", "saml.no_assertion", "aws.roles_encrypted"] {
        assert!(!codes(&whole).contains(&code));
    }
}

#[test]
fn fifty_tags_are_few_enough_and_one_more_is_not() {
    for (count, is_raised) in [(50, false), (51, true)] {
        let tags: String = (0..count)
            .map(|number| {
                format!(
                    "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:T{number}\">\
                     <a:AttributeValue>x</a:AttributeValue></a:Attribute>"
                )
            })
            .collect();
        let text = crate::sample::SAMPLE.replacen(END, &[&tags, END].concat(), 1);
        let found = crate::sample::audited_text(&text, &Default::default());
        assert_eq!(codes(&found).contains(&"aws.too_many_tags"), is_raised, "{count}");
    }
}

#[test]
fn how_a_message_was_packed_is_a_finding() {
    use rolecall::saml::Oddity;
    for (oddity, code) in [
        (Oddity::NotCompressed, "saml.not_compressed"),
        (Oddity::CompressedPost, "saml.compressed_post"),
        (Oddity::DeflateWrapped, "saml.deflate_wrapped"),
    ] {
        assert_eq!(rolecall::audit::Finding::of_oddity(&oddity).code, code);
        assert!(!codes(&audited(&[], &Default::default())).contains(&code));
    }
}
