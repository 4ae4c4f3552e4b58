//! Who changed an entry, when, why, and what.

use stour_design::{
    Button, Cell, Column, Heading, Label, Markup, Select, Table, TableCaption, html,
};
use stour_partnership::organisation_name;
use stour_web::words::moment;

use super::input::short;
use crate::known::Known;
use crate::opened::Opened;
use crate::{Entry, Field, Kind};

/// The most characters of a text within a history.
const LONGEST_SHOWN: usize = 80;

/// A caption that is heard, where a heading above says the same.
pub(super) fn heard(words: &str, id: &str) -> TableCaption {
    TableCaption {
        visually_hidden: true,
        id: Some(id.to_owned()),
        ..TableCaption::from(words)
    }
}

/// A field that two states hold differently, with the text of each.
pub(crate) type Difference<'a> = (&'static Field, &'a str, &'a str);

/// The fields of a kind that two states hold differently.
pub(crate) fn differences<'a>(
    kind: &Kind,
    before: Option<&'a Entry>,
    after: &'a Entry,
) -> Vec<Difference<'a>> {
    let fields = kind.fields.iter();
    let both = fields.map(|field| {
        let was = before.map_or("", |before| before.get(field.name));
        (field, was, after.get(field.name))
    });
    both.filter(|(_, was, now)| was != now).collect()
}

/// Every version of an entry, the latest first, and the form that compares two.
pub(crate) fn history(
    opened: &Opened,
    known: &Known<'_>,
    kind: &'static Kind,
    versions: &[Entry],
) -> Markup {
    let rows = versions.iter().enumerate().map(|(place, version)| {
        let before = versions.get(place.saturating_add(1));
        vec![
            Cell::from(format!("Version {}", version.version)),
            Cell {
                break_words: true,
                ..version.why.as_str().into()
            },
            changed((opened, known), kind, before, version).into(),
            format!(
                "{}, {}",
                version.by.name,
                organisation_name(&version.by.organisation)
            )
            .into(),
            moment(version.at).into(),
        ]
    });
    let columns = ["Version", "Why", "What changed", "Saved by", "When"];
    html! {
        (Heading::section("History"))
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(heard("History", "history"), columns.map(Column::from), rows)
        })
        (compare_form(opened, kind, versions))
    }
}

fn changed(
    (opened, known): (&Opened, &Known<'_>),
    kind: &Kind,
    before: Option<&Entry>,
    version: &Entry,
) -> Markup {
    let words = |field: &Field, text: &str| match text {
        "" => "nothing".to_owned(),
        text => format!("“{}”", short(&known.words(field, text), LONGEST_SHOWN)),
    };
    let differences = differences(kind, before, version);
    let compare = before.map(|before| {
        let two = format!("/compare?from={}&to={}", before.version, version.version);
        opened.page_of(kind.name, version.number, &two)
    });
    html! {
        @if version.removed {
            "Removed"
        } @else if before.is_none() {
            "Added"
        } @else {
            ul.nhsuk-list {
                @for (field, was, now) in differences {
                    li { (field.label) ": " (words(field, was)) " became " (words(field, now)) }
                }
            }
            @if let Some(compare) = compare { a href=(compare) { "See version " (version.version) " beside the one before" } }
        }
    }
}

fn compare_form(opened: &Opened, kind: &Kind, versions: &[Entry]) -> Markup {
    let (Some(latest), Some(first)) = (versions.first(), versions.last()) else {
        return html! {};
    };
    if versions.len() < 3 {
        return html! {};
    }
    let items = || {
        versions.iter().map(|version| {
            let number = version.version.to_string();
            let words = format!("Version {number}, {}", moment(version.at));
            (number, words)
        })
    };
    let (from, to) = (first.version.to_string(), latest.version.to_string());
    html! {
        form method="get" action=(opened.page_of(kind.name, latest.number, "/compare")) {
            (Select::new("from", Label::new("Compare"), items()).selected(Some(&from)))
            (Select::new("to", Label::new("With"), items()).selected(Some(&to)))
            (Button::secondary("Compare two versions"))
        }
    }
}
