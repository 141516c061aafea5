//! Vectors of W3C and of other implementations.

use rolecall::native;
use rolecall::saml::Document;
use rolecall::signature::{Answer, Job, Trust, Verdict, plan};

use crate::corpus::{codes, conclude, entries, folder, judge};

#[test]
fn canonical_forms_are_those_of_the_standards() {
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("interop.canonical") {
        total += 1;
        let text = entry.text();
        let form = std::fs::read(folder().join(entry.get("form").expect("a form"))).unwrap();
        let document = Document::parse(&text).expect("a readable vector");
        let plan = plan(&document, &entry.trust());
        let made = plan.jobs().iter().find_map(|job| match job {
            Job::Digest { data, .. } => Some(data.clone()),
            Job::Verify { .. } => None,
        });
        if made.as_ref() != Some(&form) {
            let made = made.map(|made| String::from_utf8_lossy(&made).into_owned());
            wrong.push(format!("{}: {made:?}\nnot {:?}", entry.file(), String::from_utf8_lossy(&form)));
            continue;
        }
        let answers: Vec<Answer> = plan.jobs().iter().map(native::answer).collect();
        let judgement = plan.conclude(&answers);
        if judgement.signatures[0].verdict == Verdict::Broken {
            wrong.push(format!(
                "{}: xmlsec1's signature is broken: {:?}",
                entry.file(),
                codes(Some(&judgement))
            ));
        }
    }
    conclude("canonical forms of the standards", total, &wrong);
}

#[test]
fn signed_documents_of_the_interoperability_events_come_out_as_they_say() {
    let (mut total, mut wrong) = (0, Vec::new());
    for entry in entries("interop.documents") {
        total += 1;
        let judgement = judge(&entry.text(), &Trust::default()).expect("a readable vector");
        let said = judgement.signatures.first().expect("a signature").verdict;
        let right = match entry.get("expect") {
            Some("valid") => matches!(said, Verdict::Consistent | Verdict::Wrapped),
            Some("invalid") => said == Verdict::Broken,
            _ => said == Verdict::Unknown,
        };
        if !right {
            wrong.push(format!(
                "{}: {}, not {:?} {:?}",
                entry.file(),
                said.name(),
                entry.get("expect"),
                codes(Some(&judgement))
            ));
        }
    }
    conclude("signed documents of the interoperability events", total, &wrong);
}
