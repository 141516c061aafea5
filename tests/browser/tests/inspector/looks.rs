//! Every tab, in light and in dark, by the rules of axe-core.

use rolecall_browser::{Inspector, Result, Scheme, TABS, World, eventually, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};

use crate::materials::{self, AUTHN_REQUEST, fixture, own_metadata};

in_both_browsers! {
    async fn no_tab_has_an_accessibility_violation_in_either_theme(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        hold_to_axe(&inspector, "nothing yet").await?;
        inspector.read(AUTHN_REQUEST).await?;
        hold_to_axe(&inspector, "a request").await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        for tab in TABS {
            inspector.show(tab).await?;
            hold_to_axe(&inspector, tab).await?;
        }
        inspector.close().await?;
    }

    async fn no_rarer_state_has_an_accessibility_violation_in_either_theme(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let explain = "document.querySelector('#error-text').value = args[0]; document.querySelector('[data-focus=explain]').click();";
        world.session.evaluate(explain, vec!["AADSTS50105".into()]).await?;
        world.session.wait_for(".explained").await?;
        hold_to_axe(&inspector, "an explained error").await?;
        inspector.read("no message").await?;
        hold_to_axe(&inspector, "a refusal").await?;
        inspector.read(&fixture("encryption/xmlsec1-aes256-gcm.xml")?).await?;
        hold_to_axe(&inspector, "an encrypted assertion").await?;
        inspector.show("signature").await?;
        hold_to_axe(&inspector, "the box for the key").await?;
        inspector.read(&fixture("signatures/attacks/xsw3.xml")?).await?;
        hold_to_axe(&inspector, "a wrapped message").await?;
        inspector.show("signature").await?;
        world.session.evaluate("document.querySelector('#metadata').value = args[0]", vec![own_metadata(&world, Shape::Entra)?.into()]).await?;
        world.session.click("[data-focus=read-metadata]").await?;
        world.session.wait_for("[data-trust=accept]").await?;
        hold_to_axe(&inspector, "metadata").await?;
        world.session.click("[data-trust=accept]").await?;
        world.session.wait_for("[data-trust=remove]").await?;
        hold_to_axe(&inspector, "a pin").await?;
        world.session.click("#keys").await?;
        world.session.wait_for("#keys-dialog[open]").await?;
        hold_to_axe(&inspector, "the keys").await?;
        inspector.close().await?;
    }
}

pub(crate) async fn hold_to_axe(inspector: &Inspector<'_>, screen: &str) -> Result<()> {
    let session = inspector.session();
    for scheme in [Scheme::Light, Scheme::Dark] {
        session.set_color_scheme(scheme).await?;
        // A colour on its way to another is neither.
        let still = "return document.getAnimations().every((animation) => animation.playState !== 'running')";
        eventually("colours to rest", async || {
            Ok((session.evaluate(still, Vec::new()).await? == true).then_some(()))
        })
        .await?;
        let violations = session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{screen}, {scheme:?}: {violations:?}");
    }
    Ok(())
}
