//! AWS's STS as a program no one here wrote plays it, and botocore as the program that uses what we export.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::process::Process;
use crate::{DriveError, Result, eventually, tools};

/// A running moto server on a port of its own. Dropping it kills it.
#[derive(Debug)]
pub struct Moto {
    address: SocketAddr,
    _process: Process,
    // Last: the folder goes when the process is dead.
    _root: TempDir,
}

impl Moto {
    /// Starts it and waits until it listens.
    pub async fn start() -> Result<Self> {
        let root = tempfile::Builder::new().prefix("rolecall-moto-").tempdir()?;
        let log = root.path().join("moto.log");
        let mut command = Command::new(tools::python()?);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]);
        let process = Process::start(command, root.path(), &log)?;
        let address = eventually("moto to listen", async || Ok(address(&fs::read_to_string(&log)?))).await;
        let address = address.map_err(|error| {
            DriveError::new(format!("{error}: {}", fs::read_to_string(&log).unwrap_or_default()))
        })?;
        Ok(Self { address, _process: process, _root: root })
    }

    /// Where it listens, plain HTTP.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The STS host of every region of every partition, as botocore's own rules have it: `{ partition: { region: host } }`.
pub fn sts_hosts_of_botocore() -> Result<Value> {
    let output = Command::new(tools::python()?).args(["-c", HOSTS]).stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout)?);
    }
    Err(DriveError::new(format!("botocore failed: {}", String::from_utf8_lossy(&output.stderr))))
}

/// The address in the server's own announcement.
fn address(log: &str) -> Option<SocketAddr> {
    let line =
        log.split_inclusive('\n').find(|line| line.ends_with('\n') && line.contains("Running on http://"))?;
    line.split_once("http://")?.1.split_whitespace().next()?.parse().ok()
}

/// Runs `script` in bash, then asks STS who that shell's AWS credentials are: botocore, its default endpoint, the sandbox as its proxy.
/// Gives the ARN.
pub(crate) fn caller_identity(script: &str, proxy: SocketAddr, ca_pem: &str) -> Result<String> {
    let root = tempfile::Builder::new().prefix("rolecall-shell-").tempdir()?;
    let authority = root.path().join("ca.pem");
    fs::write(&authority, ca_pem)?;
    let answer = ask(script, proxy, root.path(), &authority)?;
    let answer: Value = serde_json::from_str(&answer)?;
    let arn = answer["Arn"].as_str();
    arn.map(str::to_owned).ok_or_else(|| DriveError::new(format!("GetCallerIdentity gave {answer}")))
}

fn ask(script: &str, proxy: SocketAddr, home: &Path, authority: &Path) -> Result<String> {
    let bash = format!("set -eu\n{script}\nexec \"$ROLECALL_PYTHON\" -c \"$ROLECALL_ASK\"\n");
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-c", &bash])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("HTTPS_PROXY", format!("http://{proxy}"))
        .env("AWS_CA_BUNDLE", authority)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("ROLECALL_PYTHON", tools::python()?)
        .env("ROLECALL_ASK", ASK)
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(DriveError::new(format!("the shell failed: {}", String::from_utf8_lossy(&output.stderr))))
}

const ASK: &str = "
import json, botocore.session
sts = botocore.session.Session().create_client('sts')
print(json.dumps(sts.get_caller_identity(), default=str))
";

/// `partitions` names regions before `endpoints`, which `get_available_regions` reads, lists their services.
const HOSTS: &str = "
import json, botocore.session
from botocore.endpoint_provider import EndpointProvider
session = botocore.session.Session()
loader = session.get_component('data_loader')
partitions = loader.load_data('partitions')
rules = EndpointProvider(loader.load_service_model('sts', 'endpoint-rule-set-1'), partitions)
def host(region):
    url = rules.resolve_endpoint(Region=region, UseFIPS=False, UseDualStack=False, UseGlobalEndpoint=False).url
    return url.removeprefix('https://')
def regions(partition):
    known = set(session.get_available_regions('sts', partition_name=partition['id'])) | set(partition['regions'])
    return sorted(region for region in known if not region.endswith('-global'))
print(json.dumps({each['id']: {region: host(region) for region in regions(each)} for each in partitions['partitions']}))
";

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_read_from_the_servers_announcement() {
        let log = "WARNING: x\n * Running on http://127.0.0.1:41893\nPress CTRL+C to quit\n";
        assert_eq!(address(log), "127.0.0.1:41893".parse().ok());
    }
}
