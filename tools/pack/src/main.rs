//! `pack regions`: prints `extension/regions.js`. `pack manifest chrome|firefox DIR`: writes `DIR/manifest.json` from
//! `extension/manifest.json`, the browser's overlay, the core's list of hosts and the version of Cargo.toml.
//! `pack zip DIR FILE`: packs a folder, the same bytes for the same files.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rolecall::partition::Partition;
use serde_json::{Map, Value, json};
use zip::write::SimpleFileOptions;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["regions"] => {
            print!("{}", regions());
            Ok(())
        }
        ["manifest", browser @ ("chrome" | "firefox"), folder] => write_manifest(browser, Path::new(folder)),
        ["zip", folder, file] => write_zip(Path::new(folder), Path::new(file)),
        _ => Err("usage: pack regions | manifest chrome|firefox DIR | zip DIR FILE".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pack: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The regions a person may prefer, by partition, and the hosts of signed calls, as a module for the pages.
fn regions() -> String {
    let mut text =
        String::from("// Written by ./build.sh from src/partition.rs.\nexport const REGIONS = {\n");
    for partition in Partition::ALL {
        text.push_str(&format!("  \"{}\": {},\n", partition.id(), json!(partition.regions())));
    }
    text.push_str("};\n");
    let iam: Map<String, Value> = Partition::ALL
        .into_iter()
        .map(|partition| (partition.id().to_owned(), partition.iam_endpoint().0.into()))
        .collect();
    text.push_str(&format!("\n/** By partition. */\nexport const IAM_HOSTS = {};\n", Value::Object(iam)));
    text.push_str("\n/** By region. */\nexport const CLOUDTRAIL_HOSTS = {\n");
    for partition in Partition::ALL {
        for region in partition.regions() {
            let host = partition.cloudtrail_host(region).unwrap_or_default();
            text.push_str(&format!("  \"{region}\": \"{host}\",\n"));
        }
    }
    text.push_str("};\n");
    text
}

fn write_manifest(browser: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(&Value::Object(manifest(Path::new("extension"), browser)?))?;
    fs::write(folder.join("manifest.json"), text + "\n")?;
    Ok(())
}

fn manifest(sources: &Path, browser: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    let mut manifest = read_object(&sources.join("manifest.json"))?;
    manifest.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    let sign_in = Partition::ALL.into_iter().flat_map(Partition::sign_in_hosts);
    let sign_in = sign_in.map(|host| format!("https://*.{host}/*"));
    let sts: Vec<String> = Partition::ALL
        .into_iter()
        .flat_map(Partition::sts_hosts)
        .map(|host| format!("https://{host}"))
        .collect();
    let hosts: Vec<String> = sign_in.chain(sts.iter().map(|host| format!("{host}/*"))).collect();
    manifest.insert("host_permissions".into(), json!(hosts));
    let calls = Partition::ALL.into_iter().flat_map(Partition::call_hosts);
    let calls = calls.map(|host| Value::String(format!("https://{host}/*")));
    let optional = manifest.get_mut("optional_host_permissions").and_then(Value::as_array_mut);
    optional.ok_or("no optional_host_permissions")?.extend(calls);
    manifest.insert(
        "content_security_policy".into(),
        json!({ "extension_pages": content_security_policy(&sts, &optional_hosts(&manifest)) }),
    );
    manifest.extend(read_object(&sources.join(format!("manifest.{browser}.json")))?);
    Ok(manifest)
}

/// The hosts that publish metadata of identity providers, and those of signed calls, as the policy names them. The extension asks for
/// one of them when someone wants something from there.
fn optional_hosts(manifest: &Map<String, Value>) -> Vec<String> {
    let patterns = manifest.get("optional_host_permissions").and_then(Value::as_array);
    let patterns = patterns.into_iter().flatten().filter_map(Value::as_str);
    patterns.map(|pattern| pattern.trim_end_matches("/*").to_owned()).collect()
}

/// `connect-src` holds in the worker too, so this is the list of hosts the extension can reach at all.
fn content_security_policy(sts: &[String], optional: &[String]) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self' {} {}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        sts.join(" "),
        optional.join(" ")
    )
}

fn read_object(file: &Path) -> Result<Map<String, Value>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?)
}

fn write_zip(folder: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    list_files(folder, &mut paths)?;
    paths.sort();
    // The default time of an entry is 1980-01-01, whatever the clock says.
    let options = SimpleFileOptions::default().compression_level(Some(9)).unix_permissions(0o644);
    let mut archive = zip::ZipWriter::new(fs::File::create(file)?);
    for path in paths {
        let name = path.strip_prefix(folder)?.to_str().ok_or("a file name is not UTF-8")?.replace('\\', "/");
        archive.start_file(name, options)?;
        archive.write_all(&fs::read(&path)?)?;
    }
    archive.finish()?;
    Ok(())
}

fn list_files(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list_files(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Microsoft Entra ID in each of its clouds, and Okta.
    const METADATA_HOSTS: [&str; 6] = [
        "https://login.microsoftonline.com/*",
        "https://login.microsoftonline.us/*",
        "https://login.partner.microsoftonline.cn/*",
        "https://*.okta.com/*",
        "https://*.oktapreview.com/*",
        "https://*.okta-emea.com/*",
    ];

    fn manifests() -> [Map<String, Value>; 2] {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension");
        ["chrome", "firefox"].map(|browser| manifest(&sources, browser).unwrap())
    }

    /// Of metadata, then IAM and CloudTrail of each partition.
    fn optional() -> Vec<String> {
        let calls = Partition::ALL.into_iter().flat_map(Partition::call_hosts);
        let calls = calls.map(|host| format!("https://{host}/*"));
        METADATA_HOSTS.into_iter().map(str::to_owned).chain(calls).collect()
    }

    fn texts(value: &Value) -> Vec<&str> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    }

    #[test]
    fn the_manifests_ask_for_storage_web_request_and_sign_in_and_sts_and_only_when_needed_for_the_rest() {
        let mut hosts: Vec<String> = Vec::new();
        for partition in Partition::ALL {
            hosts.extend(partition.sign_in_hosts().iter().map(|host| format!("https://*.{host}/*")));
        }
        for partition in Partition::ALL {
            hosts.extend(partition.sts_hosts().map(|host| format!("https://{host}/*")));
        }
        for manifest in manifests() {
            assert_eq!(texts(&manifest["permissions"]), ["storage", "webRequest"]);
            assert_eq!(texts(&manifest["optional_permissions"]), ["notifications"]);
            assert_eq!(texts(&manifest["host_permissions"]), hosts);
            assert_eq!(texts(&manifest["optional_host_permissions"]), optional());
            for key in manifest.keys().filter(|key| key.contains("permission")) {
                let known =
                    ["permissions", "optional_permissions", "host_permissions", "optional_host_permissions"];
                assert!(known.contains(&key.as_str()), "{key}");
            }
            for key in ["content_scripts", "web_accessible_resources", "externally_connectable"] {
                assert!(!manifest.contains_key(key), "{key}");
            }
        }
    }

    #[test]
    fn the_policy_lets_only_sts_and_the_optional_hosts_be_reached_and_only_our_own_code_run() {
        for manifest in manifests() {
            let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap().to_owned();
            let directives: Vec<&str> = policy.split("; ").collect();
            let (connect, others): (Vec<&str>, Vec<&str>) =
                directives.into_iter().partition(|directive| directive.starts_with("connect-src "));
            assert_eq!(
                others,
                [
                    "default-src 'none'",
                    "script-src 'self' 'wasm-unsafe-eval'",
                    "style-src 'self'",
                    "img-src 'self'",
                    "frame-ancestors 'none'",
                    "base-uri 'none'",
                    "form-action 'none'"
                ]
            );
            let reached: Vec<&str> = connect[0].split(' ').skip(1).collect();
            let mut hosts: Vec<String> = Partition::ALL
                .into_iter()
                .flat_map(Partition::sts_hosts)
                .map(|host| format!("https://{host}"))
                .collect();
            hosts.extend(optional().iter().map(|pattern| pattern.trim_end_matches("/*").to_owned()));
            assert_eq!(reached[0], "'self'");
            assert_eq!(reached[1..], hosts);
        }
    }

    #[test]
    fn the_same_folder_packs_to_the_same_bytes() {
        let folder = std::env::temp_dir().join(format!("rolecall-pack-{}", std::process::id()));
        fs::create_dir_all(folder.join("in/sub")).unwrap();
        fs::write(folder.join("in/b.txt"), "b").unwrap();
        fs::write(folder.join("in/sub/a.txt"), "a").unwrap();
        write_zip(&folder.join("in"), &folder.join("1.zip")).unwrap();
        fs::write(folder.join("in/b.txt"), "b").unwrap();
        write_zip(&folder.join("in"), &folder.join("2.zip")).unwrap();
        assert_eq!(fs::read(folder.join("1.zip")).unwrap(), fs::read(folder.join("2.zip")).unwrap());
        fs::remove_dir_all(folder).unwrap();
    }
}
