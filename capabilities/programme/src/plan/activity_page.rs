//! One activity in the plan, and how far it has got.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Heading, Markup, NotificationBanner, SummaryList, SummaryRow, html};
use stour_kernel::{Date, Environment};
use stour_planning::{Finding, Placed};
use stour_register::{Author, Changed, Entry, change_checked, numbered};
use stour_web::words::day;
use stour_web::{Caller, Form, Page, Problem, redirect};

use super::kinds::{ACTIVITY, DEPENDENCY};
use super::page::{conflicts_of, how_far};
use super::progress::{Typed, fields};
use super::reading::{Activity, Read};
use super::words::{days, told, when};
use crate::governance::EDIT;
use crate::governance::shell::{self, Opened, Part, may, page_below};
use crate::registers::REGISTER;

/// Whether something was just saved.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /programmes/{programme}/plan/{number}`.
pub(super) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let entry = entry_of(&opened, number)?;
    let typed = Typed::of(entry);
    let page = page(&caller, &opened, entry, &typed)?;
    if asked.done.is_empty() {
        return Ok(page);
    }
    let saved = NotificationBanner::success("It is saved how far this activity has got.");
    Ok(Page {
        main: html! { (saved) (page.main) },
        ..page
    })
}

fn entry_of(opened: &Opened, number: i64) -> Result<&Entry, Problem> {
    let found = opened.entries.entry(ACTIVITY.name, number);
    found.ok_or_else(Problem::not_found)
}

/// The kind of problem that two contradicting changes are.
const CLASH: &str = "clash";

/// `POST /programmes/{programme}/plan/{number}`: how far it has got.
pub(super) async fn record(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    if !may(&caller, EDIT) {
        return Err(Problem::forbidden(
            "Programme managers record how far activities have got.",
        ));
    }
    let entry = entry_of(&opened, number)?;
    let mut typed = Typed::sent(&form);
    let values = match typed.values(entry) {
        Ok(values) => values,
        Err(mistakes) => {
            typed.mistakes = mistakes;
            return Ok(page(&caller, &opened, entry, &typed)?.into_response());
        }
    };
    let (id, base, why) = (entry.id, typed.base, typed.why.clone());
    let by = Author::from(caller.actor());
    let address = opened.address(&format!("/plan/{number}"));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let what = (&REGISTER, id, base);
        match change_checked(tx, environment, what, (&values, &why), &by)? {
            Changed::Saved(..) => Ok(format!("{address}?done=saved")),
            Changed::Same(_) => Ok(address.clone()),
            Changed::Clash(_, fields) => Err(Problem {
                kind: CLASH,
                detail: fields.join(","),
                ..Problem::changed()
            }),
        }
    };
    let sent = (form.key(), form.fingerprint());
    match caller.write(sent, Resource::House, work).await {
        Ok(to) => Ok(redirect(&to)),
        Err(problem) if problem.kind == CLASH => {
            clash(&caller, &opened, (number, typed), &problem.detail).await
        }
        Err(problem) if !problem.errors.is_empty() => {
            for error in problem.errors {
                typed.mistakes.add(&error.field, error.message);
            }
            Ok(page(&caller, &opened, entry, &typed)?.into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// The form again with what somebody else saved meanwhile, to be saved on top of it.
async fn clash(
    caller: &Caller,
    opened: &Opened,
    (number, mut typed): (i64, Typed),
    fields: &str,
) -> Result<Response, Problem> {
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let latest = database
        .read(move |tx| numbered(tx, (&scope, ACTIVITY.name), number))
        .await?
        .ok_or_else(Problem::not_found)?;
    typed.clashes(fields.split(','), &latest);
    Ok(page(caller, opened, &latest, &typed)?.into_response())
}

fn page(caller: &Caller, opened: &Opened, entry: &Entry, typed: &Typed) -> Result<Page, Problem> {
    let plan = Read::of(&opened.entries);
    let number = entry.number;
    let activity = plan.activities.get(&number).ok_or_else(|| {
        Problem::conflict(
            "This activity cannot be read. Put it right in the register of activities.",
        )
    })?;
    let title = format!("{} {}", activity.reference(), activity.title);
    let schedule = plan.schedule().ok();
    let placed = schedule.as_ref().and_then(|all| all.tasks.get(&number));
    let main = html! {
        (facts(opened, (entry, activity), placed))
        (conflicts(opened, &plan, number))
        (neighbours(opened, &plan, number))
        p {
            a href=(opened.entry_address(ACTIVITY.name, number)) { "History of this activity" }
            @if may(caller, EDIT) {
                ", " a href=(opened.entry_address(ACTIVITY.name, number)) { "and all its fields" }
            }
            "."
        }
        @if may(caller, EDIT) {
            (Heading { id: Some("progress".to_owned()), ..Heading::section("Record how far it has got") })
            (fields(caller, &opened.address(&format!("/plan/{number}")), opened.today, typed))
        }
    };
    let page = page_below(opened, Part::Plan, &title, &main);
    Ok(page.with_errors(typed.mistakes.all()))
}

fn facts(
    opened: &Opened,
    (entry, activity): (&Entry, &Activity),
    placed: Option<&Placed>,
) -> Markup {
    let given = entry.get("when-as-given");
    let mut rows = vec![
        SummaryRow::new(
            "When",
            html! { (when(activity)) @if !given.is_empty() { " (the paper says: " (given) ")" } },
        ),
        SummaryRow::new("Responsible", responsible(entry, activity)),
        SummaryRow::new("How far", how_far(activity, opened.today)),
    ];
    for (label, field) in [
        ("In full", "text"),
        ("What shows it", "evidence"),
        ("Source", "source"),
    ] {
        if !entry.get(field).is_empty() {
            rows.push(SummaryRow::new(label, paragraphs(entry.get(field))));
        }
    }
    if let Some(count) = activity.of_plan.days {
        rows.push(SummaryRow::new("Takes", days(i64::from(count))));
    }
    if let Some(placed) = placed.filter(|_| activity.is_open()) {
        rows.extend(placed_rows(placed));
    }
    html! { (SummaryList::new(rows)) }
}

fn responsible(entry: &Entry, activity: &Activity) -> Markup {
    let given = entry.get("responsible-as-given");
    html! {
        @if activity.of_plan.responsible.is_empty() { "Nobody" }
        @else { (activity.of_plan.responsible.join("; ")) }
        @if !given.is_empty() { " (the paper says: " (given) ")" }
    }
}

fn placed_rows(placed: &Placed) -> [SummaryRow; 3] {
    let between = |first: Date, last: Date| {
        if first == last {
            day(first)
        } else {
            format!("between {} and {}", day(first), day(last))
        }
    };
    let float = if placed.is_critical {
        "None: it is critical. A day later here is a day later at the end.".to_owned()
    } else {
        format!(
            "{}; {} before it moves another activity",
            days(placed.float),
            days(placed.free_float)
        )
    };
    [
        SummaryRow::new(
            "Can begin",
            between(
                placed.earliest_start,
                placed.latest_start.max(placed.earliest_start),
            ),
        ),
        SummaryRow::new(
            "Can be done",
            between(
                placed.earliest_end,
                placed.latest_end.max(placed.earliest_end),
            ),
        ),
        SummaryRow::new("Float", float),
    ]
}

fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

fn conflicts(opened: &Opened, plan: &Read, number: i64) -> Markup {
    let all: Vec<Finding> = plan.conflicts();
    let of = conflicts_of(number, &all);
    let told_at = |place: usize| all.get(place.saturating_sub(1)).map(|one| told(one, plan));
    html! {
        @if !of.is_empty() {
            (Heading::section("Conflicts"))
            ul {
                @for place in of {
                    @if let Some(said) = told_at(place) {
                        li {
                            (said.why) " "
                            a href={ (opened.address("/plan/conflicts")) "#conflict-" (place) } { "Conflict " (place) }
                        }
                    }
                }
            }
        }
    }
}

/// What it waits for, and what waits for it.
fn neighbours(opened: &Opened, plan: &Read, number: i64) -> Markup {
    let of = |is: fn(&stour_planning::Dependency, i64) -> Option<i64>| -> Vec<(i64, i64)> {
        let all = plan.dependencies.iter();
        all.filter_map(|(entry, one)| Some((*entry, is(one, number)?)))
            .collect()
    };
    let before = of(|one, number| (one.after == number).then_some(one.before));
    let after = of(|one, number| (one.before == number).then_some(one.after));
    html! {
        @for (heading, all) in [("Waits for", before), ("What waits for it", after)] {
            @if !all.is_empty() {
                (Heading::section(heading))
                ul { @for (entry, other) in all { (neighbour(opened, plan, (entry, other))) } }
            }
        }
    }
}

fn neighbour(opened: &Opened, plan: &Read, (entry, other): (i64, i64)) -> Markup {
    let dependency = opened.entries.entry(DEPENDENCY.name, entry);
    html! {
        li {
            a href=(opened.address(&format!("/plan/{other}"))) {
                (ACTIVITY.prefix) (other)
                @if let Some(activity) = plan.activities.get(&other) { " " (activity.title) }
            }
            @if let Some(activity) = plan.activities.get(&other) { ", " (when(activity)) }
            @if let Some(dependency) = dependency {
                ". " (dependency.get("reason")) " "
                a href=(opened.entry_address(DEPENDENCY.name, entry)) { "Dependency " (DEPENDENCY.prefix) (entry) }
            }
        }
    }
}
