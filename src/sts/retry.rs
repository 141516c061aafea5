//! Whether a failed request is worth another try, and when. Pure: the host waits, and brings the random number.

use super::error::StsError;
use super::reason::Reason;

/// Milliseconds after which the host gives a request up and reports [`StsError::Timeout`].
pub const TIMEOUT_MS: u32 = 10_000;

/// Tries after the first.
pub const MAX_RETRIES: u32 = 2;

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Send the same request again.
    Again {
        /// Milliseconds to wait before.
        after_ms: u32,
    },
    /// Report the failure.
    GiveUp,
}

/// What to do after try number `attempt`, from 0, failed with `error`. `random` is from 0 up to 1.
///
/// Worth another try: 5xx, throttling, a failed connection, a timeout. The wait is drawn evenly between nothing and
/// a bound that doubles ("full jitter"), and is no shorter than `Retry-After` asks; a `Retry-After` past
/// [`MAX_RETRY_AFTER_SECONDS`] ends the tries, because someone is waiting at the popup.
#[must_use]
pub fn after(attempt: u32, error: &StsError, random: f64) -> Retry {
    let retry_after = match error {
        StsError::Network | StsError::Timeout => None,
        StsError::Server { retry_after, .. }
        | StsError::Refused { reason: Reason::Throttled, retry_after, .. } => *retry_after,
        _ => return Retry::GiveUp,
    };
    again(attempt, retry_after, random)
}

/// When a request that is worth another try is sent again; `retry_after` is in seconds, what the answer asked for.
#[must_use]
pub fn again(attempt: u32, retry_after: Option<u32>, random: f64) -> Retry {
    let asked_ms = retry_after.unwrap_or_default().saturating_mul(1000);
    if attempt >= MAX_RETRIES || asked_ms > MAX_RETRY_AFTER_SECONDS * 1000 {
        return Retry::GiveUp;
    }
    let bound_ms = FIRST_BOUND_MS << attempt;
    Retry::Again { after_ms: share(bound_ms, random).max(asked_ms) }
}

/// The part of `bound_ms` that `random` stands for; what is no number from 0 to 1 is brought into that range.
#[expect(clippy::as_conversions, reason = "there is no From<f64> for u32; the cast saturates")]
fn share(bound_ms: u32, random: f64) -> u32 {
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 1.0 };
    (f64::from(bound_ms) * random) as u32
}

/// The longest `Retry-After` that is waited for, in seconds.
pub const MAX_RETRY_AFTER_SECONDS: u32 = 5;

/// The bound of the first wait; that of the second is twice as long. As in the AWS SDKs, half a second.
const FIRST_BOUND_MS: u32 = 500;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::error::Refusal;
    use super::*;

    fn server(retry_after: Option<u32>) -> StsError {
        StsError::Server { status: 503, retry_after, refusal: None }
    }

    fn refused(reason: Reason) -> StsError {
        let refusal = Refusal { status: 400, code: String::new(), message: String::new(), request_id: None };
        StsError::Refused { reason, refusal, retry_after: None }
    }

    #[test]
    fn there_are_two_retries_with_a_bound_that_doubles() {
        assert_eq!(after(0, &server(None), 1.0), Retry::Again { after_ms: 500 });
        assert_eq!(after(1, &server(None), 1.0), Retry::Again { after_ms: 1000 });
        assert_eq!(after(2, &server(None), 1.0), Retry::GiveUp);
        assert_eq!(after(u32::MAX, &server(None), 1.0), Retry::GiveUp);
        assert_eq!(after(0, &server(None), 0.0), Retry::Again { after_ms: 0 });
    }

    #[test]
    fn server_errors_throttling_network_and_timeout_are_tried_again_and_nothing_else() {
        for error in [server(None), refused(Reason::Throttled), StsError::Network, StsError::Timeout] {
            assert_ne!(after(0, &error, 0.5), Retry::GiveUp, "{error:?}");
        }
        for error in [
            refused(Reason::AccessDenied),
            refused(Reason::ExpiredToken),
            refused(Reason::Unknown),
            StsError::Offline,
            StsError::NotInAssertion,
            StsError::CaptivePortal { status: 200 },
            StsError::EmptyAnswer { status: 400 },
            StsError::UnreadableAnswer { status: 200 },
        ] {
            assert_eq!(after(0, &error, 0.5), Retry::GiveUp, "{error:?}");
        }
    }

    #[test]
    fn retry_after_is_waited_for_up_to_a_bound() {
        assert_eq!(after(0, &server(Some(3)), 0.5), Retry::Again { after_ms: 3000 });
        assert_eq!(after(0, &server(Some(0)), 1.0), Retry::Again { after_ms: 500 });
        assert_eq!(after(0, &server(Some(5)), 1.0), Retry::Again { after_ms: 5000 });
        assert_eq!(after(0, &server(Some(6)), 1.0), Retry::GiveUp);
        assert_eq!(after(0, &server(Some(u32::MAX)), 1.0), Retry::GiveUp);
    }

    proptest! {
        #[test]
        fn any_random_number_gives_a_wait_within_the_bound(random in any::<f64>(), attempt in 0_u32..2) {
            match after(attempt, &StsError::Network, random) {
                Retry::Again { after_ms } => prop_assert!(after_ms <= 500 << attempt),
                Retry::GiveUp => prop_assert!(false),
            }
        }
    }
}
