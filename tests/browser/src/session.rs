//! One browser with a profile of its own, from its start to the search of what it left on disk.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::background::QUIET_PAGE;
use crate::driver::Driver;
use crate::extension::Extension;
use crate::process::Process;
use crate::{Browser, DriveError, Hit, Key, Needle, Result, Violation};
use crate::{axe, chromium, disk, eventually, firefox, page};

/// What a session is to be like.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The folder of the unpacked extension; a control run has none.
    pub extension: Option<PathBuf>,
    /// The HTTP proxy that everything goes through.
    pub proxy: SocketAddr,
    /// SHA-256 of the public key of the certificates that Chromium is to take, base64. Without it, it takes any. Firefox takes any.
    pub certificate_key: Option<String>,
    /// Without a window on a screen.
    pub headless: bool,
    /// The extension may see private windows.
    pub private_allowed: bool,
    /// The hosts of signed calls are allowed from the start: no driver can answer the browser's question for them.
    pub calls_allowed: bool,
    /// Width and height of the window, in CSS pixels.
    pub window: (u32, u32),
}

impl Launch {
    /// A headless browser behind `proxy`, with no extension.
    pub fn behind(proxy: SocketAddr) -> Self {
        Self {
            extension: None,
            proxy,
            certificate_key: None,
            headless: true,
            private_allowed: false,
            calls_allowed: false,
            window: (1200, 900),
        }
    }
}

/// Light or dark, as the person's system asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A tab, or a window's only tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab(WindowHandle);

/// A running browser. Its profile lives until this is dropped; the browser and its driver die then, whatever happened.
///
/// Everything that reads or acts does so in the current tab.
#[derive(Debug)]
pub struct Session {
    browser: Browser,
    launch: Launch,
    extension: Option<Extension>,
    running: Option<Running>,
    // Last: the folder goes when the driver is dead.
    root: TempDir,
}

/// Declared in the order in which they end: the driver lets go of the browser, then the browser dies.
#[derive(Debug)]
struct Running {
    client: Client,
    driver: Driver,
    /// Firefox is the driver's child.
    chromium: Option<Process>,
}

impl Session {
    /// Starts a browser with a fresh profile and loads the extension.
    pub async fn start(browser: Browser, launch: Launch) -> Result<Self> {
        let root = tempfile::Builder::new().prefix("rolecall-").tempdir()?;
        let folder = root.path().canonicalize()?.join("extension");
        let extension = match &launch.extension {
            Some(source) => Some(Extension::copy(browser, source, &folder, launch.calls_allowed)?),
            None => None,
        };
        let mut session = Self { browser, launch, extension, running: None, root };
        session.open().await.map_err(|error| error.during("starting the browser"))?;
        Ok(session)
    }

    /// Which browser it is.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// Quits the browser, as a person does, and starts it again with the same profile. The current tab is blank.
    pub async fn restart(&mut self) -> Result<()> {
        self.close().await?;
        self.open().await.map_err(|error| error.during("restarting the browser"))
    }

    /// Quits the browser and waits until it has written its profile. Closing twice is no error.
    pub async fn close(&mut self) -> Result<()> {
        if let Some(Running { client, driver, chromium }) = self.running.take() {
            match chromium {
                Some(process) => chromium::quit(&client, process).await?,
                None => {
                    client.close().await?;
                    driver.browser_gone().await?;
                }
            }
        }
        Ok(())
    }

    async fn open(&mut self) -> Result<()> {
        let root = self.root.path().canonicalize()?;
        let profile = root.join("profile");
        fs::create_dir_all(&profile)?;
        let driver = Driver::start(self.browser, &root).await?;
        let extension = self.extension.as_ref();
        let (capabilities, chromium) = match self.browser {
            Browser::Chromium => {
                let (process, port) = chromium::start(&self.launch, &root, &profile, extension).await?;
                (chromium::capabilities(port)?, Some(process))
            }
            Browser::Firefox => (firefox::capabilities(&self.launch, &profile, extension)?, None),
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver.url())
            .await
            .map_err(|error| DriveError::new(error.to_string()))?;
        self.running = Some(Running { client, driver, chromium });
        if let (Browser::Firefox, Some(extension)) = (self.browser, &self.extension) {
            firefox::install(self.client()?, extension, self.launch.private_allowed).await?;
        }
        self.goto("about:blank").await?;
        match (&self.extension, self.launch.private_allowed) {
            (Some(_), true) => self.allow_private().await,
            (Some(_), false) => self.background_listens().await,
            (None, _) => Ok(()),
        }
    }

    // Pages and tabs.

    /// The WebDriver client, for what this API does not say.
    pub fn client(&self) -> Result<&Client> {
        let running = self.running.as_ref().map(|running| &running.client);
        running.ok_or_else(|| DriveError::new("the browser is closed"))
    }

    /// Opens an address in the current tab and waits until it has loaded.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.client()?.goto(url).await.map_err(|error| DriveError::from(error).during(url))
    }

    /// The current tab's address.
    pub async fn url(&self) -> Result<String> {
        Ok(self.client()?.current_url().await?.into())
    }

    /// The current tab's title.
    pub async fn title(&self) -> Result<String> {
        Ok(self.client()?.title().await?)
    }

    /// The current tab.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.client()?.window().await?))
    }

    /// Every tab of every window.
    pub async fn tabs(&self) -> Result<Vec<Tab>> {
        Ok(self.client()?.windows().await?.into_iter().map(Tab).collect())
    }

    /// Makes `tab` the current one.
    pub async fn switch(&self, tab: &Tab) -> Result<()> {
        Ok(self.client()?.switch_to_window(tab.0.clone()).await?)
    }

    /// Opens an address in a new tab, which becomes the current one.
    pub async fn open_tab(&self, url: &str) -> Result<Tab> {
        let opened = self.client()?.new_window(true).await?;
        let tab = Tab(opened.handle);
        self.switch(&tab).await?;
        self.goto(url).await?;
        Ok(tab)
    }

    /// Closes the current tab; `next` becomes the current one.
    pub async fn close_tab(&self, next: &Tab) -> Result<()> {
        self.client()?.close_window().await?;
        self.switch(next).await
    }

    /// Opens a private window, whose tab becomes the current one.
    pub async fn open_private_window(&self) -> Result<Tab> {
        let before = self.tabs().await?;
        match self.browser {
            Browser::Chromium => {
                // Only an extension's page may open one.
                let here = self.tab().await?;
                self.open_extension_page(QUIET_PAGE).await?;
                let open = "await chrome.windows.create({ incognito: true, url: 'about:blank' })";
                self.evaluate(open, Vec::new()).await?;
                self.close_tab(&here).await?;
            }
            Browser::Firefox => firefox::open_private_window(self.client()?).await?,
        }
        let opened = eventually("the private window", async || {
            Ok(self.tabs().await?.into_iter().find(|tab| !before.contains(tab)))
        })
        .await?;
        self.switch(&opened).await?;
        if self.browser == Browser::Firefox {
            // Its start page would replace whatever is opened before it.
            eventually("the private window's start page", async || {
                let loaded = "return document.readyState === 'complete'";
                let there = self.url().await? == "about:privatebrowsing";
                Ok((there && self.evaluate(loaded, Vec::new()).await? == true).then_some(()))
            })
            .await?;
        }
        Ok(opened)
    }

    /// Opens a blank tab in a container, which becomes the current one. Firefox only.
    pub async fn open_container_tab(&self, container: u32) -> Result<Tab> {
        let before = self.tabs().await?;
        firefox::open_container_tab(self.client()?, container).await?;
        let opened = eventually("the container's tab", async || {
            Ok(self.tabs().await?.into_iter().find(|tab| !before.contains(tab)))
        })
        .await?;
        self.switch(&opened).await?;
        Ok(opened)
    }

    // What a person does in a page.

    /// Clicks the element.
    pub async fn click(&self, css: &str) -> Result<()> {
        loop {
            let element = self.client()?.find(Locator::Css(css)).await?;
            match element.click().await {
                // The page drew it anew between the two commands: nothing was clicked yet.
                Err(error) if error.is_stale_element_reference() => {}
                outcome => return outcome.map_err(|error| DriveError::from(error).during(css)),
            }
        }
    }

    /// The element's text as it is shown.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.client()?.find(Locator::Css(css)).await?.text().await?)
    }

    /// Waits until an element is there.
    pub async fn wait_for(&self, css: &str) -> Result<()> {
        let client = self.client()?;
        eventually(css, async || Ok(client.find_all(Locator::Css(css)).await?.pop().map(|_found| ()))).await
    }

    /// Presses keys, one after the other.
    pub async fn press(&self, keys: &[Key]) -> Result<()> {
        page::press(self.client()?, keys).await
    }

    /// Presses a key while a modifier is held.
    pub async fn chord(&self, modifier: Key, key: Key) -> Result<()> {
        page::chord(self.client()?, modifier, key).await
    }

    /// Types text where the focus is.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        self.press(&keys).await
    }

    /// Presses Ctrl+V in a page of the sandbox and gives the text of the paste.
    ///
    /// The page keeps the text out of its text box: Chromium writes what a form holds into its session restore.
    pub async fn paste_clipboard(&self) -> Result<String> {
        let here = self.tab().await?;
        self.open_tab("https://lab.rolecall.test/paste").await?;
        let pasted = self.paste_here().await;
        self.close_tab(&here).await?;
        pasted
    }

    async fn paste_here(&self) -> Result<String> {
        let listen = "const note = document.createElement('pre');
            document.body.append(note);
            document.addEventListener('paste', (event) => {
                event.preventDefault();
                note.textContent = event.clipboardData.getData('text/plain');
                note.id = 'pasted';
            });";
        self.evaluate(listen, Vec::new()).await?;
        self.click("textarea").await?;
        self.chord(Key::Control, Key::Char('v')).await?;
        eventually("the paste", async || {
            let read = "return document.querySelector('#pasted')?.textContent ?? null";
            Ok(self.evaluate(read, Vec::new()).await?.as_str().map(str::to_owned))
        })
        .await
    }

    /// Chooses a file in a file input, as the browser's picker does.
    pub async fn choose_file(&self, css: &str, file: &Path) -> Result<()> {
        let path = file.to_str().ok_or_else(|| DriveError::new(format!("{} is no text", file.display())))?;
        let input = self.client()?.find(Locator::Css(css)).await?;
        input.send_keys(path).await.map_err(|error| DriveError::from(error).during(css))
    }

    /// Runs the body of an async function in the page; `args` holds the arguments. In a page of the extension it has the extension's rights.
    pub async fn evaluate(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        page::evaluate(self.client()?, body, arguments).await
    }

    // How it looks.

    /// Gives the current tab's page this many CSS pixels, such as a popup's 380 by 600.
    pub async fn resize_page(&self, width: u32, height: u32) -> Result<()> {
        let client = self.client()?;
        match self.browser {
            Browser::Chromium => {
                let size =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 0, "mobile": false });
                chromium::devtools(client, "Emulation.setDeviceMetricsOverride", size).await?;
            }
            Browser::Firefox => firefox::resize_page(client, width, height).await?,
        }
        eventually("the page's new size", async || {
            let size = self.evaluate("return [innerWidth, innerHeight]", Vec::new()).await?;
            Ok((size == json!([width, height])).then_some(()))
        })
        .await
    }

    /// Shows the current tab's page light or dark.
    pub async fn set_color_scheme(&self, scheme: Scheme) -> Result<()> {
        let client = self.client()?;
        let value = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        match self.browser {
            Browser::Chromium => {
                let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
                chromium::devtools(client, "Emulation.setEmulatedMedia", media).await.map(|_done| ())
            }
            Browser::Firefox => firefox::color_scheme(client, value).await,
        }
    }

    /// Writes a PNG of the current tab's page.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, self.client()?.screenshot().await?)?;
        Ok(())
    }

    /// What axe-core finds wrong with the current tab's page.
    pub async fn accessibility_violations(&self) -> Result<Vec<Violation>> {
        axe::violations(self.client()?).await
    }

    // What it leaves.

    /// Closes the browser and looks for the needles in everything it wrote. See [`Hit`] for what is searched and what is not.
    pub async fn search_disk(&mut self, needles: &[Needle]) -> Result<Vec<Hit>> {
        self.close().await?;
        disk::search(self.root.path(), needles)
    }

    pub(crate) fn extension(&self) -> Result<&Extension> {
        self.extension.as_ref().ok_or_else(|| DriveError::new("this session has no extension"))
    }
}
