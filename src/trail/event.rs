//! The events of a sign-in as CloudTrail writes them, without the fields that say nothing here (ids, addresses, TLS).

use super::json::Json;
use super::{Known, Text, UNKNOWN};
use crate::time::UnixTime;

pub(super) fn texts(known: &Known<'_>) -> Vec<Text> {
    let text = |id, json: Option<Json>| json.map(|json| Text { id, kind: "event", text: json.write() });
    [
        text("sign_in_event", assume_role(known)),
        text("console_event", console_login(known)),
        text("session_event", session(known)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `AssumeRoleWithSAML`, which STS writes whoever called it: AWS's sign-in page, or Rolecall.
fn assume_role(known: &Known<'_>) -> Option<Json> {
    let claims = known.claims;
    let opt = |value: Option<&str>| value.and_then(Json::text);
    let tags = claims.principal_tags.iter().map(|(key, value)| (key.clone(), Json::text(value))).collect();
    let keys = claims.transitive_tag_keys.clone();
    let qualifier = known.qualifier.as_deref().unwrap_or(UNKNOWN);
    Json::map([
        (
            "userIdentity",
            Json::map([
                ("type", Json::text("SAMLUser")),
                ("principalId", opt(known.principal_id.as_deref())),
                ("userName", opt(known.name_id)),
                ("identityProvider", Json::text(qualifier)),
            ]),
        ),
        ("eventTime", opt(known.since.map(UnixTime::rfc3339).as_deref())),
        ("eventSource", Json::text("sts.amazonaws.com")),
        ("eventName", Json::text("AssumeRoleWithSAML")),
        ("awsRegion", Json::text(known.sign_in_region)),
        (
            "requestParameters",
            Json::map([
                ("sAMLAssertionID", opt(known.assertion_id)),
                ("roleSessionName", opt(known.session_name)),
                ("sourceIdentity", opt(claims.source_identity.as_deref())),
                ("principalTags", (!claims.principal_tags.is_empty()).then_some(Json::Map(tags))),
                ("transitiveTagKeys", (!keys.is_empty()).then_some(Json::List(keys))),
                ("roleArn", Json::text(known.grant.role.as_str())),
                ("principalArn", Json::text(known.grant.provider.as_str())),
            ]),
        ),
        (
            "responseElements",
            Json::map([
                (
                    "credentials",
                    Json::map([("accessKeyId", Json::text(known.access_key_id.unwrap_or(UNKNOWN)))]),
                ),
                (
                    "assumedRoleUser",
                    Json::map([
                        ("assumedRoleId", Json::text(&role_id(known))),
                        ("arn", opt(known.session_arn.as_deref())),
                    ]),
                ),
                ("subject", opt(known.name_id)),
                ("subjectType", opt(known.name_id_format.map(short_format))),
                ("issuer", opt(known.issuer)),
                ("audience", opt(known.recipient)),
                ("nameQualifier", Json::text(qualifier)),
            ]),
        ),
    ])
}

/// `ConsoleLogin`, which the sign-in page writes beside it when the browser goes on to the console.
fn console_login(known: &Known<'_>) -> Option<Json> {
    Json::map([
        (
            "userIdentity",
            Json::map([
                ("type", Json::text("AssumedRole")),
                ("principalId", Json::text(&role_id(known))),
                ("arn", known.session_arn.as_deref().and_then(Json::text)),
                ("accountId", Json::text(known.grant.role.account().as_str())),
            ]),
        ),
        ("eventSource", Json::text("signin.amazonaws.com")),
        ("eventName", Json::text("ConsoleLogin")),
        ("awsRegion", Json::text(known.sign_in_region)),
        ("responseElements", Json::map([("ConsoleLogin", Json::text("Success"))])),
        (
            "additionalEventData",
            Json::map([
                ("MFAUsed", Json::text("No")),
                ("SamlProviderArn", Json::text(known.grant.provider.as_str())),
            ]),
        ),
    ])
}

/// What every call of the session carries.
fn session(known: &Known<'_>) -> Option<Json> {
    let role = &known.grant.role;
    Json::map([(
        "userIdentity",
        Json::map([
            ("type", Json::text("AssumedRole")),
            ("principalId", Json::text(&role_id(known))),
            ("arn", known.session_arn.as_deref().and_then(Json::text)),
            ("accountId", Json::text(role.account().as_str())),
            ("accessKeyId", Json::text(known.access_key_id.unwrap_or(UNKNOWN))),
            (
                "sessionContext",
                Json::map([
                    (
                        "sessionIssuer",
                        Json::map([
                            ("type", Json::text("Role")),
                            ("arn", Json::text(role.as_str())),
                            ("accountId", Json::text(role.account().as_str())),
                            ("userName", Json::text(role.name())),
                        ]),
                    ),
                    ("attributes", Json::map([("mfaAuthenticated", Json::text("false"))])),
                    ("sourceIdentity", known.claims.source_identity.as_deref().and_then(Json::text)),
                ]),
            ),
        ]),
    )])
}

/// The role's own id, which only IAM knows, and the session name.
fn role_id(known: &Known<'_>) -> String {
    ["AROA", UNKNOWN, ":", known.session_name.unwrap_or(UNKNOWN)].concat()
}

/// `SubjectType` as STS says it: without the prefix of SAML 2.0.
fn short_format(format: &str) -> &str {
    format.strip_prefix("urn:oasis:names:tc:SAML:2.0:nameid-format:").unwrap_or(format)
}
