//! One look over all elements of a document for the few that matter to its signatures.

use crate::saml::{Document, Element, Namespace};

/// An element with its place in the order of `Document::elements`.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'d> {
    /// The element.
    pub element: Element<'d>,
    /// How many elements stand before it.
    pub ordinal: usize,
}

/// What a reader that goes by local names alone takes an element for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A signature.
    Signature,
    /// An assertion.
    Assertion,
    /// An encrypted assertion.
    EncryptedAssertion,
    /// Something that says who a person is, and it is not: its namespace is another.
    LookAlike,
}

/// What was found, in document order.
#[derive(Debug, Default)]
pub struct Scan<'d> {
    /// The elements that a reader takes for something by their local name, but for those below an assertion that are what they seem.
    pub named: Vec<(Placed<'d>, Named)>,
    /// The attributes that some reader takes for an ID: the element, the value, and whether it is SAML's own `ID`.
    pub ids: Vec<(Placed<'d>, &'d str, bool)>,
}

impl<'d> Scan<'d> {
    /// Looks at every element once.
    #[must_use]
    pub fn of(document: &'d Document<'d>) -> Self {
        let mut scan = Self::default();
        for (ordinal, element) in document.elements().enumerate() {
            let placed = Placed { element, ordinal };
            if let Some(named) = named(element) {
                scan.named.push((placed, named));
            }
            for attribute in element.attributes() {
                let name = attribute.local_name();
                if name.eq_ignore_ascii_case("id") {
                    let is_saml = name == "ID" && attribute.namespace() == Namespace::NONE;
                    scan.ids.push((placed, attribute.value(), is_saml));
                }
            }
        }
        scan
    }
}

fn named(element: Element<'_>) -> Option<Named> {
    let (expected, named) = match element.local_name() {
        "AttributeValue" | "Attribute" | "AttributeStatement" | "NameID" | "Issuer" => {
            (Namespace::ASSERTION, None)
        }
        "Signature" => (Namespace::SIGNATURE, Some(Named::Signature)),
        "Assertion" => (Namespace::ASSERTION, Some(Named::Assertion)),
        "EncryptedAssertion" => (Namespace::ASSERTION, Some(Named::EncryptedAssertion)),
        _ => return None,
    };
    if element.namespace() == expected { named } else { Some(Named::LookAlike) }
}
