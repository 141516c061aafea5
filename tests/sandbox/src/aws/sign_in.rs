//! The AWS sign-in hosts: take the response that the browser posts, ask which role, go to the console.

use hyper::Method;

use super::assertion::Assertion;
use super::refusal::Refusal;
use super::rules::{self, Asked, Case};
use crate::clock;
use crate::hosts::Partition;
use crate::idp::Role;
use crate::page::{escape, page};
use crate::sandbox::World;
use crate::web::{Ask, Fields, Reply};

/// `POST /saml` and `POST /saml/acs/ID`, from the identity provider or from the role page.
pub(crate) fn answer(ask: &Ask, partition: &Partition, world: &World) -> Reply {
    let path = ask.path.strip_suffix('/').unwrap_or(&ask.path);
    let id = path.strip_prefix("/saml/acs/");
    let is_acs = path == "/saml"
        || id.is_some_and(|id| {
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        });
    if !is_acs {
        return Reply::not_found();
    }
    if ask.method != Method::POST {
        return refused("the response has to be posted");
    }
    let form = ask.form();
    let Some(saml_response) = form.field("SAMLResponse") else {
        return refused("no SAMLResponse field");
    };
    let read = Assertion::read(saml_response, world);
    let said = read.and_then(|assertion| {
        let case = Case { assertion: &assertion, partition, now: clock::now(0) };
        rules::judge(&case)?;
        signed_in(ask, &form, &case)
    });
    said.unwrap_or_else(|refusal| refused(&format!("{}: {}", refusal.code, refusal.message)))
}

fn signed_in(ask: &Ask, form: &Fields, case: &Case<'_>) -> Result<Reply, Refusal> {
    let Case { assertion, partition, .. } = *case;
    let chosen = match (form.field("roleIndex"), assertion.roles.as_slice()) {
        (_, []) => return Ok(refused("no role in the assertion")),
        (Some(arn), roles) => roles.iter().find(|role| role.role_arn == arn),
        (None, [only]) => Some(only),
        (None, roles) => return Ok(Reply::html(200, role_page(ask, form, roles))),
    };
    let Some(role) = chosen else {
        return Ok(refused("the chosen role is not in the assertion"));
    };
    rules::provider(&role.provider_arn, partition)?;
    rules::judge_role(case, Asked { role: &role.role_arn, provider: &role.provider_arn, seconds: None })?;
    Ok(Reply::see(&console_url(ask, role, assertion, partition)))
}

fn console_url(ask: &Ask, role: &Role, assertion: &Assertion, partition: &Partition) -> String {
    let region = ask.host.strip_suffix(partition.sign_in).and_then(|rest| rest.strip_suffix('.'));
    let host = match region {
        Some(region) => format!("{region}.{}", partition.console),
        None => partition.console.to_owned(),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("region", region.unwrap_or(partition.default_region))
        .append_pair("role", role.name().rsplit('/').next().unwrap_or_default())
        .append_pair("account", role.account())
        .append_pair("session", assertion.session_name())
        .finish();
    format!("https://{host}/console/home?{query}")
}

/// AWS's role page: the response goes round again, with `roleIndex`.
fn role_page(ask: &Ask, form: &Fields, roles: &[Role]) -> String {
    let mut accounts: Vec<&str> = Vec::new();
    for role in roles {
        if !accounts.contains(&role.account()) {
            accounts.push(role.account());
        }
    }
    let groups: String = accounts.iter().map(|id| account_group(id, roles)).collect();
    let hidden = |name: &str| {
        let value =
            escape(form.field(name).unwrap_or_default()).replace('\r', "&#13;").replace('\n', "&#10;");
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n")
    };
    page(
        "Amazon Web Services Sign-In (sandbox)",
        &format!(
            "<p class=\"brand\">AWS Sign-In · sandbox</p>\n<h1>Select a role:</h1>\n\
             <form id=\"saml_form\" name=\"saml_form\" action=\"{}\" method=\"post\">\n{}{}{}{}{groups}\
             <button id=\"signin_button\" class=\"primary\">Sign In</button>\n</form>",
            escape(&ask.path),
            hidden("RelayState"),
            hidden("SAMLResponse"),
            hidden("name"),
            hidden("portal"),
        ),
    )
}

fn account_group(id: &str, roles: &[Role]) -> String {
    let choices: String = roles
        .iter()
        .filter(|role| role.account() == id)
        .map(|role| {
            let arn = escape(&role.role_arn);
            let name = escape(role.name());
            format!(
                "<label class=\"saml-role\"><input type=\"radio\" name=\"roleIndex\" value=\"{arn}\" id=\"{arn}\" \
                 class=\"saml-radio\">{name}</label>\n"
            )
        })
        .collect();
    format!(
        "<fieldset class=\"saml-account\"><legend>Account: {}</legend>\n{choices}</fieldset>\n",
        escape(id)
    )
}

/// AWS's page, and under it what the sandbox knows and AWS does not say.
fn refused(reason: &str) -> Reply {
    let body = format!(
        "<p class=\"brand\">AWS Sign-In · sandbox</p>\n<h1 id=\"error\">Your request included an invalid SAML \
         response. To logout, click <a href=\"/oauth?Action=logout\">here</a>.</h1>\n\
         <p id=\"reason\">Sandbox: {}.</p>",
        escape(reason)
    );
    Reply::html(400, page("Amazon Web Services Sign-In (sandbox)", &body))
}
