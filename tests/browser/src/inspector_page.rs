//! The product's inspector, by what a person sees and does in it.

use serde_json::{Value, json};

use crate::{DriveError, Result, Session, Tab, eventually};

/// One entry of the list on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The identity, or what kind of message it is.
    pub name: String,
    /// The mark of a message that is no response, such as `AuthnRequest`.
    pub kind: Option<String>,
    /// The file it was opened from.
    pub source: Option<String>,
    /// Whether it came from a private window.
    pub private: bool,
    /// Whether it is the one that is shown.
    pub selected: bool,
}

/// What became of a text that was given to the inspector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// It was read, and its first message is shown.
    Taken,
    /// It was refused with this stable code.
    Refused(String),
}

/// The inspector in a tab, which stays the current one until [`close`](Self::close).
#[derive(Debug)]
pub struct Inspector<'a> {
    session: &'a Session,
    before: Tab,
}

impl<'a> Inspector<'a> {
    /// Opens it in a new tab and waits until it has drawn itself.
    pub async fn open(session: &'a Session) -> Result<Self> {
        let before = session.tab().await?;
        session.open_extension_page(PAGE).await?;
        Self { session, before }.drawn().await
    }

    /// Waits for the tab in which the popup opened it, and makes that the current one; `before` is so again afterwards.
    pub async fn opened_by_popup(session: &'a Session, before: Tab) -> Result<Self> {
        let address = session.extension_url(PAGE)?;
        eventually("the inspector's tab", async || {
            for tab in session.tabs().await? {
                session.switch(&tab).await?;
                if session.url().await? == address {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await?;
        Self { session, before }.drawn().await
    }

    /// Reloads the page.
    pub async fn reload(&self) -> Result<()> {
        self.session.goto(&self.session.extension_url(PAGE)?).await?;
        self.shows(
            "the page",
            "document.querySelector('#page[data-state=ready] #panel[data-shown]') !== null",
        )
        .await
    }

    /// Puts the text into the box, presses Read, and waits for the outcome.
    pub async fn read(&self, text: &str) -> Result<Read> {
        self.outcome_of(
            "document.querySelector('#paste').value = args[0]; document.querySelector('#read').click();",
            json!(text),
        )
        .await
    }

    /// Drops a file on the page, and waits for the outcome.
    pub async fn drop_file(&self, name: &str, text: &str) -> Result<Read> {
        self.outcome_of(DROP, json!([name, text])).await
    }

    /// Runs what makes the page read a text, and waits for the outcome.
    async fn outcome_of(&self, act: &str, argument: Value) -> Result<Read> {
        let outcome = self.session.evaluate(&OUTCOME.replace("ACT", act), vec![argument]).await?;
        match outcome.as_str() {
            Some("") => Ok(Read::Taken),
            Some(code) => Ok(Read::Refused(code.to_owned())),
            None => Err(DriveError::new(format!("the inspector gave {outcome}"))),
        }
    }

    /// Goes to a tab, such as `xml`, and waits until it has drawn itself.
    pub async fn show(&self, tab: &str) -> Result<()> {
        self.session.click(&format!("#tab-{tab}")).await?;
        self.shows(tab, &format!("document.querySelector('#panel').dataset.shown === '{tab}'")).await
    }

    /// Waits until a JavaScript expression is true in the page; `what` names it in the failure.
    pub async fn shows(&self, what: &str, condition: &str) -> Result<()> {
        eventually(what, async || {
            let holds = self.session.evaluate(&format!("return ({condition})"), Vec::new()).await?;
            if holds == true { Ok(Some(())) } else { Err(DriveError::new(self.text().await?)) }
        })
        .await
    }

    /// What the tab says, as it is shown.
    pub async fn text(&self) -> Result<String> {
        self.word("document.querySelector('#main').innerText").await
    }

    /// The verdict on the message that is shown.
    pub async fn verdict(&self) -> Result<String> {
        self.word("document.querySelector('#head [data-verdict]')?.dataset.verdict").await
    }

    /// Waits for another verdict on the message that is shown.
    pub async fn becomes(&self, verdict: &str) -> Result<()> {
        self.shows(
            verdict,
            &format!("document.querySelector('#head [data-verdict]')?.dataset.verdict === '{verdict}'"),
        )
        .await
    }

    /// The codes of the findings or issues in the tab, in their order.
    pub async fn codes(&self) -> Result<Vec<String>> {
        self.words("[...document.querySelectorAll('#panel .notice')].map((notice) => notice.dataset.code)")
            .await
    }

    /// The ARNs of the roles in the summary, in their order.
    pub async fn roles(&self) -> Result<Vec<String>> {
        self.words("[...document.querySelectorAll('#panel .account .role')].map((role) => role.title.split('\\n')[0])")
            .await
    }

    /// The term with this label in the summary or on a signature: its values, as they are shown.
    pub async fn fact(&self, label: &str) -> Result<Vec<String>> {
        let of = format!(
            "[...document.querySelectorAll('#panel .facts > div')].filter((fact) => fact.querySelector('dt').textContent === {}).flatMap((fact) => [...fact.querySelectorAll('dd')].map((value) => value.innerText))",
            json!(label)
        );
        self.words(&of).await
    }

    /// Whether anything on the page is drawn in the colour that is kept for what is genuine.
    pub async fn is_green_anywhere(&self) -> Result<bool> {
        Ok(self.session.evaluate(GREEN, Vec::new()).await? == true)
    }

    /// The list on the left.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        let rows = self.session.evaluate(ENTRIES, Vec::new()).await?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let rows = rows.as_array().into_iter().flatten();
        Ok(rows
            .map(|row| Entry {
                name: text(&row["name"]).unwrap_or_default(),
                kind: text(&row["kind"]),
                source: text(&row["source"]),
                private: row["private"] == true,
                selected: row["selected"] == true,
            })
            .collect())
    }

    /// Closes its tab; the tab that was current before is so again.
    pub async fn close(self) -> Result<()> {
        self.session.close_tab(&self.before).await
    }

    /// The browser that it is in, for what this does not say.
    pub fn session(&self) -> &Session {
        self.session
    }

    /// What the body of an async function gives.
    pub async fn evaluate(&self, body: &str) -> Result<Value> {
        self.session.evaluate(body, Vec::new()).await
    }

    /// A text that an expression gives.
    pub async fn word(&self, expression: &str) -> Result<String> {
        let word = self.session.evaluate(&format!("return {expression}"), Vec::new()).await?;
        Ok(word.as_str().unwrap_or_default().to_owned())
    }

    /// The texts that an expression gives.
    pub async fn words(&self, expression: &str) -> Result<Vec<String>> {
        let words = self.session.evaluate(&format!("return {expression}"), Vec::new()).await?;
        Ok(words.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    async fn drawn(self) -> Result<Self> {
        self.shows(
            "the inspector",
            "document.querySelector('#page[data-state=ready] #panel[data-shown]') !== null",
        )
        .await?;
        Ok(self)
    }
}

/// The tabs of a message, in their order.
pub const TABS: [&str; 8] =
    ["summary", "findings", "claims", "xml", "signature", "policy", "share", "compare"];

const PAGE: &str = "inspector/inspector.html";

/// Listens before it acts: what is said at the bottom, or why not in the side bar, is the outcome.
const OUTCOME: &str =
    "const [said, refused] = [document.querySelector('#said'), document.querySelector('#paste-failure')];
    const outcome = new Promise((resolve) => {
        const observer = new MutationObserver((records) => {
            const added = records.find((record) => record.addedNodes.length > 0);
            if (!added) return;
            observer.disconnect();
            resolve(added.target === said ? '' : refused.querySelector('.failure').dataset.code);
        });
        observer.observe(said, { childList: true });
        observer.observe(refused, { childList: true });
    });
    ACT
    return await outcome;";

const DROP: &str = "const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([args[0][1]], args[0][0]));
    const events = ['dragenter', 'dragover', 'drop'].map((type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    for (const event of events) document.querySelector('#main').dispatchEvent(event);";

const GREEN: &str = "const probe = document.createElement('i');
    document.body.append(probe);
    const good = ['--good', '--good-soft', '--good-line'].map((token) => {
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
    });
    probe.remove();
    return [...document.querySelectorAll('body *')].some((one) => {
        const { color, backgroundColor, borderInlineStartColor } = getComputedStyle(one);
        return one.getClientRects().length > 0 && [color, backgroundColor, borderInlineStartColor].some((used) => good.includes(used));
    });";

const ENTRIES: &str = "return [...document.querySelectorAll('#list .entry')].map((entry) => ({
        name: entry.querySelector('.entry-name').textContent,
        kind: entry.querySelector('[data-mark=kind]')?.textContent ?? null,
        source: entry.querySelector('[data-mark=source]')?.textContent ?? null,
        private: entry.querySelector('[data-mark=private]') !== null,
        selected: entry.getAttribute('aria-selected') === 'true',
    }))";
