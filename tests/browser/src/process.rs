//! A child process that keeps its home, its temporary files and its log in the session's folder, and never outlives its owner,
//! even one that is killed.

use std::fs::{self, OpenOptions};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::{Result, eventually};

/// A running process. Dropping it kills it with its process group and with every process that names the folder on its command line.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    guard: Child,
    root: PathBuf,
}

impl Process {
    /// Starts the command in a group of its own; what it prints goes to `log`.
    pub(crate) fn start(mut command: Command, root: &Path, log: &Path) -> Result<Self> {
        let (home, temporary) = (root.join("home"), root.join("tmp"));
        fs::create_dir_all(&home)?;
        fs::create_dir_all(&temporary)?;
        let output = OpenOptions::new().create(true).append(true).open(log)?;
        let child = command
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
        let guard = guard(child.id())?;
        Ok(Self { child, guard, root: root.to_owned() })
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Waits until it ends by itself.
    pub(crate) async fn ended(&mut self) -> Result<()> {
        eventually("the process to end", async || Ok(self.has_ended()?.then_some(()))).await
    }

    /// Waits until no process names the folder on its command line.
    pub(crate) async fn folder_unused(&self) -> Result<()> {
        eventually("the browser to end", async || Ok(users(&self.root).is_empty().then_some(()))).await
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // First: the number of a group that is gone may become another's.
        let _already_gone = self.guard.kill();
        let _reaped = self.guard.wait();
        // Reaped already: its number may be another's by now.
        if matches!(self.child.try_wait(), Ok(None)) {
            if let Ok(Some(group)) = i32::try_from(self.child.id()).map(Pid::from_raw) {
                let _already_gone = kill_process_group(group, Signal::KILL);
            }
            let _reaped = self.child.wait();
        }
        // A browser may have left the driver's group. It dies here, and is given a moment so that the folder can go.
        for _ in 0..40 {
            let left = users(&self.root);
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

/// A shell that kills the process group when this program is gone, however it went: only then does its input end.
fn guard(group: u32) -> Result<Child> {
    let mut shell = Command::new("sh");
    shell.args(["-c", "read -r _; kill -s KILL -- \"-$1\"", "guard", &group.to_string()]);
    Ok(shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()?)
}

/// The processes whose command line names the session's folder, which no other session has.
fn users(root: &Path) -> Vec<Pid> {
    let root = root.as_os_str().as_encoded_bytes();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_dies_when_the_program_that_started_it_is_gone() -> Result<()> {
        let mut child = Command::new("sleep").arg("600").process_group(0).spawn()?;
        let mut guard = guard(child.id())?;
        // What the end of this program does.
        drop(guard.stdin.take());
        assert!(guard.wait()?.success());
        assert!(!child.wait()?.success(), "killed");
        Ok(())
    }
}
