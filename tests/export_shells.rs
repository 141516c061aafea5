//! The programs that read an export are the judges of it: each shell prints the variables back byte for byte.
//!
//! bash, dash, zsh, fish and python3 must be installed; pwsh is run where it is. Many exports go into one start of a
//! shell, because starting it is what takes the time. Windows' cmd.exe has only the unit tests of its rules.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]
#![expect(clippy::panic, reason = "a failed step is a failed test")]

use std::path::PathBuf;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;
use rolecall::aws::{ProviderArn, RoleArn};
use rolecall::export::{Format, Options, write};
use rolecall::secret::Secret;
use rolecall::sts::Credentials;
use rolecall::time::UnixTime;

/// Access key id, secret access key, session token and region of one export.
type Values = [String; 4];

#[test]
fn bash_prints_every_value_back_byte_for_byte() {
    posix_shell_prints_back("bash", &["--noprofile", "--norc"]);
}

#[test]
fn dash_prints_every_value_back_byte_for_byte() {
    posix_shell_prints_back("dash", &[]);
}

#[test]
fn zsh_prints_every_value_back_byte_for_byte() {
    posix_shell_prints_back("zsh", &["--no-rcs"]);
}

#[test]
fn fish_prints_every_value_back_byte_for_byte() {
    let print = "printf '%s\\0' \"$AWS_ACCESS_KEY_ID\" \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_SESSION_TOKEN\" \
                 \"$AWS_CREDENTIAL_EXPIRATION\" \"$AWS_REGION\" \"$AWS_DEFAULT_REGION\"\n";
    judge(Format::Fish, values(hostile()), "fish", &["--no-config"], print, CHILD_PRINTS);
}

#[test]
fn pwsh_prints_every_value_back_byte_for_byte_where_it_is_installed() {
    if Command::new("pwsh").arg("-Version").output().is_err() {
        return;
    }
    let print = "foreach ($v in $Env:AWS_ACCESS_KEY_ID,$Env:AWS_SECRET_ACCESS_KEY,$Env:AWS_SESSION_TOKEN,\
                 $Env:AWS_CREDENTIAL_EXPIRATION,$Env:AWS_REGION,$Env:AWS_DEFAULT_REGION) {\n\
                 $b=[Text.Encoding]::UTF8.GetBytes($v + [char]0); \
                 [Console]::OpenStandardOutput().Write($b,0,$b.Length) }\n";
    let not_empty = hostile().prop_map(|value| if value.is_empty() { "x".to_owned() } else { value });
    judge(
        Format::PowerShell,
        values(not_empty),
        "pwsh",
        &["-NoProfile", "-NonInteractive", "-File"],
        print,
        "",
    );
}

#[test]
fn docker_s_reading_of_an_env_file_gives_every_value_back() {
    // As moby's opts/file.go: cut the line's leading white space, skip comments, part at the first `=`, keep the rest.
    let reader = r#"
import sys
wanted = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_REGION", "AWS_DEFAULT_REGION"]
for text in open(sys.argv[1], encoding="utf-8", newline="").read().split("\0")[:-1]:
    read = {}
    for line in text.split("\n"):
        line = line.lstrip(" \t")
        if line and not line.startswith('#'):
            name, _, value = line.partition("=")
            read[name] = value
    assert list(read) == wanted, read
    for name in wanted:
        sys.stdout.buffer.write(read[name].encode() + b"\0")
"#;
    judge_with_python(Format::EnvNoExport, values(literal()), reader);
}

#[test]
fn python_s_configparser_as_botocore_uses_it_gives_every_value_back() {
    let reader = r#"
import configparser, io, sys
for text in open(sys.argv[1], encoding="utf-8", newline="").read().split("\0")[:-1]:
    parser = configparser.RawConfigParser(default_section=None)
    parser.read_file(io.StringIO(text))
    assert parser.sections() == ["111122223333-Dev"], parser.sections()
    section = parser["111122223333-Dev"]
    for name in ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "x_security_token_expires", "region", "region"]:
        sys.stdout.buffer.write(section[name].encode() + b"\0")
"#;
    judge_with_python(Format::Profile, values(literal()), reader);
}

#[test]
fn python_s_json_gives_every_value_of_a_credential_process_back() {
    let reader = r#"
import json, sys
for text in open(sys.argv[1], encoding="utf-8", newline="").read().split("\0")[:-1]:
    read = json.loads(text)
    assert read["Version"] == 1 and type(read["Version"]) is int and read["AccountId"] == "111122223333", read
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]:
        sys.stdout.buffer.write(read[name].encode() + b"\0")
    sys.stdout.buffer.write(b"eu-west-1\0eu-west-1\0")
"#;
    judge_with_python(Format::Process, values_in("eu-west-1"), reader);
}

#[test]
fn python_s_json_gives_every_value_of_the_json_format_back() {
    let reader = r#"
import json, sys
for text in open(sys.argv[1], encoding="utf-8", newline="").read().split("\0")[:-1]:
    read = json.loads(text)
    assert read["AccountId"] == "111122223333" and read["RoleArn"] == "arn:aws:iam::111122223333:role/Dev", read
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]:
        sys.stdout.buffer.write(read["Credentials"][name].encode() + b"\0")
    sys.stdout.buffer.write(2 * (read["Region"].encode() + b"\0"))
"#;
    judge_with_python(Format::Json, values(hostile()), reader);
}

#[test]
fn an_export_runs_nothing_of_what_a_value_holds() {
    let marker = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("a-value-was-run");
    let _ = std::fs::remove_file(&marker);
    let touch = format!("touch {}", marker.display());
    let attacks = [
        format!("$({touch})"),
        format!("`{touch}`"),
        format!("'; {touch}; '"),
        format!("\"; {touch}; \""),
        format!("\n{touch}\n"),
        format!("\\'; {touch}; #"),
        format!("({touch})"),
        format!("<({touch})"),
        format!("| {touch} &"),
    ];
    for (shell, arguments, format) in [
        ("bash", &["--noprofile", "--norc"][..], Format::Env),
        ("dash", &[], Format::Env),
        ("zsh", &["--no-rcs"], Format::Env),
        ("fish", &["--no-config"], Format::Fish),
    ] {
        let script: String = attacks
            .iter()
            .map(|attack| export(format, &[attack.clone(), attack.clone(), attack.clone(), attack.clone()]))
            .collect();
        run(shell, arguments, "attacks", &script);
        assert!(!marker.exists(), "{shell} ran what a value holds");
    }
}

/// bash, dash and zsh share the `env` format and the way to print.
fn posix_shell_prints_back(shell: &str, arguments: &[&str]) {
    let print = "printf '%s\\0' \"$AWS_ACCESS_KEY_ID\" \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_SESSION_TOKEN\" \
                 \"$AWS_CREDENTIAL_EXPIRATION\" \"$AWS_REGION\" \"$AWS_DEFAULT_REGION\"\n";
    judge(Format::Env, values(hostile()), shell, arguments, print, CHILD_PRINTS);
}

/// At the end of a script a child process prints its environment: the variables were exported, not only set.
const CHILD_PRINTS: &str = "python3 -c 'import os, sys
for name in [\"AWS_ACCESS_KEY_ID\", \"AWS_SECRET_ACCESS_KEY\", \"AWS_SESSION_TOKEN\", \"AWS_CREDENTIAL_EXPIRATION\", \"AWS_REGION\", \"AWS_DEFAULT_REGION\"]:
    sys.stdout.buffer.write(os.environb[name.encode()] + bytes(1))'\n";

/// Writes a batch of exports, each followed by `print`, into one script, then `last`; and compares what comes out.
fn judge(
    format: Format,
    batch: impl Strategy<Value = Vec<Values>>,
    shell: &str,
    arguments: &[&str],
    print: &str,
    last: &str,
) {
    proptest!(ProptestConfig { cases: STARTS, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() }, |(batch in batch)| {
        let mut script = String::new();
        for values in &batch {
            script += &export(format, values);
            script += print;
        }
        script += last;
        let mut expected: Vec<&Values> = batch.iter().collect();
        expected.extend(batch.last().filter(|_| !last.is_empty()));
        compare(shell, &expected, &run(shell, arguments, format.name(), &script))?;
    });
}

/// Hands a batch of exports, parted by NUL, to a reader in Python; and compares what comes out.
fn judge_with_python(format: Format, batch: impl Strategy<Value = Vec<Values>>, reader: &str) {
    proptest!(ProptestConfig { cases: STARTS, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() }, |(batch in batch)| {
        let texts: String = batch.iter().map(|values| export(format, values) + "\0").collect();
        let output = run("python3", &["-c", reader], format.name(), &texts);
        compare("python3", &batch.iter().collect::<Vec<_>>(), &output)?;
    });
}

fn compare(reader: &str, expected: &[&Values], output: &[u8]) -> Result<(), TestCaseError> {
    let mut printed = output.split(|byte| *byte == 0);
    for [id, secret, token, region] in expected {
        for value in [id, secret, token, &EXPIRATION.rfc3339(), region, region] {
            let printed = printed.next().unwrap_or_default();
            prop_assert!(
                printed == value.as_bytes(),
                "{reader} printed {:?} for {value:?}",
                String::from_utf8_lossy(printed)
            );
        }
    }
    prop_assert_eq!(printed.count(), 1, "nothing but the empty rest after the last NUL");
    Ok(())
}

/// Starts the program on a file that holds `input` and gives back what it printed.
fn run(program: &str, arguments: &[&str], purpose: &str, input: &str) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("export-{program}-{purpose}.ps1"));
    std::fs::write(&file, input).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .arg(&file)
        // A quoting mistake must not redirect into the checkout.
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap_or_else(|error| {
            panic!("{program} must be installed for this test (apt install {program}): {error}")
        });
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaint.is_empty(), "{program} failed: {complaint}");
    output.stdout
}

fn export(format: Format, [id, secret, token, region]: &Values) -> String {
    let credentials = Credentials {
        access_key_id: id.clone(),
        secret_access_key: Secret::new(secret.clone()),
        session_token: Secret::new(token.clone()),
        expiration: EXPIRATION,
        assumed_role_arn: None,
        role: RoleArn::parse("arn:aws:iam::111122223333:role/Dev").unwrap(),
        provider: ProviderArn::parse("arn:aws:iam::111122223333:saml-provider/Idp").unwrap(),
        region: "us-east-1",
    };
    let options = Options { region: Some(region.clone()), profile_name: None };
    // The values are made up by this test.
    write(format, &credentials, &options)
        .unwrap_or_else(|error| panic!("{error:?} for {id:?} {secret:?} {token:?} {region:?}"))
        .expose()
        .clone()
}

/// Values that hurt: every character that means something to some reader, alone and in the combinations that end a
/// quotation, at the beginning, in the middle and at the end; and any character of Unicode that does not control.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        2 => "[!-~]",
        1 => any::<char>().prop_filter("no control characters", |c| !c.is_control()).prop_map(String::from),
        1 => "[a-zA-Z0-9+/=]{1,8}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Hostile values that a file without quotes can hold.
fn literal() -> impl Strategy<Value = String> {
    hostile().prop_map(|value| {
        let refused = ['\'', '"', '`', '\\', '$', '#', ';', '\n'];
        value.chars().filter(|c| !refused.contains(c)).collect::<String>().trim().to_owned()
    })
}

fn values(value: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<Values>> {
    vec(vec(value, 4), EXPORTS_A_START)
        .prop_map(|batch| batch.into_iter().map(|values| values.try_into().unwrap()).collect())
}

fn values_in(region: &'static str) -> impl Strategy<Value = Vec<Values>> {
    values(hostile()).prop_map(move |mut batch| {
        batch.iter_mut().for_each(|values| values[3] = region.to_owned());
        batch
    })
}

const HOSTILE: &[&str] = &[
    "'", "''", "\"", "\\", "\\\\", "\\'", "'\\''", "$", "$HOME", "${IFS}", "$(id)", "`id`", "`", "%",
    "%PATH%", "%%", "^", "!", "!!", "!$", "\n", "\n\n", " ", "  ", "-", "--", "-n", "~", "~/", "=", "=ls",
    "==", "#", " #", ";", "&", "&&", "|", "<", ">", "<(", "(", ")", "{a,b}", "*", "?", "[a]", "@", ",", ":",
    "\u{2018}", "\u{2019}", "é", "日本", "🔑", "\u{f600}", "\u{f641}", "\u{fdd0}", "\u{2028}", "\u{feff}",
    "\\n", "\\0", "\\x41", "\\u0041", "end\\",
];

/// Exports in one script; four values each.
const EXPORTS_A_START: usize = 64;

/// Scripts a shell runs: 1,024 hostile values for each.
const STARTS: u32 = 4;

/// 2026-09-21T14:13:20Z.
const EXPIRATION: UnixTime = UnixTime::from_seconds(1_790_000_000);
