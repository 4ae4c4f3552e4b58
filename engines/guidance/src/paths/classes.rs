//! The answers to try, so that whatever could be answered leads as one of them does.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use stour_kernel::{Date, Pence, Postcode};

use crate::answer::Answer;
use crate::expression::Bounds;
use crate::flow::Flow;
use crate::question::{Choice, Kind, Question};

const DAY: u64 = 24 * 60 * 60;

impl Flow {
    /// The answers to try for each question without options.
    pub(super) fn classes(&self, today: Date) -> BTreeMap<&str, Vec<Answer>> {
        let expressions = self.expressions();
        let plain = self.questions.iter().filter(|one| one.choices.is_empty());
        plain
            .map(|question| {
                let mut bounds = Bounds::default();
                for expression in &expressions {
                    bounds.gather(expression, &question.id);
                }
                let mut answers = of_bounds(question, &bounds, today);
                if !question.required {
                    answers.push(Answer::Passed);
                }
                (question.id.as_str(), answers)
            })
            .collect()
    }
}

/// Every answer to a question with options: each choice; or each set of those that may be joined, and each that
/// stands alone.
pub(super) fn of_options(question: &Question, offered: &[&Choice]) -> Vec<Answer> {
    let id = |choice: &&Choice| choice.id.clone();
    let mut answers: Vec<Answer> = if question.kind == Kind::Several {
        let alone = offered.iter().filter(|one| one.alone);
        let mut sets: Vec<BTreeSet<String>> = vec![BTreeSet::new()];
        for choice in offered.iter().filter(|one| !one.alone) {
            let with = sets.clone().into_iter().map(|mut set| {
                set.insert(choice.id.clone());
                set
            });
            sets.extend(with.collect::<Vec<_>>());
        }
        sets.retain(|set| !set.is_empty());
        sets.extend(alone.map(|one| BTreeSet::from([id(one)])));
        sets.into_iter().map(Answer::Several).collect()
    } else {
        offered.iter().map(|one| Answer::Choice(id(one))).collect()
    };
    if !question.required {
        answers.push(Answer::Passed);
    }
    answers
}

fn of_bounds(question: &Question, bounds: &Bounds, today: Date) -> Vec<Answer> {
    let numbers = |least: i64, most: i64| {
        let around = |bound: &i64| [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
        let mut numbers: BTreeSet<i64> = bounds.numbers.iter().flat_map(around).collect();
        numbers.extend([least, most]);
        numbers.retain(|number| (least..=most).contains(number));
        numbers
    };
    match &question.kind {
        Kind::Number { least, most } | Kind::Age { least, most } => numbers(*least, *most)
            .into_iter()
            .map(Answer::Number)
            .collect(),
        Kind::Money { least, most } => numbers(least.as_i64(), most.as_i64())
            .into_iter()
            .map(|pence| Answer::Money(Pence::new(pence)))
            .collect(),
        Kind::Date { earliest, latest } => {
            let mut dates = bounds.dates.clone();
            dates.extend([*earliest, *latest]);
            if bounds.today {
                dates.insert(today);
                dates.extend(bounds.days.iter().filter_map(|days| later(today, *days)));
            }
            let around = |date: Date| [later(date, -1), Some(date), later(date, 1)];
            let mut dates: BTreeSet<Date> = dates.into_iter().flat_map(around).flatten().collect();
            dates.retain(|date| (earliest..=latest).contains(&date));
            dates.into_iter().map(Answer::Date).collect()
        }
        Kind::Postcode => {
            let somewhere: Option<Postcode> = "BH8 9RN".parse().ok();
            somewhere.map(Answer::Postcode).into_iter().collect()
        }
        Kind::Text { .. } => vec![Answer::Text("words".to_owned())],
        Kind::Choice | Kind::Several | Kind::YesNo => Vec::new(),
    }
}

/// A day so many days later.
fn later(date: Date, days: i64) -> Option<Date> {
    let span = Duration::from_secs(days.unsigned_abs().checked_mul(DAY)?);
    if days < 0 {
        date.checked_sub(span).ok()
    } else {
        date.checked_add(span).ok()
    }
}
