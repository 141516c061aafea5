//! A page as a person has it: what it says, what can be clicked, which keys are pressed. Both browsers speak WebDriver here.

use fantoccini::Client;
use serde_json::{Value, json};

use crate::{DriveError, Result, command};

/// A key, or a character that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// What the key types.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Shift, for [`chord`](crate::Session::chord).
    Shift,
    /// Control, for [`chord`](crate::Session::chord).
    Control,
}

impl Key {
    /// WebDriver's code point of the key.
    pub(crate) fn code(self) -> char {
        match self {
            Self::Char(character) => character,
            Self::Enter => '\u{e007}',
            Self::Escape => '\u{e00c}',
            Self::Tab => '\u{e004}',
            Self::Up => '\u{e013}',
            Self::Down => '\u{e015}',
            Self::Left => '\u{e012}',
            Self::Right => '\u{e014}',
            Self::Home => '\u{e011}',
            Self::End => '\u{e010}',
            Self::Backspace => '\u{e003}',
            Self::Delete => '\u{e017}',
            Self::Shift => '\u{e008}',
            Self::Control => '\u{e009}',
        }
    }
}

/// Runs the body of an async function in the current page; its arguments are in `args`. What it throws is the error.
pub(crate) async fn evaluate(client: &Client, body: &str, arguments: Vec<Value>) -> Result<Value> {
    let script = format!(
        "const args = Array.prototype.slice.call(arguments, 0, -1), done = arguments[arguments.length - 1];
        (async () => {{ {body} }})().then(
            (value) => done([true, value === undefined ? null : value]),
            (error) => done([false, String(error) + (error && error.stack ? ' at ' + error.stack : '')]));"
    );
    let outcome = client.execute_async(&script, arguments).await?;
    match outcome.as_array().map(Vec::as_slice) {
        Some([Value::Bool(true), value]) => Ok(value.clone()),
        Some([Value::Bool(false), Value::String(error)]) => Err(DriveError::new(format!("script: {error}"))),
        _ => Err(DriveError::new(format!("script gave {outcome}"))),
    }
}

/// Presses each key and lets it go before the next.
pub(crate) async fn press(client: &Client, keys: &[Key]) -> Result<()> {
    let strokes = keys.iter().flat_map(|key| [down(*key), up(*key)]).collect();
    strike(client, strokes).await
}

/// Presses a key while a modifier is held.
pub(crate) async fn chord(client: &Client, modifier: Key, key: Key) -> Result<()> {
    strike(client, vec![down(modifier), down(key), up(key), up(modifier)]).await
}

async fn strike(client: &Client, strokes: Vec<Value>) -> Result<()> {
    let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
    command::post(client, "actions", actions).await.map(|_done| ())
}

fn down(key: Key) -> Value {
    json!({ "type": "keyDown", "value": key.code() })
}

fn up(key: Key) -> Value {
    json!({ "type": "keyUp", "value": key.code() })
}

/// WebDriver's own bounds; its default of five minutes hides what hangs.
pub(crate) fn timeouts() -> Value {
    json!({ "script": 40_000, "pageLoad": 40_000, "implicit": 0 })
}
