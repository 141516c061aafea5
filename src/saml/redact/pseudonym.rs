//! A word to its pseudonym: the same for the same word whatever its case, of the same length and shape, and made of a
//! count, so that nobody can get back from it or try guesses against it. `Jane` is `Xxxa`, `111122223333` is
//! `777777777771`, and with two bytes a character `José` is `Xxxá`.
//!
//! All words have to be known before the first pseudonym is made, for none may hold a word of the original.

use rustc_hash::FxHashMap;

/// The words of one document and their pseudonyms.
#[derive(Default)]
pub(super) struct Pseudonyms {
    /// Whether words are only taken in.
    pub(super) is_collecting: bool,
    /// Each word in lower case, and the place of its pseudonym among those made, one more; nought until it is needed.
    words: FxHashMap<String, usize>,
    made: Vec<String>,
    /// A bit for each hash of the first four characters of a word.
    starts: Vec<u64>,
    /// How many pseudonyms there are of each class of words.
    counts: Vec<u32>,
    /// How many identifiers were replaced as a whole.
    numbered: usize,
}

/// What a character is replaced by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Outside ASCII, with that many bytes in UTF-8.
    Other(usize),
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            character if character.is_ascii() => Self::Letter,
            character => Self::Other(character.len_utf8()),
        }
    }
}

impl Pseudonyms {
    /// Takes a word of the original in.
    fn collect(&mut self, word: &str) {
        let word = lower_case(word);
        if let Some(start) = starts(&word).next() {
            let (place, bit) = place_of(start);
            if self.starts.is_empty() {
                self.starts.resize(HASHES / 64, 0);
            }
            if let Some(bits) = self.starts.get_mut(place) {
                *bits |= bit;
            }
        }
        self.words.entry(word).or_default();
    }

    /// Appends the pseudonym of a word.
    pub(super) fn push(&mut self, out: &mut String, word: &str) {
        if self.is_collecting {
            return self.collect(word);
        }
        let place = self.place(word, None);
        let Some(made) = self.made.get(place) else { return };
        for (written, made) in word.chars().zip(made.chars()) {
            out.push(if written.is_ascii_uppercase() { made.to_ascii_uppercase() } else { made });
        }
    }

    /// Appends the pseudonym of an identifier whose digits, hexadecimal ones too, all become `filler`, and a count.
    pub(super) fn push_whole(&mut self, out: &mut String, text: &str, filler: u8) {
        if self.is_collecting {
            self.words.entry(lower_case(text)).or_default();
            return;
        }
        let place = self.place(text, Some(filler));
        out.push_str(self.made.get(place).map_or("", String::as_str));
    }

    /// The place of a pseudonym among those made: of a word, or of a whole identifier with that filler.
    fn place(&mut self, text: &str, filler: Option<u8>) -> usize {
        let key = lower_case(text);
        let known = *self.words.entry(key.clone()).or_default();
        if known > 0 {
            return known.saturating_sub(1);
        }
        let made = match filler {
            Some(filler) => self.make_whole(&key, filler),
            None => self.make(&key),
        };
        self.made.push(made);
        *self.words.entry(key).or_default() = self.made.len();
        self.made.len().saturating_sub(1)
    }

    fn make_whole(&mut self, text: &str, filler: u8) -> String {
        let mut made = self.number(text, filler);
        for _ in 0..TRIES {
            if !self.words.contains_key(&made) {
                break;
            }
            made = self.number(text, filler);
        }
        made
    }

    fn number(&mut self, text: &str, filler: u8) -> String {
        self.numbered = self.numbered.saturating_add(1);
        let mut count = self.numbered;
        let mut backwards = Vec::with_capacity(text.len());
        for character in text.chars().rev() {
            if !character.is_ascii_hexdigit() {
                backwards.push(character);
                continue;
            }
            let digit = u8::try_from(count % 10).unwrap_or_default().saturating_add(filler) % 10;
            count /= 10;
            backwards.push(char::from(b'0'.saturating_add(digit)));
        }
        turned(&backwards)
    }

    /// A pseudonym that no other word has and that holds no word of four characters or more. Where there is none
    /// left, as of single letters, it is all filler, which several words then share.
    fn make(&mut self, word: &str) -> String {
        let class = class_of(word);
        let fillers = (self.filler(&LETTERS), self.filler(&DIGITS));
        let is_short = word.chars().nth(3).is_none();
        for attempt in 0..TRIES {
            // A word at the front is passed by sooner with longer steps; short words have no count to waste.
            let step = if is_short { 1 } else { 1 << attempt.min(16) };
            let Some(made) = counted(word, self.next(class, step), fillers) else { break };
            if self.is_free(&made) {
                return made;
            }
        }
        for fillers in LETTERS.into_iter().zip(DIGITS) {
            if let Some(made) = counted(word, 0, fillers)
                && self.is_free(&made)
            {
                return made;
            }
        }
        counted(word, 0, fillers).unwrap_or_default()
    }

    fn is_free(&self, made: &str) -> bool {
        !self.words.contains_key(made) && !starts(made).any(|start| self.is_start(start))
    }

    fn is_start(&self, start: u32) -> bool {
        let (place, bit) = place_of(start);
        self.starts.get(place).is_some_and(|bits| bits & bit != 0)
    }

    fn next(&mut self, class: usize, step: u32) -> u32 {
        if self.counts.len() <= class {
            self.counts.resize(class.saturating_add(1), 0);
        }
        let Some(count) = self.counts.get_mut(class) else { return 0 };
        *count = count.saturating_add(step);
        *count
    }

    /// The first of these that no word begins with four times.
    fn filler(&self, candidates: &[char]) -> char {
        let is_free = |character: &&char| !self.is_start(hash([**character; 4]));
        candidates.iter().find(is_free).or(candidates.first()).copied().unwrap_or('x')
    }
}

/// The word's shape with `count` written at its end, in as many symbols as each place has, and in front of it the
/// letter and the digit that stand for nought. `None` when it has not places enough.
fn counted(word: &str, count: u32, (letter, digit): (char, char)) -> Option<String> {
    let mut count = count;
    let mut backwards = Vec::with_capacity(word.len());
    for character in word.chars().rev() {
        let (first, symbols) = match Class::of(character) {
            Class::Letter => ('a', 26),
            Class::Digit => ('0', 10),
            Class::Other(2) => ('à', 20),
            Class::Other(3) => ('カ', 20),
            Class::Other(_) => ('𝓪', 20),
        };
        let first = u32::from(first);
        let filler = match Class::of(character) {
            Class::Letter => u32::from(letter).saturating_sub(first),
            Class::Digit => u32::from(digit).saturating_sub(first),
            Class::Other(_) => 0,
        };
        // Nought is the filler, the others count as they do: a, b, c ... and 1, 2, 3 ... 0.
        let symbol = match count % symbols {
            0 => filler,
            symbol if symbols == 26 && symbol <= filler => symbol.saturating_sub(1),
            symbol if symbols == 10 && symbol >= filler => symbol.saturating_add(1) % symbols,
            symbol => symbol,
        };
        backwards.push(char::from_u32(first.saturating_add(symbol)).unwrap_or(letter));
        count /= symbols;
    }
    (count == 0).then(|| turned(&backwards))
}

fn turned(backwards: &[char]) -> String {
    let mut text = String::with_capacity(backwards.len());
    for character in backwards.iter().rev() {
        text.push(*character);
    }
    text
}

/// Words of one class have the same number of letters, digits and others, and a count of their own; the long ones share
/// theirs, for they have room.
fn class_of(word: &str) -> usize {
    let count = |is_it: fn(Class) -> bool| {
        word.chars().filter(|character| is_it(Class::of(*character))).take(15).count()
    };
    let letters = count(|class| class == Class::Letter);
    let digits = count(|class| class == Class::Digit);
    let others = count(|class| matches!(class, Class::Other(_)));
    (letters << 8) | (digits << 4) | others
}

/// Hashes of each four characters in a row.
fn starts(word: &str) -> impl Iterator<Item = u32> {
    let mut last = ['\0'; 4];
    word.chars().enumerate().filter_map(move |(at, character)| {
        last.rotate_left(1);
        if let Some(place) = last.last_mut() {
            *place = character;
        }
        (at >= 3).then(|| hash(last))
    })
}

/// Two that differ may have one hash: then a pseudonym is passed over that need not be.
fn hash(characters: [char; 4]) -> u32 {
    characters.into_iter().fold(0, |hash: u32, character| {
        (hash.rotate_left(8) ^ u32::from(character)).wrapping_mul(0x9e37_79b1)
    })
}

/// Lower case in ASCII and Latin-1, where names have their capitals most.
fn lower_case(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    for character in word.chars() {
        lower.push(match character {
            '\u{c0}'..='\u{de}' if character != '×' => {
                char::from_u32(u32::from(character).saturating_add(0x20)).unwrap_or(character)
            }
            character => character.to_ascii_lowercase(),
        });
    }
    lower
}

/// Where the bit of a hash stands.
fn place_of(hash: u32) -> (usize, u64) {
    let hash = usize::try_from(hash).unwrap_or_default() % HASHES;
    (hash / 64, 1 << (hash % 64))
}

/// What stands in front of the count; the first that no word begins with.
const LETTERS: [char; 8] = ['x', 'z', 'q', 'j', 'y', 'w', 'v', 'k'];
const DIGITS: [char; 8] = ['7', '9', '6', '3', '8', '4', '5', '2'];

/// Hashes that are told apart.
const HASHES: usize = 1 << 20;

/// Pseudonyms that are looked at for one word.
const TRIES: usize = 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(words: &[&str]) -> Vec<String> {
        let mut pseudonyms = Pseudonyms::default();
        words.iter().for_each(|word| pseudonyms.collect(word));
        let pseudonym = |word: &&str| {
            let mut out = String::new();
            pseudonyms.push(&mut out, word);
            out
        };
        words.iter().map(pseudonym).collect()
    }

    #[test]
    fn a_word_keeps_its_length_its_shape_and_its_case_and_is_the_same_in_any_case() {
        assert_eq!(
            all(&["Jane", "JANE", "jane", "Ada", "exk1a2", "111122223333", "José", "JOSÉ", "田中"]),
            ["Xxxa", "XXXA", "xxxa", "Xxa", "xxx7x1", "777777777771", "Xxxá", "XXXá", "カガ"]
        );
    }

    #[test]
    fn a_filler_that_words_begin_with_is_not_one() {
        assert_eq!(all(&["xxxxyz", "abcdef"]), ["zzzzza", "zzzzzb"]);
        assert_ne!(all(&["77xx7x"]), ["77xx7x"]);
    }

    #[test]
    fn words_that_leave_no_pseudonym_share_the_filler() {
        let letters: Vec<String> = ('a'..='w').map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        let made = all(&letters);
        assert_eq!(made.iter().filter(|made| *made == "x").count(), 21);
        assert!(made.iter().all(|made| ["x", "y", "z"].contains(&made.as_str())));
    }

    #[test]
    fn whole_identifiers_are_counted() {
        let mut pseudonyms = Pseudonyms::default();
        let guid = "6C1B0B5E-aaaa-4000-8000-00000000000f";
        pseudonyms.is_collecting = true;
        pseudonyms.push_whole(&mut String::new(), guid, 0);
        pseudonyms.push_whole(&mut String::new(), "00000000-0000-0000-0000-000000000002", 0);
        pseudonyms.is_collecting = false;
        let mut push = |text: &str, filler| {
            let mut out = String::new();
            pseudonyms.push_whole(&mut out, text, filler);
            out
        };
        assert_eq!(push(guid, 0), "00000000-0000-0000-0000-000000000001");
        assert_eq!(push(&guid.to_lowercase(), 0), "00000000-0000-0000-0000-000000000001");
        assert_eq!(push("00000000-0000-0000-0000-000000000003", 0), "00000000-0000-0000-0000-000000000004");
        assert_eq!(push("192.0.2.10", 1), "111.1.1.16");
    }

    proptest! {
        #[test]
        fn no_two_words_have_one_pseudonym_and_none_holds_a_word(
            words in prop::collection::btree_set("[a-z]{4,9}|[0-9]{5,12}|[xz7]{4,8}", 1..60)
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let made = all(&words);
            for (word, made) in words.iter().zip(&made) {
                prop_assert_eq!(word.len(), made.len());
                prop_assert!(!words.iter().any(|word| made.contains(word)), "{made}");
            }
            let mut distinct = made.clone();
            distinct.sort();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), made.len());
        }
    }
}
