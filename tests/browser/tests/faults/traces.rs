//! What a sign-in leaves on disk with Rolecall, against what it leaves without.

use std::collections::BTreeSet;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rolecall_browser::{Browser, DriveError, Hit, Launch, Needle, Result, Session, World, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};
use serde_json::json;

use crate::steps::{ACS, URL_ENCODED, assert_newest, first_role, post};

in_both_browsers! {
    async fn the_saml_response_is_on_disk_only_where_the_browser_leaves_it_without_rolecall(browser: Browser) {
        let mut world = World::start(browser).await?;
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Okta)?;
        let mut alone = without_rolecall(&world).await?;
        post(&alone, ACS, URL_ENCODED, &[("SAMLResponse", &response)]).await?;
        let control = places(&mut alone, &of_response(&response)?).await?;

        post(&world.session, ACS, URL_ENCODED, &[("SAMLResponse", &response)]).await?;
        world.open_popup("roles").await?;
        let arn = first_role(&world).await?;
        assert_newest(&world, &world.copy(&arn).await?)?;
        let ours = places(&mut world.session, &of_response(&response)?).await?;

        let more: Vec<_> = ours.difference(&control).collect();
        assert!(more.is_empty(), "only with Rolecall: {more:?}; without it: {control:?}");
        if browser == Browser::Firefox {
            assert_eq!(control, BTreeSet::new(), "Firefox writes no body of a POST");
        }
        world.finish().await?;
    }

    async fn a_pasted_response_leaves_no_trace(browser: Browser) {
        let mut world = World::start(browser).await?;
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Okta)?;
        world.open_popup("empty").await?;
        let paste = "document.querySelector('#paste').value = args[0]";
        world.session.evaluate(paste, vec![json!(response)]).await?;
        world.session.click("#import").await?;
        world.wait_for_state("roles").await?;
        let arn = first_role(&world).await?;
        assert_newest(&world, &world.copy(&arn).await?)?;
        assert_eq!(places(&mut world.session, &of_response(&response)?).await?, BTreeSet::new());
        world.finish().await?;
    }
}

/// The same browser behind the same sandbox, without the extension.
async fn without_rolecall(world: &World) -> Result<Session> {
    let mut launch = Launch::behind(world.sandbox.proxy_addr());
    launch.certificate_key = Some(world.sandbox.leaf_spki_sha256_base64());
    Session::start(world.session.browser(), launch).await
}

/// The response as it was posted, and out of its XML what no other document holds: the signatures and the ids.
fn of_response(response: &str) -> Result<Vec<Needle>> {
    let xml = STANDARD.decode(response).map_err(|error| DriveError::new(error.to_string()))?;
    let xml = String::from_utf8_lossy(&xml);
    let parts = [("SignatureValue>", '<'), (" ID=\"", '"')];
    let found = parts.iter().flat_map(|(start, end)| {
        let after = xml.split(*start).skip(1).filter_map(|rest| rest.split(*end).next());
        after.filter(|part| part.len() > 20).map(move |part| Needle::new(format!("after {start}"), part))
    });
    let needles: Vec<Needle> = found.chain([Needle::new("SAML response", response)]).collect();
    if needles.len() < 4 {
        Err(DriveError::new("the response has no ids or signatures"))
    } else {
        Ok(needles)
    }
}

/// Closes the browser and gives the places where one of the needles is.
async fn places(session: &mut Session, needles: &[Needle]) -> Result<BTreeSet<PathBuf>> {
    Ok(session.search_disk(needles).await?.iter().map(Hit::place).collect())
}
