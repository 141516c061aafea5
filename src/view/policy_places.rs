//! Lines and columns of a policy's text to what a text area selects: UTF-16 units from its start.

use core::str::Chars;

use super::policy::Place;

/// Goes through a text once, as long as what is asked for stands further and further on.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    rest: Chars<'t>,
    line: usize,
    column: usize,
    units: usize,
}

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, rest: text.chars(), line: 1, column: 1, units: 0 }
    }

    /// The place that begins at this line and column: a quoted text, a word, or one character. Behind the end it is the end.
    pub(super) fn find(&mut self, line: usize, column: usize) -> Place {
        if (line, column) < (self.line, self.column) {
            *self = Self::of(self.text);
        }
        while (self.line, self.column) < (line, column) {
            let Some(c) = self.rest.next() else { break };
            self.units = self.units.saturating_add(c.len_utf16());
            if c == '\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
        Place { line, column, start: self.units, end: self.units.saturating_add(token(self.rest.clone())) }
    }
}

/// UTF-16 units of what begins here, on one line.
fn token(mut rest: Chars<'_>) -> usize {
    let Some(first) = rest.next() else { return 0 };
    let mut units = first.len_utf16();
    let is_quoted = first == '"';
    if !is_quoted && !is_word(first) {
        return units;
    }
    let mut is_escaped = false;
    for c in rest.take(MAX_TOKEN_CHARS) {
        let ends = if is_quoted { c == '"' && !is_escaped } else { !is_word(c) };
        if c == '\n' || (ends && !is_quoted) {
            break;
        }
        units = units.saturating_add(c.len_utf16());
        if ends {
            break;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    units
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.' | '+')
}

/// A selection that fills the box says no more than its beginning.
const MAX_TOKEN_CHARS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_utf16_units_and_covers_the_token_there() {
        let text = "{\n  \"\u{1f600}é\": \"a\\\"b\", x\u{2028}y }";
        let units: Vec<u16> = text.encode_utf16().collect();
        let covered = |place: Place| {
            String::from_utf16(units.get(place.start..place.end).unwrap_or_default()).unwrap_or_default()
        };
        let mut places = Places::of(text);
        assert_eq!(covered(places.find(1, 1)), "{");
        assert_eq!(covered(places.find(2, 3)), "\"\u{1f600}é\"");
        assert_eq!(covered(places.find(2, 9)), "\"a\\\"b\"");
        assert_eq!(covered(places.find(2, 17)), "x");
        assert_eq!(covered(places.find(2, 7)), ":", "and back again");
        let end = places.find(9, 9);
        assert_eq!((end.start, end.end), (units.len(), units.len()));
    }

    #[test]
    fn a_text_that_is_not_closed_is_covered_to_the_end_of_its_line() {
        let mut places = Places::of("\"open\nnext");
        assert_eq!(places.find(1, 1), Place { line: 1, column: 1, start: 0, end: 5 });
    }
}
