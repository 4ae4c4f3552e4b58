//! A ward with one line for each person, so that all of it is seen at once: on a screen on the wall, and on paper at a handover.
//! What does not fit a line is cut short on a wide screen; it stands in full on the page that the cell leads to.

use stour_design::{Cell, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Date, Timestamp};

use super::estimates;
use super::page::{Board, Patient, bed, caption};
use crate::awaited;
use crate::hub;
use crate::shown;
use crate::spell::{CRITERIA, PATHWAYS, REASONS, SaidBy, Spell};

/// The board, one row a person.
pub(super) fn table(here: &str, board: &Board, now: (Timestamp, Date)) -> Markup {
    let rows = board
        .patients
        .iter()
        .map(|patient| row(here, board, patient, now));
    let columns = [
        "Bed",
        "Person",
        "NHS number",
        "Stay",
        "Expected home",
        "Ready to go",
        "Today",
        "Waits for",
        "Going on to",
        "Community",
    ];
    html! {
        div.stour-lines {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption(board), columns, rows) })
        }
    }
}

fn row(here: &str, board: &Board, patient: &Patient, (now, today): (Timestamp, Date)) -> Vec<Cell> {
    let (spell, person) = (&patient.spell, &patient.summary);
    let of = format!("{here}/spells/{}", spell.id);
    let (day, waits) = awaited::in_line(&board.awaited, spell, now);
    let age = person.age(today).map(|age| format!(", {age}"));
    let name = person.name.spoken();
    let leads = |address: String, shown: Markup, to: &str| {
        Cell::from(html! {
            a.stour-lines__link href=(address) {
                (shown) span.nhsuk-u-visually-hidden { ": " (to) " of " (name) }
            }
        })
    };
    vec![
        Cell::from(html! { (bed(spell, today)) (shown::besides(spell, &board.twice, today)) }),
        Cell::from(html! {
            a href={ "/people/" (person.id) } { (person.name.listed()) }
            @if let Some(age) = age { (age) }
        }),
        Cell::from(
            person
                .nhs_number
                .map_or_else(|| "Not known".to_owned(), |number| number.to_string()),
        ),
        Cell::from(stayed(spell, today)),
        leads(estimates(spell), expected(spell, today), "expected dates"),
        leads(format!("{of}/review"), ready(spell, today), "review"),
        leads(format!("{of}/day"), day, "day"),
        leads(format!("{of}/awaited"), html! { (waits) }, "waits"),
        leads(
            hub::address(spell.id),
            going_on_to(board, patient),
            "leaving",
        ),
        Cell::from(community(patient)),
    ]
}

fn stayed(spell: &Spell, today: Date) -> Markup {
    let days = shown::days_in(spell, today);
    if let Some(reached) = shown::long_stay(spell, today) {
        html! { (shown::long_stay_tag(reached, days)) }
    } else {
        html! { (days) }
    }
}

fn expected(spell: &Spell, today: Date) -> Markup {
    let Some(date) = &spell.expected else {
        return html! { "Not known" };
    };
    html! {
        @if date.on < today { (Tag::new("Passed", TagColour::Orange)) " " }
        (short(date.on, today)) ", "
        @match date.by {
            SaidBy::System => "estimate",
            SaidBy::Message => "hospital",
            SaidBy::Staff => (date.basis),
        }
    }
}

/// `4 Dec`; with the year where it is another.
fn short(day: Date, today: Date) -> String {
    if day.year() == today.year() {
        day.strftime("%-d %b").to_string()
    } else {
        shown::day(day)
    }
}

fn ready(spell: &Spell, today: Date) -> Markup {
    let Some(review) = &spell.review else {
        return match spell.ready_on {
            Some(on) => {
                html! { (Tag::new("Ready", TagColour::Green)) " since " (short(on, today)) }
            }
            None => shown::readiness(spell),
        };
    };
    html! {
        @if review.on < today { (Tag::new("Not reviewed today", TagColour::Yellow)) " " }
        @if review.meets {
            "Needs an acute hospital: " (shown::label(CRITERIA, &review.because))
        } @else {
            (Tag::new("Ready", TagColour::Green))
            @if let Some(since) = spell.discharge_ready { " since " (short(since, today)) }
            ": " (shown::label(REASONS, &review.because))
        }
        @if !review.next_step.is_empty() { ". Next: " (review.next_step) }
    }
}

/// The pathway that a team decided, or the one that the ward suggests; and whether a place is kept.
fn going_on_to(board: &Board, patient: &Patient) -> Markup {
    let spell = &patient.spell;
    let decided = board
        .decided
        .get(&spell.id)
        .map(|decision| decision.pathway.as_str());
    let suggested = spell
        .review
        .as_ref()
        .and_then(|review| review.pathway.as_deref());
    html! {
        @if patient.onward.has_place() { (Tag::new("Place kept", TagColour::Blue)) " " }
        @match (decided, suggested) {
            (Some(decided), suggested) => {
                @if suggested.is_some_and(|suggested| suggested != decided) {
                    (Tag::new("Not as the ward suggests", TagColour::Orange)) " "
                }
                (shown::label(PATHWAYS, decided))
            },
            (None, Some(suggested)) => { "Suggested: " (shown::label(PATHWAYS, suggested)) },
            (None, None) => "Not decided",
        }
    }
}

/// How many services outside the hospital know the person; which, is on the board in full.
fn community(patient: &Patient) -> String {
    match patient.community.len() {
        0 => "Not known".to_owned(),
        1 => "1 service".to_owned(),
        services => format!("{services} services"),
    }
}
