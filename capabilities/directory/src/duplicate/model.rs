//! What agreement is worth: the comparisons of `engines/linkage`, with shares of services.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_linkage::{Comparison, Level};

use super::Evidence;
use super::traits::Traits;
use crate::error::DirectoryError;

/// The model of `reference/directory/duplicates.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Model {
    same: f64,
    sisters: f64,
    pub(crate) review: f64,
    comparison: Vec<Comparison>,
}

/// Names that are this alike count as alike: the share of words they have in common.
const ALIKE: f64 = 0.6;
/// Names that have this share of words in common have some.
const SOME: f64 = 0.3;
/// Points this near are one place, in metres: the accuracy of the point of a postcode.
const ONE_PLACE: f64 = 100.0;
/// Points this near are near, in metres.
const NEAR: f64 = 1_000.0;

impl Model {
    /// The model built into the binary; the same one every time.
    pub(crate) fn embedded() -> Result<&'static Self, DirectoryError> {
        static MODEL: OnceLock<Result<Model, String>> = OnceLock::new();
        let text = include_str!("../../../../reference/directory/duplicates.toml");
        let model = MODEL.get_or_init(|| toml::from_str(text).map_err(|error| error.to_string()));
        model.as_ref().map_err(|reason| DirectoryError::Reference {
            file: "directory/duplicates.toml",
            reason: reason.clone(),
        })
    }

    /// How probable it is that two listings are of one service, and why.
    pub(crate) fn weigh(&self, one: &Traits, other: &Traits) -> (f64, Vec<Evidence>) {
        let found = [
            (
                "Name",
                names(&one.name, &other.name, &one.words, &other.words),
            ),
            ("Organisation", organisations(one, other)),
            ("Numbers in registers", numbers(one, other)),
            ("Telephone", shared(&one.telephones, &other.telephones)),
            ("Web and e-mail", domains(one, other)),
            ("Place", places(one, other)),
        ];
        let (mut same, mut sisters, mut strangers) =
            (self.same, self.sisters, 1.0 - self.same - self.sisters);
        let mut evidence = Vec::new();
        for (what, level) in found {
            let Some(level) = level.and_then(|level| self.level(what, level)) else {
                continue;
            };
            same *= level.m;
            sisters *= level.h;
            strangers *= level.u;
            evidence.push(Evidence {
                what: what.to_owned(),
                level: level.name.clone(),
                bits: (level.m / level.u).log2(),
            });
        }
        (same / (same + sisters + strangers), evidence)
    }

    fn level(&self, what: &str, level: &str) -> Option<&Level> {
        let comparison = self.comparison.iter().find(|one| one.name == what)?;
        comparison.levels.iter().find(|one| one.name == level)
    }
}

fn names(
    one: &str,
    other: &str,
    words: &BTreeSet<String>,
    others: &BTreeSet<String>,
) -> Option<&'static str> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let share = share(words, others);
    Some(match share {
        _ if one == other || words == others => "same",
        share if share >= ALIKE || strsim::jaro_winkler(one, other) >= 0.94 => "alike",
        share if share >= SOME => "some words",
        _ => "different",
    })
}

/// The share of words that two names have in common. A word with a slip in it counts.
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let alike = |word: &&String| {
        other.contains(*word)
            || other
                .iter()
                .any(|known| word.len() > 4 && strsim::osa_distance(word, known) == 1)
    };
    let count = |number: usize| u32::try_from(number).map_or(0.0, f64::from);
    let common = one.iter().filter(alike).count();
    let all = one.len() + other.len() - common.min(other.len());
    if all == 0 {
        0.0
    } else {
        count(common) / count(all)
    }
}

fn organisations(one: &Traits, other: &Traits) -> Option<&'static str> {
    let level = names(
        &one.organisation,
        &other.organisation,
        &one.organisation_words,
        &other.organisation_words,
    )?;
    Some(if level == "some words" {
        "different"
    } else {
        level
    })
}

fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<&'static str> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    Some(if one.is_disjoint(other) {
        "different"
    } else {
        "same"
    })
}

/// Numbers of one register that agree, or of one register that do not.
fn numbers(one: &Traits, other: &Traits) -> Option<&'static str> {
    if !one.numbers.is_disjoint(&other.numbers) {
        return Some("same");
    }
    let registers = |traits: &Traits| -> BTreeSet<String> {
        traits
            .numbers
            .iter()
            .map(|(register, _)| register.clone())
            .collect()
    };
    (!registers(one).is_disjoint(&registers(other))).then_some("different")
}

fn domains(one: &Traits, other: &Traits) -> Option<&'static str> {
    if !one.pages.is_disjoint(&other.pages) {
        return Some("same page");
    }
    match shared(&one.domains, &other.domains)? {
        "same" => Some("same domain"),
        different => Some(different),
    }
}

fn places(one: &Traits, other: &Traits) -> Option<&'static str> {
    if !one.postcodes.is_disjoint(&other.postcodes) {
        return Some("same");
    }
    let distances = one
        .points
        .iter()
        .flat_map(|point| other.points.iter().map(|there| point.metres_to(*there)));
    match distances.reduce(f64::min) {
        Some(metres) if metres <= ONE_PLACE => Some("same"),
        Some(metres) if metres <= NEAR => Some("near"),
        None if one.postcodes.is_empty() || other.postcodes.is_empty() => None,
        _ => Some("elsewhere"),
    }
}
