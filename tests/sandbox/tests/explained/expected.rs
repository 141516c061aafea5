//! What comes of each mistake: what AWS answers, and the finding that names the cause. The tests of this crate and those in the
//! browsers read the same table.

use rolecall_sandbox::Persona;

/// What comes of a copy.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// STS refuses in these words, and the first explanation is this finding.
    Refused { status: u16, code: &'static str, says: &'static str, because: &'static str },
    /// It is not sent, because STS takes no such thing; the finding is said before and after.
    Held { code: &'static str, because: &'static str },
    /// The role is there and cannot be copied; the finding is said beside it.
    Barred { because: &'static str },
    /// There is no role to copy; the finding says why.
    NoRole { because: &'static str },
    /// STS gives credentials; the finding says what will hurt.
    Granted { because: &'static str },
}

/// Every persona whose sign-in is a mistake, and what comes of it.
pub(crate) const MISTAKES: [(Persona, Then); 52] = [
    (Persona::Guest, refused(TOKEN, NAME, "aws.guest_session_name")),
    (Persona::DisplayName, refused(TOKEN, NAME, "aws.invalid_session_name")),
    (Persona::LongName, refused(TOKEN, NAME, "aws.session_name_length")),
    (
        Persona::NoSessionName,
        refused(TOKEN, "RoleSessionName is required in AuthnResponse", "aws.no_session_name"),
    ),
    (Persona::WrongAudience, refused(TOKEN, AUDIENCE, "aws.wrong_audience")),
    (Persona::AudienceSuffix, refused(TOKEN, AUDIENCE, "aws.audience_suffix")),
    (Persona::NoAudience, refused(TOKEN, AUDIENCE, "aws.no_audience")),
    (Persona::WrongRecipient, refused(DENIED, NOT_AUTHORIZED, "aws.recipient_not_aws")),
    (Persona::NoRecipient, refused(DENIED, NOT_AUTHORIZED, "aws.no_recipient")),
    (Persona::OtherRecipient, refused(DENIED, NOT_AUTHORIZED, "aws.recipient_other_endpoint")),
    (Persona::NoNameId, refused(DENIED, NOT_AUTHORIZED, "aws.no_name_id")),
    (Persona::EmptyNameId, refused(DENIED, NOT_AUTHORIZED, "aws.empty_name_id")),
    (Persona::SourceName, refused(TOKEN, SOURCE, "aws.invalid_source_identity")),
    (Persona::LongSource, refused(TOKEN, SOURCE, "aws.source_identity_length")),
    (Persona::LongTag, refused(INVALID, TAGS, "aws.tag_value_length")),
    (Persona::ManyValues, refused(INVALID, TAGS, "aws.tag_with_several_values")),
    (Persona::TagCharacters, refused(INVALID, TAGS, "aws.invalid_tag")),
    (
        Persona::ManyTags,
        refused((400, "PackedPolicyTooLarge"), "Packed size of session tags consumes ", "aws.too_many_tags"),
    ),
    (
        Persona::WholeDay,
        refused(
            INVALID,
            "1 validation error detected: Value '86400' at 'durationSeconds' failed to satisfy constraint: Member must \
             have value less than or equal to 43200",
            "aws.session_duration_range",
        ),
    ),
    (Persona::ShortLife, refused(EXPIRED, OVER, "saml.expired")),
    (Persona::Waited, refused(EXPIRED, FIVE_MINUTES, "aws.redeem_over")),
    (Persona::FastClock, refused(TOKEN, "Response is not yet valid", "saml.not_yet_valid")),
    (Persona::SessionOver, refused(EXPIRED, OVER, "aws.session_over")),
    (Persona::Unsigned, refused(TOKEN, SIGNATURE, "sts.signature_invalid")),
    (Persona::Indented, refused(TOKEN, SIGNATURE, "sts.signature_invalid")),
    (Persona::Broker, refused(TOKEN, ISSUER, "saml.issuers_differ")),
    (Persona::ManyGroups, Then::Held { code: "sts.assertion_too_long", because: "aws.response_too_long" }),
    (Persona::RoleAlone, Then::NoRole { because: "aws.role_without_provider" }),
    (Persona::EmptyRole, Then::NoRole { because: "aws.empty_role" }),
    (Persona::Semicolon, Then::NoRole { because: "aws.malformed_roles" }),
    (Persona::PlainRole, Then::NoRole { because: "aws.misnamed_role" }),
    (Persona::Declined, Then::NoRole { because: "saml.status" }),
    (Persona::EncryptedForNobody, Then::NoRole { because: "aws.encrypted_plain_endpoint" }),
    (Persona::GovByCommercial, refused(TOKEN, AUDIENCE, "aws.audience_other_partition")),
    (Persona::NewCertificate, refused(TOKEN, SIGNATURE, "sts.signature_invalid")),
    (Persona::OtherTenant, refused(TOKEN, "Issuer not present in specified provider", "sts.issuer_unknown")),
    (Persona::NoProvider, refused(TOKEN, "Specified provider doesn't exist", "sts.provider_unknown")),
    (Persona::MissingRole, refused(DENIED, NOT_AUTHORIZED, "sts.access_denied")),
    (Persona::OtherPrincipal, refused(DENIED, NOT_AUTHORIZED, "sts.access_denied")),
    (Persona::ForeignProvider, refused(DENIED, NOT_AUTHORIZED, "aws.account_mismatch")),
    (Persona::NoTagSession, refused(DENIED, NOT_AUTHORIZED, "aws.tags_permission")),
    (Persona::NoSourceIdentity, refused(DENIED, NOT_AUTHORIZED, "aws.source_identity_permission")),
    (Persona::MfaWanted, refused(DENIED, NOT_AUTHORIZED, "aws.no_mfa")),
    (Persona::GlobalOnly, refused(DENIED, NOT_AUTHORIZED, "aws.regional_recipient")),
    (
        Persona::DisabledRegion,
        refused(
            (403, "RegionDisabledException"),
            "STS is not activated in this region for account:777788889999. Your account administrator can activate STS \
             in this region using the IAM Console.",
            "sts.region_disabled",
        ),
    ),
    (Persona::TwoPartitions, Then::Barred { because: "aws.partition_mismatch" }),
    (Persona::Expired, refused(EXPIRED, FIVE_MINUTES, "saml.expired")),
    (Persona::NoRole, Then::NoRole { because: "aws.no_role" }),
    (Persona::Misnamed, Then::NoRole { because: "aws.near_miss" }),
    (Persona::IdentityCenter, Then::Barred { because: "sts.identity_center_role" }),
    // The last: what they give is held, and given again to the same person for the same role.
    (Persona::UrlSafe, Then::Granted { because: "saml.base64_url_safe" }),
    (Persona::QuarterHour, Then::Granted { because: "aws.session_duration_short" }),
];

/// Those of the people whose sign-in has no fault.
pub(crate) const RIGHT: [Persona; 7] = [
    Persona::OneRole,
    Persona::FourRoles,
    Persona::TwoHundred,
    Persona::GovCloud,
    Persona::China,
    Persona::Scripts,
    Persona::Regional,
];

const fn refused((status, code): (u16, &'static str), says: &'static str, because: &'static str) -> Then {
    Then::Refused { status, code, says, because }
}

const TOKEN: (u16, &str) = (400, "InvalidIdentityToken");
const EXPIRED: (u16, &str) = (400, "ExpiredTokenException");
const INVALID: (u16, &str) = (400, "ValidationError");
const DENIED: (u16, &str) = (403, "AccessDenied");

const NAME: &str = "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}";
const SOURCE: &str = "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"";
const AUDIENCE: &str = "Response does not contain the required audience";
const NOT_AUTHORIZED: &str = "Not authorized to perform sts:AssumeRoleWithSAML";
const ISSUER: &str = "Issuer not present in specified provider";
const SIGNATURE: &str = "Response signature invalid";
const FIVE_MINUTES: &str = "Token must be redeemed within 5 minutes of issuance";
const OVER: &str = "Response has expired";
const TAGS: &str = "Unable to validate tags";
