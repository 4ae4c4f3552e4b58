//! Plans as pages show them.

use stour_design::{
    Cell, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, OdsCode};

use super::state::{Ending, Item};
use super::store::Step;
use super::{AGREEMENTS, KINDS};
use crate::shown;

/// Everything that teams plan for a stay; what the reader's own organisation plans can be opened from `here`, the address of the
/// person's page, where one is given.
pub(crate) fn section(items: &[Item], own: Option<(&str, OdsCode)>, today: Date) -> Markup {
    let rows = items.iter().map(|item| {
        let planned = &item.planned;
        let what = match own {
            Some((here, organisation)) if organisation == item.organisation => html! {
                a href={ (here) "/plan/" (item.id) } { (planned.what) }
            },
            _ => html! { (planned.what) },
        };
        vec![
            Cell::from(html! {
                (what) br;
                span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal { (shown::label(KINDS, &planned.kind)) }
            }),
            Cell::from(html! {
                (planned.owner) br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&item.organisation)) }
            }),
            Cell::from(due(item, today)),
            Cell::from(agreement(&planned.agreement)),
        ]
    });
    html! {
        @if items.is_empty() {
            (InsetText::new("Nobody has planned anything for this stay yet."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true,
                ..Table::new("What is planned, the first to be due first", ["What", "Whose", "By when", "Does the person agree?"], rows) })
        }
    }
}

/// Whether the person agrees: that nobody has asked stands out.
fn agreement(code: &str) -> Markup {
    let words = shown::label(AGREEMENTS, code);
    html! {
        @if code == "not-asked" { (Tag::new(words, TagColour::Yellow)) } @else { (words) }
    }
}

fn due(item: &Item, today: Date) -> Markup {
    html! {
        (shown::day(item.planned.due))
        @if let Some(ended) = &item.ended {
            br; (Tag::new(ended.how.words(), colour(ended.how))) " " span.nhsuk-u-font-size-16 { (ended.outcome) }
        } @else if item.is_overdue(today) {
            " " (Tag::new("Overdue", TagColour::Red))
        }
    }
}

const fn colour(how: Ending) -> TagColour {
    match how {
        Ending::Done => TagColour::Green,
        Ending::Withdrawn => TagColour::Grey,
    }
}

/// How many things of an organisation are open, and how many of them overdue, for a list of people.
pub(crate) fn count(items: &[Item], own: OdsCode, today: Date) -> Markup {
    let own: Vec<&Item> = items
        .iter()
        .filter(|item| item.organisation == own)
        .collect();
    let open = own.iter().filter(|item| item.ended.is_none()).count();
    let overdue = own.iter().filter(|item| item.is_overdue(today)).count();
    html! {
        @if own.is_empty() { "Nothing planned" }
        @else { (open) " to do, " (own.len() - open) " done or withdrawn" }
        @if overdue > 0 { br; (Tag::new(format!("{overdue} overdue"), TagColour::Red)) }
    }
}

/// One, whole.
pub(super) fn whole(item: &Item, today: Date) -> Markup {
    let planned = &item.planned;
    let rows = [
        SummaryRow::new("What", planned.what.as_str()),
        SummaryRow::new("Kind", shown::label(KINDS, &planned.kind)),
        SummaryRow::new("Whose", planned.owner.as_str()),
        SummaryRow::new("By when", due(item, today)),
        SummaryRow::new("Does the person agree?", agreement(&planned.agreement)),
    ];
    html! { (SummaryList::new(rows)) }
}

/// Every version of one, in order.
pub(super) fn versions(steps: &[Step]) -> Markup {
    let rows = steps.iter().map(|step| {
        let planned = &step.planned;
        let what = match &step.ended {
            Some((how, outcome)) => format!("{}: {outcome}", how.words()),
            None => planned.what.clone(),
        };
        vec![
            Cell::from(html! { (what) br; span.nhsuk-u-font-size-16 { (shown::label(KINDS, &planned.kind)) } }),
            Cell::from(planned.owner.as_str()),
            Cell::from(shown::day(planned.due)),
            Cell::from(shown::label(AGREEMENTS, &planned.agreement)),
            Cell::from(format!("{}, {}", step.name, shown::moment(step.at))),
        ]
    });
    let columns = [
        "What",
        "Whose",
        "By when",
        "Does the person agree?",
        "Who said so, and when",
    ];
    html! {
        (Heading::section("What stood here, and what came of it"))
        (Table { responsive: true, ..Table::new("Every version, the first first", columns, rows) })
    }
}
