//! Steps that several scenarios share.

use rolecall_browser::{Copied, DriveError, Popup, Result, Session, Tab, World, eventually};
use rolecall_sandbox::Persona;
use serde_json::{Value, json};

/// What the row of a role says after its copy failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShownFailure {
    /// The stable code.
    pub(crate) code: String,
    /// What happened.
    pub(crate) text: String,
    /// What to do.
    pub(crate) hint: String,
    /// AWS's own words, which stand in a quotation.
    pub(crate) aws: Option<String>,
}

/// Signs in and opens the popup, whose tab becomes the current one; gives the first role it lists too.
pub(crate) async fn signed_in(world: &World, persona: Persona) -> Result<(Popup<'_>, String)> {
    world.sign_in(persona).await?;
    opened(world).await
}

/// Opens the popup on the newest sign-in, which has roles; gives the first of them too.
pub(crate) async fn opened(world: &World) -> Result<(Popup<'_>, String)> {
    let popup = world.open_popup().await?;
    let arn = first_role(&popup).await?;
    Ok((popup, arn))
}

/// The first role that the popup lists.
pub(crate) async fn first_role(popup: &Popup<'_>) -> Result<String> {
    let first = popup.roles().await?.into_iter().next();
    first.map(|role| role.arn).ok_or_else(|| DriveError::new("the popup lists no role"))
}

/// Opens the popup and waits until it shows that there is no sign-in.
pub(crate) async fn opened_empty(world: &World) -> Result<Popup<'_>> {
    let popup = world.open_popup().await?;
    is_in_state(world, "empty").await?;
    Ok(popup)
}

/// Waits until the popup in the current tab shows `empty`, `no-roles` or `roles`.
pub(crate) async fn is_in_state(world: &World, state: &str) -> Result<()> {
    let shows = "return document.querySelector('#app')?.dataset.state === args[0]";
    until(world, &format!("the popup to show {state}"), shows, json!(state)).await
}

/// Waits until `script`, run in the current tab with `argument`, gives true.
pub(crate) async fn until(world: &World, what: &str, script: &str, argument: Value) -> Result<()> {
    eventually(what, async || {
        let met = world.session.evaluate(script, vec![argument.clone()]).await?;
        Ok((met == Value::Bool(true)).then_some(()))
    })
    .await
}

/// Copies the role with new credentials; fails unless they are what STS gave out last. Gives the text.
pub(crate) async fn copied(world: &World, popup: &Popup<'_>, arn: &str) -> Result<String> {
    newest(world, popup.copy(arn).await?).await
}

/// Clicks the failure's Try again; the same.
pub(crate) async fn try_again(world: &World, popup: &Popup<'_>, arn: &str) -> Result<()> {
    let retry = format!("{} .failure [data-action=\"retry\"]", row(arn));
    let outcome = popup.await_copy(arn, async || world.session.click(&retry).await).await?;
    newest(world, outcome).await?;
    let left = world.session.evaluate(GONE, vec![json!(format!("{} .failure", row(arn)))]).await?;
    if left == true { Ok(()) } else { Err(DriveError::new("the failure is still shown")) }
}

/// What the clipboard holds after `outcome`; fails unless it is what STS gave out last.
pub(crate) async fn newest(world: &World, outcome: Copied) -> Result<String> {
    if outcome != (Copied::Done { reused: false }) {
        return Err(DriveError::new(format!("the copy gave {outcome:?}")));
    }
    let copied = world.clipboard().await?;
    let issued = world.sandbox.issued();
    let is_newest = issued.last().is_some_and(|newest| {
        copied.contains(&newest.secret_access_key) && copied.contains(&newest.session_token)
    });
    if is_newest {
        Ok(copied)
    } else {
        Err(DriveError::new("the clipboard does not hold the newest credentials"))
    }
}

/// How often STS was asked for credentials.
pub(crate) fn calls(world: &World) -> usize {
    world.sandbox.requests().sts("AssumeRoleWithSAML").len()
}

/// Waits until STS was asked `count` times.
pub(crate) async fn wait_for_calls(world: &World, count: usize) -> Result<()> {
    eventually(&format!("call {count} to STS"), async || Ok((calls(world) >= count).then_some(()))).await
}

/// The failure in the role's row, once it shows one.
pub(crate) async fn shown_failure(world: &World, arn: &str) -> Result<ShownFailure> {
    let css = format!("{} .failure", row(arn));
    world.session.wait_for(&css).await?;
    let shown = "const failure = document.querySelector(args[0]);
        const text = (css) => failure.querySelector(css)?.textContent ?? null;
        return [failure.dataset.code, text('.failure-text'), text('.failure-hint'), text('blockquote')]";
    let shown = world.session.evaluate(shown, vec![json!(css)]).await?;
    let text = |at: usize| shown[at].as_str().unwrap_or_default().to_owned();
    let aws = shown[3].as_str().map(str::to_owned);
    Ok(ShownFailure { code: text(0), text: text(1), hint: text(2), aws })
}

/// Opens the sandbox's empty page in a tab of its own, from which [`post`] posts.
pub(crate) async fn open_lab(world: &World) -> Result<Tab> {
    world.session.open_tab(LAB).await
}

/// Posts a form from the sandbox's empty page, in the current tab, as an identity provider's page does.
pub(crate) async fn post(
    session: &Session,
    action: &str,
    enctype: &str,
    fields: &[(&str, &str)],
) -> Result<()> {
    session.goto(LAB).await?;
    let form = "const form = Object.assign(document.createElement('form'), { method: 'post', action: args[0], enctype: args[1] });
        for (const [name, value] of args[2]) {
            form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
        }
        form.append(Object.assign(document.createElement('button'), { textContent: 'Post', id: 'post' }));
        document.body.append(form)";
    session.evaluate(form, vec![json!(action), json!(enctype), json!(fields)]).await?;
    session.click("#post").await?;
    eventually("the answer to the post", async || Ok((session.url().await? != LAB).then_some(()))).await
}

/// The keys of `storage.session` that start with `prefix`, and their values.
pub(crate) async fn stored(world: &World, prefix: &str) -> Result<Vec<(String, Value)>> {
    let all = world.session.session_storage().await?;
    let all = all.as_object().cloned().unwrap_or_default();
    Ok(all.into_iter().filter(|(key, _)| key.starts_with(prefix)).collect())
}

/// The row of a role in the popup.
pub(crate) fn row(arn: &str) -> String {
    format!("li.role[data-role-arn=\"{arn}\"]")
}

const GONE: &str = "return document.querySelector(args[0]) === null";

/// The sandbox's empty page.
const LAB: &str = "https://lab.rolecall.test/blank";

/// Where AWS takes a SAML response.
pub(crate) const ACS: &str = "https://signin.aws.amazon.com/saml";

/// How a form is posted unless it says otherwise.
pub(crate) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
