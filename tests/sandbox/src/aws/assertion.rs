//! Judges a SAML response as AWS does, in AWS's words, and reads what it grants.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::{Duration, OffsetDateTime};
use uppsala::{Document, NodeId};

use crate::hosts::Partition;
use crate::idp::Role;
use crate::sandbox::World;
use crate::signature::{Verdict, verify};
use crate::{clock, random};

/// Why AWS does not take a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(crate) fn access_denied() -> Self {
        Self::new(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
    }

    fn token(message: &str) -> Self {
        Self::new(400, "InvalidIdentityToken", message)
    }

    /// What the service behind STS says, with its trailer.
    pub(crate) fn provider(message: &str, code: &str) -> Self {
        let request = random::uuid();
        Self::token(&format!(
            "{message} (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: {code}; \
             Request ID: {request}; Proxy: null)"
        ))
    }

    fn response(message: &str) -> Self {
        Self::provider(message, "AuthSamlInvalidSamlResponseException")
    }

    fn expired(message: &str) -> Self {
        Self::new(400, "ExpiredTokenException", message)
    }
}

/// What a response that AWS takes says.
#[derive(Debug)]
pub(crate) struct Assertion {
    pub(crate) issuer: String,
    pub(crate) name_id: String,
    pub(crate) name_id_format: String,
    pub(crate) recipient: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) session_name: String,
    /// The `SessionDuration` attribute, in seconds.
    pub(crate) session_duration: Option<i64>,
    pub(crate) session_end: Option<OffsetDateTime>,
}

impl Assertion {
    /// Judges `saml_response` (base64) at `now`, for this partition's hosts.
    pub(crate) fn judge(
        saml_response: &str,
        partition: &Partition,
        now: OffsetDateTime,
        world: &World,
    ) -> Result<Self, Refusal> {
        let compact: String = saml_response.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(compact).map_err(|_| Refusal::response("Invalid base64 SAMLResponse"))?;
        let unreadable = || Refusal::response("Invalid SAMLResponse");
        let xml = world.decrypt(String::from_utf8(bytes).map_err(|_| unreadable())?);
        let document = uppsala::parse(&xml).map_err(|_| unreadable())?;
        let reader = Reader { document: &document };
        let response = document.document_element().ok_or_else(unreadable)?;
        let is_response = document.element(response).is_some_and(|e| e.matches_name_ns(PROTOCOL, "Response"));
        if !is_response {
            return Err(unreadable());
        }
        if reader.status(response) != Some("urn:oasis:names:tc:SAML:2.0:status:Success") {
            return Err(Refusal::new(
                403,
                "IDPRejectedClaim",
                "The identity provider reported that authentication failed",
            ));
        }
        let assertion = reader.one(response, "Assertion").ok_or_else(unreadable)?;
        let issuer = reader.text(assertion, "Issuer").unwrap_or_default();
        let keys = world.keys_of(&issuer);
        if keys.is_empty() {
            return Err(Refusal::response("Issuer not present in specified provider"));
        }
        match (verify(&document, response, &keys), verify(&document, assertion, &keys)) {
            (Verdict::Valid, Verdict::Valid | Verdict::Unsigned) | (Verdict::Unsigned, Verdict::Valid) => {}
            _ => return Err(Refusal::response("Response signature invalid")),
        }
        reader.grant(assertion, issuer, partition, now)
    }
}

/// Reads elements of one document.
struct Reader<'d, 'a> {
    document: &'d Document<'a>,
}

impl Reader<'_, '_> {
    /// Times, audience, subject and attributes of an assertion whose signature is good.
    fn grant(
        &self,
        assertion: NodeId,
        issuer: String,
        partition: &Partition,
        now: OffsetDateTime,
    ) -> Result<Assertion, Refusal> {
        let issued = self.instant(assertion, "IssueInstant");
        let subject = self.one(assertion, "Subject").ok_or_else(Refusal::access_denied)?;
        let name_id = self.one(subject, "NameID").ok_or_else(Refusal::access_denied)?;
        let confirmation = self
            .one(subject, "SubjectConfirmation")
            .and_then(|node| self.one(node, "SubjectConfirmationData"))
            .ok_or_else(Refusal::access_denied)?;
        let conditions =
            self.one(assertion, "Conditions").ok_or_else(|| Refusal::token("Conditions missing"))?;

        if issued.is_none_or(|issued| now - issued > REDEEMABLE) {
            return Err(Refusal::expired("Token must be redeemed within 5 minutes of issuance"));
        }
        let ends = [self.instant(confirmation, "NotOnOrAfter"), self.instant(conditions, "NotOnOrAfter")];
        let authn = self.one(assertion, "AuthnStatement").ok_or_else(Refusal::access_denied)?;
        let session_end = self.instant(authn, "SessionNotOnOrAfter");
        if ends[0].is_none() || ends.iter().flatten().chain(&session_end).any(|end| now >= *end) {
            return Err(Refusal::expired("Response has expired"));
        }
        if self.instant(conditions, "NotBefore").is_some_and(|start| now < start) {
            return Err(Refusal::token("Response is not yet valid"));
        }

        let audiences: Vec<String> = self
            .children(conditions, "AudienceRestriction")
            .flat_map(|node| self.children(node, "Audience"))
            .map(|node| self.content(node))
            .collect();
        let ours = |audience: &String| {
            *audience == "urn:amazon:webservices"
                || audience == partition.audience
                || partition.is_acs(audience)
        };
        if !audiences.iter().any(ours) {
            return Err(Refusal::token("Response does not contain the required audience"));
        }
        // STS compares the recipient with the trust policy's SAML:aud; here every trust policy names the sign-in URLs.
        let recipient = self.document.get_attribute(confirmation, "Recipient").unwrap_or_default().to_owned();
        if !partition.is_acs(&recipient) {
            return Err(Refusal::access_denied());
        }

        Ok(Assertion {
            issuer,
            name_id: self.content(name_id),
            name_id_format: self.document.get_attribute(name_id, "Format").unwrap_or_default().to_owned(),
            recipient,
            roles: self.values(assertion, "Role").iter().filter_map(|value| role_pair(value)).collect(),
            session_name: session_name(&self.values(assertion, "RoleSessionName"))?,
            session_duration: self
                .values(assertion, "SessionDuration")
                .first()
                .and_then(|s| s.trim().parse().ok()),
            session_end,
        })
    }

    fn status(&self, response: NodeId) -> Option<&str> {
        let status = self.document.first_child_element_by_name_ns(response, PROTOCOL, "Status")?;
        let code = self.document.first_child_element_by_name_ns(status, PROTOCOL, "StatusCode")?;
        self.document.get_attribute(code, "Value")
    }

    /// The values of the AWS attribute with exactly this name.
    fn values(&self, assertion: NodeId, name: &str) -> Vec<String> {
        let wanted = |node: &NodeId| {
            self.document.get_attribute(*node, "Name").and_then(|full| full.strip_prefix(ATTRIBUTES))
                == Some(name)
        };
        self.children(assertion, "AttributeStatement")
            .flat_map(|statement| self.children(statement, "Attribute"))
            .filter(wanted)
            .flat_map(|attribute| self.children(attribute, "AttributeValue"))
            .map(|value| self.content(value))
            .collect()
    }

    fn children(&self, parent: NodeId, name: &str) -> impl Iterator<Item = NodeId> + use<> {
        self.document.child_elements_by_name_ns(parent, ASSERTION, name).into_iter()
    }

    fn one(&self, parent: NodeId, name: &str) -> Option<NodeId> {
        let mut all = self.children(parent, name);
        all.next().filter(|_| all.next().is_none())
    }

    fn text(&self, parent: NodeId, name: &str) -> Option<String> {
        self.one(parent, name).map(|node| self.content(node))
    }

    fn content(&self, node: NodeId) -> String {
        self.document.text_content_deep(node).trim().to_owned()
    }

    fn instant(&self, node: NodeId, attribute: &str) -> Option<OffsetDateTime> {
        clock::parse(self.document.get_attribute(node, attribute)?)
    }
}

/// The two ARNs of a `Role` value, in either order.
fn role_pair(value: &str) -> Option<Role> {
    let (first, second) = value.split_once(',')?;
    let (first, second) = (first.trim(), second.trim());
    let (role, provider) = if first.contains(":saml-provider/") { (second, first) } else { (first, second) };
    (role.contains(":role/") && provider.contains(":saml-provider/"))
        .then(|| Role { role_arn: role.to_owned(), provider_arn: provider.to_owned() })
}

fn session_name(values: &[String]) -> Result<String, Refusal> {
    let [name] = values else {
        return Err(Refusal::token("RoleSessionName is required in AuthnResponse"));
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if !(2..=64).contains(&name.len()) || !name.chars().all(allowed) {
        return Err(Refusal::token("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"));
    }
    Ok(name.clone())
}

/// "Token must be redeemed within 5 minutes of issuance."
const REDEEMABLE: Duration = Duration::minutes(5);
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const ATTRIBUTES: &str = "https://aws.amazon.com/SAML/Attributes/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_value_is_read_in_either_order_with_spaces() {
        let pair = role_pair("arn:aws:iam::1:saml-provider/P , arn:aws:iam::1:role/R").unwrap();
        assert_eq!(pair, role_pair("arn:aws:iam::1:role/R,arn:aws:iam::1:saml-provider/P").unwrap());
        assert_eq!(pair.role_arn, "arn:aws:iam::1:role/R");
        assert_eq!(role_pair("arn:aws:iam::1:role/R"), None);
    }

    #[test]
    fn a_session_name_with_a_space_is_refused_in_the_words_of_aws() {
        let refusal = session_name(&["Jane Doe".to_owned()]).unwrap_err();
        assert_eq!(refusal.message, "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
        assert_eq!(session_name(&[]).unwrap_err().message, "RoleSessionName is required in AuthnResponse");
    }
}
