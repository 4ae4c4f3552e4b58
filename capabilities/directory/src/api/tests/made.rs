//! Made-up services: some of everything that filters go by, and some that must not be seen.

use serde_json::{Value, json};

/// How many of them are published.
pub(super) const PUBLISHED: usize = 60;

const WORDS: [&str; 10] = [
    "Badminton",
    "Cookery",
    "Drumming",
    "Embroidery",
    "Fencing",
    "Gardening",
    "Hiking",
    "Italian",
    "Judo",
    "Knitting",
];
const DAYS: [&str; 6] = ["MO", "TU,TH", "WE", "1FR", "SA,SU", "MO,WE,FR"];
/// Opens and closes; one closes on the next day.
const HOURS: [(&str, &str); 4] = [
    ("09:00:00", "11:30:00"),
    ("13:00:00", "15:00:00"),
    ("18:30:00", "21:00:00"),
    ("22:00:00", "06:00:00"),
];
/// Postcodes of the reference data with where they are: Bournemouth, Dorchester, Shaftesbury, Swanage.
const PLACES: [(&str, f64, f64); 4] = [
    ("BH8 9RN", 50.7414, -1.8522),
    ("DT1 1XJ", 50.7153, -2.4389),
    ("SP7 8JE", 51.0055, -2.1977),
    ("BH19 1AP", 50.6089, -1.9585),
];

fn id(kind: usize, number: usize) -> String {
    format!("00000000-0000-4000-8{kind:03}-{number:012}")
}

/// Every service: sixty that are published, and others that must never be seen.
pub(super) fn services() -> Vec<Value> {
    let mut all: Vec<Value> = (0..PUBLISHED).map(service).collect();
    let mut inactive = service(100);
    inactive["status"] = "inactive".into();
    let mut refuge = service(101);
    refuge["name"] = "Women's refuge".into();
    refuge["description"] = "A refuge for women who flee domestic abuse.".into();
    all.extend([inactive, refuge]);
    all
}

fn service(number: usize) -> Value {
    let word = WORDS[number % WORDS.len()];
    let mut service = json!({
        "id": id(1, number), "status": "active", "name": format!("{word} group {number}"),
        "description": format!("Come and enjoy {} together, whoever you are.", word.to_lowercase()),
        "assured_date": "2026-11-01", "last_modified": "2020-01-01T00:00:00Z",
        "organization": {"id": id(3, number % 7), "name": format!("Association {}", number % 7), "description": "A charity"},
        "schedules": [schedule(number)],
        "attributes": [{"id": id(5, number), "taxonomy_term": term(number % 9)}],
        "service_at_locations": sites(number),
        "cost_options": [{"id": id(6, number), "amount": 5, "option": "Each time"}],
        "contacts": [{"id": id(10, number), "title": "Secretary"}],
    });
    if !number.is_multiple_of(5) {
        service["minimum_age"] = json!(number % 5 * 15);
    }
    if !number.is_multiple_of(4) {
        service["maximum_age"] = json!(number % 5 * 15 + 14);
    }
    if number % 11 == 3 {
        service["service_areas"] = json!([{"id": id(11, number), "name": "Dorset"}]);
    }
    service
}

fn schedule(number: usize) -> Value {
    let (opens, closes) = HOURS[number % HOURS.len()];
    let mut schedule = json!({
        "id": id(4, number), "freq": if number % 6 == 3 { "MONTHLY" } else { "WEEKLY" }, "byday": DAYS[number % DAYS.len()],
        "opens_at": opens, "closes_at": closes,
    });
    if number % 13 == 5 {
        schedule["valid_to"] = "2026-01-31".into();
    }
    if number % 17 == 4 {
        // Weekly on the day on which it began, a Tuesday.
        schedule.as_object_mut().unwrap().remove("byday");
        schedule["freq"] = "WEEKLY".into();
        schedule["dtstart"] = "2026-11-03".into();
    }
    schedule
}

fn sites(number: usize) -> Value {
    let count = if number % 8 == 6 {
        0
    } else {
        1 + number % 3 / 2
    };
    let site = |which: usize| {
        let (postcode, north, east) = PLACES[(number + which) % PLACES.len()];
        let key = number * 10 + which;
        let nudge = f64::from(u32::try_from(number % 12).unwrap()) / 1_000.0;
        let mut site = json!({
            "id": id(2, key),
            "location": {
                "id": id(7, key), "location_type": "physical", "name": "Hall",
                "latitude": north + nudge, "longitude": east,
                "addresses": [{
                    "id": id(8, key), "address_1": "1 High Street", "city": "Town", "state_province": "Dorset",
                    "postal_code": postcode, "country": "GB", "address_type": "physical",
                }],
                "accessibility": [{"id": id(12, key), "description": "A ramp"}],
            },
        });
        if number % 9 == 2 {
            site["schedules"] = json!([{
                "id": id(13, key), "freq": "WEEKLY", "byday": "SU", "opens_at": "10:00:00", "closes_at": "12:00:00",
            }]);
        }
        site
    };
    Value::Array((0..count).map(site).collect())
}

fn term(number: usize) -> Value {
    let mut term = json!({
        "id": id(9, number), "name": format!("Kind {number}"), "description": "A kind of service",
    });
    if number < 3 {
        term["taxonomy_id"] = "00000000-0000-4000-8014-000000000001".into();
        term["taxonomy"] = "Kinds".into();
    } else if number < 6 {
        term["taxonomy"] = "Other kinds".into();
    }
    if number == 1 {
        term["parent_id"] = id(9, 0).into();
    }
    term
}
