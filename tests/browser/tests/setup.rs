//! The setup assistant walked as people walk it: from nothing to every step ticked, with what is off said at its step, by keys alone, and
//! after the browser was closed in between.

use std::fs;

use rolecall_browser::{Browser, Key, Result, Scheme, Session, World, eventually, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};
use serde_json::{Value, json};

const PAGE: &str = "setup/setup.html";

in_both_browsers! {
    async fn someone_gets_from_nothing_to_a_sign_in_with_every_step_ticked(browser: Browser) {
        let world = World::start(browser).await?;
        let session = &world.session;
        session.open_extension_page(PAGE).await?;
        session.wait_for("#page[data-state=ready]").await?;
        assert_eq!(states(session).await?, ["open"; 8]);

        // A step before the plan says what it waits for; the plan says what is missing.
        session.click("[data-focus=next-plan]").await?;
        eventually("the problems", async || {
            Ok((text(session, "#problem-product").await? == "Choose the identity provider.").then_some(()))
        })
        .await?;
        fill(session, Persona::OneRole, "keycloak").await?;
        becomes(session, "plan", "done").await?;
        session.click("[data-focus=next-plan]").await?;
        shows(session, "document.activeElement.dataset.focus === 'open-application'").await?;
        assert_eq!(value_of(session, "application", "Client ID").await?, "urn:amazon:webservices");
        copies(session, "[data-focus=application-field-0]").await?;

        session.click("[data-focus=next-application]").await?;
        shows(session, "document.querySelectorAll('.step[data-step=claims] .claim').length === 4").await?;
        session.click("[data-focus=next-claims]").await?;
        read_metadata(session, &metadata(&world, Shape::Keycloak)).await?;
        becomes(session, "metadata", "done").await?;

        session.click("[data-focus=next-metadata]").await?;
        shows(session, "document.querySelectorAll('.step[data-step=provider] .text').length === 4").await?;
        session.click("[data-focus=tick-provider]").await?;
        becomes(session, "provider", "done").await?;
        session.click("[data-focus=next-provider]").await?;
        session.click("[data-focus=next-role]").await?;
        session.click("[data-focus=next-assignment]").await?;

        // Nothing is guessed: an address that is none is said to be so.
        session.click("[data-focus=start-open]").await?;
        shows(session, "document.querySelector('#start-problem').textContent !== ''").await?;
        let start = format!("{}sign-in/{}", world.sandbox.idp_url(), Persona::OneRole.slug());
        session.click("#start").await?;
        session.type_text(&start).await?;
        let (page, before) = (session.tab().await?, session.tabs().await?.len());
        session.click("[data-focus=start-open]").await?;
        eventually("the tab of the sign-in", async || {
            Ok((session.tabs().await?.len() > before).then_some(()))
        })
        .await?;
        session.switch(&page).await?;
        shows(session, "document.querySelector('.verdict')?.dataset.tone === 'good'").await?;
        let seen = ["done", "done", "done", "done", "done", "open", "done", "done"];
        assert_eq!(states(session).await?, seen, "the provider is ticked by hand, the role is for AWS to say");

        session.click("[data-action=ask]").await?;
        eventually("every step ticked", async || {
            Ok((states(session).await? == ["done"; 8]).then_some(()))
        })
        .await?;
        assert!(text(session, "#progress").await?.contains("8 of 8"));
        assert!(text(session, ".ask-given").await?.contains("Developer"));
        world.finish().await?;
    }

    async fn what_is_off_is_said_at_its_own_step_with_what_was_sent_and_expected(browser: Browser) {
        let world = World::start(browser).await?;
        let session = &world.session;
        session.open_extension_page(PAGE).await?;
        fill(session, Persona::OneRole, "keycloak").await?;
        // The plan is for another role, and the metadata of another provider.
        set(session, "#draft-role", "developer").await?;
        becomes(session, "plan", "done").await?;
        session.click("[data-focus=open-metadata]").await?;
        read_metadata(session, &metadata(&world, Shape::Okta)).await?;
        becomes(session, "metadata", "done").await?;
        let page = session.tab().await?;
        session.open_tab("about:blank").await?;
        world.sign_in(Persona::OneRole).await?;
        session.close_tab(&page).await?;
        becomes(session, "assignment", "off").await?;
        becomes(session, "metadata", "off").await?;
        becomes(session, "application", "done").await?;
        session.click("[data-focus=open-assignment]").await?;
        let trouble = text(session, ".step[data-step=assignment] .trouble[data-code='setup.role_differs']").await?;
        let role = &Persona::OneRole.roles()[0];
        assert!(trouble.contains(&format!("{},{}", role.role_arn, role.provider_arn)), "{trouble}");
        assert!(trouble.contains(&role.role_arn.replace("Developer", "developer")), "{trouble}");
        session.click("[data-focus=open-metadata]").await?;
        let trouble = text(session, ".step[data-step=metadata] .trouble[data-code='setup.issuer_differs']").await?;
        assert!(trouble.contains(Shape::Keycloak.issuer()) && trouble.contains(Shape::Okta.issuer()), "{trouble}");
        session.click("[data-focus=open-sign_in]").await?;
        assert_eq!(words(session, ".verdict-steps li").await?.len(), 2);
        looks(session, "setup-off").await?;

        // Put right, it is no longer said; a sign-in that is older can still be looked at.
        session.click("[data-focus=to-assignment]").await?;
        session.click("[data-focus=open-plan]").await?;
        set(session, "#draft-role", "Developer").await?;
        becomes(session, "assignment", "done").await?;
        let page = session.tab().await?;
        session.open_tab("about:blank").await?;
        world.sign_in(Persona::NoRole).await?;
        session.close_tab(&page).await?;
        becomes(session, "claims", "off").await?;
        session.click("[data-focus=open-sign_in]").await?;
        shows(session, "document.querySelectorAll('.sign-in').length === 2").await?;
        session.click(".sign-in:last-child input").await?;
        becomes(session, "claims", "done").await?;
        world.finish().await?;
    }

    async fn a_closed_browser_forgets_nothing_that_was_typed_and_keeps_nothing_of_the_sign_in(browser: Browser) {
        let mut world = World::start(browser).await?;
        world.session.open_extension_page(PAGE).await?;
        fill(&world.session, Persona::OneRole, "entra").await?;
        world.session.click("[data-focus=open-metadata]").await?;
        // From a file this time, as it is downloaded.
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("metadata.xml");
        fs::write(&file, metadata(&world, Shape::Keycloak))?;
        world.session.evaluate("document.querySelector('#file').hidden = false", Vec::new()).await?;
        world.session.choose_file("#file", &file).await?;
        becomes(&world.session, "metadata", "done").await?;
        world.session.click("[data-focus=open-role]").await?;
        world.session.click("[data-focus=tick-role]").await?;
        let page = world.session.tab().await?;
        world.session.open_tab("about:blank").await?;
        world.sign_in(Persona::OneRole).await?;
        world.session.close_tab(&page).await?;
        becomes(&world.session, "assignment", "done").await?;
        let kept = kept(&world.session).await?;
        let fields: Vec<&str> = kept.as_object().map(|kept| kept.keys().map(String::as_str).collect()).unwrap_or_default();
        assert_eq!(fields, ["done", "draft", "known", "open", "seen", "start"]);
        assert!(!kept.to_string().contains(Persona::OneRole.session_name()), "{kept}");

        world.restart().await?;
        world.session.open_extension_page(PAGE).await?;
        world.session.wait_for("#page[data-state=ready]").await?;
        let seen = ["done", "done", "done", "done", "open", "done", "done", "done"];
        assert_eq!(states(&world.session).await?, seen);
        shows(&world.session, "document.querySelector('.step[data-step=role] .step-body').hidden === false").await?;
        let name = "document.querySelector('#draft-role').value === 'Developer'";
        shows(&world.session, name).await?;
        // Starting over asks once more, and then nothing is left.
        world.session.click("#restart").await?;
        assert_eq!(states(&world.session).await?, seen);
        world.session.click("#restart").await?;
        eventually("an empty plan", async || {
            Ok((states(&world.session).await? == ["open"; 8]).then_some(()))
        })
        .await?;
        assert_eq!(self::kept(&world.session).await?["known"], Value::Null);
        world.finish().await?;
    }

    async fn every_step_can_be_reached_and_filled_in_by_keys_alone(browser: Browser) {
        let world = World::start(browser).await?;
        let session = &world.session;
        session.open_extension_page(PAGE).await?;
        session.wait_for("#page[data-state=ready]").await?;
        tab_to(session, "draft-product").await?;
        session.press(&[Key::Down, Key::Down]).await?;
        for (field, text) in [("account", "111122223333"), ("provider", "Idp"), ("role", "Dev")] {
            tab_to(session, &format!("draft-{field}")).await?;
            session.type_text(text).await?;
        }
        becomes(session, "plan", "done").await?;
        for step in ["plan", "application", "claims", "metadata", "provider", "role", "assignment"] {
            tab_to(session, &format!("next-{step}")).await?;
            session.press(&[Key::Enter]).await?;
        }
        shows(session, "document.activeElement.dataset.focus === 'open-sign_in'").await?;
        session.press(&[Key::Enter]).await?;
        shows(session, "document.querySelector('.step[data-step=sign_in] .step-body').hidden").await?;
        shows(session, "document.activeElement.dataset.focus === 'open-sign_in'").await?;
        world.finish().await?;
    }

    async fn no_step_of_any_provider_has_an_accessibility_violation(browser: Browser) {
        let world = World::start(browser).await?;
        let session = &world.session;
        session.open_extension_page(PAGE).await?;
        session.wait_for("#page[data-state=ready]").await?;
        looks(session, "setup-empty").await?;
        fill(session, Persona::OneRole, "entra").await?;
        for selector in ["[data-focus=fold-session]", "[data-focus=add-tag]", "[data-focus=fold-regions]"] {
            session.click(selector).await?;
        }
        set(session, "[data-focus=tag-key-0]", "CostCenter").await?;
        looks(session, "setup-plan").await?;
        for product in ["entra", "adfs"] {
            set(session, "#draft-product", product).await?;
            for step in ["application", "claims", "provider", "role", "assignment", "sign_in"] {
                session.click(&format!("[data-focus=open-{step}]")).await?;
                looks(session, &format!("setup-{product}-{step}")).await?;
            }
        }
        session.click("[data-focus=open-metadata]").await?;
        looks(session, "setup-metadata").await?;
        read_metadata(session, "<x/>").await?;
        shows(session, "document.querySelector('#metadata-failure .failure') !== null").await?;
        looks(session, "setup-metadata-refused").await?;
        read_metadata(session, &metadata(&world, Shape::Keycloak)).await?;
        becomes(session, "metadata", "done").await?;
        looks(session, "setup-metadata-read").await?;
        world.finish().await?;
    }
}

/// The metadata of this provider of the sandbox, with the key that it signs with.
fn metadata(world: &World, shape: Shape) -> String {
    let pem = world.sandbox.signing_certificate_pem();
    let der: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{}\">\
        <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\">\
        <KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{der}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>\
        <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>\
        <SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp.example/sso\"/>\
        </IDPSSODescriptor></EntityDescriptor>",
        shape.issuer()
    )
}

/// Types the plan for the persona's first role.
async fn fill(session: &Session, persona: Persona, product: &str) -> Result<()> {
    session.wait_for("#page[data-state=ready]").await?;
    let roles = persona.roles();
    let role = &roles[0];
    let provider = role.provider_arn.rsplit('/').next().unwrap_or_default();
    set(session, "#draft-product", product).await?;
    set(session, "#draft-account", role.account()).await?;
    set(session, "#draft-provider", provider).await?;
    set(session, "#draft-role", role.name()).await?;
    set(session, "#draft-duration", "28800").await
}

async fn set(session: &Session, css: &str, value: &str) -> Result<()> {
    let act = "const field = document.querySelector(args[0]);
        field.value = args[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    session.evaluate(act, vec![json!(css), json!(value)]).await.map(|_done| ())
}

async fn read_metadata(session: &Session, text: &str) -> Result<()> {
    session.wait_for("#metadata").await?;
    set(session, "#metadata", text).await?;
    session.click("[data-focus=read-metadata]").await
}

/// How each step stands.
async fn states(session: &Session) -> Result<Vec<String>> {
    let all = "return [...document.querySelectorAll('.step')].map((step) => step.dataset.state)";
    Ok(serde_json::from_value(session.evaluate(all, Vec::new()).await?)?)
}

async fn becomes(session: &Session, step: &str, state: &str) -> Result<()> {
    shows(session, &format!("document.querySelector('.step[data-step={step}]').dataset.state === '{state}'"))
        .await
}

async fn shows(session: &Session, condition: &str) -> Result<()> {
    eventually(condition, async || {
        Ok((session.evaluate(&format!("return ({condition})"), Vec::new()).await? == true).then_some(()))
    })
    .await
}

async fn text(session: &Session, css: &str) -> Result<String> {
    let text =
        session.evaluate("return document.querySelector(args[0])?.innerText ?? ''", vec![json!(css)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

async fn words(session: &Session, css: &str) -> Result<Vec<String>> {
    let all = "return [...document.querySelectorAll(args[0])].map((one) => one.innerText)";
    Ok(serde_json::from_value(session.evaluate(all, vec![json!(css)]).await?)?)
}

/// The value beside the label at a step.
async fn value_of(session: &Session, step: &str, label: &str) -> Result<String> {
    let find = "const rows = [...document.querySelectorAll(`.step[data-step=${args[0]}] .value`)];
        return rows.find((row) => row.querySelector('dt').textContent === args[1])?.querySelector('.code').textContent ?? ''";
    let found = session.evaluate(find, vec![json!(step), json!(label)]).await?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

/// Presses a copy button and compares the clipboard with the value beside it.
async fn copies(session: &Session, css: &str) -> Result<()> {
    let value =
        session.evaluate("return document.querySelector(args[0]).dataset.value", vec![json!(css)]).await?;
    session.click(css).await?;
    shows(session, "document.querySelector('#said').textContent !== ''").await?;
    assert_eq!(json!(session.paste_clipboard().await?), value);
    Ok(())
}

async fn kept(session: &Session) -> Result<Value> {
    let all = "return (await (globalThis.browser ?? chrome).storage.local.get('setup')).setup";
    session.evaluate(all, Vec::new()).await
}

/// Presses Tab until the focus is there.
async fn tab_to(session: &Session, focus: &str) -> Result<()> {
    for _ in 0..90 {
        let here =
            session.evaluate("return document.activeElement?.dataset?.focus ?? ''", Vec::new()).await?;
        if here == focus {
            return Ok(());
        }
        session.press(&[Key::Tab]).await?;
    }
    panic!("Tab does not reach {focus}");
}

/// Holds the page to axe-core in both themes; with `ROLECALL_SCREENS` it is also drawn into that folder.
async fn looks(session: &Session, name: &str) -> Result<()> {
    for scheme in [Scheme::Light, Scheme::Dark] {
        session.set_color_scheme(scheme).await?;
        // Firefox holds a transition of what is folded away at its first moment.
        let still = "document.getAnimations().every((one) => one.playState !== 'running' || !one.effect.target.checkVisibility())";
        shows(session, still).await?;
        if let Some(folder) = std::env::var_os("ROLECALL_SCREENS") {
            let which = if session.browser() == Browser::Chromium { "chromium" } else { "firefox" };
            let file = std::path::Path::new(&folder).join(format!("{name}-{scheme:?}-{which}.png"));
            session.screenshot(&file).await?;
        }
        let violations = session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{name}, {scheme:?}: {violations:?}");
    }
    Ok(())
}
