//! Where the browsers, their drivers and the other tools are: an environment variable, the `PATH`, or `build.sh`'s cache.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Browser, DriveError, Result};

/// The folder where `build.sh` keeps what it installs: `$ROLECALL_CACHE`, else `$XDG_CACHE_HOME/rolecall`, else `~/.cache/rolecall`.
pub fn cache() -> PathBuf {
    if let Some(path) = env::var_os("ROLECALL_CACHE") {
        return PathBuf::from(path);
    }
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    base.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
        .unwrap_or_else(env::temp_dir)
        .join("rolecall")
}

/// The browser's own program.
pub(crate) fn browser(browser: Browser) -> Result<PathBuf> {
    match browser {
        Browser::Chromium => find(
            "ROLECALL_CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome-for-testing"],
            "Chromium (Debian: apt-get install chromium chromium-driver)",
        ),
        Browser::Firefox => find(
            "ROLECALL_FIREFOX",
            &["firefox-esr", "firefox"],
            "Firefox (Debian: apt-get install firefox-esr)",
        ),
    }
}

/// The program that drives the browser.
pub(crate) fn driver(browser: Browser) -> Result<PathBuf> {
    match browser {
        Browser::Chromium => find(
            "ROLECALL_CHROMEDRIVER",
            &["chromedriver"],
            "chromedriver of the browser's version (Debian: apt-get install chromium-driver)",
        ),
        Browser::Firefox => find(
            "ROLECALL_GECKODRIVER",
            &["geckodriver"],
            "geckodriver (./build.sh test installs it: cargo install geckodriver --version 0.37.1 --locked)",
        ),
    }
}

/// The source of axe-core, one of the npm packages of `tests/node`.
pub(crate) fn axe() -> Result<PathBuf> {
    let path = checkout().join("tests/node/node_modules/axe-core/axe.min.js");
    if path.is_file() {
        return Ok(path);
    }
    Err(DriveError::new(format!("no axe-core at {}: ./build.sh installs it", path.display())))
}

/// The Python with moto and botocore: `ROLECALL_PYTHON`, which `build.sh test` sets, else the one in its cache.
pub(crate) fn python() -> Result<PathBuf> {
    if let Some(path) = env::var_os("ROLECALL_PYTHON") {
        return Ok(PathBuf::from(path));
    }
    let folders = fs::read_dir(cache()).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let ready =
        folders.filter(|folder| folder.join("ready").is_file()).map(|folder| folder.join("bin/python"));
    ready.filter(|python| python.is_file()).max().ok_or_else(|| {
        DriveError::new("no Python with moto: ./build.sh test makes one, or set ROLECALL_PYTHON")
    })
}

/// Node.js, which runs what comes from npm.
pub(crate) fn node() -> Result<PathBuf> {
    find("ROLECALL_NODE", &["node"], "Node.js (Debian: apt-get install nodejs)")
}

/// Runs the companion command with these arguments and gives what it printed: `ROLECALL_COMMAND`, else the one that `build.sh` made
/// beside `dist`. Its exit code only says how bad what it read is.
pub fn companion(arguments: &[&str]) -> Result<String> {
    let program = env::var_os("ROLECALL_COMMAND").map(PathBuf::from);
    let program = program.unwrap_or_else(|| checkout().join("target/release/rolecall"));
    if !program.is_file() {
        return Err(DriveError::new(format!("no command at {}: ./build.sh makes it", program.display())));
    }
    let output = Command::new(program).args(arguments).output()?;
    if output.stdout.is_empty() {
        return Err(DriveError::new(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    String::from_utf8(output.stdout).map_err(|error| DriveError::new(error.to_string()))
}

/// The build for this browser: `ROLECALL_DIST`, else `dist` of the checkout.
pub(crate) fn dist(browser: Browser) -> PathBuf {
    let folder = env::var_os("ROLECALL_DIST").map_or_else(|| checkout().join("dist"), PathBuf::from);
    folder.join(browser.dist())
}

/// The folder of the checkout.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn find(variable: &str, names: &[&str], what: &str) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable).map(PathBuf::from) {
        return if path.is_file() {
            Ok(path)
        } else {
            Err(DriveError::new(format!("{variable} names {}, which is not a file", path.display())))
        };
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::iter::once(cache().join("bin")).chain(env::split_paths(&path)).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| DriveError::new(format!("{what} is not on the PATH; install it or set {variable}")))
}
