//! Ordinary words for needs: "hoover" is cleaning, and somebody who is lonely looks for befriending.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use crate::stem::stem;
use crate::word::words;

/// The most words that a phrase may have.
const LONGEST: usize = 8;

/// One need with the words that people use for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The name to show: `Lunch clubs`. It is one of its words.
    pub label: String,
    /// Words and phrases that mean it wherever they stand: what people type and what services say.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that people type for it which say too little when a service says them: `work`, `heart`.
    #[serde(default)]
    pub says: Vec<String>,
    /// Words and phrases of services that answer it, which nobody who types them means the whole need by.
    #[serde(default)]
    pub finds: Vec<String>,
    /// Taxonomy terms of services that answer it.
    #[serde(default)]
    pub terms: Vec<String>,
}

/// A list of needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    pub(crate) needs: Vec<Need>,
}

/// Why a list of needs cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SynonymsError {
    /// It is not the TOML of a list of needs.
    #[error("the list of needs cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// It is not the CSV that was expected.
    #[error("the list of needs cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the list of needs has no column {0:?}")]
    Column(&'static str),
    /// A label or phrase without a letter or digit, or with too many words.
    #[error("{0:?} of the need {1:?} is not one to eight words")]
    Phrase(String, String),
    /// Two needs have the same label.
    #[error("the need {0:?} is there twice")]
    Twice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    need: Vec<Need>,
}

impl Synonyms {
    /// Checks a list of needs.
    pub fn new(needs: Vec<Need>) -> Result<Self, SynonymsError> {
        let mut labels = hashbrown::HashSet::new();
        for need in &needs {
            if !labels.insert(need.label.to_lowercase()) {
                return Err(SynonymsError::Twice(need.label.clone()));
            }
            let others = need.says.iter().chain(&need.finds);
            for text in need.both().chain(others) {
                let length = phrase(text).len();
                if length == 0 || length > LONGEST {
                    return Err(SynonymsError::Phrase(text.clone(), need.label.clone()));
                }
            }
        }
        Ok(Self { needs })
    }

    /// Reads `[[need]]` tables with `label`, `words`, `says`, `finds` and `terms`.
    pub fn from_toml(text: &str) -> Result<Self, SynonymsError> {
        let list: List = toml::from_str(text)?;
        Self::new(list.need)
    }

    /// Reads the Local Government Association's list of needs and the services that address them: CSV with the columns
    /// `Label`, `Mapped label` and `Mapped identifier`. The label of a need finds services that are called as a
    /// mapped service is, or have it as their term; `term` makes its URI or CURIE of an identifier. Labels of more than
    /// eight words are left out.
    pub fn from_mapping(
        text: &str,
        term: impl Fn(&str) -> Vec<String>,
    ) -> Result<Self, SynonymsError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        let column = |name: &'static str| {
            let place = headers.iter().position(|header| header.trim() == name);
            place.ok_or(SynonymsError::Column(name))
        };
        let (label, mapped, identifier) = (
            column("Label")?,
            column("Mapped label")?,
            column("Mapped identifier")?,
        );
        let mut needs: Vec<Need> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let is_phrase = |text: &str| (1..=LONGEST).contains(&phrase(text).len());
        for record in reader.records() {
            let record = record?;
            let of = |column: usize| record.get(column).unwrap_or_default().trim();
            if !is_phrase(of(label)) {
                continue;
            }
            let place = *places.entry(of(label).to_lowercase()).or_insert_with(|| {
                needs.push(Need {
                    label: of(label).to_owned(),
                    words: Vec::new(),
                    says: Vec::new(),
                    finds: Vec::new(),
                    terms: Vec::new(),
                });
                needs.len() - 1
            });
            let Some(need) = needs.get_mut(place) else {
                continue;
            };
            if is_phrase(of(mapped)) {
                need.finds.push(of(mapped).to_owned());
            }
            if !of(identifier).is_empty() {
                need.terms.extend(term(of(identifier)));
            }
        }
        Self::new(needs)
    }

    /// This list with the needs of another; a need of both has the words of both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for need in other.needs {
            let known = self
                .needs
                .iter_mut()
                .find(|known| known.label.eq_ignore_ascii_case(&need.label));
            match known {
                Some(known) => {
                    known.words.extend(need.words);
                    known.says.extend(need.says);
                    known.finds.extend(need.finds);
                    known.terms.extend(need.terms);
                }
                None => self.needs.push(need),
            }
        }
        self
    }

    /// The needs, in their order.
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }
}

impl Need {
    /// The label, then the words.
    pub(crate) fn both(&self) -> impl Iterator<Item = &String> {
        core::iter::once(&self.label).chain(&self.words)
    }
}

/// The stems of a phrase.
pub(crate) fn phrase(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    words(text, |word| stems.push(stem(word)));
    stems
}

#[cfg(test)]
mod tests {
    use super::{Synonyms, SynonymsError};

    #[test]
    fn lists_are_read_and_checked() {
        let list = Synonyms::from_toml(
            "[[need]]\nlabel = 'Cleaning'\nwords = ['hoover', 'do the housework']\n",
        )
        .unwrap();
        assert_eq!(list.needs().len(), 1);
        assert!(matches!(
            Synonyms::from_toml("[[need]]\nlabel = '!'\n"),
            Err(SynonymsError::Phrase(..))
        ));
        assert!(matches!(
            Synonyms::from_toml("[[need]]\nlabel = 'A'\n[[need]]\nlabel = 'a'\n"),
            Err(SynonymsError::Twice(_))
        ));
        assert!(Synonyms::from_toml("[[need]]\nlabel = 'A'\nword = []\n").is_err());
    }

    #[test]
    fn a_mapping_is_read() {
        let list = Synonyms::from_mapping(
            "Identifier,Label,Mapped identifier,Mapped label\n1,Mobility,,\n1,Mobility,137,Disabled facilities grant\n",
            |id| vec![format!("esdServiceType:{id}")],
        )
        .unwrap();
        let need = &list.needs()[0];
        assert_eq!(need.finds, ["Disabled facilities grant"]);
        assert_eq!(need.terms, ["esdServiceType:137"]);
        assert!(matches!(
            Synonyms::from_mapping("Label\n", |_| vec![]),
            Err(SynonymsError::Column("Mapped label"))
        ));
    }
}
