//! Answers: as they are kept, and as a question understands them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Pence, Postcode};
use thiserror::Error;

/// Answers by question, each as text: what a form sends and a store keeps. An empty list says that the
/// question was passed over. Whether an answer fits its question is seen each time it is used, so any
/// set of answers may be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Vec<String>>);

impl Answers {
    /// What was answered to a question.
    pub fn of(&self, question: &str) -> Option<&[String]> {
        self.0.get(question).map(Vec::as_slice)
    }

    /// Puts an answer, in the place of the one before.
    pub fn put(&mut self, question: &str, answer: &Answer) {
        self.0.insert(question.to_owned(), answer.written());
    }
}

/// An answer that fits its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One option, `yes` or `no`, by its id.
    Choice(String),
    /// Several options by their ids.
    Several(BTreeSet<String>),
    /// A whole number, or years of age.
    Number(i64),
    /// An amount.
    Money(Pence),
    /// A day.
    Date(Date),
    /// A postcode.
    Postcode(Postcode),
    /// Words.
    Text(String),
    /// A question that need not be answered, and was not.
    Passed,
}

impl Answer {
    /// As it is kept.
    pub fn written(&self) -> Vec<String> {
        match self {
            Self::Choice(id) => vec![id.clone()],
            Self::Several(ids) => ids.iter().cloned().collect(),
            Self::Number(number) => vec![number.to_string()],
            Self::Money(amount) => vec![amount.to_string()],
            Self::Date(date) => vec![date.to_string()],
            Self::Postcode(postcode) => vec![postcode.to_string()],
            Self::Text(text) => vec![text.clone()],
            Self::Passed => Vec::new(),
        }
    }
}

/// Why an answer does not fit its question, in words for whoever answered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerFault {
    /// There is none, and there must be.
    #[error("Answer this question to go on")]
    Missing,
    /// No option is chosen.
    #[error("Choose one of the answers")]
    NoChoice,
    /// It is none of the options.
    #[error("Choose one of the answers that are listed")]
    UnknownOption,
    /// An option that stands alone was chosen beside others.
    #[error("Choose {0:?} alone, or leave it out")]
    NotAlone(String),
    /// It cannot be read.
    #[error("{0}")]
    NotRead(String),
    /// It is less than it may be.
    #[error("Enter {0} or more")]
    TooSmall(String),
    /// It is more than it may be.
    #[error("Enter {0} or less")]
    TooLarge(String),
    /// It is earlier than it may be.
    #[error("Enter a date that is {0} or later")]
    TooEarly(String),
    /// It is later than it may be.
    #[error("Enter a date that is {0} or earlier")]
    TooLate(String),
    /// It is longer than is kept.
    #[error("Use {0} characters or fewer")]
    TooLong(usize),
}
