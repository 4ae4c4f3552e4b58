//! The plan as a table.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Markup, Table, TableCaption, Tag, TagColour,
    WarningCallout, html,
};
use stour_kernel::Date;
use stour_planning::{Finding, Schedule};
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::kinds::ACTIVITY;
use super::reading::{Activity, Progress, Read};
use super::words::{days, no_schedule, stretch, told, when};
use crate::governance::EDIT;
use crate::governance::shell::{self, Opened, Part, may};

/// The views of a plan, in the order of their links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Table,
    Chart,
    Conflicts,
    Baselines,
}

/// The links between the views of a plan, and what it can be taken away as.
pub(super) fn views(opened: &Opened, here: View, conflicts: usize) -> Markup {
    let views = [
        (View::Table, "/plan", "Table".to_owned()),
        (View::Chart, "/plan/chart", "Chart".to_owned()),
        (
            View::Conflicts,
            "/plan/conflicts",
            format!("Conflicts ({conflicts})"),
        ),
        (View::Baselines, "/plan/baselines", "Baselines".to_owned()),
    ];
    html! {
        p {
            "See the plan as: "
            @for (position, (view, path, words)) in views.iter().enumerate() {
                @if position > 0 { ", " }
                @if *view == here { strong aria-current="page" { (words) } } @else { a href=(opened.address(path)) { (words) } }
            }
            ". Take it away as a "
            a href=(opened.address("/plan.ics")) { "calendar" } ", "
            a href=(opened.address("/registers/activity/export.csv")) { "CSV" } " or "
            a href=(opened.address("/registers/activity/export.xlsx")) { "spreadsheet" } "."
        }
    }
}

/// What a plan's address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
}

/// `GET /programmes/{programme}/plan`.
pub(super) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let plan = Read::of(&opened.entries);
    let conflicts = plan.conflicts();
    let main = html! {
        (views(&opened, View::Table, conflicts.len()))
        @if may(&caller, EDIT) {
            (Button { small: true, ..Button::link("Add an activity", opened.address("/registers/activity/new")) })
        }
        @if plan.activities.is_empty() && plan.unreadable.is_empty() {
            (nothing_yet(&caller, &opened))
        } @else {
            (standing(&opened, &plan, &conflicts))
            (unreadable(&opened, &plan))
            (filters(&opened, &asked.show))
            (table(&opened, &plan, &conflicts, &asked.show))
            (critical(&opened, &plan))
        }
        (milestones(&opened, &plan))
        p {
            "What waits for what is kept in the register of " a href=(opened.address("/registers/plan-dependency")) { "dependencies between activities" }
            ", and who can act only once somebody is appointed under " a href=(opened.address("/registers/appointment")) { "who is in place from when" } "."
        }
    };
    Ok(shell::page(&opened, Part::Plan, &main))
}

fn nothing_yet(caller: &Caller, opened: &Opened) -> Markup {
    let source = &opened.programme.unverified;
    html! {
        (InsetText::new(html! {
            p {
                "No activities are recorded."
                @if may(caller, EDIT) { " Add the first one, or " a href=(opened.address("/registers/activity/import")) { "import a spreadsheet" } "." }
                @else { " A programme manager records them." }
            }
            @if !source.is_empty() { p { (source) } }
        }))
    }
}

/// In sentences, how the plan stands.
fn standing(opened: &Opened, plan: &Read, conflicts: &[Finding]) -> Markup {
    let today = opened.today;
    let count = |is: &dyn Fn(&&Activity) -> bool| plan.activities.values().filter(is).count();
    let done = count(&|one| one.progress == Progress::Done);
    let overdue = count(&|one| one.days_overdue(today) > 0);
    let silent = count(&|one| one.is_silent(today));
    html! {
        p {
            (plan.activities.len()) " " (if plan.activities.len() == 1 { "activity" } else { "activities" })
            @if let Some((first, last)) = bounds(plan) { ", " (stretch(first, last)) }
            ": " (done) " done, " (overdue) " overdue"
            @if silent > 0 { ", and " (silent) " whose date has passed without a word on whether they were done" }
            "."
        }
        @if !conflicts.is_empty() {
            (WarningCallout::new(format!("The plan contradicts itself in {}", places(conflicts.len())), html! {
                ol { @for finding in conflicts { li { (told(finding, plan).why) } } }
                p { a href=(opened.address("/plan/conflicts")) { "See what each means and what would mend it" } }
            }).below_title())
        }
    }
}

fn places(count: usize) -> String {
    if count == 1 {
        "1 place".to_owned()
    } else {
        format!("{count} places")
    }
}

/// The first and the last day that dates of the plan can be.
pub(super) fn bounds(plan: &Read) -> Option<(Date, Date)> {
    let dates = plan.activities.values().filter_map(|one| {
        let due = one
            .of_plan
            .due
            .map(|due| (due.when.first(), due.when.last()));
        let start = one.of_plan.start.map(|start| (start, start));
        match (due, start) {
            (Some((first, last)), Some((start, _))) => Some((first.min(start), last.max(start))),
            (due, start) => due.or(start),
        }
    });
    dates.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

fn unreadable(opened: &Opened, plan: &Read) -> Markup {
    html! {
        @for (number, errors) in &plan.unreadable {
            (WarningCallout::new(format!("{}{number} cannot be read", ACTIVITY.prefix), html! {
                ul { @for error in errors { li { (error.message) } } }
                p { a href=(opened.entry_address(ACTIVITY.name, *number)) { "Put it right" } }
            }))
        }
    }
}

const FILTERS: [(&str, &str); 4] = [
    ("", "all"),
    ("open", "still to be done"),
    ("overdue", "overdue, or past without a word"),
    ("critical", "critical"),
];

fn filters(opened: &Opened, show: &str) -> Markup {
    html! {
        p {
            "Show: "
            @for (position, (code, words)) in FILTERS.iter().enumerate() {
                @if position > 0 { ", " }
                @if *code == show { strong { (words) } }
                @else if code.is_empty() { a href=(opened.address("/plan")) { (words) } }
                @else { a href={ (opened.address("/plan")) "?show=" (code) } { (words) } }
            }
        }
    }
}

fn table(opened: &Opened, plan: &Read, conflicts: &[Finding], show: &str) -> Markup {
    let schedule = plan.schedule().ok();
    let today = opened.today;
    let wanted = |activity: &&Activity| match show {
        "open" => activity.is_open(),
        "overdue" => activity.days_overdue(today) > 0 || activity.is_silent(today),
        "critical" => is_critical(schedule.as_ref(), activity),
        _ => true,
    };
    let shown: Vec<&Activity> = plan.activities.values().filter(wanted).collect();
    let columns = [
        Column::from("Activity"),
        "Responsible".into(),
        "When".into(),
        "How far".into(),
        Column::numeric("Float"),
        "Notes".into(),
    ];
    let rows = shown
        .iter()
        .map(|activity| row(opened, plan, (activity, schedule.as_ref()), conflicts));
    let caption = TableCaption {
        visually_hidden: true,
        id: Some("activities".to_owned()),
        ..TableCaption::from("Activities")
    };
    html! {
        @if shown.is_empty() {
            (InsetText::new("No activity is like that."))
        } @else {
            (Table { first_cell_is_header: true, scroll: true, compact: true, ..Table::new(caption, columns, rows) })
        }
    }
}

fn is_critical(schedule: Option<&Schedule>, activity: &Activity) -> bool {
    let placed = schedule.and_then(|all| all.tasks.get(&activity.of_plan.number));
    placed.is_some_and(|placed| placed.is_critical)
}

fn row(
    opened: &Opened,
    plan: &Read,
    (activity, schedule): (&Activity, Option<&Schedule>),
    conflicts: &[Finding],
) -> Vec<Cell> {
    let number = activity.of_plan.number;
    let href = opened.address(&format!("/plan/{number}"));
    let placed = schedule.and_then(|all| all.tasks.get(&number));
    let float = match placed {
        Some(placed) if activity.is_open() => days(placed.float).into(),
        _ => Cell::missing("None"),
    };
    let responsible = activity.of_plan.responsible.join("; ");
    vec![
        Cell::link(format!("{} {}", activity.reference(), activity.title), href),
        if responsible.is_empty() {
            Cell::missing("Nobody")
        } else {
            responsible.into()
        },
        Cell {
            sort_value: activity.of_plan.due.map(|due| due.when.iso()),
            ..when(activity).into()
        },
        html! { (how_far(activity, opened.today)) }.into(),
        float,
        html! { (notes(opened, plan, activity, (is_critical(schedule, activity), conflicts))) }
            .into(),
    ]
}

fn notes(
    opened: &Opened,
    plan: &Read,
    activity: &Activity,
    (critical, conflicts): (bool, &[Finding]),
) -> Markup {
    let number = activity.of_plan.number;
    let before: Vec<i64> = plan
        .dependencies
        .values()
        .filter(|one| one.after == number)
        .map(|one| one.before)
        .collect();
    html! {
        @if critical { strong { "Critical. " } }
        @for place in conflicts_of(number, conflicts) {
            a href={ (opened.address("/plan/conflicts")) "#conflict-" (place) } { "Conflict " (place) } " "
        }
        @if !before.is_empty() {
            "Waits for "
            @for (position, number) in before.iter().enumerate() {
                @if position > 0 { ", " }
                a href=(opened.address(&format!("/plan/{number}"))) { (ACTIVITY.prefix) (number) }
            }
        }
    }
}

/// The places, from 1, of the conflicts in which an activity takes part.
pub(super) fn conflicts_of(number: i64, conflicts: &[Finding]) -> Vec<usize> {
    let numbered = (1..).zip(conflicts);
    let of = numbered.filter(|(_, finding)| finding.activities().contains(&number));
    of.map(|(place, _)| place).collect()
}

/// How far an activity has got, as a tag.
pub(crate) fn how_far(activity: &Activity, today: Date) -> Markup {
    let overdue = activity.days_overdue(today);
    let percent = activity.percent.filter(|_| activity.is_open());
    let (words, colour) = match activity.progress {
        _ if overdue > 0 => (format!("Overdue by {}", days(overdue)), TagColour::Red),
        Progress::Done => ("Done".to_owned(), TagColour::Green),
        Progress::Stopped => ("Stopped".to_owned(), TagColour::Grey),
        Progress::Begun => ("In progress".to_owned(), TagColour::Blue),
        Progress::Waiting => ("Not started".to_owned(), TagColour::Grey),
        Progress::NotSaid if activity.is_silent(today) => {
            ("Date passed, no word".to_owned(), TagColour::Yellow)
        }
        Progress::NotSaid => ("Not said".to_owned(), TagColour::NoColour),
    };
    html! {
        (Tag::new(words, colour))
        @if let Some(percent) = percent { " " (percent) "%" }
        @if let (Progress::Done, Some(finished)) = (activity.progress, activity.of_plan.finished) { " on " (day(finished)) }
    }
}

/// The critical path, and what it rests on.
fn critical(opened: &Opened, plan: &Read) -> Markup {
    let (with, of) = plan.with_days();
    html! {
        (Heading { id: Some("critical-path".to_owned()), ..Heading::section("Critical path") })
        @match plan.schedule() {
            Err(error) => p { "There is none while the plan goes round. " (no_schedule(&error)) },
            Ok(schedule) => {
                p {
                    "A chain of activities, each waiting for the one before, that decides when all is done: " strong { (plan.end(&schedule)) } "."
                    " " (rests_on(with, of))
                }
                p { (floats_from(plan, opened.today)) }
                ol {
                    @for number in &schedule.path {
                        @if let Some(activity) = plan.activities.get(number) {
                            li { a href=(opened.address(&format!("/plan/{number}"))) { (activity.reference()) " " (activity.title) } ", " (when(activity)) }
                        }
                    }
                }
            }
        }
    }
}

/// What is known of how long things take.
pub(super) fn rests_on(with: usize, of: usize) -> String {
    match (with, of) {
        (_, 0) => String::new(),
        (0, _) => "No activity says how long it takes, so each stands at its own date, and floats say only how far dates are apart.".to_owned(),
        (with, of) if with == of => "Every activity says how long it takes.".to_owned(),
        (with, of) => format!("{with} of {of} activities say how long they take; the others stand at their own dates."),
    }
}

/// From which day floats count.
fn floats_from(plan: &Read, today: Date) -> String {
    let is_left = |one: &&Activity| one.of_plan.left.is_some();
    let said = plan.activities.values().filter(is_left).count();
    let open = plan.activities.values().filter(|one| one.is_open()).count();
    let from_today = format!("from today, {}", day(today));
    let from_dates = "from the day on which it can begin by its own date and by what it waits for";
    match said {
        0 => format!(
            "The float of an activity counts {from_dates}; nobody has said of any how far it has got."
        ),
        said if said == open => format!(
            "Floats count {from_today}: that is the first day on which what is left can be done."
        ),
        _ => format!(
            "The float of an activity counts {from_today}, where somebody says how far it has got, and otherwise {from_dates}."
        ),
    }
}

fn milestones(opened: &Opened, plan: &Read) -> Markup {
    let rows = plan.milestones.iter().map(|milestone| {
        let when = milestone
            .when
            .map_or_else(|| Cell::missing("No date"), |when| when.to_string().into());
        let reached = milestone
            .reached
            .map_or_else(|| Cell::missing("Not said"), |reached| day(reached).into());
        vec![
            Cell::link(
                milestone.title.as_str(),
                opened.entry_address("milestone", milestone.number),
            ),
            when,
            reached,
        ]
    });
    let columns = ["Milestone", "When", "Reached"].map(Column::from);
    html! {
        @if !plan.milestones.is_empty() {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new("Milestones", columns, rows) })
        }
    }
}
