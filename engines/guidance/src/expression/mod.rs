//! Conditions and values: a small language of answers.
//!
//! A question that was not answered on the way counts for nothing: it is none of its options, and what is
//! compared with it does not hold. So every condition has an answer, whatever was answered.

mod bounds;
mod parse;
mod token;

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{Date, Pence};

use crate::answer::Answer;
use crate::day::day;

pub(crate) use bounds::Bounds;
pub(crate) use parse::{Named, RESERVED, Scope, condition, value};

/// What a condition or value gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Truth,
    Number,
    Money,
    Date,
}

impl Type {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Truth => "true or false",
            Self::Number => "a number",
            Self::Money => "an amount of money",
            Self::Date => "a date",
        }
    }
}

/// How two things are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// A condition or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// So many of these hold, or more.
    AtLeast(usize, Vec<Expression>),
    Not(Box<Expression>),
    Compare(Box<Expression>, Comparison, Box<Expression>),
    /// The answer is, or includes, one of these options.
    Chosen(String, BTreeSet<String>),
    Answered(String),
    /// How many of these hold.
    Count(Vec<Expression>),
    /// How many options were chosen, those that stand alone apart.
    CountOf(String, BTreeSet<String>),
    Number(i64),
    Money(i64),
    Date(Date),
    Today,
    /// What was answered.
    Answer(String),
    /// A value by its name, and what it is.
    Value(String, Box<Expression>),
    Sum(Box<Expression>, i64, Box<Expression>),
    Product(Box<Expression>, Box<Expression>),
    DaysUntil(Box<Expression>),
}

/// What an expression came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worked {
    Truth(bool),
    Number(i64),
    /// Pence.
    Money(i64),
    Date(Date),
}

impl Worked {
    /// In words, for reasons.
    pub(crate) fn in_words(self) -> String {
        match self {
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => "no".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Money(pence) => Pence::new(pence).to_string(),
            Self::Date(date) => day(date),
        }
    }
}

/// What was answered on the way, and which day it is.
#[derive(Debug, Clone)]
pub(crate) struct Known<'f> {
    pub(crate) answers: BTreeMap<&'f str, Answer>,
    pub(crate) today: Date,
}

impl Known<'_> {
    pub(crate) fn nothing(today: Date) -> Self {
        Self {
            answers: BTreeMap::new(),
            today,
        }
    }
}

impl Expression {
    /// Whether the condition holds.
    pub(crate) fn holds(&self, known: &Known<'_>) -> bool {
        self.work(known) == Some(Worked::Truth(true))
    }

    /// What it comes to; nothing when an answer that it needs was not given, or a sum does not fit.
    pub(crate) fn work(&self, known: &Known<'_>) -> Option<Worked> {
        let truth = |holds| Some(Worked::Truth(holds));
        match self {
            Self::AtLeast(least, all) => truth(count(all, known) >= *least),
            Self::Not(one) => truth(!one.holds(known)),
            Self::Compare(left, how, right) => truth(compare(left, *how, right, known)),
            Self::Chosen(question, options) => truth(match known.answers.get(question.as_str()) {
                Some(Answer::Choice(id)) => options.contains(id),
                Some(Answer::Several(ids)) => !ids.is_disjoint(options),
                _ => false,
            }),
            Self::Answered(question) => {
                let answer = known.answers.get(question.as_str());
                truth(answer.is_some_and(|answer| *answer != Answer::Passed))
            }
            Self::Count(all) => whole(count(all, known)),
            Self::CountOf(question, counted) => match known.answers.get(question.as_str()) {
                Some(Answer::Several(ids)) => whole(ids.intersection(counted).count()),
                _ => Some(Worked::Number(0)),
            },
            Self::Number(number) => Some(Worked::Number(*number)),
            Self::Money(pence) => Some(Worked::Money(*pence)),
            Self::Date(date) => Some(Worked::Date(*date)),
            Self::Today => Some(Worked::Date(known.today)),
            Self::Answer(question) => match known.answers.get(question.as_str())? {
                Answer::Number(number) => Some(Worked::Number(*number)),
                Answer::Money(amount) => Some(Worked::Money(amount.as_i64())),
                Answer::Date(date) => Some(Worked::Date(*date)),
                _ => None,
            },
            Self::Value(_, is) => is.work(known),
            Self::Sum(left, sign, right) => {
                let other = |number: i64| number.checked_mul(*sign);
                match (left.work(known)?, right.work(known)?) {
                    (Worked::Number(a), Worked::Number(b)) => {
                        a.checked_add(other(b)?).map(Worked::Number)
                    }
                    (Worked::Money(a), Worked::Money(b)) => {
                        a.checked_add(other(b)?).map(Worked::Money)
                    }
                    _ => None,
                }
            }
            Self::Product(left, right) => match (left.work(known)?, right.work(known)?) {
                (Worked::Number(a), Worked::Number(b)) => a.checked_mul(b).map(Worked::Number),
                (Worked::Money(a), Worked::Number(b)) | (Worked::Number(a), Worked::Money(b)) => {
                    a.checked_mul(b).map(Worked::Money)
                }
                _ => None,
            },
            Self::DaysUntil(date) => match date.work(known)? {
                Worked::Date(date) => {
                    let hours = date.duration_since(known.today).as_hours();
                    Some(Worked::Number(hours.div_euclid(24)))
                }
                _ => None,
            },
        }
    }

    /// The parts that it is made of.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::AtLeast(_, all) | Self::Count(all) => all.iter().collect(),
            Self::Not(one) | Self::Value(_, one) | Self::DaysUntil(one) => vec![one],
            Self::Compare(left, _, right)
            | Self::Sum(left, _, right)
            | Self::Product(left, right) => vec![left, right],
            Self::Chosen(..)
            | Self::Answered(_)
            | Self::CountOf(..)
            | Self::Number(_)
            | Self::Money(_)
            | Self::Date(_)
            | Self::Today
            | Self::Answer(_) => Vec::new(),
        }
    }

    /// The question that it names itself.
    fn own_question(&self) -> Option<&str> {
        match self {
            Self::Chosen(question, _)
            | Self::Answered(question)
            | Self::CountOf(question, _)
            | Self::Answer(question) => Some(question),
            _ => None,
        }
    }

    /// Every question that it depends on, through values as well.
    pub(crate) fn questions(&self) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> = self.own_question().into_iter().collect();
        for part in self.parts() {
            found.extend(part.questions());
        }
        found
    }

    /// How many steps working it out takes at most.
    pub(crate) fn weight(&self) -> usize {
        let parts = self.parts().into_iter().map(Self::weight);
        parts.fold(1, usize::saturating_add)
    }
}

fn whole(count: usize) -> Option<Worked> {
    i64::try_from(count).ok().map(Worked::Number)
}

fn count(all: &[Expression], known: &Known<'_>) -> usize {
    all.iter().filter(|one| one.holds(known)).count()
}

fn compare(left: &Expression, how: Comparison, right: &Expression, known: &Known<'_>) -> bool {
    let (Some(left), Some(right)) = (left.work(known), right.work(known)) else {
        return false;
    };
    match how {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::AtLeast => left >= right,
        Comparison::More => left > right,
    }
}
