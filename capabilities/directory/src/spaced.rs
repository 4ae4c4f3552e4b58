//! A text made ready to be asked for many phrases.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Words with one space on either side of each. Most phrases begin with a word that a text does not have, which is known
/// without looking through it.
#[derive(Debug, Default)]
pub(crate) struct Spaced {
    text: String,
    words: HashSet<u64>,
}

impl Spaced {
    /// Adds to it, each word with a space on either side.
    pub(crate) fn push(&mut self, spaced: &str) {
        self.text.push_str(spaced);
        self.words.extend(spaced.split(' ').map(digest));
    }

    /// Whether it has these words, whole and in this order.
    pub(crate) fn says(&self, phrase: &str) -> bool {
        let first = phrase.split(' ').next().unwrap_or_default();
        self.words.contains(&digest(first)) && self.text.contains(&format!(" {phrase} "))
    }
}

fn digest(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Spaced;

    proptest! {
        /// It says what a search through all of it says.
        #[test]
        fn a_phrase_is_found_where_it_stands_whole(
            texts in prop::collection::vec(prop::collection::vec("[ab]{1,2}", 0..6), 1..4),
            phrase in prop::collection::vec("[ab]{1,2}", 1..4),
        ) {
            let mut spaced = Spaced::default();
            let mut whole = String::new();
            for words in &texts {
                let text = format!(" {} ", words.join(" "));
                spaced.push(&text);
                whole.push_str(&text);
            }
            let phrase = phrase.join(" ");
            prop_assert_eq!(spaced.says(&phrase), whole.contains(&format!(" {phrase} ")));
        }
    }
}
