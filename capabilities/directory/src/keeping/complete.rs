//! How complete a listing is, by the rule in `reference/directory/keeping.toml`.

use stour_kernel::Date;
use stour_open_referral::{LocationType, Service};

use super::fields::schedules;
use super::settings::{Part, Settings};

/// How complete a listing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// From 0 to 100, rounded down: 100 only where nothing is missing.
    pub score: u16,
    /// What to add, the heaviest first.
    pub missing: Vec<String>,
}

/// The description of a complete listing has at least so many characters, as the label of its part says.
const LONG_ENOUGH: usize = 100;

pub(crate) fn completeness(
    service: &Service,
    review_due: Option<Date>,
    today: Date,
    settings: &Settings,
) -> Completeness {
    let is_assured = service.assured_date.is_some() && review_due.is_some_and(|due| due > today);
    let is_there = |part: &Part| part.code == "assured" && is_assured || has(service, &part.code);
    let weight = |parts: &mut dyn Iterator<Item = &Part>| {
        parts.map(|part| u32::from(part.weight)).sum::<u32>()
    };
    let all = weight(&mut settings.complete.iter());
    let there = weight(&mut settings.complete.iter().filter(|part| is_there(part)));
    let mut missing: Vec<&Part> = settings
        .complete
        .iter()
        .filter(|part| !is_there(part))
        .collect();
    missing.sort_by_key(|part| std::cmp::Reverse(part.weight));
    Completeness {
        score: u16::try_from((there * 100).checked_div(all).unwrap_or(0)).unwrap_or(0),
        missing: missing.into_iter().map(|part| part.label.clone()).collect(),
    }
}

fn has(service: &Service, code: &str) -> bool {
    let locations = || {
        service
            .service_at_locations
            .iter()
            .filter_map(|place| place.location.as_ref())
    };
    match code {
        "description" => {
            let length = service
                .description
                .as_ref()
                .map(|text| text.chars().count());
            length.is_some_and(|length| length >= LONG_ENOUGH)
        }
        "contact" => {
            let of_contacts = service.contacts.iter();
            service.email.is_some()
                || !service.phones.is_empty()
                || of_contacts
                    .into_iter()
                    .any(|one| one.email.is_some() || !one.phones.is_empty())
        }
        "place" => locations().any(|location| {
            let has_postcode = |postcode: &str| !postcode.is_empty();
            location.location_type == LocationType::Virtual
                || location
                    .addresses
                    .iter()
                    .any(|one| has_postcode(&one.postal_code))
        }),
        "times" => schedules(service).next().is_some(),
        "who" => {
            service.minimum_age.is_some()
                || service.maximum_age.is_some()
                || service.eligibility_description.is_some()
        }
        "cost" => {
            service.fees_description.is_some()
                || service.fees.is_some()
                || !service.cost_options.is_empty()
        }
        "how" => service.application_process.is_some(),
        "access" => {
            let mut physical = locations()
                .filter(|one| one.location_type != LocationType::Virtual)
                .peekable();
            let is_nowhere = physical.peek().is_none() && locations().next().is_some();
            is_nowhere
                || physical.peek().is_some() && physical.all(|one| !one.accessibility.is_empty())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
