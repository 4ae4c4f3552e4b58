//! Where somebody is in a flow, for any answers.

use stour_kernel::Date;

use crate::answer::{Answer, Answers};
use crate::expression::Known;
use crate::flow::Flow;
use crate::outcome::Outcome;
use crate::question::{Choice, Question};

/// A question with the answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'f> {
    /// The question.
    pub question: &'f Question,
    /// The answer.
    pub answer: Answer,
}

/// Where the answers lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'f> {
    /// This question is next.
    Question(&'f Question),
    /// The flow has ended.
    Outcome(&'f Outcome),
}

/// Where somebody is, and how they came there.
#[derive(Debug, Clone)]
pub struct Position<'f> {
    /// The questions answered on the way, in order. Answers to other questions are not looked at.
    pub trail: Vec<Step<'f>>,
    /// Where the answers lead.
    pub at: At<'f>,
    pub(crate) known: Known<'f>,
}

/// A question on the way, as it is asked.
#[derive(Debug, Clone)]
pub struct Place<'f> {
    /// The question.
    pub question: &'f Question,
    /// The options that are offered.
    pub offered: Vec<&'f Choice>,
    /// The question before it, if it is not the first.
    pub before: Option<&'f Question>,
}

impl Flow {
    /// Where any set of answers leads.
    pub fn position(&self, answers: &Answers, today: Date) -> Option<Position<'_>> {
        self.walk_to(answers, today, None)
    }

    /// A question as it is asked on the way that these answers give; nothing when it is not on it.
    pub fn place(&self, answers: &Answers, today: Date, question: &str) -> Option<Place<'_>> {
        let position = self.walk_to(answers, today, Some(question))?;
        match position.at {
            At::Question(at) if at.id == question => Some(Place {
                question: at,
                offered: self.offered(at, &position.known),
                before: position.trail.last().map(|step| step.question),
            }),
            _ => None,
        }
    }

    fn walk_to(&self, answers: &Answers, today: Date, stop: Option<&str>) -> Option<Position<'_>> {
        let mut position = Position {
            trail: Vec::new(),
            at: At::Question(self.questions.first()?),
            known: Known::nothing(today),
        };
        while let At::Question(question) = position.at {
            if stop == Some(question.id.as_str()) {
                break;
            }
            let offered = self.offered(question, &position.known);
            let given = answers.of(&question.id);
            let Some(answer) = given.and_then(|sent| question.read(sent, &offered).ok()) else {
                break;
            };
            position.known.answers.insert(&question.id, answer.clone());
            let (to, _) = question.leads_to(&position.known)?;
            position.at = self.at(to)?;
            position.trail.push(Step { question, answer });
        }
        Some(position)
    }

    pub(crate) fn at(&self, id: &str) -> Option<At<'_>> {
        let question = self.question(id).map(At::Question);
        question.or_else(|| self.outcome(id).map(At::Outcome))
    }

    /// The options of a question that are offered when so much is known.
    #[expect(
        clippy::unused_self,
        reason = "a flow offers; its question alone does not know what was answered"
    )]
    pub(crate) fn offered<'f>(
        &'f self,
        question: &'f Question,
        known: &Known<'_>,
    ) -> Vec<&'f Choice> {
        let shown = |choice: &&Choice| {
            choice
                .show_if
                .as_ref()
                .is_none_or(|condition| condition.holds(known))
        };
        question.choices.iter().filter(shown).collect()
    }
}

/// By which of a question's ways an answer leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// An urgent option, or the option's own way, by its place.
    Choice(usize),
    /// A route, by its place.
    Route(usize),
    /// What is next otherwise.
    Then,
}

impl Question {
    /// Where the question leads when its answer is known: an urgent option before everything else, then the
    /// first route whose condition holds, then the option's own way, then what is next otherwise.
    pub(crate) fn leads_to(&self, known: &Known<'_>) -> Option<(&str, By)> {
        let answer = known.answers.get(self.id.as_str())?;
        let chosen = |id: &str| match answer {
            Answer::Choice(one) => one == id,
            Answer::Several(all) => all.contains(id),
            _ => false,
        };
        let choices = || {
            self.choices
                .iter()
                .enumerate()
                .filter(|(_, one)| chosen(&one.id))
        };
        let urgent =
            choices().find_map(|(place, one)| Some((one.urgent.as_deref()?, By::Choice(place))));
        if urgent.is_some() {
            return urgent;
        }
        let mut routes = self.routes.iter().enumerate();
        if let Some((place, route)) = routes.find(|(_, route)| route.when.holds(known)) {
            return Some((&route.to, By::Route(place)));
        }
        let own = choices().find_map(|(place, one)| Some((one.to.as_deref()?, By::Choice(place))));
        own.or_else(|| Some((self.then.as_deref()?, By::Then)))
    }

    /// Every way of the question and where it leads.
    pub(crate) fn ways(&self) -> Vec<(By, &str)> {
        let choices = self.choices.iter().enumerate().flat_map(|(place, one)| {
            let both = [one.urgent.as_deref(), one.to.as_deref()];
            both.into_iter()
                .flatten()
                .map(move |to| (By::Choice(place), to))
        });
        let routes = self
            .routes
            .iter()
            .enumerate()
            .map(|(place, route)| (By::Route(place), route.to.as_str()));
        let then = self.then.as_deref().map(|to| (By::Then, to));
        choices.chain(routes).chain(then).collect()
    }
}
