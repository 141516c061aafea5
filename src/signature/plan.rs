//! The document's signatures to questions for the host's cryptography, and its answers to the judgement.

use std::fmt;

use super::{Answer, Issue, Job, Judgement, Trust, Verdict};
use crate::saml::Document;

/// What is to be asked, and all that is needed to conclude from the answers. It owns what it needs of the document.
pub struct Plan {
    jobs: Vec<Job>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Plan").field("jobs", &self.jobs).finish()
    }
}

/// Finds every signature of a document and what has to be computed to judge them.
#[must_use]
pub fn plan(_document: &Document<'_>, _trust: &Trust) -> Plan {
    Plan { jobs: Vec::new() }
}

impl Plan {
    /// The questions; they may be answered in any order.
    #[must_use]
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The judgement, from the answers in the order of [`Plan::jobs`]. A missing answer counts as
    /// [`Answer::Unsupported`].
    #[must_use]
    pub fn conclude(self, _answers: &[Answer]) -> Judgement {
        Judgement {
            verdict: Verdict::Unsigned,
            signatures: Vec::new(),
            covered: Vec::new(),
            issues: vec![Issue::Unsigned],
        }
    }
}
