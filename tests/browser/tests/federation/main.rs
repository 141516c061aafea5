//! Every mistake that the sandbox knows, end to end: someone signs in, presses Copy, and the popup shows what AWS said and beside it
//! the explanation that names the cause. One browser sees many, sign-in after
//! sign-in.

#[path = "../../../sandbox/tests/explained/expected.rs"]
#[allow(dead_code, reason = "status and code are between the sandbox and the core; a person sees the words")]
mod expected;

use expected::{MISTAKES, RIGHT, Then};
use rolecall_browser::{
    Browser, Copied, DriveError, Explained, Popup, Result, World, eventually, in_both_browsers,
};
use rolecall_sandbox::Persona;
use serde_json::Value;

in_both_browsers! {
    async fn mistakes_at_the_identity_provider_are_explained_beside_the_words_of_aws(browser: Browser) {
        explained(browser, |group| group == PROVIDER).await?;
    }

    async fn mistakes_at_aws_are_explained_beside_the_words_of_aws(browser: Browser) {
        explained(browser, |group| group != PROVIDER).await?;
    }

    async fn a_sign_in_without_a_mistake_gives_credentials_and_no_warning_until_the_clock_goes_wrong(browser: Browser) {
        let world = World::start(browser).await?;
        for persona in RIGHT {
            let popup = signed_in(&world, persona).await?;
            let outcome = popup.copy(&first_role(&popup).await?).await?;
            assert_eq!(outcome, Copied::Done { reused: false }, "{}", persona.slug());
            assert_eq!(popup.warnings().await?, Vec::<String>::new(), "{}", persona.slug());
            popup.close().await?;
        }
        // Then this computer's clock goes wrong, as AWS sees it.
        world.sandbox.faults().skew_clock(600);
        let popup = signed_in(&world, Persona::OneRole).await?;
        let role = first_role(&popup).await?;
        let outcome = popup.copy_by_menu(&role, "fresh").await?;
        assert!(matches!(&outcome, Copied::Failed { code, .. } if code == "sts.clock_skew"), "{outcome:?}");
        let explained = popup.explained(&role).await?;
        assert_eq!(explained.aws.as_deref(), Some("Token must be redeemed within 5 minutes of issuance"));
        assert_eq!(explained.causes.first().map(String::as_str), Some("aws.clock_skew"));
        popup.close().await?;
        world.finish().await?;
    }
}

/// Walks through the mistakes of the groups that are wanted, in one browser.
async fn explained(browser: Browser, is_wanted: impl Fn(&str) -> bool) -> Result<()> {
    let wanted: Vec<Persona> =
        Persona::groups().filter(|(group, _)| is_wanted(group)).flat_map(|(_, personas)| personas).collect();
    let world = World::start(browser).await?;
    let mut wrong = Vec::new();
    for (persona, then) in MISTAKES.into_iter().filter(|(persona, _)| wanted.contains(persona)) {
        let popup = signed_in(&world, persona).await?;
        if let Err(seen) = comes(&popup, then).await? {
            wrong.push(format!("{}: {then:?}, but {seen}", persona.slug()));
        }
        popup.close().await?;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    world.finish().await
}

/// Signs in and opens the popup once the background has read that sign-in; those before it stay in its list.
async fn signed_in(world: &World, persona: Persona) -> Result<Popup<'_>> {
    let before = newest(world).await?;
    world.sign_in(persona).await?;
    eventually("the new sign-in", async || {
        let now = newest(world).await?;
        Ok((now.is_some() && now != before).then_some(()))
    })
    .await?;
    world.open_popup().await
}

/// The id of the sign-in that the popup shows first.
async fn newest(world: &World) -> Result<Option<String>> {
    let storage = world.session.session_storage().await?;
    Ok(storage.pointer("/view/signIns/0/id").and_then(Value::as_str).map(str::to_owned))
}

async fn first_role(popup: &Popup<'_>) -> Result<String> {
    let first = popup.roles().await?.into_iter().next();
    first.map(|role| role.arn).ok_or_else(|| DriveError::new("the popup lists no role"))
}

/// Whether the popup shows what is to come of this sign-in; what it shows instead if not.
async fn comes(popup: &Popup<'_>, then: Then) -> Result<std::result::Result<(), String>> {
    let roles = popup.roles().await?;
    let notices = popup.notices().await?;
    let is_noticed = |code: &str| notices.iter().any(|notice| notice == code);
    let Some(role) = roles.first() else {
        let is_right = matches!(then, Then::NoRole { because } if is_noticed(because));
        return Ok(if is_right { Ok(()) } else { Err(format!("no role, and {notices:?}")) });
    };
    if popup.is_barred(&role.arn).await? {
        // A refusal that stands beside the role itself has no notice of its own.
        let is_right =
            matches!(then, Then::Barred { because } if is_noticed(because) || because.starts_with("sts."));
        return Ok(if is_right { Ok(()) } else { Err(format!("a role without Copy, and {notices:?}")) });
    }
    let outcome = popup.copy(&role.arn).await?;
    let explained = popup.explained(&role.arn).await?;
    let is_right = match (then, &outcome) {
        (Then::Refused { says, because, .. }, Copied::Failed { .. }) => {
            explained.aws.as_deref().is_some_and(|words| words.starts_with(says))
                && explained.causes.first().is_some_and(|first| first == because)
                && explained.is_seen
        }
        (Then::Held { code, because }, Copied::Failed { code: own, .. }) => {
            own == code && is_noticed(because)
        }
        (Then::Granted { because }, Copied::Done { .. }) => is_noticed(because),
        _ => false,
    };
    let Explained { aws, causes, is_seen } = explained;
    let seen =
        format!("{outcome:?}, AWS says {aws:?}, because of {causes:?} (seen: {is_seen}), and {notices:?}");
    Ok(if is_right { Ok(()) } else { Err(seen) })
}

/// The title of the group of those whose identity provider is set up wrong.
const PROVIDER: &str = "Mistakes at the identity provider";
