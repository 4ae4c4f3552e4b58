//! What overlapping programmes did together, parted among them by estimates, with what nobody's estimate covers.

use std::collections::BTreeSet;

use axum::extract::Path;
use stour_benefits::{AttributionError, Effects, Quantity};
use stour_design::{Button, Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_web::{Caller, Page, Problem};

use super::EDIT;
use super::measured::Measured;
use super::parts::{EFFECT, programmes};
use super::view::View;
use crate::governance::shell::{Part, may, page_below};
use crate::governance::words::label;
use crate::shown::numbers;

/// `GET /programmes/{programme}/benefits/attribution`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    let estimated: Vec<&Measured> = view
        .all
        .iter()
        .filter(|one| estimates(&view, one).next().is_some())
        .collect();
    let main = html! {
        p {
            "Where programmes overlap, one change has several causes. An estimate says what some of them would have done without the others. "
            "From the estimates of every combination each programme’s part is worked out: what it adds when it comes, on average over every order in which they could have come (Shapley). "
            "What estimates do not cover stays apart."
        }
        @if estimated.is_empty() {
            (InsetText::new("There is no estimate yet. Add what each programme would have done alone, and each combination of them together, with how sure that is and its source."))
        }
        @for one in &estimated { (section(&view, one)) }
        p { a href=(view.opened.address("/registers/effect")) { "The register of estimates" } }
        @if may(&caller, EDIT) { (Button::link("Add an estimate", view.opened.address("/registers/effect/new"))) }
    };
    Ok(page_below(
        &view.opened,
        Part::Benefits,
        "Attribution",
        &main,
    ))
}

fn estimates<'v>(
    view: &'v View,
    one: &Measured,
) -> impl Iterator<Item = &'v stour_register::Entry> {
    let number = one.benefit.number.to_string();
    let all = view.opened.entries.of_kind(EFFECT.name);
    all.filter(move |entry| entry.get("benefit") == number)
}

/// The estimates of a benefit's change.
///
/// # Errors
/// What is missing of them.
pub(crate) fn effects(view: &View, one: &Measured) -> Result<Effects, AttributionError> {
    let read = estimates(view, one).filter_map(|entry| {
        let programmes: BTreeSet<String> = programmes(entry.get("programmes"));
        Some((programmes, entry.get("effect").parse::<Quantity>().ok()?))
    });
    Effects::new(read.collect::<Vec<_>>())
}

fn section(view: &View, one: &Measured) -> Markup {
    let parted = effects(view, one);
    let rows = estimates(view, one).map(|entry| {
        let effect = entry.get("effect").parse().ok();
        vec![
            Cell::link(
                entry.get("programmes"),
                view.opened.entry_address(EFFECT.name, entry.number),
            ),
            super::shown::figure(one, effect),
            label("evidence-grade", entry.get("evidence")).into(),
            Cell {
                break_words: true,
                ..entry.get("source").into()
            },
        ]
    });
    let columns = vec![
        Column::from("Programmes"),
        Column::numeric("Better by"),
        Column::from("How sure"),
        Column::from("Source"),
    ];
    html! {
        (Heading::section(one.benefit.title.as_str()))
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(format!("Estimates, {}", one.unit_words()).trim_end_matches(", "), columns, rows) })
        @match parted {
            Ok(effects) => { (parts(one, &effects)) },
            Err(why) => { (InsetText::new(format!("The parts cannot be worked out: {why}."))) },
        }
    }
}

fn parts(one: &Measured, effects: &Effects) -> Markup {
    let (Ok(shapley), Ok(apart)) = (effects.shapley(), effects.decomposed()) else {
        return html! { (InsetText::new("The estimates are too large to be parted.")) };
    };
    let observed = one.found.as_ref().and_then(|found| found.better_by);
    let rest = observed.and_then(|observed| observed.checked_sub(effects.together()));
    let rows = shapley
        .iter()
        .zip(&apart.alone)
        .map(|((name, part), (_, alone))| {
            vec![
                Cell::from(name.as_str()),
                one.written(*alone).into(),
                one.written(*part).into(),
            ]
        });
    let interaction = vec![
        Cell::from("What they do to each other"),
        one.written(apart.interaction).into(),
        Cell::missing("In the parts above"),
    ];
    let together = vec![
        Cell::from("Together, by the estimates"),
        one.written(effects.together()).into(),
        one.written(effects.together()).into(),
    ];
    let rows: Vec<Vec<Cell>> = rows.chain([interaction, together]).collect();
    html! {
        (numbers(&format!("Parts of {}", one.benefit.title), ["Programme", "Alone", "Its part"], rows))
        @match (observed, rest) {
            (Some(observed), Some(rest)) if rest >= Quantity::ZERO => {
                p { strong { "Attributed to nobody: " (one.written(rest)) } " of a change of " (one.written(observed)) " that was observed." }
            },
            (Some(observed), Some(rest)) => {
                p { strong { "The estimates exceed what was observed" } ": they come to " (one.written(effects.together())) ", and the change that was observed is " (one.written(observed)) ", " (one.written(Quantity::ZERO.checked_sub(rest).unwrap_or_default())) " less." }
            },
            _ => { p { "No change was observed yet, so nothing can be said of what is attributed to nobody." } },
        }
    }
}
