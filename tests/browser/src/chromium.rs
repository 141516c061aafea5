//! What only Chromium has: its switches, chromedriver's door to the DevTools protocol, the page that manages extensions.

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;

use fantoccini::Client;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::extension::Extension;
use crate::process::Process;
use crate::session::Launch;
use crate::{Browser, DriveError, Result, command, eventually, page, tools};

/// Starts Chromium and waits until its first page is there; gives the port of its DevTools.
///
/// The driver is not left to do this: it now and then attaches to the first page before that exists, and every command then hangs.
pub(crate) async fn start(
    launch: &Launch,
    root: &Path,
    profile: &Path,
    extension: Option<&Extension>,
) -> Result<(Process, u16)> {
    let announcement = profile.join("DevToolsActivePort");
    let _of_the_last_start = fs::remove_file(&announcement);
    let preferences = profile.join("Default/Preferences");
    if !preferences.exists() {
        fs::create_dir_all(profile.join("Default"))?;
        fs::write(&preferences, PREFERENCES)?;
    }
    let mut command = Command::new(tools::browser(Browser::Chromium)?);
    command.args(switches(launch, profile, extension));
    let log = root.join("browser.log");
    let process = Process::start(command, root, &log)?;
    let port = eventually("Chromium to start", async || {
        let port = fs::read_to_string(&announcement).ok();
        let port: Option<u16> = port.and_then(|text| text.lines().next()?.parse().ok());
        Ok(match port {
            Some(port) if list_targets(port).await?.contains("\"about:blank\"") => Some(port),
            _ => None,
        })
    });
    let port = port.await.map_err(|error| {
        DriveError::new(format!("{error}: {}", fs::read_to_string(&log).unwrap_or_default()))
    })?;
    Ok((process, port))
}

/// The capabilities of a session that drives the Chromium with this DevTools port.
pub(crate) fn capabilities(port: u16) -> Result<Capabilities> {
    let capabilities = json!({
        "browserName": "chrome",
        "timeouts": page::timeouts(),
        "goog:chromeOptions": {
            "debuggerAddress": format!("127.0.0.1:{port}"),
            // The toolbar popup becomes a window that the driver can switch to.
            "enableExtensionTargets": true,
        },
    });
    match capabilities {
        Value::Object(map) => Ok(map),
        _ => Err(DriveError::new("capabilities are an object")),
    }
}

/// Quits the browser as its menu does, and waits until it has written its profile.
pub(crate) async fn quit(client: &Client, mut process: Process) -> Result<()> {
    // The answer may be lost with the tab it was asked in.
    let _lost = devtools(client, "Browser.close", json!({})).await;
    process.ended().await?;
    process.folder_unused().await
}

fn switches(launch: &Launch, profile: &Path, extension: Option<&Extension>) -> Vec<String> {
    let (width, height) = launch.window;
    let mut switches = vec![
        format!("--user-data-dir={}", profile.display()),
        format!("--proxy-server=http://{}", launch.proxy),
        format!("--window-size={width},{height}"),
        format!("--disable-features={}", FEATURES_OFF.join(",")),
        // The service worker's fetch takes the certificates as the pages do.
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
    switches.push("about:blank".to_owned());
    switches
}

/// What `/json/list` of the DevTools says. Its server keeps the connection open, whatever it is asked.
async fn list_targets(port: u16) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let request = format!("GET /json/list HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length:"));
            if length.and_then(|length| length.trim().parse().ok()) == Some(body.len()) {
                return Ok(body.to_owned());
            }
        }
        if stream.read_buf(&mut answer).await? == 0 {
            return Err(DriveError::new("the DevTools closed the connection"));
        }
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
    interrupt_worker(client).await?;
    eventually("the service worker to stop", async || {
        Ok((!worker_runs(client, extension).await?).then_some(()))
    })
    .await
}

/// The same, without waiting for it to be gone.
pub(crate) async fn interrupt_worker(client: &Client) -> Result<()> {
    devtools(client, "ServiceWorker.enable", json!({})).await?;
    devtools(client, "ServiceWorker.stopAllWorkers", json!({})).await.map(|_done| ())
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

/// An unpacked extension that Chromium reloads (private windows allowed, say) stays off without developer mode.
const PREFERENCES: &str =
    r#"{"extensions":{"ui":{"developer_mode":true}},"credentials_enable_service":false}"#;

/// The switches that never change: nothing in the background, no surprise on the screen, what an automated browser wants.
const SWITCHES: [&str; 24] = [
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-popup-blocking",
    "--disable-prompt-on-repost",
    "--disable-quic",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    // What the extension prints to its console lands in the profile, where the search for secrets sees it.
    "--enable-logging",
    "--gaia-url=http://localhost:9",
    "--google-apis-url=http://localhost:9",
    "--lang=en-US",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--password-store=basic",
    // Without it, Chromium reaches loopback addresses past the proxy.
    "--proxy-bypass-list=<-loopback>",
    "--remote-debugging-port=0",
    "--test-type=webdriver",
];

/// Features that would talk to their vendor (the proxy refuses what is left), and the two that chromedriver turns off.
const FEATURES_OFF: [&str; 9] = [
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
    "DialMediaRouteProvider",
    "IgnoreDuplicateNavs",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "Prewarm",
    "Translate",
];
