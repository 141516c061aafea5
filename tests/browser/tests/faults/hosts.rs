//! Host access that the browser, or its user, withholds.

use rolecall_browser::{Result, World, in_both_browsers};
use rolecall_sandbox::Persona;
use serde_json::Value;

use crate::steps::{copied, opened_empty, signed_in, until};

in_both_browsers! {
    async fn without_host_access_the_popup_asks_for_it_and_granted_it_works(browser: Browser) {
        let world = World::start(browser).await?;
        world.session.set_host_access(false).await?;
        world.sign_in(Persona::OneRole).await?;
        opened_empty(&world).await?;
        world.session.wait_for("#empty #grant-access").await?;
        let text = world.session.text("#grant .grant-text").await?;
        assert!(text.contains(' '), "the popup says why: {text}");

        world.session.set_host_access(true).await?;
        grant_is_shown(&world, false).await?;
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;

        world.session.set_host_access(false).await?;
        grant_is_shown(&world, true).await?;
        assert_eq!(popup.roles().await?.len(), 1, "the sign-in from before is still there");
        world.finish().await?;
    }
}

/// Waits until the open popup offers to grant access, or no longer does: it follows the browser without a reload.
async fn grant_is_shown(world: &World, shown: bool) -> Result<()> {
    let is = "return (document.querySelector('#grant-access') !== null) === args[0]";
    until(world, "the popup to follow the permission", is, Value::Bool(shown)).await
}
