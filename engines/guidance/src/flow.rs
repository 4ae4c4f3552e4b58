//! A flow: its questions, values and outcomes.

use stour_kernel::Date;

use crate::expression::Expression;
use crate::mistake::{Mistake, Mistakes};
use crate::outcome::Outcome;
use crate::question::Question;

/// Whether a source was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceStatus {
    /// The rule was read where it is published.
    Published,
    /// The rule is believed and was not seen at a source.
    Unverified,
}

/// Where a rule of the flow comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub what: String,
    /// What was taken from it.
    pub gives: String,
    /// Whether it was seen.
    pub status: SourceStatus,
}

/// Something that is worked out from answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) id: String,
    pub(crate) is: Expression,
    pub(crate) line: usize,
}

/// A flow that has been checked: every answer leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Whom it is for.
    pub audience: String,
    /// Answers could harm whoever gives them if others saw them.
    pub sensitive: bool,
    /// For how many days answers are kept.
    pub keep_days: u16,
    /// Who looks after it, as a role.
    pub owner: String,
    /// By when it is looked at again.
    pub review_due: Date,
    /// Where its rules come from.
    pub sources: Vec<Source>,
    /// Its questions; each leads only to later ones. The first is asked first.
    pub questions: Vec<Question>,
    /// Where it ends.
    pub outcomes: Vec<Outcome>,
    pub(crate) values: Vec<Value>,
    pub(crate) warnings: Vec<Mistake>,
}

impl Flow {
    /// Reads a flow from TOML. `docs/advice` says what may be in it.
    ///
    /// # Errors
    /// Everything that is wrong, by line.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        crate::read::read(text)
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// An outcome by its id.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// What should be looked at, though the flow works: words that are hard to read.
    pub fn warnings(&self) -> &[Mistake] {
        &self.warnings
    }

    /// Every condition and value of the flow.
    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        let mut all = Vec::new();
        for question in &self.questions {
            all.extend(question.routes.iter().map(|route| &route.when));
            all.extend(
                question
                    .choices
                    .iter()
                    .filter_map(|one| one.show_if.as_ref()),
            );
        }
        for outcome in &self.outcomes {
            all.extend(outcome.reasons.iter().filter_map(|one| one.when.as_ref()));
            all.extend(outcome.next.iter().filter_map(|one| one.when.as_ref()));
        }
        all.extend(self.values.iter().map(|value| &value.is));
        all
    }
}
