//! How the person signed in at the identity provider, as far as the response says: factors, time, tenant and device.

use super::Seen;
use super::finding::{Finding, excerpt};
use crate::saml::{Assertion, Response};
use crate::time::UnixTime;

/// "Signed in with MFA, 12 minutes ago, by tenant X": the facts for such a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authentication {
    /// Whether several factors were used; none when the response does not say.
    pub mfa: Option<bool>,
    /// The methods that are listed, URIs or short names, each cut.
    pub methods: Vec<String>,
    /// The first `AuthnContextClassRef`, a URI.
    pub context: Option<String>,
    /// When the person signed in.
    pub instant: Option<UnixTime>,
    /// Seconds since then, when the time is known and lies in the past.
    pub seconds_ago: Option<i64>,
    /// The tenant of Entra ID.
    pub tenant: Option<String>,
    /// The person's object in that tenant.
    pub object_id: Option<String>,
    /// The person's name there.
    pub display_name: Option<String>,
    /// What is said about the device.
    pub devices: Vec<DeviceClaim>,
}

/// One claim about the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceClaim {
    /// `isCompliant`, `isManaged`, `isKnown` or `trustType`.
    pub name: &'static str,
    /// Its value, cut.
    pub value: String,
}

impl Authentication {
    /// What the first assertion of a response says. `now` is for how long ago that was.
    #[must_use]
    pub fn of(response: &Response, now: Option<UnixTime>) -> Self {
        let Some(assertion) = response.assertions.first() else { return Self::default() };
        let statement = assertion.authn_statements.first();
        let instant = statement.and_then(|statement| statement.instant.as_ref()?.time);
        let ago = now.zip(instant).map(|(now, instant)| now.seconds().saturating_sub(instant.seconds()));
        let first = |name: &str| {
            let attribute = assertion.attributes.iter().find(|attribute| attribute.name == name)?;
            attribute.values.first().map(|value| excerpt(&value.text))
        };
        let devices = DEVICE.iter().filter_map(|(uri, name)| Some(DeviceClaim { name, value: first(uri)? }));
        Self {
            mfa: mfa(assertion),
            methods: methods(assertion).map(excerpt).collect(),
            context: statement.and_then(|statement| statement.context_classes.first().cloned()),
            instant,
            seconds_ago: ago.filter(|seconds| *seconds >= 0),
            tenant: first("http://schemas.microsoft.com/identity/claims/tenantid"),
            object_id: first("http://schemas.microsoft.com/identity/claims/objectidentifier"),
            display_name: first("http://schemas.microsoft.com/identity/claims/displayname"),
            devices: devices.collect(),
        }
    }
}

pub(super) fn add(seen: &Seen<'_>, found: &mut Vec<Finding>) {
    let Some(assertion) = seen.response.assertions.first() else { return };
    if seen.is_for_aws() {
        found.extend(factors(assertion));
    }
    found.extend(old(assertion));
    found.extend(device(assertion));
    let is_overage = |name: &str| name == GROUP_OVERAGE;
    if let Some(overage) = assertion.attributes.iter().find(|attribute| is_overage(&attribute.name)) {
        found.push(Finding::new("saml.group_overage", Vec::new()).seen_name(&overage.name));
    }
}

fn factors(assertion: &Assertion) -> Option<Finding> {
    match mfa(assertion) {
        Some(true) => None,
        Some(false) => {
            let name = assertion.attributes.iter().find(|one| METHODS.contains(&one.name.as_str()));
            let name = name.map(|attribute| attribute.name.as_str()).unwrap_or_default();
            Some(Finding::new("aws.no_mfa", Vec::new()).seen_name(name))
        }
        None => {
            let class = assertion.authn_statements.first().and_then(|one| one.context_classes.first());
            let class = class.map(String::as_str).unwrap_or_default();
            Some(Finding::new("aws.mfa_unsaid", Vec::new()).seen_text(class, "AuthnContextClassRef"))
        }
    }
}

/// A response from a session that the identity provider has kept for long.
fn old(assertion: &Assertion) -> Option<Finding> {
    let instant = assertion.authn_statements.first()?.instant.as_ref()?.time?;
    let issued = assertion.issue_instant.as_ref()?.time?;
    let hours = issued.seconds().saturating_sub(instant.seconds()) / 3600;
    let finding = Finding::new("saml.old_sign_in", vec![hours.to_string()]);
    (hours >= OLD_HOURS).then(|| finding.seen(&instant.rfc3339(), "AuthnStatement", "AuthnInstant"))
}

/// The first claim that speaks against the device.
fn device(assertion: &Assertion) -> Option<Finding> {
    DEVICE.iter().find_map(|(uri, name)| {
        let attribute = assertion.attributes.iter().find(|attribute| attribute.name == *uri)?;
        let value =
            attribute.values.first().filter(|value| value.text.trim().eq_ignore_ascii_case("false"))?;
        let finding = Finding::new("saml.device_not_compliant", vec![String::from(*name)]);
        Some(finding.seen_value(&value.text, uri))
    })
}

/// `Some(true)` when an authentication context or a method says so, `Some(false)` when the methods are listed and none does, `None`
/// when the response does not say. Identity providers often write the same context class with and without several factors, so a
/// class such as `PasswordProtectedTransport` says nothing.
fn mfa(assertion: &Assertion) -> Option<bool> {
    let classes = assertion.authn_statements.iter().flat_map(|statement| &statement.context_classes);
    let mut listed = false;
    let mut several = classes.into_iter().any(|class| is_several(class));
    for method in methods(assertion) {
        listed = true;
        several |= is_several(method);
    }
    (several || listed).then_some(several)
}

fn methods(assertion: &Assertion) -> impl Iterator<Item = &str> {
    let listed = assertion.attributes.iter().filter(|attribute| METHODS.contains(&attribute.name.as_str()));
    listed.flat_map(|attribute| &attribute.values).map(|value| value.text.as_str())
}

/// A context class or a method that stands for more than one factor.
fn is_several(uri: &str) -> bool {
    let uri = uri.trim();
    SEVERAL.contains(&uri)
        || uri
            .strip_prefix("urn:oasis:names:tc:SAML:2.0:ac:classes:")
            .is_some_and(|class| CLASSES.contains(&class))
}

/// Attributes that list the methods: Entra ID's, and `amr` as other products pass it on from OpenID Connect.
const METHODS: [&str; 2] = ["http://schemas.microsoft.com/claims/authnmethodsreferences", "amr"];

/// Entra ID (entra-docs, "reference-saml-tokens"), the REFEDS MFA profile 1.2, `amr` of RFC 8176, the InCommon profile.
const SEVERAL: [&str; 5] = [
    "http://schemas.microsoft.com/claims/multipleauthn",
    "https://refeds.org/profile/mfa",
    "mfa",
    "http://id.incommon.org/assurance/mfa",
    "http://schemas.microsoft.com/ws/2012/12/authmethod/phoneappnotification",
];

/// Context classes whose definition asks for two factors (SAML authn-context 3.4).
const CLASSES: [&str; 4] =
    ["MobileTwoFactorContract", "MobileTwoFactorUnregistered", "SmartcardPKI", "TimeSyncToken"];

/// Claims about the device (entra-docs, "reference-claims-customization"; Windows Server documentation, AD FS claim types).
const DEVICE: [(&str, &str); 4] = [
    ("http://schemas.microsoft.com/2014/09/devicecontext/claims/iscompliant", "isCompliant"),
    ("http://schemas.microsoft.com/2012/01/devicecontext/claims/ismanaged", "isManaged"),
    ("http://schemas.microsoft.com/2014/02/devicecontext/claims/isknown", "isKnown"),
    ("http://schemas.microsoft.com/2014/09/devicecontext/claims/trusttype", "trustType"),
];

/// Sent in place of more than 150 groups (entra-docs, "how-to-connect-fed-group-claims").
const GROUP_OVERAGE: &str = "http://schemas.microsoft.com/claims/groups.link";

/// Hours after which a kept session is worth a word: the longest that AWS gives.
const OLD_HOURS: i64 = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::{Attribute, AttributeValue, AuthnStatement};

    fn assertion(class: &str, methods: &[&str]) -> Assertion {
        let value = |text: &&str| AttributeValue { text: (*text).to_owned(), nil: false };
        let attribute = Attribute {
            name: "http://schemas.microsoft.com/claims/authnmethodsreferences".to_owned(),
            values: methods.iter().map(value).collect(),
            ..Attribute::default()
        };
        Assertion {
            authn_statements: vec![AuthnStatement {
                context_classes: vec![class.to_owned()],
                ..AuthnStatement::default()
            }],
            attributes: vec![attribute],
            ..Assertion::default()
        }
    }

    #[test]
    fn entra_lists_its_methods() {
        let password = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
        let several = "http://schemas.microsoft.com/claims/multipleauthn";
        let class = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
        assert_eq!(mfa(&assertion(class, &[password, several])), Some(true));
        assert_eq!(mfa(&assertion(class, &[password])), Some(false));
    }

    #[test]
    fn a_context_class_says_it_or_says_nothing() {
        assert_eq!(mfa(&assertion("https://refeds.org/profile/mfa", &[])), Some(true));
        assert_eq!(
            mfa(&assertion("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", &[])),
            Some(true)
        );
        assert_eq!(
            mfa(&assertion("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", &[])),
            None
        );
    }
}
