//! The plan as a Gantt chart, with the baseline under it.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{Button, Details, Input, InsetText, Markup, Select, Width, html};
use stour_kernel::Date;
use stour_planning::When;
use stour_web::{Caller, Page, Problem};

use super::baseline::{Baseline, baselines};
use super::chart::{Drawn, Stretch};
use super::page::{View, rests_on, views};
use super::reading::Read;
use crate::governance::shell::{self, Opened, Part};

/// Which months, and beside which baseline.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// The number of a baseline, `none`, or nothing for the latest.
    #[serde(default)]
    baseline: String,
}

impl Asked {
    /// The days that were asked for.
    ///
    /// # Errors
    /// 400 where one is no month, or the last is before the first.
    fn within(&self) -> Result<Option<Stretch>, Problem> {
        let month = |text: &str| -> Result<Option<When>, Problem> {
            let text = text.trim();
            let read = |text: &str| text.parse::<When>().ok().filter(|when| when.is_month());
            match text {
                "" => Ok(None),
                text => read(text).map(Some).ok_or_else(|| {
                    Problem::malformed("Write a month as a year and a month, such as 2013-09.")
                }),
            }
        };
        let (from, to) = (month(&self.from)?, month(&self.to)?);
        let first = from.map_or(Date::MIN, When::first);
        let last = to.map_or(Date::MAX, When::last);
        if last < first {
            return Err(Problem::malformed(
                "The last month is before the first: turn them around.",
            ));
        }
        Ok((from.is_some() || to.is_some()).then_some((first, last)))
    }
}

/// `GET /programmes/{programme}/plan/chart`.
pub(super) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let within = asked.within()?;
    let all = kept(&caller, &opened).await?;
    let baseline = match asked.baseline.as_str() {
        "none" => None,
        "" => all.first(),
        number => {
            let wanted = all.iter().find(|one| one.number.to_string() == number);
            Some(wanted.ok_or_else(Problem::not_found)?)
        }
    };
    let plan = Read::of(&opened.entries);
    let conflicts = plan.conflicts();
    let drawn = Drawn {
        opened: &opened,
        plan: &plan,
        conflicts: &conflicts,
        schedule: plan.schedule().ok(),
        baseline,
    };
    let (with, of) = plan.with_days();
    let main = html! {
        (views(&opened, View::Chart, conflicts.len()))
        @match drawn.chart(within) {
            Some(chart) => {
                (chart)
                p { "A bar is as long as its date is loose, a month where only the month is known; or as long as the activity takes, up to its date. " (rests_on(with, of)) }
            },
            None => (InsetText::new("Nothing in the plan has a date in this time.")),
        }
        (choice(&opened, &asked, &all, baseline))
    };
    Ok(shell::page_below(
        &opened,
        Part::Plan,
        "The plan as a chart",
        &main,
    ))
}

/// Every baseline of an opened programme.
pub(super) async fn kept(caller: &Caller, opened: &Opened) -> Result<Vec<Baseline>, Problem> {
    let (scope, around) = (opened.scope.clone(), opened.entries.clone());
    let database = caller.house().database();
    Ok(database
        .read(move |tx| baselines(tx, (&scope, &around)))
        .await?)
}

fn choice(opened: &Opened, asked: &Asked, all: &[Baseline], baseline: Option<&Baseline>) -> Markup {
    let month = |name: &str, label: &str, value: &str| Input {
        hint: Some("For example, 2013-09".into()),
        width: Some(Width::Ten),
        ..Input::new(name, label).value(value)
    };
    let chosen = baseline.map(|one| one.number);
    let chosen = chosen.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let items = all
        .iter()
        .map(|one| {
            (
                one.number.to_string(),
                format!("{} {}", one.reference(), one.title),
            )
        })
        .chain([("none".to_owned(), "None".to_owned())]);
    let form = html! {
        form method="get" action=(opened.address("/plan/chart")) data-optional {
            (month("from", "From the month", &asked.from))
            (month("to", "To the month", &asked.to))
            @if !all.is_empty() {
                (Select::new("baseline", "Beside the baseline", items).selected(Some(&chosen)))
            }
            (Button { small: true, ..Button::secondary("Show") })
        }
    };
    html! { (Details::new("Choose the months and the baseline", form)) }
}
