//! Why two records were taken for one person, or not: bits for each field and a sentence. The same
//! records and model give the same bytes.

use serde::Serialize;

use crate::compare::{Pattern, Side};
use crate::decide::{Candidate, Decision, Step};
use crate::model::{BORN, EMAIL, FAMILY, GIVEN, MIDDLE, Model, NUMBER, RESIDENCE, TELEPHONE};
use crate::store::Store;
use crate::trust::Rule;
use crate::weigh::Weights;

/// What one field says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldExplanation {
    /// The field.
    pub field: String,
    /// How it compares.
    pub level: String,
    /// For how much it counts, in bits; below 0 against.
    pub bits: f64,
    /// The part of `bits` that comes from how common or rare the value is.
    pub frequency_bits: f64,
}

/// The likeliest other record that could have been meant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunnerUp {
    /// What it weighs, in bits.
    pub weight: f64,
    /// By how many bits the explained record is ahead of it; below 0 when it is behind.
    pub margin: f64,
}

impl RunnerUp {
    /// The runner-up of a record, from the weights of both.
    pub fn of(explained: f64, other: f64) -> Self {
        Self {
            weight: tidy(other),
            margin: tidy(explained - other),
        }
    }
}

/// Why a decision was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The model.
    pub model: String,
    /// What was decided.
    pub decision: &'static str,
    /// Which tier decided.
    pub step: &'static str,
    /// The rule that held it.
    pub rule: Option<&'static str>,
    /// The prior odds, in bits.
    pub prior: f64,
    /// The fields, in the order of the model.
    pub fields: Vec<FieldExplanation>,
    /// What relatives at the same address would share too, in bits: taken off.
    pub household_bits: f64,
    /// All together, in bits.
    pub weight: f64,
    /// How likely it is that the two are of one person.
    pub probability: f64,
    /// The next best record for the same query; none where no other comes near.
    pub runner_up: Option<RunnerUp>,
    /// In plain English.
    pub sentence: String,
}

pub(crate) fn explain(
    (_, index): (Side<'_>, &Store),
    model: &Model,
    weights: &Weights,
    candidate: Option<&Candidate>,
    other: Option<f64>,
    (decision, step, rule): (Decision, Step, Option<Rule>),
) -> Explanation {
    let fields = candidate
        .map(|candidate| fields(index, model, weights, candidate))
        .unwrap_or_default();
    let sentence = sentence(&fields, (decision, step, rule));
    let weight = candidate.map_or(0.0, |candidate| candidate.weight.total);
    let household = candidate.map_or(0.0, |candidate| candidate.weight.household);
    let evidence: f64 = fields.iter().map(|field| field.bits).sum();
    Explanation {
        model: model.version.clone(),
        decision: decision.as_str(),
        step: step.as_str(),
        rule: rule.map(Rule::as_str),
        prior: tidy(weight - household - evidence),
        fields: fields
            .into_iter()
            .map(|field| FieldExplanation {
                bits: tidy(field.bits),
                frequency_bits: tidy(field.frequency_bits),
                ..field
            })
            .collect(),
        household_bits: tidy(household),
        weight: tidy(weight),
        probability: candidate.map_or(0.0, |candidate| candidate.probability),
        runner_up: other.map(|other| RunnerUp::of(weight, other)),
        sentence,
    }
}

/// To a ten-thousandth of a bit, so that nothing depends on the order of adding up.
fn tidy(bits: f64) -> f64 {
    (bits * 1e4).round() / 1e4 + 0.0
}

fn fields(
    index: &Store,
    model: &Model,
    weights: &Weights,
    candidate: &Candidate,
) -> Vec<FieldExplanation> {
    let other = Side {
        store: index,
        at: candidate.at,
    };
    let compared = model
        .comparisons
        .iter()
        .enumerate()
        .filter_map(|(field, comparison)| {
            let level = usize::from(candidate.pattern.level(field)).checked_sub(1)?;
            let weight = weights.field(field, &candidate.pattern, other);
            Some(FieldExplanation {
                field: comparison.name.clone(),
                level: comparison.levels.get(level)?.name.clone(),
                bits: weight.bits,
                frequency_bits: weight.frequency_bits,
            })
        });
    compared.collect()
}

/// What agrees and what does not, in one sentence each.
fn sentence(
    fields: &[FieldExplanation],
    (decision, step, rule): (Decision, Step, Option<Rule>),
) -> String {
    let begin = match (decision, step) {
        (Decision::Link, Step::Human) => {
            "Linked, since somebody decided that the two are one person."
        }
        (Decision::Link, Step::CrossCheck) => {
            "Linked: the NHS number, the date of birth and a part of the name agree."
        }
        (Decision::Link, Step::Exact) => {
            "Linked: the names, the date of birth and the address are the same."
        }
        (Decision::Link, _) => {
            "Linked: taken together, what agrees is far likelier for one person than for two."
        }
        (Decision::Review, _) => "Held for somebody to look.",
        (Decision::New, _) => "Taken for somebody new.",
    };
    let list = |wanted: fn(&FieldExplanation) -> bool| {
        let mut said: Vec<&FieldExplanation> =
            fields.iter().filter(|field| wanted(field)).collect();
        said.sort_by(|one, other| other.bits.abs().total_cmp(&one.bits.abs()));
        let said: Vec<String> = said
            .iter()
            .take(4)
            .map(|field| format!("{} ({})", field.field, field.level))
            .collect();
        said.join(", ")
    };
    let (agrees, differs) = (
        list(|field| field.bits > 1.0),
        list(|field| field.bits < -1.0),
    );
    let mut sentence = begin.to_owned();
    if let Some(rule) = rule {
        sentence.push(' ');
        sentence.push_str(rule.words());
    }
    if !agrees.is_empty() {
        sentence.push_str(" For it: ");
        sentence.push_str(&agrees);
        sentence.push('.');
    }
    if !differs.is_empty() {
        sentence.push_str(" Against it: ");
        sentence.push_str(&differs);
        sentence.push('.');
    }
    sentence
}

/// The fields that agree and that differ, in few words, for a file of decisions.
pub(crate) fn reason(pattern: &Pattern) -> String {
    const SHORT: [(usize, u8, &str); 7] = [
        (NUMBER, 1, "NHS number"),
        (GIVEN, 5, "given name"),
        (FAMILY, 4, "family name"),
        (MIDDLE, 2, "middle name"),
        (BORN, 5, "date of birth"),
        (RESIDENCE, 4, "residence"),
        (TELEPHONE, 1, "telephone"),
    ];
    let mut agrees = Vec::new();
    let mut differs = Vec::new();
    for (field, most, name) in SHORT.into_iter().chain([(EMAIL, 2, "email")]) {
        match pattern.level(field) {
            0 => {}
            level if level <= most => agrees.push(name),
            _ => differs.push(name),
        }
    }
    let mut text = String::new();
    if !agrees.is_empty() {
        text.push_str("agree: ");
        text.push_str(&agrees.join(" "));
    }
    if !differs.is_empty() {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str("differ: ");
        text.push_str(&differs.join(" "));
    }
    text
}

#[cfg(test)]
mod tests;
