//! Why a signed call gave no answer: facts with a stable code. AWS's own words are kept beside it, and shown as such.

use super::Call;
use crate::partition::Partition;
use crate::sts::Refusal;
use crate::sts::retry::{self, Retry};

/// Why a signed call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The region is not one of the role's partition.
    RegionOfOtherPartition {
        /// The region asked for, cut to 40 characters.
        region: String,
        /// The role's partition.
        partition: Partition,
    },
    /// The clock stands before 1970, or the request has a part that cannot be signed.
    NotSigned,
    /// The browser says that it is offline.
    Offline,
    /// No answer within [`TIMEOUT_MS`](retry::TIMEOUT_MS).
    Timeout,
    /// The browser could not connect: name, route, TLS, or a blocked request.
    Network,
    /// A web page or a redirect came instead of AWS's answer: a captive portal or a proxy.
    CaptivePortal {
        /// The status code.
        status: u16,
    },
    /// An answer longer than [`MAX_API_ANSWER_BYTES`](crate::limits::MAX_API_ANSWER_BYTES).
    AnswerTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// An answer that is not one of the call that was made.
    UnreadableAnswer {
        /// The status code.
        status: u16,
    },
    /// A 5xx status: AWS, or something before it, failed.
    Server {
        /// The status code.
        status: u16,
        /// Seconds to wait by `Retry-After`.
        retry_after: Option<u32>,
        /// What AWS said, if it said something.
        refusal: Option<Refusal>,
    },
    /// AWS refused.
    Refused {
        /// What was asked.
        call: Call,
        /// Why.
        denial: Denial,
        /// In its own words.
        refusal: Refusal,
        /// Seconds to wait by `Retry-After`.
        retry_after: Option<u32>,
    },
    /// AWS refused the time of the signature, and this computer's clock differs from that of AWS.
    ClockSkew {
        /// Seconds by which this computer is ahead; negative when it is behind.
        seconds: i64,
        /// In its own words.
        refusal: Refusal,
    },
}

/// Why AWS refused a signed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The credentials lack the permission. A normal answer: few roles may read themselves.
    AccessDenied,
    /// The credentials have expired.
    ExpiredToken,
    /// AWS does not know the credentials: they were revoked, or the region is not enabled for the account.
    InvalidToken,
    /// The signature does not fit the request.
    Signature,
    /// The role is not there any more.
    NoSuchEntity,
    /// The account has not enabled the region.
    RegionDisabled,
    /// Called too often; `LookupEvents` may be called twice a second in an account and region.
    Throttled,
    /// A code that is not listed here.
    Unknown,
}

impl ApiError {
    /// Every code, for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "api.region_of_other_partition",
        "api.not_signed",
        "api.offline",
        "api.timeout",
        "api.network",
        "api.captive_portal",
        "api.answer_too_long",
        "api.unreadable_answer",
        "api.server_error",
        "api.clock_skew",
        "api.access_denied",
        "api.expired_token",
        "api.invalid_token",
        "api.signature",
        "api.no_such_entity",
        "api.region_disabled",
        "api.throttled",
        "api.unknown",
    ];

    /// The stable code, such as `api.access_denied`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::RegionOfOtherPartition { .. } => "api.region_of_other_partition",
            Self::NotSigned => "api.not_signed",
            Self::Offline => "api.offline",
            Self::Timeout => "api.timeout",
            Self::Network => "api.network",
            Self::CaptivePortal { .. } => "api.captive_portal",
            Self::AnswerTooLong { .. } => "api.answer_too_long",
            Self::UnreadableAnswer { .. } => "api.unreadable_answer",
            Self::Server { .. } => "api.server_error",
            Self::ClockSkew { .. } => "api.clock_skew",
            Self::Refused { denial, .. } => match denial {
                Denial::AccessDenied => "api.access_denied",
                Denial::ExpiredToken => "api.expired_token",
                Denial::InvalidToken => "api.invalid_token",
                Denial::Signature => "api.signature",
                Denial::NoSuchEntity => "api.no_such_entity",
                Denial::RegionDisabled => "api.region_disabled",
                Denial::Throttled => "api.throttled",
                Denial::Unknown => "api.unknown",
            },
        }
    }

    /// The values for the message's placeholders, in their order: of a refusal the permission that the call needs, then AWS's code.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::NotSigned | Self::Offline | Self::Network => Vec::new(),
            Self::RegionOfOtherPartition { region, partition } => {
                vec![region.clone(), partition.id().to_owned()]
            }
            Self::Timeout => vec![(retry::TIMEOUT_MS / 1000).to_string()],
            Self::CaptivePortal { status }
            | Self::UnreadableAnswer { status }
            | Self::Server { status, .. } => vec![status.to_string()],
            Self::AnswerTooLong { bytes } => vec![bytes.to_string()],
            Self::Refused { call, refusal, .. } => {
                vec![call.permission().to_owned(), refusal.code.clone()]
            }
            Self::ClockSkew { seconds, .. } => vec![seconds.unsigned_abs().to_string()],
        }
    }

    /// AWS's own message, to be shown as AWS's; the code where there is no message.
    #[must_use]
    pub fn aws_message(&self) -> Option<&str> {
        let refusal = match self {
            Self::Refused { refusal, .. } | Self::ClockSkew { refusal, .. } => refusal,
            Self::Server { refusal, .. } => refusal.as_ref()?,
            _ => return None,
        };
        let said = if refusal.message.is_empty() { &refusal.code } else { &refusal.message };
        (!said.is_empty()).then_some(said)
    }
}

/// What to do after try number `attempt`, from 0, failed with `error`. `random` is from 0 up to 1. As for STS: 5xx, throttling, a
/// failed connection and a timeout are worth another try, signed anew.
#[must_use]
pub fn after(attempt: u32, error: &ApiError, random: f64) -> Retry {
    let retry_after = match error {
        ApiError::Network | ApiError::Timeout => None,
        ApiError::Server { retry_after, .. }
        | ApiError::Refused { denial: Denial::Throttled, retry_after, .. } => *retry_after,
        _ => return Retry::GiveUp,
    };
    retry::again(attempt, retry_after, random)
}

impl Denial {
    /// The reason for the code and message that AWS answered with.
    pub(super) fn of(status: u16, code: &str, message: &str) -> Self {
        if status == 429 || crate::sts::reason::THROTTLING_CODES.contains(&code) {
            return Self::Throttled;
        }
        match code {
            "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => Self::AccessDenied,
            "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => Self::ExpiredToken,
            "InvalidClientTokenId" | "UnrecognizedClientException" | "InvalidAccessKeyId" => {
                // CloudTrail and IAM say it of an expired token too, under this code.
                if message.ends_with("is expired") { Self::ExpiredToken } else { Self::InvalidToken }
            }
            "SignatureDoesNotMatch"
            | "InvalidSignatureException"
            | "IncompleteSignature"
            | "IncompleteSignatureException"
            | "MissingAuthenticationToken"
            | "MissingAuthenticationTokenException" => Self::Signature,
            "NoSuchEntity" | "NoSuchEntityException" => Self::NoSuchEntity,
            "OptInRequired" | "OptInRequiredException" | "RegionDisabledException" => Self::RegionDisabled,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that this file answers, read from the file itself.
    fn answered() -> Vec<&'static str> {
        let source = include_str!("error.rs").split("#[cfg(test)]").next().unwrap();
        source.split("=> \"api.").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
    }

    fn refused(denial: Denial) -> ApiError {
        let refusal = Refusal { status: 400, code: "X".into(), message: String::new(), request_id: None };
        ApiError::Refused { call: Call::GetRole, denial, refusal, retry_after: None }
    }

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let listed: Vec<_> = ApiError::CODES.iter().map(|code| code.strip_prefix("api.").unwrap()).collect();
        assert_eq!(listed, answered());
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }

    #[test]
    fn server_errors_throttling_network_and_timeout_are_tried_again_and_nothing_else() {
        let server = ApiError::Server { status: 503, retry_after: None, refusal: None };
        for error in [server, refused(Denial::Throttled), ApiError::Network, ApiError::Timeout] {
            assert_eq!(after(0, &error, 1.0), Retry::Again { after_ms: 500 }, "{error:?}");
            assert_eq!(after(2, &error, 1.0), Retry::GiveUp, "{error:?}");
        }
        for error in [refused(Denial::AccessDenied), refused(Denial::ExpiredToken), ApiError::Offline] {
            assert_eq!(after(0, &error, 1.0), Retry::GiveUp, "{error:?}");
        }
    }

    #[test]
    fn a_refusal_names_the_permission_that_the_call_needs() {
        assert_eq!(refused(Denial::AccessDenied).args(), ["iam:GetRole", "X"]);
        assert_eq!(refused(Denial::AccessDenied).aws_message(), Some("X"));
    }
}
