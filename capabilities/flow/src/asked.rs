//! What somebody is asked to do, wherever that is asked: an organisation and a day, open until somebody says what came of it.

use stour_database::{Error, Row, Version};
use stour_design::{Button, Cell, Heading, Markup, Table, Tag, TagColour, Textarea, html};
use stour_kernel::{Date, OdsCode, Timestamp};
use stour_web::{Caller, Form, Mistakes, TypedDate, form};
use thiserror::Error as ThisError;

use crate::by::By;
use crate::error::FlowError;
use crate::shown;

/// The longest that what came of it may be, in characters.
const LONGEST: usize = 1_000;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// By when.
    pub due: Date,
}

/// It is done, or it is known that it will not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// By when it was to be done.
    pub due: Date,
    /// When that was said.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: String,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub enum NotAsked {
    /// It was done before.
    #[error("Somebody has said already what came of this.")]
    Done,
    /// It is to be done before it is asked for.
    #[error("Enter today or a day to come")]
    Past,
}

impl From<NotAsked> for FlowError {
    fn from(why: NotAsked) -> Self {
        Self::NotNow(why.to_string())
    }
}

impl Open {
    /// To be done by a day.
    ///
    /// # Errors
    /// [`NotAsked::Past`].
    pub fn by(due: Date, today: Date) -> Result<Self, NotAsked> {
        if due < today {
            return Err(NotAsked::Past);
        }
        Ok(Self { due })
    }

    /// Whether its day has gone by.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due < today
    }

    /// It is done.
    #[must_use]
    pub fn done(self, at: Timestamp, outcome: &str) -> Done {
        Done {
            due: self.due,
            at,
            outcome: outcome.to_owned(),
        }
    }
}

/// What was done with it, as one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What came of it; nothing for when it was asked for.
    pub outcome: Option<String>,
    /// Who.
    pub by: By,
    /// When.
    pub at: Timestamp,
}

/// A step from its outcome, the name, account and organisation of who took it, and its moment.
pub(crate) fn step(row: &Row<'_>) -> Result<Step, Error> {
    Ok(Step {
        outcome: row.get(0)?,
        by: By {
            name: row.get(1)?,
            user: row.get(2)?,
            organisation: row.get(3)?,
        },
        at: row.get(4)?,
    })
}

/// The organisation and the day that were typed, unless something is wrong with either: the fields `organisation` and `due`.
pub(crate) fn check(
    (organisation, due): (&str, &TypedDate),
    known: impl IntoIterator<Item = OdsCode>,
    today: Date,
    mistakes: &mut Mistakes,
) -> Option<(OdsCode, Date)> {
    let organisation = known
        .into_iter()
        .find(|code| code.to_string() == organisation);
    if organisation.is_none() {
        mistakes.add("organisation", "Select the organisation that does it");
    }
    let due = mistakes.check("due-day", due.date());
    if let Some(due) = due {
        mistakes.check("due-day", Open::by(due, today).map(|_| ()));
    }
    organisation.zip(due)
}

/// What was typed of what came of it, and what is wrong with that.
pub(crate) fn outcome(form: &Form) -> (String, Mistakes) {
    let typed = form.get("outcome").trim().to_owned();
    let mut mistakes = Mistakes::default();
    mistakes.required("outcome", &typed, "Enter what came of it");
    if typed.chars().count() > LONGEST {
        let why = format!("Say what came of it in at most {LONGEST} characters");
        mistakes.add("outcome", why);
    }
    (typed, mistakes)
}

/// The form that asks what came of it.
pub(crate) fn outcome_form(
    caller: &Caller,
    to: &str,
    version: Version,
    (typed, mistakes): (&str, &Mistakes),
) -> Markup {
    html! {
        (Heading::section("What came of it?"))
        form method="post" action=(to) novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(version);
            (Textarea::new("outcome", "What was done, or why it will not be").value(typed).error(mistakes.of("outcome")))
            (Button::new("Mark as done"))
        }
    }
}

/// By when, and whether that has gone by or it is done.
pub(crate) fn due(day: Date, done: Option<&Done>, today: Date) -> Markup {
    html! {
        (shown::day(day))
        @if let Some(done) = done {
            br; (Tag::new("Done", TagColour::Green)) " " span.nhsuk-u-font-size-16 { (done.outcome) }
        } @else if (Open { due: day }).is_overdue(today) {
            " " (Tag::new("Overdue", TagColour::Red))
        }
    }
}

/// What was done with it, in order.
pub(crate) fn history(steps: &[Step]) -> Markup {
    let rows = steps.iter().map(|step| {
        let what = step.outcome.as_deref().map_or_else(
            || "Asked for".to_owned(),
            |outcome| format!("Done: {outcome}"),
        );
        let by = format!(
            "{}, {}, {}",
            step.by.name,
            shown::organisation_name(&step.by.organisation),
            shown::moment(step.at)
        );
        vec![Cell::from(what), Cell::from(by)]
    });
    html! { (Table { responsive: true, ..Table::new("What happened", ["What", "Who and when"], rows) }) }
}
