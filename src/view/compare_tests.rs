use super::*;

const ROLE: &str = "arn:aws:iam::111122223333:role/Dev";
const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Idp";

/// A response that was issued at that minute and second, with `inner` in its assertion.
fn response(minute: &str, inner: &str) -> String {
    format!(
        "<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' xmlns='urn:oasis:names:tc:SAML:2.0:assertion' ID='_{minute}'>\
         <Assertion ID='_a{minute}' IssueInstant='2026-09-21T14:{minute}Z'><Issuer>https://idp.example</Issuer>\
         <Conditions NotOnOrAfter='2026-09-21T15:{minute}Z'/>{inner}</Assertion></p:Response>"
    )
}

fn attribute(name: &str, values: &[&str]) -> String {
    let values: String =
        values.iter().map(|value| format!("<AttributeValue>{value}</AttributeValue>")).collect();
    format!("<AttributeStatement><Attribute Name='{name}'>{values}</Attribute></AttributeStatement>")
}

fn rows(left: &str, right: &str) -> Vec<ComparedRow> {
    let (left, right) = (Document::parse(left).unwrap(), Document::parse(right).unwrap());
    let read = |document: &Document<'_>| Response::from_document(document, Vec::new()).unwrap();
    compare(
        Side { response: &read(&left), document: &left },
        Side { response: &read(&right), document: &right },
    )
}

fn named<'r>(rows: &'r [ComparedRow], name: &str) -> &'r ComparedRow {
    rows.iter().find(|row| row.name == name).unwrap()
}

fn differing(rows: &[ComparedRow]) -> Vec<&str> {
    rows.iter().filter(|row| !row.same && !row.volatile).map(|row| row.name.as_str()).collect()
}

#[test]
fn two_sign_ins_of_one_person_differ_in_nothing_that_lasts() {
    let groups = attribute("groups", &["a", "b"]);
    let rows = rows(&response("13:20", &groups), &response("48:05.9", &groups));
    assert_eq!(differing(&rows), [""; 0]);
    let volatile: Vec<&str> = rows.iter().filter(|row| !row.same).map(|row| row.name.as_str()).collect();
    assert_eq!(volatile, ["compare_id", "compare_issue_instant", "compare_not_on_or_after"]);
    assert_eq!(named(&rows, "compare_not_on_or_after_span").left, ["3600"]);
}

#[test]
fn an_issuer_that_message_and_assertion_share_is_said_once_and_another_one_too() {
    let with_own = |issuer: &str| {
        response("13:20", "").replacen("<Assertion", &format!("<Issuer>{issuer}</Issuer><Assertion"), 1)
    };
    let rows = rows(&with_own("https://idp.example"), &with_own("https://other.example"));
    assert_eq!(named(&rows, "compare_issuer").left, ["https://idp.example"]);
    assert_eq!(named(&rows, "compare_issuer").right, ["https://other.example", "https://idp.example"]);
}

#[test]
fn a_span_that_differs_by_more_than_the_fractions_that_were_cut_is_a_difference() {
    let longer = |end: &str| response("13:20", "").replace("15:13:20", end);
    assert_eq!(differing(&rows(&response("13:20", ""), &longer("15:13:21"))), [""; 0]);
    let rows = rows(&response("13:20", ""), &longer("15:13:22"));
    assert_eq!(differing(&rows), ["compare_not_on_or_after_span"]);
}

#[test]
fn values_are_compared_without_their_order_and_with_their_number() {
    let compared = |left: &[&str], right: &[&str]| {
        let rows =
            rows(&response("13:20", &attribute("g", left)), &response("13:20", &attribute("g", right)));
        let row = named(&rows, "g").clone();
        (row.left, row.right, row.common, row.same)
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| String::from(*text)).collect::<Vec<_>>();
    assert_eq!(compared(&["a", "b"], &["b", "a"]), (texts(&["a", "b"]), texts(&["a", "b"]), 2, true));
    assert_eq!(
        compared(&["a", "b", "c"], &["c", "d", "a"]),
        (texts(&["b", "a", "c"]), texts(&["d", "a", "c"]), 2, false)
    );
    assert_eq!(compared(&["a", "a"], &["a"]), (texts(&["a", "a"]), texts(&["a"]), 1, false));
    assert_eq!(compared(&["a"], &["a "]), (texts(&["a"]), texts(&["a "]), 0, false));
    assert_eq!(compared(&[""], &[]), (texts(&[""]), texts(&[]), 0, false));
}

#[test]
fn an_attribute_that_one_side_lacks_is_a_difference_and_parts_of_one_name_are_one() {
    let left = response("13:20", &(attribute("mail", &["x"]) + &attribute("mail", &["y"])));
    let right = response("13:20", &attribute("upn", &["x"]));
    let rows = rows(&left, &right);
    assert_eq!(differing(&rows), ["mail", "upn"]);
    assert_eq!(named(&rows, "mail").left, ["x", "y"]);
    assert_eq!((named(&rows, "upn").left.len(), named(&rows, "mail").label.is_none()), (0, true));
}

#[test]
fn roles_are_pairs_whatever_their_order() {
    let name = format!("{PREFIX}Role");
    let pair = format!("{ROLE},{PROVIDER}");
    let left = response("13:20", &attribute(&name, &[&pair, &pair, "nonsense"]));
    let right = response(
        "13:20",
        &attribute(&name, &[&format!(" {PROVIDER} , {ROLE}Ops"), &format!("{PROVIDER},{ROLE}")]),
    );
    let rows = rows(&left, &right);
    assert_eq!(differing(&rows), ["compare_role"]);
    let row = named(&rows, "compare_role");
    assert_eq!(row.left, ["nonsense", &pair]);
    assert_eq!(row.right, [format!("{ROLE}Ops,{PROVIDER}"), pair]);
    assert_eq!((row.common, row.section), (1, "compare_roles"));
}

#[test]
fn keys_and_algorithms_are_compared_and_line_breaks_in_base64_are_not() {
    let signed = |hash: &str, certificate: &str| {
        response(
            "13:20",
            &format!(
                "<d:Signature xmlns:d='http://www.w3.org/2000/09/xmldsig#'><d:SignedInfo><d:SignatureMethod Algorithm='{hash}'/></d:SignedInfo>\
                 <d:KeyInfo><d:X509Certificate>{certificate}</d:X509Certificate></d:KeyInfo></d:Signature>"
            ),
        )
    };
    assert_eq!(differing(&rows(&signed("sha256", "MIIB"), &signed("sha256", "\nMI\nIB\n"))), [""; 0]);
    let rows = rows(&signed("sha1", "MIIB"), &signed("sha256", "MIIC"));
    assert_eq!(differing(&rows), ["compare_signature_algorithm", "compare_certificate"]);
}

#[test]
fn differences_stand_first_and_thousands_of_groups_take_no_time_of_their_square() {
    let groups: Vec<String> = (0..20_000).map(|number| format!("group-{number}")).collect();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let mut others: Vec<&str> = groups.iter().rev().copied().collect();
    others.push("Admins");
    let rows = rows(
        &response("13:20", &attribute("groups", &groups)),
        &response("14:20", &attribute("groups", &others)),
    );
    let row = rows.first().unwrap();
    assert_eq!((row.name.as_str(), row.common), ("groups", 20_000));
    assert_eq!(row.right.first().unwrap(), "Admins");
    let ranks: Vec<u8> = rows.iter().map(|row| if row.same { 2 } else { u8::from(row.volatile) }).collect();
    assert!(ranks.is_sorted());
    let json = serde_json::to_value(row).unwrap();
    assert_eq!(json["section"], "compare_attributes");
    assert_eq!(json["same"], false);
}

#[test]
fn every_word_of_the_comparison_is_in_the_messages() {
    let messages: serde_json::Value =
        serde_json::from_str(include_str!("../../extension/_locales/en/messages.json")).unwrap();
    let okta = include_str!("../../tests/fixtures/decode/okta.xml");
    let mut seen = 0;
    for xml in [
        okta,
        include_str!("../../tests/fixtures/redact/signed.xml"),
        include_str!("../../tests/fixtures/decode/encrypted.xml"),
    ] {
        for row in rows(xml, xml) {
            assert!(messages.get(row.section).is_some(), "{}", row.section);
            let Some(label) = row.label else { continue };
            assert!(messages.get(&label.key).is_some(), "{}", label.key);
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}
