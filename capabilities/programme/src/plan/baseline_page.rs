//! Baselines, and what moved since each.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{Button, Cell, Column, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_planning::Slip;
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::baseline::Baseline;
use super::chart_page::kept;
use super::kinds::{ACTIVITY, BASELINE};
use super::page::{View, views};
use super::reading::Read;
use super::words::{days, when};
use crate::governance::EDIT;
use crate::governance::shell::{self, Opened, Part, may};

/// Which baseline; the latest where none is said.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Asked {
    baseline: Option<i64>,
}

/// `GET /programmes/{programme}/plan/baselines`.
pub(super) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let all = kept(&caller, &opened).await?;
    let chosen = match asked.baseline {
        Some(number) => {
            let found = all.iter().find(|one| one.number == number);
            Some(found.ok_or_else(Problem::not_found)?)
        }
        None => all.first(),
    };
    let plan = Read::of(&opened.entries);
    let may_edit = may(&caller, EDIT);
    let main = html! {
        (views(&opened, View::Baselines, plan.conflicts().len()))
        p { "A baseline is the plan as it stood when it was saved. Dates are measured from it; it is never changed. A new one says why dates are measured anew." }
        @if may_edit && !plan.activities.is_empty() {
            (Button { small: true, ..Button::link(
                if all.is_empty() { "Save a baseline" } else { "Save a new baseline" },
                opened.address("/registers/baseline/new"),
            ) })
        }
        @match chosen {
            None => (InsetText::new(if may_edit {
                "No baseline was saved. Save one once the plan is agreed."
            } else {
                "No baseline was saved. A programme manager saves one once the plan is agreed."
            })),
            Some(chosen) => {
                (list(&opened, &plan, &all))
                (since(&opened, &plan, chosen))
            },
        }
    };
    Ok(shell::page_below(&opened, Part::Plan, "Baselines", &main))
}

fn list(opened: &Opened, plan: &Read, all: &[Baseline]) -> Markup {
    let columns = [
        "Baseline",
        "Saved",
        "Why",
        "Agreed by",
        "Activities moved later since",
    ];
    let rows = all.iter().map(|one| {
        let agreed: Vec<&str> = [one.agreed_by.as_str(), one.source.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let agreed = if agreed.is_empty() {
            Cell::missing("Not said")
        } else {
            agreed.join(", ").into()
        };
        let href = format!("{}?baseline={}#since", opened.address("/plan/baselines"), one.number);
        vec![
            Cell::link(format!("{} {}", one.reference(), one.title), href),
            html! {
                (one.by) ", " (moment(one.at)) ". "
                a href=(opened.entry_address(BASELINE.name, one.number)) { "History" span.nhsuk-u-visually-hidden { " of " (one.title) } }
            }
            .into(),
            one.reason.as_str().into(),
            agreed,
            one.moved_later(plan).to_string().into(),
        ]
    });
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new("Baselines, the latest first", columns.map(Column::from), rows) })
    }
}

fn since(opened: &Opened, plan: &Read, chosen: &Baseline) -> Markup {
    let slips = chosen.slips(plan);
    let moved = slips.iter().filter(|(_, slip)| **slip != Slip::None);
    let rows: Vec<Vec<Cell>> = moved
        .map(|(number, slip)| row(opened, plan, chosen, (*number, *slip)))
        .collect();
    let columns = ["Activity", "In the baseline", "Now", "What became of it"];
    let caption = TableCaption {
        visually_hidden: true,
        id: Some("moved".to_owned()),
        ..TableCaption::from("What moved since the baseline")
    };
    html! {
        (Heading { id: Some("since".to_owned()), ..Heading::section(format!("Since {}", chosen.title)) })
        @if rows.is_empty() {
            p { "Every activity has the date that it had in the baseline." }
        } @else {
            (Table { first_cell_is_header: true, scroll: true, ..Table::new(caption, columns.map(Column::from), rows) })
        }
    }
}

fn row(opened: &Opened, plan: &Read, chosen: &Baseline, (number, slip): (i64, Slip)) -> Vec<Cell> {
    let (was, is) = (
        chosen.plan.activities.get(&number),
        plan.activities.get(&number),
    );
    let title = is.or(was).map_or("", |one| one.title.as_str());
    let name = format!("{}{number} {title}", ACTIVITY.prefix);
    let said = |one: Option<&super::reading::Activity>| {
        one.map_or_else(|| Cell::missing("Not there"), |one| when(one).into())
    };
    vec![
        match is {
            Some(_) => Cell::link(name, opened.address(&format!("/plan/{number}"))),
            None => name.into(),
        },
        said(was),
        said(is),
        became(slip).into(),
    ]
}

/// What became of a date, in words.
pub(super) fn became(slip: Slip) -> String {
    match slip {
        Slip::Added => "Added since".to_owned(),
        Slip::Removed => "Taken out or stopped since".to_owned(),
        Slip::None => "As it was".to_owned(),
        Slip::Moved(0) => "Said differently, for the same time".to_owned(),
        Slip::Moved(later) if later > 0 => format!("{} later", days(later)),
        Slip::Moved(earlier) => format!("{} earlier", days(earlier.saturating_neg())),
        Slip::Dated => "Has a date now".to_owned(),
        Slip::Undated => "Has no date any more".to_owned(),
    }
}
