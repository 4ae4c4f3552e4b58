//! What an outcome says to whoever gave these answers.

use crate::expression::Known;
use crate::flow::Flow;
use crate::outcome::{NextStep, Outcome};
use crate::position::{At, Position};
use crate::text::LightText;

/// What an outcome says to whoever gave these answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion<'f> {
    /// The outcome.
    pub outcome: &'f Outcome,
    /// What it means.
    pub body: LightText,
    /// Why, in the order of the flow.
    pub reasons: Vec<LightText>,
    /// What to do next, each with its place among the outcome's steps.
    pub next: Vec<(usize, &'f NextStep)>,
}

impl Flow {
    /// What the outcome says, once the flow has ended.
    pub fn conclude<'f>(&'f self, position: &Position<'f>) -> Option<Conclusion<'f>> {
        let At::Outcome(outcome) = position.at else {
            return None;
        };
        let known = &position.known;
        let say = |name: &str| self.say(name, known);
        let reasons = outcome.reasons.iter().filter(|reason| {
            let holds = reason.when.as_ref().is_none_or(|when| when.holds(known));
            // A reason that speaks of what was not answered says nothing.
            holds && reason.say.names().all(|name| !say(name).is_empty())
        });
        let next = outcome
            .next
            .iter()
            .enumerate()
            .filter(|(_, step)| step.when.as_ref().is_none_or(|when| when.holds(known)));
        Some(Conclusion {
            outcome,
            body: outcome.body.filled(&say),
            reasons: reasons.map(|reason| reason.say.filled(&say)).collect(),
            next: next.collect(),
        })
    }

    /// An answer or a value as text speaks of it; empty when there is none.
    fn say(&self, name: &str, known: &Known<'_>) -> String {
        if let Some(value) = self.values.iter().find(|value| value.id == name) {
            let worked = value.is.work(known);
            return worked
                .map(crate::expression::Worked::in_words)
                .unwrap_or_default();
        }
        let answer = known.answers.get(name);
        match (self.question(name), answer) {
            (Some(question), Some(answer)) => question.in_reasons(answer),
            _ => String::new(),
        }
    }
}
