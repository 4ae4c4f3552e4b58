//! A service as the fields of a form: one text for each, entries of lists by their identifiers, so that two changes
//! to one service can be told apart and put together.

use std::collections::{BTreeMap, BTreeSet};

use stour_open_referral::{
    Age, ByDay, Contact, CostOption, Frequency, LocationType, Phone, Schedule, Service,
    ServiceAtLocation, Status, Weekday,
};

use super::settings::Settings;

/// Text by field: `name`, `place.{id}.postcode`.
pub(crate) type Fields = BTreeMap<String, String>;

/// The fields of days, in the order of the week.
pub(crate) const DAYS: [(&str, Weekday, &str); 7] = [
    ("mo", Weekday::Monday, "Monday"),
    ("tu", Weekday::Tuesday, "Tuesday"),
    ("we", Weekday::Wednesday, "Wednesday"),
    ("th", Weekday::Thursday, "Thursday"),
    ("fr", Weekday::Friday, "Friday"),
    ("sa", Weekday::Saturday, "Saturday"),
    ("su", Weekday::Sunday, "Sunday"),
];

/// The states of a service, as a form sends and says them.
pub(crate) const STATES: [(Status, &str); 4] = [
    (Status::Active, "It is open"),
    (Status::TemporarilyClosed, "It is closed for a while"),
    (Status::Inactive, "Take it out of the directory for now"),
    (Status::Defunct, "It has ended"),
];

/// Every field of a service that has something in it.
pub(crate) fn fields_of(service: &Service, settings: &Settings) -> Fields {
    let mut fields = Fields::new();
    let mut put = |field: &str, text: Option<&str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            fields.insert(field.to_owned(), text.to_owned());
        }
    };
    let age = |age: Option<Age>| age.map(|age| age.to_string());
    put("name", Some(service.name.as_str()));
    put("status", Some(service.status.as_str()));
    put("description", service.description.as_deref());
    put("url", service.url.as_ref().map(AsRef::as_ref));
    put("email", service.email.as_ref().map(AsRef::as_ref));
    put("how", service.application_process.as_deref());
    put("wait", service.wait_time.as_deref());
    put("fees", service.fees_description.as_deref());
    put("who", service.eligibility_description.as_deref());
    put("from-age", age(service.minimum_age).as_deref());
    put("to-age", age(service.maximum_age).as_deref());
    put("alert", service.alert.as_deref());
    for phone in &service.phones {
        of_phone(phone, &mut fields);
    }
    for contact in &service.contacts {
        of_contact(contact, &mut fields);
    }
    for price in &service.cost_options {
        of_price(price, &mut fields);
    }
    for place in &service.service_at_locations {
        of_place(place, settings, &mut fields);
    }
    for schedule in schedules(service) {
        of_schedule(schedule, &mut fields);
    }
    fields
}

/// Every schedule of a service, those of its places too.
pub(crate) fn schedules(service: &Service) -> impl Iterator<Item = &Schedule> {
    let of_places = service.service_at_locations.iter();
    let of_places = of_places.flat_map(|place| &place.schedules);
    service.schedules.iter().chain(of_places)
}

fn put(fields: &mut Fields, (list, id, name): (&str, &str, &str), text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        fields.insert(format!("{list}.{id}.{name}"), text.to_owned());
    }
}

fn of_phone(phone: &Phone, fields: &mut Fields) {
    let id = phone.id.to_string();
    put(fields, ("phone", &id, "number"), Some(&phone.number));
    put(fields, ("phone", &id, "for"), phone.description.as_deref());
}

fn of_contact(contact: &Contact, fields: &mut Fields) {
    let id = contact.id.to_string();
    let phone = contact.phones.first().map(|phone| phone.number.as_str());
    let email = contact.email.as_ref().map(AsRef::as_ref);
    put(fields, ("contact", &id, "name"), contact.name.as_deref());
    put(fields, ("contact", &id, "title"), contact.title.as_deref());
    put(fields, ("contact", &id, "phone"), phone);
    put(fields, ("contact", &id, "email"), email);
}

fn of_price(price: &CostOption, fields: &mut Fields) {
    let id = price.id.to_string();
    let amount = price.amount.map(|amount| amount.0.to_string());
    put(fields, ("price", &id, "for"), price.option.as_deref());
    put(fields, ("price", &id, "amount"), amount.as_deref());
    put(
        fields,
        ("price", &id, "each"),
        price.amount_description.as_deref(),
    );
}

fn of_place(place: &ServiceAtLocation, settings: &Settings, fields: &mut Fields) {
    let id = place.id.to_string();
    let Some(location) = &place.location else {
        return;
    };
    let is_virtual = location.location_type == LocationType::Virtual;
    put(fields, ("place", &id, "name"), location.name.as_deref());
    put(
        fields,
        ("place", &id, "online"),
        is_virtual.then_some("yes"),
    );
    if let Some(address) = location.addresses.first() {
        put(fields, ("place", &id, "street"), Some(&address.address_1));
        put(fields, ("place", &id, "town"), Some(&address.city));
        put(
            fields,
            ("place", &id, "county"),
            Some(&address.state_province),
        );
        put(
            fields,
            ("place", &id, "postcode"),
            Some(&address.postal_code),
        );
    }
    for question in &settings.access {
        let mut entries = location.accessibility.iter();
        let entry = entries.find(|entry| entry.description.as_deref() == Some(&question.label));
        let answer = entry.and_then(|entry| entry.details.as_deref());
        put(fields, ("access", &id, &question.code), answer);
    }
}

fn of_schedule(schedule: &Schedule, fields: &mut Fields) {
    let id = schedule.id.to_string();
    let time = |time: Option<String>| time.map(|time| time.chars().take(5).collect::<String>());
    let opens = time(schedule.opens_at.map(|time| time.to_string()));
    let closes = time(schedule.closes_at.map(|time| time.to_string()));
    if is_plain(schedule) {
        let days = schedule.byday.iter().flat_map(ByDay::rules);
        let days: BTreeSet<Weekday> = days.map(|rule| rule.day).collect();
        for (code, day, _) in DAYS {
            put(
                fields,
                ("time", &id, code),
                days.contains(&day).then_some("yes"),
            );
        }
    }
    put(fields, ("time", &id, "opens"), opens.as_deref());
    put(fields, ("time", &id, "closes"), closes.as_deref());
    put(
        fields,
        ("time", &id, "note"),
        schedule.description.as_deref(),
    );
}

/// Whether a schedule is by days of every week, as the form has it; others keep their rule of repetition.
pub(crate) fn is_plain(schedule: &Schedule) -> bool {
    let every_week = schedule.interval.is_none_or(|weeks| weeks.get() == 1);
    let mut rules = schedule.byday.iter().flat_map(ByDay::rules);
    schedule.freq.is_none_or(|freq| freq == Frequency::Weekly)
        && every_week
        && schedule.bymonthday.is_none()
        && rules.all(|rule| rule.ordinal.is_none())
}

/// The entries of a list that any field names, in the order of their identifiers.
pub(crate) fn entries<'f>(list: &str, fields: impl Iterator<Item = &'f String>) -> Vec<String> {
    let mut found = BTreeSet::new();
    for field in fields {
        let mut parts = field.split('.');
        if parts.next() == Some(list)
            && let Some(id) = parts.next()
        {
            found.insert(id.to_owned());
        }
    }
    found.into_iter().collect()
}

/// What people call a field: `Place: postcode`.
pub(crate) fn label(field: &str, settings: &Settings) -> String {
    let mut parts = field.split('.');
    let (list, _, name) = (parts.next(), parts.next(), parts.next());
    let Some(name) = name else {
        return plain_label(field).to_owned();
    };
    let list = list.unwrap_or_default();
    let of_list = match list {
        "place" => "Place",
        "time" => "Opening times",
        "price" => "Price",
        "contact" => "Contact",
        "phone" => "Telephone",
        "access" => "Access",
        other => other,
    };
    let day = DAYS.iter().find(|(code, ..)| *code == name);
    let question = settings.access.iter().find(|one| one.code == name);
    let name = match (list, name) {
        ("access", _) => question.map_or(name, |one| one.label.as_str()),
        ("time", _) if day.is_some() => day.map_or(name, |(_, _, words)| words),
        (_, "number") => "number",
        (_, "for") => "what it is for",
        (_, "each") => "for each",
        (_, "online") => "online or by telephone",
        (_, "title") => "what they do",
        (_, "remove") => "take it out",
        (_, other) => other,
    };
    format!("{of_list}: {}", name.to_lowercase())
}

fn plain_label(field: &str) -> &str {
    match field {
        "name" => "Name",
        "status" => "Whether it is open",
        "description" => "What it does",
        "url" => "Web page",
        "email" => "E-mail address",
        "how" => "How to start using it",
        "wait" => "How long people wait",
        "fees" => "What it costs, in words",
        "who" => "Whom it is for",
        "from-age" => "From age",
        "to-age" => "Up to age",
        "alert" => "What has changed for a while",
        other => other,
    }
}
