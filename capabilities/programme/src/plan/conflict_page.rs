//! What in a plan cannot be so, and what is missing.

use axum::extract::Path;
use stour_design::{Card, Heading, InsetText, Markup, html};
use stour_planning::Finding;
use stour_web::{Caller, Page, Problem};

use super::page::{View, views};
use super::reading::Read;
use super::words::told;
use crate::governance::shell::{self, Opened, Part};

/// `GET /programmes/{programme}/plan/conflicts`.
pub(super) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let plan = Read::of(&opened.entries);
    let (conflicts, missing): (Vec<Finding>, Vec<Finding>) =
        plan.findings().into_iter().partition(Finding::is_conflict);
    let main = html! {
        (views(&opened, View::Conflicts, conflicts.len()))
        p { "Dates contradict each other here only where no choice of days within the months of the plan would do. What is done is not looked at again." }
        @if conflicts.is_empty() {
            (InsetText::new("No dates contradict each other."))
        }
        @for (place, finding) in (1..).zip(&conflicts) { (conflict(&opened, &plan, (place, finding))) }
        @if !missing.is_empty() {
            (Heading::section("What is missing"))
            ul {
                @for finding in &missing {
                    li { (told(finding, &plan).why) " " (told(finding, &plan).to_do) " " (links(&opened, &plan, finding)) }
                }
            }
        }
        (rests_on(&opened, &plan))
    };
    Ok(shell::page_below(
        &opened,
        Part::Plan,
        "Conflicts in the plan",
        &main,
    ))
}

fn conflict(opened: &Opened, plan: &Read, (place, finding): (i32, &Finding)) -> Markup {
    let said = told(finding, plan);
    let heading = Heading {
        id: Some(format!("conflict-{place}")),
        ..Heading::section(format!("Conflict {place}: {}", said.what.to_lowercase()))
    };
    let content = html! {
        p { (said.why) }
        p { (said.to_do) }
        p { (links(opened, plan, finding)) }
    };
    html! { (Card::new(heading, content)) }
}

fn links(opened: &Opened, plan: &Read, finding: &Finding) -> Markup {
    let there: Vec<_> = finding
        .activities()
        .into_iter()
        .filter_map(|number| plan.activities.get(&number))
        .collect();
    html! {
        @if !there.is_empty() {
            "See "
            @for (position, activity) in there.iter().enumerate() {
                @if position > 0 { ", " }
                a href=(opened.address(&format!("/plan/{}", activity.of_plan.number))) { (activity.reference()) }
            }
            "."
        }
    }
}

/// What conflicts are found by: the paper's own dates, and what somebody declared about them.
fn rests_on(opened: &Opened, plan: &Read) -> Markup {
    html! {
        (Heading::section("What this rests on"))
        p {
            "The dates are those of the activities. Which activity waits for which ("
            a href=(opened.address("/registers/plan-dependency")) { (plan.dependencies.len()) " dependencies" }
            ") and who is in place only once something is done ("
            a href=(opened.address("/registers/appointment")) { (plan.appointments()) " appointments" }
            ") is declared in the registers, each with who says so."
        }
    }
}
