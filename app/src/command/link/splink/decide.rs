//! One decision, by the weights of a model of Splink.

use stour_linkage::splink::Score;
use stour_linkage::{Decision, Remembered, Rule, Step, Thresholds};

use crate::command::link::matching::Row;

/// Decides on one incoming record: the best of the candidates, if it is likely enough, far enough before
/// the next and no rule of trust holds it.
pub(super) fn decide(
    incoming: usize,
    mut scored: Vec<(usize, Score<'_>, Option<Remembered>)>,
    thresholds: &Thresholds,
    held: impl Fn(usize) -> Option<(Decision, Rule)>,
) -> Row {
    scored.sort_by(|one, other| {
        other
            .1
            .weight
            .total_cmp(&one.1.weight)
            .then(one.0.cmp(&other.0))
    });
    let row = |(index, score, _): &(usize, Score<'_>, Option<Remembered>),
               decision,
               step,
               rule: Option<Rule>| Row {
        incoming,
        decision,
        index: Some(*index),
        weight: Some(score.weight),
        probability: Some(score.probability),
        step,
        reason: rule.map_or_else(
            || fields(score),
            |rule| format!("{rule}: {}", fields(score)),
        ),
    };
    if let Some(same) = scored.iter().find(|one| one.2 == Some(Remembered::Same)) {
        return row(same, Decision::Link, Step::Human, None);
    }
    let mut open = scored.iter().filter(|one| one.2.is_none());
    let Some(best) = open.next() else {
        return match scored.first() {
            Some(apart) => row(apart, Decision::New, Step::None, Some(Rule::ToldDifferent)),
            None => Row::nobody(incoming),
        };
    };
    if best.1.probability < thresholds.review {
        return row(best, Decision::New, Step::None, None);
    }
    if let Some((decision, rule)) = held(best.0) {
        return row(best, decision, Step::Trust, Some(rule));
    }
    let runner_up = open.next().map_or(f64::NEG_INFINITY, |next| next.1.weight);
    if best.1.probability < thresholds.link {
        row(
            best,
            Decision::Review,
            Step::Probabilistic,
            Some(Rule::Unsure),
        )
    } else if best.1.weight - runner_up < thresholds.margin {
        row(
            best,
            Decision::Review,
            Step::Probabilistic,
            Some(Rule::RunnerUp),
        )
    } else {
        row(best, Decision::Link, Step::Probabilistic, None)
    }
}

/// The comparisons that speak for one person, and those that speak against.
fn fields(score: &Score<'_>) -> String {
    let named = |title: &str, wanted: fn(f64) -> bool| {
        let these = score
            .parts
            .iter()
            .filter(|part| wanted(part.bits + part.term_frequency_bits));
        let names: Vec<&str> = these.map(|part| part.comparison).collect();
        (!names.is_empty()).then(|| format!("{title}: {}", names.join(" ")))
    };
    let both = [
        named("agree", |bits| bits > 0.0),
        named("differ", |bits| bits < 0.0),
    ];
    both.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
