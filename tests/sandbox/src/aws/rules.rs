//! The rules by which AWS takes a response, one function each, in the order in which it is seen to apply them. A rule gives the
//! refusal in AWS's words.

use time::{Duration, OffsetDateTime};

use super::account;
use super::assertion::Assertion;
use super::refusal::Refusal;
use crate::hosts::Partition;
use crate::signature::Verdict;

/// What is judged: an assertion, where and when.
pub(crate) struct Case<'a> {
    pub(crate) assertion: &'a Assertion,
    pub(crate) partition: &'a Partition,
    pub(crate) now: OffsetDateTime,
}

/// The pair that is asked for, and for how long.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) role: &'a str,
    pub(crate) provider: &'a str,
    /// `DurationSeconds`
    pub(crate) seconds: Option<i64>,
}

type Rule = fn(&Case<'_>) -> Result<(), Refusal>;
type RoleRule = fn(&Case<'_>, Asked<'_>) -> Result<(), Refusal>;

/// What is known before the response is read: STS is active in the region, and there is such a provider in the partition.
pub(crate) fn judge_place(
    asked: Asked<'_>,
    region: Option<&str>,
    partition: &Partition,
) -> Result<(), Refusal> {
    active(asked.role, region)?;
    provider(asked.provider, partition)
}

/// What holds for every response, whatever role is wanted.
pub(crate) fn judge(case: &Case<'_>) -> Result<(), Refusal> {
    const RULES: [Rule; 16] = [
        issuer,
        signature,
        subject,
        conditions,
        redeemed_in_time,
        not_over,
        begun,
        audience,
        session_name,
        session_duration,
        source_identity,
        tag_keys,
        tag_values,
        single_values,
        packed_size,
        authenticated,
    ];
    RULES.iter().try_for_each(|rule| rule(case))
}

/// What holds for the role that is wanted.
pub(crate) fn judge_role(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    const RULES: [RoleRule; 9] = [
        granted,
        not_of_identity_center,
        exists,
        principal,
        recipient,
        may_tag,
        may_set_source_identity,
        wanted_tags,
        maximum,
    ];
    RULES.iter().try_for_each(|rule| rule(case, asked))
}

fn active(role: &str, region: Option<&str>) -> Result<(), Refusal> {
    let account = role.split(':').nth(4).unwrap_or_default();
    or(account::is_active(account, region), || Refusal::region_disabled(account))
}

pub(crate) fn provider(provider: &str, partition: &Partition) -> Result<(), Refusal> {
    or(account::has_provider(provider, partition), || {
        Refusal::provider("Specified provider doesn't exist", "AuthSamlManifestNotFoundException")
    })
}

/// `Issuer` is the entity ID in the metadata of a provider.
fn issuer(case: &Case<'_>) -> Result<(), Refusal> {
    or(case.assertion.issuer_is_known, || Refusal::response("Issuer not present in specified provider"))
}

/// Response or assertion are signed with a key in that metadata, and no signature is wrong.
fn signature(case: &Case<'_>) -> Result<(), Refusal> {
    let is_good = matches!(
        case.assertion.signatures,
        (Verdict::Valid, Verdict::Valid | Verdict::Unsigned) | (Verdict::Unsigned, Verdict::Valid)
    );
    or(is_good, || Refusal::response("Response signature invalid"))
}

/// A subject with a name and one bearer's confirmation.
fn subject(case: &Case<'_>) -> Result<(), Refusal> {
    let is_named = case.assertion.name_id.as_deref().is_some_and(|name| !name.is_empty());
    or(is_named && case.assertion.is_confirmed, Refusal::access_denied)
}

fn conditions(case: &Case<'_>) -> Result<(), Refusal> {
    or(case.assertion.has_conditions, || Refusal::token("Conditions missing"))
}

fn redeemed_in_time(case: &Case<'_>) -> Result<(), Refusal> {
    let is_late = case.assertion.issued.is_none_or(|issued| case.now - issued > REDEEMABLE);
    or(!is_late, || Refusal::expired("Token must be redeemed within 5 minutes of issuance"))
}

/// Confirmation, conditions and the provider's own session have not ended; the confirmation says when it ends.
fn not_over(case: &Case<'_>) -> Result<(), Refusal> {
    let Assertion { confirmation_end, conditions_end, session_end, .. } = case.assertion;
    let is_over =
        [confirmation_end, conditions_end, session_end].into_iter().flatten().any(|end| case.now >= *end);
    or(confirmation_end.is_some() && !is_over, || Refusal::expired("Response has expired"))
}

/// `NotBefore` has come. The documentation of AWS has no message for this.
fn begun(case: &Case<'_>) -> Result<(), Refusal> {
    let is_early = case.assertion.conditions_start.is_some_and(|start| case.now < start);
    or(!is_early, || Refusal::token("Response is not yet valid"))
}

/// One of the audiences is AWS's URN or a sign-in URL.
fn audience(case: &Case<'_>) -> Result<(), Refusal> {
    let partition = case.partition;
    let is_ours = |audience: &String| {
        *audience == "urn:amazon:webservices" || audience == partition.audience || partition.is_acs(audience)
    };
    or(case.assertion.audiences.iter().any(is_ours), || {
        Refusal::token("Response does not contain the required audience")
    })
}

fn session_name(case: &Case<'_>) -> Result<(), Refusal> {
    let [name] = case.assertion.session_names.as_slice() else {
        return Err(Refusal::token("RoleSessionName is required in AuthnResponse"));
    };
    or(is_name(name), || {
        Refusal::token("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
    })
}

/// The attribute is held to the range that the parameter has.
fn session_duration(case: &Case<'_>) -> Result<(), Refusal> {
    let Some(text) = case.assertion.session_durations.first() else { return Ok(()) };
    match text.trim().parse::<i64>() {
        Ok(..900) => Err(Refusal::duration(text, "greater than or equal to 900")),
        Ok(43_201..) => Err(Refusal::duration(text, "less than or equal to 43200")),
        _ => Ok(()),
    }
}

fn source_identity(case: &Case<'_>) -> Result<(), Refusal> {
    let is_right = |identity: &String| is_name(identity);
    or(case.assertion.source_identities.iter().all(is_right), || {
        Refusal::token("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"")
    })
}

/// 1-128 characters that tags may have (STS API, `tagKeyType`), and not those of AWS's own.
fn tag_keys(case: &Case<'_>) -> Result<(), Refusal> {
    let is_right = |key: &String| {
        (1..=128).contains(&key.chars().count())
            && key.chars().all(is_of_tags)
            && !key.to_ascii_lowercase().starts_with("aws:")
    };
    or(case.assertion.tags.iter().all(|(key, _)| is_right(key)), tags_refused)
}

/// Up to 256 characters that tags may have (STS API, `tagValueType`).
fn tag_values(case: &Case<'_>) -> Result<(), Refusal> {
    let is_right = |value: &String| value.chars().count() <= 256 && value.chars().all(is_of_tags);
    or(case.assertion.tags.iter().flat_map(|(_, values)| values).all(is_right), tags_refused)
}

/// One value a tag (IAM User Guide, "Passing session tags using AssumeRoleWithSAML").
fn single_values(case: &Case<'_>) -> Result<(), Refusal> {
    or(case.assertion.tags.iter().all(|(_, values)| values.len() == 1), tags_refused)
}

/// Tags fit into the session: 455 bytes of keys and values are as much as AWS was seen to take (aws-actions
/// configure-aws-credentials issue 1898: 2,268 bytes are 498 %). Fifty tags at the most are documented.
fn packed_size(case: &Case<'_>) -> Result<(), Refusal> {
    let tags = &case.assertion.tags;
    let bytes: usize =
        tags.iter().map(|(key, values)| key.len() + values.iter().map(String::len).sum::<usize>()).sum();
    let percent = bytes * 100 / PACKED_BYTES;
    or(percent <= 100 && tags.len() <= 50, || {
        let message = format!("Packed size of session tags consumes {percent}% of allotted space.");
        Refusal::new(400, "PackedPolicyTooLarge", message)
    })
}

fn authenticated(case: &Case<'_>) -> Result<(), Refusal> {
    or(case.assertion.is_authenticated, Refusal::access_denied)
}

/// The pair stands in the `Role` attribute, to the letter.
fn granted(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let is_it = |role: &crate::idp::Role| role.role_arn == asked.role && role.provider_arn == asked.provider;
    or(case.assertion.roles.iter().any(is_it), Refusal::access_denied)
}

fn not_of_identity_center(_: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let name = asked.role.rsplit('/').next().unwrap_or_default();
    or(!name.starts_with("AWSReservedSSO_"), Refusal::access_denied)
}

fn exists(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let is_of_partition = asked.role.split(':').nth(1) == Some(case.partition.id);
    or(is_of_partition && account::role(asked.role).is_some(), Refusal::access_denied)
}

/// The trust policy allows the action to this provider.
fn principal(_: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let is_trusted = trust(asked).is_some_and(|trust| {
        trust.allows("sts:AssumeRoleWithSAML") && trust.is_for(asked.role, asked.provider)
    });
    or(is_trusted, Refusal::access_denied)
}

/// `SAML:aud`, which is the recipient.
fn recipient(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let recipient = &case.assertion.recipient;
    let is_right = trust(asked).is_some_and(|trust| trust.takes_recipient(recipient, case.partition));
    or(is_right, Refusal::access_denied)
}

fn may_tag(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let may =
        case.assertion.tags.is_empty() || trust(asked).is_some_and(|trust| trust.allows("sts:TagSession"));
    or(may, Refusal::access_denied)
}

fn may_set_source_identity(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let may = case.assertion.source_identities.is_empty()
        || trust(asked).is_some_and(|trust| trust.allows("sts:SetSourceIdentity"));
    or(may, Refusal::access_denied)
}

/// `aws:RequestTag/KEY`
fn wanted_tags(case: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let sent = |key: &str, value: &str| {
        case.assertion.tags.iter().any(|(k, values)| k == key && values.iter().any(|sent| sent == value))
    };
    let are_met = trust(asked).is_some_and(|trust| trust.tags.iter().all(|(key, value)| sent(key, value)));
    or(are_met, Refusal::access_denied)
}

fn maximum(_: &Case<'_>, asked: Asked<'_>) -> Result<(), Refusal> {
    let most = account::role(asked.role).map_or(0, |role| role.max_session);
    or(asked.seconds.is_none_or(|seconds| seconds <= most), || {
        Refusal::invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    })
}

fn trust(asked: Asked<'_>) -> Option<account::Trust> {
    account::role(asked.role).map(|role| role.trust)
}

fn or(is_right: bool, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    if is_right { Ok(()) } else { Err(refusal()) }
}

/// As people see it for tags of a SAML response (ministryofjustice cloud-platform issue 4455).
fn tags_refused() -> Refusal {
    Refusal::invalid("Unable to validate tags")
}

fn is_name(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    (2..=64).contains(&text.len()) && text.chars().all(is_allowed)
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]`
fn is_of_tags(c: char) -> bool {
    c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

/// "Token must be redeemed within 5 minutes of issuance."
const REDEEMABLE: Duration = Duration::minutes(5);

const PACKED_BYTES: usize = 455;
