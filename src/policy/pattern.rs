//! A policy's value to what it matches: policy variables replaced, wildcards told from characters, and the work counted.

use super::context::{Context, Known};
use crate::limits::MAX_POLICY_STEPS;

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// This character.
    One(char),
    /// `?`: any one character.
    AnyOne,
    /// `*`: any characters, or none.
    AnyMany,
}

/// Why a value could not be made a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It names a key that is not there, and no default: the statement may count as invalid.
    Unset,
    /// It names a key that cannot be known.
    Unknown,
    /// It names a key with several values, which AWS does not allow.
    Several,
}

/// How much may still be compared.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Budget {
    pub(super) fn new() -> Self {
        Self(MAX_POLICY_STEPS)
    }

    /// Takes `steps`; false when there are not that many left, from then on always.
    pub(super) fn charge(&mut self, steps: usize) -> bool {
        let left = u64::try_from(steps).ok().and_then(|steps| self.0.checked_sub(steps));
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// The value as a pattern. Without `context` variables are plain text. `*` and `?` are wildcards where `wild`; those that come
/// out of a variable are characters.
pub(super) fn expand(
    text: &str,
    wild: bool,
    context: Option<&Context>,
    budget: &mut Budget,
) -> Result<Vec<Glyph>, Unresolved> {
    if !budget.charge(text.len()) {
        return Err(Unresolved::Unknown);
    }
    let mut glyphs = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(context) = context
            && let Some((variable, behind)) = variable(rest)
        {
            push_variable(&mut glyphs, variable, context, budget)?;
            rest = behind;
            continue;
        }
        glyphs.push(match first {
            '*' if wild => Glyph::AnyMany,
            '?' if wild => Glyph::AnyOne,
            plain => Glyph::One(plain),
        });
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    Ok(glyphs)
}

/// What stands in `${...}` at the beginning of a text, and what follows.
pub(super) fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

fn push_variable(
    glyphs: &mut Vec<Glyph>,
    variable: &str,
    context: &Context,
    budget: &mut Budget,
) -> Result<(), Unresolved> {
    if matches!(variable, "*" | "?" | "$") {
        glyphs.extend(variable.chars().map(Glyph::One));
        return Ok(());
    }
    let (key, default) = match variable.split_once(',') {
        None => (variable.trim(), None),
        Some((key, default)) => {
            let default = default.trim();
            let quoted = default.strip_prefix('\'').and_then(|default| default.strip_suffix('\''));
            (key.trim(), quoted)
        }
    };
    let value = match context.get(key) {
        Known::Values([value]) => value.as_str(),
        Known::Values([]) | Known::Absent(_) => default.ok_or(Unresolved::Unset)?,
        Known::Values(_) => return Err(Unresolved::Several),
        Known::Unknown(_) => return Err(Unresolved::Unknown),
    };
    if !budget.charge(value.len()) {
        return Err(Unresolved::Unknown);
    }
    glyphs.extend(value.chars().map(Glyph::One));
    Ok(())
}

/// Whether the pattern matches the whole value; `None` when the budget ends before it is known.
pub(super) fn matches(pattern: &[Glyph], value: &[char], budget: &mut Budget) -> Option<bool> {
    // The last `*` met, and how far its reach went: on a mismatch it takes one character more.
    let mut star: Option<(usize, usize)> = None;
    let (mut at, mut read) = (0_usize, 0_usize);
    loop {
        if !budget.charge(1) {
            return None;
        }
        let is_match = match (pattern.get(at), value.get(read)) {
            (Some(Glyph::AnyMany), _) => {
                star = Some((at, read));
                at += 1;
                continue;
            }
            (None, None) => return Some(true),
            (Some(Glyph::AnyOne), Some(_)) => true,
            (Some(Glyph::One(wanted)), Some(found)) => wanted == found,
            _ => false,
        };
        if is_match {
            at += 1;
            read += 1;
            continue;
        }
        match star {
            Some((star_at, star_read)) if star_read < value.len() => {
                star = Some((star_at, star_read + 1));
                at = star_at + 1;
                read = star_read + 1;
            }
            _ => return Some(false),
        }
    }
}

/// Whether an action's pattern matches it; letters are the same in both cases (IAM User Guide, "Action").
pub(super) fn action_matches(pattern: &str, action: &str, budget: &mut Budget) -> Option<bool> {
    let glyph = |c: char| match c {
        '*' => Glyph::AnyMany,
        '?' => Glyph::AnyOne,
        c => Glyph::One(c.to_ascii_lowercase()),
    };
    let pattern: Vec<Glyph> = pattern.chars().map(glyph).collect();
    let action: Vec<char> = action.chars().map(|c| c.to_ascii_lowercase()).collect();
    matches(&pattern, &action, budget)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn glob(pattern: &str, value: &str) -> Option<bool> {
        let mut budget = Budget::new();
        let pattern = expand(pattern, true, None, &mut budget).unwrap();
        matches(&pattern, &value.chars().collect::<Vec<_>>(), &mut budget)
    }

    /// The definition, word for word; slow.
    fn slow(pattern: &[char], value: &[char]) -> bool {
        match pattern.split_first() {
            None => value.is_empty(),
            Some(('*', rest)) => (0..=value.len()).any(|from| slow(rest, &value[from..])),
            Some(('?', rest)) => value.split_first().is_some_and(|(_, value)| slow(rest, value)),
            Some((first, rest)) => {
                value.split_first().is_some_and(|(found, value)| found == first && slow(rest, value))
            }
        }
    }

    #[test]
    fn wildcards_match_characters_and_not_bytes() {
        for (pattern, value, is) in [
            ("", "", true),
            ("*", "", true),
            ("?", "é", true),
            ("??", "é", false),
            ("*.example.com", "a.b.example.com", true),
            ("*a*b", "xaybzb", true),
            ("*a*b", "xaybz", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
        ] {
            assert_eq!(glob(pattern, value), Some(is), "{pattern} {value}");
        }
    }

    #[test]
    fn a_pattern_made_to_be_slow_ends_without_an_answer() {
        assert_eq!(glob(&format!("*{}b", "a".repeat(9_000)), &"a".repeat(90_000)), None);
    }

    proptest! {
        #[test]
        fn a_pattern_matches_what_its_definition_says(pattern in "[ab*?]{0,8}", value in "[ab]{0,8}") {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(glob(&pattern, &value), Some(slow(&characters(&pattern), &characters(&value))));
        }
    }
}
