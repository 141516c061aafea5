//! A response that was pasted, not posted: no tab holds it, so not even the browser has a reason to write it down.

use rolecall_browser::{World, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};
use serde_json::json;

use crate::steps::{copied, first_role, is_in_state, opened_empty};

in_both_browsers! {
    async fn a_pasted_response_is_nowhere_on_disk(browser: Browser) {
        let mut world = World::start(browser).await?;
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Okta)?;
        let popup = opened_empty(&world).await?;
        let paste = "document.querySelector('#paste').value = args[0]";
        world.session.evaluate(paste, vec![json!(response)]).await?;
        world.session.click("#import").await?;
        is_in_state(&world, "roles").await?;
        copied(&world, &popup, &first_role(&popup).await?).await?;
        world.look_for_response(&response);
        assert_eq!(world.search_disk().await?, []);
    }
}
