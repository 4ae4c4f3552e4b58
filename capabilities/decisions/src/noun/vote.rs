//! Votes, with counts that may be unknown.

use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::committee::Committee;
use super::field::{NOTE, PUBLISHED, SOURCE, must};
use super::item::Item;
use super::meeting::Meeting;
use super::reading::error;
use super::resolution::Resolution;
use super::{Noun, Reading, read, read_entry};

/// Nobody voted against; how many voted for is not said.
const NEM_CON: &str = "nem-con";

/// A vote.
pub(crate) static KIND: Kind = Kind {
    name: "vote",
    one: "vote",
    many: "Votes",
    prefix: "V",
    edit: "decision.edit",
    title: "on",
    fields: &[
        must("item", "Item", Holds::Entry("agenda-item")),
        must("on", "What was voted on", Holds::Line),
        must("method", "How it was taken", Holds::Code("vote-method")),
        Field::new(
            "for",
            "For",
            "Leave it empty if it was not recorded",
            Holds::Whole,
            Need::May,
        ),
        Field::new(
            "against",
            "Against",
            "Leave it empty if it was not recorded; nem. con. is 0",
            Holds::Whole,
            Need::May,
        ),
        Field::new(
            "abstain",
            "Abstentions",
            "Leave it empty if they were not recorded",
            Holds::Whole,
            Need::May,
        ),
        must("result", "Result", Holds::Code("vote-result")),
        Field::new(
            "casting",
            "Did the casting vote of the person presiding decide it?",
            "Only where the votes were equal. The counts above are those without it",
            Holds::YesNo,
            Need::May,
        ),
        Field::new(
            "resolution",
            "The decision that was voted on",
            "Leave it empty if it was voted on as part of several, or did not become a decision",
            Holds::Entry("resolution"),
            Need::May,
        ),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A vote. A count that was not recorded is none, and never nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vote {
    pub(crate) item: Option<i64>,
    pub(crate) on: String,
    pub(crate) method: String,
    pub(crate) votes_for: Option<u32>,
    pub(crate) against: Option<u32>,
    pub(crate) abstain: Option<u32>,
    pub(crate) result: String,
    /// Whether the votes were equal and whoever presided decided it by a second vote.
    pub(crate) casting: bool,
    /// The decision that it was on.
    pub(crate) resolution: Option<i64>,
}

impl Noun for Vote {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            item: reading.entry("item"),
            on: reading.text("on"),
            method: reading.text("method"),
            votes_for: reading.whole("for"),
            against: reading.whole("against"),
            abstain: reading.whole("abstain"),
            result: reading.text("result"),
            casting: reading.yes("casting"),
            resolution: reading.entry("resolution"),
        }
    }
}

impl Vote {
    /// The votes and abstentions that were counted: at least so many members took part.
    fn counted(&self) -> u64 {
        [self.votes_for, self.against, self.abstain]
            .into_iter()
            .flatten()
            .map(u64::from)
            .sum()
    }

    /// What cannot be, given at most how many could vote, where that is known.
    pub(crate) fn impossible(&self, voters: Option<u32>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.method == NEM_CON && self.against != Some(0) {
            errors.push(error(
                "against",
                "Nem. con. means that nobody voted against: write 0.",
            ));
        }
        if self.method == "unanimous" && self.against.is_some_and(|against| against > 0) {
            errors.push(error("against", "A unanimous vote has nobody against."));
        }
        if let Some(voters) = voters
            && self.counted() > u64::from(voters)
        {
            errors.push(error(
                "for",
                format!(
                    "{} votes were counted, and only {voters} members could vote.",
                    self.counted()
                ),
            ));
        }
        errors.extend(self.wrong_result());
        errors
    }

    /// What the counts and the result say against each other. A casting vote decides what is equal (Local Government
    /// Act 1972, Schedule 12, paragraph 39(2), from memory), and nothing else.
    fn wrong_result(&self) -> Option<FieldError> {
        if self.casting
            && (self.result == "tied" || ["nem-con", "unanimous"].contains(&self.method.as_str()))
        {
            return Some(error(
                "casting",
                "A casting vote decides a vote that was equal: this one was not, or was not decided.",
            ));
        }
        let (votes_for, against) = (self.votes_for?, self.against?);
        if self.casting && votes_for != against {
            return Some(error(
                "casting",
                format!(
                    "With {votes_for} for and {against} against, there was no casting vote. Leave it out of the counts."
                ),
            ));
        }
        let fits = match self.result.as_str() {
            "carried" => votes_for > against || self.casting,
            "lost" => against >= votes_for,
            "tied" => votes_for == against,
            _ => true,
        };
        (!fits).then(|| {
            error(
                "result",
                format!("With {votes_for} for and {against} against, that is not the result."),
            )
        })
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let vote: Vote = match read(values) {
        Ok(vote) => vote,
        Err(errors) => return errors,
    };
    let meeting = vote
        .item
        .and_then(|number| around.entry("agenda-item", number))
        .map(read_entry::<Item>)
        .and_then(|item| around.entry("meeting", item.meeting?))
        .map(read_entry::<Meeting>);
    let committee = meeting
        .as_ref()
        .and_then(|meeting| around.entry("committee", meeting.committee?))
        .map(read_entry::<Committee>);
    let mut errors =
        vote.impossible(meeting.and_then(|meeting| meeting.voters(committee.as_ref())));
    let resolution = vote
        .resolution
        .and_then(|number| around.entry("resolution", number))
        .map(read_entry::<Resolution>);
    if resolution.is_some_and(|resolution| resolution.item != vote.item) {
        errors.push(error(
            "resolution",
            "That decision was not made at this item.",
        ));
    }
    errors
}
