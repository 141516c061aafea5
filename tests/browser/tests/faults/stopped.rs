//! The background stopped at the worst moments, and the browser restarted.

use std::time::Duration;

use rolecall_browser::{World, in_both_browsers};
use rolecall_sandbox::{Fault, Persona, Shape};
use serde_json::json;

use crate::steps::{
    ACS, calls, copied, newest, opened, opened_empty, row, shown_failure, signed_in, stored, try_again,
    until, wait_for_calls,
};

in_both_browsers! {
    async fn roles_outlive_the_background_and_a_post_wakes_it(browser: Browser) {
        let world = World::start(browser).await?;
        let (_, one) = signed_in(&world, Persona::OneRole).await?;
        world.session.stop_worker().await?;
        assert_eq!(opened(&world).await?.1, one);

        world.sign_in(Persona::FourRoles).await?;
        let (popup, _) = opened(&world).await?;
        let four = "return document.querySelectorAll('li.role').length === 4";
        until(&world, "the four roles", four, json!(null)).await?;
        world.session.stop_worker().await?;
        copied(&world, &popup, &Persona::FourRoles.roles()[0].role_arn).await?;
        world.finish().await?;
    }

    async fn a_post_that_a_stopped_background_left_unread_is_read_when_the_popup_opens(browser: Browser) {
        let world = World::start(browser).await?;
        world.session.goto("about:blank").await?;
        world.session.stop_worker().await?;
        // What `background.js` leaves when it is stopped between saving the POST and reading it.
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Entra)?;
        let captured = json!({ "url": ACS, "at": 1, "form": { "SAMLResponse": [response] }, "raw": null, "pasted": null, "tooLarge": null });
        let left = json!({ "pending:1": { "captured": captured, "tab": 1, "private": false, "container": null } });
        world.session.open_extension_page("manifest.json").await?;
        let save = "await (globalThis.browser ?? chrome).storage.session.set(args[0])";
        world.session.evaluate(save, vec![left]).await?;
        assert!(!world.session.worker_runs().await?);

        let (popup, arn) = opened(&world).await?;
        copied(&world, &popup, &arn).await?;
        assert_eq!(stored(&world, "pending:").await?, []);
        world.finish().await?;
    }

    async fn a_background_stopped_during_the_call_to_sts_is_asked_once_more(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(1, LONG);
        let outcome = popup.await_copy(&arn, async || {
            world.session.click(&format!("{} .copy", row(&arn))).await?;
            wait_for_calls(&world, 1).await?;
            world.session.interrupt_worker().await
        });
        newest(&world, outcome.await?).await?;
        assert_eq!(calls(&world), 2);
        assert!(apart(&world, 1) < TIMEOUT, "the popup asked again, not the core after its timeout");
        world.finish().await?;
    }

    async fn a_background_stopped_twice_during_the_call_is_reported_and_try_again_works(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(2, LONG);
        world.session.click(&format!("{} .copy", row(&arn))).await?;
        for call in 1..=2 {
            wait_for_calls(&world, call).await?;
            world.session.interrupt_worker().await?;
        }
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!((failure.code.as_str(), failure.aws), ("popup.no_answer", None));
        assert_eq!(calls(&world), 2);
        assert!(apart(&world, 1) < TIMEOUT, "the popup asked again, not the core after its timeout");
        try_again(&world, &popup, &arn).await?;
        world.finish().await?;
    }

    async fn after_a_restart_nothing_is_left_to_confuse_and_the_next_sign_in_works(browser: Browser) {
        let mut world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        newest(&world, popup.copy_by_menu(&arn, "format:json").await?).await?;
        world.restart().await?;

        opened_empty(&world).await?;
        assert_eq!(world.session.session_storage().await?, json!({}));
        let no_grant = "return document.querySelector('#grant-access') === null";
        assert_eq!(world.session.evaluate(no_grant, Vec::new()).await?, true);
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        let text = copied(&world, &popup, &arn).await?;
        assert!(text.trim_start().starts_with('{'), "the format is still the one chosen before the restart");
        world.finish().await?;
    }
}

/// The time between a call to STS, counted from 0, and the one before.
fn apart(world: &World, call: usize) -> Duration {
    let calls = world.sandbox.requests().sts("AssumeRoleWithSAML");
    calls[call].at.duration_since(calls[call - 1].at).unwrap_or_default()
}

/// The core gives a call up after this long, and tries again.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Longer than the time after which the core gives a call up.
const LONG: Fault = Fault::Hang(Duration::from_secs(60));
