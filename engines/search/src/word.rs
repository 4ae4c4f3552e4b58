//! Text as words: small letters without marks, apostrophes left out, parted at every other sign.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::edit::LONGEST;

/// Calls `each` with every word of a text. A word that is too long to be one is cut.
pub(crate) fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::with_capacity(LONGEST);
    let mut count = 0;
    let mut take = |letter: Option<char>, word: &mut String| match letter {
        Some(letter) => {
            if count < LONGEST {
                word.push(letter);
                count += 1;
            }
        }
        None => {
            if !word.is_empty() {
                each(word);
                word.clear();
                count = 0;
            }
        }
    };
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            take(Some(character.to_ascii_lowercase()), &mut word);
        } else if matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ') {
        } else if character.is_ascii() {
            take(None, &mut word);
        } else {
            for part in core::iter::once(character).nfkd() {
                if is_combining_mark(part) {
                } else if part.is_alphanumeric() {
                    part.to_lowercase()
                        .for_each(|letter| take(Some(letter), &mut word));
                } else {
                    take(None, &mut word);
                }
            }
        }
    }
    take(None, &mut word);
}

/// Words that say nothing about what is needed.
const COMMON: [&str; 64] = [
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "could",
    "do", "does", "for", "from", "get", "got", "had", "has", "have", "he", "her", "him", "his",
    "how", "i", "id", "im", "in", "is", "it", "ive", "like", "looking", "me", "my", "near", "of",
    "on", "or", "our", "please", "she", "so", "some", "someone", "that", "the", "their", "them",
    "there", "they", "this", "to", "want", "was", "we", "where", "with", "you", "your",
];

/// Whether a word is one of those that every sentence has.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{COMMON, words};

    #[test]
    fn text_becomes_words() {
        let mut found = Vec::new();
        words(
            "Women’s Drop-in CAFÉ, Łódź & 24/7 — \u{7}☎️ O'Brien",
            |word| found.push(word.to_owned()),
        );
        assert_eq!(
            found,
            ["womens", "drop", "in", "cafe", "łodz", "24", "7", "obrien"]
        );
    }

    #[test]
    fn common_words_are_in_order() {
        assert!(COMMON.is_sorted());
    }
}
