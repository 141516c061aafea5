//! Steps that several scenarios share.

use rolecall_browser::{DriveError, Result, Session, Tab, World, eventually, row};
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

/// Signs in and opens the popup, which becomes the current tab; gives the first role it lists.
pub(crate) async fn signed_in(world: &World, persona: Persona) -> Result<String> {
    world.sign_in(persona).await?;
    world.open_popup("roles").await?;
    first_role(world).await
}

/// The first role of the popup in the current tab.
pub(crate) async fn first_role(world: &World) -> Result<String> {
    let first = world.listed().await?.into_iter().next();
    first.map(|role| role.arn).ok_or_else(|| DriveError::new("the popup lists no role"))
}

/// How often STS was asked for credentials.
pub(crate) fn calls(world: &World) -> usize {
    world.sandbox.requests().sts("AssumeRoleWithSAML").len()
}

/// Waits until STS was asked `count` times.
pub(crate) async fn wait_for_calls(world: &World, count: usize) -> Result<()> {
    eventually(&format!("call {count} to STS"), async || Ok((calls(world) >= count).then_some(()))).await
}

/// Clicks the role's copy button and does not wait.
pub(crate) async fn click_copy(world: &World, arn: &str) -> Result<()> {
    world.session.click(&format!("{} .copy", row(arn))).await
}

/// Waits until the role's row shows a failure.
pub(crate) async fn shown_failure(world: &World, arn: &str) -> Result<ShownFailure> {
    let code = world.failure(arn).await?;
    let shown = "const failure = document.querySelector(args[0]);
        const text = (css) => failure.querySelector(css)?.textContent ?? null;
        return [text('.failure-text'), text('.failure-hint'), text('blockquote')]";
    let failure = json!(format!("{} .failure", row(arn)));
    let shown = world.session.evaluate(shown, vec![failure]).await?;
    let text = |at: usize| shown[at].as_str().map(str::to_owned);
    let (said, hint) = (text(0).unwrap_or_default(), text(1).unwrap_or_default());
    Ok(ShownFailure { code, text: said, hint, aws: text(2) })
}

/// Clicks the failure's Try again and waits for the copy; fails unless the clipboard holds the newest credentials.
pub(crate) async fn try_again(world: &World, arn: &str) -> Result<()> {
    world.session.click(&format!("{} .failure [data-action=\"retry\"]", row(arn))).await?;
    world.wait_for_status("copied").await?;
    let gone = "return document.querySelector(args[0]) === null";
    world.wait_for("the failure to go", gone, json!(format!("{} .failure", row(arn)))).await?;
    assert_newest(world, &world.session.paste_clipboard().await?)
}

/// Fails unless `copied` holds the credentials that STS gave out last.
pub(crate) fn assert_newest(world: &World, copied: &str) -> Result<()> {
    let issued = world.sandbox.issued();
    let newest = issued.last().ok_or_else(|| DriveError::new("STS gave out no credentials"))?;
    if copied.contains(&newest.secret_access_key) && copied.contains(&newest.session_token) {
        return Ok(());
    }
    Err(DriveError::new("the clipboard does not hold the newest credentials"))
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
    let submit = "const form = Object.assign(document.createElement('form'), { method: 'post', action: args[0], enctype: args[1] });
        for (const [name, value] of args[2]) {
            form.append(Object.assign(document.createElement('textarea'), { name, value }));
        }
        document.body.append(form);
        setTimeout(() => form.submit());";
    session.evaluate(submit, vec![json!(action), json!(enctype), json!(fields)]).await?;
    eventually("the answer to the post", async || Ok((session.url().await? != LAB).then_some(()))).await
}

/// The keys of `storage.session` that start with `prefix`, and their values.
pub(crate) async fn stored(world: &World, prefix: &str) -> Result<Vec<(String, Value)>> {
    let all = world.session.session_storage().await?;
    let all = all.as_object().cloned().unwrap_or_default();
    Ok(all.into_iter().filter(|(key, _)| key.starts_with(prefix)).collect())
}

/// The sandbox's empty page.
const LAB: &str = "https://lab.rolecall.test/blank";

/// Where AWS takes a SAML response.
pub(crate) const ACS: &str = "https://signin.aws.amazon.com/saml";

/// How a form is posted unless it says otherwise.
pub(crate) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
