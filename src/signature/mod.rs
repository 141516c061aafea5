//! Room 3: a message's XML signatures. In comes the tree of the document and the keys that are trusted; out go the
//! questions to the host's cryptography, and from its answers what each signature covers, by whose key, and one
//! verdict for the whole. Refused by name is whatever is no enveloped signature over one element of the message.
//!
//! ```text
//! Document + Trust -> plan -> Plan { jobs } => (host answers) => conclude -> Judgement
//! ```

mod algorithm;
mod certificate;
mod conclude;
mod der;
mod embedded;
mod issue;
mod job;
mod key;
mod keys;
pub mod metadata;
mod name;
mod plan;
mod planner;
mod reference;
mod survey;
mod trust;
mod verdict;

use rolecall_reading::signature::{canonical, scan};

pub use algorithm::{algorithm_name, digest_name};
pub use certificate::{Certificate, CertificateError, certificate_issue};
pub use embedded::embedded_certificate;
pub use issue::Issue;
pub use job::{Answer, Curve, Hash, Job, Scheme};
pub use metadata::{MetadataError, metadata_issue};
pub use plan::{Plan, plan, plan_asking};
pub use trust::{Entity, KeySource, Trust};
pub use verdict::{Covered, Judgement, Signature, Verdict};

#[cfg(test)]
mod attack_tests;
#[cfg(test)]
mod fixture_tests;
#[cfg(test)]
mod profile_tests;
#[cfg(test)]
mod signer_tests;
