//! When boards of a programme meet, and what they are asked to decide.

use stour_kernel::Date;
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use crate::governance::EDIT;
use crate::governance::field::{SOURCE, before_programme, day, may, must, should, wrong};

/// A meeting of a board of the programme.
pub(crate) const MEETING: &Kind = &Kind {
    name: "board-meeting",
    one: "meeting of a board",
    many: "Meetings of boards",
    prefix: "BM",
    edit: EDIT,
    title: "title",
    fields: &[
        must(
            "title",
            "Meeting",
            "Such as Programme Board, March",
            Holds::Line,
        ),
        should("board", "Board", "", Holds::Entry("board")),
        must("day", "Day", "", Holds::Date),
        may(
            "papers",
            "Papers and minutes",
            "Where they are",
            Holds::Line,
        ),
        SOURCE,
    ],
    check: |values, around| before_programme(values, around, &["day"]),
};

/// Something that a board is asked to decide.
pub(crate) const DECISION: &Kind = &Kind {
    name: "decision-request",
    one: "decision asked of a board",
    many: "Decisions asked of boards",
    prefix: "DR",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What is to be decided", "In a line", Holds::Line),
        should("board", "By which board", "", Holds::Entry("board")),
        should("needed", "Needed by", "", Holds::Date),
        may("choices", "The choices", "", Holds::Text),
        may(
            "recommendation",
            "What is recommended, and why",
            "",
            Holds::Text,
        ),
        may("decided", "Decided on", "", Holds::Date),
        may("outcome", "What was decided", "", Holds::Text),
        may("source", "Source", "The minute that says so", Holds::Line),
    ],
    check: decision,
};

/// A meeting, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) title: String,
    pub(super) day: Date,
}

/// The last meeting before a day, and the next one from that day on: what is prepared today for a board that meets today is
/// told since the board before it.
pub(super) fn around_day(around: &Around, today: Date) -> (Option<Meeting>, Option<Meeting>) {
    let all = || {
        around.of_kind(MEETING.name).filter_map(|entry| {
            Some(Meeting {
                title: entry.get("title").to_owned(),
                day: day(&entry.values, "day")?,
            })
        })
    };
    let last = all()
        .filter(|one| one.day < today)
        .max_by_key(|one| one.day);
    let next = all()
        .filter(|one| one.day >= today)
        .min_by_key(|one| one.day);
    (last, next)
}

/// What a board is asked to decide, read from its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) number: i64,
    pub(super) title: String,
    /// The name of the board; empty where none is said.
    pub(super) board: String,
    pub(super) needed: Option<Date>,
    pub(super) recommendation: String,
}

/// The decisions that are still to be made: those needed first, first.
pub(super) fn open_decisions(around: &Around) -> Vec<Decision> {
    let open = around.of_kind(DECISION.name);
    let open = open.filter(|entry| entry.get("decided").is_empty());
    let mut open: Vec<Decision> = open.map(|entry| read(entry, around)).collect();
    open.sort_by_key(|one| (one.needed.is_none(), one.needed, one.number));
    open
}

fn read(entry: &Entry, around: &Around) -> Decision {
    Decision {
        number: entry.number,
        title: entry.get("title").to_owned(),
        board: board_name(around, entry.number_in("board")),
        needed: day(&entry.values, "needed"),
        recommendation: entry.get("recommendation").to_owned(),
    }
}

/// The name of a board; empty where there is none.
pub(super) fn board_name(around: &Around, number: Option<i64>) -> String {
    let board = number.and_then(|number| around.entry("board", number));
    board.map_or_else(String::new, |board| board.get("title").to_owned())
}

fn decision(values: &Values, around: &Around) -> Vec<FieldError> {
    let early = before_programme(values, around, &["needed", "decided"]);
    if !early.is_empty() {
        return early;
    }
    let decided = day(values, "decided");
    let has_outcome = !values.get("outcome").is_empty();
    let (field, message) = match decided {
        None if has_outcome => ("decided", "Say on which day this was decided"),
        Some(_) if !has_outcome => ("outcome", "Say what was decided"),
        Some(day) if around.today.is_some_and(|today| day > today) => (
            "decided",
            "The day on which it was decided is still to come",
        ),
        _ => return Vec::new(),
    };
    vec![wrong(field, message)]
}

#[cfg(test)]
mod tests;
