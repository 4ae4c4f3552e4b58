//! The page on whether the model's probabilities are right, and how often a link is wrong.

use std::ops::RangeInclusive;

use stour_access::Resource;
use stour_design::chart::{Bar, BarChart, Unit};
use stour_design::{Heading, InsetText, Markup, html};
use stour_web::{Caller, Page, Problem};

use super::calibration::{Answered, Band, EDGES, answered};
use super::explanation::percent;
use super::quality::rate;
use super::quality_page::{WITHHELD, in_percent, small_for, with_interval};
use super::withhold::withhold;
use super::{labels::labels, model_page, settings};
use crate::words;

/// GET /matching/calibration
pub(crate) async fn page(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let read = caller
        .house()
        .database()
        .read(|tx| Ok::<_, Problem>((answered(tx)?, labels(tx)?.len())));
    let (answered, examples) = read.await?;
    let settings = settings()?;
    let small = small_for(&caller, &settings.small);
    let may_export = small.is_none();
    let model = if may_export {
        model_page::section(&caller).await?
    } else {
        html! {}
    };
    let all: u64 = answered.bands.iter().map(|band| band.all()).sum();
    let main = html! {
        (Heading::page("Whether the model’s probabilities are right"))
        p { "For each pair the model gives a probability that it is one person’s. Humans then answered. Where both agree, of the pairs that the model calls 90% probable nine in ten are one person." }
        @if all < settings.too_few {
            (InsetText::new(too_few(all, small.as_ref())))
        } @else {
            (bands(&answered.bands, small.as_ref()))
            p { "Pairs that the model was sure of are not reviewed, save by sample: the lowest and highest bands say little until samples have been checked." }
        }
        (steps(&answered, small.as_ref()))
        (model)
        (retraining(examples, may_export))
        @if small.is_some() { p.nhsuk-body-s { (settings.small_rule) } }
        p { a href="/matching/quality" { "How well records are matched, by group" } }
    };
    Ok(Page::new("Whether the model’s probabilities are right", main).wide())
}

fn too_few(all: u64, small: Option<&RangeInclusive<u64>>) -> String {
    let count = if all == 0 {
        "No pair with a probability has been answered yet".to_owned()
    } else if small.is_some_and(|small| small.contains(&all)) {
        "Only a few pairs with a probability have been answered".to_owned()
    } else {
        format!("Only {all} with a probability answered so far")
    };
    format!("{count}: too few to judge the model by. Look again when more have been reviewed.")
}

fn band_label(place: usize) -> String {
    let from = EDGES.get(place).copied().unwrap_or_default();
    match EDGES.get(place.saturating_add(1)) {
        Some(to) if place > 0 => format!("{} to {}", percent(from), percent(*to)),
        Some(to) => format!("Under {}", percent(*to)),
        None => format!("{} and over", percent(from)),
    }
}

fn bands(bands: &[Band], small: Option<&RangeInclusive<u64>>) -> BarChart {
    let rows: Vec<Vec<u64>> = bands
        .iter()
        .map(|band| vec![band.all(), band.same, band.different])
        .collect();
    let held = held(&rows, small);
    let is_held = |place: usize| held.get(place).copied().unwrap_or(true);
    let bars: Vec<Bar> = bands
        .iter()
        .enumerate()
        .map(|(place, band)| bar(place, *band, is_held(place)))
        .collect();
    BarChart {
        unit: Unit::PERCENT,
        mark_word: "What the model predicted on average",
        columns: [
            "Predicted",
            "Pairs",
            "One person",
            "Two people",
            "Answered as one",
            "Predicted on average",
        ]
        .map(str::to_owned)
        .to_vec(),
        description: format!(
            "{} bands of predicted probability. The table has their numbers.",
            bars.len()
        ),
        open: true,
        ..BarChart::new(
            "calibration",
            headline(bands, &is_held),
            "Share of pairs that humans answered as one person, by predicted probability, with 95% intervals",
            bars,
        )
    }
}

fn held(rows: &[Vec<u64>], small: Option<&RangeInclusive<u64>>) -> Vec<bool> {
    match small {
        Some(small) => withhold(rows, small),
        None => vec![false; rows.len()],
    }
}

fn bar(place: usize, band: Band, is_held: bool) -> Bar {
    let rate = rate(band.same, band.all()).filter(|_| !is_held);
    let (written, cells) = match rate {
        _ if is_held => (WITHHELD.to_owned(), vec![WITHHELD.to_owned(); 5]),
        None => {
            let none = || String::new();
            (
                "No pairs".to_owned(),
                vec!["0".to_owned(), none(), none(), none(), none()],
            )
        }
        Some(rate) => (
            in_percent(rate.value),
            vec![
                band.all().to_string(),
                band.same.to_string(),
                band.different.to_string(),
                with_interval(rate),
                band.predicted().map(percent).unwrap_or_default(),
            ],
        ),
    };
    Bar {
        interval: rate.map(|rate| (rate.lower * 100.0, rate.upper * 100.0)),
        mark: rate.and(band.predicted()).map(|share| share * 100.0),
        cells,
        ..Bar::amount(
            band_label(place),
            rate.map(|rate| rate.value * 100.0),
            written,
        )
    }
}

/// Whether what was predicted lies outside the interval of what was answered, and on which side.
fn headline(bands: &[Band], is_held: &impl Fn(usize) -> bool) -> String {
    let (mut sure, mut unsure) = (0_usize, 0_usize);
    let shown = bands
        .iter()
        .enumerate()
        .filter(|(place, _)| !is_held(*place));
    for (_, band) in shown {
        if let (Some(rate), Some(predicted)) = (rate(band.same, band.all()), band.predicted()) {
            sure = sure.saturating_add(usize::from(predicted > rate.upper));
            unsure = unsure.saturating_add(usize::from(predicted < rate.lower));
        }
    }
    match (sure, unsure) {
        (0, 0) => "What the model predicts is borne out",
        (_, 0) => "The model is surer of one person than humans are",
        (0, _) => "The model is less sure of one person than humans are",
        _ => "The model is too sure in some bands and not enough in others",
    }
    .to_owned()
}

/// How often a link that no human made was found wrong, by the step that made it.
fn steps(answered: &Answered, small: Option<&RangeInclusive<u64>>) -> Markup {
    let rows: Vec<Vec<u64>> = answered
        .steps
        .values()
        .map(|(right, wrong)| vec![right.saturating_add(*wrong), *right, *wrong])
        .collect();
    let held = held(&rows, small);
    let bars: Vec<Bar> = answered
        .steps
        .iter()
        .zip(&held)
        .map(|((step, (right, wrong)), held)| step_bar(step, [*right, *wrong], *held))
        .collect();
    html! {
        @if bars.is_empty() {
            (Heading::section("How often a link without a human is wrong"))
            (InsetText::new("No sample has been checked yet. The records team can put one in its queue, at the foot of the page of records to review."))
        } @else {
            (BarChart {
                unit: Unit::PERCENT,
                columns: ["Way of linking", "Checked", "Wrong", "Share wrong"].map(str::to_owned).to_vec(),
                description: "The share of checked links that were wrong, by way of linking.".to_owned(),
                open: true,
                ..BarChart::new(
                    "false-links",
                    "How often a link without a human is wrong",
                    "Share of sampled links that humans found wrong, by way of linking, with 95% intervals",
                    bars,
                )
            })
        }
    }
}

fn step_bar(step: &str, [right, wrong]: [u64; 2], is_held: bool) -> Bar {
    let all = right.saturating_add(wrong);
    let rate = rate(wrong, all).filter(|_| !is_held);
    let written = rate.map_or_else(|| WITHHELD.to_owned(), |rate| in_percent(rate.value));
    let cells = rate.map_or_else(
        || vec![WITHHELD.to_owned(); 3],
        |rate| vec![all.to_string(), wrong.to_string(), with_interval(rate)],
    );
    Bar {
        interval: rate.map(|rate| (rate.lower * 100.0, rate.upper * 100.0)),
        cells,
        ..Bar::amount(
            step_name(step),
            rate.map(|rate| rate.value * 100.0),
            written,
        )
    }
}

fn step_name(step: &str) -> String {
    match step {
        "local-number" => "Organisation’s own number".to_owned(),
        "cross-check" => "NHS number, birth date and name".to_owned(),
        "exact" => "Equal details".to_owned(),
        "probabilistic" => "Weight of evidence".to_owned(),
        other => words::capital(other),
    }
}

fn retraining(examples: usize, may_export: bool) -> Markup {
    let examples = u64::try_from(examples).unwrap_or(u64::MAX);
    html! {
        (Heading::section("What training the model anew would do"))
        @if may_export {
            p { (examples) (if examples == 1 { " answer" } else { " answers" }) " can be learnt from: the latest word on each pair, and every checked link." }
        }
        p { "Training estimates anew how often each field agrees by chance and how often it agrees for one person. Pairs would get other probabilities; what humans have answered would not change, and no link would be made or ended by it. Nothing is trained without somebody asking for it." }
        @if may_export {
            p { a href="/reviews/labels.csv" download { "Download the answers as CSV" } ", identifiers only, for " code { "stour link" } "." }
        }
    }
}
