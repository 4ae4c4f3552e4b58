//! What changed in a programme since a day.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{Button, Heading, InsetText, Markup, html};
use stour_kernel::Date;
use stour_register::Kind;
use stour_web::words::{day, moment};
use stour_web::{Caller, Page, Problem, TypedDate};

use super::changed::{Change, changes};
use super::issued::{From, gather};
use super::since::Since;
use crate::governance::shell::{self, Opened, Part};

/// The most changes that are told one by one.
const MOST: usize = 300;

/// From which day: three parts as forms send them, or nothing for the last board.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "since-day")]
    day: String,
    #[serde(default, rename = "since-month")]
    month: String,
    #[serde(default, rename = "since-year")]
    year: String,
}

impl Asked {
    fn typed(&self) -> TypedDate {
        TypedDate::typed([&self.day, &self.month, &self.year])
    }

    /// The day that was asked for.
    ///
    /// # Errors
    /// 400 when it is none.
    fn since(&self) -> Result<Option<Date>, Problem> {
        let typed = self.typed();
        if typed.is_empty() {
            return Ok(None);
        }
        let date = typed.date();
        date.map(Some)
            .map_err(|error| Problem::malformed(format!("{error}.")))
    }
}

/// `GET /programmes/{programme}/changes`.
pub(super) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let (since, all) = if let Some(day) = asked.since()? {
        let since = Since::asked(day);
        let (scope, after) = (opened.scope.clone(), since.moment());
        let database = caller.house().database();
        let read = database.read(move |tx| changes(tx, &scope, after));
        (since, read.await?)
    } else {
        let live = gather(&caller, &opened, From::Board).await?;
        (live.since, live.changes)
    };
    let real: Vec<&Change> = all.iter().filter(|change| change.is_real()).collect();
    let main = html! {
        p { "What is different " (since.words) "." }
        form method="get" action=(opened.address("/changes")) data-optional {
            @let input = asked.typed().input("since", "Since another day");
            (stour_design::DateInput { hint: Some("For example, 27 11 2026".into()), ..input })
            (Button { small: true, ..Button::secondary("Show") })
        }
        @if real.is_empty() {
            (InsetText::new(format!("Nothing in the registers is different from what it was on {}.", day(since.day))))
        } @else {
            p { (counts(&real)) }
            @if real.len() > MOST { p { "The latest " (MOST) " are told one by one." } }
            @for (kind, of_kind) in by_kind(&real) {
                (Heading::section(kind.many))
                ul { @for change in of_kind { li { (told(&opened, kind, change)) } } }
            }
        }
    };
    Ok(shell::page_below(
        &opened,
        Part::Here,
        "What changed",
        &main,
    ))
}

/// How many were added, changed and removed, in a sentence.
pub(super) fn counts(all: &[&Change]) -> String {
    let of = |what: &str| all.iter().filter(|change| change.what() == what).count();
    format!(
        "{} added, {} changed, {} removed.",
        of("Added"),
        of("Changed"),
        of("Removed")
    )
}

/// Changes by kind, in the order in which a programme has its kinds.
pub(super) fn by_kind<'a>(all: &[&'a Change]) -> Vec<(&'static Kind, Vec<&'a Change>)> {
    let mut by_name: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in all.iter().take(MOST) {
        by_name
            .entry(change.now.kind.as_str())
            .or_default()
            .push(change);
    }
    crate::kinds()
        .filter_map(|kind| Some((kind, by_name.remove(kind.name)?)))
        .collect()
}

/// One change: what, by whom, when and why, and which fields.
pub(super) fn told(opened: &Opened, kind: &'static Kind, change: &Change) -> Markup {
    let now = &change.now;
    let fields = change.fields(kind);
    html! {
        (change.what()) ": "
        a href=(opened.entry_address(kind.name, now.number)) { (now.reference(kind)) " " (short(now.get(kind.title))) }
        " by " (now.by.name) ", " (moment(now.at))
        @if change.times > 1 { ", the last of " (change.times) " times" }
        @if !now.why.is_empty() { ". Why: " (now.why) }
        @if !fields.is_empty() {
            ul {
                @for (label, was, is) in fields {
                    li { (label) ": " (quoted(&was)) " → " (quoted(&is)) }
                }
            }
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() {
        "nothing".to_owned()
    } else {
        format!("“{}”", short(text))
    }
}

/// The beginning of a long text.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let begins: String = text.chars().take(LONGEST).collect();
    format!("{}…", begins.trim_end())
}
