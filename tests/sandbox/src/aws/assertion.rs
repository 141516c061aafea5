//! Reads a SAML response as AWS does: what it says, and whether its signatures hold. Whether that is enough, the rules say.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::OffsetDateTime;
use uppsala::{Document, NodeId};

use super::refusal::Refusal;
use crate::clock;
use crate::idp::Role;
use crate::sandbox::World;
use crate::signature::{Verdict, verify};

/// What a response says.
#[derive(Debug)]
pub(crate) struct Assertion {
    pub(crate) issuer: String,
    /// AWS has metadata of this issuer.
    pub(crate) issuer_is_known: bool,
    /// Of the response and of the assertion.
    pub(crate) signatures: (Verdict, Verdict),
    pub(crate) issued: Option<OffsetDateTime>,
    pub(crate) name_id: Option<String>,
    pub(crate) name_id_format: String,
    /// There is one confirmation, with data.
    pub(crate) is_confirmed: bool,
    pub(crate) confirmation_end: Option<OffsetDateTime>,
    pub(crate) recipient: String,
    pub(crate) has_conditions: bool,
    pub(crate) conditions_start: Option<OffsetDateTime>,
    pub(crate) conditions_end: Option<OffsetDateTime>,
    pub(crate) audiences: Vec<String>,
    /// There is one `AuthnStatement`.
    pub(crate) is_authenticated: bool,
    pub(crate) session_end: Option<OffsetDateTime>,
    pub(crate) roles: Vec<Role>,
    pub(crate) session_names: Vec<String>,
    /// Seconds, as they are written.
    pub(crate) session_durations: Vec<String>,
    pub(crate) source_identities: Vec<String>,
    /// Keys and values of session tags.
    pub(crate) tags: Vec<(String, Vec<String>)>,
}

impl Assertion {
    /// Reads `saml_response` (base64). Only what cannot be read at all, and a sign-in that the provider refused, is refused here.
    pub(crate) fn read(saml_response: &str, world: &World) -> Result<Self, Refusal> {
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
        let signatures = (verify(&document, response, &keys), verify(&document, assertion, &keys));
        Ok(reader.assertion(assertion, issuer, !keys.is_empty(), signatures))
    }

    /// The session's name; the rules see to it that there is one.
    pub(crate) fn session_name(&self) -> &str {
        self.session_names.first().map_or("", String::as_str)
    }

    /// `SessionDuration` in seconds.
    pub(crate) fn session_duration(&self) -> Option<i64> {
        self.session_durations.first()?.trim().parse().ok()
    }
}

/// Reads elements of one document.
struct Reader<'d, 'a> {
    document: &'d Document<'a>,
}

impl Reader<'_, '_> {
    fn assertion(
        &self,
        assertion: NodeId,
        issuer: String,
        issuer_is_known: bool,
        signatures: (Verdict, Verdict),
    ) -> Assertion {
        let subject = self.one(assertion, "Subject");
        let name_id = subject.and_then(|subject| self.one(subject, "NameID"));
        let confirmation = subject
            .and_then(|subject| self.one(subject, "SubjectConfirmation"))
            .and_then(|node| self.one(node, "SubjectConfirmationData"));
        let conditions = self.one(assertion, "Conditions");
        let authn = self.one(assertion, "AuthnStatement");
        let audiences = conditions
            .into_iter()
            .flat_map(|node| self.children(node, "AudienceRestriction"))
            .flat_map(|node| self.children(node, "Audience"))
            .map(|node| self.content(node))
            .collect();
        Assertion {
            issuer,
            issuer_is_known,
            signatures,
            issued: self.instant(assertion, "IssueInstant"),
            name_id: name_id.map(|node| self.content(node)),
            name_id_format: self.attribute(name_id, "Format"),
            is_confirmed: confirmation.is_some(),
            confirmation_end: confirmation.and_then(|node| self.instant(node, "NotOnOrAfter")),
            recipient: self.attribute(confirmation, "Recipient"),
            has_conditions: conditions.is_some(),
            conditions_start: conditions.and_then(|node| self.instant(node, "NotBefore")),
            conditions_end: conditions.and_then(|node| self.instant(node, "NotOnOrAfter")),
            audiences,
            is_authenticated: authn.is_some(),
            session_end: authn.and_then(|node| self.instant(node, "SessionNotOnOrAfter")),
            roles: self.values(assertion, "Role").iter().filter_map(|value| role_pair(value)).collect(),
            session_names: self.values(assertion, "RoleSessionName"),
            session_durations: self.values(assertion, "SessionDuration"),
            source_identities: self.values(assertion, "SourceIdentity"),
            tags: self.tags(assertion),
        }
    }

    fn status(&self, response: NodeId) -> Option<&str> {
        let status = self.document.first_child_element_by_name_ns(response, PROTOCOL, "Status")?;
        let code = self.document.first_child_element_by_name_ns(status, PROTOCOL, "StatusCode")?;
        self.document.get_attribute(code, "Value")
    }

    /// The values of the AWS attribute with exactly this name.
    fn values(&self, assertion: NodeId, name: &str) -> Vec<String> {
        let of_name = self.attributes(assertion).into_iter().filter(|(short, _)| short == name);
        of_name.flat_map(|(_, values)| values).collect()
    }

    /// Session tags. One that comes in several attributes has the values of all.
    fn tags(&self, assertion: NodeId) -> Vec<(String, Vec<String>)> {
        let mut tags: Vec<(String, Vec<String>)> = Vec::new();
        for (short, values) in self.attributes(assertion) {
            let Some(key) = short.strip_prefix("PrincipalTag:") else { continue };
            match tags.iter_mut().find(|(known, _)| known == key) {
                Some((_, known)) => known.extend(values),
                None => tags.push((key.to_owned(), values)),
            }
        }
        tags
    }

    /// AWS's attributes: the name behind the prefix, and the values.
    fn attributes(&self, assertion: NodeId) -> Vec<(String, Vec<String>)> {
        self.children(assertion, "AttributeStatement")
            .flat_map(|statement| self.children(statement, "Attribute"))
            .filter_map(|node| {
                let short = self.document.get_attribute(node, "Name")?.strip_prefix(ATTRIBUTES)?.to_owned();
                let values = self.children(node, "AttributeValue").map(|value| self.content(value));
                Some((short, values.collect()))
            })
            .collect()
    }

    fn attribute(&self, node: Option<NodeId>, name: &str) -> String {
        node.and_then(|node| self.document.get_attribute(node, name)).unwrap_or_default().to_owned()
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
}
