//! Code lists with dates, and maps between them.
//!
//! What a code means is true for a time: a list is revised, a council is abolished, a service is
//! renamed. So a list is asked about a day, and a map between two lists is too.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Code, Period};

/// One meaning of a code, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// What it means, in words fit for a page.
    pub label: String,
    /// When it has this meaning.
    pub valid: Period,
    /// Anything a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A list of codes: each code has at most one meaning on any day, and the same code can mean
/// something else at another time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "CodeListFields")]
pub struct CodeList {
    id: Code,
    title: String,
    source: String,
    entries: Vec<CodeEntry>,
    maps: Vec<CodeMap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeListFields {
    id: Code,
    title: String,
    source: String,
    entries: Vec<CodeEntry>,
    #[serde(default)]
    maps: Vec<CodeMap>,
}

/// Why entries and maps do not make a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeListError {
    /// A code has two meanings on the same day.
    #[error(
        "the code list {list} has {code} twice for {overlap}: end the older entry where the \
         newer starts"
    )]
    Overlap {
        /// The list.
        list: Code,
        /// The code with two meanings.
        code: Code,
        /// When it has both.
        overlap: Period,
    },
    /// There are two maps to the same list.
    #[error("the code list {list} has two maps to {to}: join them into one")]
    TwoMaps {
        /// The list.
        list: Code,
        /// The list that both maps lead to.
        to: Code,
    },
    /// A map translates a code that the list does not have at that time.
    #[error(
        "the map from {list} to {to} translates {code} for {valid}, when the list has no \
         such code: correct the code or the dates"
    )]
    Unknown {
        /// The list that lacks the code.
        list: Code,
        /// The list the map leads to.
        to: Code,
        /// The code.
        code: Code,
        /// When the map translates it.
        valid: Period,
    },
}

impl CodeList {
    /// A list; `id` names it to machines, `title` to people, `source` says who publishes it and
    /// where. The entries keep their order.
    ///
    /// # Errors
    ///
    /// [`CodeListError`] when a code has two meanings on one day, when two maps lead to one list,
    /// or when a map translates a code that the list never has in the time of the translation.
    pub fn new(
        id: Code,
        title: String,
        source: String,
        entries: Vec<CodeEntry>,
        maps: Vec<CodeMap>,
    ) -> Result<Self, CodeListError> {
        let list = Self {
            id,
            title,
            source,
            entries,
            maps,
        };
        list.check_entries()?;
        list.check_maps()?;
        Ok(list)
    }

    /// What machines call it.
    pub fn id(&self) -> &Code {
        &self.id
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who publishes it, and where.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every entry of every time, in the order of the list.
    pub fn entries(&self) -> &[CodeEntry] {
        &self.entries
    }

    /// The maps from this list to others.
    pub fn maps(&self) -> &[CodeMap] {
        &self.maps
    }

    /// What the code means on a day; `None` when the list does not have it then.
    pub fn entry_at(&self, code: &Code, on: Date) -> Option<&CodeEntry> {
        self.entries_at(on).find(|entry| entry.code == *code)
    }

    /// The entries of a day, in the order of the list.
    pub fn entries_at(&self, on: Date) -> impl Iterator<Item = &CodeEntry> {
        self.entries
            .iter()
            .filter(move |entry| entry.valid.contains(on))
    }

    /// Every meaning the code ever had, in the order of the list: for showing an old record.
    pub fn history<'list>(&'list self, code: &Code) -> impl Iterator<Item = &'list CodeEntry> {
        self.entries.iter().filter(move |entry| entry.code == *code)
    }

    /// The map from this list to the list of that id.
    pub fn map_to(&self, list: &Code) -> Option<&CodeMap> {
        self.maps.iter().find(|map| map.to == *list)
    }

    fn check_entries(&self) -> Result<(), CodeListError> {
        let mut periods: HashMap<&Code, Vec<Period>> = HashMap::new();
        for entry in &self.entries {
            let others = periods.entry(&entry.code).or_default();
            if let Some(overlap) = others
                .iter()
                .find_map(|other| other.intersection(&entry.valid))
            {
                let (list, code) = (self.id.clone(), entry.code.clone());
                return Err(CodeListError::Overlap {
                    list,
                    code,
                    overlap,
                });
            }
            others.push(entry.valid);
        }
        Ok(())
    }

    fn check_maps(&self) -> Result<(), CodeListError> {
        for (position, map) in self.maps.iter().enumerate() {
            if self
                .maps
                .iter()
                .take(position)
                .any(|earlier| earlier.to == map.to)
            {
                let (list, to) = (self.id.clone(), map.to.clone());
                return Err(CodeListError::TwoMaps { list, to });
            }
            let unknown = map
                .entries
                .iter()
                .find(|entry| !self.has(&entry.from, &entry.valid));
            if let Some(CodeMapEntry { from, valid, .. }) = unknown {
                return Err(CodeListError::Unknown {
                    list: self.id.clone(),
                    to: map.to.clone(),
                    code: from.clone(),
                    valid: *valid,
                });
            }
        }
        Ok(())
    }

    /// Whether the code has a meaning on any day of the period.
    fn has(&self, code: &Code, during: &Period) -> bool {
        self.history(code).any(|entry| entry.valid.overlaps(during))
    }
}

impl TryFrom<CodeListFields> for CodeList {
    type Error = CodeListError;

    fn try_from(fields: CodeListFields) -> Result<Self, CodeListError> {
        Self::new(
            fields.id,
            fields.title,
            fields.source,
            fields.entries,
            fields.maps,
        )
    }
}

/// How the codes of one list translate to another's. A code can have several translations at
/// once, where the other list is finer, and none, where it has nothing like it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMap {
    /// The id of the list it leads to.
    pub to: Code,
    /// Who says so.
    pub source: String,
    /// The translations.
    pub entries: Vec<CodeMapEntry>,
}

/// One translation, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMapEntry {
    /// The code in the list that has the map.
    pub from: Code,
    /// The code in the list the map leads to.
    pub to: Code,
    /// When it is to be translated so.
    pub valid: Period,
    /// Anything a reader should know, such as that the two differ a little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a code has no single translation on a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TranslationError {
    /// The map has nothing for it then.
    #[error(
        "{code} has no translation to {to} on {on}: add one to the map, or set the record aside"
    )]
    None {
        /// The code.
        code: Code,
        /// The list it should be translated to.
        to: Code,
        /// The day.
        on: Date,
    },
    /// The map has several for it then.
    #[error("{code} has {count} translations to {to} on {on}: someone must choose")]
    Several {
        /// The code.
        code: Code,
        /// The list it should be translated to.
        to: Code,
        /// The day.
        on: Date,
        /// How many.
        count: usize,
    },
}

impl CodeMap {
    /// Every translation of the code on a day, in the order of the map.
    pub fn translations_at<'map>(
        &'map self,
        code: &Code,
        on: Date,
    ) -> impl Iterator<Item = &'map CodeMapEntry> {
        self.entries
            .iter()
            .filter(move |entry| entry.from == *code && entry.valid.contains(on))
    }

    /// The one translation of the code on a day.
    ///
    /// # Errors
    ///
    /// [`TranslationError`] when there is none, or more than one: a guess between them would look
    /// like a fact.
    pub fn translate(&self, code: &Code, on: Date) -> Result<&Code, TranslationError> {
        let mut translations = self.translations_at(code, on);
        let (code, to) = (code.clone(), self.to.clone());
        match (translations.next(), translations.count()) {
            (None, _) => Err(TranslationError::None { code, to, on }),
            (Some(only), 0) => Ok(&only.to),
            (Some(_), others) => Err(TranslationError::Several {
                code,
                to,
                on,
                count: others + 1,
            }),
        }
    }

    /// The translations that lead to a code which the other list does not have on any day of the
    /// translation: what is wrong with the map, once both lists are at hand.
    pub fn dangling<'map>(
        &'map self,
        target: &CodeList,
    ) -> impl Iterator<Item = &'map CodeMapEntry> {
        self.entries
            .iter()
            .filter(move |entry| !target.has(&entry.to, &entry.valid))
    }
}

#[cfg(test)]
mod tests;
