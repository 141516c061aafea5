//! Where the evidence stands, and what there is to copy: through the view, as pages get it.

use rolecall::audit::{Product, registry};
use rolecall::capture::read_any;
use rolecall::signature::Trust;
use rolecall::view::{Check, Finding, Inspection};

use crate::sample::{Change, ISSUED, changed};

fn inspected(changes: &[Change]) -> Inspection {
    let imported = read_any(&changed(changes)).unwrap();
    let check = Check::begin(imported.first().unwrap(), &Trust::default(), None, &mut |_| {}).unwrap();
    check.conclude(&[], Some(ISSUED.plus(60))).unwrap()
}

fn finding(changes: &[Change], code: &str) -> Finding {
    let shown = inspected(changes);
    shown.findings.into_iter().find(|finding| finding.code == code).unwrap()
}

/// The local name and the number of each element of the sample.
fn element(changes: &[Change], name: &str, nth: usize) -> usize {
    let text = changed(changes);
    let starts = text.match_indices('<').filter(|(at, _)| !text.get(at + 1..).unwrap().starts_with('/'));
    let named = starts.enumerate().filter(|(_, (at, _))| {
        let rest = text.get(at + 1..).unwrap();
        let tag = rest.split([' ', '>', '/']).next().unwrap();
        tag.rsplit(':').next() == Some(name)
    });
    named.map(|(number, _)| number).nth(nth).unwrap()
}

#[test]
fn evidence_names_the_element_the_attribute_and_the_value() {
    let recipient = "Recipient=\"https://signin.aws.amazon.com/saml\"";
    let changes: &[Change] = &[(recipient, "Recipient=\"https://signin.example.com/saml\"")];
    let found = finding(changes, "aws.recipient_not_aws");
    let evidence = found.evidence.first().unwrap();
    assert_eq!(evidence.value, "https://signin.example.com/saml");
    assert_eq!((evidence.element, evidence.attribute), ("SubjectConfirmationData", Some("Recipient")));
    assert_eq!(evidence.index, Some(element(changes, "SubjectConfirmationData", 0)));
    assert_eq!(
        found.aws_message.as_deref(),
        Some("Your request included an invalid SAML response. To logout, click here.")
    );
    assert_eq!(found.command.unwrap().text, "https://signin.aws.amazon.com/saml");
}

#[test]
fn evidence_in_a_value_points_at_that_value_and_not_at_its_neighbours() {
    let changes: &[Change] = &[
        (
            ">arn:aws:iam::111122223333:role/Dev,",
            ">arn:aws:iam::111122223333:role/Ok,arn:aws:iam::111122223333:saml-provider/Idp</a:AttributeValue><a:AttributeValue>arn:aws:iam::111122223333:role/Dev,",
        ),
        (
            "saml-provider/Idp</a:AttributeValue></a:Attribute>",
            "saml-provider/Idp x</a:AttributeValue></a:Attribute>",
        ),
    ];
    let evidence = finding(changes, "aws.malformed_roles").evidence;
    let evidence = evidence.first().unwrap();
    assert_eq!(evidence.name.as_deref(), Some("https://aws.amazon.com/SAML/Attributes/Role"));
    assert_eq!(evidence.index, Some(element(changes, "AttributeValue", 1)));
}

#[test]
fn the_issuer_chooses_the_words_and_the_menu_path() {
    for (issuer, word, place) in [
        ("https://sts.windows.net/t/", "entra", Some("place_claims_entra")),
        ("http://www.okta.com/exk1", "okta", Some("place_claims_okta")),
        ("http://adfs.example.com/adfs/services/trust", "adfs", Some("place_claims_adfs")),
        ("https://accounts.google.com/o/saml2?idpid=C0", "google", Some("place_claims_google")),
        ("https://auth.pingone.eu/0", "ping", Some("place_claims_ping")),
        ("https://id.example.com/realms/work", "keycloak", Some("place_claims_keycloak")),
        ("https://idp.example.com/metadata", "generic", None),
    ] {
        let name = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/RoleSessionName\"><a:AttributeValue>ada@example.com</a:AttributeValue></a:Attribute>";
        let text = changed(&[(name, "")]).replace("https://idp.example.com/metadata", issuer);
        let imported = read_any(&text).unwrap();
        let check = Check::begin(imported.first().unwrap(), &Trust::default(), None, &mut |_| {}).unwrap();
        let shown = check.conclude(&[], None).unwrap();
        let found = shown.findings.iter().find(|finding| finding.code == "aws.no_session_name").unwrap();
        assert_eq!(found.fix.as_ref().unwrap().key, format!("aws_no_session_name_fix_{word}"));
        assert_eq!(found.fix_place.as_ref().map(|place| place.key.as_str()), place);
        assert_eq!(found.cause.as_ref().unwrap().key, "aws_no_session_name_cause");
    }
}

#[test]
fn claims_tell_the_product_where_the_issuer_does_not() {
    let changes: &[Change] = &[(
        "</a:AttributeStatement>",
        "<a:Attribute Name=\"http://schemas.microsoft.com/identity/claims/tenantid\"><a:AttributeValue>t</a:AttributeValue></a:Attribute></a:AttributeStatement>",
    )];
    let response = rolecall::saml::read(&base64(&changed(changes))).unwrap();
    assert_eq!(Product::of(&response), Product::Entra);
    let response = rolecall::saml::read(&base64(&changed(&[]))).unwrap();
    assert_eq!(Product::of(&response), Product::Generic);
}

fn base64(text: &str) -> String {
    rolecall::octets::base64(text.as_bytes())
}

#[test]
fn a_trust_policy_names_the_provider_and_both_sign_in_urls_and_is_json() {
    let recipient = "Recipient=\"https://signin.aws.amazon.com/saml\"";
    let changes: &[Change] = &[
        (recipient, "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml\""),
        (
            "</a:AttributeStatement>",
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R+D</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        ),
    ];
    let policy: serde_json::Value =
        serde_json::from_str(&finding(changes, "aws.tags_permission").command.unwrap().text).unwrap();
    let statement = policy.pointer("/Statement/0").unwrap();
    assert_eq!(statement["Principal"]["Federated"], "arn:aws:iam::111122223333:saml-provider/Idp");
    assert_eq!(statement["Action"], serde_json::json!(["sts:AssumeRoleWithSAML", "sts:TagSession"]));
    let audiences = serde_json::json!([
        "https://signin.aws.amazon.com/saml",
        "https://eu-west-1.signin.aws.amazon.com/saml"
    ]);
    assert_eq!(statement.pointer("/Condition/StringEquals/SAML:aud"), Some(&audiences));
    let mfa = "https://refeds.org/profile/mfa";
    let command = finding(&[(mfa, "urn:x")], "aws.mfa_unsaid").command.unwrap();
    let policy: serde_json::Value = serde_json::from_str(&command.text).unwrap();
    let tag = policy.pointer("/Statement/0/Condition/StringEquals/aws:RequestTag~1MFA");
    assert_eq!(tag, Some(&"true".into()));
}

#[test]
fn a_trust_policy_for_one_thing_allows_all_that_the_sign_in_carries() {
    let recipient = "Recipient=\"https://signin.aws.amazon.com/saml\"";
    let changes: &[Change] = &[
        (recipient, "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml\""),
        ("https://refeds.org/profile/mfa", "urn:x"),
        (
            "</a:AttributeStatement>",
            "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team\"><a:AttributeValue>R+D</a:AttributeValue></a:Attribute><a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/SourceIdentity\"><a:AttributeValue>ada</a:AttributeValue></a:Attribute></a:AttributeStatement>",
        ),
    ];
    let all = serde_json::json!(["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"]);
    for code in
        ["aws.regional_recipient", "aws.tags_permission", "aws.source_identity_permission", "aws.mfa_unsaid"]
    {
        let policy: serde_json::Value =
            serde_json::from_str(&finding(changes, code).command.unwrap().text).unwrap();
        assert_eq!(policy.pointer("/Statement/0/Action"), Some(&all), "{code}");
    }
}

#[test]
fn a_role_of_another_partition_has_that_partitions_audience_and_region() {
    for (id, audience, region) in [
        ("aws", "urn:amazon:webservices", ""),
        ("aws-us-gov", "urn:amazon:webservices:govcloud", " --region us-gov-west-1"),
        ("aws-cn", "urn:amazon:webservices:cn-north-1", " --region cn-north-1"),
    ] {
        let text = changed(&[(">urn:amazon:webservices<", ">https://app.example.com<")]);
        let text = text.replace("arn:aws:", &["arn:", id, ":"].concat());
        let response = rolecall::saml::read(&base64(&text)).unwrap();
        let claims = rolecall::aws::read(&response);
        let seen = rolecall::audit::Seen::of(&response, &claims);
        let mut found = rolecall::audit::audit(&seen);
        let wrong = found.iter().find(|finding| finding.code == "aws.wrong_audience").unwrap();
        assert_eq!(wrong.args, ["https://app.example.com", audience]);
        assert_eq!(wrong.command.as_ref().unwrap().text, audience);
        found.push(rolecall::audit::Finding::new("sts.access_denied", Vec::new()));
        rolecall::audit::fill(&seen, &mut found);
        let command = found.pop().unwrap().command.unwrap().text;
        assert_eq!(command, ["aws iam get-role --role-name Dev", region].concat());
    }
}

#[test]
fn thousands_of_assertions_that_break_one_rule_break_it_once() {
    let assertion = |number: usize| {
        let method = number.to_string();
        [
            "<a:Assertion><a:Subject><a:SubjectConfirmation Method=\"m",
            &method,
            "\"/></a:Subject></a:Assertion>",
        ]
        .concat()
    };
    let many: String = (0..5_000).map(assertion).collect();
    let text = changed(&[]).replace("</p:Response>", &[&many, "</p:Response>"].concat());
    let response = rolecall::saml::read(&base64(&text)).unwrap();
    let claims = rolecall::aws::read(&response);
    let found = rolecall::audit::audit(&rolecall::audit::Seen::of(&response, &claims));
    assert_eq!(found.iter().filter(|finding| finding.code == "aws.not_bearer").count(), 1);
    assert!(found.len() < 30, "{}", found.len());
}

#[test]
fn nothing_of_a_response_can_leave_the_quotes_of_a_policy() {
    let recipient = "Recipient=\"https://signin.aws.amazon.com/saml\"";
    let changes: &[Change] = &[
        (recipient, "Recipient=\"https://eu-west-1.signin.aws.amazon.com/saml?&quot;]}},{&quot;x\""),
        ("https://refeds.org/profile/mfa", "urn:x"),
    ];
    let command = finding(changes, "aws.mfa_unsaid").command.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&command.text).is_ok() && !command.text.contains('?'));
}

#[test]
fn how_the_person_signed_in_is_told_with_time_tenant_and_device() {
    let claim = |name: &str, value: &str| {
        format!("<a:Attribute Name=\"{name}\"><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>")
    };
    let claims = [
        claim("http://schemas.microsoft.com/identity/claims/tenantid", "6babcaad"),
        claim("http://schemas.microsoft.com/identity/claims/displayname", "Ada"),
        claim(
            "http://schemas.microsoft.com/claims/authnmethodsreferences",
            "http://schemas.microsoft.com/claims/multipleauthn",
        ),
        claim("http://schemas.microsoft.com/2014/09/devicecontext/claims/iscompliant", "true"),
    ];
    let text = changed(&[]).replacen(
        "<a:AttributeStatement>",
        &["<a:AttributeStatement>", &claims.concat()].concat(),
        1,
    );
    let imported = read_any(&text).unwrap();
    let check = Check::begin(imported.first().unwrap(), &Trust::default(), None, &mut |_| {}).unwrap();
    let shown = check.conclude(&[], Some(ISSUED)).unwrap().authentication.unwrap();
    assert_eq!((shown.mfa, shown.seconds_ago), (Some(true), Some(720)));
    assert_eq!((shown.tenant.as_deref(), shown.display_name.as_deref()), (Some("6babcaad"), Some("Ada")));
    assert_eq!(shown.methods, ["http://schemas.microsoft.com/claims/multipleauthn"]);
    assert_eq!(shown.device, [("isCompliant", "true".to_owned())]);
}

#[test]
fn a_rule_with_something_to_copy_has_it_filled_in_also_where_little_is_known() {
    let name = "<a:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\"><a:AttributeValue>arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp</a:AttributeValue></a:Attribute>";
    let found = finding(&[(name, "")], "aws.no_role");
    assert!(registry::rule("aws.no_role").unwrap().recipe.is_some());
    assert_eq!(
        found.command.unwrap().text,
        "arn:aws:iam::ACCOUNT:role/ROLE,arn:aws:iam::ACCOUNT:saml-provider/PROVIDER"
    );
}

#[test]
fn a_failure_of_sts_brings_what_caused_it() {
    let changes: &[Change] = &[(">ada@example.com<", ">Ada Lovelace<")];
    let text = base64(&changed(changes));
    let fields = vec![("SAMLResponse".to_owned(), vec![text])];
    let body = rolecall::capture::Body::Form(fields);
    let post = rolecall::capture::read_post("https://signin.aws.amazon.com/saml", &body).unwrap();
    let error = crate::sts::refused(
        400,
        "InvalidIdentityToken",
        "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
    );
    let failure = rolecall::view::explained(&error, &post, None, ISSUED.plus(60), None);
    assert_eq!(failure.code, "sts.session_name_invalid");
    assert_eq!(failure.causes.first().unwrap().code, "aws.invalid_session_name");
    assert!(failure.finding.unwrap().cause.is_some());
}
