//! Tests of [`super`]: each message whole, bare, cut, and those that are refused.

use super::*;

fn read(xml: &str) -> Result<Message, SamlError> {
    Message::from_document(&Document::parse(xml).unwrap(), Vec::new())
}

fn inside(name: &str, attributes: &str, content: &str) -> String {
    format!(
        "<p:{name} xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion' \
         ID='_1' Version='2.0' IssueInstant='2026-09-21T14:13:20Z' Destination='https://idp.example/' {attributes}>\
         <a:Issuer> https://sp.example/ </a:Issuer>{content}</p:{name}>"
    )
}

fn request(xml: &str) -> ProtocolMessage {
    match read(xml) {
        Ok(Message::Request(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_authn_request_is_read_whole() {
    let xml = inside(
        "AuthnRequest",
        "ProviderName='Shop' ProtocolBinding='urn:b' AssertionConsumerServiceURL='https://sp.example/acs' \
         AssertionConsumerServiceIndex='1' AttributeConsumingServiceIndex='2' ForceAuthn='true' IsPassive='0' Consent='urn:c'",
        "<a:Subject><a:NameID Format='urn:f'>jo@example.com</a:NameID></a:Subject>\
         <p:NameIDPolicy Format='urn:p' SPNameQualifier='q' AllowCreate='1'/><a:Conditions NotOnOrAfter='soon'/>\
         <p:RequestedAuthnContext Comparison='minimum'><a:AuthnContextClassRef>urn:x</a:AuthnContextClassRef>\
         <a:AuthnContextClassRef> urn:y </a:AuthnContextClassRef></p:RequestedAuthnContext>\
         <p:Scoping ProxyCount='3'><p:IDPList><p:IDPEntry ProviderID='urn:one'/><p:IDPEntry ProviderID='urn:two'/></p:IDPList>\
         <p:RequesterID>urn:r</p:RequesterID></p:Scoping>",
    );
    assert_eq!(read(&xml).unwrap().kind(), "authn_request");
    let message = request(&xml);
    assert_eq!((message.id.as_deref(), message.version.as_deref()), (Some("_1"), Some("2.0")));
    assert_eq!(message.issuer.as_deref(), Some("https://sp.example/"));
    assert_eq!(message.destination.as_deref(), Some("https://idp.example/"));
    assert_eq!(message.consent.as_deref(), Some("urn:c"));
    assert_eq!(message.issue_instant.unwrap().time.unwrap().seconds(), 1_790_000_000);
    assert_eq!(message.oddities, []);
    let Body::AuthnRequest(request) = message.body else { panic!("an AuthnRequest") };
    assert_eq!(request.provider_name.as_deref(), Some("Shop"));
    assert_eq!(request.protocol_binding.as_deref(), Some("urn:b"));
    assert_eq!(request.acs_url.as_deref(), Some("https://sp.example/acs"));
    assert_eq!((request.acs_index.as_deref(), request.attribute_index.as_deref()), (Some("1"), Some("2")));
    assert_eq!((request.force_authn, request.is_passive), (Some(true), Some(false)));
    let subject = request.subject.unwrap();
    assert_eq!((subject.value.as_str(), subject.format.as_deref()), ("jo@example.com", Some("urn:f")));
    let policy = request.name_id_policy.unwrap();
    assert_eq!((policy.format.as_deref(), policy.allow_create), (Some("urn:p"), Some(true)));
    assert_eq!(request.conditions.unwrap().not_on_or_after.unwrap().text, "soon");
    let context = request.requested_context.unwrap();
    assert_eq!(
        (context.comparison.as_deref(), context.classes),
        (Some("minimum"), vec!["urn:x".into(), "urn:y".into()])
    );
    assert_eq!(request.proxy_count.as_deref(), Some("3"));
    assert_eq!(request.identity_providers, ["urn:one", "urn:two"]);
    assert_eq!(request.requesters, ["urn:r"]);
}

#[test]
fn a_bare_authn_request_is_read_too() {
    let Body::AuthnRequest(read) = request(&inside("AuthnRequest", "ForceAuthn='maybe'", "")).body else {
        panic!("an AuthnRequest")
    };
    assert_eq!(*read, AuthnRequest::default());
}

#[test]
fn the_messages_of_a_sign_out_are_read() {
    let xml = inside(
        "LogoutRequest",
        "Reason='urn:r' NotOnOrAfter='2026-09-21T14:18:20Z'",
        "<a:NameID>jo</a:NameID><p:SessionIndex>one</p:SessionIndex><p:SessionIndex>two</p:SessionIndex>",
    );
    assert_eq!(read(&xml).unwrap().kind(), "logout_request");
    let Body::LogoutRequest(logout) = request(&xml).body else { panic!("a LogoutRequest") };
    assert_eq!(logout.reason.as_deref(), Some("urn:r"));
    assert_eq!(logout.name_id.unwrap().value, "jo");
    assert_eq!(logout.session_indexes, ["one", "two"]);
    assert_eq!(logout.not_on_or_after.unwrap().time.unwrap().seconds(), 1_790_000_300);

    let status = "<p:Status><p:StatusCode Value='urn:oasis:names:tc:SAML:2.0:status:Success'/></p:Status>";
    let xml = inside("LogoutResponse", "InResponseTo='_0'", status);
    assert_eq!(read(&xml).unwrap().kind(), "logout_response");
    let Body::LogoutResponse(logout) = request(&xml).body else { panic!("a LogoutResponse") };
    assert_eq!(logout.in_response_to.as_deref(), Some("_0"));
    assert!(logout.status.unwrap().is_success());
}

#[test]
fn responses_and_bare_assertions_stay_what_they_are() {
    assert_eq!(read(&inside("Response", "", "")).unwrap().kind(), "response");
    let assertion = "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion'/>";
    assert_eq!(read(assertion).unwrap().kind(), "assertion");
}

#[test]
fn what_is_odd_about_a_request_is_noted_once() {
    let xml = inside("AuthnRequest", "", "<a:Issuer>other</a:Issuer><?x y?>");
    let cut = xml.strip_suffix("</p:AuthnRequest>").unwrap();
    let expected =
        [Oddity::Truncated, Oddity::ProcessingInstruction, Oddity::RepeatedElement { element: "Issuer" }];
    assert_eq!(request(cut).oddities, expected);
}

#[test]
fn other_documents_are_refused_by_what_they_are() {
    for name in OTHERS {
        assert_eq!(read(&inside(name, "", "")), Err(SamlError::OtherMessage { name }));
    }
    let metadata = "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata'/>";
    assert_eq!(read(metadata), Err(SamlError::IsMetadata));
    let old = "<Response xmlns='urn:oasis:names:tc:SAML:1.0:protocol'/>";
    assert_eq!(read(old), Err(SamlError::IsSaml1));
    assert_eq!(read(&inside("Terminate", "", "")), Err(SamlError::NotAResponse));
    assert_eq!(read("<AuthnRequest/>"), Err(SamlError::NotAResponse));
}
