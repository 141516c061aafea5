//! The command says where the sandbox is and ends when whoever started it wants or is gone.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// Started, and past the line that names the login page.
fn started() -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall-sandbox"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<String> = output.by_ref().lines().map(Result::unwrap).take(6).collect();
    assert_eq!(lines[0], "login     https://idp.rolecall.test/");
    assert!(lines[1].starts_with("proxy     http://127.0.0.1:"));
    assert!(lines[5].contains("--proxy-server="));
    child
}

#[test]
fn the_command_ends_when_its_input_closes() {
    let mut child = started();
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_command_ends_when_asked_to() {
    for signal in ["-TERM", "-INT"] {
        let mut child = started();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    }
}
