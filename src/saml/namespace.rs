//! Namespace names as small numbers, so that comparing two is comparing integers, and the prefixes in scope.

use std::borrow::Cow;

use super::SamlError;
use crate::limits::MAX_XML_NAMESPACES;

/// A namespace name of one document. Two are equal when their names are, whatever the prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Namespace(usize);

impl Namespace {
    /// No namespace at all.
    pub const NONE: Self = Self(0);
    /// What the prefix `xml` always means.
    pub const XML: Self = Self(1);
    /// What `xmlns` itself stands in.
    pub const XMLNS: Self = Self(2);
    /// SAML 2.0 protocol: `Response`, `Status`.
    pub const PROTOCOL: Self = Self(3);
    /// SAML 2.0 assertion.
    pub const ASSERTION: Self = Self(4);
    /// XML Signature.
    pub const SIGNATURE: Self = Self(5);
    /// XML Encryption.
    pub const ENCRYPTION: Self = Self(6);
    /// XML Schema instance: `xsi:nil`, `xsi:type`.
    pub const SCHEMA_INSTANCE: Self = Self(7);
    /// SAML 1.x protocol.
    pub const PROTOCOL_1: Self = Self(8);
}

/// The names of the constants of [`Namespace`], in their order.
const KNOWN: [&str; 9] = [
    "",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
    "urn:oasis:names:tc:SAML:2.0:protocol",
    "urn:oasis:names:tc:SAML:2.0:assertion",
    "http://www.w3.org/2000/09/xmldsig#",
    "http://www.w3.org/2001/04/xmlenc#",
    "http://www.w3.org/2001/XMLSchema-instance",
    "urn:oasis:names:tc:SAML:1.0:protocol",
];

/// Every namespace name a document uses.
#[derive(Debug)]
pub(super) struct Namespaces<'a>(Vec<Cow<'a, str>>);

impl<'a> Namespaces<'a> {
    pub(super) fn new() -> Self {
        Self(KNOWN.into_iter().map(Cow::Borrowed).collect())
    }

    /// The number of a name, a new one if it is new.
    fn intern(&mut self, name: Cow<'a, str>) -> Result<Namespace, SamlError> {
        if let Some(known) = self.find(&name) {
            return Ok(known);
        }
        if self.0.len() >= MAX_XML_NAMESPACES {
            return Err(SamlError::TooManyNamespaces { limit: MAX_XML_NAMESPACES });
        }
        self.0.push(name);
        Ok(Namespace(self.0.len().saturating_sub(1)))
    }

    pub(super) fn find(&self, name: &str) -> Option<Namespace> {
        self.0.iter().position(|known| known == name).map(Namespace)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Cow::as_ref)
    }

    pub(super) fn name(&self, namespace: Namespace) -> &str {
        self.0.get(namespace.0).map_or("", Cow::as_ref)
    }
}

/// One `xmlns` or `xmlns:prefix` declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declaration<'a> {
    /// Empty for the default namespace.
    pub(super) prefix: &'a str,
    /// [`Namespace::NONE`] when the default namespace is taken back.
    pub(super) namespace: Namespace,
}

/// The declarations in scope, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Scope<'a>(Vec<Declaration<'a>>);

impl<'a> Scope<'a> {
    /// How many declarations are in scope; [`Scope::leave`] takes it back.
    pub(super) fn mark(&self) -> usize {
        self.0.len()
    }

    /// Forgets what was declared since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.0.truncate(mark);
    }

    /// Takes a declaration in, by the rules of XML Namespaces 1.0, sections 2.2, 3 and 5. `mark` is that of its element.
    pub(super) fn declare(
        &mut self,
        names: &mut Namespaces<'a>,
        mark: usize,
        prefix: &'a str,
        name: Cow<'a, str>,
    ) -> Result<Declaration<'a>, SamlError> {
        let namespace = names.intern(name)?;
        let is_xml = prefix == "xml";
        let reserved =
            prefix == "xmlns" || namespace == Namespace::XMLNS || is_xml != (namespace == Namespace::XML);
        if reserved || (!prefix.is_empty() && namespace == Namespace::NONE) {
            return Err(SamlError::BadNamespace);
        }
        if self.0.iter().skip(mark).any(|declared| declared.prefix == prefix) {
            return Err(SamlError::DuplicateAttribute);
        }
        if self.0.len() >= MAX_XML_NAMESPACES {
            return Err(SamlError::TooManyNamespaces { limit: MAX_XML_NAMESPACES });
        }
        let declaration = Declaration { prefix, namespace };
        self.0.push(declaration);
        Ok(declaration)
    }

    /// What a prefix means here; the empty one is the default namespace, which attributes do not take.
    pub(super) fn resolve(&self, prefix: &str) -> Result<Namespace, SamlError> {
        match self.0.iter().rev().find(|declared| declared.prefix == prefix) {
            Some(declared) => Ok(declared.namespace),
            None if prefix.is_empty() => Ok(Namespace::NONE),
            None if prefix == "xml" => Ok(Namespace::XML),
            None => Err(SamlError::BadNamespace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declare(prefix: &'static str, name: &'static str) -> Result<Namespace, SamlError> {
        let (mut scope, mut names) = (Scope::default(), Namespaces::new());
        scope.declare(&mut names, 0, prefix, Cow::Borrowed(name)).map(|declaration| declaration.namespace)
    }

    #[test]
    fn the_constants_are_the_first_names() {
        let names = Namespaces::new();
        assert_eq!(names.name(Namespace::NONE), "");
        assert_eq!(names.name(Namespace::XML), "http://www.w3.org/XML/1998/namespace");
        assert_eq!(names.name(Namespace::PROTOCOL), "urn:oasis:names:tc:SAML:2.0:protocol");
        assert_eq!(names.name(Namespace::ASSERTION), "urn:oasis:names:tc:SAML:2.0:assertion");
        assert_eq!(names.name(Namespace::SCHEMA_INSTANCE), "http://www.w3.org/2001/XMLSchema-instance");
        assert_eq!(names.name(Namespace::PROTOCOL_1), "urn:oasis:names:tc:SAML:1.0:protocol");
        assert_eq!(names.name(Namespace(99)), "");
    }

    #[test]
    fn reserved_prefixes_and_names_cannot_be_redeclared() {
        for (prefix, name) in [
            ("xml", "urn:x"),
            ("x", "http://www.w3.org/XML/1998/namespace"),
            ("", "http://www.w3.org/XML/1998/namespace"),
            ("xmlns", "urn:x"),
            ("x", "http://www.w3.org/2000/xmlns/"),
            ("x", ""),
        ] {
            assert_eq!(declare(prefix, name), Err(SamlError::BadNamespace), "{prefix}={name}");
        }
        assert_eq!(declare("xml", "http://www.w3.org/XML/1998/namespace"), Ok(Namespace::XML));
        assert_eq!(declare("", ""), Ok(Namespace::NONE));
    }
}
