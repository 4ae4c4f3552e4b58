//! Searching for a page, and what there is to show of each result.

use jiff::civil::DateTime;
use stour_database::Transaction;
use stour_kernel::{Environment, london};
use stour_open_referral::{Location, Schedule, Service, Text};
use stour_search::{
    Age, Band, Choice, Facet, Found, Hit, Open, Order, Place, Point, Query, QueryError, TODAY,
};

use super::asked::Asked;
use super::words::{MILE, next_opening};
use crate::DirectoryError;
use crate::index::{Directory, PREFIX, Reading, directory, place_of_site};
use crate::listing::{self, ListingId};
use crate::postcode::{Located, postcodes};

/// Results on a page, and of those that are had elsewhere, beside those near by.
pub(super) const PAGE: usize = 20;
const BESIDE: usize = 5;

/// What a search came to.
pub(super) struct Results {
    pub(super) asked: Asked,
    pub(super) located: Option<Located>,
    /// What is wrong with what was typed: the field and what to do.
    pub(super) mistakes: Vec<(&'static str, String)>,
    pub(super) found: Found,
    pub(super) shown: Vec<Shown>,
    /// The first of those that come to people's homes, are online or by telephone.
    pub(super) elsewhere: Vec<Shown>,
    /// What the chosen values and those of the facets are called.
    pub(super) labels: Vec<(Facet, String, String)>,
    /// How many services and organisations there are at all.
    pub(super) all: usize,
}

/// One result.
pub(super) struct Shown {
    pub(super) href: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) by: Option<String>,
    pub(super) text: String,
    pub(super) is_service: bool,
    pub(super) place: Option<String>,
    pub(super) point: Option<Point>,
    pub(super) metres: Option<f64>,
    pub(super) next: Option<String>,
}

/// Searches, in one moment of the database.
pub(super) fn search(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    asked: Asked,
) -> Result<Results, DirectoryError> {
    let directory = directory(tx, environment)?;
    let mut results = Results {
        located: None,
        mistakes: Vec::new(),
        found: Found::default(),
        shown: Vec::new(),
        elsewhere: Vec::new(),
        labels: Vec::new(),
        all: directory.len(),
        asked,
    };
    if !results.asked.postcode.is_empty() {
        match postcodes(tx)?.locate(&results.asked.postcode) {
            Ok(located) => results.located = Some(located),
            Err(no_place) => results.mistakes.push(("postcode", no_place.to_string())),
        }
    }
    let now = environment.now().to_zoned_datetime(london()).datetime();
    let mut query = results.query(now);
    if !results.mistakes.is_empty() {
        return Ok(results);
    }
    let is_divided = query.place.is_some() && !results.asked.is_elsewhere;
    if is_divided {
        query.band = Some(Band::Near);
    } else if results.asked.is_elsewhere {
        query.band = Some(Band::Elsewhere);
    }
    results.found = match directory.find(&query) {
        Ok(found) => found,
        Err(error) => {
            results.mistakes.push((field_of(error), error.to_string()));
            return Ok(results);
        }
    };
    let reading = Reading::new(tx, environment.today())?;
    results.shown = shown(tx, (&directory, &reading), &results.found.hits, now)?;
    if is_divided && results.asked.page == 1 && results.found.elsewhere > 0 {
        let beside = Query {
            band: Some(Band::Elsewhere),
            order: Some(Order::Best),
            take: BESIDE,
            skip: 0,
            ..query
        };
        let found = directory.find(&beside).unwrap_or_default();
        results.elsewhere = shown(tx, (&directory, &reading), &found.hits, now)?;
    }
    results.name(&directory);
    Ok(results)
}

fn field_of(error: QueryError) -> &'static str {
    match error {
        QueryError::Distance => "miles",
        QueryError::Ages => "age",
        QueryError::Day | QueryError::Times => "open",
        _ => "q",
    }
}

impl Results {
    /// The query; what cannot be read of it is a mistake.
    fn query(&mut self, now: DateTime) -> Query {
        let asked = &self.asked;
        let mut query = Query {
            words: asked.words.clone(),
            order: asked.order(),
            skip: (asked.page - 1) * PAGE,
            take: PAGE,
            facet_values: 12,
            chosen: asked
                .chosen
                .iter()
                .map(|(facet, value)| Choice {
                    facet: *facet,
                    value: value.clone(),
                })
                .collect(),
            ..Query::default()
        };
        if !asked.age.is_empty() {
            match asked.age.parse::<u8>().ok().filter(|age| *age <= 120) {
                Some(age) => query.age = Some(Age::Of(age)),
                None => self.mistakes.push((
                    "age",
                    "Age must be a number of years from 0 to 120, or left empty".to_owned(),
                )),
            }
        }
        let miles: Option<f64> = asked.miles.parse().ok();
        query.place = self.located.as_ref().map(|located| Place {
            point: located.point,
            council: Some(located.council.clone()),
            within: miles.filter(|miles| *miles > 0.0).map(|miles| miles * MILE),
        });
        query.open = match asked.open.as_str() {
            "now" => {
                let minute = |part: i8| u16::try_from(part).unwrap_or(0);
                let minute = minute(now.hour()) * 60 + minute(now.minute());
                Some(Open {
                    days: vec![TODAY],
                    between: Some((minute, minute)),
                })
            }
            day => day.parse().ok().filter(|day| *day < 7).map(|day| Open {
                days: vec![day],
                between: None,
            }),
        };
        query
    }

    /// Notes what all values are called that the page shows.
    fn name(&mut self, directory: &Directory) {
        let chosen = self.asked.chosen.iter().cloned();
        let counted = self.found.facets.iter().flat_map(|(facet, values)| {
            let values = values.iter().map(|value| value.value.clone());
            values.map(|value| (*facet, value))
        });
        let all: Vec<_> = chosen.chain(counted).collect();
        self.labels = all
            .into_iter()
            .map(|(facet, value)| {
                let label = directory.label(facet, &value);
                (facet, value, label)
            })
            .collect();
    }

    pub(super) fn label(&self, facet: Facet, value: &str) -> String {
        let mut labels = self.labels.iter();
        let known = labels.find(|(known, named, _)| *known == facet && named == value);
        known.map_or_else(|| value.to_owned(), |(_, _, label)| label.clone())
    }
}

/// What there is to show of hits, in their order.
fn shown(
    tx: &mut Transaction<'_>,
    (directory, reading): (&Directory, &Reading),
    hits: &[Hit],
    now: DateTime,
) -> Result<Vec<Shown>, DirectoryError> {
    let mut all = Vec::new();
    for hit in hits {
        if let Some(id) = hit.id.strip_prefix(PREFIX) {
            if let Some((name, text)) = directory.organisation(id) {
                all.push(Shown {
                    href: format!("/find/organisations/{id}"),
                    id: hit.id.clone(),
                    name,
                    by: None,
                    text,
                    is_service: false,
                    place: None,
                    point: None,
                    metres: hit.metres,
                    next: None,
                });
            }
            continue;
        }
        let Ok(id) = hit.id.parse::<ListingId>() else {
            continue;
        };
        if let Some(published) = listing::published_listing(tx, id)? {
            all.push(service(published.service(), reading, hit, now));
        }
    }
    Ok(all)
}

fn service(service: &Service, reading: &Reading, hit: &Hit, now: DateTime) -> Shown {
    let site = hit
        .site
        .and_then(|site| place_of_site(service, reading, site));
    let location = site.and_then(|(place, _)| place.location.as_deref());
    let mut schedules: Vec<&Schedule> = site
        .iter()
        .flat_map(|(place, _)| &place.schedules)
        .chain(location.iter().flat_map(|location| &location.schedules))
        .collect();
    if schedules.is_empty() {
        schedules = service.schedules.iter().collect();
    }
    let text = service.description.as_ref();
    Shown {
        href: format!("/find/{}", service.id),
        id: service.id.to_string(),
        name: service.name.to_string(),
        by: service
            .organization
            .as_ref()
            .map(|organization| organization.name.to_string()),
        text: text.map(ToString::to_string).unwrap_or_default(),
        is_service: true,
        place: location.and_then(place_name),
        point: site.map(|(_, point)| point),
        metres: hit.metres,
        next: next_opening(&schedules, now),
    }
}

/// `Village hall, Wimborne`.
pub(super) fn place_name(location: &Location) -> Option<String> {
    let city = location
        .addresses
        .first()
        .map(|address| address.city.as_str());
    let name = location.name.as_ref().map(Text::as_str);
    let parts: Vec<&str> = name
        .into_iter()
        .chain(city)
        .filter(|part| !part.trim().is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
