//! The extension in a session: its pages and storage, its background's life, what the person lets it see.

use serde_json::{Value, json};

use crate::{Browser, Result, Session, Tab, ToolbarPopup, chromium, eventually, firefox};

impl Session {
    /// The address of a file of the extension.
    pub fn extension_url(&self, path: &str) -> Result<String> {
        Ok(format!("{}/{path}", self.extension()?.origin))
    }

    /// Opens a page of the extension in a new tab, which becomes the current one.
    pub async fn open_extension_page(&self, path: &str) -> Result<Tab> {
        self.open_tab(&self.extension_url(path)?).await
    }

    /// Opens the popup as a click on the toolbar button does.
    pub async fn open_toolbar_popup(&self) -> Result<ToolbarPopup<'_>> {
        ToolbarPopup::open(self).await
    }

    /// Everything in the extension's `storage.session`. Does not wake the background.
    pub async fn session_storage(&self) -> Result<Value> {
        let here = self.tab().await?;
        self.open_extension_page(QUIET_PAGE).await?;
        let all = self
            .evaluate("return (globalThis.browser ?? chrome).storage.session.get(null)", Vec::new())
            .await;
        self.close_tab(&here).await?;
        all
    }

    /// Whether the service worker or event page runs.
    pub async fn worker_runs(&self) -> Result<bool> {
        let (client, extension) = (self.client()?, self.extension()?);
        match self.browser() {
            Browser::Chromium => chromium::worker_runs(client, extension).await,
            Browser::Firefox => firefox::worker_runs(client, extension).await,
        }
    }

    /// Stops the service worker or event page at once, whatever it does. The next event starts it again.
    pub async fn stop_worker(&self) -> Result<()> {
        let (client, extension) = (self.client()?, self.extension()?);
        match self.browser() {
            Browser::Chromium => chromium::stop_worker(client, extension).await,
            Browser::Firefox => firefox::stop_worker(client, extension).await,
        }
    }

    /// Stops it in the middle of an answer. Whoever waits for that answer may ask again and so start it again at once: this does not
    /// wait until it is gone.
    pub async fn interrupt_worker(&self) -> Result<()> {
        let (client, extension) = (self.client()?, self.extension()?);
        match self.browser() {
            Browser::Chromium => chromium::interrupt_worker(client).await,
            Browser::Firefox => firefox::stop_worker(client, extension).await,
        }
    }

    /// Lets the extension see private windows. It starts anew, without its session storage; its pages close.
    pub async fn allow_private(&self) -> Result<()> {
        let (client, extension) = (self.client()?, self.extension()?);
        match self.browser() {
            Browser::Chromium => {
                self.aside(async || {
                    chromium::configure(client, extension, json!({ "incognitoAccess": true })).await
                })
                .await?;
            }
            Browser::Firefox => firefox::install(client, extension, true).await?,
        }
        self.background_listens().await
    }

    /// Waits until the background has run its first turn: a browser that has just loaded an extension opens pages before that, and
    /// what they post goes unseen.
    pub(crate) async fn background_listens(&self) -> Result<()> {
        let here = self.tab().await?;
        self.open_extension_page(QUIET_PAGE).await?;
        // No one answers this message. That no one is there to hear it is an error of its own.
        let knock = "try { await (globalThis.browser ?? chrome).runtime.sendMessage('is anyone there?') }
            catch (error) { return !/receiving end/i.test(error.message) } return true;";
        let heard = eventually("the background to listen", async || {
            Ok((self.evaluate(knock, Vec::new()).await? == true).then_some(()))
        })
        .await;
        self.close_tab(&here).await?;
        heard
    }

    /// Does something in a tab of its own.
    async fn aside<T>(&self, act: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
        let here = self.tab().await?;
        self.open_tab("about:blank").await?;
        let outcome = act().await;
        self.close_tab(&here).await?;
        outcome
    }

    /// Grants or withholds every host of the manifest, as a person can in the browser's settings.
    pub async fn set_host_access(&self, granted: bool) -> Result<()> {
        let (client, extension) = (self.client()?, self.extension()?);
        match self.browser() {
            Browser::Chromium => {
                self.aside(async || chromium::host_access(client, extension, granted).await).await?;
                // Chromium may start the extension anew for it.
                self.background_listens().await
            }
            Browser::Firefox => firefox::host_access(client, extension, granted).await,
        }
    }
}

/// A page with the extension's rights that runs none of its scripts.
pub(crate) const QUIET_PAGE: &str = "manifest.json";
