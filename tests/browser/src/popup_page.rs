//! The product's popup, by what a person sees and does in it.

use serde_json::{Value, json};

use crate::{DriveError, Result, Session, Tab, eventually};

/// One role as the popup lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListedRole {
    /// Twelve digits.
    pub account: String,
    /// Path and name, as shown.
    pub name: String,
    /// The role's ARN.
    pub arn: String,
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// It is on the clipboard; `reused` if the popup says that AWS was not asked again.
    Done {
        /// From credentials that were already held.
        reused: bool,
    },
    /// It failed.
    Failed {
        /// The stable code.
        code: String,
        /// Everything the failure says.
        text: String,
    },
}

/// How the popup explains a copy that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// AWS's own words, which stand in a quotation.
    pub aws: Option<String>,
    /// The codes of the findings that explain it, the likely one first.
    pub causes: Vec<String>,
    /// The first of them is drawn, in words.
    pub is_seen: bool,
}

/// The popup in a tab of 380 by 600 pixels. It stays the current tab until [`close`](Self::close).
#[derive(Debug)]
pub struct Popup<'a> {
    session: &'a Session,
    before: Tab,
}

impl<'a> Popup<'a> {
    /// Opens it and waits until it has painted.
    pub async fn open(session: &'a Session) -> Result<Self> {
        let before = session.tab().await?;
        session.open_extension_page("popup/popup.html").await?;
        session.resize_page(380, 600).await?;
        let popup = Self { session, before };
        popup.settled("any state", |state| state != "loading").await?;
        Ok(popup)
    }

    /// What it shows: `empty`, `no-roles` or `roles`.
    pub async fn state(&self) -> Result<String> {
        self.text_of("return document.querySelector('#app').dataset.state").await
    }

    /// Waits until it shows a sign-in, with roles or without, and gives those in sight of the filter, in order.
    pub async fn roles(&self) -> Result<Vec<ListedRole>> {
        self.settled("a sign-in", |state| ["roles", "no-roles"].contains(&state)).await?;
        let listed = self.session.evaluate(LISTED, Vec::new()).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let listed = listed.as_array().into_iter().flatten();
        Ok(listed
            .map(|row| ListedRole { account: text(&row[0]), name: text(&row[1]), arn: text(&row[2]) })
            .collect())
    }

    /// The identity line's name.
    pub async fn identity(&self) -> Result<String> {
        self.session.text(".identity-text").await
    }

    /// The codes of the notices, worst first.
    pub async fn notices(&self) -> Result<Vec<String>> {
        let codes = "return [...document.querySelectorAll('.notice')].map((notice) => notice.dataset.code)";
        Ok(strings(&self.session.evaluate(codes, Vec::new()).await?))
    }

    /// The codes of the notices that are errors or warnings.
    pub async fn warnings(&self) -> Result<Vec<String>> {
        let codes = "return [...document.querySelectorAll('.notice:not([data-severity=note])')].map((notice) => notice.dataset.code)";
        Ok(strings(&self.session.evaluate(codes, Vec::new()).await?))
    }

    /// Whether the popup says of this role that it cannot be copied, and has no button for it.
    pub async fn is_barred(&self, role_arn: &str) -> Result<bool> {
        let barred = "const row = document.querySelector(args[0]);
            return row.querySelector('.copy') === null && (row.querySelector('.role-refused')?.textContent ?? '') !== ''";
        Ok(self.session.evaluate(barred, vec![json!(row(role_arn))]).await? == Value::Bool(true))
    }

    /// The explanation in the role's row.
    pub async fn explained(&self, role_arn: &str) -> Result<Explained> {
        let shown = self.session.evaluate(EXPLAINED, vec![json!(row(role_arn))]).await?;
        Ok(Explained {
            aws: shown["aws"].as_str().map(str::to_owned),
            causes: strings(&shown["causes"]),
            is_seen: shown["seen"] == Value::Bool(true),
        })
    }

    /// Clicks the role's copy button and waits for the outcome.
    pub async fn copy(&self, role_arn: &str) -> Result<Copied> {
        self.await_copy(role_arn, async || self.session.click(&format!("{} .copy", row(role_arn))).await)
            .await
    }

    /// Chooses an item of the role's menu, such as `format:fish` or `fresh`, and waits for the outcome of the copy.
    pub async fn copy_by_menu(&self, role_arn: &str, item: &str) -> Result<Copied> {
        self.await_copy(role_arn, async || {
            self.session.click(&format!("{} .options", row(role_arn))).await?;
            self.session.click(&format!(".menu [data-item={item:?}]")).await
        })
        .await
    }

    /// Does something that copies this role, such as pressing Enter, and waits for the outcome.
    pub async fn await_copy(&self, role_arn: &str, act: impl AsyncFnOnce() -> Result<()>) -> Result<Copied> {
        let before = self.session.evaluate(OUTCOMES, Vec::new()).await?;
        act().await?;
        eventually("the outcome of a copy", async || {
            let outcome = self.session.evaluate(OUTCOME, vec![json!(row(role_arn)), before.clone()]).await?;
            Ok(match (outcome["code"].as_str(), outcome["reused"].as_bool()) {
                (Some(code), _) => Some(Copied::Failed {
                    code: code.to_owned(),
                    text: outcome["text"].as_str().unwrap_or_default().to_owned(),
                }),
                (None, Some(reused)) => Some(Copied::Done { reused }),
                (None, None) => None,
            })
        })
        .await
    }

    /// Closes its tab; the tab that was current before is so again.
    pub async fn close(self) -> Result<()> {
        self.session.close_tab(&self.before).await
    }

    async fn settled(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Result<()> {
        let what = format!("the popup to show {what}");
        eventually(&what, async || {
            let state = self.state().await?;
            if wanted(&state) { Ok(Some(())) } else { Err(DriveError::new(format!("it shows {state}"))) }
        })
        .await
    }

    async fn text_of(&self, script: &str) -> Result<String> {
        Ok(self.session.evaluate(script, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
    }
}

/// The selector of a role's row. An ARN has no quote in it.
fn row(role_arn: &str) -> String {
    format!(".role[data-role-arn='{role_arn}']")
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

const EXPLAINED: &str = "const failure = document.querySelector(`${args[0]} .failure`);
    const causes = [...failure?.querySelectorAll('.cause') ?? []];
    return {
      aws: failure?.querySelector('blockquote')?.textContent ?? null,
      causes: causes.map((cause) => cause.dataset.code),
      seen: causes.length > 0 && causes[0].checkVisibility() && causes[0].innerText !== '',
    };";

const LISTED: &str = "return [...document.querySelectorAll('.role')].filter((row) => !row.hidden)
    .map((row) => [row.dataset.account, row.querySelector('.role-words').textContent, row.dataset.roleArn])";

/// What is there already is not the outcome of what comes, even when the popup draws it anew meanwhile.
const OUTCOMES: &str = "return document.querySelector('#app').dataset.outcomes ?? '0'";

const OUTCOME: &str = "if ((document.querySelector('#app').dataset.outcomes ?? '0') === args[1]) return {};
    const failure = document.querySelector(`${args[0]} .failure`);
    if (failure) return { code: failure.dataset.code, text: failure.innerText };
    return { reused: document.querySelector('#status .status-reused') !== null };";
