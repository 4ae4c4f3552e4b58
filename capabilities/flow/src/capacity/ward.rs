//! What a ward's page shows of places: those kept for its people, and the way to hold one.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::PersonFacts;
use stour_database::{Error, Transaction};
use stour_design::{Markup, html};
use stour_kernel::{PersonId, Timestamp};
use stour_web::Caller;

use super::place::{Place, of_people_in_hospital};
use super::rows;
use crate::shown;
use crate::spell::SpellId;

/// Places kept for people in hospital, by stay.
pub(crate) fn kept_for(
    tx: &mut Transaction<'_>,
    now: Timestamp,
) -> Result<BTreeMap<SpellId, Vec<Place>>, Error> {
    let mut kept: BTreeMap<SpellId, Vec<Place>> = BTreeMap::new();
    for place in of_people_in_hospital(tx, now)? {
        kept.entry(place.spell).or_default().push(place);
    }
    Ok(kept)
}

/// What a ward's page shows of one person's places.
#[derive(Debug, Clone, Default)]
pub(crate) struct OnWard {
    places: Vec<Place>,
    may_read: bool,
    may_hold: bool,
}

impl OnWard {
    /// What the caller may do for each of these people.
    pub(crate) fn of_people(caller: &Caller, people: &[PersonFacts]) -> BTreeMap<PersonId, Self> {
        let may = |action: &str| {
            action.parse().map_or_else(
                |_| BTreeSet::new(),
                |action| caller.may_each(action, people.iter().cloned()),
            )
        };
        let (readable, held) = (may("capacity.read"), may("capacity.hold"));
        let of = |person: &PersonFacts| Self {
            places: Vec::new(),
            may_read: readable.contains(&person.id),
            may_hold: held.contains(&person.id),
        };
        people
            .iter()
            .map(|person| (person.id, of(person)))
            .collect()
    }

    /// With the places that are kept for the person.
    pub(crate) fn with(self, places: Option<Vec<Place>>) -> Self {
        Self {
            places: places.unwrap_or_default(),
            ..self
        }
    }

    /// Whether a place is kept for the person that the caller may know of.
    pub(crate) fn has_place(&self) -> bool {
        self.may_read && !self.places.is_empty()
    }

    /// Whether there is anything to show.
    pub(crate) fn is_shown(&self) -> bool {
        self.may_hold || self.has_place()
    }

    /// Each place, and the way to hold one.
    pub(crate) fn shown(&self, stay: SpellId, name: &str, now: Timestamp) -> Markup {
        html! {
            @if self.may_read {
                @for place in &self.places {
                    div {
                        a href={ "/capacity/places/" (place.id) } { (place.slot.line.name()) ", " (shown::day(place.slot.day)) }
                        br; (rows::state(&place.state, now))
                    }
                }
            }
            @if self.may_hold {
                div {
                    a href={ "/capacity?stay=" (stay) } {
                        "Hold a place" span.nhsuk-u-visually-hidden { " for " (name) }
                    }
                }
            }
        }
    }
}
