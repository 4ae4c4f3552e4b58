//! Whether a flow holds together: every way leads on to something later, everything is reached, and
//! conditions ask only of what can have been answered.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression::Expression;
use crate::flow::Flow;
use crate::mistake::Checks;
use crate::position::By;
use crate::question::Question;

pub(crate) fn check(flow: &Flow, checks: &mut Checks) {
    if flow.questions.is_empty() {
        checks.refuse_line(1, "a flow asks at least one question");
        return;
    }
    ways_lead_on(flow, checks);
    if !checks.is_clean() {
        return;
    }
    let before = questions_before(flow);
    all_is_reached(flow, &before, checks);
    conditions_can_be_known(flow, &before, checks);
}

fn line_of(question: &Question, by: By) -> usize {
    match by {
        By::Choice(place) => question.choices.get(place).map(|one| one.line),
        By::Route(place) => question.routes.get(place).map(|one| one.line),
        By::Then => None,
    }
    .unwrap_or(question.line)
}

fn ways_lead_on(flow: &Flow, checks: &mut Checks) {
    let places: BTreeMap<&str, usize> = flow
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| (question.id.as_str(), place))
        .collect();
    for (place, question) in flow.questions.iter().enumerate() {
        for (by, to) in question.ways() {
            let line = line_of(question, by);
            match (places.get(to), flow.outcome(to)) {
                (Some(later), _) if *later > place => {}
                (Some(_), _) => checks.refuse_line(
                    line,
                    format!("{:?} leads to {to:?}, which does not come after it: a flow never goes back, so put the questions in their order", question.id),
                ),
                (None, Some(_)) => {}
                (None, None) => checks.refuse_line(
                    line,
                    format!("there is no question and no outcome {to:?}"),
                ),
            }
        }
        let urgent = question
            .choices
            .iter()
            .filter_map(|one| Some((one, one.urgent.as_ref()?)));
        for (choice, to) in urgent {
            if flow.outcome(to).is_none_or(|outcome| !outcome.urgent) {
                checks.refuse_line(
                    choice.line,
                    format!("an urgent answer leads to an urgent outcome, and {to:?} is none"),
                );
            }
        }
    }
}

/// For each question and outcome that is reached, which questions can have been answered before it.
fn questions_before(flow: &Flow) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut before: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    if let Some(first) = flow.questions.first() {
        before.insert(&first.id, BTreeSet::new());
    }
    for question in &flow.questions {
        let Some(mut seen) = before.get(question.id.as_str()).cloned() else {
            continue;
        };
        seen.insert(&question.id);
        for (_, to) in question.ways() {
            before.entry(to).or_default().extend(seen.iter().copied());
        }
    }
    before
}

fn all_is_reached(flow: &Flow, before: &BTreeMap<&str, BTreeSet<&str>>, checks: &mut Checks) {
    let questions = flow
        .questions
        .iter()
        .map(|one| (&one.id, one.line, "question"));
    let outcomes = flow
        .outcomes
        .iter()
        .map(|one| (&one.id, one.line, "outcome"));
    for (id, line, what) in questions.chain(outcomes) {
        if !before.contains_key(id.as_str()) {
            checks.refuse_line(line, format!("nothing leads to the {what} {id:?}"));
        }
    }
}

fn conditions_can_be_known(
    flow: &Flow,
    before: &BTreeMap<&str, BTreeSet<&str>>,
    checks: &mut Checks,
) {
    let nothing = BTreeSet::new();
    for question in &flow.questions {
        let earlier = before.get(question.id.as_str()).unwrap_or(&nothing);
        let mut with_own = earlier.clone();
        with_own.insert(&question.id);
        for route in &question.routes {
            known(&route.when, &with_own, route.line, checks);
        }
        for choice in &question.choices {
            if let Some(condition) = &choice.show_if {
                known(condition, earlier, choice.line, checks);
            }
        }
        names(question.body.names(), flow, earlier, question.line, checks);
    }
    for outcome in &flow.outcomes {
        let earlier = before.get(outcome.id.as_str()).unwrap_or(&nothing);
        let reasons = outcome.reasons.iter().map(|one| (&one.when, one.line));
        let steps = outcome.next.iter().map(|one| (&one.when, one.line));
        for (when, line) in reasons.chain(steps) {
            if let Some(when) = when {
                known(when, earlier, line, checks);
            }
        }
        for reason in &outcome.reasons {
            names(reason.say.names(), flow, earlier, reason.line, checks);
        }
        names(outcome.body.names(), flow, earlier, outcome.line, checks);
    }
}

fn known(condition: &Expression, earlier: &BTreeSet<&str>, line: usize, checks: &mut Checks) {
    for question in condition.questions() {
        if !earlier.contains(question) {
            checks.refuse_line(
                line,
                format!("the condition asks of {question:?}, which is never answered before it"),
            );
        }
    }
}

fn names<'t>(
    names: impl Iterator<Item = &'t str>,
    flow: &Flow,
    earlier: &BTreeSet<&str>,
    line: usize,
    checks: &mut Checks,
) {
    for name in names {
        let is_value = flow.values.iter().any(|value| value.id == name);
        if !is_value && !earlier.contains(name) {
            checks.refuse_line(
                line,
                format!("{{{name}}} is a question that is never answered before it"),
            );
        }
    }
}
