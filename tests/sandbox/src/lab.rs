//! `lab.rolecall.test`: pages that tests type and paste into.

use crate::page::page;
use crate::web::{Ask, Reply};

/// `/paste` has a text box with focus to paste the clipboard into; `/blank` has nothing.
pub(crate) fn answer(ask: &Ask) -> Reply {
    match ask.path.as_str() {
        "/paste" => Reply::html(200, page("Paste", PASTE)),
        "/blank" => Reply::html(200, page("Blank", "<h1>Blank</h1>")),
        _ => Reply::not_found(),
    }
}

const PASTE: &str = "<h1>Paste</h1>\n<p>What the clipboard holds goes here.</p>\n\
    <textarea id=\"paste\" aria-label=\"Paste here\" autofocus spellcheck=\"false\"></textarea>";
