//! A sandbox, a browser and the built extension together, with the steps that the tests and the demo share.

use std::path::{Path, PathBuf};

use rolecall_sandbox::{Options, Persona, Sandbox};
use serde_json::{Value, json};

use crate::{Browser, DriveError, Launch, Needle, Result, Session, Tab, eventually};

/// A browser with Rolecall in it, and a federation to sign in to.
pub struct World {
    /// The identity provider and AWS.
    pub sandbox: Sandbox,
    /// The browser.
    pub session: Session,
}

/// A role as the popup lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedRole {
    /// Twelve digits.
    pub account: String,
    /// The role's ARN.
    pub arn: String,
}

impl World {
    /// Starts both; the extension is the one that `./build.sh` left in `dist/`.
    pub async fn start(browser: Browser) -> Result<Self> {
        Self::start_with(browser, Options::default(), |_| {}).await
    }

    /// The same, with a sandbox and a browser to choose.
    pub async fn start_with(
        browser: Browser,
        options: Options,
        adjust: impl FnOnce(&mut Launch),
    ) -> Result<Self> {
        let sandbox = Sandbox::start(options)?;
        let mut launch = Launch::behind(sandbox.proxy_addr());
        launch.extension = Some(dist(browser));
        launch.certificate_key = Some(sandbox.leaf_spki_sha256_base64());
        adjust(&mut launch);
        Ok(Self { session: Session::start(browser, launch).await?, sandbox })
    }

    /// Signs in as a persona in the current tab, up to AWS's own page: the role page, the console or an error.
    pub async fn sign_in(&self, persona: Persona) -> Result<()> {
        self.session.goto(&self.sandbox.sign_in_url(persona)).await?;
        self.arrive().await
    }

    /// Waits until the current tab shows a page of AWS.
    pub async fn arrive(&self) -> Result<()> {
        eventually("AWS's page after the sign-in", async || {
            let url = self.session.url().await?;
            let host =
                url.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
            Ok((host.contains("signin") || host.contains("console")).then_some(()))
        })
        .await
    }

    /// Opens the popup's page in a tab of the popup's size and waits until it has drawn `state`:
    /// `empty`, `roles` or `no-roles`.
    pub async fn open_popup(&self, state: &str) -> Result<Tab> {
        let tab = self.session.open_extension_page("popup/popup.html").await?;
        self.session.resize_page(380, 600).await?;
        self.wait_for_state(state).await?;
        Ok(tab)
    }

    /// Waits until the popup in the current tab has drawn `state`.
    pub async fn wait_for_state(&self, state: &str) -> Result<()> {
        self.wait_for(
            &format!("the popup to show {state}"),
            "return document.querySelector('#app')?.dataset.state === args[0]",
            json!(state),
        )
        .await
    }

    /// Waits until `script`, run in the current tab with `argument`, gives true.
    pub async fn wait_for(&self, what: &str, script: &str, argument: Value) -> Result<()> {
        eventually(what, async || {
            let met = self.session.evaluate(script, vec![argument.clone()]).await?;
            Ok((met == Value::Bool(true)).then_some(()))
        })
        .await
    }

    /// The roles that the popup in the current tab shows, in its order.
    pub async fn listed(&self) -> Result<Vec<ListedRole>> {
        let rows = self.session.evaluate(LISTED, Vec::new()).await?;
        let rows = rows.as_array().cloned().unwrap_or_default();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Ok(rows
            .iter()
            .map(|row| ListedRole { account: text(row, "account"), arn: text(row, "arn") })
            .collect())
    }

    /// Clicks the role's copy button in the current tab's popup, waits for the confirmation and gives what was copied.
    pub async fn copy(&self, arn: &str) -> Result<String> {
        self.session.click(&format!("{} .copy", row(arn))).await?;
        self.wait_for_status("copied").await?;
        self.session.paste_clipboard().await
    }

    /// Copies the role in `format` by the role's menu.
    pub async fn copy_as(&self, arn: &str, format: &str) -> Result<String> {
        self.choose(arn, &format!("format:{format}")).await?;
        self.wait_for_status("copied").await?;
        self.session.paste_clipboard().await
    }

    /// Chooses an item of the role's menu.
    pub async fn choose(&self, arn: &str, item: &str) -> Result<()> {
        self.session.click(&format!("{} .options", row(arn))).await?;
        self.session.wait_for(&format!("#menu [data-item=\"{item}\"]")).await?;
        self.session.click(&format!("#menu [data-item=\"{item}\"]")).await
    }

    /// Waits until the popup's status line says that something was `copied`, `failed` or `said`.
    pub async fn wait_for_status(&self, kind: &str) -> Result<()> {
        self.wait_for(
            &format!("the status {kind}"),
            "return document.querySelector('#status')?.dataset.kind === args[0]",
            json!(kind),
        )
        .await
    }

    /// Waits until the role's row shows a failure, and gives its code.
    pub async fn failure(&self, arn: &str) -> Result<String> {
        let css = format!("{} .failure", row(arn));
        self.session.wait_for(&css).await?;
        let code = self
            .session
            .evaluate("return document.querySelector(args[0]).dataset.code", vec![json!(css)])
            .await?;
        Ok(code.as_str().unwrap_or_default().to_owned())
    }

    /// Closes the browser and fails if a secret that STS gave out is anywhere on disk. Every scenario that copies ends with it.
    pub async fn finish(mut self) -> Result<()> {
        let mut needles = Vec::new();
        for (number, issued) in self.sandbox.issued().into_iter().enumerate() {
            needles.push(Needle::new(format!("secret key {number}"), issued.secret_access_key));
            needles.push(Needle::new(format!("session token {number}"), issued.session_token));
        }
        let hits = self.session.search_disk(&needles).await?;
        if hits.is_empty() { Ok(()) } else { Err(DriveError::new(format!("a secret is on disk: {hits:?}"))) }
    }
}

/// The row of a role in the popup.
pub fn row(arn: &str) -> String {
    format!("li.role[data-role-arn=\"{arn}\"]")
}

/// The build for this browser.
pub fn dist(browser: Browser) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist").join(browser.dist())
}

const LISTED: &str = "return [...document.querySelectorAll('li.role:not([hidden])')]
    .map((row) => ({ account: row.dataset.account, arn: row.dataset.roleArn }))";
