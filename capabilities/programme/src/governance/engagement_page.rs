//! What a programme set out to do at once, what partners offered, with whom it talks, and what it has learnt.

use axum::extract::Path;
use stour_design::{Cell, Column, Heading, Markup, Table, TableCaption, html};
use stour_register::Entry;
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::engagement::{COMMUNICATION, LESSON, OFFER, QUICK_WIN};
use super::field::{self, number};
use super::parts::{link, none_yet, or_dash, registers, unverified};
use super::shell::{Opened, Part, open, page_below};
use super::words::{label, month};

/// `GET /programmes/{programme}/governance/engagement`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let main = html! {
        (Heading::section(QUICK_WIN.many))
        (quick_wins(&caller, &opened))
        (Heading::section(OFFER.many))
        (offers(&caller, &opened))
        (Heading::section(COMMUNICATION.many))
        (communications(&caller, &opened))
        (Heading::section(LESSON.many))
        (lessons(&caller, &opened))
    };
    let title = "Quick wins, offers, communications and lessons";
    Ok(page_below(&opened, Part::Governance, title, &main))
}

fn quick_wins(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(QUICK_WIN.name).collect();
    let whole = |entry: &&&Entry| number(&entry.values, "part-of").is_none();
    html! {
        @if all.is_empty() { (none_yet(caller, opened, QUICK_WIN)) } @else {
            ol {
                @for one in all.iter().filter(whole) {
                    li {
                        (quick_win(opened, one))
                        @let parts: Vec<&&Entry> = all.iter().filter(|part| number(&part.values, "part-of") == Some(one.number)).collect();
                        @if !parts.is_empty() {
                            ul {
                                @for part in parts {
                                    li {
                                        @if !part.get("letter").is_empty() { "(" (part.get("letter")) ") " }
                                        (quick_win(opened, part))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (registers(caller, opened, &[QUICK_WIN]))
        }
    }
}

fn quick_win(opened: &Opened, entry: &Entry) -> Markup {
    html! {
        a href=(opened.entry_address(QUICK_WIN.name, entry.number)) { (entry.get(QUICK_WIN.title)) }
        @if let Some(activity) = number(&entry.values, "activity") {
            " (" a href=(opened.entry_address("activity", activity)) { "activity " (activity) " of the plan" } ")"
        }
    }
}

fn offers(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(OFFER.name).collect();
    let rows = all.iter().map(|one| {
        vec![
            link(opened, OFFER, one),
            one.get("provider").into(),
            or_dash(one.get("days")),
            or_dash(one.get("condition")),
        ]
    });
    let columns = ["What is offered", "By whom", "Days", "On what condition"];
    listed(caller, opened, (OFFER, &columns), rows.collect())
}

fn communications(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(COMMUNICATION.name).collect();
    let rows = all.iter().map(|one| {
        let message = html! { (one.get("message")) (unverified(one.get("unverified"))) };
        let done = field::day(&one.values, "done").map_or_else(String::new, day);
        vec![
            link(opened, COMMUNICATION, one),
            one.get("audience").into(),
            message.into(),
            or_dash(&label("communication-channel", one.get("channel"))),
            or_dash(one.get("owner")),
            or_dash(&month(one.get("when"))),
            or_dash(&done),
        ]
    });
    let columns = [
        "What is done",
        "With whom",
        "What is said or asked",
        "How",
        "Owner",
        "When",
        "Done",
    ];
    listed(caller, opened, (COMMUNICATION, &columns), rows.collect())
}

fn lessons(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(LESSON.name).collect();
    let rows = all.iter().map(|one| {
        let learnt = field::day(&one.values, "learnt-on").map_or_else(String::new, day);
        vec![
            link(opened, LESSON, one),
            one.get("happened").into(),
            or_dash(one.get("advice")),
            or_dash(&learnt),
        ]
    });
    let columns = [
        "What was learnt",
        "What happened",
        "What to do another time",
        "Learnt on",
    ];
    listed(caller, opened, (LESSON, &columns), rows.collect())
}

/// A table of the entries of a kind, or what to do where there are none.
fn listed(
    caller: &Caller,
    opened: &Opened,
    (kind, columns): (&stour_register::Kind, &[&str]),
    rows: Vec<Vec<Cell>>,
) -> Markup {
    if rows.is_empty() {
        return none_yet(caller, opened, kind);
    }
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(kind.many)
    };
    let columns = columns.iter().map(|column| Column::from(*column));
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns, rows) })
        (registers(caller, opened, &[kind]))
    }
}
