//! One decision for one incoming record: whom of the index it is about, or nobody, or somebody must look.

use std::fmt;

use crate::compare::{Pattern, Side};
use crate::dictionary::Id;
use crate::model::{BORN, FAMILY, GIVEN, NAME_ORDER, NUMBER, RESIDENCE, SEX, Thresholds};
use crate::trust::{Rule, has_twin, held, is_confusable};
use crate::weigh::{Weight, Weights};

/// What is done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// It is about this person.
    Link,
    /// Somebody must look.
    Review,
    /// It is about nobody in the index.
    New,
}

impl Decision {
    /// As files write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Review => "review",
            Self::New => "new",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Which tier decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A human's word that is remembered.
    Human,
    /// NHS number, date of birth and a part of the name.
    CrossCheck,
    /// Names, date of birth and home, all as they are.
    Exact,
    /// The weights.
    Probabilistic,
    /// A rule of trust.
    Trust,
    /// Nobody fits.
    None,
}

impl Step {
    /// As files write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::CrossCheck => "cross-check",
            Self::Exact => "exact",
            Self::Probabilistic => "probabilistic",
            Self::Trust => "trust",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// What a human has said of an incoming record and a record of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remembered {
    /// They are of one person.
    Same,
    /// They are of two people.
    Different,
}

/// A record of the index that may be of the person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) at: Id,
    pub(crate) pattern: Pattern,
    pub(crate) weight: Weight,
    pub(crate) probability: f64,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decided {
    pub(crate) decision: Decision,
    pub(crate) step: Step,
    pub(crate) rule: Option<Rule>,
    /// The candidate that was linked, or must be looked at; for somebody new, the nearest.
    pub(crate) best: Option<Candidate>,
    pub(crate) runner_up: Option<Candidate>,
}

/// Decides. `candidates` are in any order and need no probabilities; they are sorted, the likeliest first.
/// `other` is the record of a candidate.
pub(crate) fn decide<'s>(
    one: Side<'_>,
    other: impl Fn(Id) -> Side<'s>,
    candidates: &mut Vec<Candidate>,
    thresholds: &Thresholds,
    remembered: impl Fn(Id) -> Option<Remembered>,
) -> Decided {
    let told: Vec<(Id, Remembered)> = candidates
        .iter()
        .filter_map(|candidate| Some((candidate.at, remembered(candidate.at)?)))
        .collect();
    let is = |at: Id, what: Remembered| told.contains(&(at, what));
    candidates.sort_unstable_by(|one, other| {
        other
            .weight
            .total
            .total_cmp(&one.weight.total)
            .then(one.at.cmp(&other.at))
    });
    let weights: Vec<f64> = candidates
        .iter()
        .map(|candidate| candidate.weight.total)
        .collect();
    for (candidate, probability) in candidates.iter_mut().zip(Weights::probabilities(&weights)) {
        candidate.probability = probability;
    }
    if let Some(same) = candidates
        .iter()
        .find(|candidate| is(candidate.at, Remembered::Same))
    {
        return Decided {
            decision: Decision::Link,
            step: Step::Human,
            rule: None,
            best: Some(*same),
            runner_up: None,
        };
    }
    let (apart, open): (Vec<Candidate>, Vec<Candidate>) = candidates
        .iter()
        .partition(|candidate| is(candidate.at, Remembered::Different));
    let Some(best) = open.first().copied() else {
        let rule = (!apart.is_empty()).then_some(Rule::ToldDifferent);
        return decided(
            (Decision::New, Step::None, rule),
            apart.first().copied(),
            None,
        );
    };
    let runner_up = open.get(1).copied();
    let hold = |candidate: &Candidate| held(one, other(candidate.at), &candidate.pattern);
    let crossed = open
        .iter()
        .copied()
        .filter(|candidate| is_cross_check(&candidate.pattern));
    let crossed: Vec<Candidate> = crossed.collect();
    if let [found] = crossed.as_slice() {
        let other_fits = found.at != best.at && best.weight.total > found.weight.total;
        let second = open
            .iter()
            .copied()
            .find(|candidate| candidate.at != found.at);
        let has_twin = open.iter().any(|candidate| {
            candidate.at != found.at && has_twin(&found.pattern, &candidate.pattern)
        });
        let rule = hold(found)
            .or_else(|| has_twin.then_some(Rule::Twins))
            .or_else(|| other_fits.then_some(Rule::RunnerUp));
        return match rule {
            None => decided(
                (Decision::Link, Step::CrossCheck, None),
                Some(*found),
                second,
            ),
            Some(rule) => decided(
                (outcome(rule), Step::Trust, Some(rule)),
                Some(*found),
                second,
            ),
        };
    }
    let with_number = open
        .iter()
        .copied()
        .find(|candidate| candidate.pattern.level(NUMBER) == 1);
    if let Some(with_number) = with_number.filter(|candidate| candidate.at != best.at) {
        // The number says one record, everything else another, or nobody.
        let rule = if best.probability >= thresholds.review {
            Rule::NumberOfAnother
        } else {
            Rule::NumberAlone
        };
        let (shown, second) = if rule == Rule::NumberOfAnother {
            (best, Some(with_number))
        } else {
            (with_number, Some(best))
        };
        return decided(
            (Decision::Review, Step::Trust, Some(rule)),
            Some(shown),
            second,
        );
    }
    let margin = runner_up.map_or(f64::INFINITY, |second| {
        best.weight.total - second.weight.total
    });
    let is_likely = best.probability >= thresholds.link && margin >= thresholds.margin;
    if is_likely {
        let confusable = best.pattern.is_communal
            && !best.pattern.has_identifier()
            && open
                .iter()
                .skip(1)
                .any(|candidate| is_confusable(&candidate.pattern));
        let rule = hold(&best)
            .or_else(|| is_number_alone(&best.pattern).then_some(Rule::NumberAlone))
            .or_else(|| confusable.then_some(Rule::CommunalAddress));
        return match rule {
            Some(rule) => decided(
                (outcome(rule), Step::Trust, Some(rule)),
                Some(best),
                runner_up,
            ),
            None if is_exact(&best.pattern) => {
                decided((Decision::Link, Step::Exact, None), Some(best), runner_up)
            }
            None => decided(
                (Decision::Link, Step::Probabilistic, None),
                Some(best),
                runner_up,
            ),
        };
    }
    if let Some(with_number) = with_number {
        return decided(
            (Decision::Review, Step::Trust, Some(Rule::NumberAlone)),
            Some(with_number),
            runner_up,
        );
    }
    let any: f64 = open.iter().map(|candidate| candidate.probability).sum();
    if any < thresholds.review {
        return decided((Decision::New, Step::None, None), Some(best), runner_up);
    }
    match hold(&best) {
        Some(rule) => decided(
            (outcome(rule), Step::Trust, Some(rule)),
            Some(best),
            runner_up,
        ),
        None if margin < thresholds.margin => decided(
            (Decision::Review, Step::Probabilistic, Some(Rule::RunnerUp)),
            Some(best),
            runner_up,
        ),
        None => decided(
            (Decision::Review, Step::Probabilistic, Some(Rule::Unsure)),
            Some(best),
            runner_up,
        ),
    }
}

const fn decided(
    (decision, step, rule): (Decision, Step, Option<Rule>),
    best: Option<Candidate>,
    runner_up: Option<Candidate>,
) -> Decided {
    Decided {
        decision,
        step,
        rule,
        best,
        runner_up,
    }
}

const fn outcome(rule: Rule) -> Decision {
    if rule.is_new() {
        Decision::New
    } else {
        Decision::Review
    }
}

/// NHS number and date of birth and a part of the name: never the number alone. With two of the three
/// parts of the date, both names must agree (the cross-check of the Personal Demographics Service and
/// its partial form, Person_ID handbook of NHS England).
pub(crate) fn is_cross_check(pattern: &Pattern) -> bool {
    let given = pattern.level(GIVEN);
    let family = pattern.level(FAMILY);
    let has_given = matches!(given, 1..=5);
    let has_family = matches!(family, 1..=4);
    pattern.level(NUMBER) == 1
        && match pattern.level(BORN) {
            1 => has_given || has_family,
            2..=5 => matches!(given, 1..=4) && matches!(family, 1..=3),
            _ => false,
        }
}

/// The number of somebody whose names are others, and whose date of birth is not the same either: a relative's
/// number typed by mistake, even at the same home.
fn is_number_alone(pattern: &Pattern) -> bool {
    pattern.level(NUMBER) == 1
        && pattern.level(GIVEN) == 6
        && pattern.level(FAMILY) == 5
        && pattern.level(BORN) != 1
}

/// Names, date of birth and home as they are, and nothing against it.
fn is_exact(pattern: &Pattern) -> bool {
    pattern.level(GIVEN) == 1
        && pattern.level(FAMILY) == 1
        && pattern.level(NAME_ORDER) != 2
        && pattern.level(BORN) == 1
        && pattern.level(RESIDENCE) == 1
        && pattern.level(SEX) != 2
        && matches!(pattern.level(NUMBER), 0 | 1)
}
