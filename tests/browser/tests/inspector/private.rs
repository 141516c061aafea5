//! Private windows: what is signed in there is shown when asked for from there, and forgotten with the last of them.

use rolecall_browser::{Browser, Inspector, Setup, World, eventually, in_both_browsers, run};
use rolecall_sandbox::Persona;

in_both_browsers! {
    async fn a_private_sign_in_is_shown_only_when_a_private_window_asks_and_is_forgotten_with_it(browser: Browser) {
        let world = World::with(browser, Setup { private_allowed: true, ..Setup::default() }).await?;
        let normal = world.session.tab().await?;
        world.sign_in(Persona::OneRole).await?;
        let private = world.session.open_private_window().await?;
        world.sign_in(Persona::FourRoles).await?;

        world.session.switch(&normal).await?;
        let inspector = Inspector::open(&world.session).await?;
        let entries = inspector.entries().await?;
        assert_eq!(entries.len(), 1, "normal windows show nothing of it: {entries:?}");
        assert!(!entries[0].private);
        inspector.close().await?;

        world.session.switch(&private).await?;
        let popup = world.session.open_toolbar_popup().await?;
        let roles = "return document.querySelectorAll('.role').length";
        eventually("the private popup's roles", async || Ok((popup.evaluate(roles, Vec::new()).await? == 4).then_some(()))).await?;
        popup.click("#more").await?;
        popup.click("#menu [data-item=inspect]").await?;
        let inspector = Inspector::opened_by_popup(&world.session, normal.clone()).await?;
        inspector.becomes("consistent").await?;
        inspector.shows("the private sign-in", "document.querySelectorAll('#panel .account .role').length === 4").await?;
        let entries = inspector.entries().await?;
        let shown: Vec<_> = entries.iter().filter(|entry| entry.selected).collect();
        assert!(shown.len() == 1 && shown[0].private, "{entries:?}");
        world.session.wait_for("#head [data-mark=private]").await?;
        // Chromium opens it in a normal window, Firefox in the private one.
        let stays = world.session.evaluate("return !(await (globalThis.browser ?? chrome).windows.getCurrent()).incognito", Vec::new()).await?;
        let page = world.session.tab().await?;
        if stays == false {
            world.session.close_tab(&private).await?;
        } else {
            world.session.switch(&private).await?;
        }
        world.session.close_tab(&normal).await?;
        if stays == true {
            world.session.switch(&page).await?;
            inspector.shows("that it is gone", "document.querySelectorAll('#list .entry').length === 1 && document.querySelector('[data-mark=private]') === null").await?;
            inspector.close().await?;
        }
        let inspector = Inspector::open(&world.session).await?;
        eventually("the private sign-in to be forgotten", async || {
            let held = "return Object.keys(await (globalThis.browser ?? chrome).storage.session.get(null)).join()";
            let held = inspector.evaluate(held).await?;
            Ok((!held.as_str().unwrap_or_default().contains("private")).then_some(()))
        })
        .await?;
        assert!(inspector.entries().await?.iter().all(|entry| !entry.private));
        inspector.close().await?;
        world.finish().await?;
    }
}

/// In Chromium one background serves both kinds of window, and the browser opens no page of it in a private one.
#[test]
fn firefox_lists_in_a_private_window_what_was_signed_in_there() {
    run(async {
        let setup = Setup { private_allowed: true, ..Setup::default() };
        let world = World::with(Browser::Firefox, setup).await?;
        world.session.open_private_window().await?;
        world.sign_in(Persona::FourRoles).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.becomes("consistent").await?;
        assert!(inspector.entries().await?.iter().all(|entry| entry.private));
        inspector.close().await?;
        world.finish().await
    });
}
