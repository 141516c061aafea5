//! The programs that decide whether a signature is valid: xmlsec1 and the JDK, on files, with the key that is given to them.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

/// One signature of one file, with the key that must have made it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) file: PathBuf,
    /// Which of the file's `ds:Signature` elements, from 0.
    pub(crate) number: usize,
    /// A PEM certificate.
    pub(crate) key: PathBuf,
}

/// What xmlsec1 says: whether each signature is valid. Files that are likely valid belong at the front, because the
/// program stops at the first that is not, and its start is what takes time.
pub(crate) fn xmlsec1(questions: &[Question]) -> HashMap<Question, bool> {
    // One run has one key and one number.
    let mut groups: HashMap<(&Path, usize), Vec<&Question>> = HashMap::new();
    for question in questions {
        groups.entry((&question.key, question.number)).or_default().push(question);
    }
    let batches: Vec<Vec<&Question>> = groups
        .into_values()
        .flat_map(|group| group.chunks(BATCH).map(<[_]>::to_vec).collect::<Vec<_>>())
        .collect();
    let (queue, answers) = (Mutex::new(batches), Mutex::new(HashMap::new()));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some(batch) = queue.lock().unwrap().pop() else { return };
                    let mut rest = batch.as_slice();
                    while let [first, ..] = rest {
                        let valid = run_xmlsec1(first, rest);
                        let mut answers = answers.lock().unwrap();
                        answers.extend(rest.iter().take(valid).map(|question| ((*question).clone(), true)));
                        answers.extend(rest.get(valid).map(|question| ((*question).clone(), false)));
                        rest = rest.get(valid + 1..).unwrap_or_default();
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap()
}

/// How many of the files, from the first, are valid.
fn run_xmlsec1(first: &Question, rest: &[&Question]) -> usize {
    let mut command = Command::new("xmlsec1");
    command.args([
        "--verify",
        "--enabled-reference-uris",
        "empty,same-doc",
        "--enabled-key-data",
        "raw-x509-cert",
    ]);
    command.arg("--pubkey-cert-pem").arg(&first.key);
    for name in IDENTIFIED {
        command.args(["--id-attr:ID", name]);
    }
    let signature = "//*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#']";
    command.arg("--node-xpath").arg(format!("({signature})[{}]", first.number + 1));
    command.args(rest.iter().map(|question| &question.file));
    let output = command.output().expect("xmlsec1, Debian's package xmlsec1");
    if output.status.success() {
        return rest.len();
    }
    let said = String::from_utf8_lossy(&output.stderr);
    said.lines().filter(|line| *line == "OK").count()
}

/// What the JDK says, in one run of `tests/corpus/Oracle.java` over all files. The test goes on meanwhile; [`Jdk::answers`] waits.
pub(crate) struct Jdk {
    writer: thread::JoinHandle<String>,
}

impl Jdk {
    /// Starts it on files, each with the one key that its signatures are held against.
    pub(crate) fn start(files: Vec<(PathBuf, PathBuf)>) -> Self {
        let writer = thread::spawn(move || {
            let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/Oracle.java");
            let mut java = Command::new("java")
                .args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
                .arg(program)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("java, Debian's package default-jdk-headless");
            let mut input = java.stdin.take().unwrap();
            let list: String =
                files.iter().map(|(file, key)| format!("{}\t{}\n", file.display(), key.display())).collect();
            let feeder = thread::spawn(move || input.write_all(list.as_bytes()));
            let mut output = String::new();
            java.stdout.take().unwrap().read_to_string(&mut output).unwrap();
            feeder.join().unwrap().unwrap();
            assert!(java.wait().unwrap().success(), "Oracle.java failed");
            output
        });
        Self { writer }
    }

    /// Whether each signature is valid. What the JDK refuses to read is not.
    pub(crate) fn answers(self) -> HashMap<(PathBuf, PathBuf, usize), bool> {
        let output = self.writer.join().expect("the JDK's answers");
        let line = |line: &str| {
            let mut parts = line.split('\t').map(String::from);
            let (file, key) = (PathBuf::from(parts.next()?), PathBuf::from(parts.next()?));
            Some(((file, key, parts.next()?.parse().ok()?), parts.next()? == "valid"))
        };
        output.lines().map(|text| line(text).unwrap_or_else(|| panic!("Oracle.java said {text}"))).collect()
    }
}

/// Algorithms that Debian's xmlsec1 1.2 does not know, so that only the JDK answers.
pub(crate) fn xmlsec1_knows(text: &str) -> bool {
    !["-rsa-MGF1", "#rsa-pss", "eddsa-ed25519"].iter().any(|method| text.contains(method))
}

const IDENTIFIED: [&str; 5] = [
    "urn:oasis:names:tc:SAML:2.0:protocol:Response",
    "urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest",
    "urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest",
    "urn:oasis:names:tc:SAML:2.0:protocol:LogoutResponse",
    "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
];
/// Files of one run; as many names fit a command line by far.
const BATCH: usize = 200;
const THREADS: usize = 2;
