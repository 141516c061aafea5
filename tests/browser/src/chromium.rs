//! What only Chromium has: its switches, chromedriver's door to the DevTools protocol, the page that manages extensions.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::extension::Extension;
use crate::session::Launch;
use crate::{Browser, DriveError, Result, command, eventually, page, tools};

/// The capabilities of a session with this profile.
pub(crate) fn capabilities(
    launch: &Launch,
    profile: &Path,
    extension: Option<&Extension>,
) -> Result<Capabilities> {
    let (width, height) = launch.window;
    let mut switches = vec![
        format!("--user-data-dir={}", profile.display()),
        format!("--proxy-server=http://{}", launch.proxy),
        // Without it, Chromium reaches loopback addresses past the proxy.
        "--proxy-bypass-list=<-loopback>".to_owned(),
        format!("--window-size={width},{height}"),
        format!("--disable-features={}", CALLS_HOME.join(",")),
        // The service worker's fetch takes these two as the pages do.
        match &launch.certificate_key {
            Some(hash) => format!("--ignore-certificate-errors-spki-list={hash}"),
            None => "--ignore-certificate-errors".to_owned(),
        },
    ];
    switches.extend(SWITCHES.iter().map(|&switch| switch.to_owned()));
    if launch.headless {
        switches.push("--headless=new".to_owned());
    }
    if rustix::process::geteuid().is_root() {
        switches.push("--no-sandbox".to_owned());
    }
    if let Some(extension) = extension {
        switches.push(format!("--load-extension={}", extension.folder.display()));
    }
    // Without an address the first window after a restart never loads, and every command on it hangs.
    switches.push("about:blank".to_owned());
    let capabilities = json!({
        "browserName": "chrome",
        "timeouts": page::timeouts(),
        "goog:chromeOptions": {
            "binary": tools::browser(Browser::Chromium)?,
            "args": switches,
            "excludeSwitches": ["disable-extensions", "enable-automation"],
            // The toolbar popup becomes a window that the driver can switch to.
            "enableExtensionTargets": true,
            // An unpacked extension that Chromium reloads (private windows allowed, say) stays off without developer mode.
            "prefs": { "extensions.ui.developer_mode": true, "credentials_enable_service": false },
        },
    });
    match capabilities {
        Value::Object(map) => Ok(map),
        _ => Err(DriveError::new("capabilities are an object")),
    }
}

/// One command of the DevTools protocol, on the current tab.
pub(crate) async fn devtools(client: &Client, method: &str, params: Value) -> Result<Value> {
    command::post(client, "goog/cdp/execute", json!({ "cmd": method, "params": params })).await
}

/// Whether the extension's service worker runs.
pub(crate) async fn worker_runs(client: &Client, extension: &Extension) -> Result<bool> {
    let targets = devtools(client, "Target.getTargets", json!({})).await?;
    let targets = targets["targetInfos"].as_array().cloned().unwrap_or_default();
    Ok(targets.iter().any(|target| {
        target["type"] == "service_worker"
            && target["url"].as_str().is_some_and(|url| url.starts_with(&extension.origin))
    }))
}

/// Stops the service worker at once, in the middle of whatever it does.
pub(crate) async fn stop_worker(client: &Client, extension: &Extension) -> Result<()> {
    devtools(client, "ServiceWorker.enable", json!({})).await?;
    devtools(client, "ServiceWorker.stopAllWorkers", json!({})).await?;
    eventually("the service worker to stop", async || {
        Ok((!worker_runs(client, extension).await?).then_some(()))
    })
    .await
}

/// Changes a setting of the extension as `chrome://extensions` does, then waits until the extension is back. The current tab goes there.
pub(crate) async fn configure(client: &Client, extension: &Extension, setting: Value) -> Result<()> {
    client.goto("chrome://extensions").await?;
    let update =
        "await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: args[0], ...args[1] })";
    page::evaluate(client, update, vec![json!(extension.id), setting]).await?;
    eventually("the extension to be enabled again", async || {
        let state = "return (await chrome.developerPrivate.getExtensionInfo(args[0])).state";
        let state = page::evaluate(client, state, vec![json!(extension.id)]).await?;
        Ok((state == "ENABLED").then_some(()))
    })
    .await
}

/// Grants or withholds the hosts that a person controls on the extension's page. The current tab goes to `chrome://extensions`.
pub(crate) async fn host_access(client: &Client, extension: &Extension, granted: bool) -> Result<()> {
    let access = if granted { "ON_ALL_SITES" } else { "ON_CLICK" };
    configure(client, extension, json!({ "hostAccess": access })).await
}

/// The switches that never change: nothing at start, nothing in the background, no surprise on the screen.
const SWITCHES: [&str; 15] = [
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--gaia-url=http://localhost:9",
    "--google-apis-url=http://localhost:9",
    "--lang=en-US",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
];

/// Features that would talk to their vendor. The proxy refuses what is left.
const CALLS_HOME: [&str; 8] = [
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
    "DialMediaRouteProvider",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "Prewarm",
    "Translate",
];
