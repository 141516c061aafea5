//! Why there are no credentials: facts with a stable code. AWS's own words are kept beside it, and shown as such.

use super::reason::Reason;
use crate::limits::MAX_STS_ASSERTION_CHARS;
use crate::partition::Partition;

/// Why there are no credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StsError {
    /// The pair of role and provider is not literally in the assertion.
    NotInAssertion,
    /// `AssumeRoleWithSAML` fails for roles of IAM Identity Center.
    IdentityCenterRole {
        /// Path and name of the role.
        role: String,
    },
    /// Role and provider are in different partitions.
    PairAcrossPartitions {
        /// The role's.
        role: Partition,
        /// The provider's.
        provider: Partition,
    },
    /// The region is not one of the role's partition.
    RegionOfOtherPartition {
        /// The region asked for, cut to 40 characters.
        region: String,
        /// The role's partition.
        partition: Partition,
    },
    /// The SAML response is empty or not base64.
    AssertionNotBase64,
    /// The SAML response is longer than STS takes.
    AssertionTooLong {
        /// Its length in base64 characters.
        chars: usize,
    },
    /// The duration is not one that STS takes for any role.
    DurationOutOfRange {
        /// The duration asked for, in seconds.
        seconds: u32,
    },
    /// The browser says that it is offline.
    Offline,
    /// No answer within [`TIMEOUT_MS`](super::retry::TIMEOUT_MS).
    Timeout,
    /// The browser could not connect: name, route, TLS, or a blocked request.
    Network,
    /// A web page or a redirect came instead of AWS's answer: a captive portal or a proxy.
    CaptivePortal {
        /// The status code.
        status: u16,
    },
    /// An answer without a body.
    EmptyAnswer {
        /// The status code.
        status: u16,
    },
    /// An answer that is neither XML nor a JSON error.
    WrongContentType {
        /// The status code.
        status: u16,
        /// What the answer called itself, cut to 80 characters; empty if nothing.
        content_type: String,
    },
    /// An answer longer than [`MAX_STS_ANSWER_BYTES`](crate::limits::MAX_STS_ANSWER_BYTES).
    AnswerTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// XML or JSON that holds neither credentials nor an error.
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
    /// STS refused.
    Refused {
        /// Why.
        reason: Reason,
        /// In its own words.
        refusal: Refusal,
        /// Seconds to wait by `Retry-After`.
        retry_after: Option<u32>,
    },
    /// STS refused for a matter of time, and this computer's clock differs from that of AWS.
    ClockSkew {
        /// Seconds by which this computer is ahead; negative when it is behind.
        seconds: i64,
        /// Why STS refused.
        reason: Reason,
        /// In its own words.
        refusal: Refusal,
    },
}

/// What STS said when it refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status code.
    pub status: u16,
    /// `Code`, such as `InvalidIdentityToken`, cut to 80 characters.
    pub code: String,
    /// `Message`, cut to 1,000 characters; may be empty.
    pub message: String,
    /// `RequestId`, for AWS support, cut to 80 characters.
    pub request_id: Option<String>,
}

impl StsError {
    /// Every code but those of [`Reason`], for the test that holds them against the messages.
    pub const CODES: &'static [&'static str] = &[
        "sts.not_in_assertion",
        "sts.identity_center_role",
        "sts.pair_across_partitions",
        "sts.region_of_other_partition",
        "sts.assertion_not_base64",
        "sts.assertion_too_long",
        "sts.duration_out_of_range",
        "sts.offline",
        "sts.timeout",
        "sts.network",
        "sts.captive_portal",
        "sts.empty_answer",
        "sts.wrong_content_type",
        "sts.answer_too_long",
        "sts.unreadable_answer",
        "sts.server_error",
        "sts.clock_skew",
    ];

    /// The stable code, such as `sts.access_denied`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotInAssertion => "sts.not_in_assertion",
            Self::IdentityCenterRole { .. } => "sts.identity_center_role",
            Self::PairAcrossPartitions { .. } => "sts.pair_across_partitions",
            Self::RegionOfOtherPartition { .. } => "sts.region_of_other_partition",
            Self::AssertionNotBase64 => "sts.assertion_not_base64",
            Self::AssertionTooLong { .. } => "sts.assertion_too_long",
            Self::DurationOutOfRange { .. } => "sts.duration_out_of_range",
            Self::Offline => "sts.offline",
            Self::Timeout => "sts.timeout",
            Self::Network => "sts.network",
            Self::CaptivePortal { .. } => "sts.captive_portal",
            Self::EmptyAnswer { .. } => "sts.empty_answer",
            Self::WrongContentType { .. } => "sts.wrong_content_type",
            Self::AnswerTooLong { .. } => "sts.answer_too_long",
            Self::UnreadableAnswer { .. } => "sts.unreadable_answer",
            Self::Server { .. } => "sts.server_error",
            Self::Refused { reason, .. } => reason.code(),
            Self::ClockSkew { .. } => "sts.clock_skew",
        }
    }

    /// The values for the message's placeholders, in their order.
    #[must_use]
    pub fn args(&self) -> Vec<String> {
        match self {
            Self::NotInAssertion | Self::AssertionNotBase64 | Self::Offline | Self::Network => Vec::new(),
            Self::IdentityCenterRole { role } => vec![role.clone()],
            Self::PairAcrossPartitions { role, provider } => {
                vec![role.id().to_owned(), provider.id().to_owned()]
            }
            Self::RegionOfOtherPartition { region, partition } => {
                vec![region.clone(), partition.id().to_owned()]
            }
            Self::AssertionTooLong { chars } => vec![chars.to_string(), MAX_STS_ASSERTION_CHARS.to_string()],
            Self::DurationOutOfRange { seconds } => vec![seconds.to_string()],
            Self::Timeout => vec![(super::retry::TIMEOUT_MS / 1000).to_string()],
            Self::CaptivePortal { status }
            | Self::EmptyAnswer { status }
            | Self::UnreadableAnswer { status }
            | Self::Server { status, .. } => vec![status.to_string()],
            Self::WrongContentType { status, content_type } => vec![content_type.clone(), status.to_string()],
            Self::AnswerTooLong { bytes } => vec![bytes.to_string()],
            Self::Refused { reason: Reason::RegionDisabled { region }, .. } => vec![(*region).to_owned()],
            Self::Refused { reason: Reason::Unknown, refusal, .. } => vec![refusal.code.clone()],
            Self::Refused { .. } => Vec::new(),
            Self::ClockSkew { seconds, .. } => vec![seconds.unsigned_abs().to_string()],
        }
    }

    /// What AWS said, when it said something.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused { refusal, .. } | Self::ClockSkew { refusal, .. } => Some(refusal),
            Self::Server { refusal, .. } => refusal.as_ref(),
            _ => None,
        }
    }

    /// AWS's own message, to be shown as AWS's; the code where there is no message.
    #[must_use]
    pub fn aws_message(&self) -> Option<&str> {
        let refusal = self.refusal()?;
        let said = if refusal.message.is_empty() { &refusal.code } else { &refusal.message };
        (!said.is_empty()).then_some(said)
    }

    /// The request id, for AWS support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.refusal().and_then(|refusal| refusal.request_id.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that this file answers, read from the file itself.
    fn answered() -> Vec<&'static str> {
        let source = include_str!("error.rs").split("#[cfg(test)]").next().unwrap();
        let codes = source.split("=> \"sts.").skip(1).map(|rest| rest.split('"').next().unwrap());
        codes.collect()
    }

    #[test]
    fn the_list_of_codes_is_complete_and_each_is_there_once() {
        let listed: Vec<_> = StsError::CODES.iter().map(|code| code.strip_prefix("sts.").unwrap()).collect();
        assert_eq!(listed, answered());
        let unique: std::collections::HashSet<_> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len());
    }
}
