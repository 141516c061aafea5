//! The main job, with the files that ship: sign in, see the roles, copy credentials, use them.

use rolecall_browser::{Copied, Setup, World, in_both_browsers, own_places};
use rolecall_sandbox::Persona;

in_both_browsers! {
    async fn the_popup_lists_exactly_the_personas_roles(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        let listed: Vec<String> = popup.roles().await?.into_iter().map(|role| role.arn).collect();
        assert_eq!(sorted(listed), granted(Persona::FourRoles));
        assert_eq!(popup.identity().await?, Persona::FourRoles.name_id());
        popup.close().await?;
        world.finish().await?;
    }

    async fn copied_credentials_are_who_they_should_be_when_a_shell_uses_them(browser: Browser) {
        let world = World::with(browser, Setup { moto: true, ..Setup::default() }).await?;
        world.sign_in(Persona::OneRole).await?;
        let popup = world.open_popup().await?;
        let role = popup.roles().await?.remove(0);
        assert_eq!(popup.copy_by_menu(&role.arn, "format:env").await?, Copied::Done { reused: false });
        popup.close().await?;
        let caller = world.caller_identity(&world.clipboard().await?)?;
        let expected = format!("arn:aws:sts::{}:assumed-role/{}/", role.account, role.name);
        assert!(caller.starts_with(&expected), "{caller}");
        world.finish().await?;
    }

    async fn a_role_picked_on_the_role_page_of_aws_is_marked_in_the_same_sign_in(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let picked = Persona::FourRoles.roles()[1].role_arn.clone();
        world.pick_role(&picked).await?;
        let popup = world.open_popup().await?;
        assert_eq!(popup.roles().await?.len(), 4);
        let chosen = "return [...document.querySelectorAll('.role')].filter((r) => r.querySelector('[data-mark=chosen]')).map((r) => r.dataset.roleArn)";
        assert_eq!(world.session.evaluate(chosen, Vec::new()).await?, serde_json::json!([picked]));
        assert_eq!(world.session.session_storage().await?["view"]["signIns"].as_array().map(Vec::len), Some(1));
        popup.close().await?;
        world.finish().await?;
    }

    async fn without_the_extension_the_browser_keeps_the_response_only_where_the_search_expects_it(browser: Browser) {
        let mut world = World::with(browser, Setup { without_extension: true, ..Setup::default() }).await?;
        world.sign_in(Persona::FourRoles).await?;
        let posted = world.session.evaluate("return document.forms[0].elements.SAMLResponse.value", Vec::new()).await?;
        world.look_for_response(posted.as_str().unwrap_or_default());
        world.pick_role(&Persona::FourRoles.roles()[1].role_arn).await?;
        let hits = world.search_disk().await?;
        let own = own_places(browser);
        assert!(hits.iter().all(|hit| own.iter().any(|place| hit.file.starts_with(place))), "{hits:?}");
        assert!(!hits.is_empty(), "what is excused is also found");
    }
}

fn granted(persona: Persona) -> Vec<String> {
    sorted(persona.roles().into_iter().map(|role| role.role_arn).collect())
}

fn sorted(mut arns: Vec<String>) -> Vec<String> {
    arns.sort();
    arns
}
