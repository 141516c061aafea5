//! What a test can let go wrong.

use std::time::{Duration, Instant, SystemTime};

use rolecall_sandbox::{Fault, Options, Persona, Sandbox};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::client::{Outcome, assume_first, get};

fn start() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

fn assume(sandbox: &Sandbox) -> Outcome {
    assume_first(sandbox, Persona::OneRole, "https://sts.us-east-1.amazonaws.com/")
}

#[test]
fn a_fault_takes_as_many_calls_as_asked_and_then_sts_is_well() {
    let sandbox = start();
    sandbox.faults().next(2, Fault::status(503, ""));
    let answers: Vec<_> = (0..3).map(|_| assume(&sandbox).unwrap()).collect();
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [503, 503, 200]);
    assert_eq!(answers[0].body, "");
    assert_eq!(sandbox.issued().len(), 1);
    assert_eq!(sandbox.requests().sts("AssumeRoleWithSAML").len(), 3);
}

#[test]
fn answers_that_are_none_of_sts_come_as_asked() {
    let sandbox = start();
    for (fault, status, kind, body) in [
        (Fault::status(500, "oops"), 500, "text/plain", "oops"),
        (Fault::CaptivePortal, 200, "text/html; charset=utf-8", "<button>Accept"),
        (Fault::Empty, 200, "text/xml", ""),
        (Fault::WrongContentType, 200, "application/json", "{"),
        (Fault::throttling(), 400, "text/xml", "<Code>Throttling</Code>"),
        (
            Fault::error(403, "RegionDisabledException", "STS is not activated"),
            403,
            "text/xml",
            "RegionDisabled",
        ),
    ] {
        sandbox.faults().next(1, fault);
        let answer = assume(&sandbox).unwrap();
        assert_eq!((answer.status, answer.header("content-type")), (status, kind));
        assert!(answer.body.contains(body), "{}", answer.body);
    }
    assert!(sandbox.issued().is_empty());
}

#[test]
fn a_hanging_call_is_answered_in_the_end() {
    let sandbox = start();
    sandbox.faults().next(1, Fault::Hang(Duration::from_millis(400)));
    let begun = Instant::now();
    assert_eq!(assume(&sandbox).unwrap().status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(400));
}

#[test]
fn a_reset_connection_gives_no_answer() {
    let sandbox = start();
    sandbox.faults().next(1, Fault::Reset);
    assert!(assume(&sandbox).is_err());
    assert_eq!(assume(&sandbox).unwrap().status, 200);
}

#[test]
fn offline_sts_cannot_be_reached_and_everything_else_can() {
    let sandbox = start();
    sandbox.faults().until_cleared(Fault::Offline);
    assert!(assume(&sandbox).is_err_and(|error| error.to_string() == "the proxy refuses"));
    assert_eq!(get(&sandbox, &sandbox.idp_url()).status, 200);
    sandbox.faults().clear();
    assert_eq!(assume(&sandbox).unwrap().status, 200);
}

#[test]
fn a_skewed_clock_shows_in_the_date_header() {
    let sandbox = start();
    sandbox.faults().skew_clock(-3600);
    let answer = assume(&sandbox).unwrap();
    assert_eq!(answer.status, 400, "a response from the future is not valid yet");
    let date = OffsetDateTime::parse(answer.header("date"), &Rfc2822).unwrap();
    let behind = (OffsetDateTime::from(SystemTime::now()) - date).whole_seconds();
    assert!((3598..=3605).contains(&behind), "{behind}");
}

#[test]
fn latency_can_be_added_to_sts_or_to_everything() {
    let sandbox =
        Sandbox::start(Options { latency: Duration::from_millis(150), ..Options::default() }).unwrap();
    let begun = Instant::now();
    get(&sandbox, &sandbox.idp_url());
    assert!(begun.elapsed() >= Duration::from_millis(150));
    sandbox.faults().add_latency(Duration::from_millis(250));
    let begun = Instant::now();
    assume(&sandbox).unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(400));
}
