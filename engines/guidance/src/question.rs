//! A question, and what fits it as an answer.

use std::collections::BTreeSet;

use stour_kernel::{Date, Pence, Postcode};

use crate::answer::{Answer, AnswerFault};
use crate::day::day;
use crate::expression::Expression;
use crate::text::LightText;

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of the options.
    Choice,
    /// Any number of the options.
    Several,
    /// Yes or no: a choice of two options with these ids.
    YesNo,
    /// A whole number between two.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Years of age.
    Age {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// An amount between two.
    Money {
        /// The least.
        least: Pence,
        /// The most.
        most: Pence,
    },
    /// A day between two.
    Date {
        /// The earliest.
        earliest: Date,
        /// The latest.
        latest: Date,
    },
    /// A postcode.
    Postcode,
    /// Words.
    Text {
        /// The most characters.
        longest: usize,
    },
}

impl Kind {
    /// As a flow writes it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Several => "several",
            Self::YesNo => "yes-no",
            Self::Number { .. } => "number",
            Self::Age { .. } => "age",
            Self::Money { .. } => "money",
            Self::Date { .. } => "date",
            Self::Postcode => "postcode",
            Self::Text { .. } => "text",
        }
    }
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id, unique in the question.
    pub id: String,
    /// What it says.
    pub label: String,
    /// What helps to understand it.
    pub hint: Option<String>,
    /// How reasons speak of it; its label unless told.
    pub says: String,
    /// It is chosen alone, such as "None of these".
    pub alone: bool,
    /// The urgent outcome that it leads to at once.
    pub urgent: Option<String>,
    /// Where it leads, when the question's routes do not say.
    pub(crate) to: Option<String>,
    pub(crate) show_if: Option<Expression>,
    pub(crate) line: usize,
}

/// Where a question leads when a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) when: Expression,
    pub(crate) written: String,
    pub(crate) to: String,
    pub(crate) line: usize,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id, unique in the flow.
    pub id: String,
    /// What is asked.
    pub ask: String,
    /// What helps to answer.
    pub hint: Option<String>,
    /// What to know before answering.
    pub body: LightText,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Whether it must be answered.
    pub required: bool,
    /// Which meaning the question has: a later version of a flow that gives it another asks again.
    pub meaning: u32,
    /// The options, of a question that has some.
    pub choices: Vec<Choice>,
    pub(crate) routes: Vec<Route>,
    pub(crate) then: Option<String>,
    pub(crate) line: usize,
}

impl Question {
    /// An option by its id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// Reads an answer as it was sent or kept, by the options that are offered.
    ///
    /// # Errors
    /// What is wrong with it, in words for whoever answered.
    pub fn read(&self, sent: &[String], offered: &[&Choice]) -> Result<Answer, AnswerFault> {
        let sent: Vec<&str> = sent
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        if sent.is_empty() {
            return match (self.required, self.choices.is_empty()) {
                (false, _) => Ok(Answer::Passed),
                (true, true) => Err(AnswerFault::Missing),
                (true, false) => Err(AnswerFault::NoChoice),
            };
        }
        match &self.kind {
            Kind::Several => several(&sent, offered),
            Kind::Choice | Kind::YesNo => match sent.as_slice() {
                [one] if offered.iter().any(|choice| choice.id == *one) => {
                    Ok(Answer::Choice((*one).to_owned()))
                }
                _ => Err(AnswerFault::UnknownOption),
            },
            kind => match sent.as_slice() {
                [one] => match read_one(kind, one)? {
                    // Nothing that can be seen was typed.
                    Answer::Text(text) if text.trim().is_empty() && self.required => {
                        Err(AnswerFault::Missing)
                    }
                    Answer::Text(text) if text.trim().is_empty() => Ok(Answer::Passed),
                    answer => Ok(answer),
                },
                _ => Err(AnswerFault::NotRead("Give one answer".to_owned())),
            },
        }
    }

    /// An answer in words: the labels of options, an amount, a day.
    pub fn in_words(&self, answer: &Answer) -> Vec<String> {
        let label = |id: &String| self.choice(id).map(|choice| choice.label.clone());
        self.spoken(answer, &label)
    }

    /// An answer as reasons speak of it.
    pub(crate) fn in_reasons(&self, answer: &Answer) -> String {
        let says = |id: &String| self.choice(id).map(|choice| choice.says.clone());
        joined(&self.spoken(answer, &says))
    }

    fn spoken(&self, answer: &Answer, say: &dyn Fn(&String) -> Option<String>) -> Vec<String> {
        match answer {
            Answer::Choice(id) => say(id).into_iter().collect(),
            Answer::Several(ids) => {
                let chosen = self.choices.iter().filter(|one| ids.contains(&one.id));
                chosen.filter_map(|one| say(&one.id)).collect()
            }
            Answer::Date(date) => vec![day(*date)],
            other => other.written(),
        }
    }
}

/// "a, b and c".
pub(crate) fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn several(sent: &[&str], offered: &[&Choice]) -> Result<Answer, AnswerFault> {
    let chosen: BTreeSet<String> = sent.iter().map(|id| (*id).to_owned()).collect();
    let known: Vec<&&Choice> = offered
        .iter()
        .filter(|choice| chosen.contains(&choice.id))
        .collect();
    if known.len() != chosen.len() {
        return Err(AnswerFault::UnknownOption);
    }
    match known.iter().find(|choice| choice.alone) {
        Some(alone) if chosen.len() > 1 => Err(AnswerFault::NotAlone(alone.label.clone())),
        _ => Ok(Answer::Several(chosen)),
    }
}

fn read_one(kind: &Kind, text: &str) -> Result<Answer, AnswerFault> {
    let not_read = |reason: String| AnswerFault::NotRead(reason);
    match kind {
        Kind::Number { least, most } | Kind::Age { least, most } => {
            let number: i64 = text
                .replace(',', "")
                .parse()
                .map_err(|_| not_read("Enter a whole number in digits, such as 3".to_owned()))?;
            within(&number, (least, most), i64::to_string)?;
            Ok(Answer::Number(number))
        }
        Kind::Money { least, most } => {
            let amount: Pence = text.parse().map_err(|_| {
                not_read("Enter an amount in pounds, such as £120 or £120.50".to_owned())
            })?;
            within(&amount, (least, most), Pence::to_string)?;
            Ok(Answer::Money(amount))
        }
        Kind::Date { earliest, latest } => {
            let date: Date = text
                .parse()
                .map_err(|_| not_read("Enter a real date, such as 27 3 2026".to_owned()))?;
            match date {
                date if date < *earliest => Err(AnswerFault::TooEarly(day(*earliest))),
                date if date > *latest => Err(AnswerFault::TooLate(day(*latest))),
                date => Ok(Answer::Date(date)),
            }
        }
        Kind::Postcode => text
            .parse::<Postcode>()
            .map(Answer::Postcode)
            .map_err(|_| not_read("Enter a full postcode, such as BH8 9RN".to_owned())),
        Kind::Text { longest } if text.chars().count() > *longest => {
            Err(AnswerFault::TooLong(*longest))
        }
        Kind::Text { .. } => {
            let unseen = |one: char| one.is_control() && !matches!(one, '\n' | '\r' | '\t');
            let seen: String = text.chars().filter(|one| !unseen(*one)).collect();
            Ok(Answer::Text(seen))
        }
        Kind::Choice | Kind::Several | Kind::YesNo => Err(AnswerFault::UnknownOption),
    }
}

fn within<T: PartialOrd>(
    value: &T,
    (least, most): (&T, &T),
    words: impl Fn(&T) -> String,
) -> Result<(), AnswerFault> {
    if value < least {
        return Err(AnswerFault::TooSmall(words(least)));
    }
    if value > most {
        return Err(AnswerFault::TooLarge(words(most)));
    }
    Ok(())
}
