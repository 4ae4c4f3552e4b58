//! From what somebody typed to the terms that are looked for.

use crate::found::{Reading, Understood, Word};
use crate::index::Index;
use crate::vocabulary::{Candidate, Term};
use crate::word::{is_common, words};

/// The most words that are read, and the most characters.
const MOST_WORDS: usize = 12;
const MOST_CHARACTERS: usize = 600;
/// The most words that a beginning may stand for, and the most that a mistyped word may.
const MOST_COMPLETED: usize = 8;
const MOST_CORRECTED: usize = 3;
/// The fewest letters of a word that may be the beginning of another, that may be mistyped, and that may be so twice.
const FEWEST_TO_COMPLETE: usize = 3;
const FEWEST_TO_CORRECT: usize = 4;
const FEWEST_FOR_TWO: usize = 8;

/// A word or phrase: an entry has it that has all the terms of an alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) alternatives: Vec<Vec<Term>>,
}

struct Token {
    typed: String,
    is_common: bool,
    terms: Vec<Term>,
    reading: Reading,
}

impl Index {
    pub(crate) fn read(&self, text: &str) -> (Vec<Part>, Understood) {
        let (tokens, is_cut) = self.tokens(text);
        let terms: Vec<Vec<Term>> = tokens.iter().map(|token| token.terms.clone()).collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut needs: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let spoken = self.vocabulary.spoken(terms.get(at..).unwrap_or_default());
            let length = spoken.as_ref().map_or(1, |(length, _)| *length);
            let said = tokens.get(at..at + length).unwrap_or_default();
            let mut part = Part {
                alternatives: Vec::new(),
            };
            if length == 1 {
                part.alternatives = token.terms.iter().map(|term| vec![*term]).collect();
            } else {
                let said = said.iter().filter(|token| !token.is_common);
                let all = said.filter_map(|token| token.terms.first().copied());
                part.alternatives.push(all.collect());
            }
            let is_phrase = spoken.is_some();
            for need in spoken.into_iter().flat_map(|(_, needs)| needs) {
                part.alternatives.push(vec![need]);
                let label = self.vocabulary.label(need).unwrap_or_default();
                if !needs.iter().any(|known| known == label) {
                    needs.push(label.to_owned());
                }
            }
            part.alternatives.retain(|terms| !terms.is_empty());
            if (is_phrase || !token.is_common) && !parts.contains(&part) {
                parts.push(part);
            }
            at += length;
        }
        let understood = Understood {
            asked: parts.len(),
            matched: 0,
            needs,
            is_cut,
            is_empty: parts.is_empty() && !text.trim().is_empty(),
            words: tokens
                .into_iter()
                .map(|token| Word {
                    typed: token.typed,
                    reading: token.reading,
                })
                .collect(),
        };
        (parts, understood)
    }

    fn tokens(&self, text: &str) -> (Vec<Token>, bool) {
        let end = text.char_indices().nth(MOST_CHARACTERS).map(|(end, _)| end);
        let mut is_cut = end.is_some();
        let mut typed: Vec<String> = Vec::new();
        let mut to_match = 0;
        words(
            end.and_then(|end| text.get(..end)).unwrap_or(text),
            |word| {
                if to_match == MOST_WORDS {
                    is_cut = true;
                    return;
                }
                if !is_common(word) {
                    to_match += 1;
                }
                typed.push(word.to_owned());
            },
        );
        let last = typed.len().saturating_sub(1);
        let tokens = typed
            .into_iter()
            .enumerate()
            .map(|(at, typed)| self.token(typed, at == last))
            .collect();
        (tokens, is_cut)
    }

    fn token(&self, typed: String, is_last: bool) -> Token {
        let is_common = is_common(&typed);
        let known = self.vocabulary.find(&typed);
        let known = known.filter(|term| is_common || self.is_in_use(*term));
        let letters = typed.chars().count();
        let has_digit = typed.chars().any(char::is_numeric);
        let mut token = Token {
            is_common,
            terms: known.into_iter().collect(),
            reading: if is_common {
                Reading::Common
            } else {
                Reading::AsTyped
            },
            typed,
        };
        if is_common || known.is_some() {
            return token;
        }
        token.reading = Reading::Unknown;
        if is_last && letters >= FEWEST_TO_COMPLETE {
            let completed = self.vocabulary.beginning(&token.typed).collect();
            let (terms, words) = self.likeliest(completed, &token.typed, MOST_COMPLETED);
            if !terms.is_empty() {
                token.terms = terms;
                token.reading = Reading::Completed(words);
                return token;
            }
        }
        if letters >= FEWEST_TO_CORRECT && !has_digit {
            let most = if letters >= FEWEST_FOR_TWO { 2 } else { 1 };
            let near = self.vocabulary.near(&token.typed, most);
            let (terms, words) = self.likeliest(near, &token.typed, MOST_CORRECTED);
            if !terms.is_empty() {
                token.terms = terms;
                token.reading = Reading::Corrected(words);
            }
        }
        token
    }

    /// The words in use with the fewest slips: first those that begin as typed, then the commonest, then by letters.
    fn likeliest(
        &self,
        mut candidates: Vec<Candidate>,
        typed: &str,
        most: usize,
    ) -> (Vec<Term>, Vec<String>) {
        candidates
            .retain(|candidate| !is_common(&candidate.word) && self.is_in_use(candidate.term));
        let fewest = candidates.iter().map(|candidate| candidate.slips).min();
        candidates.retain(|candidate| Some(candidate.slips) == fewest);
        candidates.sort_by_cached_key(|candidate| {
            let begins_so = candidate.word.chars().next() == typed.chars().next();
            let count = self.columns.count_live(self.postings.of(candidate.term));
            (
                !begins_so,
                core::cmp::Reverse(count),
                candidate.word.clone(),
            )
        });
        let mut terms = Vec::new();
        let mut words = Vec::new();
        for candidate in candidates {
            if terms.len() < most && !terms.contains(&candidate.term) {
                terms.push(candidate.term);
                words.push(candidate.word);
            }
        }
        (terms, words)
    }

    /// Whether an entry has the term, or a phrase that names a need.
    fn is_in_use(&self, term: Term) -> bool {
        let mut postings = self.postings.of(term).iter();
        postings.any(|posting| self.columns.is_live(posting.row)) || self.vocabulary.is_spoken(term)
    }
}
