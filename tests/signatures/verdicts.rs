//! What was changed after it was signed: for every good message and each of its twins the core must say of every
//! signature what xmlsec1 and the JDK say.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rolecall::signature::{Judgement, Trust, Verdict};

use crate::canonical::{self, Signed};
use crate::corpus::{Entry, codes, conclude, entries, is_trusting, judge};
use crate::judges::{Jdk, Question, xmlsec1, xmlsec1_knows};
use crate::twins::{HARMLESS, SPLITTING, twins};

/// One text to be judged: a good message or a twin of one.
struct Case {
    entry: Entry,
    kind: &'static str,
    text: String,
    file: PathBuf,
}

/// What the core and the canonicalizer say of a case.
struct Said {
    judgement: Option<Judgement>,
    unpinned: Option<Judgement>,
    signed: Vec<Option<Signed>>,
}

#[test]
fn every_message_and_every_tampered_twin_is_judged_as_xmlsec1_and_the_jdk_judge_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("signatures");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let cases = cases(&folder);
    let jdk = Jdk::start(cases.iter().flat_map(files_and_keys).collect());
    let said = say(&cases);
    let jdk = jdk.answers();
    let questions = questions(&cases, &jdk);
    let xmlsec1 = xmlsec1(&questions);
    compare(&cases, &said, &jdk, &xmlsec1);
    fs::remove_dir_all(&folder).unwrap();
}

/// Every good message and its twins, each in a file.
fn cases(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in entries("good") {
        let good = entry.text();
        let twins = twins(&good);
        cases.push(Case { entry, kind: AS_SIGNED, text: good, file: PathBuf::new() });
        cases.extend(twins.into_iter().map(|twin| Case {
            entry,
            kind: twin.kind,
            text: twin.text,
            file: PathBuf::new(),
        }));
    }
    for (number, case) in cases.iter_mut().enumerate() {
        case.file = folder.join(format!("{number}.xml"));
        fs::write(&case.file, &case.text).unwrap();
    }
    cases
}

fn files_and_keys(case: &Case) -> Vec<(PathBuf, PathBuf)> {
    let mut keys = case.entry.key_files();
    keys.sort();
    keys.dedup();
    keys.into_iter().map(|key| (case.file.clone(), key)).collect()
}

/// What the core says, in two threads.
fn say(cases: &[Case]) -> Vec<Said> {
    let (next, said) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((at, case)) = at(cases, next.fetch_add(1, Ordering::Relaxed)) {
                    let one = Said {
                        judgement: judge(&case.text, &case.entry.trust()),
                        unpinned: judge(&case.text, &Trust::default()),
                        signed: canonical::signed(&case.text),
                    };
                    said.lock().unwrap().push((at, one));
                }
            });
        }
    });
    let mut said = said.into_inner().unwrap();
    said.sort_unstable_by_key(|(at, _)| *at);
    said.into_iter().map(|(_, one)| one).collect()
}

fn at<T>(list: &[T], at: usize) -> Option<(usize, &T)> {
    list.get(at).map(|item| (at, item))
}

/// What xmlsec1 is asked, of the signatures that it knows the algorithm of: all that the JDK takes for valid, first, and a
/// third of the others, so spread that every message and every kind has some. Each of those costs a start of the program;
/// with `ROLECALL_ALL_TWINS` in the environment it is asked about all of them.
fn questions(cases: &[Case], jdk: &HashMap<(PathBuf, PathBuf, usize), bool>) -> Vec<Question> {
    let all = std::env::var_os("ROLECALL_ALL_TWINS").is_some();
    let mut questions = Vec::new();
    let (mut message, mut kind) = (0_usize, 0_usize);
    for case in cases {
        kind += 1;
        if case.kind == AS_SIGNED {
            (message, kind) = (message + 1, 0);
        }
        if !xmlsec1_knows(&case.text) {
            continue;
        }
        for (number, key) in case.entry.key_files().into_iter().enumerate() {
            let is_valid = jdk.get(&(case.file.clone(), key.clone(), number)) == Some(&true);
            let is_disputed = case.entry.disputed("jdk").is_some();
            if is_valid || is_disputed || all || kind == 0 || (message + kind).is_multiple_of(3) {
                questions.push((!is_valid, Question { file: case.file.clone(), number, key }));
            }
        }
    }
    questions.sort_by_key(|(is_last, _)| *is_last);
    questions.into_iter().map(|(_, question)| question).collect()
}

fn compare(
    cases: &[Case],
    said: &[Said],
    jdk: &HashMap<(PathBuf, PathBuf, usize), bool>,
    xmlsec1: &HashMap<Question, bool>,
) {
    let mut tally = Tally::default();
    let mut original: &[Option<Signed>] = &[];
    let mut was_valid: Vec<bool> = Vec::new();
    for (case, said) in cases.iter().zip(said) {
        if case.kind == AS_SIGNED {
            original = &said.signed;
            was_valid.clear();
        }
        let keys = case.entry.key_files();
        for (number, key) in keys.iter().enumerate() {
            let by_jdk = jdk.get(&(case.file.clone(), key.clone(), number)).copied().unwrap_or(false);
            let question = Question { file: case.file.clone(), number, key: key.clone() };
            let by_xmlsec1 = xmlsec1.get(&question).copied();
            let valid = tally.settle(case, number, by_jdk, by_xmlsec1);
            if case.kind == AS_SIGNED {
                was_valid.push(valid);
            }
            let same = said
                .signed
                .get(number)
                .and_then(Option::as_ref)
                .zip(original.get(number).and_then(Option::as_ref));
            let by_canonical = was_valid[number] && same.is_some_and(|(now, then)| now == then);
            tally.canonical(case, number, valid, by_canonical);
            tally.core(case, number, valid, said);
        }
        tally.message(case, said);
    }
    tally.conclude();
}

#[derive(Default)]
struct Tally {
    signatures: usize,
    valid: usize,
    messages: usize,
    asked_xmlsec1: usize,
    canonical: usize,
    disputed: BTreeMap<String, usize>,
    kinds: BTreeMap<&'static str, [usize; 2]>,
    canonical_exceptions: BTreeMap<String, usize>,
    judges_differ: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    /// Whether a signature is valid. The judges agree, or the manifest and [`DISPUTED`] say who is wrong and why.
    fn settle(&mut self, case: &Case, number: usize, jdk: bool, xmlsec1: Option<bool>) -> bool {
        self.asked_xmlsec1 += usize::from(xmlsec1.is_some());
        if let Some((_, settled, why)) = DISPUTED.iter().find(|(kind, ..)| *kind == case.kind) {
            *self.disputed.entry(format!("{}: {why}", case.kind)).or_default() += 1;
            if xmlsec1.is_some_and(|xmlsec1| xmlsec1 != *settled) {
                self.judges_differ.push(format!("{}, signature {number}: not as settled", case.name()));
            }
            return *settled;
        }
        let Some(xmlsec1) = xmlsec1 else { return jdk };
        if jdk == xmlsec1 {
            return jdk;
        }
        if let Some(why) = case.entry.disputed("jdk") {
            *self.disputed.entry(String::from(why)).or_default() += 1;
            return xmlsec1;
        }
        if let Some(why) = case.entry.disputed("xmlsec1") {
            *self.disputed.entry(String::from(why)).or_default() += 1;
            return jdk;
        }
        self.judges_differ.push(format!("{}, signature {number}: JDK {jdk}, xmlsec1 {xmlsec1}", case.name()));
        xmlsec1
    }

    /// The third judge, which knows only canonical forms.
    fn canonical(&mut self, case: &Case, number: usize, valid: bool, by_canonical: bool) {
        if valid == by_canonical {
            self.canonical += 1;
            return;
        }
        let is_excepted = |(name, _): &&(&str, &str)| case.entry.file().contains(*name) || case.kind == *name;
        match canonical::EXCEPTIONS.iter().chain(&CANONICAL_EXCEPTIONS).find(is_excepted) {
            Some((_, why)) => *self.canonical_exceptions.entry((*why).into()).or_default() += 1,
            None => self.judges_differ.push(format!(
                "{}, signature {number}: valid {valid}, by canonical forms {by_canonical}",
                case.name()
            )),
        }
    }

    /// The core on one signature.
    fn core(&mut self, case: &Case, number: usize, valid: bool, said: &Said) {
        self.signatures += 1;
        self.valid += usize::from(valid);
        self.kinds.entry(case.kind).or_default()[usize::from(valid)] += 1;
        let signature = said.judgement.as_ref().and_then(|judgement| judgement.signatures.get(number));
        let verdict = signature.map(|signature| signature.verdict);
        let is_harmless = case.kind == AS_SIGNED || HARMLESS.contains(&case.kind);
        let right = match verdict {
            Some(Verdict::Genuine) => valid,
            Some(Verdict::Wrapped) => valid && !(is_harmless && case.entry.list("expect").is_empty()),
            Some(Verdict::Broken) => !valid,
            Some(Verdict::Unknown) => !valid && UNKNOWN.contains(&case.kind),
            Some(Verdict::Consistent | Verdict::Unsigned) | None => false,
        };
        if !right {
            let name = verdict.map_or("nothing", Verdict::name);
            let codes = codes(said.judgement.as_ref());
            self.wrong
                .push(format!("{}, signature {number}: {name}, but valid is {valid} {codes:?}", case.name()));
        }
    }

    /// The core on the whole message: nothing that splits a text is trusted, nor what is broken, with a pin or without.
    fn message(&mut self, case: &Case, said: &Said) {
        self.messages += 1;
        for judgement in [&said.judgement, &said.unpinned].into_iter().flatten() {
            let is_broken = judgement.signatures.iter().any(|signature| signature.verdict == Verdict::Broken);
            let splits = SPLITTING.contains(&case.kind);
            if is_trusting(judgement.verdict) && (is_broken || splits) {
                let codes = codes(Some(judgement));
                self.wrong.push(format!(
                    "{}: the message is {} {codes:?}",
                    case.name(),
                    judgement.verdict.name()
                ));
            }
        }
        if said.unpinned.as_ref().is_some_and(|judgement| judgement.verdict == Verdict::Genuine) {
            self.wrong.push(format!("{}: genuine without a pin", case.name()));
        }
    }

    fn conclude(self) {
        for (kind, [invalid, valid]) in &self.kinds {
            println!("{kind}: {valid} valid, {invalid} not");
        }
        println!("{} messages, {} signatures, {} of them valid", self.messages, self.signatures, self.valid);
        println!("xmlsec1 was asked about {}, the JDK about all", self.asked_xmlsec1);
        println!(
            "canonical forms agree on {} of {}; known: {:?}",
            self.canonical, self.signatures, self.canonical_exceptions
        );
        println!("disputed and settled: {:?}", self.disputed);
        assert!(self.judges_differ.is_empty(), "the judges differ:\n{}", self.judges_differ.join("\n"));
        let missing: Vec<_> =
            SPLITTING.iter().chain(&HARMLESS).filter(|kind| !self.kinds.contains_key(*kind)).collect();
        assert!(missing.is_empty(), "no such twins: {missing:?}");
        conclude("good messages and tampered twins", self.signatures, &self.wrong);
    }
}

impl Case {
    fn name(&self) -> String {
        format!("{} ({})", self.entry.file(), self.kind)
    }
}

/// The kind of a message that nobody changed.
const AS_SIGNED: &str = "as it was signed";

/// Kinds after which the core may say that it cannot tell, because it does not take the algorithm.
const UNKNOWN: [&str; 1] = ["signature method"];

/// Kinds on which the judges differ: what is right, as xmlsec1 says it too, and why.
const DISPUTED: [(&str, bool, &str); 1] = [(RELATIVE, false, RELATIVE_WHY)];

/// Kinds on which the third judge is wrong, and why.
const CANONICAL_EXCEPTIONS: [(&str, &str); 1] = [(RELATIVE, RELATIVE_WHY)];

const RELATIVE: &str = "relative namespace on the root";
const RELATIVE_WHY: &str = "a document with a relative namespace name has no canonical form (Canonical XML 1.0, 2.2); xmlsec1 \
                            refuses it, the JDK where it writes that name only, bergshamra-c14n never";
