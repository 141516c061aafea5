//! What is kept, for how long, and what forgetting forgets.

use std::time::Duration;

use rolecall_browser::{Copied, Result, World, in_both_browsers};
use rolecall_sandbox::{Fault, Persona, Shape};
use serde_json::{Value, json};

use crate::steps::{
    ACS, URL_ENCODED, calls, copied, is_in_state, newest, post, row, shown_failure, signed_in, stored,
    try_again, until,
};

in_both_browsers! {
    async fn credentials_are_used_again_until_fresh_ones_are_asked_for_or_they_are_cleared(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        let first = copied(&world, &popup, &arn).await?;
        assert_eq!(popup.copy(&arn).await?, Copied::Done { reused: true });
        assert_eq!(world.clipboard().await?, first);
        assert_eq!(calls(&world), 1, "the second copy asks no one");

        let fresh = newest(&world, popup.copy_by_menu(&arn, "fresh").await?).await?;
        assert_eq!(calls(&world), 2);
        assert_ne!(fresh, first);

        choose(&world, &format!("{} .options", row(&arn)), "clear").await?;
        until(&world, "the role without a time left", NOT_LIVE, json!(row(&arn))).await?;
        assert_eq!(stored(&world, "credentials:").await?, []);
        copied(&world, &popup, &arn).await?;
        assert_eq!(calls(&world), 3);
        world.finish().await?;
    }

    async fn fresh_credentials_that_failed_are_asked_for_again_by_try_again(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;
        world.sandbox.faults().next(1, Fault::Empty);
        popup.copy_by_menu(&arn, "fresh").await?;
        assert_eq!(shown_failure(&world, &arn).await?.code, "sts.empty_answer");
        try_again(&world, &popup, &arn).await?;
        assert_eq!(calls(&world), 3, "not the credentials from before");
        world.finish().await?;
    }

    async fn clicks_that_come_while_sts_is_asked_make_no_second_call(browser: Browser) {
        let world = World::start(browser).await?;
        let (_popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().add_latency(Duration::from_secs(1));
        let copy = format!("{} .copy", row(&arn));
        world.session.click(&copy).await?;
        world.session.click(&copy).await?;
        // A second popup, as in another window, has its own idea of what is under way.
        let twice = "const api = globalThis.browser ?? chrome;
            const { view } = await api.storage.session.get('view');
            const [{ id, accounts: [{ roles: [role] }] }] = view.signIns;
            const ask = { kind: 'export', signIn: id, role: role.arn, provider: role.provider, format: 'json', fresh: false };
            const answers = await Promise.all([1, 2, 3].map(() => api.runtime.sendMessage(ask)));
            return answers.map((answer) => answer.ok && answer.expiration > 0)";
        assert_eq!(world.session.evaluate(twice, Vec::new()).await?, json!([true, true, true]));
        world.session.wait_for("#status > #clear").await?;
        assert_eq!(calls(&world), 1);
        world.finish().await?;
    }

    async fn a_forgotten_sign_in_takes_its_credentials_with_it(browser: Browser) {
        let world = World::start(browser).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;
        choose(&world, "#more", "forget").await?;
        is_in_state(&world, "empty").await?;
        for prefix in ["signin:", "credentials:", "pending:"] {
            assert_eq!(stored(&world, prefix).await?, [], "{prefix}");
        }
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;
        assert_eq!(calls(&world), 2);
        world.finish().await?;
    }

    async fn credentials_that_arrive_after_their_sign_in_was_forgotten_are_not_kept(browser: Browser) {
        let world = World::start(browser).await?;
        let (_popup, arn) = signed_in(&world, Persona::OneRole).await?;
        world.sandbox.faults().next(1, Fault::Hang(Duration::from_secs(3)));
        let watched = "const api = globalThis.browser ?? chrome;
            const { view } = await api.storage.session.get('view');
            const [{ id, accounts: [{ roles: [role] }] }] = view.signIns;
            const asked = api.runtime.sendMessage({ kind: 'export', signIn: id, role: role.arn, provider: role.provider, format: 'json', fresh: true });
            await api.runtime.sendMessage({ kind: 'forget', signIn: id });
            const answer = await asked;
            return [answer.ok, answer.failure?.code ?? null]";
        let answer = world.session.evaluate(watched, Vec::new()).await?;
        assert_eq!(answer, json!([false, "host.sign_in_gone"]), "{arn}");
        assert_eq!(calls(&world), 1);
        assert_eq!(stored(&world, "credentials:").await?, []);
        world.finish().await?;
    }

    async fn the_ten_newest_of_twelve_sign_ins_are_kept(browser: Browser) {
        let world = World::start(browser).await?;
        for number in 0..12_usize {
            let persona = [Persona::OneRole, Persona::FourRoles, Persona::Scripts][number % 3];
            let response = world.sandbox.saml_response(persona, Shape::ALL[number % 6])?;
            post(&world.session, ACS, URL_ENCODED, &[("SAMLResponse", &response)]).await?;
        }
        world.open_popup().await?.roles().await?;
        let count = "return document.querySelector('#identity .identity-count')?.textContent === '10'";
        until(&world, "ten sign-ins in the popup", count, Value::Null).await?;
        // The last was number 11: `Scripts`, in the shape of Ns0.
        assert_eq!(world.session.text("#identity .identity-text").await?, Persona::Scripts.name_id());
        let kept = stored(&world, "signin:").await?;
        let listed = stored(&world, "view").await?;
        let ids: Vec<String> = listed[0].1["signIns"]
            .as_array().into_iter().flatten()
            .map(|one| format!("signin:{}", one["id"].as_str().unwrap_or_default()))
            .collect();
        assert_eq!((kept.len(), ids.len()), (10, 10));
        assert!(kept.iter().all(|(key, _)| ids.contains(key)), "what is stored is what is shown");
    }
}

/// Opens a menu by its button and chooses an item.
async fn choose(world: &World, button: &str, item: &str) -> Result<()> {
    world.session.click(button).await?;
    let item = format!("#menu [data-item=\"{item}\"]");
    world.session.wait_for(&item).await?;
    world.session.click(&item).await
}

/// Whether the row (a selector) shows no credentials that live.
const NOT_LIVE: &str =
    "return document.querySelector(args[0]).querySelector('[data-mark=\"left\"]') === null";
