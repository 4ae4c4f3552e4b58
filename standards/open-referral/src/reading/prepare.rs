//! What is put right of an object before its fields are read: what the earlier version called otherwise, what
//! follows from other fields, and numbers that stand for nothing.

use serde_json::{Map, Value, json};

use super::context::{Context, as_words, is_nothing};
use super::{day, earlier};
use crate::model::{
    Accessibility, Address, Attribute, Contact, CostOption, Funding, Language, Location,
    Organization, OrganizationIdentifier, Phone, Schedule, Service, ServiceArea, ServiceAtLocation,
    Taxonomy, TaxonomyTerm,
};
use crate::opening::EARLIEST_YEAR;

pub(super) type Fields = Map<String, Value>;

/// What is put right of an entity before and after its fields are read.
pub(crate) trait Prepare {
    /// Puts it right in place.
    fn prepare(_fields: &mut Fields, _context: &mut Context<'_>) {}

    /// Puts right in place what follows from what was read.
    fn settle(&mut self) {}
}

impl Prepare for Accessibility {}
impl Prepare for Contact {}
impl Prepare for CostOption {}
impl Prepare for Funding {}
impl Prepare for ServiceArea {}

impl Prepare for Service {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        earlier::service(fields, context);
        ages(fields, context);
        schedules(fields, context);
    }

    /// The organisation's own identifier may have been settled only as the organisation was read.
    fn settle(&mut self) {
        if self.organization_id.is_none() {
            self.organization_id = self.organization.as_ref().map(|one| one.id);
        }
    }
}

impl Prepare for Organization {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        moved(fields, "url", "website");
        moved(fields, "identifiers", "organization_identifiers");
        same_where_missing(fields, "name", "description");
        let _ = context;
    }
}

impl Prepare for OrganizationIdentifier {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        moved(fields, "scheme", "identifier_scheme");
        same_where_missing(fields, "identifier_scheme", "identifier_type");
    }
}

impl Prepare for ServiceAtLocation {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        earlier::schedules(fields);
        schedules(fields, context);
        // A service within its own place says nothing new.
        if !context.parent().is_empty() {
            fields.remove("service");
        }
    }
}

impl Prepare for Location {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        earlier::location(fields);
        schedules(fields, context);
        position(fields, context);
        if let Some(Value::Array(addresses)) = fields.get_mut("addresses") {
            addresses.retain(|address| {
                let lines = ["address_1", "address_2", "city", "postal_code"];
                let said = lines
                    .iter()
                    .any(|line| address.get(line).is_some_and(|line| !is_nothing(line)));
                if !said && !is_nothing(address) {
                    context.note_of("addresses", address, None, "an address has no lines");
                }
                said
            });
        }
        if fields.get("location_type").is_none_or(is_nothing) {
            let somewhere = fields.contains_key("latitude")
                || fields.get("addresses").is_some_and(|all| !is_nothing(all));
            let kind = if somewhere { "physical" } else { "virtual" };
            fields.insert("location_type".to_owned(), json!(kind));
        }
    }
}

impl Prepare for Address {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        let second = ["address_2", "address_3", "address_4"].map(|line| fields.remove(line));
        let lines: Vec<String> = second.iter().flatten().filter_map(as_words).collect();
        if !lines.is_empty() {
            fields.insert("address_2".to_owned(), json!(lines.join(", ")));
        }
        if fields.get("country").is_none_or(is_nothing) {
            fields.insert("country".to_owned(), json!("GB"));
        }
    }
}

impl Prepare for Phone {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        if fields.get("contact").is_some_and(Value::is_string) {
            moved(fields, "contact", "description");
        }
        if let Some(Value::String(language)) = fields.remove("language") {
            fields
                .entry("languages")
                .or_insert_with(|| json!([{ "name": language }]));
        }
    }
}

impl Prepare for Language {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        moved(fields, "language", "name");
    }
}

impl Prepare for Schedule {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        without_first_of_old(fields, "dtstart", context);
        let byday = fields.get("byday").and_then(as_words).unwrap_or_default();
        let weekly = fields
            .get("freq")
            .and_then(as_words)
            .is_some_and(|freq| freq.eq_ignore_ascii_case("weekly"));
        let ordinal = byday.split([',', ' ']).any(|part| {
            let part = part.trim_start_matches(['+', '-']);
            part.starts_with(|first: char| first.is_ascii_digit())
                && part.ends_with(|last: char| last.is_ascii_alphabetic())
        });
        if weekly && ordinal {
            let monthly = json!("MONTHLY");
            context.note_of(
                "freq",
                &json!("WEEKLY"),
                Some(&monthly),
                "no week has a second Monday",
            );
            fields.insert("freq".to_owned(), monthly);
        }
        // The earlier version's field, which says nothing beside days that can be read.
        if let Some(number) = fields.remove("weekday").as_ref().and_then(as_words)
            && !byday.contains(char::is_alphabetic)
        {
            let named = number
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
            let named = named.and_then(|place| crate::Weekday::ALL.get(place).copied());
            if let Some(named) = named.or_else(|| day::weekday(&number)) {
                fields.insert("byday".to_owned(), json!(named.as_str()));
            }
        }
    }
}

impl Prepare for Taxonomy {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        same_where_missing(fields, "name", "description");
    }
}

impl Prepare for TaxonomyTerm {
    fn prepare(fields: &mut Fields, context: &mut Context<'_>) {
        moved(fields, "vocabulary", "taxonomy");
        same_where_missing(fields, "term", "name");
        same_where_missing(fields, "label", "name");
        same_where_missing(fields, "name", "description");
        earlier::scheme(fields, context);
    }
}

impl Prepare for Attribute {
    fn prepare(fields: &mut Fields, _: &mut Context<'_>) {
        if fields.get("taxonomy").is_some_and(Value::is_object) {
            moved(fields, "taxonomy", "taxonomy_term");
        }
    }
}

/// Gives a field its name of today, unless that is there already.
pub(super) fn moved(fields: &mut Fields, from: &str, to: &str) {
    if let Some(value) = fields.remove(from)
        && fields.get(to).is_none_or(is_nothing)
    {
        fields.insert(to.to_owned(), value);
    }
}

fn same_where_missing(fields: &mut Fields, from: &str, to: &str) {
    if fields.get(to).is_none_or(is_nothing)
        && let Some(value) = fields.get(from).cloned()
    {
        fields.insert(to.to_owned(), value);
    }
}

/// From which age on a bound is one that programs write where they mean that there is none.
const NO_BOUND: f64 = 110.0;

/// Takes out ages that stand for none: below nought, and older than people get.
fn ages(fields: &mut Fields, context: &mut Context<'_>) {
    let age = |fields: &Fields, name: &str| {
        let value = fields.get(name)?;
        let number = value
            .as_f64()
            .or_else(|| value.as_str()?.trim().parse().ok());
        number.map(|number| (number, value.clone()))
    };
    let why = "it stands for no bound";
    let mut unbounded = false;
    for name in ["minimum_age", "maximum_age"] {
        if let Some((number, value)) = age(fields, name)
            && !(0.0..NO_BOUND).contains(&number)
        {
            context.note_of(name, &value, None, why);
            fields.remove(name);
            unbounded |= name == "maximum_age";
        }
    }
    match (age(fields, "minimum_age"), age(fields, "maximum_age")) {
        (Some((0.0, value)), None) if unbounded => {
            context.note_of("minimum_age", &value, None, why);
            fields.remove("minimum_age");
        }
        (Some((low, value)), Some((high, _))) if low > high => {
            context.note_of(
                "minimum_age",
                &value,
                None,
                "it is above the maximum, so neither is known",
            );
            fields.remove("minimum_age");
            fields.remove("maximum_age");
        }
        _ => {}
    }
}

/// Puts the point of a place right: given the wrong way round, or nought where it means unknown.
fn position(fields: &mut Fields, context: &mut Context<'_>) {
    let degrees = |fields: &Fields, name: &str| {
        let value = fields.get(name)?;
        value
            .as_f64()
            .or_else(|| value.as_str()?.trim().parse().ok())
    };
    let (Some(latitude), Some(longitude)) =
        (degrees(fields, "latitude"), degrees(fields, "longitude"))
    else {
        return;
    };
    let was = json!([latitude, longitude]);
    if latitude.abs() > 90.0 || (latitude == 0.0 && longitude == 0.0) {
        context.note_of("latitude", &was, None, "it is no place on land here");
        fields.remove("latitude");
        fields.remove("longitude");
    } else if (-9.0..=3.0).contains(&latitude) && (49.0..=61.0).contains(&longitude) {
        let became = json!([longitude, latitude]);
        context.note_of(
            "latitude",
            &was,
            Some(&became),
            "latitude and longitude were the wrong way round",
        );
        fields.insert("latitude".to_owned(), json!(longitude));
        fields.insert("longitude".to_owned(), json!(latitude));
    }
}

/// Makes what repeats daily into what repeats weekly, which is all that the standard knows.
fn schedules(fields: &mut Fields, context: &mut Context<'_>) {
    let Some(Value::Array(all)) = fields.get_mut("schedules") else {
        return;
    };
    let mut unfolded = Vec::with_capacity(all.len());
    for schedule in all.drain(..) {
        match schedule {
            Value::Object(mut schedule) if is_daily(&schedule) => {
                without_first_of_old(&mut schedule, "schedules.dtstart", context);
                unfolded.extend(super::daily::unfold(schedule, context));
            }
            other => unfolded.push(other),
        }
    }
    *all = unfolded;
}

/// Leaves out a first day before anybody's time: software fills it in where nobody said.
fn without_first_of_old(schedule: &mut Fields, place: &str, context: &mut Context<'_>) {
    // Of days on which it is closed nothing is counted.
    if schedule.get("closed") == Some(&Value::Bool(true)) {
        return;
    }
    let said = schedule.get("dtstart").and_then(as_words);
    let first = said.and_then(|said| super::time::date(&said));
    if first.is_some_and(|first| first.year() < EARLIEST_YEAR)
        && let Some(was) = schedule.remove("dtstart")
    {
        let why = "repetitions are not counted from before 1900";
        context.note_of(place, &was, None, why);
    }
}

fn is_daily(schedule: &Fields) -> bool {
    let freq = schedule.get("freq").and_then(as_words);
    freq.is_some_and(|freq| freq.eq_ignore_ascii_case("daily"))
}
