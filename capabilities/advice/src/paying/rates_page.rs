//! Every rate, where it is from, and what is missing.

use axum::extract::Query;
use serde::Deserialize;
use stour_charging::{Kind, Rates, Standing};
use stour_design::{Button, Cell, Heading, Label, Markup, Select, Table, Tag, TagColour, html};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::page::shipped;

/// Which council, on which day.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    council: Option<String>,
    on: Option<String>,
}

/// `GET /paying-for-care/rates`.
pub(crate) async fn show(visitor: Visitor, Query(which): Query<Which>) -> Result<Page, Problem> {
    let tables = shipped()?;
    let councils = tables.councils();
    let first = councils.first().map(|(code, _)| *code);
    let asked = which.council.as_deref();
    let chosen = asked.filter(|code| !code.is_empty()).or(first);
    let chosen = chosen.unwrap_or_default();
    let on: Date = match which.on.as_deref() {
        None | Some("") => visitor.today(),
        Some(text) => text
            .parse()
            .map_err(|_| Problem::malformed("Write the day as 2025-06-02."))?,
    };
    let rates = tables.on(chosen, on).ok_or_else(Problem::not_found)?;
    let name = councils.iter().find(|(code, _)| *code == chosen);
    let name = name.map_or("", |(_, name)| *name);
    let title = "Rates for paying for care";
    let main = html! {
        (Heading::page(title).caption(name))
        p { "The rates of " (name) " on " (day(on)) ". Where we have not seen a rate, we say so and ask you for it: we do not guess." }
        form method="get" action="/paying-for-care/rates" {
            (Select::new("council", Label::new("Council"), councils.iter().copied()).selected(Some(chosen)))
            input type="hidden" name="on" value=(on);
            (Button::secondary("Show"))
        }
        (table(tables.kinds(), &rates))
        (Heading::section("What counts as income"))
        (incomes(&rates))
    };
    Ok(Page::new(title, main).back("/paying-for-care").wide())
}

fn table(kinds: &[Kind], rates: &Rates<'_>) -> Markup {
    let rows = kinds.iter().map(|kind| {
        let Some(rate) = rates.published(&kind.code) else {
            let missing = if kind.choice {
                "We do not know whether the council has one"
            } else {
                "Not known here"
            };
            return vec![
                kind.label.as_str().into(),
                Cell::missing(missing),
                "".into(),
                html! { (Tag::new("Missing", TagColour::Grey)) }.into(),
                "".into(),
            ];
        };
        let note = rate.note.as_deref().map(|note| format!(" {note}"));
        vec![
            kind.label.as_str().into(),
            rate.amount.to_string().into(),
            period(rate.period).into(),
            html! { (standing(rate.standing(rates.day()))) }.into(),
            format!("{}.{}", rate.source, note.unwrap_or_default()).into(),
        ]
    });
    let columns = ["Rate", "Amount", "When", "Status", "Where it is from"];
    html! {
        (Table { responsive: true, ..Table::new("Rates", columns, rows) })
    }
}

fn period(period: stour_kernel::Period) -> String {
    match period.end().and_then(|end| end.yesterday().ok()) {
        Some(last) => format!("{} to {}", day(period.start()), day(last)),
        None => format!("From {}", day(period.start())),
    }
}

fn standing(standing: Standing) -> Tag {
    let (words, colour) = match standing {
        Standing::Published => ("Published", TagColour::Green),
        Standing::Unverified => ("Not verified", TagColour::Yellow),
        Standing::OutOfDate => ("Earlier year", TagColour::Orange),
        Standing::Supplied => ("Given", TagColour::Blue),
    };
    Tag::new(words, colour)
}

fn incomes(rates: &Rates<'_>) -> Markup {
    use stour_charging::Setting;
    let rows = rates.incomes().iter().map(|kind| {
        let counts = Setting::ALL.map(|setting| {
            Cell::from(if kind.counts(setting) {
                "Counts"
            } else {
                "Does not count"
            })
        });
        let label = Cell::from(kind.label.as_str());
        let source = Cell::from(kind.source.as_str());
        [label]
            .into_iter()
            .chain(counts)
            .chain([source])
            .collect::<Vec<_>>()
    });
    let columns = [
        "Income",
        "At home",
        "Care home, short stay",
        "Care home, to live there",
        "Where the rule is from",
    ];
    html! { (Table { responsive: true, ..Table::new("What counts", columns, rows) }) }
}
