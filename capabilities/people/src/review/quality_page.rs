//! The page on how well matching serves each group, and whether that changes.

use std::ops::RangeInclusive;

use axum::extract::Query;
use serde::Deserialize;
use stour_access::Resource;
use stour_design::chart::{Bar, BarChart, Unit};
use stour_design::{Button, Heading, InsetText, Markup, Select, html};
use stour_kernel::Timestamp;
use stour_statistics::proportion::Proportion;
use stour_web::{Caller, Page, Problem};

use super::quality::{Counts, Dimension, Tally, rate, tally};
use super::settings;
use super::withhold::withhold;

/// The periods that can be chosen, in days.
const PERIODS: [(&str, &str); 3] = [
    ("30", "The last 30 days"),
    ("90", "The last 90 days"),
    ("365", "The last 365 days"),
];
const USUAL: u64 = 90;

/// The period that is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    days: String,
}

/// Which counts a reader may not see: none for somebody who may open the records behind them.
pub(crate) fn small_for(
    caller: &Caller,
    small: &RangeInclusive<u64>,
) -> Option<RangeInclusive<u64>> {
    let may_open = "match.review"
        .parse()
        .is_ok_and(|review| caller.may(review, &Resource::House));
    (!may_open).then(|| small.clone())
}

/// GET /matching/quality
pub(crate) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let days = PERIODS
        .iter()
        .filter_map(|(days, _)| days.parse::<u64>().ok())
        .find(|days| asked.days == days.to_string())
        .unwrap_or(USUAL);
    let since = caller
        .now()
        .checked_sub(std::time::Duration::from_secs(days.saturating_mul(86_400)))
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let tally = caller
        .house()
        .database()
        .read(move |tx| tally(tx, since))
        .await?;
    let settings = settings()?;
    let small = small_for(&caller, &settings.small);
    let main = html! {
        (Heading::page("How well records are matched"))
        p { "Every record that an organisation sent was linked to a known person, held for a human to look at, or taken for somebody new. A group with more of the last two has its history in pieces more often." }
        form method="get" action="/matching/quality" {
            (Select::new("days", "Period", PERIODS.map(|(days, words)| (days.to_owned(), words.to_owned()))).selected(Some(&days.to_string())))
            (Button::secondary("Show"))
        }
        @if tally.all.all < settings.too_few {
            (too_few(tally.all.all, small.as_ref()))
        } @else {
            p { (Unit::COUNT.value(real(tally.all.all))) " records were sent in this time. With so many groups, one in twenty stands out by chance alone." }
            @for dimension in Dimension::ALL { (chart(&tally, dimension, small.as_ref())) }
            @if small.is_some() { p.nhsuk-body-s { (settings.small_rule) } }
        }
        p { a href="/matching/calibration" { "Whether the model’s probabilities are right" } }
    };
    Ok(Page::new("How well records are matched", main).wide())
}

fn too_few(all: u64, small: Option<&RangeInclusive<u64>>) -> InsetText {
    let count = match all {
        0 => "No record was".to_owned(),
        all if small.is_some_and(|small| small.contains(&all)) => {
            "Only a few records were".to_owned()
        }
        1 => "Only 1 record was".to_owned(),
        all => format!("Only {all} records were"),
    };
    InsetText::new(format!(
        "{count} sent by an organisation in this time: too few to say anything of groups. Choose a longer period, or look again when more have come."
    ))
}

/// The rates of each group of a dimension: drawn are those held for a human, in the table are all three.
fn chart(tally: &Tally, dimension: Dimension, small: Option<&RangeInclusive<u64>>) -> Markup {
    let Some(groups) = tally.groups.get(&dimension) else {
        return html! {};
    };
    let rows: Vec<Vec<u64>> = groups.values().map(|counts| counts.cells()).collect();
    let held = match small {
        Some(small) => withhold(&rows, small),
        None => vec![false; rows.len()],
    };
    let overall = rate(tally.all.held, tally.all.all);
    let shown: Vec<Shown<'_>> = groups
        .iter()
        .zip(&held)
        .map(|(((_, label), counts), held)| Shown {
            label,
            counts: *counts,
            is_held: *held,
        })
        .collect();
    let bars = shown.iter().map(|row| row.bar(overall)).collect();
    let words = dimension.words();
    html! {
        (BarChart {
            unit: Unit::PERCENT,
            mark_word: "All groups together",
            columns: [words, "Records", "Linked", "Held for a human", "New"].map(str::to_owned).to_vec(),
            description: format!("{} groups by {}. The table has their numbers.", groups.len(), dimension.within()),
            open: true,
            ..BarChart::new(
                dimension.id(),
                headline(&shown, overall, words),
                format!("Share of records held for a human, by {}, with 95% intervals", dimension.within()),
                bars,
            )
        })
    }
}

/// A group as it may be shown.
struct Shown<'t> {
    label: &'t str,
    counts: Counts,
    is_held: bool,
}

impl Shown<'_> {
    /// A count unless it is withheld.
    fn count(&self, column: usize) -> Option<u64> {
        let count = self.counts.cells().get(column).copied();
        count.filter(|_| !self.is_held)
    }

    fn rate(&self, column: usize) -> Option<Proportion> {
        rate(self.count(column)?, self.count(0)?)
    }

    fn cell(&self, column: usize) -> String {
        match (self.count(column), self.rate(column)) {
            (Some(count), Some(rate)) => format!("{count} ({})", with_interval(rate)),
            (Some(count), None) => count.to_string(),
            _ => WITHHELD.to_owned(),
        }
    }

    fn bar(&self, overall: Option<Proportion>) -> Bar {
        let rate = self.rate(2);
        let written = rate.map_or_else(|| WITHHELD.to_owned(), |rate| in_percent(rate.value));
        let all = self.count(0);
        Bar {
            interval: rate.map(|rate| (rate.lower * 100.0, rate.upper * 100.0)),
            mark: rate.and(overall).map(|overall| overall.value * 100.0),
            cells: std::iter::once(all.map_or_else(|| WITHHELD.to_owned(), |all| all.to_string()))
                .chain((1..=3).map(|column| self.cell(column)))
                .collect(),
            ..Bar::amount(self.label, rate.map(|rate| rate.value * 100.0), written)
        }
    }
}

/// What stands in place of a count that is not shown.
pub(crate) const WITHHELD: &str = "Withheld";

pub(crate) fn in_percent(share: f64) -> String {
    Unit::PERCENT.value(share * 100.0)
}

/// `12.5%, 10.0 to 15.2`.
pub(crate) fn with_interval(rate: Proportion) -> String {
    let [lower, upper] = [rate.lower, rate.upper].map(|end| Unit::MEASURE.value(end * 100.0));
    format!("{}, {lower} to {upper}", in_percent(rate.value))
}

/// Which group stands out, if one does: its whole interval lies beyond the rate of all.
fn headline(shown: &[Shown<'_>], overall: Option<Proportion>, words: &str) -> String {
    let Some(overall) = overall else {
        return format!("{words}: nothing was sent");
    };
    let rated = || shown.iter().filter_map(|row| Some((row, row.rate(2)?)));
    let above = rated()
        .filter(|(_, rate)| rate.lower > overall.value)
        .max_by(|(_, one), (_, other)| one.lower.total_cmp(&other.lower));
    let below = rated()
        .filter(|(_, rate)| rate.upper < overall.value)
        .min_by(|(_, one), (_, other)| one.upper.total_cmp(&other.upper));
    match (above, below) {
        (Some((row, _)), _) => format!("{words}: “{}” is held most often", row.label),
        (None, Some((row, _))) => format!("{words}: “{}” is held least often", row.label),
        (None, None) if shown.len() < 2 => format!("{words}: there is one group only"),
        (None, None) if shown.iter().any(|row| row.is_held) => {
            format!("{words}: too many groups are withheld to say")
        }
        (None, None) => format!("{words}: no group stands out"),
    }
}

/// A count for a chart.
pub(crate) fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests;
