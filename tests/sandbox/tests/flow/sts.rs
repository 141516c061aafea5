//! STS: what it issues, and what it refuses in which words.

use rolecall_sandbox::{Options, Persona, Sandbox, Shape};

use crate::client::{Answer, assume_first, call, post, response_in, response_of, send, tampered};

const STS: &str = "https://sts.us-east-1.amazonaws.com/";
const ROLE: &str = "arn:aws:iam::123456789012:role/Developer";
const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/Sandbox";

fn start() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

fn assert_error(answer: &Answer, status: u16, code: &str, message: &str) {
    assert_eq!(answer.header("content-type"), "text/xml");
    assert_eq!((answer.status, answer.text("Code").as_str()), (status, code), "{}", answer.body);
    let said = answer.text("Message");
    let plain = said.split(" (Service: ").next().unwrap();
    assert_eq!(plain, message);
    assert_eq!(answer.text("RequestId"), answer.header("x-amzn-requestid"));
}

fn assume(sandbox: &Sandbox, more: &[(&str, &str)]) -> Answer {
    let assertion = response_of(sandbox, Persona::OneRole);
    post(sandbox, STS, &[&call(ROLE, PROVIDER, &assertion), more].concat())
}

#[test]
fn credentials_are_issued_in_every_partition_as_sts_writes_them() {
    let sandbox = start();
    for (persona, sts) in [
        (Persona::OneRole, "https://sts.amazonaws.com/"),
        (Persona::FourRoles, "https://sts.eu-west-1.amazonaws.com/"),
        (Persona::Encrypted, "https://sts.us-east-1.amazonaws.com/"),
        (Persona::Scripts, "https://sts.ap-south-1.api.aws/"),
        (Persona::TwoHundred, "https://sts.eu-central-1.amazonaws.com/"),
        (Persona::GovCloud, "https://sts.us-gov-west-1.amazonaws.com/"),
        (Persona::China, "https://sts.cn-north-1.amazonaws.com.cn/"),
        (Persona::Regional, "https://sts.eu-west-1.amazonaws.com/"),
    ] {
        let answer = assume_first(&sandbox, persona, sts).unwrap();
        assert_eq!(answer.status, 200, "{}: {}", persona.slug(), answer.body);
        assert_eq!(answer.header("content-type"), "text/xml");
        assert_eq!(answer.text("Subject"), persona.name_id());
        assert_eq!(answer.text("Audience"), persona.acs(None));
        let issued = sandbox.issued().pop().unwrap();
        assert_eq!(answer.text("SecretAccessKey"), issued.secret_access_key);
        assert_eq!(issued.secret_access_key.len(), 40);
        assert!(issued.access_key_id.starts_with("ASIA") && issued.access_key_id.len() == 20);
        assert!(['+', '/', '='].iter().all(|sign| issued.session_token.contains(*sign)));
        assert_eq!(issued.role_arn, persona.roles()[0].role_arn);
    }
}

#[test]
fn the_name_qualifier_is_the_digest_that_the_documentation_gives() {
    // BASE64(SHA1(Issuer + account + "/" + provider)), from Python's hashlib.
    let answer = assume(&start(), &[]);
    assert_eq!(answer.text("NameQualifier"), "tw9FRQP61/80nDPIhZddYsR4wMs=");
    assert_eq!(answer.text("SubjectType"), "persistent");
    assert_eq!(answer.text("Arn"), "arn:aws:sts::123456789012:assumed-role/Developer/jane.doe@example.com");
}

#[test]
fn a_changed_response_has_an_invalid_signature() {
    let sandbox = start();
    for shape in Shape::ALL {
        let response = response_in(&sandbox, shape).replace("\r\n", "");
        let grown = tampered(&response, |xml| xml.replace("role/Developer", "role/Admin"));
        let admin = "arn:aws:iam::123456789012:role/Admin";
        let answer = post(&sandbox, STS, &call(admin, PROVIDER, &grown));
        assert_error(&answer, 400, "InvalidIdentityToken", "Response signature invalid");
    }
}

#[test]
fn an_unsigned_response_and_a_wrapped_one_are_refused() {
    let sandbox = start();
    let response = response_in(&sandbox, Shape::Entra);
    let unsigned = tampered(&response, |xml| {
        let (before, rest) = xml.split_once("<Signature").unwrap();
        format!("{before}{}", rest.split_once("</Signature>").unwrap().1)
    });
    let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, &unsigned));
    assert_error(&answer, 400, "InvalidIdentityToken", "Response signature invalid");

    // The signed assertion stays where its reference finds it; a forged one stands beside it.
    let wrapped = tampered(&response, |xml| {
        let start = xml.find("<Assertion").unwrap();
        let forged = xml[start..].split("</Assertion>").next().unwrap().replace("Developer", "Admin");
        format!("{}{forged}</Assertion>{}", &xml[..start], &xml[start..])
    });
    let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, &wrapped));
    assert_error(&answer, 400, "InvalidIdentityToken", "Invalid SAMLResponse");
}

#[test]
fn a_response_is_taken_for_five_minutes() {
    let sandbox = start();
    let words = "Token must be redeemed within 5 minutes of issuance";
    let answer = assume_first(&sandbox, Persona::Expired, STS).unwrap();
    assert_error(&answer, 400, "ExpiredTokenException", words);
    sandbox.faults().skew_clock(290);
    assert_eq!(assume(&sandbox, &[]).status, 200);
    sandbox.faults().skew_clock(310);
    assert_error(&assume(&sandbox, &[]), 400, "ExpiredTokenException", words);
}

#[test]
fn a_confirmation_that_ends_sooner_ends_the_response() {
    let sandbox = start();
    sandbox.faults().skew_clock(130);
    let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, &response_in(&sandbox, Shape::Ns0)));
    assert_error(&answer, 400, "ExpiredTokenException", "Response has expired");
}

#[test]
fn a_pair_that_is_not_literally_in_the_response_is_denied() {
    let sandbox = start();
    let words = "Not authorized to perform sts:AssumeRoleWithSAML";
    let response = response_of(&sandbox, Persona::FourRoles);
    let first = "arn:aws:iam::111122223333:saml-provider/Sandbox";
    for (role, provider) in [
        ("arn:aws:iam::111122223333:role/AdminRead", first),
        ("arn:aws:iam::444455556666:role/Developer", "arn:aws:iam::444455556666:saml-provider/Sandbox"),
        ("arn:aws:iam::111122223333:role/Admin", "arn:aws:iam::444455556666:saml-provider/Sandbox"),
        ("arn:aws:iam::111122223333:role/admin", first),
    ] {
        assert_error(&post(&sandbox, STS, &call(role, provider, &response)), 403, "AccessDenied", words);
    }
    let answer = assume_first(&sandbox, Persona::IdentityCenter, STS).unwrap();
    assert_error(&answer, 403, "AccessDenied", words);
}

#[test]
fn another_partitions_sts_does_not_know_the_provider() {
    let sandbox = start();
    let answer = assume_first(&sandbox, Persona::GovCloud, STS).unwrap();
    assert_error(&answer, 400, "InvalidIdentityToken", "Specified provider doesn't exist");
    assert!(answer.text("Message").contains("AuthSamlManifestNotFoundException"));
}

#[test]
fn a_provider_that_aws_was_not_told_of_is_refused_and_one_it_was_told_of_is_taken() {
    let foreign = start();
    let response = response_in(&foreign, Shape::Okta);
    let strict = start();
    let answer = post(&strict, STS, &call(ROLE, PROVIDER, &response));
    assert_error(&answer, 400, "InvalidIdentityToken", "Response signature invalid");

    let trust = vec![(Shape::Okta.issuer().to_owned(), foreign.signing_certificate_pem().to_owned())];
    let trusting = Sandbox::start(Options { trust, ..Options::default() }).unwrap();
    assert_eq!(post(&trusting, STS, &call(ROLE, PROVIDER, &response)).status, 200);

    let renamed = tampered(&response, |xml| xml.replace("exk1a2b3c4D5e6F7g8h9", "exkOther"));
    let answer = post(&trusting, STS, &call(ROLE, PROVIDER, &renamed));
    assert_error(&answer, 400, "InvalidIdentityToken", "Issuer not present in specified provider");
}

#[test]
fn durations_are_bounded_by_the_protocol_and_by_the_role() {
    let sandbox = start();
    let short = "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: \
        Member must have value greater than or equal to 900";
    let long = "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: \
        Member must have value less than or equal to 43200";
    let above = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    for (seconds, words) in [("899", short), ("43201", long), ("3601", above)] {
        let answer = assume(&sandbox, &[("DurationSeconds", seconds)]);
        assert_error(&answer, 400, "ValidationError", words);
    }
    assert_eq!(assume(&sandbox, &[("DurationSeconds", "900")]).status, 200);
    let response = response_of(&sandbox, Persona::FourRoles);
    let role = Persona::FourRoles.roles()[3].clone();
    let asked = call(&role.role_arn, &role.provider_arn, &response);
    let answer = post(&sandbox, STS, &[&asked[..], &[("DurationSeconds", "43200")]].concat());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn parameters_are_checked_before_the_response_is_read() {
    let sandbox = start();
    let null = "1 validation error detected: Value null at 'principalArn' failed to satisfy constraint: \
        Member must not be null";
    let fields = [("Action", "AssumeRoleWithSAML"), ("Version", "2011-06-15"), ("RoleArn", ROLE)];
    assert_error(&post(&sandbox, STS, &fields), 400, "ValidationError", null);

    let long = "1 validation error detected: Value '...' at 'sAMLAssertion' failed to satisfy constraint: \
        Member must have length less than or equal to 100000";
    let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, &"A".repeat(100_001)));
    assert_error(&answer, 400, "ValidationError", long);

    let answer = post(&sandbox, STS, &call(ROLE, PROVIDER, "%%%%"));
    assert_error(&answer, 400, "InvalidIdentityToken", "Invalid base64 SAMLResponse");

    let answer = post(&sandbox, STS, &[("Action", "Dance"), ("Version", "2011-06-15")]);
    assert_error(&answer, 400, "InvalidAction", "Could not find operation Dance for version 2011-06-15");
}

#[test]
fn an_assertion_in_the_url_is_refused() {
    let sandbox = start();
    let assertion = response_of(&sandbox, Persona::OneRole);
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(call(ROLE, PROVIDER, &assertion))
        .finish();
    let answer = send(&sandbox, "GET", &format!("{STS}?{query}"), &[], "").unwrap();
    assert_eq!(answer.status, 400);
}

#[test]
fn the_issued_key_tells_who_calls() {
    let sandbox = start();
    assume(&sandbox, &[]);
    let issued = sandbox.issued().pop().unwrap();
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0",
        issued.access_key_id
    );
    let body = "Action=GetCallerIdentity&Version=2011-06-15";
    let ask = |token: &str| {
        let headers = [("authorization", authorization.as_str()), ("x-amz-security-token", token)];
        send(&sandbox, "POST", STS, &headers, body).unwrap()
    };
    let answer = ask(&issued.session_token);
    assert_eq!(answer.text("Arn"), issued.assumed_role_arn);
    assert_eq!(answer.text("Account"), "123456789012");
    let words = "The security token included in the request is invalid.";
    assert_error(&ask("another"), 403, "InvalidClientTokenId", words);
    sandbox.faults().skew_clock(3700);
    let words = "The security token included in the request is expired";
    assert_error(&ask(&issued.session_token), 403, "ExpiredToken", words);
}
