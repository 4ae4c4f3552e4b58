//! Tables of what surrounds decisions: reports, interests, authority, call-ins and reports that have to be answered.

use stour_kernel::Date;

use super::{Row, Table, at, known, yes};
use crate::noun::response::HealthReport;
use crate::record::{Held, Record};
use crate::site::reports::{HEALTHWATCH, SCRUTINY, standing};

pub(super) fn reports(record: &Record) -> Table {
    let rows = record.reports.iter().map(|report| {
        let mut row: Row = vec![report.number.to_string()];
        row.extend(at(record, report.item));
        row.extend([
            report.title.clone(),
            report.by.clone(),
            known(report.date),
            report.place.clone(),
            yes(report.exempt),
            report.source.clone(),
            report.note.clone(),
        ]);
        row
    });
    let heading = &[
        "number",
        "put_before",
        "on",
        "item",
        "title",
        "by",
        "date",
        "place",
        "exempt_in_part",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

pub(super) fn interests(record: &Record) -> Table {
    let rows = record.interests.iter().map(|interest| {
        let meeting = record.meetings.get(interest.meeting);
        let committee = meeting.and_then(|meeting| record.committees.get(meeting.committee));
        let holder = record.holders.get(interest.person);
        let item = record.items.get(interest.item);
        vec![
            interest.number.to_string(),
            committee.map_or_else(String::new, |committee| committee.of_body()),
            known(meeting.and_then(|meeting| meeting.date)),
            item.map_or_else(String::new, |item| item.title.clone()),
            holder.map_or_else(String::new, |holder| holder.name.clone()),
            interest.nature.clone(),
            interest.action.clone(),
            interest.source.clone(),
            interest.note.clone(),
        ]
    });
    let heading = &[
        "number", "body", "date", "item", "person", "nature", "action", "source", "note",
    ];
    (heading, rows.collect())
}

pub(super) fn delegations(record: &Record) -> Table {
    let rows = record.delegations.iter().map(|delegation| {
        vec![
            delegation.number.to_string(),
            known(delegation.resolution),
            known(delegation.recommendation),
            delegation.to.clone(),
            delegation.consulting.join("; "),
            delegation.matter.clone(),
            delegation.limits.clone(),
            known(delegation.from),
            known(delegation.until),
            // One that the public may not see is not named.
            known(
                record
                    .delegations
                    .get(delegation.supersedes)
                    .map(|one| one.number),
            ),
            delegation.source.clone(),
            delegation.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "decision",
        "recommendation",
        "to",
        "in_consultation_with",
        "authority_to",
        "limits",
        "from",
        "until",
        "in_place_of",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

pub(super) fn call_ins(record: &Record) -> Table {
    let rows = record.call_ins.iter().map(|call_in| {
        let resolution = record.resolutions.get(call_in.resolution);
        let [_, heard, _] = at(record, call_in.heard_at);
        vec![
            call_in.number.to_string(),
            known(call_in.resolution),
            resolution.map_or_else(String::new, |resolution| resolution.text.clone()),
            known(call_in.requested),
            call_in.by.clone(),
            call_in.reason.clone(),
            call_in.outcome.clone(),
            heard,
            call_in.answer.clone(),
            call_in.source.clone(),
            call_in.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "decision",
        "decision_text",
        "asked_for_on",
        "by",
        "reason",
        "outcome",
        "considered_on",
        "answer",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

pub(super) fn health_reports(record: &Record, today: Date) -> Table {
    let scrutiny = record.scrutiny_reports.iter().map(|report| {
        let committee = record.committees.get(report.committee);
        let by = committee.map_or_else(String::new, |committee| committee.of_body());
        health_report(("scrutiny", SCRUTINY), report, by, today)
    });
    let healthwatch = record.healthwatch_reports.iter().map(|report| {
        health_report(
            ("healthwatch", HEALTHWATCH),
            report,
            report.by.clone(),
            today,
        )
    });
    let heading = &[
        "kind",
        "number",
        "title",
        "by",
        "to",
        "matter",
        "recommendations",
        "sent",
        "answer_due",
        "answered_on",
        "answer",
        "source",
        "note",
    ];
    (heading, scrutiny.chain(healthwatch).collect())
}

fn health_report(
    (kind, clock): (&str, &str),
    report: &Held<HealthReport>,
    by: String,
    today: Date,
) -> Row {
    let due = standing(report, clock, today).and_then(Result::ok);
    vec![
        kind.to_owned(),
        report.number.to_string(),
        report.title.clone(),
        by,
        report.to.join("; "),
        report.matter.clone(),
        report.recommendations.join("; "),
        known(report.sent),
        known(due.map(|(due, _)| due)),
        known(report.answered),
        report.answer.clone(),
        report.source.clone(),
        report.note.clone(),
    ]
}
