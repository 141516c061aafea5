//! The Signature tab's trust: only a key that somebody vouched for makes a message genuine.

use rolecall_browser::{Inspector, Result, World, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};
use serde_json::{Value, json};

use crate::materials::{AUTHN_REQUEST, other_metadata, own_metadata};

in_both_browsers! {
    async fn a_pinned_key_makes_its_messages_genuine_until_it_is_dropped(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.becomes("consistent").await?;
        assert!(!inspector.is_green_anywhere().await?);
        inspector.show("signature").await?;
        world.session.click("[data-action=pin]").await?;
        world.session.wait_for("#pin-dialog[open]").await?;
        assert!(inspector.word("document.querySelector('#pin-dialog').innerText").await?.contains(Shape::Entra.issuer()));
        inspector.becomes("consistent").await?;
        world.session.click("#pin-confirm").await?;
        inspector.becomes("genuine").await?;
        assert!(inspector.is_green_anywhere().await?);
        inspector.shows("the pin", "document.querySelectorAll('#pinned .pin-certificate').length === 1").await?;

        inspector.reload().await?;
        inspector.becomes("genuine").await?;
        let kept = "return await (globalThis.browser ?? chrome).storage.local.get(null)";
        let kept = world.session.evaluate(kept, Vec::new()).await?;
        assert_eq!(kept["pins"][0]["issuer"], Shape::Entra.issuer());
        assert_eq!(kept["pins"][0]["certificates"].as_array().map(Vec::len), Some(1));

        inspector.show("xml").await?;
        inspector.shows("the trusted lines", "document.querySelector('.line[data-mark=genuine]') !== null").await?;
        inspector.show("signature").await?;
        world.session.wait_for("[data-trust=remove]").await?;
        world.session.click("[data-trust=remove]").await?;
        inspector.becomes("consistent").await?;
        assert!(!inspector.is_green_anywhere().await?);
        inspector.close().await?;
        world.finish().await?;
    }

    async fn imported_metadata_makes_messages_genuine_and_another_key_is_a_finding(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.becomes("consistent").await?;
        inspector.show("signature").await?;
        import(&inspector, &other_metadata(Shape::Entra)?).await?;
        inspector.shows("the key change", "document.querySelector(\"#panel .signature .notice[data-code='signature.key_not_pinned']\") !== null").await?;
        assert_ne!(inspector.verdict().await?, "genuine");
        assert!(!inspector.is_green_anywhere().await?);
        inspector.show("findings").await?;
        assert!(inspector.codes().await?.contains(&String::from("signature.key_not_pinned")), "{:?}", inspector.codes().await?);

        inspector.show("signature").await?;
        import(&inspector, &own_metadata(&world, Shape::Entra)?).await?;
        inspector.becomes("genuine").await?;
        inspector.shows("both keys", "document.querySelectorAll('#pinned .pin-certificate').length === 2").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn metadata_pasted_into_the_box_of_messages_goes_where_it_belongs(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let text = own_metadata(&world, Shape::Entra)?;
        world.session.evaluate("document.querySelector('#paste').value = args[0]", vec![json!(text)]).await?;
        world.session.click("#read").await?;
        world.session.wait_for("[data-trust=accept]").await?;
        world.session.click("[data-trust=accept]").await?;
        inspector.shows("the pin", "document.querySelectorAll('#pinned .pin-certificate').length === 1").await?;
        world.session.goto("about:blank").await?;
        world.sign_in(Persona::FourRoles).await?;
        inspector.reload().await?;
        inspector.becomes("genuine").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_key_pinned_for_one_issuer_does_not_speak_for_another(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        import(&inspector, &own_metadata(&world, Shape::Entra)?).await?;
        // The sandbox signs for every provider with one key.
        for (persona, verdict) in [(Persona::FourRoles, "genuine"), (Persona::TwoHundred, "consistent")] {
            inspector.read(&crate::materials::xml(&world, persona)?).await?;
            inspector.becomes(verdict).await?;
        }
        inspector.close().await?;
        world.finish().await?;
    }

    async fn what_is_no_metadata_is_refused_and_stays_in_the_box(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        for (text, code) in [
            (AUTHN_REQUEST, "signature.not_metadata"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "signature.certificate_not_x509"),
            ("", "host.metadata_empty"),
        ] {
            offer(&inspector, text).await?;
            let refused = format!("document.querySelector('#metadata-failure .failure')?.dataset.code === '{code}'");
            inspector.shows(code, &refused).await?;
            assert_eq!(inspector.word("document.querySelector('#metadata').value").await?, text);
        }
        inspector.close().await?;
    }
}

/// Pastes metadata at the trust desk, reads it, and trusts what it holds.
async fn import(inspector: &Inspector<'_>, text: &str) -> Result<()> {
    offer(inspector, text).await?;
    inspector.session().wait_for("[data-trust=accept]").await?;
    inspector.session().click("[data-trust=accept]").await
}

async fn offer(inspector: &Inspector<'_>, text: &str) -> Result<()> {
    let session = inspector.session();
    let paste = "document.querySelector('#metadata').value = args[0]";
    session.evaluate(paste, vec![Value::from(text)]).await?;
    session.click("[data-focus=read-metadata]").await
}
