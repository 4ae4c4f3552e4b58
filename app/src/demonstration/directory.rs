//! The directory of the demonstration: made-up services, as a feed of Open Referral UK would give them.

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use stour_directory::listing::Role;
use stour_directory::{compare_listings, feed};
use stour_kernel::Date;
use stour_open_referral::Uuid;
use stour_web::House;

/// The name of the feed that the made-up services come by.
const FEED: &str = "demonstration";

/// Another, which has one of the services too, in other words.
const OTHER_FEED: &str = "demonstration-parish";

/// Imports the made-up services, as `stour directory import` does.
///
/// # Errors
/// When they cannot be written to a file of the data folder, or one of them cannot be used.
pub(super) fn import(house: &House, today: Date) -> anyhow::Result<()> {
    let services = documents(today)?;
    let again = services.first().map(in_other_words);
    one_feed(house, FEED, &services)?;
    one_feed(house, OTHER_FEED, again.as_slice())?;
    compare_listings(house)?;
    Ok(())
}

fn one_feed(house: &House, name: &str, services: &[Value]) -> anyhow::Result<()> {
    let file = house.settings().data.join("services.ndjson");
    let lines: Vec<String> = services.iter().map(Value::to_string).collect();
    std::fs::write(&file, lines.join("\n"))
        .with_context(|| format!("{} could not be written", file.display()))?;
    let name = name.parse().map_err(anyhow::Error::msg)?;
    let feed = (&name, Role::Nobody);
    let run = feed::import(house, &file, feed, "the demonstration", &mut |_| {})?;
    if run.counts.set_aside > 0 || run.why.is_some() {
        bail!("the made-up services could not all be used: {run:?}");
    }
    Ok(())
}

/// The same service as another publisher would have it.
fn in_other_words(service: &Value) -> Value {
    let mut again = service.clone();
    if let Some(fields) = again.as_object_mut() {
        let name = fields
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let name = format!("{name} (parish list)");
        fields.insert("id".to_owned(), json!(id(OTHER_FEED, &name)));
        fields.insert("name".to_owned(), json!(name));
        let places = fields
            .get_mut("service_at_locations")
            .and_then(Value::as_array_mut);
        for (number, place) in places.into_iter().flatten().enumerate() {
            if let Some(place) = place.as_object_mut() {
                let own = id(OTHER_FEED, &format!("{name} {number}"));
                place.insert("id".to_owned(), json!(own));
            }
        }
    }
    again
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organisation: Vec<Organisation>,
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    id: String,
    name: String,
    description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    organisation: String,
    name: String,
    description: String,
    /// Numbers and names of the national list of services.
    esd: Vec<(u32, String)>,
    /// The youngest, and the oldest where there is one.
    #[serde(default)]
    ages: Vec<u8>,
    /// In pence; free when there is none.
    price: Option<u32>,
    eligibility: Option<String>,
    #[serde(default)]
    accessibility: Vec<String>,
    /// Days, from, until.
    open: Vec<(String, String, String)>,
    /// Where it comes to, when it is not only at its places: `home`, `telephone`, `online`.
    reach: Option<String>,
    places: Vec<String>,
}

/// The services, each as a whole document of version 3.0, last looked at on this day.
///
/// # Errors
/// When the file that is built in cannot be read.
fn documents(today: Date) -> anyhow::Result<Vec<Value>> {
    let file: File = toml::from_str(include_str!("services.toml"))?;
    let mut documents = Vec::new();
    for (number, service) in file.service.iter().enumerate() {
        let organisation = file
            .organisation
            .iter()
            .find(|organisation| organisation.id == service.organisation)
            .ok_or_else(|| anyhow::anyhow!("no organisation {}", service.organisation))?;
        documents.push(service.document(organisation, number, today));
    }
    Ok(documents)
}

impl Service {
    fn document(&self, organisation: &Organisation, number: usize, today: Date) -> Value {
        let key = format!("{}/{}", self.organisation, self.name);
        let price = self.price.unwrap_or(0);
        let amount = f64::from(price) / 100.0;
        let cost = if price == 0 {
            json!({ "id": id(&key, "cost"), "option": "Free" })
        } else {
            json!({ "id": id(&key, "cost"), "option": "Price", "amount": amount, "currency": "GBP" })
        };
        let attributes: Vec<Value> = self
            .esd
            .iter()
            .map(|(esd, name)| attribute(&key, *esd, name))
            .collect();
        let mut document = json!({
            "id": id(&key, "service"),
            "name": self.name,
            "description": self.description,
            "status": "active",
            "url": format!("https://example.org/{}", self.organisation),
            "email": format!("{}@example.org", self.organisation),
            "assured_date": today.to_string(),
            "last_modified": format!("{today}T09:00:00Z"),
            "organization": {
                "id": id(&self.organisation, "organisation"),
                "name": organisation.name,
                "description": organisation.description,
                "website": format!("https://example.org/{}", self.organisation),
            },
            "phones": [{ "id": id(&key, "phone"), "number": format!("01632 960{:03}", 100 + number) }],
            "cost_options": [cost],
            "attributes": attributes,
            "schedules": self.schedules(&key),
            "service_at_locations": self.places(&key),
        });
        self.say_for_whom(&mut document);
        document
    }

    fn say_for_whom(&self, document: &mut Value) {
        let Some(fields) = document.as_object_mut() else {
            return;
        };
        for (name, age) in ["minimum_age", "maximum_age"].into_iter().zip(&self.ages) {
            fields.insert(name.to_owned(), json!(age));
        }
        if let Some(eligibility) = &self.eligibility {
            fields.insert("eligibility_description".to_owned(), json!(eligibility));
        }
    }

    fn schedules(&self, key: &str) -> Vec<Value> {
        let open = self.open.iter().enumerate();
        open.map(|(number, (days, from, until))| {
            json!({
                "id": id(key, &format!("schedule {number}")),
                "freq": "WEEKLY",
                "byday": days,
                "opens_at": from,
                "closes_at": if until == "24:00" { "23:59" } else { until },
            })
        })
        .collect()
    }

    fn places(&self, key: &str) -> Vec<Value> {
        let mut places: Vec<Value> = self
            .places
            .iter()
            .map(|postcode| self.place(key, postcode))
            .collect();
        if let Some(reach) = &self.reach {
            places.push(json!({
                "id": id(key, "reach"),
                "location": {
                    "id": id(key, "reach location"),
                    "location_type": "virtual",
                    "name": match reach.as_str() { "home" => "At home", "online" => "Online", _ => "By telephone" },
                },
            }));
        }
        places
    }

    fn place(&self, key: &str, postcode: &str) -> Value {
        let accessibility: Vec<Value> = self
            .accessibility
            .iter()
            .map(|feature| json!({ "id": id(key, &format!("{postcode} {feature}")), "description": feature }))
            .collect();
        json!({
            "id": id(key, postcode),
            "location": {
                "id": id(key, &format!("{postcode} location")),
                "location_type": "physical",
                "name": "Example Hall",
                "addresses": [{
                    "id": id(key, &format!("{postcode} address")),
                    "address_1": "Example Hall, 1 Example Street",
                    "city": "Dorset",
                    "state_province": "Dorset",
                    "postal_code": postcode,
                    "country": "GB",
                    "address_type": "physical",
                }],
                "accessibility": accessibility,
            },
        })
    }
}

fn attribute(key: &str, esd: u32, name: &str) -> Value {
    json!({
        "id": id(key, &format!("attribute {esd}")),
        "link_type": "service",
        "link_entity": "service",
        "taxonomy_term": {
            "id": id("esd", &esd.to_string()),
            "code": esd.to_string(),
            "name": name,
            "description": name,
            "term_uri": format!("http://id.esd.org.uk/service/{esd}"),
            "taxonomy": "esdServiceTypes",
        },
    })
}

/// A name for a thing of the demonstration that is the same every time it is made.
fn id(of: &str, what: &str) -> String {
    Uuid::derived(&["demonstration", of, what]).to_string()
}
