//! What of the record is to be completed or put right.

use std::collections::BTreeMap;

use stour_design::{Markup, html};
use stour_kernel::Date;
use stour_register::{Around, Finding, lint};

use super::registers::REGISTER;
use crate::noun::KINDS;

/// What the lint finds on a day: what is wrong entry by entry, and what is missing by kind.
pub(super) fn section(around: &Around, today: Date) -> Markup {
    let found = lint(&REGISTER, around, today);
    let (missing, wrong): (Vec<Finding>, Vec<Finding>) =
        found.into_iter().partition(|finding| finding.is_missing);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &missing {
        let count = counts.entry(finding.kind).or_default();
        *count = count.saturating_add(1);
    }
    html! {
        @if missing.is_empty() && wrong.is_empty() {
            p { "Nothing is missing, and nothing breaks a rule." }
        }
        @if !wrong.is_empty() {
            ul.nhsuk-list.nhsuk-list--bullet {
                @for finding in &wrong {
                    li {
                        a href={ "/decisions/registers/" (finding.kind) "/" (finding.number) } { (finding.reference) }
                        ": " (finding.message)
                    }
                }
            }
        }
        @if !counts.is_empty() {
            p { "Fields that should be given and are not:" }
            ul.nhsuk-list.nhsuk-list--bullet {
                @for (kind, count) in &counts {
                    li { a href={ "/decisions/registers/" (kind) } { (many(kind)) } ": " (count) }
                }
            }
        }
    }
}

fn many(name: &str) -> &str {
    let kind = KINDS.iter().find(|kind| kind.name == name);
    kind.map_or(name, |kind| kind.many)
}
