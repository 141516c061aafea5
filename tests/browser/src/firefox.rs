//! What only Firefox has: its preferences, geckodriver's own commands, and scripts in the browser's privileged context.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::Capabilities;
use serde_json::{Map, Value, json};

use crate::extension::Extension;
use crate::session::Launch;
use crate::{Browser, DriveError, Result, command, page, tools};

/// The host part of the extension's pages, fixed so that the driver can open them.
pub(crate) const ADDRESS: &str = "9a4c6f58-0a5e-4d9f-9d5c-0d3b7f0c1a2b";

/// The capabilities of a session with this profile.
pub(crate) fn capabilities(
    launch: &Launch,
    profile: &Path,
    extension: Option<&Extension>,
) -> Result<Capabilities> {
    let (width, height) = launch.window;
    let mut arguments = vec!["--profile".to_owned(), profile.display().to_string()];
    arguments.extend([format!("--width={width}"), format!("--height={height}")]);
    if launch.headless {
        arguments.push("-headless".to_owned());
    }
    let host = launch.proxy.ip().to_string();
    let mut preferences: Map<String, Value> =
        PREFERENCES.iter().map(|&(name, value)| (name.to_owned(), value.json())).collect();
    for scheme in ["http", "ssl"] {
        preferences.insert(format!("network.proxy.{scheme}"), json!(host));
        preferences.insert(format!("network.proxy.{scheme}_port"), json!(launch.proxy.port()));
    }
    if let Some(extension) = extension {
        let addresses = json!({ &extension.id: ADDRESS }).to_string();
        preferences.insert("extensions.webextensions.uuids".to_owned(), json!(addresses));
    }
    let capabilities = json!({
        "browserName": "firefox",
        // Holds for the background's fetch too, and for hosts with a preloaded pin or HSTS entry.
        "acceptInsecureCerts": true,
        "timeouts": page::timeouts(),
        "moz:firefoxOptions": {
            "binary": tools::browser(Browser::Firefox)?,
            "args": arguments,
            "prefs": preferences,
        },
    });
    match capabilities {
        Value::Object(map) => Ok(map),
        _ => Err(DriveError::new("capabilities are an object")),
    }
}

/// Loads the unpacked extension until the browser ends; loading it again replaces it.
pub(crate) async fn install(client: &Client, extension: &Extension, private_allowed: bool) -> Result<()> {
    let add_on = json!({
        "path": extension.folder,
        "temporary": true,
        "allowPrivateBrowsing": private_allowed,
    });
    command::post(client, "moz/addon/install", add_on).await.map(|_id| ())
}

/// Runs the body of an async function in the browser window, with the browser's own rights; `win` is the newest window.
pub(crate) async fn privileged(client: &Client, body: &str, arguments: Vec<Value>) -> Result<Value> {
    set_context(client, "chrome").await?;
    let body = format!("const win = Services.wm.getMostRecentWindow('navigator:browser');\n{body}");
    let outcome = page::evaluate(client, &body, arguments).await;
    set_context(client, "content").await?;
    outcome
}

/// Ends the event page as the idle timer would, whatever it does.
pub(crate) async fn stop_worker(client: &Client, extension: &Extension) -> Result<()> {
    let stop = "const { extension } = WebExtensionPolicy.getByID(args[0]);
        await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
        if (extension.backgroundState !== 'stopped') throw new Error(extension.backgroundState);";
    privileged(client, stop, vec![json!(extension.id)]).await.map(|_done| ())
}

/// Whether the event page runs.
pub(crate) async fn worker_runs(client: &Client, extension: &Extension) -> Result<bool> {
    let state = "return WebExtensionPolicy.getByID(args[0]).extension.backgroundState";
    Ok(privileged(client, state, vec![json!(extension.id)]).await? == "running")
}

/// Grants or withholds the hosts of the manifest, as the switches in `about:addons` do.
pub(crate) async fn host_access(client: &Client, extension: &Extension, granted: bool) -> Result<()> {
    let change = "const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { extension } = WebExtensionPolicy.getByID(args[0]);
        const hosts = { permissions: [], origins: extension.manifest.host_permissions ?? [] };
        await ExtensionPermissions[args[1] ? 'add' : 'remove'](args[0], hosts, extension);";
    privileged(client, change, vec![json!(extension.id), json!(granted)]).await.map(|_done| ())
}

/// Opens a private window.
pub(crate) async fn open_private_window(client: &Client) -> Result<()> {
    let open = "const opened = win.OpenBrowserWindow({ private: true });
        await new Promise((resolve) => opened.addEventListener('load', resolve, { once: true }));";
    privileged(client, open, Vec::new()).await.map(|_done| ())
}

/// Opens a blank tab in a container.
pub(crate) async fn open_container_tab(client: &Client, container: u32) -> Result<()> {
    let open = "const { gBrowser } = win;
        const triggeringPrincipal = Services.scriptSecurityManager.createNullPrincipal({ userContextId: args[0] });
        gBrowser.selectedTab = gBrowser.addTab('about:blank', { userContextId: args[0], triggeringPrincipal });";
    privileged(client, open, vec![json!(container)]).await.map(|_done| ())
}

/// Gives the current tab's page this many CSS pixels.
pub(crate) async fn resize_page(client: &Client, width: u32, height: u32) -> Result<()> {
    let resize = "const { style } = win.gBrowser.selectedBrowser;
        style.minWidth = style.maxWidth = `${args[0]}px`;
        style.minHeight = style.maxHeight = `${args[1]}px`;";
    privileged(client, resize, vec![json!(width), json!(height)]).await.map(|_done| ())
}

/// Shows the current tab's page in this colour scheme.
pub(crate) async fn color_scheme(client: &Client, scheme: &str) -> Result<()> {
    let show = "win.gBrowser.selectedBrowser.browsingContext.prefersColorSchemeOverride = args[0]";
    privileged(client, show, vec![json!(scheme)]).await.map(|_done| ())
}

async fn set_context(client: &Client, context: &str) -> Result<()> {
    command::post(client, "moz/context", json!({ "context": context })).await.map(|_done| ())
}

#[derive(Debug, Clone, Copy)]
enum Preference {
    Flag(bool),
    Number(i64),
    Text(&'static str),
}

impl Preference {
    fn json(self) -> Value {
        match self {
            Self::Flag(flag) => json!(flag),
            Self::Number(number) => json!(number),
            Self::Text(text) => json!(text),
        }
    }
}

use Preference::{Flag, Number, Text};

/// The preferences that never change: everything through the proxy, no pin, no call to Mozilla.
const PREFERENCES: [(&str, Preference); 48] = [
    ("app.normandy.enabled", Flag(false)),
    ("app.update.disabledForTesting", Flag(true)),
    ("browser.aboutwelcome.enabled", Flag(false)),
    ("browser.contentblocking.report.lockwise.enabled", Flag(false)),
    ("browser.newtabpage.enabled", Flag(false)),
    ("browser.newtabpage.activity-stream.feeds.system.topstories", Flag(false)),
    ("browser.region.network.url", Text("")),
    ("browser.region.update.enabled", Flag(false)),
    ("browser.safebrowsing.malware.enabled", Flag(false)),
    ("browser.safebrowsing.phishing.enabled", Flag(false)),
    ("browser.safebrowsing.blockedURIs.enabled", Flag(false)),
    ("browser.safebrowsing.provider.google4.updateURL", Text("")),
    ("browser.safebrowsing.provider.google5.updateURL", Text("")),
    ("browser.safebrowsing.provider.mozilla.updateURL", Text("")),
    ("browser.search.update", Flag(false)),
    ("browser.shell.checkDefaultBrowser", Flag(false)),
    ("browser.startup.homepage", Text("about:blank")),
    ("browser.startup.page", Number(0)),
    // Closing the last tab must not close the browser: a reload of the extension closes its pages.
    ("browser.tabs.closeWindowWithLastTab", Flag(false)),
    ("browser.topsites.contile.enabled", Flag(false)),
    ("browser.translations.enable", Flag(false)),
    ("datareporting.healthreport.uploadEnabled", Flag(false)),
    ("datareporting.policy.dataSubmissionEnabled", Flag(false)),
    ("dom.push.enabled", Flag(false)),
    ("dom.security.https_only_mode", Flag(false)),
    ("extensions.blocklist.enabled", Flag(false)),
    ("extensions.getAddons.cache.enabled", Flag(false)),
    ("extensions.systemAddon.update.enabled", Flag(false)),
    ("extensions.update.enabled", Flag(false)),
    ("geo.enabled", Flag(false)),
    ("intl.locale.requested", Text("en-US")),
    ("media.gmp-manager.updateEnabled", Flag(false)),
    ("media.gmp-manager.url", Text("")),
    ("network.captive-portal-service.enabled", Flag(false)),
    ("network.connectivity-service.enabled", Flag(false)),
    ("network.dns.disablePrefetch", Flag(true)),
    ("network.http.speculative-parallel-limit", Number(0)),
    ("network.prefetch-next", Flag(false)),
    ("network.proxy.allow_hijacking_localhost", Flag(true)),
    ("network.proxy.no_proxies_on", Text("")),
    ("network.proxy.type", Number(1)),
    ("network.stricttransportsecurity.preloadlist", Flag(false)),
    ("network.trr.mode", Number(5)),
    ("security.OCSP.enabled", Number(0)),
    ("security.cert_pinning.enforcement_level", Number(0)),
    ("services.settings.server", Text("data:,#remote-settings-dummy/v1")),
    ("signon.rememberSignons", Flag(false)),
    ("toolkit.telemetry.enabled", Flag(false)),
];
