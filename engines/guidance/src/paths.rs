//! Every path through a flow.

mod classes;

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;
use thiserror::Error;

use crate::answer::{Answer, Answers};
use crate::expression::Known;
use crate::flow::Flow;
use crate::outcome::Outcome;
use crate::position::{At, By, Step};
use crate::question::Question;

/// There are more paths than were to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there are more than {0} paths: ask fewer questions whose answers can be joined freely")]
pub struct TooMany(pub u64);

/// One path: every answer on the way, and where it ends.
#[derive(Debug, Clone)]
pub struct Path<'f> {
    /// The questions with their answers, in order.
    pub steps: &'f [Step<'f>],
    /// Where it ends.
    pub outcome: &'f Outcome,
}

impl Path<'_> {
    /// The answers, as they are kept.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for step in self.steps {
            answers.put(&step.question.id, &step.answer);
        }
        answers
    }
}

/// What taking every path found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// How many paths there are.
    pub count: u64,
    /// The most questions on one path.
    pub longest: usize,
    /// How many paths end in each outcome; 0 for one in which none does.
    pub by_outcome: BTreeMap<String, u64>,
    /// Ways that no path takes, in words.
    pub never_taken: Vec<String>,
    /// Options that no path is offered.
    pub never_offered: Vec<String>,
}

impl Flow {
    /// Takes every path, and counts. Choices are tried one by one, questions of several answers set by set,
    /// and numbers, amounts and days on both sides of each bound that a condition sets.
    ///
    /// # Errors
    /// [`TooMany`]: more paths than `most`.
    pub fn walk(
        &self,
        today: Date,
        most: u64,
        mut each: impl FnMut(&Path<'_>),
    ) -> Result<Paths, TooMany> {
        let Some(first) = self.questions.first() else {
            return Ok(Paths::default());
        };
        let mut walker = Walker {
            flow: self,
            most,
            known: Known::nothing(today),
            steps: Vec::new(),
            classes: self.classes(today),
            taken: BTreeSet::new(),
            offered: BTreeSet::new(),
            found: Paths::default(),
        };
        for outcome in &self.outcomes {
            walker.found.by_outcome.insert(outcome.id.clone(), 0);
        }
        walker.question(first, &mut each)?;
        Ok(walker.finish())
    }
}

struct Walker<'f> {
    flow: &'f Flow,
    most: u64,
    known: Known<'f>,
    steps: Vec<Step<'f>>,
    /// The answers to try for questions that have no options.
    classes: BTreeMap<&'f str, Vec<Answer>>,
    taken: BTreeSet<(&'f str, By)>,
    offered: BTreeSet<(&'f str, &'f str)>,
    found: Paths,
}

impl<'f> Walker<'f> {
    fn question(
        &mut self,
        question: &'f Question,
        each: &mut impl FnMut(&Path<'_>),
    ) -> Result<(), TooMany> {
        let offered = self.flow.offered(question, &self.known);
        for choice in &offered {
            self.offered.insert((&question.id, &choice.id));
        }
        let answers = match self.classes.get(question.id.as_str()) {
            Some(answers) => answers.clone(),
            None => classes::of_options(question, &offered),
        };
        for answer in answers {
            self.known.answers.insert(&question.id, answer.clone());
            self.steps.push(Step { question, answer });
            if let Some((to, by)) = question.leads_to(&self.known) {
                self.taken.insert((&question.id, by));
                match self.flow.at(to) {
                    Some(At::Question(next)) => self.question(next, each)?,
                    Some(At::Outcome(outcome)) => self.end(outcome, each)?,
                    None => {}
                }
            }
            self.steps.pop();
        }
        self.known.answers.remove(question.id.as_str());
        Ok(())
    }

    fn end(
        &mut self,
        outcome: &'f Outcome,
        each: &mut impl FnMut(&Path<'_>),
    ) -> Result<(), TooMany> {
        self.found.count = self.found.count.saturating_add(1);
        if self.found.count > self.most {
            return Err(TooMany(self.most));
        }
        self.found.longest = self.found.longest.max(self.steps.len());
        if let Some(count) = self.found.by_outcome.get_mut(&outcome.id) {
            *count = count.saturating_add(1);
        }
        each(&Path {
            steps: &self.steps,
            outcome,
        });
        Ok(())
    }

    fn finish(mut self) -> Paths {
        for question in &self.flow.questions {
            for (by, to) in question.ways() {
                if !self.taken.contains(&(&question.id, by)) {
                    let way = match by {
                        By::Choice(place) => {
                            let choice = question.choices.get(place);
                            choice.map_or_else(String::new, |one| format!("option {:?}", one.id))
                        }
                        By::Route(place) => {
                            let route = question.routes.get(place);
                            route.map_or_else(String::new, |one| {
                                format!("route when {}", one.written)
                            })
                        }
                        By::Then => "then".to_owned(),
                    };
                    self.found
                        .never_taken
                        .push(format!("{} ({way}) to {to}", question.id));
                }
            }
            for choice in &question.choices {
                if !self
                    .offered
                    .contains(&(question.id.as_str(), choice.id.as_str()))
                {
                    let name = format!("{} ({})", question.id, choice.id);
                    self.found.never_offered.push(name);
                }
            }
        }
        self.found
    }
}
