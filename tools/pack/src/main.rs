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

/// The regions a person may prefer, by partition, as the module the options page imports.
fn regions() -> String {
    let mut text =
        String::from("// Written by ./build.sh from src/partition.rs.\nexport const REGIONS = {\n");
    for partition in Partition::ALL {
        text.push_str(&format!("  \"{}\": {},\n", partition.id(), json!(partition.regions())));
    }
    text.push_str("};\n");
    text
}

fn write_manifest(browser: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut manifest = read_object("extension/manifest.json")?;
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
    manifest.insert(
        "content_security_policy".into(),
        json!({ "extension_pages": content_security_policy(&sts) }),
    );
    manifest.extend(read_object(&format!("extension/manifest.{browser}.json"))?);
    let text = serde_json::to_string_pretty(&Value::Object(manifest))?;
    fs::write(folder.join("manifest.json"), text + "\n")?;
    Ok(())
}

/// `connect-src` holds in the worker too, so this is the list of hosts the extension can reach at all.
fn content_security_policy(sts: &[String]) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self' {}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        sts.join(" ")
    )
}

fn read_object(file: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?)
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
