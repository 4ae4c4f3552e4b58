//! How listings say what they can be narrowed by, as data.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::DirectoryError;
use crate::spaced::Spaced;

/// The lists of `reference/directory/finding.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    eligibility_taxonomies: BTreeSet<String>,
    free: Vec<String>,
    /// How often words must be asked in a day before they are kept as they were typed.
    pub(crate) fewest_searches_to_keep_words: u32,
    pub(super) access: Vec<Named>,
    pub(super) group: Vec<Named>,
    pub(super) way: Vec<Named>,
}

/// A code, what it is called, and the phrases that mean it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(super) code: String,
    pub(super) label: String,
    words: Vec<String>,
}

const FILE: &str = "directory/finding.toml";

impl Rules {
    /// The lists built into the binary; the same ones every time.
    pub(crate) fn embedded() -> Result<&'static Self, DirectoryError> {
        static RULES: OnceLock<Result<Rules, String>> = OnceLock::new();
        let text = include_str!("../../../../reference/directory/finding.toml");
        let rules = RULES.get_or_init(|| toml::from_str(text).map_err(|error| error.to_string()));
        rules.as_ref().map_err(|reason| DirectoryError::Reference {
            file: FILE,
            reason: reason.clone(),
        })
    }

    /// Whether terms of this taxonomy say whom a service is for.
    pub(super) fn is_of_eligibility(&self, taxonomy: &str) -> bool {
        let name: String = taxonomy
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        self.eligibility_taxonomies.contains(&name)
    }

    /// Whether a text says that something costs nothing.
    pub(super) fn is_free(&self, said: &Said) -> bool {
        self.free.iter().any(|phrase| said.says(phrase))
    }
}

impl Named {
    pub(super) fn is_said(&self, said: &Said) -> bool {
        self.words.iter().any(|phrase| said.says(phrase))
    }
}

/// A text made ready to be searched for whole words: small letters, one space on either side of each word.
#[derive(Debug, Default)]
pub(crate) struct Said(Spaced);

impl Said {
    pub(super) fn add(&mut self, text: &str) {
        let mut spaced = String::with_capacity(text.len() + 4);
        spaced.push(' ');
        for letter in text.chars() {
            if letter.is_alphanumeric() {
                spaced.extend(letter.to_lowercase());
            } else if !matches!(letter, '\'' | '’') && !spaced.ends_with(' ') {
                spaced.push(' ');
            }
        }
        spaced.push_str(" . ");
        self.0.push(&spaced);
    }

    fn says(&self, phrase: &str) -> bool {
        self.0.says(phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rules, Said};

    #[test]
    fn phrases_are_found_as_whole_words() {
        let mut said = Said::default();
        said.add("It’s free! A wheel-chair lift.");
        said.add("Men");
        assert!(said.says("free"));
        assert!(said.says("its free"));
        assert!(said.says("chair lift"));
        assert!(!said.says("lift men"));
        assert!(!said.says("me"));
    }

    #[test]
    fn the_lists_are_right() {
        let rules = Rules::embedded().unwrap();
        for named in rules.access.iter().chain(&rules.group).chain(&rules.way) {
            let mut said = Said::default();
            said.add(&named.words.join(" . "));
            for phrase in &named.words {
                assert!(said.says(phrase), "{phrase} is not in plain small letters");
            }
        }
        assert!(rules.is_of_eligibility("ESD Circumstances"));
    }
}
