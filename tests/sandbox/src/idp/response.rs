//! Writes a persona's SAML response in a provider's shape, and signs it.

use time::{Duration, OffsetDateTime};

use super::shape::Look;
use super::sheet::{Audience, RoleValue, Sent, Signing};
use super::{Persona, Shape};
use crate::clock::iso_millis;
use crate::page::escape;
use crate::random;
use crate::signature::Signer;

/// A response, ready to post.
pub(crate) struct Written {
    pub(crate) acs: String,
    pub(crate) xml: String,
    /// For an encrypted assertion: the cipher text as it stands in `xml`, and the assertion it hides.
    pub(crate) hidden: Option<(String, String)>,
}

/// What one response is made from.
struct Writer<'a> {
    persona: Persona,
    sent: &'static Sent,
    shape: Shape,
    look: Look,
    acs: &'a str,
    issued: OffsetDateTime,
    signer: &'a Signer,
}

/// The response of `persona` at `now`; `region` posts it to that region's sign-in.
pub(crate) fn write(
    persona: Persona,
    shape: Shape,
    region: Option<&str>,
    now: OffsetDateTime,
    signer: &Signer,
) -> Result<Written, &'static str> {
    let acs = persona.acs(region);
    let sent = persona.sent();
    let issued = now + Duration::seconds(sent.issued_after);
    let mut look = shape.look();
    if sent.signing == Signing::Nothing {
        (look.signs_response, look.signs_assertion) = (false, false);
    }
    let mut written = Writer { persona, sent, shape, look, acs: &acs, issued, signer }.response()?;
    if sent.signing == Signing::ThenIndented {
        written.xml = written.xml.replace("><", ">\n<");
    }
    Ok(written)
}

impl Writer<'_> {
    fn response(&self) -> Result<Written, &'static str> {
        let look = &self.look;
        let p = look.protocol;
        let id = new_id(look.id_prefix);
        let consent =
            if look.consent { " Consent=\"urn:oasis:names:tc:SAML:2.0:consent:unspecified\"" } else { "" };
        let mut head = format!(
            "{declaration}<{p}:Response xmlns:{p}=\"{PROTOCOL}\"{xs} Destination=\"{acs}\" ID=\"{id}\"{consent} \
             IssueInstant=\"{issued}\" Version=\"2.0\">",
            declaration = look.declaration,
            xs = self.xs(),
            acs = self.acs,
            issued = iso_millis(self.issued),
        );
        head.push_str(&self.issuer(true));
        if let Some(reason) = self.sent.refused {
            return Ok(self.refusal(&head, reason));
        }
        let mut assertion = self.assertion()?;
        let mut hidden = None;
        if self.sent.encrypted {
            let cipher = random::base64(assertion.len());
            let element =
                encrypted(&self.open("EncryptedAssertion", true), &self.close("EncryptedAssertion"), &cipher);
            hidden = Some((cipher, std::mem::replace(&mut assertion, element)));
        }
        let tail = format!(
            "<{p}:Status><{p}:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></{p}:Status>\
             {assertion}</{p}:Response>"
        );
        // A signature over the cipher text would not fit what AWS decrypts; the assertion inside has its own.
        let signs = look.signs_response && hidden.is_none();
        let xml =
            if signs { self.signer.sign(&head, &tail, &id, look.style)? } else { format!("{head}{tail}") };
        Ok(Written { acs: self.acs.to_owned(), xml, hidden })
    }

    /// A response that says why nobody signed in.
    fn refusal(&self, head: &str, reason: &str) -> Written {
        let p = self.look.protocol;
        let xml = format!(
            "{head}<{p}:Status><{p}:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">\
             <{p}:StatusCode Value=\"{reason}\"/></{p}:StatusCode></{p}:Status></{p}:Response>"
        );
        Written { acs: self.acs.to_owned(), xml, hidden: None }
    }

    fn assertion(&self) -> Result<String, &'static str> {
        let id = new_id(self.look.id_prefix);
        let issued = iso_millis(self.issued);
        let mut start = self.open("Assertion", true);
        start.pop();
        let head = format!(
            "{start}{xs} ID=\"{id}\" IssueInstant=\"{issued}\" Version=\"2.0\">{issuer}",
            xs = self.xs(),
            issuer = self.issuer(false)
        );
        let authn = self.authn_statement(&id);
        let attributes = self.attribute_statement();
        let (first, second) =
            if self.look.attributes_first { (attributes, authn) } else { (authn, attributes) };
        let tail =
            format!("{}{}{first}{second}{}", self.subject(), self.conditions(), self.close("Assertion"));
        if self.look.signs_assertion || self.sent.encrypted {
            self.signer.sign(&head, &tail, &id, self.look.style)
        } else {
            Ok(format!("{head}{tail}"))
        }
    }

    fn subject(&self) -> String {
        let seconds = self.sent.confirmed_for.unwrap_or(self.look.confirmed_minutes * 60);
        let end = iso_millis(self.issued + Duration::seconds(seconds));
        let recipient = match self.sent.recipient.unwrap_or(self.acs) {
            "" => String::new(),
            url => format!(" Recipient=\"{url}\""),
        };
        let data = format!(" NotOnOrAfter=\"{end}\"{recipient}");
        let confirmation = self.element(
            "SubjectConfirmation",
            " Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"",
            &self.element("SubjectConfirmationData", &data, ""),
        );
        let format = format!(" Format=\"{}\"", self.look.name_id_format);
        let name_id = self.sent.name_id.map(|name| self.element("NameID", &format, &escape(name)));
        let name_id = name_id.unwrap_or_default();
        self.element("Subject", "", &format!("{name_id}{confirmation}"))
    }

    fn conditions(&self) -> String {
        let audience = match self.sent.audience {
            Audience::Text(text) => Some(text),
            Audience::OfShape if self.look.audience_is_acs => Some(self.acs),
            Audience::OfShape => Some(self.persona.audience_urn()),
            Audience::Missing => None,
        };
        let restriction = audience.map(|audience| self.element("Audience", "", audience));
        let restriction = restriction.map(|audience| self.element("AudienceRestriction", "", &audience));
        let life = format!(
            " NotBefore=\"{}\" NotOnOrAfter=\"{}\"",
            iso_millis(self.issued - Duration::minutes(5)),
            iso_millis(self.issued + Duration::minutes(60))
        );
        self.element("Conditions", &life, &restriction.unwrap_or_default())
    }

    fn authn_statement(&self, id: &str) -> String {
        let class = self.element(
            "AuthnContextClassRef",
            "",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        );
        let mut facts = format!(" AuthnInstant=\"{}\" SessionIndex=\"{id}\"", iso_millis(self.issued));
        let of_shape = (self.shape == Shape::Keycloak).then_some(10 * 3600);
        if let Some(seconds) = self.sent.session_for.or(of_shape) {
            let end = iso_millis(self.issued + Duration::seconds(seconds));
            facts.push_str(&format!(" SessionNotOnOrAfter=\"{end}\""));
        }
        self.element("AuthnStatement", &facts, &self.element("AuthnContext", "", &class))
    }

    fn attribute_statement(&self) -> String {
        let mut attributes = String::new();
        for (name, values) in self.claims() {
            if self.look.attribute_a_value {
                values.iter().for_each(|value| attributes.push_str(&self.attribute(&name, &[value])));
            } else {
                attributes
                    .push_str(&self.attribute(&name, &values.iter().map(String::as_str).collect::<Vec<_>>()));
            }
        }
        self.element("AttributeStatement", "", &attributes)
    }

    fn attribute(&self, name: &str, values: &[&str]) -> String {
        let mut facts = format!(" Name=\"{}\"", escape(name));
        if self.shape == Shape::Keycloak {
            let friendly = name.rsplit('/').next().unwrap_or(name);
            facts.push_str(&format!(" FriendlyName=\"{}\"", escape(friendly)));
        }
        if !self.look.name_format.is_empty() {
            facts.push_str(&format!(" NameFormat=\"{}\"", self.look.name_format));
        }
        let kind = match self.look.value_type {
            "" => String::new(),
            kind => format!(" xmlns:xs=\"{XS}\" xmlns:xsi=\"{XSI}\" xsi:type=\"{kind}\""),
        };
        let values: String =
            values.iter().map(|value| self.element("AttributeValue", &kind, &escape(value))).collect();
        self.element("Attribute", &facts, &values)
    }

    /// Names and values of the attributes, in order.
    fn claims(&self) -> Vec<(String, Vec<String>)> {
        let mut claims: Vec<(String, Vec<String>)> = Vec::new();
        let mut claim = |prefix: &str, name: &str, values: &[&str]| {
            claims
                .push((format!("{prefix}{name}"), values.iter().map(|value| (*value).to_owned()).collect()));
        };
        let (name, email) = (self.persona.display_name(), self.persona.name_id());
        match self.shape {
            Shape::Entra => {
                claim(MICROSOFT, "tenantid", &["6babcaad-604b-40ac-a9d7-9fd97c0b779f"]);
                claim(MICROSOFT, "objectidentifier", &["9de3b5c2-2d0f-4a8e-8a1c-5c1b7f0e3a44"]);
                claim(MICROSOFT, "displayname", &[name]);
                claim(MICROSOFT, "identityprovider", &[self.entity_id()]);
                let methods: &[&str] = if self.sent.password_only { &METHODS[..1] } else { &METHODS };
                claim("http://schemas.microsoft.com/claims/", "authnmethodsreferences", methods);
                claim(XMLSOAP, "emailaddress", &[email]);
                claim(XMLSOAP, "name", &[email]);
            }
            Shape::AdFs => claim(XMLSOAP, "upn", &[email]),
            Shape::Keycloak => claim("", "Role", &["manage-account", "view-profile", "uma_authorization"]),
            Shape::Ns0 => claim("", "displayName", &[name]),
            Shape::Okta | Shape::Google => {}
        }
        let groups: Vec<String> = (1..=self.sent.groups).map(group).collect();
        if !groups.is_empty() {
            claim(GROUPS, "", &groups.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let roles: Vec<String> = self.persona.granted().iter().map(|role| self.pair(role)).collect();
        if !roles.is_empty() {
            claim(self.sent.role_attribute, "", &roles.iter().map(String::as_str).collect::<Vec<_>>());
        }
        if let Some(name) = self.sent.session_name {
            claim(AWS, "RoleSessionName", &[name]);
        }
        claim(AWS, "SessionDuration", &[self.sent.session_duration]);
        if let Some(identity) = self.sent.source_identity {
            claim(AWS, "SourceIdentity", &[identity]);
        }
        for (key, values) in self.sent.tags {
            claim(AWS, &format!("PrincipalTag:{key}"), values);
        }
        for number in 1..=self.sent.numbered_tags {
            claim(AWS, &format!("PrincipalTag:group-{number}"), &["member"]);
        }
        claims
    }

    fn pair(&self, role: &super::Role) -> String {
        let (role, provider) = (&role.role_arn, &role.provider_arn);
        match self.sent.role_value {
            RoleValue::Pair => {}
            RoleValue::Alone => return role.clone(),
            RoleValue::Semicolon => return format!("{role};{provider}"),
            RoleValue::Empty => return String::new(),
        }
        if self.look.provider_first { format!("{provider},{role}") } else { format!("{role},{provider}") }
    }

    fn issuer(&self, in_response: bool) -> String {
        let mut start = self.open("Issuer", in_response);
        if !self.look.issuer_format.is_empty() {
            start.pop();
            start.push_str(&format!(" Format=\"{}\">", self.look.issuer_format));
        }
        let outer = self.sent.outer_issuer.filter(|_| in_response);
        format!("{start}{}{}", escape(outer.unwrap_or(self.entity_id())), self.close("Issuer"))
    }

    fn entity_id(&self) -> &'static str {
        self.sent.issuer.unwrap_or(self.shape.issuer())
    }

    /// The namespace of `xs:string`, declared at the top where the shape's signatures keep it.
    fn xs(&self) -> String {
        if self.look.style.inclusive.is_empty() { String::new() } else { format!(" xmlns:xs=\"{XS}\"") }
    }

    fn element(&self, name: &str, attributes: &str, content: &str) -> String {
        let mut start = self.open(name, false);
        start.pop();
        format!("{start}{attributes}>{content}{}", self.close(name))
    }

    /// A start tag in the assertion namespace; `declares` it where no element around it does.
    fn open(&self, name: &str, declares: bool) -> String {
        match (self.look.assertion, declares) {
            ("", false) => format!("<{name}>"),
            ("", true) => format!("<{name} xmlns=\"{ASSERTION}\">"),
            (prefix, false) => format!("<{prefix}:{name}>"),
            (prefix, true) => format!("<{prefix}:{name} xmlns:{prefix}=\"{ASSERTION}\">"),
        }
    }

    fn close(&self, name: &str) -> String {
        match self.look.assertion {
            "" => format!("</{name}>"),
            prefix => format!("</{prefix}:{name}>"),
        }
    }
}

/// XML encryption as providers write it: AES-256-GCM, the key wrapped with RSA-OAEP.
fn encrypted(open: &str, close: &str, cipher: &str) -> String {
    let key = random::base64(256);
    format!(
        "{open}<xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" \
         Type=\"http://www.w3.org/2001/04/xmlenc#Element\">\
         <xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>\
         <KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><xenc:EncryptedKey>\
         <xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>\
         <xenc:CipherData><xenc:CipherValue>{key}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></KeyInfo>\
         <xenc:CipherData><xenc:CipherValue>{cipher}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{close}"
    )
}

/// A group as a directory writes it, so long that a few hundred are many.
fn group(number: usize) -> String {
    format!("CN=Northwind Application Group {number},OU=Groups,OU=Corporate,DC=northwind,DC=example,DC=com")
}

fn new_id(prefix: &str) -> String {
    format!("{prefix}{}", random::hex(16))
}

const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const XS: &str = "http://www.w3.org/2001/XMLSchema";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const AWS: &str = "https://aws.amazon.com/SAML/Attributes/";
const MICROSOFT: &str = "http://schemas.microsoft.com/identity/claims/";
const XMLSOAP: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const GROUPS: &str = "http://schemas.xmlsoap.org/claims/Group";

/// A password, and a second factor beside it.
const METHODS: [&str; 2] = [
    "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password",
    "http://schemas.microsoft.com/claims/multipleauthn",
];
