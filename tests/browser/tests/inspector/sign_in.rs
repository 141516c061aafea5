//! The way in: from a sign-in, by the popup.

use rolecall_browser::{Inspector, World, eventually, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};

in_both_browsers! {
    async fn the_popup_opens_the_inspector_on_its_sign_in_and_the_address_says_nothing_of_it(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::OneRole).await?;
        world.sign_in(Persona::FourRoles).await?;
        let before = world.session.tab().await?;
        let popup = world.session.open_toolbar_popup().await?;
        let drawn = "return document.querySelector('#app').dataset.state";
        eventually("the popup to draw", async || Ok((popup.evaluate(drawn, Vec::new()).await? == "roles").then_some(()))).await?;
        popup.click("#more").await?;
        popup.click("#menu [data-item=inspect]").await?;
        let inspector = Inspector::opened_by_popup(&world.session, before).await?;

        inspector.becomes("consistent").await?;
        assert!(!inspector.is_green_anywhere().await?, "nobody said whose key it is");
        let entries = inspector.entries().await?;
        assert_eq!(entries.len(), 2);
        assert!(entries[0].selected, "the newest is shown: {entries:?}");
        let roles: Vec<String> = Persona::FourRoles.roles().into_iter().map(|role| role.role_arn).collect();
        assert_eq!(inspector.roles().await?, roles);
        assert_eq!(inspector.fact("Who").await?[0], Persona::FourRoles.name_id());
        let by = inspector.fact("By whom").await?;
        assert!(by.contains(&String::from("Microsoft Entra ID")) && by.contains(&Shape::Entra.issuer().to_owned()), "{by:?}");
        assert_eq!(inspector.fact("For whom").await?[0], Persona::FourRoles.acs(None));
        assert_eq!(inspector.fact("Role session name").await?, [Persona::FourRoles.session_name()]);
        inspector.shows("the timeline", "document.querySelector('#panel .timeline') !== null").await?;
        let url = world.session.url().await?;
        assert!(!url.contains('?') && !url.contains('#'), "{url}");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn what_signs_in_later_joins_the_list_and_what_is_shown_stays(browser: Browser) {
        let world = World::start(browser).await?;
        let here = world.session.tab().await?;
        let inspector = Inspector::open(&world.session).await?;
        assert_eq!(inspector.entries().await?, []);
        let page = world.session.tab().await?;
        world.session.switch(&here).await?;
        world.sign_in(Persona::FourRoles).await?;
        world.session.switch(&page).await?;
        inspector.becomes("consistent").await?;
        world.session.switch(&here).await?;
        world.sign_in(Persona::GovCloud).await?;
        world.session.switch(&page).await?;
        inspector.shows("two sign-ins", "document.querySelectorAll('#list .entry').length === 2").await?;
        let entries = inspector.entries().await?;
        assert_eq!(entries.iter().map(|entry| entry.selected).collect::<Vec<_>>(), [false, true]);
        assert_eq!(inspector.roles().await?.len(), 4);
        world.session.click("#list .entry").await?;
        inspector.shows("the other's roles", "document.querySelectorAll('#panel .account .role').length === 2").await?;
        inspector.close().await?;
        world.finish().await?;
    }
}
