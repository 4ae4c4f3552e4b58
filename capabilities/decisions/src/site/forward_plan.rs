//! Key decisions ahead, each with the notice that the law asks for.

use axum::extract::Path;
use stour_design::{
    Cell, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html,
};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, number, open, page};
use crate::clock::{ClockError, Notice, notice};
use crate::noun::key_decision::{Exception, KeyDecision};
use crate::record::{Held, Record};
use crate::words::{days, label, lines, paragraphs, sortable, source};

/// Key decisions that are still to be taken, the nearest first.
pub(crate) fn ahead(record: &Record) -> Vec<&Held<KeyDecision>> {
    let mut ahead: Vec<_> = record
        .key_decisions
        .iter()
        .filter(|decision| decision.is_ahead())
        .collect();
    ahead.sort_by_key(|decision| (decision.due.is_none(), decision.due, decision.number));
    ahead
}

/// `GET /decisions/forward-plan`.
pub(crate) async fn list(visitor: Visitor) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let ahead = ahead(&record);
    let past: Vec<_> = record
        .key_decisions
        .iter()
        .rev()
        .filter(|decision| !decision.is_ahead())
        .collect();
    let main = html! {
        p { "A key decision costs or saves a significant sum, or affects people in two or more wards. The public must have notice of it first." }
        @if ahead.is_empty() {
            p { "No key decision is planned. Once notice of one is published, it stands here." }
        } @else {
            (table(&record, &ahead, visitor.today()))
        }
        @if !past.is_empty() {
            (Heading::section("Taken or withdrawn"))
            (table(&record, &past, visitor.today()))
        }
        p { a href="/decisions/clocks" { "How notice is counted, and the bank holidays that are known" } }
    };
    Ok(page(
        &visitor,
        Part::ForwardPlan,
        "Forward plan of key decisions",
        &main,
    ))
}

fn when(decision: &KeyDecision) -> String {
    match (decision.due, decision.latest) {
        (Some(due), Some(latest)) => format!("Between {} and {}", day(due), day(latest)),
        (Some(due), None) => day(due),
        (None, Some(latest)) => format!("By {}", day(latest)),
        (None, None) => "No day is planned".to_owned(),
    }
}

fn maker(record: &Record, decision: &KeyDecision) -> String {
    let committee = record.committees.get(decision.committee);
    let holder = record.holders.get(decision.person);
    committee
        .map(|committee| committee.of_body())
        .or_else(|| holder.map(|holder| format!("{}, {}", holder.name, holder.office)))
        .unwrap_or_default()
}

/// Key decisions in a table.
pub(crate) fn table(record: &Record, decisions: &[&Held<KeyDecision>], today: Date) -> Markup {
    let rows = decisions.iter().map(|decision| {
        [
            Cell::link(
                decision.matter.as_str(),
                format!("/decisions/forward-plan/{}", decision.number),
            ),
            maker(record, decision).into(),
            Cell::from(when(decision)).sorted_by(sortable(decision.due)),
            if decision.is_ahead() {
                html! { (tag(&notice(decision, today))) }.into()
            } else {
                label("key-decision-state", &decision.state).into()
            },
        ]
    });
    html! {
        (Table {
            responsive: true,
            ..Table::new("Key decisions", ["Matter", "Who decides", "When", "Notice"], rows)
        })
    }
}

/// What the notice allows, in a few words.
pub(crate) fn stands(notice: &Result<Notice, ClockError>) -> String {
    match notice {
        Err(error) => stour_web::words::capital(&error.to_string()),
        Ok(Notice::Urgent { .. }) => "Special urgency".to_owned(),
        Ok(early @ Notice::NotGiven { day: from, .. }) if early.is_too_early() => format!(
            "Too early: no notice yet, and given today not before {}",
            day(*from)
        ),
        Ok(Notice::NotGiven { .. }) => "No notice yet".to_owned(),
        Ok(early @ Notice::From { day: from, .. }) if early.is_too_early() => {
            format!("Too early: not before {}", day(*from))
        }
        Ok(Notice::From { day: from, .. }) => format!("From {}", day(*from)),
    }
}

/// The same in a tag.
fn tag(notice: &Result<Notice, ClockError>) -> Tag {
    let colour = match notice {
        Err(_) => TagColour::Grey,
        Ok(early) if early.is_too_early() => TagColour::Red,
        Ok(Notice::NotGiven { .. }) => TagColour::Yellow,
        Ok(Notice::Urgent { .. }) => TagColour::Orange,
        Ok(Notice::From { .. }) => TagColour::Green,
    };
    Tag::new(stands(notice), colour)
}

/// `GET /decisions/forward-plan/{number}`: the notice itself, SI 2012/2089, regulation 9(1).
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let decision = record
        .key_decisions
        .get(number(&text)?)
        .ok_or_else(Problem::not_found)?;
    let main = html! {
        @if decision.is_ahead() { p { "A key decision is to be made." } }
        (SummaryList::new(stated(&record, decision, visitor.today())))
        (Heading::section("When it may be taken"))
        (allowed(decision, visitor.today()))
        p { "Other documents relevant to the matter may be submitted to whoever decides." }
    };
    let heading = Heading::page(decision.matter.as_str()).caption("Notice of a key decision");
    let above = [
        ("Decisions", "/decisions"),
        ("Forward plan", "/decisions/forward-plan"),
    ];
    let title = decision.matter.clone();
    Ok(below(
        &visitor,
        Part::ForwardPlan,
        (heading, &title),
        above,
        &main,
    ))
}

/// Who sits on the body that decides on the day on which it is to, or else today.
fn members(record: &Record, decision: &KeyDecision, today: Date) -> Option<SummaryRow> {
    let on = decision.due.unwrap_or(today);
    let names: Vec<String> = record
        .members_on(decision.committee?, on)
        .map(|(holder, _)| holder.name.clone())
        .collect();
    let names = if names.is_empty() {
        html! { "Not recorded" }
    } else {
        lines(&names)
    };
    Some(SummaryRow::new("Its members", names))
}

fn stated(record: &Record, decision: &Held<KeyDecision>, today: Date) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new("Matter", decision.matter.as_str()),
        SummaryRow::new("Who decides", maker(record, decision)),
    ];
    rows.extend(members(record, decision, today));
    rows.push(SummaryRow::new("When", when(decision)));
    let documents = if decision.documents.is_empty() {
        html! { "None is listed" }
    } else {
        lines(&decision.documents)
    };
    rows.push(SummaryRow::new("Documents", documents));
    if !decision.copies.is_empty() {
        rows.push(SummaryRow::new(
            "Copies and other documents",
            paragraphs(&decision.copies),
        ));
    }
    let published = decision.notice.map_or_else(|| "Not yet".to_owned(), day);
    rows.push(SummaryRow::new("Notice published", published));
    if decision.exception != Exception::None {
        rows.push(SummaryRow::new(
            "Why full notice was impracticable",
            paragraphs(&decision.reason),
        ));
        rows.push(SummaryRow::new(
            "Who was told or agreed",
            decision.agreed_by.as_str(),
        ));
    }
    rows.push(SummaryRow::new(
        "State",
        label("key-decision-state", &decision.state),
    ));
    if let Some(item) = record.items.get(decision.item) {
        let link = html! { a href={ "/decisions/items/" (item.number) } { (super::item::numbered(item)) } };
        rows.push(SummaryRow::new("Taken at", link));
    }
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&decision.source),
    ));
    if !decision.note.is_empty() {
        rows.push(SummaryRow::new("Note", decision.note.as_str()));
    }
    rows
}

/// From when it may be taken, by which rule, and whether that fits what is planned.
fn allowed(decision: &KeyDecision, today: Date) -> Markup {
    let notice = notice(decision, today);
    let words = match &notice {
        Err(error) => stour_web::words::capital(&format!("{error}.")),
        Ok(Notice::NotGiven {
            day: from,
            short: Some(short),
            ..
        }) if *short > 0 => format!(
            "Not before notice of it has been published. Published today, it would allow {} at the earliest: the day that is planned is {} too early.",
            day(*from),
            days(*short)
        ),
        Ok(Notice::NotGiven { .. }) => "Not before notice of it has been published.".to_owned(),
        Ok(Notice::Urgent { .. }) => {
            "At once, as it was agreed that it is urgent and cannot reasonably be deferred."
                .to_owned()
        }
        Ok(Notice::From {
            day: from, short, ..
        }) => match short {
            Some(short) if *short > 0 => format!(
                "Not before {}. The day that is planned is {} too early.",
                day(*from),
                days(*short)
            ),
            _ => format!("From {} on.", day(*from)),
        },
    };
    html! {
        (InsetText::new(words))
        @if let Ok(notice) = &notice {
            @let rule = notice.rule();
            p {
                (rule.label) @if let Some(period) = rule.period { ": " (period) } ". " (rule.source) "."
                @if rule.status.needs_warning() { " " strong { "Not verified at the source." } }
            }
        }
    }
}
