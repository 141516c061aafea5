//! How a scenario runs: twice, each time with its own runtime, a bound on its time and no retry.

use std::time::Duration;

use crate::{DriveError, Result};

/// Turns each scenario into two tests, `chromium::name` and `firefox::name`.
///
/// ```ignore
/// rolecall_browser::in_both_browsers! {
///     async fn the_popup_lists_the_roles(browser: Browser) { ... }
/// }
/// ```
#[macro_export]
macro_rules! in_both_browsers {
    ($($(#[$meta:meta])* async fn $name:ident($browser:ident: Browser) $body:block)*) => {
        mod scenarios {
            use super::*;
            $($(#[$meta])* pub(super) async fn $name($browser: $crate::Browser) -> $crate::Result<()> { $body Ok(()) })*
        }
        mod chromium {
            $(#[test] fn $name() { $crate::run(super::scenarios::$name($crate::Browser::Chromium)); })*
        }
        mod firefox {
            $(#[test] fn $name() { $crate::run(super::scenarios::$name($crate::Browser::Firefox)); })*
        }
    };
}

/// Runs one scenario to its end.
///
/// # Panics
///
/// When the scenario fails, or is not done within [`SCENARIO`].
pub fn run(scenario: impl Future<Output = Result<()>>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime for the scenario: {error}"));
    match runtime.block_on(async { tokio::time::timeout(SCENARIO, scenario).await }) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => panic!("{error}"),
        Err(_) => panic!("the scenario was not done after {} s", SCENARIO.as_secs()),
    }
}

/// Asks until `probe` has an answer, at most [`CONDITION`]; `what` names the condition in the failure.
///
/// A probe's error does not end the wait (a page may be between two documents); the last one is part of the failure.
pub async fn eventually<T>(what: &str, mut probe: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let mut last = None;
    let wait = async {
        loop {
            match probe().await {
                Ok(Some(answer)) => return answer,
                Ok(None) => last = None,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(POLL).await;
        }
    };
    let outcome = tokio::time::timeout(CONDITION, wait).await;
    outcome.map_err(|_| {
        let cause = last.map(|error| format!(" (last: {error})")).unwrap_or_default();
        DriveError::new(format!("waited {} s for {what}{cause}", CONDITION.as_secs()))
    })
}

/// The longest a scenario may take. The slowest restarts a browser twice on two busy cores.
const SCENARIO: Duration = Duration::from_secs(180);
/// The longest wait for one condition. STS with its two retries takes up to 10 s each.
const CONDITION: Duration = Duration::from_secs(45);
const POLL: Duration = Duration::from_millis(25);
