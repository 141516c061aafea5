//! One driver process, on a port of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::Process;
use crate::{Browser, DriveError, Result, eventually, tools};

/// A running driver. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Process,
    url: String,
}

impl Driver {
    /// Starts the driver with its home, temporary files and log below `root`.
    pub(crate) async fn start(browser: Browser, root: &Path) -> Result<Self> {
        let log = root.join("driver.log");
        // A restarted session's driver announces itself anew.
        let _first = fs::remove_file(&log);
        let mut command = Command::new(tools::driver(browser)?);
        match browser {
            Browser::Chromium => command.arg("--port=0"),
            Browser::Firefox => command
                .args(["--port", "0", "--websocket-port", "0", "--allow-system-access"])
                // Without it, a release build of Firefox ignores the preference for its settings server.
                .env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1"),
        };
        let process = Process::start(command, root, &log)?;
        let port =
            eventually("the driver to listen", async || Ok(listening_port(&fs::read_to_string(&log)?)));
        let port = port.await.map_err(|error| DriveError::new(format!("{error}; see {}", log.display())))?;
        Ok(Self { process, url: format!("http://127.0.0.1:{port}") })
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the browser that it started has ended.
    pub(crate) async fn browser_gone(&self) -> Result<()> {
        self.process.folder_unused().await
    }
}

/// The port in the driver's own announcement.
fn listening_port(log: &str) -> Option<u16> {
    let announced = ["started successfully on port ", "Listening on 127.0.0.1:"];
    log.split_inclusive('\n').filter(|line| line.ends_with('\n')).find_map(|line| {
        let rest = announced.iter().find_map(|text| line.split_once(text))?.1;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::listening_port;

    #[test]
    fn the_port_is_read_from_either_drivers_announcement() {
        assert_eq!(listening_port("x\nChromeDriver was started successfully on port 58023.\n"), Some(58023));
        assert_eq!(listening_port("17\tgeckodriver\tINFO\tListening on 127.0.0.1:40123\n"), Some(40123));
        assert_eq!(listening_port("Listening on 127.0.0.1:401"), None, "the line is still being written");
    }
}
