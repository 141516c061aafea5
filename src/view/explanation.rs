//! An error that a person pastes, of AWS or of Microsoft Entra ID, to what it means and which of the findings that are shown cause it.

use serde::Serialize;

use super::Finding;
use crate::audit::{self, EntraError, Product};
use crate::aws::RoleGrant;
use crate::partition::Partition;
use crate::severity::Severity;

/// What a pasted error means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The error as a finding.
    pub finding: Finding,
    /// Microsoft's own page about this very error, which has the last word.
    pub link: Option<String>,
    /// Which of the findings that are shown cause it, the likely one first: their places in the list.
    pub causes: Vec<usize>,
}

/// What a pasted text means; none when no error stands in it that is known. `product` is the identity provider of the message that is
/// shown, `found` the code and the severity of each finding about it, `grant` the role in question.
#[must_use]
pub fn explain_text(
    text: &str,
    product: Product,
    found: &[(&str, Severity)],
    grant: Option<&RoleGrant>,
) -> Option<Explained> {
    if let Some(error) = audit::entra_error(text) {
        let link = Some(EntraError::link(&error));
        let finding = Finding::of(error.finding(), Product::Entra, None);
        return Some(Explained { finding, link, causes: Vec::new() });
    }
    let rule = audit::aws_error(text)?;
    let args = if rule.code == "sts.region_disabled" { vec![region_in(text)] } else { Vec::new() };
    let mut own = [audit::Finding::new(rule.code, args)];
    audit::fill_for(grant, &mut own);
    let [own] = own;
    let causes = audit::likely(rule.code, found);
    Some(Explained { finding: Finding::of(own, product, None), link: None, causes })
}

/// The region that a text names, else an ellipsis.
fn region_in(text: &str) -> String {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let is_region = |word: &&str| Partition::ALL.iter().any(|partition| partition.region(word).is_some());
    words.find(is_region).unwrap_or("…").to_owned()
}
