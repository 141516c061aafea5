//! Signed calls of AWS as people come to them: the CloudTrail tab, and what the background answers to pages that ask for a role. The
//! sandbox checks every signature itself.

use std::path::PathBuf;

use rolecall_browser::{Inspector, Popup, Result, Scheme, Setup, World, eventually, in_both_browsers};
use rolecall_sandbox::{Persona, Role, Shape};
use serde_json::{Value, json};

in_both_browsers! {
    async fn the_last_events_of_a_session_are_a_table(browser: Browser) {
        let world = World::with(browser, allowed()).await?;
        let role = copied(&world, "Admin").await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.show("trail").await?;
        let issued = world.sandbox.issued().pop().unwrap();
        let shown = inspector.text().await?;
        assert!(shown.contains(&issued.assumed_role_arn) && shown.contains(&issued.access_key_id), "{shown}");
        assert!(!shown.contains(&issued.secret_access_key) && !shown.contains(&issued.session_token));
        world.session.click("[data-action=trail-events]").await?;
        inspector.shows("that there are none", "document.querySelector('.trail-answer').textContent.includes('15 minutes')").await?;

        let answer = ask(&inspector, &role, "readRole", "").await?;
        assert_eq!(answer["ok"], true, "{answer}");
        let read = &answer["role"];
        assert_eq!((&read["arn"], &read["name"]), (&json!(role.role_arn), &json!("Admin")));
        assert_eq!((&read["maxSessionDuration"], &read["alias"]), (&json!(3600), &json!("sandbox-admin")));
        assert_eq!(read["aliasRefused"], Value::Null);
        let policy: Value = serde_json::from_str(read["trustPolicy"].as_str().unwrap()).unwrap();
        assert_eq!(policy["Statement"][0]["Action"], "sts:AssumeRoleWithSAML");

        world.session.click("[data-action=trail-events]").await?;
        inspector.shows("the events", "document.querySelectorAll('[data-event]').length === 3").await?;
        let cells = "[...document.querySelectorAll('[data-event]')].map((row) => [...row.cells].slice(1).map((cell) => cell.textContent).join('|'))";
        let rows = inspector.words(cells).await?;
        assert_eq!(rows[0], "iam|ListAccountAliases||");
        assert_eq!(rows[1], format!("iam|GetRole|{}|", role.role_arn));
        assert_eq!(rows[2], "cloudtrail|LookupEvents||");
        looks(&inspector, "events").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_refusal_is_an_answer_that_names_the_permission(browser: Browser) {
        let world = World::with(browser, allowed()).await?;
        let role = copied(&world, "DeveloperLong").await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.show("trail").await?;
        world.session.click("[data-action=trail-events]").await?;
        world.session.wait_for(".trail-answer [data-code='api.access_denied']").await?;
        let said = inspector.word("document.querySelector('.trail-answer').textContent").await?;
        assert!(said.contains("lacks the permission cloudtrail:LookupEvents"), "{said}");
        assert!(said.contains("is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy"), "{said}");
        looks(&inspector, "refused").await?;
        let answer = ask(&inspector, &role, "readRole", "").await?;
        assert_eq!(answer["failure"]["code"], "api.access_denied");
        assert_eq!(answer["failure"]["text"]["args"][0], "iam:GetRole");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn an_alias_that_may_not_be_read_leaves_the_role_that_may(browser: Browser) {
        let world = World::with(browser, allowed()).await?;
        let role = copied(&world, "AdminReadOnly").await?;
        let inspector = Inspector::open(&world.session).await?;
        let answer = ask(&inspector, &role, "readRole", "").await?;
        assert_eq!((&answer["ok"], &answer["role"]["name"]), (&json!(true), &json!("AdminReadOnly")));
        assert_eq!(answer["role"]["alias"], Value::Null);
        assert_eq!(answer["role"]["aliasRefused"]["text"]["args"][0], "iam:ListAccountAliases");
        let elsewhere = ask(&inspector, &role, "readEvents", "cn-north-1").await?;
        assert_eq!(elsewhere["failure"]["code"], "api.region_of_other_partition");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn nothing_is_asked_without_the_persons_permission_or_without_credentials(browser: Browser) {
        let world = World::start(browser).await?;
        let role = copied(&world, "Admin").await?;
        let inspector = Inspector::open(&world.session).await?;
        for (kind, region) in [("readRole", ""), ("readEvents", "us-east-1")] {
            let answer = ask(&inspector, &role, kind, region).await?;
            assert_eq!(answer["failure"]["code"], "host.call_not_allowed", "{answer}");
        }
        let other = Role { role_arn: role.role_arn.replace("Admin", "AdminReadOnly"), ..role };
        let answer = ask(&inspector, &other, "readEvents", "us-east-1").await?;
        assert_eq!(answer["failure"]["code"], "host.no_credentials", "{answer}");
        let is_call = |host: &str| host.starts_with("iam.") || host.starts_with("cloudtrail.");
        assert!(!world.sandbox.requests().all().iter().any(|request| is_call(&request.host)));
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_pasted_response_has_the_texts_and_no_button(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&world.sandbox.saml_response(Persona::GovCloud, Shape::Okta)?).await?;
        inspector.show("trail").await?;
        inspector.shows("the texts", "document.querySelectorAll('[data-text]').length === 11").await?;
        inspector.shows("no button", "document.querySelector('[data-action=trail-events]') === null").await?;
        let regions = inspector.words("[...document.querySelector('#trail-region').options].map((option) => option.value)").await?;
        assert_eq!(regions, ["us-gov-east-1", "us-gov-west-1"]);
        world.session.evaluate(
            "const choice = document.querySelector('#trail-region'); choice.value = 'us-gov-east-1'; choice.dispatchEvent(new Event('change', { bubbles: true }));",
            Vec::new(),
        ).await?;
        inspector.shows("the region in the command", "document.querySelector('[data-text=by_session_name] pre').textContent.includes('--region us-gov-east-1 ')").await?;
        let link = inspector.word("document.querySelector('[data-text=link_by_session_name] a').href").await?;
        assert!(link.starts_with("https://us-gov-east-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-east-1#/events?Username="), "{link}");
        let command = inspector.word("document.querySelector('[data-text=by_sign_in] pre').textContent").await?;
        world.session.click("[data-focus=trail-copy-by_sign_in]").await?;
        inspector.shows("that it was copied", "document.querySelector('#said').textContent !== ''").await?;
        assert_eq!(world.clipboard().await?, command);
        looks(&inspector, "pasted").await?;
        inspector.close().await?;
    }
}

/// The person has allowed the hosts of signed calls.
fn allowed() -> Setup {
    Setup { calls_allowed: true, ..Setup::default() }
}

/// Signs in with four roles and copies the credentials of the one of this name.
async fn copied(world: &World, name: &str) -> Result<Role> {
    world.sign_in(Persona::FourRoles).await?;
    let role = Persona::FourRoles.roles().into_iter().find(|role| role.name() == name).unwrap();
    let popup = Popup::open(&world.session).await?;
    popup.copy(&role.role_arn).await?;
    popup.close().await?;
    Ok(role)
}

/// What the background answers to a page of the extension.
async fn ask(inspector: &Inspector<'_>, role: &Role, kind: &str, region: &str) -> Result<Value> {
    let session = inspector.session();
    let ask = "const api = globalThis.browser ?? chrome;
        const signIn = (await api.storage.session.get('view')).view.signIns[0].id;
        return await api.runtime.sendMessage({ kind: args[0], signIn, role: args[1], provider: args[2], ...(args[3] ? { region: args[3] } : {}) });";
    session
        .evaluate(
            ask,
            vec![kind.into(), role.role_arn.clone().into(), role.provider_arn.clone().into(), region.into()],
        )
        .await
}

/// The screen in both themes: by the rules of axe-core, and as a picture where `ROLECALL_PICTURES` names a folder for it.
async fn looks(inspector: &Inspector<'_>, screen: &str) -> Result<()> {
    let session = inspector.session();
    for scheme in [Scheme::Light, Scheme::Dark] {
        session.set_color_scheme(scheme).await?;
        let still = "return document.getAnimations().every((animation) => animation.playState !== 'running')";
        eventually("colours to rest", async || {
            Ok((session.evaluate(still, Vec::new()).await? == true).then_some(()))
        })
        .await?;
        let violations = session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{screen}, {scheme:?}: {violations:?}");
        if let Some(folder) = std::env::var_os("ROLECALL_PICTURES") {
            let name = format!("trail-{screen}-{scheme:?}-{:?}.png", session.browser()).to_lowercase();
            session.screenshot(&PathBuf::from(folder).join(name)).await?;
        }
    }
    Ok(())
}
