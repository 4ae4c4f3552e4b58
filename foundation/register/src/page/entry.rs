//! The page of an entry: its fields, what refers to it, and its history.

use std::collections::BTreeMap;

use stour_design::{
    Button, DateInput, Details, Heading, InsetText, Legend, Markup, NotificationBanner, Size,
    SummaryList, SummaryRow, html,
};
use stour_kernel::Date;
use stour_web::words::{day, moment};
use stour_web::{Caller, Page, Problem};

use super::history::history;
use super::shown::{link, value};
use crate::change::referring;
use crate::known::{Known, lower_first};
use crate::opened::{Opened, may, open};
use crate::register::{Register, Said};
use crate::{Around, Entry, Kind, store};

/// `GET …/{kind}/{number}`, also as it was known on a past day: `?on=2024-10-30`.
pub(crate) async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, latest) = opened.entry(&caller).await?;
    let then = opened.then(&caller, &asked).await?;
    let id = latest.id;
    let database = caller.house().database();
    let versions = database
        .read(move |tx| store::versions(tx, id).map_err(Problem::from))
        .await?;
    let at = (kind, &latest);
    let main = match &then {
        Some((on, around)) => past(&opened, at, (*on, around)),
        None => present(&caller, &opened, at, &asked),
    };
    let known = opened.known(&caller);
    let main = html! {
        (main)
        (history(&opened, &known, kind, &versions))
        (on_a_day(&opened.page_of(kind.name, latest.number, ""), then.map(|(on, _)| on)))
    };
    Ok(opened.page(latest.called(kind), main, [opened.above(kind)]))
}

/// The entry as it is now.
fn present(
    caller: &Caller,
    opened: &Opened,
    (kind, entry): (&'static Kind, &Entry),
    asked: &BTreeMap<String, String>,
) -> Markup {
    let known = opened.known(caller);
    let to = |rest: &str| opened.page_of(kind.name, entry.number, rest);
    html! {
        (done(kind, asked))
        @if entry.removed {
            (InsetText::new(format!("Removed by {} on {}: “{}” What it held is shown below.", entry.by.name, moment(entry.at), entry.why)))
        }
        (fields(opened, &known, kind, entry))
        @if may(caller, kind.edit) && !entry.removed {
            (Button::link(format!("Change this {}", kind.one), to("/edit")))
            p { a href=(to("/remove")) { "Remove this " (kind.one) } }
        }
        (referred(opened, &opened.around, entry))
    }
}

/// The entry as it was known at the end of a past day.
fn past(
    opened: &Opened,
    (kind, latest): (&'static Kind, &Entry),
    (on, around): (Date, &Around),
) -> Markup {
    let now = opened.page_of(kind.name, latest.number, "");
    let known = Known::of(opened.register, around, on);
    html! {
        @match around.entry(kind.name, latest.number) {
            None => {
                (InsetText::new(html! {
                    p { "Nothing was recorded of this " (kind.one) " by the end of " (day(on)) ", or it had been removed." }
                    p { a href=(now) { "See it as it is known now" } }
                }))
            },
            Some(entry) => {
                (InsetText::new(html! {
                    p { "As it was known at the end of " (day(on)) ", in version " (entry.version) "." }
                    p { a href=(now) { "See it as it is known now" } }
                }))
                (fields(opened, &known, kind, entry))
                (referred(opened, around, entry))
            },
        }
    }
}

fn fields(opened: &Opened, known: &Known<'_>, kind: &'static Kind, entry: &Entry) -> Markup {
    let rows = kind.fields.iter().map(|field| {
        let text = entry.get(field.name);
        SummaryRow::new(field.label, value(opened, known, field, text))
    });
    html! { (SummaryList::new(rows)) }
}

/// What refers to an entry.
fn referred(opened: &Opened, around: &Around, entry: &Entry) -> Markup {
    let others = referring(opened.register, around, entry);
    html! {
        @if !others.is_empty() {
            (Heading::section("What refers to it"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for (kind, other, field) in others {
                    li { (link(opened, kind, other)) " (" (kind.one) ", as its " (lower_first(field)) ")" }
                }
            }
        }
    }
}

/// What has just happened.
fn done(kind: &Kind, asked: &BTreeMap<String, String>) -> Markup {
    let others: Vec<String> = asked
        .get("others")
        .into_iter()
        .flat_map(|names| names.split(','))
        .filter_map(|name| kind.field(name))
        .map(|field| lower_first(field.label))
        .collect();
    let words = match asked.get("done").map(String::as_str) {
        Some("added") => format!("The {} is added.", kind.one),
        Some("saved") if others.is_empty() => "Your change is saved.".to_owned(),
        Some("saved") => format!(
            "Your change is saved. Somebody else changed the {} meanwhile: that is kept too.",
            others.join(" and the ")
        ),
        Some("same") => "Nothing was different, so there was nothing to save.".to_owned(),
        Some("removed") => format!("The {} is removed.", kind.one),
        _ => return html! {},
    };
    html! { (NotificationBanner::success(words)) }
}

/// The form that asks for a past day.
pub(crate) fn on_a_day(address: &str, on: Option<Date>) -> Markup {
    let legend = Legend {
        size: Some(Size::S),
        ..Legend::new("As it was known at the end of a day")
    };
    let parts = on.map_or_else(
        || [String::new(), String::new(), String::new()],
        |on| {
            [
                on.day().to_string(),
                on.month().to_string(),
                on.year().to_string(),
            ]
        },
    );
    html! {
        (Details::new("See what was known on a past day", html! {
            form method="get" action=(address) {
                (DateInput::new("on", legend).hint("For example, 30 10 2024").values(parts))
                (Button::secondary("Show"))
            }
        }))
    }
}
