//! The page of a funding gap: what will be needed, what there is, and what measures would close.

use std::num::NonZeroUsize;

use stour_appraisal::{Draws, Gap, GapResult, GapYear, WaterfallStep, close_gap};
use stour_design::chart::{Bar, BarChart, BarKind, BarWords, Unit};
use stour_design::{Cell, Column, Heading, Markup, Table, html};
use stour_kernel::Pence;
use stour_web::{Caller, Page, Problem};

use crate::document::DocumentError;
use crate::document::opened::{Opened, heavy};
use crate::document::shell::{self, Part, may};
use crate::document::text_page::files;
use crate::shown::{
    Tile, heard, in_pounds, in_short, measured, money, numbers, of_hundred, percent, tiles, unknown,
};

/// Draws of what is uncertain, and their seed.
const DRAWS: (usize, u64) = (10_000, 1);

/// `GET /cases/{id}` of a funding gap.
pub(crate) async fn show(caller: &Caller, opened: &Opened, gap: &Gap) -> Result<Page, Problem> {
    let (gap, agreed) = (gap.clone(), opened.agreed_gap());
    let draws = Draws {
        count: NonZeroUsize::new(DRAWS.0).unwrap_or(NonZeroUsize::MIN),
        seed: DRAWS.1,
        threads: NonZeroUsize::MIN,
    };
    let work = move || {
        let agreed = agreed.as_ref().map(|gap| close_gap(gap, None, &|_| {}));
        Ok::<_, DocumentError>((close_gap(&gap, Some(draws), &|_| {})?, agreed.transpose()?))
    };
    let (found, agreed) = heavy(work).await??;
    let main = html! {
        (headline(&found, agreed.as_ref()))
        (waterfall(&found))
        (years(&found))
        (partners(&found))
        (settings(&found))
        (groups(&found))
        (remaining(&found))
        (unknown(&found.unknown))
        (sources(&found))
        (files(opened, may(caller, "case.edit") && opened.is_latest()))
    };
    Ok(shell::page(opened, Part::Summary, &main))
}

/// The gap before any measure, and what is left of it.
fn ends(found: &GapResult) -> (Pence, Pence) {
    let amount = |step: Option<&WaterfallStep>| step.map_or(Pence::ZERO, |step| step.amount);
    (
        amount(found.waterfall.first()),
        amount(found.waterfall.last()),
    )
}

fn headline(found: &GapResult, agreed: Option<&GapResult>) -> Markup {
    let (open, left) = ends(found);
    let was = |which: fn((Pence, Pence)) -> Pence| {
        agreed.map(|agreed| format!("Agreed: {}", in_short(which(ends(agreed)))))
    };
    let base = found.years.first().map(|year| Tile {
        number: in_short(year.needed),
        label: format!("needed in {}", year.year),
        note: None,
    });
    let list: Vec<Tile> = base
        .into_iter()
        .chain([
            Tile {
                number: in_short(open),
                label: format!("gap in {} before any measure", found.target_year),
                note: was(|(open, _)| open),
            },
            Tile {
                number: in_short(left),
                label: format!("gap that is left in {}", found.target_year),
                note: was(|(_, left)| left),
            },
        ])
        .collect();
    html! {
        (tiles(&list))
        p {
            "Source: " (found.source) ". What is needed grows by "
            (measured(&found.yearly_growth, |part| percent((part * 10_000.0).round() / 10_000.0)))
            " a year."
        }
    }
}

/// From the gap before any measure to what is left of it.
fn waterfall(found: &GapResult) -> Markup {
    let (open, left) = ends(found);
    let last = found.waterfall.len().saturating_sub(1);
    let mut reached = 0.0;
    let bars: Vec<Bar> = found
        .waterfall
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let amount = in_pounds(step.amount);
            let is_end = place == 0 || place == last;
            let from = if is_end { 0.0 } else { reached };
            reached = from + amount;
            let kind = match amount {
                _ if is_end => BarKind::Total,
                amount if amount > 0.0 => BarKind::Adds,
                _ => BarKind::Takes,
            };
            Bar {
                from,
                kind,
                cells: vec![money(step.amount)],
                ..Bar::amount(step.name.as_str(), Some(reached), in_short(step.amount))
            }
        })
        .collect();
    let title = if open.as_i64() <= 0 {
        "What is needed is funded before any measure".to_owned()
    } else if left.as_i64() <= 0 {
        format!("The measures close the gap of {}", in_short(open))
    } else {
        format!("Of a gap of {}, {} is left", in_short(open), in_short(left))
    };
    let chart = BarChart {
        unit: Unit::MONEY,
        words: BarWords::GAP,
        connected: true,
        columns: vec!["Step".to_owned(), "Amount".to_owned()],
        description:
            "From the gap before any measure to what is left; the table below has the numbers."
                .to_owned(),
        ..BarChart::new(
            "waterfall",
            title,
            format!(
                "Each measure by itself in {}, and what the measures do to each other, in {} prices",
                found.target_year, found.price_base
            ),
            bars,
        )
    };
    html! { (chart) }
}

fn years(found: &GapResult) -> Markup {
    let restated = found.shown_in.as_deref();
    let mut columns = ["Year", "Needed", "Funded", "Gap"]
        .map(str::to_owned)
        .to_vec();
    if let Some(year) = restated {
        columns.push(format!("Needed, in {year} prices"));
        columns.push(format!("Gap, in {year} prices"));
    }
    let rows = found.years.iter().map(|year| {
        let mut cells: Vec<Cell> = vec![
            year.year.as_str().into(),
            money(year.needed).into(),
            money(year.funded).into(),
            money(year.gap).into(),
        ];
        if restated.is_some() {
            for one in [&year.needed_restated, &year.gap_restated] {
                cells.push(match one.value {
                    Some(amount) => money(amount).into(),
                    None => Cell::missing("Not known"),
                });
            }
        }
        cells
    });
    let mut years = found.years.iter();
    let why = years.find_map(|year| year.gap_restated.why_not.as_deref());
    html! {
        (Heading::section("Year by year"))
        p { "Before any measure, in " (found.price_base) " prices." }
        (numbers("Year by year", columns.iter().map(String::as_str), rows))
        @if let (Some(year), Some(why)) = (restated, why) { p { "In " (year) " prices it is not known: " (why) "." } }
    }
}

fn partners(found: &GapResult) -> Markup {
    let Some(target) = found.years.last() else {
        return html! {};
    };
    let rows = target.partners.iter().map(|(partner, [needed, funded])| {
        vec![
            Cell::from(partner.as_str()),
            money(*needed).into(),
            money(*funded).into(),
            less(*needed, *funded),
        ]
    });
    html! {
        (Heading::section(format!("Partner by partner, {}", target.year)))
        (numbers("Partner by partner", ["Partner", "Needed", "Funded", "Gap"], rows))
    }
}

/// An amount less another.
fn less(amount: Pence, other: Pence) -> Cell {
    let difference = amount.checked_sub(other);
    difference.map_or_else(|| Cell::missing("Too large"), |it| money(it).into())
}

fn settings(found: &GapResult) -> Markup {
    let Some(target) = found.years.last().filter(|year| !year.settings.is_empty()) else {
        return html! {};
    };
    let at = |year: &GapYear, setting: &str, which: usize| {
        let parts = year.settings.get(setting);
        let part = parts.and_then(|parts| parts.get(which));
        part.map_or_else(
            || Cell::missing("None"),
            |part| format!("{:.1}%", part * 100.0).into(),
        )
    };
    let rows = target.settings.keys().map(|setting| {
        let base = found.years.first().map(|year| at(year, setting, 0));
        vec![
            Cell::from(setting.as_str()),
            base.unwrap_or_default(),
            at(target, setting, 0),
            at(target, setting, 1),
        ]
    });
    let columns = [
        "Setting",
        "At first",
        "In the target year",
        "With every measure",
    ];
    html! {
        (Heading::section("Where care is given"))
        p { "The part of what demand costs that each setting has." }
        (numbers("Where care is given", columns, rows))
    }
}

fn groups(found: &GapResult) -> Markup {
    let of = |year: &GapYear| -> Vec<Vec<Cell>> {
        let row = |group: &stour_appraisal::Group| {
            vec![
                Cell::from(group.name.as_str()),
                year.year.as_str().into(),
                group.age.as_str().into(),
                group.need.as_str().into(),
                Unit::COUNT.value(group.people).into(),
                money(group.cost).into(),
            ]
        };
        year.groups.iter().map(row).collect()
    };
    let rows: Vec<Vec<Cell>> = found.years.iter().flat_map(of).collect();
    let columns = vec![
        Column::from("Demand"),
        "Year".into(),
        "Age".into(),
        "Need".into(),
        Column::numeric("People"),
        Column::numeric("Cost"),
    ];
    html! {
        @if !rows.is_empty() {
            (Heading::section("Demand by age and need"))
            (Table { first_cell_is_header: true, compact: true, responsive: true, ..Table::new(heard("Demand by age and need"), columns, rows) })
        }
    }
}

fn remaining(found: &GapResult) -> Markup {
    html! {
        (Heading::section("How sure"))
        @match (&found.remaining.value, &found.remaining.why_not) {
            (Some(spread), _) => {
                p {
                    "With what is uncertain drawn 10,000 times from seed " (DRAWS.1)
                    ", the gap that is left is between " (money(spread.p10)) " and " (money(spread.p90))
                    " in 8 of 10 draws, and " (money(spread.p50)) " in the middle. It is open in "
                    (of_hundred(spread.probability_above_zero)) " of 100 draws."
                }
            },
            (None, why) => { p { "Not known: " (why.as_deref().unwrap_or_default()) "." } },
        }
    }
}

fn sources(found: &GapResult) -> Markup {
    html! {
        (Heading::section("Where each figure comes from"))
        ul.nhsuk-list.nhsuk-list--bullet { @for source in found.sources.values() { li { (source) } } }
    }
}
