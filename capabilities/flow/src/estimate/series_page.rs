//! Every estimate of when one person leaves hospital: who made it, when, and what it rests on.

use stour_database::Transaction;
use stour_design::{Cell, Heading, InsetText, Markup, Table, Tag, TagColour, html};
use stour_kernel::Date;
use stour_people::{require, summary};
use stour_web::{Caller, Page, Problem};

use super::series::{By, Rests, Series, Told};
use crate::error::FlowError;
use crate::shown;
use crate::spell::{Spell, SpellState};
use crate::ward::stay::{Named, Where, find};

/// The page.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let Named {
        spell,
        person,
        back,
    } = find(&caller, &at).await?;
    require(&caller, &person).await?;
    let permit = caller.permit_person(person).await?;
    let of = spell.clone();
    let read = move |tx: &mut Transaction<'_>| {
        let person = summary(tx, &permit)?;
        Ok::<_, FlowError>((person, Series::of(tx, &of)?))
    };
    let (person, series) = caller.house().database().read(read).await?;
    let today = caller.today();
    let title = "When is the person likely to leave hospital?";
    let here = format!("{back}/spells/{}", spell.id);
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, true)) }
        p { (stay(&spell, today)) }
        @if spell.state == SpellState::InHospital {
            p { a href={ (here) "/expected-date" } { "Say when the person is expected to go home" } }
        }
        (table(&series, today))
        p { "An estimate is planned with, not promised. The first date is as likely to be too early as too late; by the second, four in five people like this one have left, and by the third nineteen in twenty." }
        (frailty(&series, &here, spell.state == SpellState::InHospital))
        p { a href="/wards/expected-dates" { "How near expected dates have come" } }
    };
    Ok(Page::new(title, main).back(&back).wide())
}

fn stay(spell: &Spell, today: Date) -> String {
    let admitted = spell.admitted_at.map(shown::moment).unwrap_or_default();
    match spell.discharged_at {
        Some(left) => format!("In hospital from {admitted} to {}.", shown::moment(left)),
        None => format!(
            "In hospital since {admitted}: {}.",
            shown::days_in(spell, today)
        ),
    }
}

/// The series as a table, the latest first.
pub(crate) fn table(series: &Series, today: Date) -> Markup {
    let columns = [
        "Made",
        "By",
        "Expected (even chance)",
        "Fairly sure by (4 in 5)",
        "Almost sure by (19 in 20)",
    ];
    let rows = series.told.iter().rev().map(|told| row(told, today));
    html! {
        @if series.told.is_empty() {
            (InsetText::new("No estimate was made of this stay. The system makes one within a minute of hearing of somebody in hospital."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new("Estimates of this stay, the latest first", columns, rows) })
        }
    }
}

fn row(told: &Told, today: Date) -> Vec<Cell> {
    let [half, most, nearly_all] = told.dates;
    let date = |date: Option<Date>| date.map_or_else(|| "Not known".to_owned(), shown::day);
    let surer = |of: Option<Date>| match (&told.by, of) {
        (By::System(..), of) => date(of),
        (_, None) => "Not said".to_owned(),
        (_, of) => date(of),
    };
    let is_past = half.is_some_and(|half| half < today);
    vec![
        Cell::from(html! {
            (shown::moment(told.at))
            @if told.stands { br; (Tag::new("Shown on the ward", TagColour::Blue)) }
        }),
        Cell::from(by(&told.by)),
        Cell::from(html! {
            (date(half))
            @if told.stands && is_past { " " (Tag::new("Passed", TagColour::Orange)) }
        }),
        Cell::from(surer(most)),
        Cell::from(surer(nearly_all)),
    ]
}

fn by(by: &By) -> Markup {
    let small = |words: String| html! { br; span.nhsuk-u-font-size-16 { (words) } };
    match by {
        By::System(why, rests) => html! { "The system, " (why) (small(basis(rests))) },
        By::Hospital(name) => html! { (name) (small("sent by the hospital".to_owned())) },
        By::Person(name, organisation) => {
            html! { (name) (small(shown::organisation_name(organisation))) }
        }
    }
}

/// What an estimate of the system rests on.
fn basis(rests: &Rests) -> String {
    match rests {
        Rests::On {
            group,
            ended,
            open,
            stayed,
            as_of,
        } => {
            let after = match stayed {
                0 => String::new(),
                1 => " after a day or longer".to_owned(),
                days => format!(" after {days} days or longer"),
            };
            let open = match open {
                0 => String::new(),
                open => format!(" and {open} that go on"),
            };
            let as_of = as_of.map(shown::day).unwrap_or_default();
            format!("Rests on {ended} stays that have ended{after}{open}, as of {as_of}: {group}")
        }
        Rests::NotKnown { counted: false, .. } => {
            "Not known: too few stays have ended anywhere to learn from. It is looked at again every morning.".to_owned()
        }
        Rests::NotKnown {
            has_method: false, ..
        } => "Not known: the hospital has not said how the person was admitted, by which stays like it are found.".to_owned(),
        Rests::NotKnown { fewest: None, .. } => {
            "Not known: the partnership has not said for that day how many stays are enough.".to_owned()
        }
        Rests::NotKnown {
            most,
            fewest: Some(fewest),
            ..
        } => format!(
            "Not known: of no group of stays like it have {fewest} ended that lasted as long; the most was {most}"
        ),
    }
}

fn frailty(series: &Series, here: &str, is_in: bool) -> Markup {
    html! {
        (Heading::section("Frailty"))
        @if let Some(found) = series.frailty.last() {
            p {
                "Clinical Frailty Scale, level " (found.level) ", on " (shown::day(found.on)) ", by " (found.name)
                @if !found.role.is_empty() { ", " (found.role) } "."
                @if series.frailty.len() > 1 { " It was recorded " (series.frailty.len()) " times during this stay." }
            }
        } @else {
            p { "Not recorded during this stay. The system’s estimates leave it out." }
        }
        @if is_in { p { a href={ (here) "/frailty" } { "Record the level of frailty" } } }
    }
}
