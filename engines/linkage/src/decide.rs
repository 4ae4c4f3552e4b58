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
    one: Side<'s>,
    other: impl Fn(Id) -> Side<'s>,
    candidates: &mut [Candidate],
    thresholds: &Thresholds,
    remembered: impl Fn(Id) -> Option<Remembered>,
) -> Decided {
    rank(candidates);
    let mut open = Vec::with_capacity(candidates.len());
    let mut apart = None;
    for candidate in candidates.iter().copied() {
        match remembered(candidate.at) {
            Some(Remembered::Same) => {
                return decided((Decision::Link, Step::Human, None), Some(candidate), None);
            }
            Some(Remembered::Different) => apart = apart.or(Some(candidate)),
            None => open.push(candidate),
        }
    }
    let Some(best) = open.first().copied() else {
        let rule = apart.map(|_| Rule::ToldDifferent);
        return decided((Decision::New, Step::None, rule), apart, None);
    };
    let case = Case {
        one,
        other: &other,
        open: &open,
        best,
        thresholds,
    };
    case.by_cross_check()
        .or_else(|| case.by_number_of_another())
        .or_else(|| case.by_weight())
        .unwrap_or_else(|| case.in_doubt())
}

/// Puts the likeliest first, and says how likely each is.
fn rank(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|one, other| {
        let by_weight = other.weight.total.total_cmp(&one.weight.total);
        by_weight.then(one.at.cmp(&other.at))
    });
    let weights: Vec<f64> = candidates
        .iter()
        .map(|candidate| candidate.weight.total)
        .collect();
    for (candidate, probability) in candidates.iter_mut().zip(Weights::probabilities(&weights)) {
        candidate.probability = probability;
    }
}

/// One incoming record and those it may be about, the likeliest first.
struct Case<'c, 's> {
    one: Side<'s>,
    other: &'c (dyn Fn(Id) -> Side<'s> + 'c),
    open: &'c [Candidate],
    best: Candidate,
    thresholds: &'c Thresholds,
}

impl Case<'_, '_> {
    fn held(&self, candidate: &Candidate) -> Option<Rule> {
        held(self.one, (self.other)(candidate.at), &candidate.pattern)
    }

    fn runner_up(&self) -> Option<Candidate> {
        self.open.get(1).copied()
    }

    fn margin(&self) -> f64 {
        let second = self.runner_up().map(|second| second.weight.total);
        second.map_or(f64::INFINITY, |second| self.best.weight.total - second)
    }

    /// The first tier: NHS number, date of birth and a part of the name, of one record alone.
    fn by_cross_check(&self) -> Option<Decided> {
        let mut crossed = self
            .open
            .iter()
            .filter(|candidate| is_cross_check(&candidate.pattern));
        let found = crossed.next().filter(|_| crossed.next().is_none())?;
        let mut others = self
            .open
            .iter()
            .filter(|candidate| candidate.at != found.at);
        let second = others.clone().next().copied();
        let other_fits = second.is_some_and(|second| second.weight.total > found.weight.total);
        let rule = self
            .held(found)
            .or_else(|| {
                others
                    .any(|other| has_twin(&found.pattern, &other.pattern))
                    .then_some(Rule::Twins)
            })
            .or_else(|| other_fits.then_some(Rule::RunnerUp));
        Some(match rule {
            None => decided(
                (Decision::Link, Step::CrossCheck, None),
                Some(*found),
                second,
            ),
            Some(rule) => decided(trusted(rule), Some(*found), second),
        })
    }

    /// The number says one record; everything else says another, or nobody.
    fn by_number_of_another(&self) -> Option<Decided> {
        let numbered = self
            .numbered()
            .filter(|numbered| numbered.at != self.best.at)?;
        Some(if self.best.probability >= self.thresholds.review {
            decided(
                trusted(Rule::NumberOfAnother),
                Some(self.best),
                Some(numbered),
            )
        } else {
            decided(trusted(Rule::NumberAlone), Some(numbered), Some(self.best))
        })
    }

    fn numbered(&self) -> Option<Candidate> {
        self.open
            .iter()
            .copied()
            .find(|candidate| candidate.pattern.level(NUMBER) == 1)
    }

    /// The second and third tier: likely enough, and well ahead of the next.
    fn by_weight(&self) -> Option<Decided> {
        let best = self.best;
        if best.probability < self.thresholds.link || self.margin() < self.thresholds.margin {
            return None;
        }
        let is_confused = best.pattern.is_communal
            && !best.pattern.has_identifier()
            && self
                .open
                .iter()
                .skip(1)
                .any(|candidate| is_confusable(&candidate.pattern));
        let rule = self
            .held(&best)
            .or_else(|| is_number_alone(&best.pattern).then_some(Rule::NumberAlone))
            .or_else(|| is_confused.then_some(Rule::CommunalAddress));
        let how = match rule {
            Some(rule) => trusted(rule),
            None if is_exact(&best.pattern) => (Decision::Link, Step::Exact, None),
            None => (Decision::Link, Step::Probabilistic, None),
        };
        Some(decided(how, Some(best), self.runner_up()))
    }

    /// Not likely enough to link: somebody must look, or nobody fits.
    fn in_doubt(&self) -> Decided {
        let best = Some(self.best);
        if let Some(numbered) = self.numbered() {
            return decided(trusted(Rule::NumberAlone), Some(numbered), self.runner_up());
        }
        let any: f64 = self
            .open
            .iter()
            .map(|candidate| candidate.probability)
            .sum();
        let how = if any < self.thresholds.review {
            (Decision::New, Step::None, None)
        } else if let Some(rule) = self.held(&self.best) {
            trusted(rule)
        } else if self.margin() < self.thresholds.margin {
            (Decision::Review, Step::Probabilistic, Some(Rule::RunnerUp))
        } else {
            (Decision::Review, Step::Probabilistic, Some(Rule::Unsure))
        };
        decided(how, best, self.runner_up())
    }
}

/// What a rule of trust makes of a link.
pub(crate) const fn trusted(rule: Rule) -> (Decision, Step, Option<Rule>) {
    let decision = if rule.is_new() {
        Decision::New
    } else {
        Decision::Review
    };
    (decision, Step::Trust, Some(rule))
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

/// NHS number and date of birth and a part of the name: never the number alone. With two of the three
/// parts of the date, both names must agree (the cross-check of the Personal Demographics Service and
/// its partial form, `Person_ID` handbook of NHS England).
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

/// The number of somebody whose names are others, and whose date of birth is not the same either: a
/// relative's number typed by mistake, even at the same home.
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

#[cfg(test)]
mod tests;
