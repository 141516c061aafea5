//! The messages around a sign-in, as an inspection shows them: `AuthnRequest`, `LogoutRequest` and `LogoutResponse`.

use super::inspection::{Inspection, Status};
use crate::audit::Finding;
use crate::saml::message::{AuthnRequest, Body, LogoutRequest, LogoutResponse, ProtocolMessage};
use crate::saml::{self, NameId, Timestamp};

/// Fills in what the message says; what is odd about it comes back.
pub(super) fn describe(shown: &mut Inspection, message: ProtocolMessage) -> Vec<Finding> {
    shown.id = message.id;
    shown.version = message.version;
    shown.issue_instant = printed(message.issue_instant.as_ref());
    shown.destination = message.destination;
    shown.provider = message.issuer.as_deref().map(saml::provider_label);
    shown.issuer = message.issuer;
    detail(shown, "detail_consent", message.consent);
    match message.body {
        Body::AuthnRequest(request) => describe_sign_in(shown, *request),
        Body::LogoutRequest(request) => describe_logout(shown, request),
        Body::LogoutResponse(response) => describe_logged_out(shown, response),
    }
    message.oddities.iter().map(Finding::of_oddity).collect()
}

fn describe_sign_in(shown: &mut Inspection, request: AuthnRequest) {
    detail(shown, "detail_provider_name", request.provider_name);
    detail(shown, "detail_acs_url", request.acs_url);
    detail(shown, "detail_acs_index", request.acs_index);
    detail(shown, "detail_attribute_index", request.attribute_index);
    detail(shown, "detail_protocol_binding", request.protocol_binding);
    detail(shown, "detail_force_authn", request.force_authn.map(yes));
    detail(shown, "detail_is_passive", request.is_passive.map(yes));
    describe_name(shown, request.subject);
    if let Some(policy) = request.name_id_policy {
        if shown.name_id_format.is_none() {
            shown.name_id_format = policy.format;
        }
        detail(shown, "detail_allow_create", policy.allow_create.map(yes));
        detail(shown, "detail_sp_name_qualifier", policy.sp_name_qualifier);
    }
    if let Some(conditions) = request.conditions {
        shown.not_before = printed(conditions.not_before.as_ref());
        shown.not_on_or_after = printed(conditions.not_on_or_after.as_ref());
        shown.audiences = conditions.audience_restrictions.into_iter().flatten().collect();
    }
    if let Some(context) = request.requested_context {
        shown.authn_context = context.classes.first().cloned();
        detail(shown, "detail_comparison", context.comparison);
        for class in context.classes.into_iter().skip(1).chain(context.declarations) {
            detail(shown, "detail_requested_context", Some(class));
        }
    }
    for provider in request.identity_providers {
        detail(shown, "detail_identity_provider", Some(provider));
    }
    for requester in request.requesters {
        detail(shown, "detail_requester", Some(requester));
    }
    detail(shown, "detail_proxy_count", request.proxy_count);
}

fn describe_logout(shown: &mut Inspection, request: LogoutRequest) {
    shown.not_on_or_after = printed(request.not_on_or_after.as_ref());
    describe_name(shown, request.name_id);
    detail(shown, "detail_reason", request.reason);
    for index in request.session_indexes {
        detail(shown, "detail_session_index", Some(index));
    }
}

fn describe_logged_out(shown: &mut Inspection, response: LogoutResponse) {
    shown.in_response_to = response.in_response_to;
    shown.status = response.status.map(|status| Status { codes: status.codes, message: status.message });
}

fn describe_name(shown: &mut Inspection, name_id: Option<NameId>) {
    if let Some(name_id) = name_id {
        shown.name_id = Some(name_id.value);
        shown.name_id_format = name_id.format;
    }
}

fn detail(shown: &mut Inspection, key: &'static str, value: Option<String>) {
    if let Some(value) = value {
        shown.details.push((key, value));
    }
}

/// As `xs:boolean` writes it.
fn yes(value: bool) -> String {
    String::from(if value { "true" } else { "false" })
}

/// A time as it is shown; none when it was not understood.
pub(super) fn printed(timestamp: Option<&Timestamp>) -> Option<String> {
    Some(timestamp?.time?.rfc3339())
}
