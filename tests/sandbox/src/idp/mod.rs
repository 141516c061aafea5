//! `idp.rolecall.test`: a login page where a click signs a persona in, as any identity provider does: with a form
//! that posts itself to AWS.
//!
//! `/` lists the personas. `/sign-in/SLUG` signs one in. Both take `?shape=` (see [`Shape`]), `?to=REGION` (the
//! sign-in host of that region) and `?enctype=text` (the form is posted as `text/plain`).

mod mistakes;
mod people;
mod persona;
mod response;
mod shape;
mod sheet;

pub use persona::{Persona, Role};
pub use shape::Shape;

pub(crate) use response::{Written, write};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::page::{escape, page};
use crate::sandbox::World;
use crate::web::{Ask, Fields, Reply};

pub(crate) fn answer(ask: &Ask, world: &World) -> Reply {
    let query = ask.query();
    match (ask.path.as_str(), ask.path.strip_prefix("/sign-in/").map(Persona::from_slug)) {
        ("/", _) => Reply::html(200, login_page(&query)),
        (_, Some(Some(persona))) => sign_in(persona, &query, world),
        _ => Reply::not_found(),
    }
}

/// The SAML response in base64, as this persona's provider and this shape write it.
pub(crate) fn encode(xml: &str, persona: Persona, shape: Shape) -> String {
    let base64 = if persona.sent().url_safe { URL_SAFE.encode(xml) } else { STANDARD.encode(xml) };
    if shape != Shape::Ns0 {
        return base64;
    }
    let lines: Vec<&str> =
        (0..base64.len()).step_by(76).filter_map(|at| base64.get(at..base64.len().min(at + 76))).collect();
    lines.join("\r\n")
}

fn login_page(query: &Fields) -> String {
    let kept: String = ["shape", "to", "enctype"]
        .iter()
        .filter_map(|name| Some((name, query.field(name)?)))
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value)))
        .collect();
    let groups: String = Persona::groups()
        .map(|(title, personas)| {
            let buttons: String = personas.into_iter().map(|persona| button(persona, &kept)).collect();
            format!("<h2>{title}</h2>\n<ul class=\"grid\">\n{buttons}</ul>\n")
        })
        .collect();
    page(
        "Sign in · Northwind test tenant",
        &format!(
            "<p class=\"brand\">Northwind · test tenant</p>\n<h1>Sign in to AWS</h1>\n\
             <p>Rolecall sandbox — no real account. Choose who signs in; no password is asked.</p>\n{groups}"
        ),
    )
}

fn button(persona: Persona, kept: &str) -> String {
    let slug = persona.slug();
    format!(
        "<li><form method=\"get\" action=\"/sign-in/{slug}\">{kept}<button id=\"persona-{slug}\">{}<small>{}</small>\
         </button></form></li>\n",
        escape(persona.title()),
        escape(persona.line())
    )
}

fn sign_in(persona: Persona, query: &Fields, world: &World) -> Reply {
    let shape = query.field("shape").map_or(Some(persona.shape()), Shape::from_slug);
    let region = query.field("to");
    let plausible = |region: &str| region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let (Some(shape), true) = (shape, region.is_none_or(plausible)) else {
        return Reply::new(400, "text/plain", "No such shape or region.\n");
    };
    let enctype = if query.field("enctype") == Some("text") { " enctype=\"text/plain\"" } else { "" };
    match world.respond(persona, shape, region) {
        Ok(written) => Reply::html(200, posting_page(&written, persona, shape, enctype)),
        Err(reason) => Reply::new(500, "text/plain", reason),
    }
}

fn posting_page(written: &Written, persona: Persona, shape: Shape, enctype: &str) -> String {
    page(
        "Signing in …",
        &format!(
            "<h1>Signing in …</h1>\n<form method=\"post\" action=\"{}\"{enctype}>\n\
             <input type=\"hidden\" name=\"SAMLResponse\" value=\"{}\">\n\
             <input type=\"hidden\" name=\"RelayState\" value=\"\">\n\
             <noscript><button class=\"primary\">Continue</button></noscript>\n</form>\n\
             <script>document.forms[0].submit()</script>",
            escape(&written.acs),
            encode(&written.xml, persona, shape).replace('\r', "&#13;").replace('\n', "&#10;"),
        ),
    )
}
