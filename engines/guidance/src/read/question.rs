//! Reading a question.

use std::collections::BTreeSet;

use stour_kernel::{Date, Pence};
use toml::Spanned;

use super::Reader;
use crate::document::{OptionDocument, QuestionDocument, Words, Written};
use crate::expression::{Named, Type};
use crate::limit::{LONGEST_ANSWER, MOST_CHOICES, MOST_OPTIONS};
use crate::question::{Choice, Kind, Question, Route};

const TYPES: [&str; 9] = [
    "choice", "several", "yes-no", "number", "age", "money", "date", "postcode", "text",
];

impl Reader {
    /// Makes the question's name known to conditions.
    pub(super) fn name_question(&mut self, question: &Spanned<QuestionDocument>) {
        let question = question.get_ref();
        self.unique(&question.id);
        let ids = |all: bool| {
            let options = question.option.iter().filter(|one| all || !one.alone);
            options
                .map(|one| one.id.get_ref().clone())
                .collect::<BTreeSet<_>>()
        };
        let named = match question.r#type.get_ref().as_str() {
            "choice" => Named::Choice {
                options: ids(true),
                yes_no: false,
            },
            "yes-no" => Named::Choice {
                options: BTreeSet::from(["yes".to_owned(), "no".to_owned()]),
                yes_no: true,
            },
            "several" => Named::Several {
                options: ids(true),
                counted: ids(false),
            },
            "number" | "age" => Named::Plain(Type::Number),
            "money" => Named::Plain(Type::Money),
            "date" => Named::Plain(Type::Date),
            _ => Named::Opaque,
        };
        self.scope.insert(question.id.get_ref().clone(), named);
    }

    pub(super) fn question(&mut self, question: Spanned<QuestionDocument>) -> Option<Question> {
        let line = self.at(&question);
        let question = question.into_inner();
        let id = self.id(&question.id);
        let ask = self.line(&question.ask);
        let hint = self.line_if_there(question.hint.as_ref());
        let body = question.body.as_ref().map(|body| self.light(body));
        let kind = self.kind(&question);
        let choices = self.choices(&question);
        let routes = question.route.into_iter().filter_map(|route| {
            let line = self.at(&route.when);
            let when = self.condition(&route.when)?;
            Some(Route {
                when,
                written: route.when.get_ref().clone(),
                to: self.line(&route.to),
                line,
            })
        });
        let routes: Vec<Route> = routes.collect();
        let then = self.line_if_there(question.then.as_ref());
        let mut own_ways = choices
            .iter()
            .map(|one| one.to.is_some() || one.urgent.is_some());
        let covered = !choices.is_empty() && own_ways.all(|way| way) && question.required;
        if then.is_none() && !covered {
            self.checks.refuse(
                &question.id.span(),
                "an answer may lead nowhere: say with then = \"…\" where the question leads otherwise",
            );
        }
        Some(Question {
            id: id?,
            ask,
            hint,
            body: body.unwrap_or_default(),
            kind: kind?,
            required: question.required,
            meaning: question.meaning,
            choices,
            routes,
            then,
            line,
        })
    }

    fn choices(&mut self, question: &QuestionDocument) -> Vec<Choice> {
        let at = question.id.span();
        let of = question.r#type.get_ref().as_str();
        let options = question.option.len();
        match of {
            "choice" => self.checks.ensure((2..=MOST_OPTIONS).contains(&options), &at, || {
                format!("a choice has 2 to {MOST_OPTIONS} options, and this has {options}")
            }),
            "several" => self.checks.ensure((2..=MOST_CHOICES).contains(&options), &at, || {
                format!("a question of several answers has 2 to {MOST_CHOICES} options, and this has {options}: every set of them is tried, so ask the rest in another question")
            }),
            "yes-no" => {}
            _ => self.checks.ensure(options == 0, &at, || {
                format!("a question of the type {of:?} has no options")
            }),
        }
        let mut seen = BTreeSet::new();
        let choices = question.option.iter().filter_map(|option| {
            let is_new = seen.insert(option.id.get_ref().as_str());
            self.checks.ensure(is_new, &option.id.span(), || {
                "another option of this question has this id".to_owned()
            });
            self.choice(option, of)
        });
        let mut choices: Vec<Choice> = choices.collect();
        if of == "yes-no" {
            choices = self.yes_and_no(&choices, &question.id);
        }
        let always = choices.iter().any(|one| one.show_if.is_none());
        self.checks.ensure(choices.is_empty() || always, &at, || {
            "every option is shown to some only: leave one without show_if, so that everybody has an answer".to_owned()
        });
        choices
    }

    fn choice(&mut self, option: &OptionDocument, of: &str) -> Option<Choice> {
        let id = self.id(&option.id);
        let yes_no = of == "yes-no";
        let label = match &option.label {
            Some(label) => self.line(label),
            None if yes_no && option.id.get_ref() == "yes" => "Yes".to_owned(),
            None if yes_no && option.id.get_ref() == "no" => "No".to_owned(),
            None => {
                self.checks
                    .refuse(&option.id.span(), "the option has no label");
                return None;
            }
        };
        self.checks
            .ensure(!option.alone || of == "several", &option.id.span(), || {
                "only an option of a question of several answers can stand alone".to_owned()
            });
        let says = self.line_if_there(option.says.as_ref());
        let show_if = option
            .show_if
            .as_ref()
            .and_then(|when| self.condition(when));
        Some(Choice {
            id: id?,
            says: says.unwrap_or_else(|| label.clone()),
            label,
            hint: self.line_if_there(option.hint.as_ref()),
            alone: option.alone,
            urgent: self.line_if_there(option.urgent.as_ref()),
            to: self.line_if_there(option.to.as_ref()),
            show_if,
            line: self.at(&option.id),
        })
    }

    /// Yes and no, as the flow writes them or as they are.
    fn yes_and_no(&mut self, written: &[Choice], at: &Words) -> Vec<Choice> {
        let line = self.at(at);
        let unknown = written.iter().any(|one| one.id != "yes" && one.id != "no");
        self.checks.ensure(!unknown, &at.span(), || {
            "a question of yes or no has only the options yes and no".to_owned()
        });
        let own = |id: &str, label: &str| {
            let found = written.iter().find(|one| one.id == id).cloned();
            found.unwrap_or_else(|| Choice {
                id: id.to_owned(),
                label: label.to_owned(),
                hint: None,
                says: label.to_owned(),
                alone: false,
                urgent: None,
                to: None,
                show_if: None,
                line,
            })
        };
        vec![own("yes", "Yes"), own("no", "No")]
    }

    fn kind(&mut self, question: &QuestionDocument) -> Option<Kind> {
        let of = question.r#type.get_ref().as_str();
        let (least, most) = (question.least.as_ref(), question.most.as_ref());
        let kind = match of {
            "choice" => Kind::Choice,
            "several" => Kind::Several,
            "yes-no" => Kind::YesNo,
            "postcode" => Kind::Postcode,
            "number" => Kind::Number {
                least: self.whole(least)?.unwrap_or(0),
                most: self.whole(most)?.unwrap_or(1_000_000),
            },
            "age" => Kind::Age {
                least: self.whole(least)?.unwrap_or(0),
                most: self.whole(most)?.unwrap_or(120),
            },
            "money" => Kind::Money {
                least: self.amount(least)?.unwrap_or(Pence::ZERO),
                most: self.amount(most)?.unwrap_or(Pence::new(10_000_000_000)),
            },
            "date" => Kind::Date {
                earliest: self.day(least, "1900-01-01")?,
                latest: self.day(most, "2200-12-31")?,
            },
            "text" => Kind::Text {
                longest: self.longest(most)?,
            },
            other => {
                self.checks.refuse(
                    &question.r#type.span(),
                    format!(
                        "{other:?} is no type of question: use one of {}",
                        TYPES.join(", ")
                    ),
                );
                return None;
            }
        };
        let in_order = match &kind {
            Kind::Number { least, most } | Kind::Age { least, most } => least <= most,
            Kind::Money { least, most } => least <= most,
            Kind::Date { earliest, latest } => earliest <= latest,
            _ => true,
        };
        let at = question.id.span();
        self.checks.ensure(in_order, &at, || {
            "the least is more than the most, so nothing could be answered".to_owned()
        });
        let bounded = matches!(
            kind,
            Kind::Number { .. } | Kind::Age { .. } | Kind::Money { .. } | Kind::Date { .. }
        );
        self.checks.ensure(
            bounded || (least.is_none() && (most.is_none() || of == "text")),
            &at,
            || format!("a question of the type {of:?} has no least and most"),
        );
        Some(kind)
    }

    fn longest(&mut self, most: Option<&Spanned<Written>>) -> Option<usize> {
        let Some(number) = self.whole(most)? else {
            return Some(500);
        };
        let longest = usize::try_from(number).ok();
        let longest = longest.filter(|one| (1..=LONGEST_ANSWER).contains(one));
        if longest.is_none()
            && let Some(most) = most
        {
            let reason = format!("a text answer has 1 to {LONGEST_ANSWER} characters");
            self.checks.refuse(&most.span(), reason);
        }
        longest
    }

    /// A whole number; `None` outside when it is none, inside when it is not there.
    #[expect(clippy::option_option, reason = "wrong and absent are two things")]
    fn whole(&mut self, written: Option<&Spanned<Written>>) -> Option<Option<i64>> {
        match written.map(|written| (written, written.get_ref())) {
            None => Some(None),
            Some((_, Written::Whole(number))) => Some(Some(*number)),
            Some((at, Written::Text(_))) => {
                self.checks
                    .refuse(&at.span(), "write a whole number without quotes");
                None
            }
        }
    }

    #[expect(clippy::option_option, reason = "wrong and absent are two things")]
    fn amount(&mut self, written: Option<&Spanned<Written>>) -> Option<Option<Pence>> {
        let Some(written) = written else {
            return Some(None);
        };
        let amount = match written.get_ref() {
            Written::Text(text) => text.parse().ok(),
            Written::Whole(_) => None,
        };
        self.checks.ensure(amount.is_some(), &written.span(), || {
            "write an amount in quotes, such as \"£23,250\"".to_owned()
        });
        amount.map(Some)
    }

    fn day(&mut self, written: Option<&Spanned<Written>>, otherwise: &str) -> Option<Date> {
        let Some(written) = written else {
            return otherwise.parse().ok();
        };
        let date = match written.get_ref() {
            Written::Text(text) => text.parse().ok(),
            Written::Whole(_) => None,
        };
        self.checks.ensure(date.is_some(), &written.span(), || {
            "write a date in quotes, such as \"2026-01-31\"".to_owned()
        });
        date
    }
}
