//! The record as tables of text, for files.

use stour_kernel::Date;
use stour_web::words::csv_field;

use crate::clock;
use crate::noun::recommendation::Outcome;
use crate::record::Record;

mod others;

type Row = Vec<String>;
/// The names of the columns, and the rows.
type Table = (&'static [&'static str], Vec<Row>);

/// One table of the record as CSV with a heading; none where there is no table of this name.
pub(crate) fn csv(record: &Record, name: &str, today: Date) -> Option<String> {
    let (heading, rows) = match name {
        "meetings" => meetings(record),
        "reports" => others::reports(record),
        "interests" => others::interests(record),
        "recommendations" => recommendations(record),
        "decisions" => decisions(record),
        "delegations" => others::delegations(record),
        "votes" => votes(record),
        "key-decisions" => key_decisions(record, today),
        "call-ins" => others::call_ins(record),
        "commitments" => commitments(record, today),
        "health-reports" => others::health_reports(record, today),
        _ => return None,
    };
    let line = |row: &mut dyn Iterator<Item = String>| {
        let fields: Vec<String> = row.map(|field| csv_field(&field)).collect();
        format!("{}\r\n", fields.join(","))
    };
    let mut out = line(&mut heading.iter().map(|&name| name.to_owned()));
    for row in rows {
        out.push_str(&line(&mut row.into_iter()));
    }
    Some(out)
}

/// The text of something that may not be known: nothing where it is not.
fn known<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// `yes` or `no`.
fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

/// The body and the day of an item.
fn at(record: &Record, item: Option<i64>) -> [String; 3] {
    let item = record.items.get(item);
    let committee = item.and_then(|item| record.committee_of(item));
    let date = item
        .and_then(|item| record.meeting_of(item))
        .and_then(|meeting| meeting.date);
    [
        committee.map_or_else(String::new, |committee| committee.of_body()),
        known(date),
        item.map_or_else(String::new, |item| item.title.clone()),
    ]
}

fn meetings(record: &Record) -> Table {
    let rows = record.latest_meetings().into_iter().map(|meeting| {
        let committee = record.committees.get(meeting.committee);
        vec![
            meeting.number.to_string(),
            committee.map_or_else(String::new, |committee| committee.name.clone()),
            committee.map_or_else(String::new, |committee| committee.body.clone()),
            known(meeting.date),
            meeting.time.clone(),
            meeting.status.clone(),
            record.agenda(meeting.number).len().to_string(),
            known(meeting.present),
            known(committee.and_then(|committee| committee.quorum)),
            meeting.source.clone(),
            meeting.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "committee",
        "body",
        "date",
        "time",
        "status",
        "items",
        "present",
        "quorum",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

fn outcome(record: &Record, outcome: &Outcome) -> [String; 3] {
    let [_, date, _] = at(record, outcome.at);
    [outcome.code.clone(), date, outcome.reason.clone()]
}

fn recommendations(record: &Record) -> Table {
    let body = |number: Option<i64>| {
        let committee = record.committees.get(number);
        committee.map_or_else(String::new, |committee| committee.of_body())
    };
    let recommendations = record.recommendations.iter().map(|made| {
        let mut row: Row = vec!["recommendation".to_owned(), made.number.to_string()];
        row.extend(at(record, made.item));
        row.extend([
            body(made.to),
            made.letter.clone(),
            made.verb.clone(),
            made.text.clone(),
        ]);
        row.extend(outcome(record, &made.outcome));
        row.extend([made.source.clone(), made.note.clone()]);
        row
    });
    let comments = record.comments.iter().map(|made| {
        let mut row: Row = vec!["comment".to_owned(), made.number.to_string()];
        row.extend(at(record, made.item));
        row.extend([
            body(made.to),
            String::new(),
            String::new(),
            made.text.clone(),
        ]);
        row.extend(outcome(record, &made.outcome));
        row.extend([made.source.clone(), made.note.clone()]);
        row
    });
    let heading = &[
        "kind",
        "number",
        "made_by",
        "made_on",
        "item",
        "to",
        "letter",
        "verb",
        "text",
        "outcome",
        "outcome_on",
        "reason",
        "source",
        "note",
    ];
    (heading, recommendations.chain(comments).collect())
}

fn decisions(record: &Record) -> Table {
    let rows = record.resolutions.iter().map(|resolution| {
        let [body, _, item] = at(record, resolution.item);
        let holder = record.holders.get(resolution.person);
        vec![
            resolution.number.to_string(),
            body,
            holder.map_or_else(String::new, |holder| {
                format!("{}, {}", holder.name, holder.office)
            }),
            known(record.decided_on(resolution)),
            item,
            resolution.letter.clone(),
            resolution.verb.clone(),
            resolution.text.clone(),
            known(resolution.noticed),
            resolution.source.clone(),
            resolution.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "body",
        "decided_by",
        "decided_on",
        "item",
        "letter",
        "verb",
        "text",
        "published_on",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

fn votes(record: &Record) -> Table {
    let rows = record.votes.iter().map(|vote| {
        let mut row: Row = vec![vote.number.to_string()];
        row.extend(at(record, vote.item));
        row.extend([
            vote.on.clone(),
            vote.method.clone(),
            known(vote.votes_for),
            known(vote.against),
            known(vote.abstain),
            vote.result.clone(),
            yes(vote.casting),
            known(vote.resolution),
            vote.source.clone(),
            vote.note.clone(),
        ]);
        row
    });
    let heading = &[
        "number",
        "body",
        "date",
        "item",
        "on",
        "method",
        "for",
        "against",
        "abstain",
        "result",
        "casting_vote",
        "decision",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

fn key_decisions(record: &Record, today: Date) -> Table {
    let rows = record.key_decisions.iter().map(|decision| {
        let committee = record.committees.get(decision.committee);
        let holder = record.holders.get(decision.person);
        let maker = committee
            .map(|committee| committee.of_body())
            .or_else(|| holder.map(|holder| format!("{}, {}", holder.name, holder.office)));
        let earliest = match clock::notice(decision, today) {
            Ok(clock::Notice::From { day, .. }) => day.to_string(),
            _ => String::new(),
        };
        vec![
            decision.number.to_string(),
            decision.matter.clone(),
            maker.unwrap_or_default(),
            known(decision.due),
            known(decision.latest),
            known(decision.notice),
            earliest,
            decision.state.clone(),
            decision.source.clone(),
            decision.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "matter",
        "decided_by",
        "from",
        "until",
        "notice_published_on",
        "not_before",
        "state",
        "source",
        "note",
    ];
    (heading, rows.collect())
}

fn commitments(record: &Record, today: Date) -> Table {
    let rows = record.commitments.iter().map(|kept| {
        let promise = kept.promise();
        let committee = record.committees.get(promise.committee);
        let overdue = matches!(
            kept.standing(today),
            Some(stour_deadlines::Standing::Overdue(_))
        );
        let answer = kept.answer();
        vec![
            kept.number.to_string(),
            promise.text.clone(),
            committee.map_or_else(String::new, |committee| committee.of_body()),
            promise.owner.clone(),
            known(promise.due),
            promise.due_said.clone(),
            kept.code().to_owned(),
            yes(overdue),
            answer.map_or_else(String::new, |answer| answer.text.clone()),
            known(answer.map(|answer| answer.on)),
            known(answer.map(|answer| &answer.evidence)),
            kept.source.clone(),
            kept.note.clone(),
        ]
    });
    let heading = &[
        "number",
        "commitment",
        "made_to",
        "owner",
        "due",
        "due_in_words",
        "state",
        "past_due_with_no_published_answer_seen",
        "answer",
        "answered_on",
        "evidence",
        "source",
        "note",
    ];
    (heading, rows.collect())
}
