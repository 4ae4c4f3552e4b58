//! A plan as a calendar: RFC 5545.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_kernel::Date;
use stour_planning::Qualifier;
use stour_register::Entry;
use stour_web::calendar::{self, Lines};
use stour_web::words::segment;
use stour_web::{Caller, Problem};

use super::kinds::{ACTIVITY, MILESTONE};
use super::reading::{Activity, Progress, Read, when_of};
use super::words::when;
use crate::governance::shell::{self, Opened};

/// `GET /programmes/{programme}/plan.ics`.
pub(super) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
) -> Result<Response, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"{}-plan.ics\"",
                segment(&opened.scope)
            ),
        ),
    ];
    Ok((headers, of(&opened)).into_response())
}

/// One entry of the calendar: whole days, which leave whoever has them free.
struct Event<'a> {
    entry: &'a Entry,
    summary: String,
    description: String,
    first: Date,
    last: Date,
}

/// The calendar of what has a date in a programme.
pub(super) fn of(opened: &Opened) -> String {
    let plan = Read::of(&opened.entries);
    let activities = opened.entries.of_kind(ACTIVITY.name).filter_map(|entry| {
        let activity = plan.activities.get(&entry.number)?;
        activity_event(entry, activity)
    });
    let milestones = opened.entries.of_kind(MILESTONE.name).filter_map(|entry| {
        let when = when_of(&entry.values).ok().flatten()?;
        Some(Event {
            entry,
            summary: format!("Milestone: {}", entry.get("title")),
            description: format!("{when}. {}", entry.get("source")),
            first: when.first(),
            last: when.last(),
        })
    });
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Stour//Programme plan//EN");
    out.line("CALSCALE", "GREGORIAN");
    out.text("X-WR-CALNAME", &format!("Plan: {}", opened.title));
    for event in activities.chain(milestones) {
        add(&mut out, &event);
    }
    out.line("END", "VCALENDAR");
    out.finish()
}

/// The days of an activity in a calendar: those that its date can be, or from its first day for as long as it takes.
fn activity_event<'a>(entry: &'a Entry, activity: &Activity) -> Option<Event<'a>> {
    let of = &activity.of_plan;
    let due = of.due.map(|due| (due.when.first(), due.when.last()));
    let (first, last) = match (of.start, of.days, due) {
        (Some(start), Some(days), _) => (start, stour_planning::last_day(start, days)),
        (Some(start), None, Some((_, last)))
            if of.due.is_some_and(|due| due.qualifier == Qualifier::By) =>
        {
            (start, last.max(start))
        }
        (Some(start), None, _) => (start, start),
        (None, _, due) => due?,
    };
    let state = match activity.progress {
        Progress::Done => " (done)",
        Progress::Stopped => " (stopped)",
        _ => "",
    };
    let responsible = entry.get("responsible");
    let responsible = if responsible.is_empty() {
        "Nobody is responsible"
    } else {
        responsible
    };
    Some(Event {
        entry,
        summary: format!("{} {}{state}", activity.reference(), activity.title),
        description: format!("{}. {responsible}.\n{}", when(activity), entry.get("text")),
        first,
        last,
    })
}

fn add(out: &mut Lines, event: &Event<'_>) {
    let entry = event.entry;
    let after = event.last.tomorrow().unwrap_or(event.last);
    let sequence = entry.version.saturating_sub(1);
    out.line("BEGIN", "VEVENT");
    out.line("UID", &format!("{}@stour", entry.id));
    out.line("DTSTAMP", &calendar::moment(entry.at));
    out.line("LAST-MODIFIED", &calendar::moment(entry.at));
    out.line("SEQUENCE", &sequence.to_string());
    out.line("DTSTART;VALUE=DATE", &calendar::day(event.first));
    // The end is the first day that is no longer part of it.
    out.line("DTEND;VALUE=DATE", &calendar::day(after));
    out.line("TRANSP", "TRANSPARENT");
    out.text("SUMMARY", &event.summary);
    out.text("DESCRIPTION", &event.description);
    out.line("END", "VEVENT");
}

#[cfg(test)]
mod tests;
