//! Every word that was met, its stem, and the phrases that name needs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, place};
use crate::edit::{letters, may_be, slips};
use crate::stem::stem;
use crate::synonyms::{Synonyms, phrase};
use crate::word::is_common;

/// A stem, or a need.
pub(crate) type Term = u32;

/// A phrase after its first stem, and the need that it names.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Phrase {
    rest: Vec<Term>,
    need: Term,
    /// Whether people who type it mean the need, and whether services that say it answer the need.
    is_spoken: bool,
    is_found: bool,
}

/// Words, stems and phrases. The terms of phrases are numbered first, so that they are the same in every vocabulary that
/// has the same synonyms.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    words: Dictionary,
    letters: Vec<u32>,
    stems: Vec<Term>,
    common: Vec<bool>,
    terms: Dictionary,
    phrases: Vec<Vec<Phrase>>,
    by_taxonomy: BTreeMap<String, Vec<Term>>,
    labels: BTreeMap<Term, String>,
}

/// A word that may be meant by one that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) word: String,
    pub(crate) term: Term,
    pub(crate) slips: u8,
}

impl Vocabulary {
    pub(crate) fn new(synonyms: &Synonyms) -> Self {
        let mut vocabulary = Self::default();
        for need in &synonyms.needs {
            let (of_need, _) = vocabulary.terms.intern(&format!("\u{1}{}", need.label));
            vocabulary.labels.insert(of_need, need.label.clone());
            let both = need.both().map(|text| (text, true, true));
            let spoken = need.says.iter().map(|text| (text, true, false));
            let found = need.finds.iter().map(|text| (text, false, true));
            for (text, is_spoken, is_found) in both.chain(spoken).chain(found) {
                vocabulary.add_phrase(text, of_need, is_spoken, is_found);
            }
            for term in &need.terms {
                let needs = vocabulary.by_taxonomy.entry(term.clone()).or_default();
                needs.push(of_need);
            }
        }
        vocabulary
    }

    fn add_phrase(&mut self, text: &str, need: Term, is_spoken: bool, is_found: bool) {
        crate::word::words(text, |word| {
            self.word(word);
        });
        let stems = phrase(text).into_iter();
        let mut terms = stems.map(|stem| self.terms.intern(&stem).0);
        let Some(first) = terms.next() else {
            return;
        };
        let rest: Vec<Term> = terms.collect();
        if self.phrases.len() <= place(first) {
            self.phrases.resize(place(first) + 1, Vec::new());
        }
        if let Some(of_first) = self.phrases.get_mut(place(first)) {
            let known = of_first
                .iter_mut()
                .find(|known| known.rest == rest && known.need == need);
            match known {
                Some(known) => {
                    known.is_spoken |= is_spoken;
                    known.is_found |= is_found;
                }
                None => of_first.push(Phrase {
                    rest,
                    need,
                    is_spoken,
                    is_found,
                }),
            }
        }
    }

    /// The term of a word, numbered when it is new, and whether it is one that every sentence has.
    pub(crate) fn word(&mut self, word: &str) -> (Term, bool) {
        let (number, is_new) = self.words.intern(word);
        if is_new {
            self.letters.push(letters(word));
            self.stems.push(self.terms.intern(&stem(word)).0);
            self.common.push(is_common(word));
        }
        let at = place(number);
        (
            self.stems.get(at).copied().unwrap_or_default(),
            self.common.get(at).copied().unwrap_or_default(),
        )
    }

    /// The term of a word that is known.
    pub(crate) fn find(&self, word: &str) -> Option<Term> {
        self.terms.find(&stem(word))
    }

    /// What a need is called; nothing for a stem.
    pub(crate) fn label(&self, term: Term) -> Option<&str> {
        self.labels.get(&term).map(String::as_str)
    }

    /// The needs that a taxonomy term answers.
    pub(crate) fn needs_of(&self, taxonomy: &str) -> &[Term] {
        self.by_taxonomy.get(taxonomy).map_or(&[], Vec::as_slice)
    }

    /// The needs that a phrase names which begins these terms.
    pub(crate) fn phrases_at<'v>(&'v self, terms: &'v [Term]) -> impl Iterator<Item = Term> + 'v {
        let first = terms
            .first()
            .and_then(|first| self.phrases.get(place(*first)));
        let rest = terms.get(1..).unwrap_or_default();
        first
            .into_iter()
            .flatten()
            .filter(move |phrase| phrase.is_found && rest.starts_with(&phrase.rest))
            .map(|phrase| phrase.need)
    }

    /// The longest phrase that people say at the beginning of words, each of which may be one of several
    /// terms: how many words it has, and the needs that it names.
    pub(crate) fn spoken(&self, words: &[Vec<Term>]) -> Option<(usize, Vec<Term>)> {
        let (first, rest) = words.split_first()?;
        let mut longest = 0;
        let mut needs = Vec::new();
        let beginning = first
            .iter()
            .filter_map(|term| self.phrases.get(place(*term)));
        for phrase in beginning.flatten().filter(|phrase| phrase.is_spoken) {
            let length = phrase.rest.len() + 1;
            let is_said = phrase.rest.len() <= rest.len()
                && phrase
                    .rest
                    .iter()
                    .zip(rest)
                    .all(|(term, word)| word.contains(term));
            if !is_said || length < longest {
                continue;
            }
            if length > longest {
                longest = length;
                needs.clear();
            }
            if !needs.contains(&phrase.need) {
                needs.push(phrase.need);
            }
        }
        (longest > 0).then_some((longest, needs))
    }

    /// Whether a term stands in a phrase that people say.
    pub(crate) fn is_spoken(&self, term: Term) -> bool {
        let spoken = |phrases: &Vec<Phrase>| phrases.iter().any(|phrase| phrase.is_spoken);
        self.phrases.get(place(term)).is_some_and(spoken)
            || self
                .phrases
                .iter()
                .flatten()
                .any(|phrase| phrase.is_spoken && phrase.rest.contains(&term))
    }

    /// The words that begin so, in the order in which they came.
    pub(crate) fn beginning<'v>(&'v self, prefix: &'v str) -> impl Iterator<Item = Candidate> + 'v {
        (0_u32..).zip(&self.stems).filter_map(move |(word, term)| {
            let text = self.words.text(word);
            text.starts_with(prefix).then(|| Candidate {
                word: text.to_owned(),
                term: *term,
                slips: 0,
            })
        })
    }

    /// The words that are at most so many slips away.
    pub(crate) fn near(&self, typed: &str, most: u8) -> Vec<Candidate> {
        let typed_letters = letters(typed);
        let typed: Vec<char> = typed.chars().collect();
        let mut text: Vec<char> = Vec::new();
        let rows = (0_u32..).zip(self.letters.iter().zip(&self.stems));
        rows.filter(|(_, (letters, _))| may_be(typed_letters, **letters, most))
            .filter_map(|(word, (_, term))| {
                text.clear();
                text.extend(self.words.text(word).chars());
                let slips = slips(&typed, &text, most)?;
                Some(Candidate {
                    word: text.iter().collect(),
                    term: *term,
                    slips,
                })
            })
            .collect()
    }

    /// For every term of another vocabulary its number here. Both have the same synonyms.
    pub(crate) fn absorb(&mut self, other: &Self, is_used: impl Fn(Term) -> bool) -> Vec<Term> {
        for (word, term) in (0_u32..).zip(&other.stems) {
            if is_used(*term) {
                self.word(other.words.text(word));
            }
        }
        (0_u32..)
            .take(other.terms.len())
            .map(|term| self.terms.find(other.terms.text(term)).unwrap_or(u32::MAX))
            .collect()
    }
}
