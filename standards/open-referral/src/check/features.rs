//! What a filter could find a service by, taken from a record of either version.

use serde_json::Value;
use stour_kernel::{Date, Postcode};

use super::format;
use super::version::Version;

/// One service of the sample.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    pub(super) id: String,
    pub(super) name: String,
    /// From and to, in years.
    pub(super) ages: Option<(f64, f64)>,
    pub(super) places: Vec<Place>,
    pub(super) hours: Vec<Hours>,
    pub(super) terms: Vec<Term>,
    pub(super) modified: Option<String>,
    /// Whether the record was read whole, so that what it lacks is known.
    pub(super) is_whole: bool,
}

/// Where it is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) postcode: Option<Postcode>,
    /// Latitude and longitude in degrees.
    pub(super) point: Option<(f64, f64)>,
}

/// When it is open.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    /// `MO` to `SU`; empty where the schedule does not say.
    pub(super) days: Vec<String>,
    pub(super) opens: String,
    pub(super) closes: String,
    /// Minutes since midnight.
    pub(super) span: Option<(u16, u16)>,
    pub(super) is_valid: bool,
}

/// What it is called in a taxonomy.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    /// The taxonomy in 3.0, the vocabulary in 1.0.
    pub(super) taxonomy: Option<String>,
}

/// What is known of a service from the list, and from its own record where that was read.
pub(super) fn features(
    version: Version,
    listed: &Value,
    whole: Option<&Value>,
    today: Date,
) -> Features {
    let record = whole.unwrap_or(listed);
    Features {
        id: text(record, "id").unwrap_or_default(),
        name: text(record, "name").unwrap_or_default(),
        ages: ages(version, record).or_else(|| ages(version, listed)),
        places: list(record, "service_at_locations")
            .flat_map(|at| places(version, at))
            .collect(),
        hours: hours(version, record, today),
        terms: terms(version, record),
        modified: text(record, "last_modified"),
        is_whole: whole.is_some(),
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    let text = value.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn ages(version: Version, record: &Value) -> Option<(f64, f64)> {
    let holder = match version {
        Version::V3 => record,
        Version::V1 => list(record, "eligibilitys").next()?,
    };
    let age = |name: &str| holder.get(name).and_then(Value::as_f64);
    let (from, to) = (age("minimum_age")?, age("maximum_age")?);
    (0.0 <= from && from <= to).then_some((from, to))
}

fn places(version: Version, at: &Value) -> Vec<Place> {
    let Some(location) = at.get("location") else {
        return Vec::new();
    };
    let degrees = |name: &str| location.get(name).and_then(Value::as_f64);
    let point = degrees("latitude").zip(degrees("longitude"));
    // Within the United Kingdom; elsewhere a postcode has no distance to it.
    let point =
        point.filter(|(north, east)| (49.0..61.5).contains(north) && (-9.0..2.5).contains(east));
    let addresses = match version {
        Version::V3 => "addresses",
        Version::V1 => "physical_addresses",
    };
    let postcodes = list(location, addresses).filter_map(|address| text(address, "postal_code"));
    let mut places: Vec<Place> = postcodes
        .map(|postcode| Place {
            postcode: postcode.parse().ok(),
            point,
        })
        .collect();
    if places.is_empty() {
        places.push(Place {
            postcode: None,
            point,
        });
    }
    places
}

fn hours(version: Version, record: &Value, today: Date) -> Vec<Hours> {
    let name = match version {
        Version::V3 => "schedules",
        Version::V1 => "regular_schedules",
    };
    let at_places = list(record, "service_at_locations").flat_map(|at| list(at, name));
    list(record, name)
        .chain(at_places)
        .map(|schedule| {
            let day = |name: &str| text(schedule, name)?.parse::<Date>().ok();
            let (opens, closes) = (text(schedule, "opens_at"), text(schedule, "closes_at"));
            let minutes = |text: &Option<String>| text.as_deref().and_then(format::minutes);
            let days = text(schedule, "byday").unwrap_or_default();
            Hours {
                days: days
                    .split(',')
                    .map(|day| day.trim().to_ascii_uppercase())
                    .filter(|day| !day.is_empty())
                    .collect(),
                span: minutes(&opens).zip(minutes(&closes)),
                opens: opens.unwrap_or_default(),
                closes: closes.unwrap_or_default(),
                is_valid: day("valid_from").is_none_or(|from| from <= today)
                    && day("valid_to").is_none_or(|to| today <= to)
                    && text(schedule, "freq").is_none_or(|freq| freq == "WEEKLY"),
            }
        })
        .collect()
}

fn terms(version: Version, record: &Value) -> Vec<Term> {
    let (name, inner, taxonomy) = match version {
        Version::V3 => ("attributes", "taxonomy_term", "taxonomy_id"),
        Version::V1 => ("service_taxonomys", "taxonomy", "vocabulary"),
    };
    list(record, name)
        .filter_map(|link| link.get(inner))
        .filter_map(|term| {
            Some(Term {
                id: text(term, "id")?,
                parent: text(term, "parent_id"),
                taxonomy: text(term, taxonomy),
            })
        })
        .collect()
}

/// Metres between two points, as the crow flies (haversine, mean radius of the earth 6,371,009 m).
pub(super) fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let ((north, east), (north_of, east_of)) = (one, other);
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let chord = half(north_of - north)
        + north.to_radians().cos() * north_of.to_radians().cos() * half(east_of - east);
    2.0 * 6_371_009.0 * chord.sqrt().clamp(0.0, 1.0).asin()
}
