//! Who lives with somebody, as far as the addresses that records show say so.
//!
//! People are at one address when the lines and the postcode are the same, leaving case, punctuation and
//! diacritics aside. Where many families live at one address it is a care home, a hostel or a barracks, and
//! no household. Restricted people are never looked at: neither their page nor another's tells where
//! they live.

mod store;

pub(crate) use store::normal;

use std::collections::BTreeSet;

use stour_design::{Heading, Markup, html};
use stour_kernel::PersonId;
use stour_web::{Caller, Problem};

use crate::asking::{may_find, shown};
use crate::person::{PersonSummary, Record};
use crate::search::page::born;

/// How many families may live at one address before it is shared, unless the settings say otherwise.
const FAMILIES: usize = 5;

/// With whom somebody lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Home {
    /// Nothing is known of it, or nothing may be shown.
    Unknown,
    /// With these people; with nobody when there are none.
    Household(Vec<PersonSummary>),
    /// At an address where many families live.
    Shared,
}

/// Somebody who lives at an address, by the name of the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resident {
    pub(crate) person: PersonId,
    /// Folded, as names are for finding.
    pub(crate) family: String,
}

/// With whom the person of a record lives, as far as the caller may find them. Each who is shown is
/// audited as shown in a list; of those at a shared address nobody is.
pub(crate) async fn of(caller: &Caller, record: &Record) -> Result<Home, Problem> {
    let Some(address) = record.summary.address.clone() else {
        return Ok(Home::Unknown);
    };
    if record.restricted {
        return Ok(Home::Unknown);
    }
    let person = record.summary.id;
    let residents = caller
        .house()
        .database()
        .read(move |tx| store::residents(tx, person, &address))
        .await?;
    let Some(residents) = residents else {
        return Ok(Home::Unknown);
    };
    let visible = residents
        .into_iter()
        .filter(|(_, facts)| may_find(caller, facts.clone()));
    let visible: Vec<Resident> = visible.map(|(resident, _)| resident).collect();
    let limit = caller.house().settings().families_at_home;
    let own = store::family(record.summary.name.family.as_str());
    if is_shared(&own, &visible, limit.unwrap_or(FAMILIES)) {
        return Ok(Home::Shared);
    }
    let people = visible.iter().map(|resident| resident.person).collect();
    let people = shown(caller, people).await?;
    Ok(Home::Household(people.into_values().collect()))
}

/// Whether more families than `limit` live at the address.
fn is_shared(own: &str, others: &[Resident], limit: usize) -> bool {
    let families: BTreeSet<&str> = [own]
        .into_iter()
        .chain(others.iter().map(|resident| resident.family.as_str()))
        .collect();
    families.len() > limit
}

/// The part of a record's page about it.
pub(crate) fn section(home: &Home, caller: &Caller) -> Markup {
    html! {
        @match home {
            Home::Unknown => {}
            Home::Shared => {
                (Heading::section("Household"))
                p { "Lives at a shared address, such as a care home: many families are recorded there, so they are not listed as a household." }
            }
            Home::Household(people) => {
                (Heading::section("Household"))
                @if people.is_empty() {
                    p { "Nobody else whom you may find is recorded at this address." }
                } @else {
                    p { "Recorded at the same address:" }
                    ul.nhsuk-list.nhsuk-list--bullet {
                        @for person in people {
                            li {
                                a href={ "/people/" (person.id) } { bdi { (person.name.listed()) } }
                                @if person.born.is_some() { ", born " (born(person, caller.today())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
