//! Tests of [`trail`](super::trail): the event of a SAML sign-in against the one in AWS's documentation, field by field, and what
//! finds it.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::aws;

const ROLE: &str = "arn:aws:iam::111122223333:role/team/Dev";
const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Idp";
const KEY: &str = "ASIAIOSFODNN7EXAMPLE";

fn response(name_id: &str, session_name: &str) -> Response {
    let attribute = |name: &str, value: &str| {
        format!(
            "<saml:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/{name}\"><saml:AttributeValue>{value}\
             </saml:AttributeValue></saml:Attribute>"
        )
    };
    let xml = format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\
         <saml:Assertion ID=\"_a1\" IssueInstant=\"2026-11-24T09:00:00Z\"><saml:Issuer>https://idp.example.com/</saml:Issuer>\
         <saml:Subject><saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">{name_id}</saml:NameID>\
         <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData \
         Recipient=\"https://signin.aws.amazon.com/saml\"/></saml:SubjectConfirmation></saml:Subject><saml:AttributeStatement>{}{}{}{}\
         </saml:AttributeStatement></saml:Assertion></samlp:Response>",
        attribute("Role", &format!("{ROLE},{PROVIDER}")),
        attribute("RoleSessionName", session_name),
        attribute("PrincipalTag:CostCenter", "987654"),
        attribute("TransitiveTagKeys", "CostCenter"),
    );
    let base64 = base64(xml.as_bytes());
    crate::saml::read(&base64).unwrap()
}

fn made(response: &Response, session: Option<Session<'_>>, sign_in_region: Option<&str>) -> Trail {
    let claims = aws::read(response);
    trail(&Subject {
        grant: &claims.grants[0],
        response,
        claims: &claims,
        name_qualifier_digest: Some(&[1; 20]),
        sign_in_region,
        session,
        region: None,
    })
}

fn text<'t>(trail: &'t Trail, id: &str) -> &'t str {
    &trail.texts.iter().find(|text| text.id == id).unwrap_or_else(|| panic!("no {id}")).text
}

fn session() -> Option<Session<'static>> {
    let assumed_role_arn = Some("arn:aws:sts::111122223333:assumed-role/Dev/ada");
    Some(Session { access_key_id: KEY, assumed_role_arn, region: "eu-west-1" })
}

#[test]
fn the_sign_in_s_event_is_that_of_the_documentation_with_this_sign_in_s_values() {
    let trail = made(&response("ada@example.com", "ada"), session(), None);
    let event: Value = serde_json::from_str(text(&trail, "sign_in_event")).unwrap();
    assert_eq!(event["userIdentity"]["type"], "SAMLUser");
    assert_eq!(event["userIdentity"]["principalId"], "AQEBAQEBAQEBAQEBAQEBAQEBAQE=:ada@example.com");
    assert_eq!(event["userIdentity"]["userName"], "ada@example.com");
    assert_eq!(event["userIdentity"]["identityProvider"], "AQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    assert_eq!(event["eventName"], "AssumeRoleWithSAML");
    assert_eq!(event["awsRegion"], "eu-west-1");
    let parameters = &event["requestParameters"];
    assert_eq!(parameters["sAMLAssertionID"], "_a1");
    assert_eq!(parameters["roleSessionName"], "ada");
    assert_eq!(parameters["principalTags"]["CostCenter"], "987654");
    assert_eq!(parameters["transitiveTagKeys"][0], "CostCenter");
    assert_eq!(parameters["roleArn"], ROLE);
    assert_eq!(parameters["principalArn"], PROVIDER);
    assert!(parameters.get("sourceIdentity").is_none());
    let elements = &event["responseElements"];
    assert_eq!(elements["credentials"]["accessKeyId"], KEY);
    assert_eq!(elements["assumedRoleUser"]["arn"], "arn:aws:sts::111122223333:assumed-role/Dev/ada");
    assert_eq!(elements["subjectType"], "persistent");
    assert_eq!(elements["audience"], "https://signin.aws.amazon.com/saml");
}

#[test]
fn the_session_s_events_carry_its_arn_without_the_role_s_path() {
    let trail = made(&response("ada@example.com", "ada"), None, None);
    assert_eq!(trail.session_arn.as_deref(), Some("arn:aws:sts::111122223333:assumed-role/Dev/ada"));
    let event: Value = serde_json::from_str(text(&trail, "session_event")).unwrap();
    assert_eq!(event["userIdentity"]["type"], "AssumedRole");
    assert_eq!(event["userIdentity"]["accessKeyId"], "…");
    assert_eq!(event["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"], ROLE);
    let login: Value = serde_json::from_str(text(&trail, "console_event")).unwrap();
    assert_eq!(login["additionalEventData"]["SamlProviderArn"], PROVIDER);
}

#[test]
fn a_sign_in_is_recorded_where_its_host_stands_and_an_export_where_its_sts_does() {
    let response = response("ada", "ada");
    assert_eq!(made(&response, None, None).sign_in_region, "us-east-1");
    assert_eq!(made(&response, None, Some("eu-central-1")).sign_in_region, "eu-central-1");
    assert_eq!(made(&response, None, Some("cn-north-1")).sign_in_region, "us-east-1");
    assert_eq!(made(&response, session(), Some("eu-central-1")).sign_in_region, "eu-west-1");
}

#[test]
fn a_key_is_looked_up_by_a_command_a_query_and_a_link() {
    let trail = made(&response("ada@example.com", "ada"), session(), None);
    assert_eq!(
        text(&trail, "by_key"),
        "aws cloudtrail lookup-events \\\n  --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=ASIAIOSFODNN7EXAMPLE \\\n  \
         --region eu-west-1 \\\n  --start-time 2026-11-24T09:00:00Z"
    );
    assert!(text(&trail, "by_name_id").contains("AttributeKey=Username,AttributeValue=ada@example.com "));
    assert!(text(&trail, "by_sign_in").contains("AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML "));
    assert!(text(&trail, "lake").contains(
        "WHERE userIdentity.accessKeyId = 'ASIAIOSFODNN7EXAMPLE'\n  AND eventTime >= '2026-11-24 09:00:00'\n"
    ));
    assert!(text(&trail, "athena").contains("\n  AND eventtime >= '2026-11-24T09:00:00Z'\n"));
    assert_eq!(
        text(&trail, "link_by_name_id"),
        "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events?Username=ada%40example.com\
         &StartTime=2026-11-24T09%3A00%3A00Z"
    );
}

#[test]
fn without_credentials_the_session_s_name_is_looked_up() {
    let trail = made(&response("ada", "o'ada,=x"), None, None);
    assert!(trail.texts.iter().all(|text| text.id != "by_key" && text.id != "link_by_key"));
    assert!(text(&trail, "lake").contains("assumed-role/Dev/o''ada,=x'"));
    assert!(text(&trail, "by_session_name").contains(
        "--lookup-attributes '[{\"AttributeKey\": \"Username\", \"AttributeValue\": \"o'\\''ada,=x\"}]' \\\n"
    ));
}

#[test]
fn a_chosen_region_moves_the_session_s_searches_and_not_the_sign_in_s() {
    let response = response("ada", "ada");
    let claims = aws::read(&response);
    let trail = trail(&Subject {
        grant: &claims.grants[0],
        response: &response,
        claims: &claims,
        name_qualifier_digest: None,
        sign_in_region: None,
        session: session(),
        region: Some("ap-south-1"),
    });
    assert!(text(&trail, "by_key").contains("--region ap-south-1 "));
    assert!(text(&trail, "by_sign_in").contains("--region eu-west-1 "));
    assert_eq!(trail.principal_id.as_deref(), Some("…:ada"));
}

#[test]
fn no_command_holds_a_control_character() {
    let trail = made(&response("ada&#x9;b&#xd;", "ada"), session(), None);
    let command = text(&trail, "by_name_id");
    assert!(command.contains("ada\\u0009b"), "{command}");
    assert!(!command.chars().any(|character| character.is_control() && character != '\n'));
}

proptest! {
    #[test]
    fn every_event_is_json_and_no_name_ends_its_quotes(name in "[^<&\\p{C}]{1,30}") {
        let trail = made(&response(&name, &name), None, None);
        for text in trail.texts.iter().filter(|text| text.kind == "event") {
            prop_assert!(serde_json::from_str::<Value>(&text.text).is_ok(), "{}", text.text);
        }
        for text in trail.texts.iter().filter(|text| text.kind == "query") {
            prop_assert_eq!(text.text.matches('\'').count() % 2, 0);
        }
    }
}
