//! What must be so of an entry, as bits: one for each facet that something is chosen of, and one for each
//! accessibility feature.

use crate::columns::{Columns, Presence};
use crate::dictionary::place;
use crate::facet::{Facet, Values};
use crate::point::{Place, Spot, square};
use crate::query::{Query, QueryError};

/// The most accessibility features at once: bits that no facet needs.
const MOST_ACCESS: u32 = 32 - 10;

/// A value that no entry has.
const NOBODY: u32 = u32::MAX;

/// The filters of a query.
pub(crate) struct Filter {
    ages: (u8, u8),
    /// Where the asker is, how far to look in metres, and that as [`square`].
    place: Option<(Spot, f64, f64)>,
    /// The council there: the number of its value, or [`NOBODY`] where no entry has it.
    council: Option<u32>,
    times: Option<(u16, u16)>,
    days: Vec<u8>,
    /// For each value the bit that it satisfies; empty where nothing is chosen.
    satisfied: Vec<u32>,
    active: u32,
    of_site: u32,
    access: u32,
}

impl Filter {
    pub(crate) fn new(query: &Query, values: &Values) -> Result<Self, QueryError> {
        let place = match &query.place {
            None => None,
            Some(Place { point, within, .. }) => {
                let within = within.unwrap_or(f64::INFINITY);
                if within.is_nan() || within < 0.0 {
                    return Err(QueryError::Distance);
                }
                Some((Spot::new(*point), within, square(within)))
            }
        };
        let council = query
            .place
            .as_ref()
            .and_then(|place| place.council.as_ref());
        let mut filter = Self {
            ages: query.ages()?,
            place,
            council: council.map(|council| values.find(Facet::Council, council).unwrap_or(NOBODY)),
            times: query.times()?,
            days: query.days()?,
            satisfied: Vec::new(),
            active: 0,
            of_site: 0,
            access: 0,
        };
        filter.choose(query, values)?;
        Ok(filter)
    }

    fn choose(&mut self, query: &Query, values: &Values) -> Result<(), QueryError> {
        let mut features: Vec<&str> = Vec::new();
        let days: Vec<String> = self.days.iter().map(u8::to_string).collect();
        let others = query.chosen.iter();
        let others = others.filter(|choice| choice.facet != Facet::Day);
        let chosen = others.map(|choice| (choice.facet, choice.value.as_str()));
        let days = days.iter().map(|day| (Facet::Day, day.as_str()));
        for (facet, value) in chosen.chain(days) {
            let mut bit = facet.bit();
            if facet == Facet::Access {
                if features.contains(&value) {
                    continue;
                }
                features.push(value);
                let feature = u32::try_from(features.len()).unwrap_or(u32::MAX);
                if feature > MOST_ACCESS {
                    return Err(QueryError::TooMuchAccess(features.len() - 1));
                }
                bit = 1 << (9 + feature);
                self.access |= bit;
            }
            self.active |= bit;
            if facet.is_of_site() {
                self.of_site |= bit;
            }
            if let Some(value) = values.find(facet, value) {
                self.satisfied.resize(values.len(), 0);
                if let Some(satisfied) = self.satisfied.get_mut(place(value)) {
                    *satisfied |= bit;
                }
            }
        }
        if self.times.is_some() {
            self.active |= Facet::Day.bit();
            self.of_site |= Facet::Day.bit();
        }
        Ok(())
    }

    /// Whether there is somewhere to measure from.
    pub(crate) const fn has_place(&self) -> bool {
        self.place.is_some()
    }

    /// The one facet whose choices alone keep an entry out.
    pub(crate) fn only(&self, failed: u32) -> Option<Facet> {
        let bits = |facet: Facet| match facet {
            Facet::Access => self.access,
            other => other.bit(),
        };
        Facet::ALL
            .into_iter()
            .find(|facet| failed & !bits(*facet) == 0)
    }

    /// Which choices an entry fails, whatever its sites; `None` where its age does.
    pub(crate) fn entry(&self, columns: &Columns, row: u32) -> Option<u32> {
        let ages = columns.ages(row);
        let (from, to) = self.ages;
        if ages.from > to || from > ages.to {
            return None;
        }
        let needed = self.active & !self.of_site;
        if needed == 0 {
            return Some(0);
        }
        Some(needed & !self.satisfied_by(columns.values(row)))
    }

    fn satisfied_by(&self, values: &[u32]) -> u32 {
        values.iter().fold(0, |all, value| {
            all | self.satisfied.get(place(*value)).copied().unwrap_or(0)
        })
    }

    /// Which choices a presence fails, and how far it is; `None` where it is too far, or not for where the asker lives.
    pub(crate) fn presence(&self, columns: &Columns, presence: &Presence) -> Option<(u32, f64)> {
        let mut metres = f64::INFINITY;
        if let Some((spot, within, square)) = self.place {
            if presence.spot.is_nowhere() {
                if let Some(council) = self.council
                    && !presence.is_everywhere
                    && !columns.site_values(presence).contains(&council)
                {
                    return None;
                }
            } else {
                metres = spot.metres_within(presence.spot, within, square)?;
            }
        }
        if self.of_site == 0 {
            return Some((0, metres));
        }
        let mut satisfied = self.satisfied_by(columns.site_values(presence));
        if presence.is_everywhere {
            satisfied |= Facet::Council.bit();
        }
        if let Some(times) = self.times {
            satisfied &= !Facet::Day.bit();
            if self.is_open(columns, presence, times) {
                satisfied |= Facet::Day.bit();
            }
        }
        Some((self.of_site & !satisfied, metres))
    }

    fn is_open(&self, columns: &Columns, presence: &Presence, (from, until): (u16, u16)) -> bool {
        columns.openings(presence).iter().any(|opening| {
            let on_day = self.days.is_empty() || self.days.contains(&opening.day);
            // An opening of no length is never open; a minute is asked for as the time from it to itself.
            let begins = opening.from < until || opening.from == from && from == until;
            on_day && begins && from < opening.until && opening.from < opening.until
        })
    }
}
