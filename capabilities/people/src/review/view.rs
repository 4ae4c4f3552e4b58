//! Both sides of a pair, and the words around them.

use stour_design::{Cell, Column, Heading, Markup, Table, Tag, TagColour, html};

use super::evidence::{Agreement, Field, Value, parts};
use crate::words;

impl Agreement {
    /// A word, with a sign of its own shape before it, so that colour is never all that tells.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Same => ("=", "Same"),
            Self::Partly => ("≈", "Same, and others"),
            Self::Different => ("≠", "Different"),
            Self::OneSide => ("○", "Only one side"),
        }
    }

    fn tag(self) -> Tag {
        let (sign, word) = self.words();
        let colour = match self {
            Self::Same => TagColour::Green,
            Self::Partly => TagColour::AquaGreen,
            Self::Different => TagColour::Orange,
            Self::OneSide => TagColour::Grey,
        };
        Tag::new(
            html! { span aria-hidden="true" { (sign) } " " (word) },
            colour,
        )
    }
}

/// Both sides as two columns, field by field. Words that the other side does not have are marked.
pub(crate) fn side_by_side(headings: [&str; 2], fields: &[Field]) -> Markup {
    let [left, right] = headings;
    let columns = ["Field", left, right, "Compared"].map(Column::from);
    let rows = fields.iter().map(|field| {
        let [one, other] = &field.sides;
        [
            Cell::from(field.name),
            side(one, other),
            side(other, one),
            html! { (field.agreement.tag()) }.into(),
        ]
    });
    let differ = fields
        .iter()
        .filter(|field| field.agreement == Agreement::Different)
        .map(|field| field.name)
        .collect::<Vec<_>>();
    html! {
        p {
            @if differ.is_empty() { "No field differs." } @else { "Different: " (differ.join(", ")) "." }
        }
        (Table {
            first_cell_is_header: true,
            responsive: true,
            compact: true,
            ..Table::new("Both records, field by field. Words that only one of them has are marked", columns, rows)
        })
    }
}

fn side(values: &[Value], other: &[Value]) -> Cell {
    if values.is_empty() {
        return Cell {
            faint: true,
            ..Cell::from("Nothing given")
        };
    }
    html! {
        @for value in values {
            div {
                bdi {
                    @for (place, (word, known)) in parts(value, other).into_iter().enumerate() {
                        @if place > 0 { " " }
                        @if known { (word) } @else { mark { (word) } }
                    }
                }
                div.nhsuk-body-s.nhsuk-u-secondary-text-colour.nhsuk-u-margin-bottom-1 { (said_by(value)) }
            }
        }
    }
    .into()
}

/// Which organisations say a value, and since when.
fn said_by(value: &Value) -> String {
    let from = value.from.iter().map(|(source, at)| {
        let day = words::day(stour_kernel::london_date(*at));
        format!("{}, {day}", words::organisation_name(source))
    });
    from.collect::<Vec<_>>().join("; ")
}

/// The heading of a page that asks whether two records are one person's.
pub(crate) fn question(words: &str, about: &str) -> Markup {
    html! {
        (Heading::page(words))
        p.nhsuk-lede-text { (about) }
    }
}
