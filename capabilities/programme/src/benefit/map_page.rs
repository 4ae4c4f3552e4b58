//! The benefits map: which activities make which outputs, which outcomes follow from these, and which benefits from those.

use axum::extract::Path;
use stour_design::chart::{At, Layer, LayerBox, LayersMap};
use stour_design::{Cell, Column, InsetText, Markup, Table, html};
use stour_register::{Around, Entry};
use stour_web::words::listed;
use stour_web::{Caller, Page, Problem};

use super::kind;
use super::parts::{LINK, OUTCOME, OUTPUT};
use super::shown::{message, standing};
use super::view::View;
use crate::governance::shell::{Part, page_below};
use crate::plan::kinds::ACTIVITY;

/// `GET /programmes/{programme}/benefits/map`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    let entries = &view.opened.entries;
    let registers = html! {
        p {
            "Kept in the registers of "
            a href=(view.opened.address("/registers/benefit-output")) { "outputs" } ", "
            a href=(view.opened.address("/registers/benefit-outcome")) { "outcomes" } " and "
            a href=(view.opened.address("/registers/benefit-link")) { "links" }
            ". Which activity makes which output is said in the register of "
            a href=(view.opened.address("/registers/activity")) { "activities" } "."
        }
    };
    let main = html! {
        @if entries.of_kind(LINK.name).next().is_none() {
            (InsetText::new("Nothing is linked yet. Add what the programme makes, what is different because of it, and the links between them and the benefits."))
        } @else {
            (drawing(&view))
            (table(&view))
            (loose(&view))
        }
        (registers)
    };
    Ok(page_below(
        &view.opened,
        Part::Benefits,
        "Benefits map",
        &main,
    ))
}

/// The place of an entry among those of its kind.
fn place(entries: &Around, kind: &str, number: &str) -> Option<usize> {
    let mut all = entries.of_kind(kind);
    all.position(|entry| entry.number.to_string() == number)
}

/// A link as two places of the drawing, whose layer of outputs is the one of that number.
fn drawn(entries: &Around, link: &Entry, outputs: usize) -> Option<(At, At)> {
    let outcome = (
        outputs + 1,
        place(entries, OUTCOME.name, link.get("outcome"))?,
    );
    match link.get("output") {
        "" => {
            let benefit = place(entries, kind::KIND.name, link.get("benefit"))?;
            Some((outcome, (outputs + 2, benefit)))
        }
        output => Some(((outputs, place(entries, OUTPUT.name, output)?), outcome)),
    }
}

/// The activities that make an output which is there.
fn making(entries: &Around) -> Vec<&Entry> {
    let all = entries.of_kind(ACTIVITY.name);
    all.filter(|one| place(entries, OUTPUT.name, one.get("makes")).is_some())
        .collect()
}

fn drawing(view: &View) -> Markup {
    let entries = &view.opened.entries;
    let boxes = |kind: &str| -> Vec<LayerBox> {
        let all = entries.of_kind(kind);
        all.map(|entry| LayerBox {
            label: entry.get("title").to_owned(),
            note: String::new(),
        })
        .collect()
    };
    let benefits = entries.of_kind(kind::KIND.name).map(|entry| LayerBox {
        label: entry.get("title").to_owned(),
        note: view
            .one(entry.number)
            .map_or_else(|_| String::new(), |(one, _)| message(one)),
    });
    let layer = |heading: &str, boxes: Vec<LayerBox>| Layer {
        heading: heading.to_owned(),
        boxes,
    };
    let making = making(entries);
    // Without a word on what makes the outputs, they are the first layer.
    let outputs = usize::from(!making.is_empty());
    let made = making.iter().enumerate().filter_map(|(at, one)| {
        let output = place(entries, OUTPUT.name, one.get("makes"))?;
        Some(((0, at), (outputs, output)))
    });
    let linked = entries
        .of_kind(LINK.name)
        .filter_map(|link| drawn(entries, link, outputs));
    let links: Vec<(At, At)> = made.chain(linked).collect();
    let activities = making.iter().map(|one| LayerBox {
        label: one.called(ACTIVITY),
        note: String::new(),
    });
    let activities = layer("Activities", activities.collect());
    let layers: Vec<Layer> = Some(activities)
        .filter(|layer| !layer.boxes.is_empty())
        .into_iter()
        .chain([
            layer("Outputs", boxes(OUTPUT.name)),
            layer("Outcomes", boxes(OUTCOME.name)),
            layer("Benefits and their measures", benefits.collect()),
        ])
        .collect();
    let named = [
        ("activity", "activities"),
        ("output", "outputs"),
        ("outcome", "outcomes"),
        ("benefit", "benefits"),
    ];
    let counts: Vec<String> = layers
        .iter()
        .zip(named.into_iter().skip(1 - outputs))
        .map(|(layer, (one, many))| match layer.boxes.len() {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        })
        .collect();
    let title = format!("{}: what leads to what", listed(&counts));
    html! {
        (LayersMap {
            id: "benefits-map".to_owned(),
            subtitle: "What the programme makes, what is different because of it, and by what that is seen".to_owned(),
            description: format!("{title}, with {} links; the table has each of them.", links.len()),
            title,
            layers,
            links,
        })
    }
}

/// Each benefit with the outcomes and outputs that lead to it.
fn table(view: &View) -> Markup {
    let entries = &view.opened.entries;
    let titles = |kind: &'static str, numbers: Vec<&str>| {
        html! {
            @for number in numbers {
                @if let Some(entry) = number.parse().ok().and_then(|number| entries.entry(kind, number)) {
                    a href=(view.opened.entry_address(kind, entry.number)) { (entry.get("title")) } br;
                }
            }
        }
    };
    let links = || entries.of_kind(LINK.name);
    let making = making(entries);
    let rows = view.all.iter().map(|one| {
        let number = one.benefit.number.to_string();
        let outcomes: Vec<&str> = links()
            .filter(|link| link.get("benefit") == number)
            .map(|link| link.get("outcome"))
            .collect();
        let mut outputs: Vec<&str> = links()
            .filter(|link| outcomes.contains(&link.get("outcome")))
            .map(|link| link.get("output"))
            .filter(|output| !output.is_empty())
            .collect();
        outputs.sort_unstable();
        outputs.dedup();
        let activities = making.iter().filter(|one| outputs.contains(&one.get("makes")));
        let activities = html! {
            @for one in activities { a href=(view.opened.address(&format!("/plan/{}", one.number))) { (one.called(ACTIVITY)) } br; }
        };
        vec![
            Cell::link(
                one.benefit.title.as_str(),
                view.address(one.benefit.number, ""),
            ),
            titles(OUTCOME.name, outcomes).into(),
            titles(OUTPUT.name, outputs).into(),
            activities.into(),
            html! { (standing(one)) }.into(),
        ]
    });
    html! {
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new("What leads to each benefit", ["Benefit", "Follows from the outcomes", "Made by the outputs", "Of the activities", "Stands"].map(Column::from), rows)
        })
    }
}

/// Outcomes and outputs that lead nowhere: work without a benefit.
fn loose(view: &View) -> Markup {
    let entries = &view.opened.entries;
    let of = |kind: &'static str, field: &'static str, other: &'static str| {
        let leads = move |entry: &&Entry| {
            let number = entry.number.to_string();
            let mut links = entries.of_kind(LINK.name);
            !links.any(|link| link.get(field) == number && !link.get(other).is_empty())
        };
        let found = entries.of_kind(kind).filter(leads);
        found.map(|entry| entry.get("title")).collect::<Vec<_>>()
    };
    let outputs = of(OUTPUT.name, "output", "outcome");
    let outcomes = of(OUTCOME.name, "outcome", "benefit");
    html! {
        @if !outputs.is_empty() { (InsetText::new(format!("Outputs that lead to nothing on the map: {}.", outputs.join("; ")))) }
        @if !outcomes.is_empty() { (InsetText::new(format!("Outcomes from which no benefit follows: {}.", outcomes.join("; ")))) }
    }
}
