//! The words that a person can be found by.
//!
//! A name becomes words without diacritics, case, apostrophes or hyphens; a date of birth becomes
//! one word, `#1941-03-12`, and a postcode another, `@bh.8.9rn`, so that the start of either is the
//! start of a range in the same index.

use stour_kernel::{Date, Postcode};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest word kept, in characters: enough to tell any two names apart, short enough for an
/// index entry.
const LONGEST_WORD: usize = 32;
/// The most bytes that the names in a person's line take: with the rest well under what PostgreSQL
/// takes as one entry of an index (2,704 bytes).
const LONGEST_LINE: usize = 1_500;
/// Parts the family name, the given names and everything else in a person's list of words.
pub(crate) const DIVIDER: &str = "/";

/// What a person's list of words is made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named<'n> {
    pub(crate) family: &'n str,
    pub(crate) given: Vec<&'n str>,
    /// Every other name, earlier or in use elsewhere: families and given names alike.
    pub(crate) others: Vec<&'n str>,
    pub(crate) born: Option<Date>,
    pub(crate) postcodes: Vec<Postcode>,
}

/// A person's words in one text, each between spaces: family, given, others, dates and places.
pub(crate) fn line(named: &Named<'_>) -> String {
    let mut line = String::from(" ");
    let push = |line: &mut String, words: Vec<String>| {
        for word in words {
            let known = line.split(' ').any(|other| other == word);
            if !known && line.len() + word.len() < LONGEST_LINE {
                line.push_str(&word);
                line.push(' ');
            }
        }
    };
    push(&mut line, name_words(named.family));
    line.push_str(DIVIDER);
    line.push(' ');
    for given in &named.given {
        push(&mut line, name_words(given));
    }
    line.push_str(DIVIDER);
    line.push(' ');
    for other in &named.others {
        push(&mut line, name_words(other));
    }
    if let Some(born) = named.born {
        line.push_str(&birth_word(born));
        line.push(' ');
    }
    for postcode in &named.postcodes {
        line.push_str(&postcode_word(postcode.as_str()));
        line.push(' ');
    }
    line
}

/// The separate words of a line.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(' ')
        .filter(|word| !word.is_empty() && *word != DIVIDER)
}

/// The words of one name: its parts, and the whole when there are several, so that `Smith-Jones` is
/// found by `smith`, `jones` and `smithjones`.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let parts: Vec<String> = name
        .split(|character: char| !is_word(character))
        .map(fold)
        .filter(|part| !part.is_empty())
        .collect();
    let mut words = parts.clone();
    if parts.len() > 1 {
        words.push(cut(&parts.concat()));
    }
    words
}

/// Whether a character belongs to a word of a name: letters, digits and the marks that sit on them.
pub(crate) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// A word without diacritics and case, cut to the longest that is kept.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in word
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
    {
        for lower in character.to_lowercase() {
            match plain(lower) {
                Some(plain) => folded.push_str(plain),
                None if lower.is_alphanumeric() => folded.push(lower),
                None => {}
            }
        }
    }
    cut(&folded)
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// Latin letters that no decomposition makes plain.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// `#1941-03-12`.
pub(crate) fn birth_word(born: Date) -> String {
    format!("#{born}")
}

/// `@bh.8.9rn` of `BH8 9RN`, and of the start of a postcode the start of that.
pub(crate) fn postcode_word(postcode: &str) -> String {
    let lower = postcode.to_ascii_lowercase();
    let letters = lower
        .find(|character: char| character.is_ascii_digit())
        .unwrap_or(lower.len());
    let (area, rest) = lower.split_at_checked(letters).unwrap_or((&lower, ""));
    format!("@{}.{}", area.trim_end(), rest.replace(' ', "."))
}

#[cfg(test)]
mod tests;
