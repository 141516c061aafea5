//! What goes wrong, on request: a test asks here for the errors that STS and the network between can give.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One way in which a call to STS goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This status with this body (none if empty), as a load balancer answers: `text/plain`.
    Status {
        /// HTTP status, such as 500 or 503.
        status: u16,
        /// The body; may be empty.
        body: String,
    },
    /// An error as STS writes it.
    Error {
        /// HTTP status, such as 400.
        status: u16,
        /// AWS's code, such as `RegionDisabledException`.
        code: String,
        /// AWS's message.
        message: String,
    },
    /// 200 with an HTML page that wants a click, as hotels and trains answer.
    CaptivePortal,
    /// 200, `text/xml`, no body.
    Empty,
    /// 200 with JSON.
    WrongContentType,
    /// No answer for this long, then the true one.
    Hang(Duration),
    /// The TCP connection is reset in place of an answer.
    Reset,
    /// The proxy refuses to connect to STS, and resets connections that stand. Each refusal counts as one.
    Offline,
}

impl Fault {
    /// Throttling as STS answers it: 400 `Throttling`, "Rate exceeded".
    #[must_use]
    pub fn throttling() -> Self {
        Self::error(400, "Throttling", "Rate exceeded")
    }

    /// [`Fault::Error`] from borrowed words.
    #[must_use]
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::Error { status, code: code.to_owned(), message: message.to_owned() }
    }

    /// [`Fault::Status`] from borrowed words.
    #[must_use]
    pub fn status(status: u16, body: &str) -> Self {
        Self::Status { status, body: body.to_owned() }
    }
}

/// The controller of a sandbox's faults. Clones control the same sandbox.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<(Fault, Option<usize>)>,
    skew: i64,
    latency: Duration,
}

impl Faults {
    /// The next `count` calls to STS (of any action) that no earlier fault takes go wrong like this.
    pub fn next(&self, count: usize, fault: Fault) {
        if count > 0 {
            self.state().queue.push_back((fault, Some(count)));
        }
    }

    /// Every call to STS that no earlier fault takes goes wrong like this, until [`Faults::clear`].
    pub fn until_cleared(&self, fault: Fault) {
        self.state().queue.push_back((fault, None));
    }

    /// STS lives `seconds` ahead of the machine's clock (behind, if negative): its `Date` header and what it
    /// takes for expired follow. Stays until set to 0 or [`Faults::clear`].
    pub fn skew_clock(&self, seconds: i64) {
        self.state().skew = seconds;
    }

    /// Every answer of STS comes this much later. Stays until set to zero or [`Faults::clear`].
    pub fn add_latency(&self, latency: Duration) {
        self.state().latency = latency;
    }

    /// No more faults, no skew, no added latency.
    pub fn clear(&self) {
        *self.state() = State::default();
    }

    /// The number of calls that the queued faults still wait for; `None` if one stays until cleared.
    #[must_use]
    pub fn waiting(&self) -> Option<usize> {
        self.state().queue.iter().map(|(_, count)| *count).sum()
    }

    /// The fault that takes this call to STS, if one does.
    pub(crate) fn take(&self) -> Option<Fault> {
        self.take_if(|_| true)
    }

    /// Whether the proxy refuses this CONNECT to STS.
    pub(crate) fn refuses_connect(&self) -> bool {
        self.take_if(|fault| *fault == Fault::Offline).is_some()
    }

    pub(crate) fn skew(&self) -> i64 {
        self.state().skew
    }

    pub(crate) fn latency(&self) -> Duration {
        self.state().latency
    }

    fn take_if(&self, wanted: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let mut state = self.state();
        let (fault, count) = state.queue.front_mut()?;
        if !wanted(fault) {
            return None;
        }
        let taken = fault.clone();
        if let Some(count) = count {
            *count -= 1;
            if *count == 0 {
                state.queue.pop_front();
            }
        }
        Some(taken)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_take_calls_in_the_order_they_were_asked_for() {
        let faults = Faults::default();
        faults.next(2, Fault::Reset);
        faults.next(1, Fault::Empty);
        assert_eq!(faults.waiting(), Some(3));
        let taken: Vec<_> = (0..4).map(|_| faults.take()).collect();
        assert_eq!(taken, [Some(Fault::Reset), Some(Fault::Reset), Some(Fault::Empty), None]);
    }

    #[test]
    fn a_fault_without_a_count_stays_until_cleared() {
        let faults = Faults::default();
        faults.until_cleared(Fault::Offline);
        assert!(faults.refuses_connect() && faults.refuses_connect());
        assert_eq!(faults.waiting(), None);
        faults.clear();
        assert!(!faults.refuses_connect());
    }

    #[test]
    fn a_connect_is_refused_only_by_being_offline() {
        let faults = Faults::default();
        faults.next(1, Fault::Reset);
        assert!(!faults.refuses_connect());
        assert_eq!(faults.waiting(), Some(1));
    }
}
