//! The harness does what it says, in both browsers, with the probe extension of `fixtures/probe`.

use std::path::Path;

use rolecall_browser::{
    Browser, DriveError, Key, Launch, Needle, Result, Scheme, Session, eventually, in_both_browsers,
};
use rolecall_sandbox::{Options, Sandbox};
use serde_json::Value;

in_both_browsers! {
    async fn an_extension_page_opens_and_the_background_fetches_from_the_sandbox(browser: Browser) {
        let (sandbox, session) = start(browser, |_| {}).await?;
        session.open_extension_page("page.html").await?;
        assert_eq!(session.title().await?, "Probe");
        session.click("#ask").await?;
        assert!(said(&session, "status ").await?.starts_with("status 4"), "STS knows no action Probe");
        assert_eq!(sandbox.requests().sts("Probe").len(), 1);
    }

    async fn a_click_copies_what_arrives_later_and_paste_reads_it(browser: Browser) {
        let (_sandbox, session) = start(browser, |_| {}).await?;
        session.open_extension_page("page.html").await?;
        session.click("#copy").await?;
        said(&session, "written").await?;
        assert!(session.paste_clipboard().await?.starts_with("copied status "));
        assert_eq!(session.title().await?, "Probe", "the tab is the current one again");
    }

    async fn the_toolbar_popup_opens_clicks_takes_keys_and_closes(browser: Browser) {
        let (_sandbox, session) = start(browser, |_| {}).await?;
        let popup = session.open_toolbar_popup().await?;
        // The page's width and margins; the panel grows to it.
        eventually("the popup's size", async || Ok((popup.size().await?.0 == 300 + 16).then_some(()))).await?;
        popup.click("#copy").await?;
        eventually("the copy", async || Ok((popup.text("#out").await? == "written").then_some(()))).await?;
        popup.press(&[Key::Tab]).await?;
        assert_eq!(popup.evaluate("return document.activeElement.id", Vec::new()).await?, "ask");
        let picture = tempfile::NamedTempFile::new()?;
        popup.screenshot(picture.path()).await?;
        assert!(std::fs::read(picture.path())?.starts_with(b"\x89PNG"));
        popup.close().await?;
        assert!(session.paste_clipboard().await?.starts_with("copied status "));
    }

    async fn a_stopped_background_starts_again_for_a_post_and_keeps_what_it_stored(browser: Browser) {
        let (sandbox, session) = start(browser, |_| {}).await?;
        sign_in(&sandbox, &session).await?;
        posts(&session, 1).await?;
        let first = born(&session).await?;
        session.stop_worker().await?;
        assert!(!session.worker_runs().await?);
        sign_in(&sandbox, &session).await?;
        let posts = posts(&session, 2).await?;
        assert_eq!(posts[1]["fields"].as_array().map(Vec::len), Some(2), "SAMLResponse and RelayState");
        assert_ne!(born(&session).await?, first, "another life");
    }

    async fn a_restart_keeps_the_profile_and_loses_the_session_storage(browser: Browser) {
        let (sandbox, mut session) = start(browser, |_| {}).await?;
        session.goto("https://lab.rolecall.test/blank").await?;
        session.evaluate("localStorage.setItem('kept', 'yes')", Vec::new()).await?;
        sign_in(&sandbox, &session).await?;
        posts(&session, 1).await?;
        session.restart().await?;
        assert_eq!(session.session_storage().await?, serde_json::json!({}));
        session.goto("https://lab.rolecall.test/blank").await?;
        assert_eq!(session.evaluate("return localStorage.getItem('kept')", Vec::new()).await?, "yes");
    }

    async fn a_private_window_is_seen_only_when_the_person_allows_it(browser: Browser) {
        for allowed in [false, true] {
            let (sandbox, session) = start(browser, |launch| launch.private_allowed = allowed).await?;
            let normal = session.tab().await?;
            session.open_private_window().await?;
            sign_in(&sandbox, &session).await?;
            session.close_tab(&normal).await?;
            sign_in(&sandbox, &session).await?;
            let posts = posts(&session, if allowed { 2 } else { 1 }).await?;
            assert_eq!(posts[0]["private"], allowed);
        }
    }

    async fn withheld_hosts_hide_the_post_until_they_are_granted(browser: Browser) {
        let (sandbox, session) = start(browser, |_| {}).await?;
        session.set_host_access(false).await?;
        sign_in(&sandbox, &session).await?;
        session.open_extension_page("page.html").await?;
        session.click("#ask").await?;
        said(&session, "TypeError").await?;
        assert_eq!(session.session_storage().await?, serde_json::json!({}));
        session.set_host_access(true).await?;
        sign_in(&sandbox, &session).await?;
        posts(&session, 1).await?;
    }

    async fn a_page_is_shown_in_the_size_and_colours_that_are_asked_for(browser: Browser) {
        let (_sandbox, session) = start(browser, |_| {}).await?;
        session.open_extension_page("page.html").await?;
        session.resize_page(380, 600).await?;
        let size = session.evaluate("return [innerWidth, innerHeight]", Vec::new()).await?;
        assert_eq!(size, serde_json::json!([380, 600]));
        for (scheme, background) in [(Scheme::Dark, "rgb(17, 17, 17)"), (Scheme::Light, "rgb(255, 255, 255)")] {
            session.set_color_scheme(scheme).await?;
            let shown = "return getComputedStyle(document.body).backgroundColor";
            assert_eq!(session.evaluate(shown, Vec::new()).await?, background);
        }
    }

    async fn axe_finds_what_is_wrong_under_a_strict_content_security_policy(browser: Browser) {
        let (_sandbox, session) = start(browser, |_| {}).await?;
        session.open_extension_page("page.html").await?;
        let violations = session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{violations:?}");
        session.evaluate("document.body.append(document.createElement('button'))", Vec::new()).await?;
        let violations = session.accessibility_violations().await?;
        assert_eq!(violations.iter().map(|v| v.rule.as_str()).collect::<Vec<_>>(), ["button-name"]);
    }

    async fn what_a_page_stores_is_found_on_disk(browser: Browser) {
        let (_sandbox, mut session) = start(browser, |_| {}).await?;
        session.goto("https://lab.rolecall.test/blank").await?;
        let secret = "IQoJb3JpZ2luX2VjEJr7w8Z0Qk1lNHZtN2R3c2JzZ3k5";
        session.evaluate("localStorage.setItem('secret', args[0])", vec![secret.into()]).await?;
        let needles = [Needle::new("stored", secret), Needle::new("absent", "Zk9Jd0hSbWJtVnNaR3hsTG1OdmJR")];
        let hits = session.search_disk(&needles).await?;
        assert!(hits.iter().any(|hit| hit.needle == "stored"), "{hits:?}");
        assert!(hits.iter().all(|hit| hit.needle == "stored"), "{hits:?}");
    }
}

async fn start(browser: Browser, change: impl FnOnce(&mut Launch)) -> Result<(Sandbox, Session)> {
    let sandbox = Sandbox::start(Options::default())?;
    let mut launch = Launch::behind(sandbox.proxy_addr());
    launch.certificate_key = Some(sandbox.leaf_spki_sha256_base64());
    launch.extension = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/probe"));
    change(&mut launch);
    Ok((sandbox, Session::start(browser, launch).await?))
}

async fn sign_in(sandbox: &Sandbox, session: &Session) -> Result<()> {
    session.goto(&format!("{}sign-in/one-role", sandbox.idp_url())).await?;
    eventually("the console", async || match session.url().await? {
        url if url.contains("console.aws") => Ok(Some(())),
        url => Err(DriveError::new(url)),
    })
    .await
}

async fn said(session: &Session, start: &str) -> Result<String> {
    eventually("the probe's answer", async || {
        let text = session.text("#out").await?;
        Ok(text.starts_with(start).then_some(text))
    })
    .await
}

async fn posts(session: &Session, count: usize) -> Result<Vec<Value>> {
    let posts = eventually("the posts", async || {
        let storage = session.session_storage().await?;
        let posts = storage["posts"].as_array().cloned().unwrap_or_default();
        Ok((posts.len() >= count).then_some(posts))
    })
    .await?;
    if posts.len() == count { Ok(posts) } else { Err(DriveError::new(format!("{} posts", posts.len()))) }
}

async fn born(session: &Session) -> Result<Value> {
    session.open_extension_page("page.html").await?;
    session.evaluate("return (globalThis.browser ?? chrome).runtime.sendMessage('born')", Vec::new()).await
}
