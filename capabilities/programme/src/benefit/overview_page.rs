//! The benefits of a programme: the message, every benefit on its ladders, and what falls to whom and where.

use axum::extract::Path;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Markup, Table, TableCaption, WarningCallout, html,
};
use stour_outcomes::figures::Course;
use stour_web::{Caller, Page, Problem};

use super::EDIT;
use super::glance::Glance;
use super::measured::{Measured, course_of};
use super::parts::SHARE;
use super::shown::{figure, kept_money, rung, standing};
use super::signature::Ladder;
use super::view::View;
use crate::governance::shell::{Part, may, page};
use crate::governance::words::label;
use crate::shown::{Tile, heard, tiles};

/// `GET /programmes/{programme}/benefits`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    let own = own_records(&caller, &view).await?;
    let edits = may(&caller, EDIT);
    let main = html! {
        @if view.all.is_empty() {
            (InsetText::new("There is no benefit in the register yet. Add the first one with its measure and its baseline, before the change begins."))
            @if edits { (Button::link("Add a benefit", view.opened.address("/registers/benefit/new"))) }
        } @else {
            (message(&view))
            (every(&view))
            (ways(&view, edits))
            (to_whom(&view))
            (where_(&own))
        }
    };
    Ok(page(&view.opened, Part::Benefits, &main))
}

fn message(view: &View) -> Markup {
    let glance = Glance::of(view.all.clone());
    let counts = glance.counts();
    let tile = |number: usize, label: &str| Tile {
        number: number.to_string(),
        label: label.to_owned(),
        note: None,
    };
    let shown = [
        tile(counts.ahead, "ahead of what was expected"),
        tile(counts.as_expected, "as expected"),
        tile(counts.behind, "behind what was expected"),
        tile(
            counts.without_target,
            "measured, with no target to hold them against",
        ),
        tile(counts.not_measured, "not measured"),
    ];
    let shown: Vec<Tile> = shown
        .into_iter()
        .filter(|tile| tile.number != "0")
        .collect();
    html! {
        (Heading::section(glance.sentence.as_str()))
        (tiles(&shown))
    }
}

fn every(view: &View) -> Markup {
    let columns = [
        Column::from("Benefit"),
        Column::numeric("Baseline"),
        Column::numeric("Latest"),
        Column::from("Of"),
        Column::numeric("Expected"),
        Column::from("Stands"),
        Column::from("Operational"),
        Column::from("Financial"),
        Column::from("Cashable"),
    ];
    let rows = view.all.iter().map(|one| row(view, one));
    html! {
        (Table {
            first_cell_is_header: true,
            compact: true,
            scroll: true,
            ..Table::new(heard("Every benefit, where it stands and how far it has come on each ladder"), columns, rows)
        })
        p {
            "Three ladders are kept apart. Operational: the measure moved. Financial: the change has a value by a dated conversion. "
            "Cashable: a budget line is reduced by it. Nothing is called cashed until a journal of a ledger shows it, and there is no ledger here yet."
        }
    }
}

fn row(view: &View, one: &Measured) -> Vec<Cell> {
    let number = one.benefit.number;
    let found = one.found.as_ref();
    let climb = view.climb(one);
    let mut cells = vec![
        Cell::link(
            one.benefit.title.as_str(),
            view.address(number, ""),
        ),
        figure(one, one.benefit.baseline.map(|baseline| baseline.value)),
        figure(one, found.map(|found| found.value)),
        found.map_or_else(
            || Cell::missing("No figure"),
            |found| html! { (found.period) @if !one.unit_words().is_empty() { ", " (one.unit_words()) } }.into(),
        ),
        figure(one, found.and_then(|found| found.expected).map(|expected| expected.value)),
        html! { (standing(one)) }.into(),
    ];
    cells.extend(Ladder::ALL.map(|ladder| html! { (rung(&climb, ladder)) }.into()));
    cells
}

fn ways(view: &View, edits: bool) -> Markup {
    let to = |below: &str| view.opened.address(below);
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            li { a href=(to("/benefits/map")) { "Benefits map: what leads to what" } }
            li { a href=(to("/benefits/plan")) { "Realisation plan: what is to be measured when" } }
            li { a href=(to("/benefits/claims")) { "Claims: who claims how much of each change" } }
            li { a href=(to("/benefits/attribution")) { "Attribution: what overlapping programmes did together" } }
            li {
                "Take it away: where each benefit stands, claims and signatures as a "
                a href=(to("/benefits/export/benefits.xlsx")) { "spreadsheet" } ", or as CSV: "
                a href=(to("/benefits/export/overview.csv")) { "benefits" } ", "
                a href=(to("/benefits/export/claims.csv")) { "claims" } ", "
                a href=(to("/benefits/export/signatures.csv")) { "signatures" }
            }
            li { a href=(to("/registers/benefit")) { "The register of benefits, with its exports" } }
            @if edits { li { a href=(to("/registers/benefit/new")) { "Add a benefit" } } }
        }
    }
}

/// What falls to each partner, as published or agreed.
fn to_whom(view: &View) -> Markup {
    let entries = &view.opened.entries;
    let rows = entries.of_kind(SHARE.name).map(|entry| {
        let of = match entry.get("benefit").parse::<i64>() {
            Ok(number) => view
                .one(number)
                .map_or_else(|_| String::new(), |(one, _)| one.benefit.title.clone()),
            Err(_) => "The whole programme".to_owned(),
        };
        let amount = match (entry.get("amount"), entry.get("part")) {
            ("", part) => format!("{part}%"),
            (amount, _) => kept_money(amount),
        };
        let cashable = if entry.get("cashable") == "yes" {
            "Said to be cashable"
        } else {
            ""
        };
        vec![
            Cell::from(entry.get("partner")),
            entry.get("place").into(),
            of.into(),
            amount.into(),
            entry.get("by").into(),
            cashable.into(),
            Cell {
                break_words: true,
                ..entry.get("source").into()
            },
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    html! {
        (Heading::section("By partner"))
        @if rows.is_empty() {
            (InsetText::new("No share of a benefit by partner is published or agreed. Add one with its source in the register of shares."))
        } @else {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(
                    heard("Shares by partner"),
                    ["Partner", "Place", "Of", "Amount or part", "By", "Class", "Source"].map(Column::from),
                    rows,
                )
            })
        }
        p { a href=(view.opened.address("/registers/benefit-share")) { "The register of shares" } }
    }
}

/// A benefit and the figures of its indicator in our own records.
type Own<'v> = (&'v Measured, Course);

/// Those that the caller may see.
async fn own_records<'v>(caller: &Caller, view: &'v View) -> Result<Vec<Own<'v>>, Problem> {
    let mut own = Vec::new();
    for one in &view.all {
        let measure = own_measure(one);
        if !measure.is_empty()
            && may_see(caller, measure)
            && let Some(course) = course_of(caller.house(), measure).await?
        {
            own.push((one, course));
        }
    }
    Ok(own)
}

/// The indicator by which a benefit is seen place by place; empty where there is none.
pub(crate) fn own_measure(one: &Measured) -> &str {
    if one.benefit.own_records.is_empty() && one.benefit.measure.starts_with("indicators/") {
        &one.benefit.measure
    } else {
        &one.benefit.own_records
    }
}

/// Whether the caller may read an indicator.
pub(crate) fn may_see(caller: &Caller, measure: &str) -> bool {
    let id = measure.trim_start_matches("indicators/").to_owned();
    let resource = stour_access::Resource::Indicator { id };
    "indicator.read"
        .parse()
        .is_ok_and(|action| caller.may(action, &resource))
}

/// Council by council, as our own records have it.
fn where_(own: &[Own<'_>]) -> Markup {
    let mut councils: Vec<&str> = Vec::new();
    for (_, course) in own {
        for place in course.places.iter().filter(|place| place.is_council) {
            if !councils.contains(&place.name.as_str()) {
                councils.push(&place.name);
            }
        }
    }
    let columns = [Column::from("Benefit"), Column::from("Counted as")]
        .into_iter()
        .chain(councils.iter().map(|name| Column::numeric(*name)))
        .collect::<Vec<_>>();
    let rows = own.iter().map(|(one, course)| {
        let cells = councils.iter().map(|name| {
            let place = course.places.iter().find(|place| place.name == *name);
            place.and_then(|place| place.value).map_or_else(
                || Cell::missing("Not shown"),
                |value| course.unit.value(value).into(),
            )
        });
        [
            Cell::from(one.benefit.title.as_str()),
            Cell::link(course.about.title.as_str(), course.about.address.as_str()),
        ]
        .into_iter()
        .chain(cells)
        .collect::<Vec<Cell>>()
    });
    html! {
        @if !councils.is_empty() {
            (Heading::section("By place, in our own records"))
            p {
                "What was published of the programme is not divided by place. These are the nearest counts of this service’s own records: "
                "how close they are to what the programme counts is not known."
            }
            (Table {
                first_cell_is_header: true,
                scroll: true,
                ..Table::new(TableCaption { id: Some("by-place".to_owned()), ..TableCaption::from("The latest figures by council") }, columns, rows)
            })
        }
    }
}

/// What is known to be unverified, if anything.
pub(crate) fn unverified(words: &str) -> Markup {
    html! {
        @if !words.is_empty() { (WarningCallout::new("Not verified", html! { p { (words) } }).below_title()) }
    }
}

/// The words of a class.
pub(crate) fn class(code: &str) -> String {
    label("benefit-class", code)
}
