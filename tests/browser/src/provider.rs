//! An identity provider that no one here wrote: samlp, an npm package, behind the sandbox's TLS.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

use rolecall_sandbox::Options;
use serde_json::Value;
use tempfile::TempDir;

use crate::process::Process;
use crate::{DriveError, Result, eventually, tools};

/// The running server of `tests/node/idp/server.mjs`. Dropping it kills it.
#[derive(Debug)]
pub struct ForeignProvider {
    address: SocketAddr,
    issuer: String,
    certificate: String,
    _process: Process,
    // Last: the folder goes when the process is dead.
    _root: TempDir,
}

impl ForeignProvider {
    /// Starts it and waits until it listens.
    pub async fn start() -> Result<Self> {
        let root = tempfile::Builder::new().prefix("rolecall-idp-").tempdir()?;
        let log = root.path().join("idp.log");
        let mut command = Command::new(tools::node()?);
        command.arg(tools::checkout().join("tests/node/idp/server.mjs"));
        let process = Process::start(command, root.path(), &log)?;
        let said = eventually("the identity provider to listen", async || {
            Ok(announcement(&fs::read_to_string(&log)?))
        })
        .await;
        let said = said.map_err(|error| {
            DriveError::new(format!("{error}: {}", fs::read_to_string(&log).unwrap_or_default()))
        })?;
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        let port = said["port"].as_u64().and_then(|port| u16::try_from(port).ok());
        let port = port.ok_or_else(|| DriveError::new(format!("the identity provider says {said}")))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let (issuer, certificate) = (text("issuer"), text("certificate"));
        Ok(Self { address, issuer, certificate, _process: process, _root: root })
    }

    /// A sandbox whose AWS trusts this provider, and in which a browser reaches it at [`ForeignProvider::URL`].
    pub fn options(&self) -> Options {
        Options {
            trust: vec![(self.issuer.clone(), self.certificate.clone())],
            extra_hosts: vec![(HOST.to_owned(), self.address)],
            ..Options::default()
        }
    }

    /// Its page with the sign-in button, `#sign-in`.
    pub const URL: &str = "https://samlp.rolecall.test/";
}

/// The line of JSON that the server prints when it listens.
fn announcement(log: &str) -> Option<Value> {
    let whole = log.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole.filter_map(|line| serde_json::from_str(line).ok()).find(Value::is_object)
}

const HOST: &str = "samlp.rolecall.test";
