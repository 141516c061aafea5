//! Whether a response says that its person signed in with several factors.

use crate::saml::Assertion;

/// `Some(true)` when an authentication context or a method says so, `Some(false)` when the methods are listed and none does, `None`
/// when the response does not say. Identity providers often write the same context class with and without several factors, so a
/// class such as `PasswordProtectedTransport` says nothing.
#[must_use]
pub(super) fn mfa(assertion: &Assertion) -> Option<bool> {
    let classes = assertion.authn_statements.iter().flat_map(|statement| &statement.context_classes);
    let methods = assertion.attributes.iter().filter(|attribute| METHODS.contains(&attribute.name.as_str()));
    let mut listed = false;
    let mut several = classes.into_iter().any(|class| is_several(class));
    for value in methods.flat_map(|attribute| &attribute.values) {
        listed = true;
        several |= is_several(&value.text);
    }
    (several || listed).then_some(several)
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
