//! Where the browsers, their drivers and the other tools are: an environment variable, the `PATH`, or `build.sh`'s cache.

use std::env;
use std::path::{Path, PathBuf};

use crate::{Browser, DriveError, Result};

/// The folder where `build.sh` keeps what it installs: `$XDG_CACHE_HOME/rolecall`, else `~/.cache/rolecall`.
pub fn cache() -> PathBuf {
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

/// The source of axe-core, which `build.sh` installs from npm.
pub(crate) fn axe() -> Result<PathBuf> {
    let path = env::var_os("ROLECALL_AXE")
        .map_or_else(|| cache().join("npm/node_modules/axe-core/axe.min.js"), PathBuf::from);
    if path.is_file() {
        return Ok(path);
    }
    Err(DriveError::new(format!(
        "no axe-core at {}: npm install --prefix {} axe-core, or set ROLECALL_AXE",
        path.display(),
        cache().join("npm").display()
    )))
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
