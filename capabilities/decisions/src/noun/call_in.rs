//! Decisions that are called in.

use stour_kernel::Date;
use stour_register::{Around, Field, Holds, Kind, Need, Values};
use stour_web::FieldError;

use super::committee::Committee;
use super::field::{NOTE, PUBLISHED, SOURCE, may, must};
use super::item::Item;
use super::meeting::Meeting;
use super::reading::error;
use super::resolution::Resolution;
use super::{Noun, Reading, read, read_entry};
use crate::clock;

/// A call-in.
pub(crate) static KIND: Kind = Kind {
    name: "call-in",
    one: "call-in",
    many: "Call-ins",
    prefix: "CI",
    edit: "decision.edit",
    title: "by",
    fields: &[
        must("resolution", "Decision", Holds::Entry("resolution")),
        must("requested", "Asked for on", Holds::Date),
        must("by", "Asked for by", Holds::Line),
        must("reason", "Why", Holds::Text),
        must(
            "outcome",
            "What became of it",
            Holds::Code("call-in-outcome"),
        ),
        Field::new(
            "heard-at",
            "Considered at",
            "",
            Holds::Entry("agenda-item"),
            Need::May,
        ),
        may("answer", "What was decided", Holds::Text),
        SOURCE,
        NOTE,
        PUBLISHED,
    ],
    check,
};

/// A call-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallIn {
    pub(crate) resolution: Option<i64>,
    pub(crate) requested: Option<Date>,
    pub(crate) by: String,
    pub(crate) reason: String,
    pub(crate) outcome: String,
    pub(crate) heard_at: Option<i64>,
    pub(crate) answer: String,
}

impl Noun for CallIn {
    fn read(reading: &mut Reading<'_>) -> Self {
        Self {
            resolution: reading.entry("resolution"),
            requested: reading.date("requested"),
            by: reading.text("by"),
            reason: reading.text("reason"),
            outcome: reading.text("outcome"),
            heard_at: reading.entry("heard-at"),
            answer: reading.text("answer"),
        }
    }
}

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let call_in: CallIn = match read(values) {
        Ok(call_in) => call_in,
        Err(errors) => return errors,
    };
    let Some(requested) = call_in.requested else {
        return Vec::new();
    };
    let resolution = call_in
        .resolution
        .and_then(|number| around.entry("resolution", number))
        .map(read_entry::<Resolution>);
    let Some((noticed, days)) = resolution.and_then(|resolution| {
        let days = committee(&resolution, around)?.call_in?;
        Some((resolution.noticed?, days))
    }) else {
        return Vec::new();
    };
    if requested < noticed {
        return vec![error(
            "requested",
            "The decision was not published by then.",
        )];
    }
    match clock::call_in_until(noticed, days) {
        Ok(last) if requested > last => vec![error(
            "requested",
            format!(
                "The decision could be called in until {}.",
                stour_web::words::day(last)
            ),
        )],
        // What cannot be counted for want of a year's holidays is not refused.
        _ => Vec::new(),
    }
}

/// The body that took a decision.
fn committee(resolution: &Resolution, around: &Around) -> Option<Committee> {
    let item: Item = read_entry(around.entry("agenda-item", resolution.item?)?);
    let meeting: Meeting = read_entry(around.entry("meeting", item.meeting?)?);
    Some(read_entry(around.entry("committee", meeting.committee?)?))
}
