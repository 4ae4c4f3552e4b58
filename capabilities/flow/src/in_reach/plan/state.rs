//! One thing that a team plans, and how far it has come.

use stour_database::Version;
use stour_kernel::{Date, OdsCode, Timestamp, typed_id};
use stour_partnership::Reference;
use thiserror::Error;

use super::{AGREEMENTS, KINDS};
use crate::asked::Open;
use crate::error::FlowError;
use crate::list::has;
use crate::spell::SpellId;

typed_id!(pub ItemId, "something that a community team plans");
stour_database::text_value!(ItemId);

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// A code of the list `in-reach-kind`.
    pub kind: String,
    /// What, in words.
    pub what: String,
    /// Whose it is: a person, with their role or team.
    pub owner: String,
    /// By when.
    pub due: Date,
    /// Whether the person agrees: a code of the list `in-reach-agreement`.
    pub agreement: String,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// It was done.
    Done,
    /// It will not be done.
    Withdrawn,
}

impl Ending {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From how it is stored.
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Done, Self::Withdrawn]
            .into_iter()
            .find(|ending| ending.as_str() == text)
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

/// It is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub how: Ending,
    /// When that was said.
    pub at: Timestamp,
    /// What came of it, or why it will not be done.
    pub outcome: String,
}

/// One thing of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name here.
    pub id: ItemId,
    /// The stay.
    pub spell: SpellId,
    /// Whose plan.
    pub organisation: OdsCode,
    /// What.
    pub planned: Planned,
    /// How it ended.
    pub ended: Option<Ended>,
    /// Raised by every change.
    pub version: Version,
}

/// What is wrong with what is planned, or with what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WrongPlan {
    /// No kind of the list as it is today.
    #[error("Select what kind of thing it is")]
    Kind,
    /// Nothing is said.
    #[error("Enter what you will do")]
    What,
    /// Nobody does it.
    #[error("Enter whose it is")]
    Owner,
    /// It was to be done before it was planned.
    #[error("Enter today or a day to come")]
    Past,
    /// Nothing is said of whether the person agrees.
    #[error("Select whether the person agrees")]
    Agreement,
    /// A field is a story.
    #[error("Use at most {1} characters")]
    Long(&'static str, usize),
    /// It is over.
    #[error("Somebody has said already that this is done or withdrawn.")]
    Over,
    /// Nothing is said of what came of it.
    #[error("Enter what came of it, or why it will not be done")]
    Outcome,
}

impl From<WrongPlan> for FlowError {
    fn from(why: WrongPlan) -> Self {
        match why {
            WrongPlan::Over => Self::NotNow(why.to_string()),
            other => Self::NotNow(format!("{other}.")),
        }
    }
}

/// The longest that what is planned, whose it is, and what came of it may be, in characters.
const LONGEST: usize = 500;
const LONGEST_OWNER: usize = 100;
pub(super) const LONGEST_OUTCOME: usize = 1_000;

impl Planned {
    /// All that is wrong with it on a day. A day that has gone by is wrong unless it stood there before.
    pub fn wrongs(
        &self,
        before: Option<&Self>,
        today: Date,
        reference: &Reference,
    ) -> Vec<WrongPlan> {
        let is_long = |text: &str, most: usize| text.chars().count() > most;
        let is_new = before.is_none_or(|before| before.due != self.due);
        let before = |of: fn(&Self) -> &str, code: &str| before.is_some_and(|one| of(one) == code);
        let has_kind =
            before(|one| &one.kind, &self.kind) || has(reference, KINDS, &self.kind, today);
        let has_agreement = before(|one| &one.agreement, &self.agreement)
            || has(reference, AGREEMENTS, &self.agreement, today);
        [
            (!has_kind, WrongPlan::Kind),
            (self.what.is_empty(), WrongPlan::What),
            (
                is_long(&self.what, LONGEST),
                WrongPlan::Long("what", LONGEST),
            ),
            (self.owner.is_empty(), WrongPlan::Owner),
            (
                is_long(&self.owner, LONGEST_OWNER),
                WrongPlan::Long("owner", LONGEST_OWNER),
            ),
            (
                is_new && Open::by(self.due, today).is_err(),
                WrongPlan::Past,
            ),
            (!has_agreement, WrongPlan::Agreement),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect()
    }
}

impl Item {
    /// The state that every step is from.
    ///
    /// # Errors
    /// [`WrongPlan::Over`] once it is done or withdrawn.
    pub fn open(self) -> Result<OpenItem, WrongPlan> {
        match self.ended {
            None => Ok(OpenItem(self)),
            Some(_) => Err(WrongPlan::Over),
        }
    }

    /// Whether its day has gone by and nobody has said what came of it.
    pub fn is_overdue(&self, today: Date) -> bool {
        let due = self.planned.due;
        self.ended.is_none() && Open { due }.is_overdue(today)
    }
}

/// Something that is still to be done. Each step uses it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem(Item);

impl OpenItem {
    /// It is planned otherwise.
    ///
    /// # Errors
    /// The first of what is wrong with it.
    pub fn change(
        self,
        planned: Planned,
        today: Date,
        reference: &Reference,
    ) -> Result<Item, WrongPlan> {
        let wrongs = planned.wrongs(Some(&self.0.planned), today, reference);
        match wrongs.into_iter().next() {
            Some(wrong) => Err(wrong),
            None => Ok(Item {
                planned,
                version: self.0.version.next(),
                ..self.0
            }),
        }
    }

    /// It is over.
    ///
    /// # Errors
    /// Where nothing is said of what came of it, or a story.
    pub fn end(self, how: Ending, at: Timestamp, outcome: &str) -> Result<Item, WrongPlan> {
        if outcome.is_empty() {
            return Err(WrongPlan::Outcome);
        }
        if outcome.chars().count() > LONGEST_OUTCOME {
            return Err(WrongPlan::Long("outcome", LONGEST_OUTCOME));
        }
        let outcome = outcome.to_owned();
        Ok(Item {
            ended: Some(Ended { how, at, outcome }),
            version: self.0.version.next(),
            ..self.0
        })
    }
}
