//! Drives the built, unpacked extension in real Chromium and real Firefox; the tests and the demo both use it.
//!
//! [`Session`] is one browser with a fresh profile, behind the sandbox's proxy, with the extension loaded. Everything a person
//! does is one method: open a page, click, press keys, open the toolbar popup, paste, restart, open a private window. What only
//! a test can do is there too: stop the background, withhold host access, search the profile on disk for a secret.
//!
//! ```text
//! test or demo -> Session -> chromedriver | geckodriver -> Chromium | Firefox -> proxy (the sandbox)
//! ```
//!
//! [`World`] adds the sandbox, and moto where it is asked for, and ends with the search of the disk; [`Popup`] is the product's popup
//! by what a person sees in it, [`Inspector`] the page for experts.
//!
//! A scenario is written once and becomes two tests, `chromium::name` and `firefox::name`, by [`in_both_browsers!`]. A browser or
//! driver that is not there is a failure that names what to install, never a skip.

mod axe;
mod background;
mod chromium;
mod command;
mod disk;
mod driver;
mod error;
mod extension;
mod firefox;
mod inspector_page;
mod moto;
mod page;
mod popup;
mod popup_page;
mod process;
mod provider;
mod scenario;
mod session;
mod tools;
mod world;

pub use axe::Violation;
pub use disk::{Hit, Needle};
pub use error::{DriveError, Result};
pub use inspector_page::{Entry, Inspector, Read, TABS};
pub use moto::{Moto, sts_hosts_of_botocore};
pub use page::Key;
pub use popup::ToolbarPopup;
pub use popup_page::{Copied, Explained, ListedRole, Popup};
pub use provider::ForeignProvider;
pub use scenario::{eventually, run};
pub use session::{Launch, Scheme, Session, Tab};
pub use tools::{cache, companion};
pub use world::{Setup, World, own_places};

/// Which browser a scenario runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
}

impl Browser {
    /// The folder under `dist/` with the build for this browser.
    pub fn dist(self) -> &'static str {
        match self {
            Self::Chromium => "chrome",
            Self::Firefox => "firefox",
        }
    }
}
