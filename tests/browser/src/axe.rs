//! axe-core in the current page, through the driver: it needs no permission of the page and leaves nothing in it.

use std::fmt;
use std::fs;

use fantoccini::Client;
use serde_json::Value;

use crate::{DriveError, Result, page, tools};

/// A rule of axe-core that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule, such as `color-contrast`.
    pub rule: String,
    /// What it asks for.
    pub help: String,
    /// The elements that break it, as CSS selectors.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.help, self.elements.join(", "))
    }
}

/// Every violation of every rule that axe-core applies by default.
pub(crate) async fn violations(client: &Client) -> Result<Vec<Violation>> {
    let source = fs::read_to_string(tools::axe()?)?;
    // One script: in Firefox each has a sandbox of its own, and the next would not see `axe`.
    let body = format!(
        "{source}\nreturn (await axe.run(document, {{ resultTypes: ['violations'] }})).violations.map({ROW})"
    );
    let rows = page::evaluate(client, &body, Vec::new()).await?;
    let rows = rows.as_array().ok_or_else(|| DriveError::new(format!("axe-core gave {rows}")))?;
    Ok(rows.iter().map(violation).collect())
}

fn violation(row: &Value) -> Violation {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let elements = row["elements"].as_array().into_iter().flatten();
    let elements = elements.filter_map(Value::as_str).map(str::to_owned).collect();
    Violation { rule: text("rule"), help: text("help"), elements }
}

const ROW: &str =
    "(v) => ({ rule: v.id, help: v.help, elements: v.nodes.map((n) => n.target.flat().join(' ')) })";
