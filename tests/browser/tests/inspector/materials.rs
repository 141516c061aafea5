//! What the scenarios read: messages in every wrapping that people copy, and the files of `tests/fixtures`.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rolecall_browser::{DriveError, Result, World};
use rolecall_sandbox::{Persona, Sandbox, Shape};
use serde_json::{Value, json};

/// A fresh response of a persona, in the way its provider writes it: base64.
pub(crate) fn response(world: &World, persona: Persona) -> Result<String> {
    Ok(world.sandbox.saml_response(persona, persona.shape())?)
}

/// The XML of a fresh response of a persona.
pub(crate) fn xml(world: &World, persona: Persona) -> Result<String> {
    decoded(&response(world, persona)?)
}

/// Base64, in lines or not, as the text it holds.
pub(crate) fn decoded(base64: &str) -> Result<String> {
    let compact: String = base64.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(compact).map_err(|error| DriveError::new(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| DriveError::new(error.to_string()))
}

/// Text as base64.
pub(crate) fn encoded(text: &str) -> String {
    STANDARD.encode(text)
}

/// Text as it stands in a form or in an address.
pub(crate) fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A request to sign in, as AWS would send it.
pub(crate) const AUTHN_REQUEST: &str = "<samlp:AuthnRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol' \
    xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion' ID='_request' Version='2.0' IssueInstant='2026-11-24T12:00:00Z' \
    Destination='https://idp.example/sso' AssertionConsumerServiceURL='https://signin.aws.amazon.com/saml'>\
    <saml:Issuer>urn:amazon:webservices</saml:Issuer></samlp:AuthnRequest>";

/// A request to end a session.
pub(crate) const LOGOUT_REQUEST: &str = "<samlp:LogoutRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol' \
    xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion' ID='_logout' Version='2.0' IssueInstant='2026-11-24T12:00:00Z'>\
    <saml:Issuer>https://idp.example/</saml:Issuer><saml:NameID>jane.doe@example.com</saml:NameID></samlp:LogoutRequest>";

/// The address to which the redirect binding sends a request: base64 of raw DEFLATE, here one stored block (RFC 1951, 3.2.4).
pub(crate) fn redirect(xml: &str) -> Result<String> {
    let length = u16::try_from(xml.len()).map_err(|error| DriveError::new(error.to_string()))?;
    let mut deflated = vec![1];
    deflated.extend(length.to_le_bytes());
    deflated.extend((!length).to_le_bytes());
    deflated.extend(xml.as_bytes());
    Ok(format!("https://idp.example/sso?SAMLRequest={}&RelayState=back", escaped(&STANDARD.encode(deflated))))
}

/// A recording of a browser's network panel: a page, the request to sign in, and each response posted to AWS.
pub(crate) fn har(responses: &[String]) -> Result<String> {
    let request = |method: &str, url: &str| json!({ "method": method, "url": url, "headers": [] });
    let entry = |request: Value| json!({ "startedDateTime": "2026-11-24T12:00:00.000Z", "request": request, "response": { "status": 200 } });
    let mut entries = vec![
        entry(request("GET", "https://cdn.example/page.js?v=1")),
        entry(request("GET", &redirect(AUTHN_REQUEST)?)),
    ];
    for response in responses {
        let mut post = request("POST", "https://signin.aws.amazon.com/saml");
        post["postData"] = json!({
            "mimeType": "application/x-www-form-urlencoded",
            "text": format!("SAMLResponse={}&RelayState=", escaped(response)),
        });
        entries.push(entry(post));
    }
    Ok(json!({ "log": { "version": "1.2", "creator": { "name": "test" }, "entries": entries } }).to_string())
}

/// The metadata of an identity provider that signs with this certificate (PEM), as it publishes it.
pub(crate) fn metadata(issuer: &str, certificate: &str) -> String {
    let base64: String = certificate.lines().filter(|line| !line.starts_with("-----")).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{issuer}\">\
        <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\">\
        <KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo>\
        </KeyDescriptor><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" \
        Location=\"https://idp.example/sso\"/></IDPSSODescriptor></EntityDescriptor>"
    )
}

/// A sandbox of its own has a key of its own: somebody else's certificate, PEM.
pub(crate) fn other_certificate() -> Result<String> {
    let other = Sandbox::start(rolecall_sandbox::Options::default())?;
    Ok(other.signing_certificate_pem().to_owned())
}

/// An unsigned response whose one attribute has these values.
pub(crate) fn with_values(name: &str, values: impl Iterator<Item = String>) -> String {
    let values: String = values.map(|value| format!("<AttributeValue>{value}</AttributeValue>")).collect();
    format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" IssueInstant=\"2026-11-24T12:00:00Z\">\
        <Assertion xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_a\" Version=\"2.0\" IssueInstant=\"2026-11-24T12:00:00Z\">\
        <Issuer>{}</Issuer><Subject><NameID>jane.doe@example.com</NameID></Subject><AttributeStatement>\
        <Attribute Name=\"{name}\">{values}</Attribute>\
        <Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\"><AttributeValue>arn:aws:iam::111122223333:role/Dev,arn:aws:iam::111122223333:saml-provider/Idp</AttributeValue></Attribute>\
        </AttributeStatement></Assertion></samlp:Response>",
        Shape::Entra.issuer()
    )
}

/// A file below `tests/fixtures`.
pub(crate) fn fixture(path: &str) -> Result<String> {
    let file = fixtures().join(path);
    fs::read_to_string(&file).map_err(|error| DriveError::new(format!("{}: {error}", file.display())))
}

/// The folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}
