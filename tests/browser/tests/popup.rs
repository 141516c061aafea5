//! The popup as people use it: several sign-ins, every kind of person, the keyboard, private windows, both themes.

use rolecall_browser::{
    Browser, Copied, Key, Popup, Result, Scheme, Setup, World, eventually, in_both_browsers, run,
};
use rolecall_sandbox::Persona;
use serde_json::{Value, json};

in_both_browsers! {
    async fn two_sign_ins_in_two_tabs_stay_two_and_each_goes_to_its_own_partition(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        world.session.open_tab("about:blank").await?;
        world.sign_in(Persona::GovCloud).await?;
        let popup = world.open_popup().await?;
        assert_eq!(arns(&popup).await?, granted(Persona::GovCloud), "the newest is shown");
        assert_eq!(popup.copy(&granted(Persona::GovCloud)[0]).await?, Copied::Done { reused: false });
        world.session.click("#identity").await?;
        world.session.wait_for("#menu [data-item]").await?;
        world.session.click("#menu [data-item]:last-of-type").await?;
        eventually("the other sign-in", async || Ok((arns(&popup).await?.len() == 4).then_some(()))).await?;
        assert_eq!(arns(&popup).await?, granted(Persona::FourRoles));
        assert_eq!(popup.copy(&granted(Persona::FourRoles)[0]).await?, Copied::Done { reused: false });
        assert_eq!(sts_hosts(&world), ["sts.us-gov-west-1.amazonaws.com", "sts.us-east-1.amazonaws.com"]);
        popup.close().await?;
        world.finish().await?;
    }

    async fn every_person_sees_their_roles_or_the_reason_why_not(browser: Browser) {
        let world = World::start(browser).await?;
        for (persona, notice) in [
            (Persona::OneRole, None),
            (Persona::China, None),
            (Persona::Scripts, None),
            (Persona::Regional, None),
            (Persona::NoRole, Some("aws.no_role")),
            (Persona::Misnamed, Some("aws.near_miss")),
            (Persona::Encrypted, Some("aws.roles_encrypted")),
            (Persona::Expired, None),
        ] {
            world.sign_in(persona).await?;
            let popup = world.open_popup().await?;
            eventually(persona.slug(), async || Ok((popup.identity().await? == shown_name(persona)).then_some(()))).await?;
            match notice {
                Some(code) => {
                    assert_eq!(popup.state().await?, "no-roles", "{}", persona.slug());
                    assert!(popup.notices().await?.contains(&code.to_owned()), "{}: {:?}", persona.slug(), popup.notices().await?);
                }
                None => assert_eq!(arns(&popup).await?, granted(persona), "{}", persona.slug()),
            }
            let expired = world.session.evaluate("return document.querySelector('#app').dataset.expired", Vec::new()).await?;
            assert_eq!(expired == "true", persona == Persona::Expired, "{}", persona.slug());
            popup.close().await?;
        }
    }

    async fn credentials_come_from_the_region_of_the_sign_in_page_or_of_the_partition(browser: Browser) {
        let world = World::start(browser).await?;
        for persona in [Persona::Regional, Persona::China, Persona::Scripts] {
            world.sign_in(persona).await?;
            let popup = world.open_popup().await?;
            let role = popup.roles().await?.remove(0);
            assert_eq!(popup.copy(&role.arn).await?, Copied::Done { reused: false }, "{}", persona.slug());
            popup.close().await?;
        }
        assert_eq!(
            sts_hosts(&world),
            ["sts.eu-west-1.amazonaws.com", "sts.cn-north-1.amazonaws.com.cn", "sts.us-east-1.amazonaws.com"]
        );
        world.finish().await?;
    }

    async fn two_hundred_roles_are_found_and_copied_by_keyboard_alone(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::TwoHundred).await?;
        let popup = world.open_popup().await?;
        assert_eq!(popup.roles().await?.len(), 200);
        let focused = "return document.activeElement.id";
        assert_eq!(world.session.evaluate(focused, Vec::new()).await?, "filter", "the filter has focus at once");

        let wanted = popup.roles().await?.remove(123);
        world.session.type_text(&format!("{} {}", wanted.account, wanted.name)).await?;
        let left = popup.roles().await?;
        assert!(left.contains(&wanted) && left.len() < 10, "{left:?}");
        while left[0] != wanted && current(&world).await? != wanted.arn {
            world.session.press(&[Key::Down]).await?;
        }
        let copied = popup.await_copy(&wanted.arn, async || world.session.press(&[Key::Enter]).await).await?;
        assert_eq!(copied, Copied::Done { reused: false });

        // The menu, by keyboard: another format of the same credentials.
        world.session.chord(Key::Shift, Key::Enter).await?;
        world.session.wait_for("#menu [data-item='format:fish']").await?;
        let at_fish = "return document.activeElement.dataset.item === 'format:fish'";
        while world.session.evaluate(at_fish, Vec::new()).await? != true {
            world.session.press(&[Key::Down]).await?;
        }
        let copied = popup.await_copy(&wanted.arn, async || world.session.press(&[Key::Enter]).await).await?;
        assert_eq!(copied, Copied::Done { reused: true });

        world.session.press(&[Key::Escape]).await?;
        eventually("the filter to be empty", async || Ok((popup.roles().await?.len() == 200).then_some(()))).await?;
        world.session.press(&[Key::Char('?')]).await?;
        world.session.wait_for("#keys-dialog[open]").await?;
        world.session.press(&[Key::Escape]).await?;
        popup.close().await?;
        assert!(world.clipboard().await?.starts_with("set -gx AWS_ACCESS_KEY_ID "));
        world.finish().await?;
    }

    async fn each_format_is_copied_as_what_it_is_and_remembered(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        let role = popup.roles().await?.remove(0);
        for (format, start) in [
            ("env-no-export", "AWS_ACCESS_KEY_ID=ASIA"),
            ("powershell", "$Env:AWS_ACCESS_KEY_ID='ASIA"),
            ("windows-cmd", "set \"AWS_ACCESS_KEY_ID=ASIA"),
            ("fish", "set -gx AWS_ACCESS_KEY_ID "),
            ("process", "{"),
            ("json", "{"),
            ("env", "export AWS_ACCESS_KEY_ID=ASIA"),
            ("profile", "[111122223333-Admin]"),
        ] {
            assert!(matches!(popup.copy_by_menu(&role.arn, &format!("format:{format}")).await?, Copied::Done { .. }));
            let copied = world.clipboard().await?;
            assert!(copied.starts_with(start), "{format}: {}", copied.chars().take(12).collect::<String>());
        }
        assert_eq!(world.sandbox.requests().sts("AssumeRoleWithSAML").len(), 1, "one call serves every format");
        popup.close().await?;
        let popup = world.open_popup().await?;
        assert_eq!(popup.copy(&role.arn).await?, Copied::Done { reused: true });
        assert!(world.clipboard().await?.starts_with("[111122223333-Admin]"), "the last format is remembered");
        popup.close().await?;
        world.finish().await?;
    }

    async fn the_toolbar_popup_copies_and_the_badge_counts_roles(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        eventually("the badge", async || Ok((badge(&world).await? == "4").then_some(()))).await?;
        let popup = world.session.open_toolbar_popup().await?;
        let state = "return document.querySelector('#app').dataset.state";
        eventually("the popup to draw", async || Ok((popup.evaluate(state, Vec::new()).await? == "roles").then_some(()))).await?;
        let (width, height) = popup.size().await?;
        assert!(width == 380 && height <= 600, "{width} by {height}");
        popup.click(".role .copy").await?;
        let kind = "return document.querySelector('#status')?.dataset.kind ?? null";
        eventually("the copy", async || Ok((popup.evaluate(kind, Vec::new()).await? == "copied").then_some(()))).await?;
        popup.close().await?;
        assert!(world.clipboard().await?.contains("AWS_ACCESS_KEY_ID=ASIA"));
        world.sign_in(Persona::NoRole).await?;
        eventually("the badge of a sign-in without roles", async || Ok((badge(&world).await? == "!").then_some(()))).await?;
        world.finish().await?;
    }

    async fn private_windows_are_kept_apart_and_forgotten_when_they_close(browser: Browser) {
        let world = World::with(browser, Setup { private_allowed: true, ..Setup::default() }).await?;
        let normal = world.session.tab().await?;
        world.session.open_private_window().await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.session.open_toolbar_popup().await?;
        let roles = "return document.querySelectorAll('.role').length";
        eventually("the private popup's roles", async || Ok((popup.evaluate(roles, Vec::new()).await? == 4).then_some(()))).await?;
        assert_eq!(popup.evaluate("return document.querySelector('[data-mark=private]') !== null", Vec::new()).await?, true);
        popup.click(".role .copy").await?;
        let kind = "return document.querySelector('#status')?.dataset.kind ?? null";
        eventually("the copy", async || Ok((popup.evaluate(kind, Vec::new()).await? == "copied").then_some(()))).await?;
        popup.close().await?;

        let private = world.session.tab().await?;
        world.session.switch(&normal).await?;
        assert_eq!(badge(&world).await?, "", "normal windows show nothing of it");
        let popup = world.open_popup().await?;
        assert_eq!(popup.state().await?, "empty");
        popup.close().await?;
        world.session.switch(&private).await?;
        world.session.close_tab(&normal).await?;
        eventually("the private sign-in to be forgotten", async || {
            let stored = world.session.session_storage().await?;
            let left = stored.as_object().is_some_and(|all| all.keys().any(|key| key.contains("private") || key.starts_with("credentials")));
            Ok((!left).then_some(()))
        })
        .await?;
        world.finish().await?;
    }

    async fn a_pasted_response_becomes_a_sign_in(browser: Browser) {
        let world = World::start(browser).await?;
        let popup = world.open_popup().await?;
        assert_eq!(popup.state().await?, "empty");
        let paste = "document.querySelector('#paste').value = args[0]";
        world.session.evaluate(paste, vec![json!("This is no response.")]).await?;
        world.session.click("#import").await?;
        world.session.wait_for("#paste-failure").await?;
        let response = world.sandbox.saml_response(Persona::FourRoles, Persona::FourRoles.shape())?;
        world.session.evaluate(paste, vec![json!(format!("SAMLResponse={}", response.replace('+', "%2B")))]).await?;
        world.session.click("#import").await?;
        eventually("the roles", async || Ok((popup.state().await? == "roles").then_some(()))).await?;
        let role = popup.roles().await?.remove(0);
        assert_eq!(popup.copy(&role.arn).await?, Copied::Done { reused: false });
        popup.close().await?;
        world.finish().await?;
    }

    async fn no_screen_has_an_accessibility_violation_in_either_theme(browser: Browser) {
        let world = World::start(browser).await?;
        let popup = world.open_popup().await?;
        hold_to_axe(&world, "empty").await?;
        popup.close().await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        let role = popup.roles().await?.remove(0);
        popup.copy(&role.arn).await?;
        hold_to_axe(&world, "copied").await?;
        world.session.click(".role .options").await?;
        world.session.wait_for("#menu [data-item='fresh']").await?;
        hold_to_axe(&world, "menu").await?;
        popup.close().await?;
        world.sign_in(Persona::NoRole).await?;
        let popup = world.open_popup().await?;
        hold_to_axe(&world, "no roles").await?;
        popup.close().await?;
        world.session.open_extension_page("options/options.html").await?;
        world.session.wait_for("#page[data-state=ready]").await?;
        hold_to_axe(&world, "options").await?;
    }
}

#[test]
fn firefox_says_which_container_a_sign_in_came_from() {
    run(async {
        let world = World::start(Browser::Firefox).await?;
        world.session.open_container_tab(2).await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        assert_eq!(arns(&popup).await?, granted(Persona::FourRoles));
        world.session.wait_for("[data-mark=container]").await?;
        let view = world.session.session_storage().await?;
        assert_eq!(view["view"]["signIns"][0]["container"], "2");
        popup.close().await?;
        Ok(())
    });
}

async fn hold_to_axe(world: &World, screen: &str) -> Result<()> {
    for scheme in [Scheme::Light, Scheme::Dark] {
        world.session.set_color_scheme(scheme).await?;
        // A colour on its way to another is neither.
        let still = "return document.getAnimations().every((animation) => animation.playState !== 'running')";
        eventually("colours to rest", async || {
            Ok((world.session.evaluate(still, Vec::new()).await? == true).then_some(()))
        })
        .await?;
        let violations = world.session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{screen}, {scheme:?}: {violations:?}");
    }
    Ok(())
}

async fn arns(popup: &Popup<'_>) -> Result<Vec<String>> {
    let mut arns: Vec<String> = popup.roles().await?.into_iter().map(|role| role.arn).collect();
    arns.sort();
    Ok(arns)
}

fn granted(persona: Persona) -> Vec<String> {
    let mut arns: Vec<String> = persona.roles().into_iter().map(|role| role.role_arn).collect();
    arns.sort();
    arns
}

/// What the identity line says: the name, unless it cannot be read.
fn shown_name(persona: Persona) -> String {
    match persona {
        Persona::Encrypted => String::from("Unnamed user"),
        _ => persona.name_id().to_owned(),
    }
}

/// The role that Enter would copy.
async fn current(world: &World) -> Result<String> {
    let current = "return document.querySelector('.role[data-current=true]')?.dataset.roleArn ?? ''";
    Ok(world.session.evaluate(current, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
}

async fn badge(world: &World) -> Result<Value> {
    let here = world.session.tab().await?;
    world.session.open_extension_page("manifest.json").await?;
    let badge = world
        .session
        .evaluate("return (globalThis.browser ?? chrome).action.getBadgeText({})", Vec::new())
        .await;
    world.session.close_tab(&here).await?;
    badge
}

fn sts_hosts(world: &World) -> Vec<String> {
    world.sandbox.requests().sts("AssumeRoleWithSAML").into_iter().map(|call| call.host).collect()
}
