//! What STS, and the network on the way to it, can answer in place of credentials.

use std::time::Duration;

use rolecall_browser::{Copied, World, in_both_browsers};
use rolecall_sandbox::{Fault, Persona};

use crate::steps::{calls, copied, newest, shown_failure, signed_in, try_again};

in_both_browsers! {
    async fn a_server_error_is_tried_again_once_and_then_it_works(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(1, Fault::status(500, ""));
        copied(&world, &popup, &arn).await?;
        assert_eq!(calls(&world), 2, "the call that failed and exactly one more");
        world.finish().await?;
    }

    async fn after_three_server_errors_the_words_of_aws_are_shown_and_try_again_works(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(3, Fault::error(503, "ServiceUnavailable", UNAVAILABLE));
        popup.copy(&arn).await?;
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!((failure.code.as_str(), failure.aws.as_deref()), ("sts.server_error", Some(UNAVAILABLE)));
        assert!(failure.hint.contains(' '), "{failure:?}");
        assert_eq!(calls(&world), 3);
        // Chromium lets no extension ask a host again for 0.4 to 1 s after its third error in a row.
        tokio::time::sleep(Duration::from_secs(2)).await;
        try_again(&world, &popup, &arn).await?;
        world.finish().await?;
    }

    async fn a_call_without_an_answer_is_given_up_after_ten_seconds_and_tried_again(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(1, Fault::Hang(Duration::from_secs(60)));
        copied(&world, &popup, &arn).await?;
        let calls = world.sandbox.requests().sts("AssumeRoleWithSAML");
        assert_eq!(calls.len(), 2);
        let apart = calls[1].at.duration_since(calls[0].at).unwrap_or_default();
        // The clock starts in the browser, before the call reaches the sandbox.
        assert!((9_500..15_000).contains(&apart.as_millis()), "{apart:?} apart");
        world.finish().await?;
    }

    async fn each_failure_has_its_code_and_the_words_of_aws_and_try_again_works(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        for Case { fault, calls: expected, code, aws } in cases() {
            let before = calls(&world);
            world.sandbox.faults().next(expected, fault);
            popup.copy_by_menu(&arn, "fresh").await?;
            let failure = shown_failure(&world, &arn).await?;
            assert_eq!(failure.code, code, "{failure:?}");
            assert_eq!(failure.aws.as_deref(), aws, "{code}");
            assert!(failure.text.contains(' ') && failure.hint.contains(' '), "{failure:?}");
            let waiting = world.sandbox.faults().waiting();
            assert_eq!((calls(&world) - before, waiting), (expected, Some(0)), "{code}: calls to STS, faults not met");
            try_again(&world, &popup, &arn).await?;
        }
        world.finish().await?;
    }

    async fn a_refusal_stands_beside_its_likely_cause_and_what_mends_it(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::Regional).await?;
        let denied = "Not authorized to perform sts:AssumeRoleWithSAML";
        world.sandbox.faults().next(1, Fault::error(403, "AccessDenied", denied));
        popup.copy(&arn).await?;
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!((failure.code.as_str(), failure.aws.as_deref()), ("sts.access_denied", Some(denied)));
        let causes = "return [...document.querySelectorAll('.failure .cause')].map((cause) => cause.dataset.code)";
        let causes = world.session.evaluate(causes, Vec::new()).await?;
        assert_eq!(causes[0], "aws.regional_recipient", "{causes}");
        assert_eq!(causes.as_array().and_then(|all| all.last()), Some(&"sts.access_denied".into()), "{causes}");
        let said = world.session.evaluate("return document.querySelector('.failure .cause').innerText", Vec::new()).await?;
        let said = said.as_str().unwrap_or_default();
        assert!(said.contains("In AWS IAM") && said.contains("https://eu-west-1.signin.aws.amazon.com/saml"), "{said}");
        try_again(&world, &popup, &arn).await?;
        let kept = world.session.evaluate("return (await chrome.storage.session.get('clock')).clock.host", Vec::new()).await?;
        assert_eq!(kept, "sts.eu-west-1.amazonaws.com", "the last server that told the time");
        world.finish().await?;
    }

    async fn a_connection_that_breaks_is_tried_again_and_reported(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        for fault in [Fault::Reset, Fault::Offline] {
            let name = format!("{fault:?}");
            let before = calls(&world);
            // A browser sends a request once more by itself when an idle connection breaks, so the number is not ours alone.
            world.sandbox.faults().until_cleared(fault.clone());
            popup.copy_by_menu(&arn, "fresh").await?;
            let failure = shown_failure(&world, &arn).await?;
            assert_eq!((failure.code.as_str(), failure.aws), ("sts.network", None), "{name}");
            if fault == Fault::Reset {
                assert!(calls(&world) - before >= 3, "{name}: {} calls", calls(&world) - before);
            }
            world.sandbox.faults().clear();
            try_again(&world, &popup, &arn).await?;
            world.sandbox.faults().next(1, fault);
            newest(&world, popup.copy_by_menu(&arn, "fresh").await?).await?;
        }
        world.finish().await?;
    }

    async fn a_clock_ten_minutes_behind_that_of_aws_is_named_as_the_cause(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().skew_clock(600);
        let before = calls(&world);
        popup.copy_by_menu(&arn, "fresh").await?;
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!(failure.code, "sts.clock_skew", "{failure:?}");
        assert_eq!(failure.aws.as_deref(), Some(REDEEMED_TOO_LATE));
        assert_eq!(calls(&world) - before, 1);
        world.sandbox.faults().clear();
        try_again(&world, &popup, &arn).await?;
        world.finish().await?;
    }

    async fn a_sign_in_that_is_too_old_is_refused_by_aws_and_a_new_one_works(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::Expired).await?;
        assert!(matches!(popup.copy(&arn).await?, Copied::Failed { .. }));
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!(failure.code, "sts.redeemed_too_late", "{failure:?}");
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;
        world.finish().await?;
    }
}

/// A fault of each of the next calls, and what is to come of it.
struct Case {
    fault: Fault,
    /// How many calls are made before it is reported.
    calls: usize,
    code: &'static str,
    /// AWS's words, where it said something.
    aws: Option<&'static str>,
}

fn cases() -> Vec<Case> {
    let case = |fault, calls, code, aws| Case { fault, calls, code, aws };
    vec![
        // Worth three tries.
        case(Fault::throttling(), 3, "sts.throttled", Some("Rate exceeded")),
        // Worth one.
        case(Fault::CaptivePortal, 1, "sts.captive_portal", None),
        case(Fault::Empty, 1, "sts.empty_answer", None),
        case(Fault::status(200, "It works!"), 1, "sts.wrong_content_type", None),
        // JSON, which is one of the forms that errors of AWS take, and no error in it.
        case(Fault::WrongContentType, 1, "sts.unreadable_answer", None),
        case(
            Fault::error(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"),
            1,
            "sts.access_denied",
            Some("Not authorized to perform sts:AssumeRoleWithSAML"),
        ),
        case(
            Fault::error(400, "ExpiredTokenException", "The token included in the request is expired"),
            1,
            "sts.expired_token",
            Some("The token included in the request is expired"),
        ),
        case(
            Fault::error(400, "ExpiredTokenException", REDEEMED_TOO_LATE),
            1,
            "sts.redeemed_too_late",
            Some(REDEEMED_TOO_LATE),
        ),
        case(
            Fault::error(400, "InvalidIdentityToken", "Response signature invalid"),
            1,
            "sts.signature_invalid",
            Some("Response signature invalid"),
        ),
        case(
            Fault::error(403, "RegionDisabledException", "STS is not activated in this region"),
            1,
            "sts.region_disabled",
            Some("STS is not activated in this region"),
        ),
    ]
}

const UNAVAILABLE: &str = "The request has failed <temporarily> & will pass";

const REDEEMED_TOO_LATE: &str = "Token must be redeemed within 5 minutes of issuance";
