//! The popup as the toolbar shows it: a window of its own in Chromium, a panel outside WebDriver's reach in Firefox.
//!
//! In Firefox the privileged context asks Marionette's own actor in the panel, which does what WebDriver does in a tab.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::background::QUIET_PAGE;
use crate::{Browser, DriveError, Key, Result, Session, Tab, eventually, firefox, page};

/// An open toolbar popup. While it is open, only its own methods act; [`close`](Self::close) it to use the tabs again.
#[derive(Debug)]
pub struct ToolbarPopup<'a> {
    session: &'a Session,
    before: Tab,
}

impl<'a> ToolbarPopup<'a> {
    pub(crate) async fn open(session: &'a Session) -> Result<Self> {
        let before = session.tab().await?;
        let popup = Self { session, before };
        match session.browser() {
            Browser::Chromium => {
                session.open_extension_page(QUIET_PAGE).await?;
                let tabs = session.tabs().await?;
                session.evaluate("await chrome.action.openPopup()", Vec::new()).await?;
                let window = eventually("the toolbar popup", async || {
                    Ok(session.tabs().await?.into_iter().find(|tab| !tabs.contains(tab)))
                })
                .await?;
                session.switch(&window).await?;
            }
            Browser::Firefox => {
                let id = json!(session.extension()?.id);
                firefox::privileged(session.client()?, OPEN, vec![id]).await?;
            }
        }
        eventually("the popup's document", async || {
            let ready = popup.evaluate("return document.readyState", Vec::new()).await?;
            Ok((ready == "complete").then_some(()))
        })
        .await?;
        Ok(popup)
    }

    /// Runs the body of an async function in the popup; `args` holds the arguments.
    pub async fn evaluate(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        match self.session.browser() {
            Browser::Chromium => self.session.evaluate(body, arguments).await,
            Browser::Firefox => {
                let script = format!(
                    "const args = arguments[0], done = arguments[arguments.length - 1];
                    (async () => {{ {body} }})().then(
                        (value) => done(JSON.stringify([true, value ?? null])),
                        (error) => done(JSON.stringify([false, String(error)])));"
                );
                let ask = "const options = { newSandbox: false, sandboxName: null, async: true, timeout: 40000, file: 'popup', line: 1 };
                    return await actor.executeScript(args[0], [args[1]], options);";
                let answer = self.actor(ask, vec![json!(script), json!(arguments)]).await?;
                let answer = answer.as_str().unwrap_or_default();
                let (done, value): (bool, Value) = serde_json::from_str(answer)?;
                if done { Ok(value) } else { Err(DriveError::new(format!("script: {value}"))) }
            }
        }
    }

    /// Clicks the element.
    pub async fn click(&self, css: &str) -> Result<()> {
        match self.session.browser() {
            Browser::Chromium => self.session.click(css).await,
            Browser::Firefox => {
                let click = "const element = await actor.findElement('css selector', args[0], {});
                    await actor.clickElement(element, capabilities);";
                self.actor(click, vec![json!(css)]).await.map(|_done| ())
            }
        }
    }

    /// The element's text as it is shown.
    pub async fn text(&self, css: &str) -> Result<String> {
        match self.session.browser() {
            Browser::Chromium => Ok(self.session.client()?.find(Locator::Css(css)).await?.text().await?),
            Browser::Firefox => {
                let read =
                    "return await actor.getElementText(await actor.findElement('css selector', args[0], {}))";
                let text = self.actor(read, vec![json!(css)]).await?;
                Ok(text.as_str().unwrap_or_default().to_owned())
            }
        }
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &[Key]) -> Result<()> {
        match self.session.browser() {
            Browser::Chromium => page::press(self.session.client()?, keys).await,
            Browser::Firefox => {
                let keys: String = keys.iter().map(|key| key.code()).collect();
                let strike =
                    "await actor.sendKeysToElement(await actor.getActiveElement(), args[0], capabilities)";
                self.actor(strike, vec![json!(keys)]).await.map(|_done| ())
            }
        }
    }

    /// Width and height of its page, in CSS pixels.
    pub async fn size(&self) -> Result<(u64, u64)> {
        let size = self.evaluate("return [innerWidth, innerHeight]", Vec::new()).await?;
        Ok((size[0].as_u64().unwrap_or_default(), size[1].as_u64().unwrap_or_default()))
    }

    /// Writes a PNG of it.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        match self.session.browser() {
            Browser::Chromium => self.session.screenshot(path).await,
            Browser::Firefox => {
                let png = self.actor(DRAW, Vec::new()).await?;
                let png = STANDARD.decode(png.as_str().unwrap_or_default());
                let png = png.map_err(|error| DriveError::new(error.to_string()))?;
                Ok(fs::write(path, png)?)
            }
        }
    }

    /// Closes it, as a click elsewhere does; the tab that was current before is so again.
    pub async fn close(self) -> Result<()> {
        match self.session.browser() {
            Browser::Chromium => self.session.close_tab(&self.before).await,
            Browser::Firefox => {
                firefox::privileged(self.session.client()?, CLOSE, Vec::new()).await.map(|_done| ())
            }
        }
    }

    /// Runs a privileged body with Marionette's `actor` in the panel.
    async fn actor(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        let body = format!("{ACTOR}\n{body}");
        firefox::privileged(self.session.client()?, &body, arguments).await
    }
}

const OPEN: &str = "const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const { extension } = WebExtensionPolicy.getByID(args[0]);
    await ExtensionParent.apiManager.global.browserActionFor(extension).openPopup(win, true);";

const ACTOR: &str = "const panel = win.document.querySelector('browser.webextension-popup-browser');
    if (!panel) throw new Error('no popup is open');
    const actor = panel.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
    const values = { 'moz:accessibilityChecks': false, 'moz:webdriverClick': true, strictFileInteractability: false };
    const capabilities = { get: (name) => values[name], toJSON: () => values };";

const DRAW: &str =
    "const image = await panel.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
    const canvas = new win.OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return win.btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));";

const CLOSE: &str = "const panel = () => win.document.querySelector('browser.webextension-popup-browser');
    panel()?.closest('panel')?.hidePopup();
    while (panel()) await new Promise((resolve) => win.setTimeout(resolve, 10));";
