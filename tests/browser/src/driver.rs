//! One driver process: started on a port of its own, and ended with every process that uses the session's folder.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::{Browser, DriveError, Result, eventually, tools};

/// A running driver. Dropping it kills its process group and the browser.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    root: PathBuf,
    url: String,
}

impl Driver {
    /// Starts the driver with its home, temporary files and log below `root`.
    pub(crate) async fn start(browser: Browser, root: &Path) -> Result<Self> {
        let log = root.join("driver.log");
        let (home, temporary) = (root.join("home"), root.join("tmp"));
        fs::create_dir_all(&home)?;
        fs::create_dir_all(&temporary)?;
        let mut command = Command::new(tools::driver(browser)?);
        match browser {
            Browser::Chromium => command.arg("--port=0"),
            Browser::Firefox => {
                command.args(["--port", "0", "--websocket-port", "0", "--allow-system-access"])
            }
        };
        let output = File::create(&log)?;
        let process = command
            .env("HOME", &home)
            .env("TMPDIR", &temporary)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0)
            .spawn()?;
        let mut driver = Self { process, root: root.to_owned(), url: String::new() };
        let port =
            eventually("the driver to listen", async || Ok(listening_port(&fs::read_to_string(&log)?)))
                .await
                .map_err(|error| DriveError::new(format!("{error}; its log is {}", log.display())))?;
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until no process names the session's folder on its command line, other than the driver.
    pub(crate) async fn browser_gone(&self) -> Result<()> {
        eventually("the browser to end", async || Ok(self.browser_processes().is_empty().then_some(()))).await
    }

    /// The browser's processes: those whose command line names the session's folder, which no other session has.
    fn browser_processes(&self) -> Vec<Pid> {
        let root = self.root.as_os_str().as_encoded_bytes();
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        processes
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let id: i32 = entry.file_name().to_str()?.parse().ok()?;
                let line = fs::read(entry.path().join("cmdline")).ok()?;
                line.windows(root.len()).any(|window| window == root).then_some(Pid::from_raw(id)?)
            })
            .collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Ok(Some(group)) = i32::try_from(self.process.id()).map(Pid::from_raw) {
            let _already_gone = kill_process_group(group, Signal::KILL);
        }
        let _reaped = self.process.wait();
        // A browser may have left the driver's group. It dies here, and is given a moment so that the folder can go.
        for _ in 0..40 {
            let left = self.browser_processes();
            if left.is_empty() {
                return;
            }
            for process in left {
                let _already_gone = kill_process(process, Signal::KILL);
            }
            std::thread::sleep(Duration::from_millis(25));
        }
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
