//! Narrowing a search down: what can be chosen with how many there are, and what was chosen, to be taken away again.

use stour_design::{Checkboxes, Choice, Details, Markup, Render as _, html};
use stour_search::{Facet, FacetValue};

use super::asked::Asked;
use super::results::Results;

/// The facets in the order of the page, and what each asks.
const SHOWN: [(Facet, &str); 9] = [
    (Facet::Way, "How you get it"),
    (Facet::Cost, "What it costs"),
    (Facet::Eligibility, "Who it is for"),
    (Facet::Term, "Kind of help"),
    (Facet::Access, "Access"),
    (Facet::Council, "Council area"),
    (Facet::Language, "Language"),
    (Facet::Organisation, "Organisation"),
    (Facet::Kind, "Services or organisations"),
];

/// Checkboxes for what can be chosen.
pub(super) fn filters(results: &Results) -> Markup {
    html! {
        @for (facet, question) in SHOWN {
            @let values = results.found.facets.get(&facet).map_or(&[][..], Vec::as_slice);
            @if values.len() > 1 || values.iter().any(|value| value.is_chosen) {
                (one(results, facet, question, values))
            }
        }
    }
}

fn one(results: &Results, facet: Facet, question: &str, values: &[FacetValue]) -> Markup {
    let items = values.iter().map(|value| {
        let label = format!("{} ({})", results.label(facet, &value.value), value.count);
        Choice::new(value.value.as_str(), label).checked(value.is_chosen)
    });
    let is_chosen = values.iter().any(|value| value.is_chosen);
    let name = Asked::parameter(facet);
    let boxes = Checkboxes {
        small: true,
        id_prefix: Some(format!("choose-{name}")),
        ..Checkboxes::new(name, question, items)
    };
    let mut details = Details::new(question, boxes.render());
    details.open = is_chosen;
    details.render()
}

/// What was chosen, each with the search without it.
pub(super) fn chips(results: &Results) -> Markup {
    let asked = &results.asked;
    let mut chips: Vec<(String, String)> = Vec::new();
    let mut chip = |label: String, without: Asked| chips.push((label, without.address()));
    if !asked.words.is_empty() {
        chip(
            format!("“{}”", asked.words),
            asked.but(|asked| asked.words.clear()),
        );
    }
    if let Some(located) = &results.located {
        let within = if asked.miles.is_empty() {
            format!("near {}", located.name)
        } else {
            format!("within {} miles of {}", asked.miles, located.name)
        };
        let nowhere = asked.but(|asked| {
            asked.postcode.clear();
            asked.miles.clear();
            asked.is_elsewhere = false;
        });
        chip(within, nowhere);
    }
    if !asked.age.is_empty() {
        chip(
            format!("age {}", asked.age),
            asked.but(|asked| asked.age.clear()),
        );
    }
    if !asked.open.is_empty() {
        let label = match asked.open.as_str() {
            "now" => "open now".to_owned(),
            day => format!("open on {}", super::page::day_name(day)),
        };
        chip(label, asked.but(|asked| asked.open.clear()));
    }
    for (facet, value) in &asked.chosen {
        chip(results.label(*facet, value), asked.without(*facet, value));
    }
    if asked.is_elsewhere {
        let all = asked.but(|asked| asked.is_elsewhere = false);
        chip("at home, online or by telephone".to_owned(), all);
    }
    html! {
        @if !chips.is_empty() {
            h2.nhsuk-u-visually-hidden { "What you searched for" }
            ul.nhsuk-list.stour-chips {
                @for (label, href) in &chips {
                    li {
                        a href=(href) {
                            (label) " "
                            span aria-hidden="true" { "×" }
                            span.nhsuk-u-visually-hidden { "(remove)" }
                        }
                    }
                }
                li { a href=(Asked { list: asked.list.clone(), page: 1, ..Asked::default() }.address()) { "Clear search" } }
            }
        }
    }
}
