//! A listing as it is searched for.

use std::sync::Arc;

use jiff::civil::Time;
use stour_database::Transaction;
use stour_kernel::{Date, Postcode};
use stour_open_referral::{
    Attribute, LocationType, Schedule, Service, ServiceAtLocation, Weekday, opening, opening::Hours,
};
use stour_search::{Ages, Cost, Entry, Facet, Kind, Opening, Point, Site, TODAY, Way};

use super::labels::Labels;
use super::rules::{Rules, Said};
use crate::error::DirectoryError;
use crate::postcode::{Postcodes, postcodes};

/// What is needed to read a listing: where postcodes are, what words mean, and what day it is.
pub(crate) struct Reading {
    postcodes: Arc<Postcodes>,
    rules: &'static Rules,
    /// Councils by what people call them, with the code of today's.
    councils: Vec<(String, String)>,
    today: Date,
}

impl Reading {
    pub(crate) fn new(tx: &mut Transaction<'_>, today: Date) -> Result<Self, DirectoryError> {
        let councils = stour_partnership::reference()
            .into_iter()
            .flat_map(|reference| reference.councils_at(today))
            .map(|council| (council.name.to_lowercase(), council.code.to_string()))
            .collect();
        Ok(Self {
            postcodes: postcodes(tx)?,
            rules: Rules::embedded()?,
            councils,
            today,
        })
    }

    /// The entry of a service. What its terms and organisation are called is noted in `labels`.
    pub(super) fn entry(&self, service: &Service, labels: &mut Labels) -> Entry {
        let mut entry = Entry {
            id: service.id.to_string(),
            kind: Kind::Service,
            name: service.name.to_string(),
            keywords: service
                .alternate_name
                .iter()
                .map(ToString::to_string)
                .collect(),
            text: service
                .description
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            cost: self.cost(service),
            covers: self.covers(service),
            ages: ages(service),
            openings: self.openings(&service.schedules.iter().collect::<Vec<_>>()),
            sites: sites(service, self)
                .into_iter()
                .map(|(_, site)| site)
                .collect(),
            ..Entry::default()
        };
        if let Some(organization) = &service.organization {
            let id = organization.id.to_string();
            labels.note(Facet::Organisation, &id, &organization.name);
            entry.organisation = Some(id);
            entry.organisation_name = organization.name.to_string();
        }
        self.terms(&service.attributes, &mut entry, labels);
        let mut whom = Said::default();
        let texts = [&service.eligibility_description, &service.description];
        for text in texts.into_iter().flatten() {
            whom.add(text);
        }
        whom.add(&service.name);
        for group in &self.rules.group {
            if group.is_said(&whom) {
                entry.eligibility.push(group.code.clone());
            }
        }
        for language in &service.languages {
            if let Some(name) = language.name.as_ref().or(language.code.as_ref()) {
                let value = name.trim().to_lowercase();
                labels.note(Facet::Language, &value, name);
                entry.languages.push(value);
            }
        }
        self.ways(service, &whom, &mut entry);
        entry
    }

    fn terms(&self, attributes: &[Attribute], entry: &mut Entry, labels: &mut Labels) {
        for term in attributes
            .iter()
            .filter_map(|one| one.taxonomy_term.as_ref())
        {
            let id = term.id.to_string();
            let taxonomy = term.taxonomy.as_ref().map_or("", |name| name.as_str());
            entry.keywords.push(term.name.to_string());
            if self.rules.is_of_eligibility(taxonomy) {
                labels.note(Facet::Eligibility, &id, &term.name);
                entry.eligibility.push(id);
                continue;
            }
            labels.note(Facet::Term, &id, &term.name);
            entry.terms.push(id);
            entry
                .codes
                .extend(term.term_uri.iter().map(ToString::to_string));
            entry
                .codes
                .extend(term.code.iter().map(ToString::to_string));
        }
    }

    fn ways(&self, service: &Service, said: &Said, entry: &mut Entry) {
        let locations = service
            .service_at_locations
            .iter()
            .filter_map(|place| place.location.as_ref());
        let is_virtual = locations
            .clone()
            .any(|location| location.location_type == LocationType::Virtual);
        for way in &self.rules.way {
            let known = [Way::Home, Way::Online, Way::Telephone]
                .into_iter()
                .find(|known| known.as_str() == way.code);
            if let Some(known) = known
                && (way.is_said(said) || known == Way::Online && is_virtual)
            {
                entry.ways.push(known);
            }
        }
    }

    fn cost(&self, service: &Service) -> Option<Cost> {
        let mut said = Said::default();
        for option in &service.cost_options {
            match option.amount {
                Some(amount) if amount.0 > stour_kernel::Pence::new(0) => return Some(Cost::Paid),
                Some(_) => return Some(Cost::Free),
                None => {}
            }
            let texts = [&option.option, &option.amount_description];
            texts.into_iter().flatten().for_each(|text| said.add(text));
        }
        for text in [&service.fees, &service.fees_description]
            .into_iter()
            .flatten()
        {
            said.add(text);
        }
        self.rules.is_free(&said).then_some(Cost::Free)
    }

    /// Where a service takes place: as its publisher says, or else where its postcode is.
    pub(crate) fn point(&self, place: &ServiceAtLocation) -> Option<Point> {
        let location = place.location.as_ref()?;
        let position = location
            .position()
            .and_then(|(lat, lon)| Point::new(lat, lon));
        let postcodes = location
            .addresses
            .iter()
            .filter_map(|address| address.postal_code.parse().ok());
        let mut known = postcodes.filter_map(|postcode: Postcode| self.postcodes.get(&postcode));
        position.or_else(|| known.next().map(|known| known.point))
    }

    /// The councils whose people a service is for. Areas that are not councils of here leave it for everybody, so
    /// that nothing is hidden by how somebody has named an area.
    pub(crate) fn covers(&self, service: &Service) -> Option<Vec<String>> {
        let mut codes = Vec::new();
        for area in &service.service_areas {
            let uri = area
                .uri
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let name = area.name.as_ref().or(area.service_area.as_ref());
            let name = name
                .map(|name| name.trim().to_lowercase())
                .unwrap_or_default();
            let found = self
                .councils
                .iter()
                .find(|(known, code)| *known == name || uri.ends_with(code.as_str()))?;
            codes.push(found.1.clone());
        }
        (!codes.is_empty()).then_some(codes)
    }

    fn openings(&self, schedules: &[&Schedule]) -> Vec<Opening> {
        let week = opening::week(schedules, self.today);
        let mut openings = Vec::new();
        for day in Weekday::ALL {
            for hours in week.hours(day) {
                let at = u8::try_from(day.place()).unwrap_or(0);
                let from = hours.opens.map_or(0, minutes);
                let until = hours.closes.map_or(WHOLE_DAY, minutes);
                if from < until {
                    openings.push(opening_of(at, from, until));
                } else {
                    openings.push(opening_of(at, from, WHOLE_DAY));
                    if until > 0 {
                        openings.push(opening_of((at + 1) % 7, 0, until));
                    }
                }
            }
        }
        openings.extend(self.openings_today(schedules));
        openings
    }

    /// The hours of the very day, with what is left of the night before: a club of first Mondays is not open on the
    /// others, though it is had on Mondays.
    fn openings_today(&self, schedules: &[&Schedule]) -> Vec<Opening> {
        let bounds = |hours: &Hours| {
            let until = hours.closes.map_or(WHOLE_DAY, minutes);
            (hours.opens.map_or(0, minutes), until)
        };
        let before = self
            .today
            .yesterday()
            .map(|day| opening::hours_on(schedules, day));
        let night = before
            .unwrap_or_default()
            .iter()
            .map(bounds)
            .collect::<Vec<_>>();
        let night = night
            .into_iter()
            .filter(|(from, until)| from >= until && *until > 0);
        let night = night.map(|(_, until)| opening_of(TODAY, 0, until));
        let today = opening::hours_on(schedules, self.today);
        let today = today.iter().map(bounds).map(|(from, until)| {
            opening_of(TODAY, from, if from < until { until } else { WHOLE_DAY })
        });
        night.chain(today).collect()
    }

    fn site(&self, place: &ServiceAtLocation) -> Option<Site> {
        let location = place.location.as_ref()?;
        if location.location_type != LocationType::Physical {
            return None;
        }
        let postcode = location
            .addresses
            .iter()
            .find_map(|address| address.postal_code.parse::<Postcode>().ok());
        let known = postcode.and_then(|postcode| self.postcodes.get(&postcode));
        let position = location
            .position()
            .and_then(|(lat, lon)| Point::new(lat, lon));
        let point = position.or(known.as_ref().map(|known| known.point))?;
        let council = known
            .map(|known| known.council)
            .or_else(|| self.postcodes.council_at(point).map(str::to_owned));
        let mut said = Said::default();
        for feature in &location.accessibility {
            let texts = [
                &feature.description,
                &feature.details,
                &feature.accessibility,
            ];
            texts.into_iter().flatten().for_each(|text| said.add(text));
        }
        let features = self.rules.access.iter();
        let schedules: Vec<&Schedule> = place.schedules.iter().chain(&location.schedules).collect();
        Some(Site {
            point,
            council,
            access: features
                .filter(|feature| feature.is_said(&said))
                .map(|feature| feature.code.clone())
                .collect(),
            openings: self.openings(&schedules),
        })
    }
}

/// The end of a day in minutes after midnight.
const WHOLE_DAY: u16 = 1440;

fn minutes(time: Time) -> u16 {
    let part = |part: i8| u16::try_from(part).unwrap_or(0);
    part(time.hour()) * 60 + part(time.minute())
}

const fn opening_of(day: u8, from: u16, until: u16) -> Opening {
    Opening { day, from, until }
}

fn ages(service: &Service) -> Ages {
    let whole = |age: stour_open_referral::Age| {
        (0..=150_u8)
            .rev()
            .find(|years| f64::from(*years) <= age.years())
    };
    Ages {
        from: service.minimum_age.and_then(whole).unwrap_or(0),
        to: service.maximum_age.and_then(whole).unwrap_or(u8::MAX),
    }
}

/// The sites of a service that have a place, each with its number among the service's locations.
fn sites(service: &Service, reading: &Reading) -> Vec<(usize, Site)> {
    let places = service.service_at_locations.iter().enumerate();
    places
        .filter_map(|(at, place)| Some((at, reading.site(place)?)))
        .collect()
}

/// The location of a site that was found.
pub(crate) fn place_of_site<'s>(
    service: &'s Service,
    reading: &Reading,
    site: usize,
) -> Option<(&'s ServiceAtLocation, Point)> {
    let sites = sites(service, reading);
    let (at, site) = sites.get(site)?;
    Some((service.service_at_locations.get(*at)?, site.point))
}
