//! What filters need of a service, and whether it meets them.

use stour_kernel::{Date, Timestamp};
use stour_open_referral::{
    Attribute, ByDay, Frequency, Schedule, Service, TaxonomyTerm, Uuid, Weekday,
};
use stour_search::Point;

use super::asked::{Filter, Wanted, bit};
use crate::index::Reading;

/// What filters need of a service.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub(super) organisation: Option<Uuid>,
    pub(super) minimum_age: Option<f64>,
    pub(super) maximum_age: Option<f64>,
    pub(super) hours: Vec<Hours>,
    /// The terms of its own attributes and their taxonomies.
    pub(super) terms: Vec<(Uuid, Option<Uuid>)>,
    pub(super) sites: Vec<Site>,
    /// The councils whose people it is for; of all where it names none that is known.
    pub(super) councils: Option<Vec<String>>,
    pub(super) modified: Timestamp,
}

/// Where a service is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Site {
    /// The service at this location.
    pub(super) id: Uuid,
    pub(super) point: Option<Point>,
}

/// When a service is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hours {
    /// The service at a location that it is of; all where there is none.
    site: Option<Uuid>,
    days: u8,
    /// Seconds after midnight.
    opens: Option<u32>,
    closes: Option<u32>,
    last: Option<Date>,
}

/// Where somebody is, as filters need it.
#[derive(Debug, Clone)]
pub(super) struct From {
    pub(super) point: Point,
    /// The code of the council there.
    pub(super) council: String,
    /// How far they look; where they do not say, services that are for people there are meant.
    pub(super) metres: Option<f64>,
}

impl Record {
    pub(super) fn of(service: &Service, modified: Timestamp, reading: &Reading) -> Self {
        let organisation = service
            .organization
            .as_ref()
            .map(|organisation| organisation.id);
        let own = service
            .schedules
            .iter()
            .map(|schedule| Hours::of(schedule, schedule.service_at_location_id));
        let at_sites = service.service_at_locations.iter().flat_map(|at| {
            let of_place = at.location.iter().flat_map(|location| &location.schedules);
            let schedules = at.schedules.iter().chain(of_place);
            schedules.map(|schedule| Hours::of(schedule, Some(at.id)))
        });
        let sites = service.service_at_locations.iter().map(|at| Site {
            id: at.id,
            point: reading.point(at),
        });
        Self {
            organisation: service.organization_id.or(organisation),
            minimum_age: service.minimum_age.map(stour_open_referral::Age::years),
            maximum_age: service.maximum_age.map(stour_open_referral::Age::years),
            hours: own.chain(at_sites).collect(),
            terms: service.attributes.iter().filter_map(term).collect(),
            sites: sites.collect(),
            councils: reading.covers(service),
            modified,
        }
    }

    /// Whether the service meets a filter, apart from words, of anywhere or of one of its sites.
    pub(super) fn meets(
        &self,
        filter: &Filter,
        from: Option<&From>,
        site: Option<&Site>,
        today: Date,
    ) -> bool {
        let is = |wanted: Option<Wanted>, has: &dyn Fn(Uuid) -> bool| {
            wanted.is_none_or(|id| id.is_some_and(has))
        };
        let place = || match from {
            None => true,
            Some(From {
                metres: None,
                council,
                ..
            }) => self
                .councils
                .as_ref()
                .is_none_or(|councils| councils.contains(council)),
            Some(from) => match site {
                Some(site) => from.is_near(site),
                None => self.sites.iter().any(|site| from.is_near(site)),
            },
        };
        let time = || {
            let mut hours = self
                .hours
                .iter()
                .filter(|hours| site.is_none_or(|site| hours.site.is_none_or(|of| of == site.id)));
            !filter.is_of_time() || hours.any(|hours| hours.meets(filter, today))
        };
        is(filter.term, &|wanted| {
            self.terms.iter().any(|(term, _)| *term == wanted)
        }) && is(filter.taxonomy, &|wanted| {
            self.terms.iter().any(|(_, of)| *of == Some(wanted))
        }) && is(filter.organisation, &|wanted| {
            self.organisation == Some(wanted)
        }) && filter
            .minimum_age
            .is_none_or(|age| self.minimum_age.is_some_and(|least| least >= age))
            && filter
                .maximum_age
                .is_none_or(|age| self.maximum_age.is_some_and(|most| most <= age))
            && filter
                .modified_after
                .is_none_or(|moment| self.modified >= moment)
            && time()
            && place()
    }
}

impl From {
    fn is_near(&self, site: &Site) -> bool {
        let metres = site.point.map(|point| self.point.metres_to(point));
        metres
            .zip(self.metres)
            .is_some_and(|(metres, most)| metres <= most)
    }
}

impl Hours {
    fn of(schedule: &Schedule, site: Option<Uuid>) -> Self {
        let clock = |hour: i8, minute: i8, second: i8| {
            let parts = [(hour, 3600), (minute, 60), (second, 1)];
            parts
                .into_iter()
                .map(|(part, worth)| u32::try_from(part).unwrap_or(0) * worth)
                .sum::<u32>()
        };
        let ends = [schedule.valid_to, schedule.until];
        Self {
            site,
            days: days(schedule),
            opens: schedule
                .opens_at
                .map(|time| clock(time.hour(), time.minute(), time.second())),
            closes: schedule
                .closes_at
                .map(|time| clock(time.hour(), time.minute(), time.second())),
            last: ends.into_iter().flatten().min(),
        }
    }

    fn meets(&self, filter: &Filter, today: Date) -> bool {
        // What closes no later than it opens closes on the next day.
        let closes = self
            .closes
            .filter(|closes| self.opens.is_none_or(|opens| opens < *closes));
        self.last.is_none_or(|last| today <= last)
            && (filter.days == 0 || self.days & filter.days != 0)
            && filter
                .start
                .is_none_or(|start| self.opens.is_some_and(|opens| opens >= start))
            && filter
                .end
                .is_none_or(|end| closes.is_some_and(|closes| closes <= end))
    }
}

/// The days of a schedule: those that it names; where it repeats weekly and names none, the day from which it
/// repeats (RFC 5545, 3.3.10).
fn days(schedule: &Schedule) -> u8 {
    let named = |days: &ByDay| days.rules().iter().fold(0, |all, rule| all | bit(rule.day));
    match (&schedule.byday, schedule.freq, schedule.dtstart) {
        (Some(days), ..) => named(days),
        (None, Some(Frequency::Weekly), Some(start)) => bit(Weekday::from(start.weekday())),
        _ => 0,
    }
}

/// The term of an attribute and its taxonomy.
fn term(attribute: &Attribute) -> Option<(Uuid, Option<Uuid>)> {
    match &attribute.taxonomy_term {
        Some(term) => Some((term.id, taxonomy_of(term))),
        None => Some((attribute.taxonomy_term_id?, None)),
    }
}

/// The taxonomy of a term: where it is named by words alone, an identifier made of them.
pub(super) fn taxonomy_of(term: &TaxonomyTerm) -> Option<Uuid> {
    let named = term.taxonomy.as_deref();
    term.taxonomy_id
        .or_else(|| named.map(|name| Uuid::derived(&["taxonomy", name])))
}
