//! The background stopped at the worst moments, and the browser restarted.

use std::time::Duration;

use rolecall_browser::{Result, World, in_both_browsers};
use rolecall_sandbox::{Fault, Persona, Shape};
use serde_json::json;

use crate::steps::{
    ACS, assert_newest, calls, click_copy, first_role, shown_failure, signed_in, stored, try_again,
    wait_for_calls,
};

in_both_browsers! {
    async fn roles_outlive_the_background_and_a_post_wakes_it(browser: Browser) {
        let world = World::start(browser).await?;
        let one = signed_in(&world, Persona::OneRole).await?;
        world.session.stop_worker().await?;
        world.open_popup("roles").await?;
        assert_eq!(first_role(&world).await?, one);
        assert!(!world.session.worker_runs().await?, "the popup paints without the background");

        world.sign_in(Persona::FourRoles).await?;
        world.open_popup("roles").await?;
        wait_for_roles(&world, 4).await?;
        world.session.stop_worker().await?;
        let arn = first_role(&world).await?;
        assert_newest(&world, &world.copy(&arn).await?)?;
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

        world.open_popup("roles").await?;
        let arn = first_role(&world).await?;
        assert_newest(&world, &world.copy(&arn).await?)?;
        assert_eq!(stored(&world, "pending:").await?, []);
        world.finish().await?;
    }

    async fn a_background_stopped_during_the_call_to_sts_is_asked_once_more(browser: Browser) {
        let world = World::start(browser).await?;
        let arn = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(1, LONG);
        click_copy(&world, &arn).await?;
        wait_for_calls(&world, 1).await?;
        world.session.stop_worker().await?;
        world.wait_for_status("copied").await?;
        assert_newest(&world, &world.session.paste_clipboard().await?)?;
        assert_eq!(calls(&world), 2);
        world.finish().await?;
    }

    async fn a_background_stopped_twice_during_the_call_is_reported_and_try_again_works(browser: Browser) {
        let world = World::start(browser).await?;
        let arn = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(2, LONG);
        click_copy(&world, &arn).await?;
        for call in 1..=2 {
            wait_for_calls(&world, call).await?;
            world.session.stop_worker().await?;
        }
        let failure = shown_failure(&world, &arn).await?;
        assert_eq!((failure.code.as_str(), failure.aws), ("popup.no_answer", None));
        assert_eq!(calls(&world), 2);
        try_again(&world, &arn).await?;
        world.finish().await?;
    }

    async fn after_a_restart_nothing_is_left_to_confuse_and_the_next_sign_in_works(browser: Browser) {
        let mut world = World::start(browser).await?;
        let arn = signed_in(&world, Persona::OneRole).await?;
        assert_newest(&world, &world.copy_as(&arn, "json").await?)?;
        world.session.restart().await?;

        world.open_popup("empty").await?;
        assert_eq!(world.session.session_storage().await?, json!({}));
        assert_eq!(world.session.client()?.find_all(fantoccini::Locator::Css("#grant-access")).await?.len(), 0);
        let arn = signed_in(&world, Persona::OneRole).await?;
        let copied = world.copy(&arn).await?;
        assert_newest(&world, &copied)?;
        assert!(copied.trim_start().starts_with('{'), "the format is still the one chosen before the restart");
        world.finish().await?;
    }
}

/// Waits until the popup in the current tab lists this many roles.
async fn wait_for_roles(world: &World, count: usize) -> Result<()> {
    let listed = "return document.querySelectorAll('li.role').length === args[0]";
    world.wait_for(&format!("{count} roles"), listed, json!(count)).await
}

/// Longer than the time after which the core gives a call up.
const LONG: Fault = Fault::Hang(Duration::from_secs(60));
