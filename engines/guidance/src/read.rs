//! From a document to a flow, or everything that is wrong with it.

mod outcome;
mod question;

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use crate::document::{Document, Heading, SourceDocument, ValueDocument, Words};
use crate::expression::{self, Expression, Named, Scope};
use crate::flow::{Flow, Source, Value};
use crate::limit::{LONGEST_FLOW, LONGEST_WORDS, MOST_PARTS};
use crate::mistake::{Checks, Mistakes};
use crate::text::LightText;
use crate::{reading_age, structure};

pub(crate) fn read(text: &str) -> Result<Flow, Mistakes> {
    let mut reader = Reader {
        checks: Checks::new(text),
        scope: Scope::new(),
        names: BTreeSet::new(),
    };
    if text.len() > LONGEST_FLOW {
        reader.checks.refuse_line(
            1,
            format!("a flow has at most {LONGEST_FLOW} bytes: make two flows of it"),
        );
        return Err(reader.checks.into_mistakes());
    }
    let document: Document = match toml::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            reader.checks.refuse(&at, error.message());
            return Err(reader.checks.into_mistakes());
        }
    };
    let flow = reader.flow(document);
    let mut checks = reader.checks;
    match flow {
        Some(mut flow) if checks.is_clean() => {
            structure::check(&flow, &mut checks);
            if !checks.is_clean() {
                return Err(checks.into_mistakes());
            }
            flow.warnings = reading_age::warnings(&flow);
            Ok(flow)
        }
        _ => Err(checks.into_mistakes()),
    }
}

/// What reads a document: what was wrong so far, and which names are known.
pub(crate) struct Reader {
    pub(crate) checks: Checks,
    /// What conditions may name.
    pub(crate) scope: Scope,
    /// Every id of a question, value or outcome.
    names: BTreeSet<String>,
}

impl Reader {
    fn flow(&mut self, document: Document) -> Option<Flow> {
        let at = document.flow.span();
        let heading = document.flow.into_inner();
        let most = MOST_PARTS;
        for (count, what) in [
            (document.question.len(), "questions"),
            (document.value.len(), "values"),
            (document.outcome.len(), "outcomes"),
        ] {
            let reason = || format!("a flow has at most {most} {what}");
            self.checks.ensure(count <= most, &at, reason);
        }
        let sources = self.sources(document.source, &at);
        for question in &document.question {
            self.name_question(question);
        }
        // Conditions of questions may use values, and values name questions.
        let values = document.value.iter().filter_map(|value| self.value(value));
        let values: Vec<Value> = values.collect();
        let questions: Vec<_> = document
            .question
            .into_iter()
            .filter_map(|question| self.question(question))
            .collect();
        let outcomes: Vec<_> = document
            .outcome
            .into_iter()
            .filter_map(|outcome| self.outcome(outcome))
            .collect();
        let Heading {
            id,
            title,
            summary,
            audience,
            sensitive,
            keep_days,
            owner,
            review_due,
        } = heading;
        let days = 1..=if sensitive { 1 } else { 366 };
        self.checks.ensure(
            days.contains(keep_days.get_ref()),
            &keep_days.span(),
            || {
                "answers are kept for 1 to 366 days, and those of a sensitive flow for 1 day"
                    .to_owned()
            },
        );
        Some(Flow {
            id: self.id(&id)?,
            title: self.line(&title),
            summary: self.line(&summary),
            audience: self.line(&audience),
            sensitive,
            keep_days: keep_days.into_inner(),
            owner: self.line(&owner),
            review_due: review_due.into_inner(),
            sources,
            questions,
            outcomes,
            values,
            warnings: Vec::new(),
        })
    }

    fn sources(&mut self, sources: Vec<SourceDocument>, at: &Range<usize>) -> Vec<Source> {
        self.checks.ensure(!sources.is_empty(), at, || {
            "the flow names no source: say where its rules come from in a [[source]]".to_owned()
        });
        sources
            .into_iter()
            .map(|source| Source {
                what: self.line(&source.what),
                gives: self.line(&source.gives),
                status: source.status,
            })
            .collect()
    }

    fn value(&mut self, value: &ValueDocument) -> Option<Value> {
        let id = self.id(&value.id)?;
        self.unique(&value.id);
        let line = self.checks.line(value.is.span().start);
        let worked = expression::value(value.is.get_ref(), &self.scope);
        match worked {
            Ok((is, of)) => {
                self.scope.insert(id.clone(), Named::Value(of, is.clone()));
                Some(Value { id, is, line })
            }
            Err(reason) => {
                self.checks.refuse(&value.is.span(), reason);
                None
            }
        }
    }

    /// A condition, when it can be read.
    pub(crate) fn condition(&mut self, written: &Words) -> Option<Expression> {
        match expression::condition(written.get_ref(), &self.scope) {
            Ok(condition) => Some(condition),
            Err(reason) => {
                self.checks.refuse(&written.span(), reason);
                None
            }
        }
    }

    /// Words that are not blank and not too long.
    pub(crate) fn line(&mut self, words: &Words) -> String {
        let text = words.get_ref().trim().to_owned();
        self.checks.ensure(!text.is_empty(), &words.span(), || {
            "it is empty: say it, or leave the key out where it may be".to_owned()
        });
        self.checks
            .ensure(text.chars().count() <= LONGEST_WORDS, &words.span(), || {
                format!("say it in at most {LONGEST_WORDS} characters")
            });
        let unseen = |one: char| {
            (one.is_control() && !matches!(one, '\n' | '\r' | '\t'))
                || matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        };
        self.checks
            .ensure(!text.chars().any(unseen), &words.span(), || {
                "it has characters that cannot be seen: leave them out".to_owned()
            });
        text
    }

    pub(crate) fn line_if_there(&mut self, words: Option<&Words>) -> Option<String> {
        words.map(|words| self.line(words))
    }

    /// Words with a little structure.
    pub(crate) fn light(&mut self, words: &Words) -> LightText {
        let text = self.line(words);
        match LightText::read(&text) {
            Ok(text) => {
                for name in text.names() {
                    let known = self.scope.contains_key(name);
                    self.checks.ensure(known, &words.span(), || {
                        format!("{{{name}}} names no question and no value")
                    });
                }
                text
            }
            Err(reason) => {
                self.checks.refuse(&words.span(), reason);
                LightText::default()
            }
        }
    }

    /// An id in small letters, digits and hyphens.
    pub(crate) fn id(&mut self, id: &Words) -> Option<String> {
        let text = id.get_ref();
        let shaped = text.starts_with(|one: char| one.is_ascii_lowercase())
            && text.len() <= 60
            && text
                .chars()
                .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-');
        self.checks.ensure(shaped, &id.span(), || {
            format!("{text:?} is no id: use at most 60 small letters, digits and hyphens, a letter first")
        });
        shaped.then(|| text.clone())
    }

    /// Notes the id of a question, value or outcome, which no other may have.
    pub(crate) fn unique(&mut self, id: &Words) {
        let is_new = self.names.insert(id.get_ref().clone());
        self.checks.ensure(is_new, &id.span(), || {
            format!(
                "there is another question, value or outcome {:?}: ids are unique",
                id.get_ref()
            )
        });
        let reserved = expression::RESERVED.contains(&id.get_ref().as_str());
        self.checks.ensure(!reserved, &id.span(), || {
            format!(
                "{:?} is a word of conditions: choose another id",
                id.get_ref()
            )
        });
    }

    pub(crate) fn at<T>(&self, part: &Spanned<T>) -> usize {
        self.checks.line(part.span().start)
    }
}
