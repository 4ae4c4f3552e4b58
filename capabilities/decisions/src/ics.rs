//! Meetings as an iCalendar file: RFC 5545.

use stour_kernel::{Date, Timestamp, london};
use stour_web::calendar::{self, Lines};

use crate::noun::meeting::Meeting;
use crate::record::{Held, Record};

/// Every meeting whose day is known, as events. A meeting without a time lasts the whole day; how long one lasts is
/// not known, so an event says only when it begins.
pub(crate) fn calendar(record: &Record) -> String {
    let mut lines = Lines::default();
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.line("PRODID", "-//Stour//Decisions//EN");
    for meeting in record.meetings.iter() {
        event(&mut lines, record, meeting);
    }
    lines.line("END", "VCALENDAR");
    lines.finish()
}

fn event(lines: &mut Lines, record: &Record, meeting: &Held<Meeting>) {
    let committee = record.committees.get(meeting.committee);
    let (Some(date), Some(committee)) = (meeting.date, committee) else {
        return;
    };
    let status = match meeting.status.as_str() {
        "cancelled" => "CANCELLED",
        "postponed" => "TENTATIVE",
        _ => "CONFIRMED",
    };
    lines.line("BEGIN", "VEVENT");
    lines.line(
        "UID",
        &format!("meeting-{}@decisions.stour", meeting.number),
    );
    lines.line("DTSTAMP", &calendar::moment(meeting.changed));
    match starts(date, &meeting.time) {
        // In the time of Greenwich, as a time zone would have to be described in the file.
        Some(at) => lines.line("DTSTART", &calendar::moment(at)),
        None => lines.line("DTSTART;VALUE=DATE", &calendar::day(date)),
    }
    lines.text("SUMMARY", &committee.of_body());
    lines.line("STATUS", status);
    if !meeting.place.is_empty() {
        lines.text("LOCATION", &meeting.place);
    }
    lines.line("END", "VEVENT");
}

/// When a meeting begins, whose time stands as a clock in London shows it.
fn starts(date: Date, time: &str) -> Option<Timestamp> {
    let (hour, minute) = time.split_once(':')?;
    let at = date
        .to_zoned_datetime(london())
        .ok()?
        .with()
        .hour(hour.parse().ok()?)
        .minute(minute.parse().ok()?)
        .build()
        .ok()?;
    Some(at.timestamp())
}

#[cfg(test)]
mod tests;
