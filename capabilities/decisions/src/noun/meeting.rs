//! Meetings.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::committee::Committee;
use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::reading::error;
use super::{Noun, Reading, read, read_entry};

/// A meeting of a committee.
pub(crate) static KIND: Kind = Kind {
    name: "meeting",
    one: "meeting",
    many: "Meetings",
    prefix: "M",
    edit: "decision.edit",
    title: "called",
    fields: &[
        Field::new(
            "called",
            "What lists call it",
            "The body and the day, for example: Cabinet, 30 October 2024",
            Holds::Line,
            Need::Must,
        ),
        must("committee", "Committee", Holds::Entry("committee")),
        Field::new(
            "date",
            "Day",
            "Leave it empty if it is not known",
            Holds::Date,
            Need::Should,
        ),
        Field::new(
            "time",
            "Time",
            "For example 10:15 or 18:00",
            Holds::Line,
            Need::May,
        ),
        may("place", "Place", Holds::Line),
        must("status", "Status", Holds::Code("meeting-status")),
        Field::new(
            "members",
            "Members who could vote that day",
            "Only if it is not the number that stands with the committee",
            Holds::Whole,
            Need::May,
        ),
        may("present", "Members present", Holds::Whole),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) committee: Option<i64>,
    /// Unknown where no source gives it.
    pub(crate) date: Option<Date>,
    pub(crate) time: String,
    pub(crate) place: String,
    pub(crate) status: String,
    pub(crate) members: Option<u32>,
    pub(crate) present: Option<u32>,
}

impl Noun for Meeting {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            committee: reading.entry("committee"),
            date: reading.date("date"),
            time: reading.text("time"),
            place: reading.text("place"),
            status: reading.text("status"),
            members: reading.whole("members"),
            present: reading.whole("present"),
        }
    }
}

impl Meeting {
    /// At most how many can have voted: those who were there, or else all members, where either is known.
    pub(crate) fn voters(&self, committee: Option<&Committee>) -> Option<u32> {
        self.present
            .or(self.members)
            .or_else(|| committee.and_then(|committee| committee.members))
    }
}

impl Meeting {
    /// How many were there and how many must be, where it was held with too few. It stays in the record as it was.
    pub(crate) fn below_quorum(&self, committee: &Committee) -> Option<(u32, u32)> {
        let (present, quorum) = (self.present?, committee.quorum?);
        (self.status == "held" && present < quorum).then_some((present, quorum))
    }
}

/// Whether a text is a time of the day, `9:05` or `18:00`.
fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else {
        return false;
    };
    minute.len() == 2
        && hour.len() <= 2
        && hour.parse::<u8>().is_ok_and(|hour| hour < 24)
        && minute.parse::<u8>().is_ok_and(|minute| minute < 60)
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let meeting: Meeting = match read(values) {
        Ok(meeting) => meeting,
        Err(errors) => return errors,
    };
    let committee = meeting
        .committee
        .and_then(|number| around.entry("committee", number))
        .map(read_entry::<Committee>);
    let mut errors = Vec::new();
    if !meeting.time.is_empty() && !is_time(&meeting.time) {
        errors.push(error("time", "Give a time such as 10:15 or 18:00."));
    }
    if let (Some(committee), Some(date)) = (&committee, meeting.date)
        && (committee.from.is_some_and(|from| date < from)
            || committee.until.is_some_and(|until| date >= until))
    {
        let message = format!("{} did not exist on that day.", committee.name);
        errors.push(error("date", message));
    }
    if meeting.status == "held"
        && let (Some(date), Some(today)) = (meeting.date, around.today)
        && date > today
    {
        errors.push(error(
            "status",
            "A meeting that is still to come was not held yet.",
        ));
    }
    let members = meeting
        .members
        .or_else(|| committee.and_then(|committee| committee.members));
    if let (Some(members), Some(present)) = (members, meeting.present)
        && present > members
    {
        let message = format!("It has {members} members, so {present} cannot have been present.");
        errors.push(error("present", message));
    }
    errors
}
