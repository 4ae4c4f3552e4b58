//! What is different between two states of a service, field by field, in words.

use std::collections::BTreeMap;

use serde_json::Value;
use stour_open_referral::Service;

/// One field that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which field, in words: `Place 1: address 1: postcode`.
    pub what: String,
    /// What stood there; `None` for nothing.
    pub before: Option<String>,
    /// What stands there now; `None` for nothing.
    pub after: Option<String>,
}

/// What is different, in the order of the words. Entries of a list are the same entry when they have the same
/// identifier, whatever their order.
pub fn difference(before: &Service, after: &Service) -> Vec<Change> {
    let (before, after) = (leaves(before), leaves(after));
    let keys: std::collections::BTreeSet<&Place> = before.keys().chain(after.keys()).collect();
    let mut numbers = Numbers::default();
    keys.into_iter()
        .filter_map(|place| {
            let (old, new) = (before.get(place), after.get(place));
            let what = numbers.words(place);
            (old != new).then(|| Change {
                what,
                before: old.cloned(),
                after: new.cloned(),
            })
        })
        .collect()
}

/// One step to a field: its name, and the entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    name: String,
    entry: Option<String>,
}

type Place = Vec<Step>;

fn leaves(service: &Service) -> BTreeMap<Place, String> {
    let mut found = BTreeMap::new();
    if let Ok(value) = serde_json::to_value(service) {
        gather(&value, &mut Vec::new(), &mut found);
    }
    found
}

fn gather(value: &Value, place: &mut Place, found: &mut BTreeMap<Place, String>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "id" || name.ends_with("_id") {
                    continue;
                }
                step(name, None, value, place, found);
            }
        }
        Value::Array(items) => {
            let Some(last) = place.pop() else { return };
            for (number, item) in items.iter().enumerate() {
                let id = item.get("id").and_then(Value::as_str);
                let entry = id.map_or_else(|| format!("{number:06}"), str::to_owned);
                step(&last.name, Some(entry), item, place, found);
            }
            place.push(last);
        }
        Value::String(text) => {
            found.insert(place.clone(), text.clone());
        }
        other => {
            found.insert(place.clone(), other.to_string());
        }
    }
}

fn step(
    name: &str,
    entry: Option<String>,
    value: &Value,
    place: &mut Place,
    found: &mut BTreeMap<Place, String>,
) {
    place.push(Step {
        name: name.to_owned(),
        entry,
    });
    gather(value, place, found);
    place.pop();
}

/// Numbers the entries of lists in the order in which they are met.
#[derive(Default)]
struct Numbers(BTreeMap<Vec<Step>, Vec<String>>);

impl Numbers {
    fn words(&mut self, place: &Place) -> String {
        let mut words = Vec::new();
        let mut above: Vec<Step> = Vec::new();
        for step in place {
            let label = label(&step.name);
            match &step.entry {
                None => words.push(label),
                Some(entry) => {
                    let mut list = above.clone();
                    list.push(Step {
                        name: step.name.clone(),
                        entry: None,
                    });
                    let known = self.0.entry(list).or_default();
                    let number = known.iter().position(|seen| seen == entry);
                    let number = number.unwrap_or_else(|| {
                        known.push(entry.clone());
                        known.len() - 1
                    });
                    words.push(format!("{label} {}", number + 1));
                }
            }
            above.push(step.clone());
        }
        words.retain(|word| !word.is_empty());
        stour_web::words::capital(&words.join(": "))
    }
}

/// What people call a field; an empty word is a step that they need not hear of.
fn label(name: &str) -> String {
    let known = match name {
        "service_at_locations" => "place",
        "location" | "taxonomy_term" => "",
        "addresses" | "address_1" => "address",
        "address_2" => "address, second line",
        "city" => "town",
        "state_province" => "county",
        "postal_code" => "postcode",
        "schedules" => "opening times",
        "byday" => "days of the week",
        "bymonthday" => "days of the month",
        "freq" => "repeats",
        "dtstart" => "begins on",
        "organization" => "organisation",
        "organization_identifiers" => "number in a register",
        "cost_options" => "price",
        "phones" => "telephone",
        "contacts" => "contact",
        "languages" => "language",
        "service_areas" => "area served",
        "attributes" => "category",
        "email" => "e-mail",
        "url" | "website" => "web page",
        "minimum_age" => "from age",
        "maximum_age" => "up to age",
        "assured_date" => "last checked",
        "assurer_email" => "checked by",
        "last_modified" => "last changed at its source",
        other => return other.replace('_', " "),
    };
    known.to_owned()
}
