//! A feed of sixty made-up services that does what the standard says, but for what it is told to get wrong.

use serde_json::{Map, Value, json};
use stour_open_referral::check::{Answer, Failure};

/// A service of the simulated feed.
pub(super) struct Made {
    number: usize,
    ages: (u64, u64),
    day: &'static str,
    hours: (&'static str, &'static str),
    term: usize,
    /// Latitude and longitude in hundredths of a degree.
    at: (u32, u32),
}

/// A feed of version 3.0.
pub(super) struct Feed {
    pub(super) services: Vec<Made>,
    /// A parameter that is ignored.
    pub(super) ignores: &'static str,
    /// Lists that are not there.
    pub(super) lacks: &'static [&'static str],
    pub(super) per_page: usize,
}

const WORDS: [&str; 12] = [
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
    "Lacemaking",
    "Meditation",
];
const DAYS: [&str; 5] = ["MO", "TU", "WE", "TH", "FR"];
const POSTCODES: [&str; 4] = ["BH8 9RN", "DT1 1XJ", "SP7 8AA", "BH19 1AA"];

impl Feed {
    pub(super) fn good() -> Self {
        let made = |number: usize| {
            let small = u64::try_from(number).unwrap_or(0);
            let place = u32::try_from(number % 4).unwrap_or(0);
            Made {
                number,
                ages: (small % 6 * 15, small % 6 * 15 + 14),
                day: DAYS.get(number % 5).unwrap_or(&"MO"),
                hours: if number.is_multiple_of(2) {
                    ("09:00", "11:30")
                } else {
                    ("13:00", "15:00")
                },
                term: number % 7,
                at: (5050 + place * 20, 150 + place * 30),
            }
        };
        Self {
            services: (0..60).map(made).collect(),
            ignores: "",
            lacks: &[],
            per_page: 10,
        }
    }

    pub(super) fn ignoring(parameter: &'static str) -> Self {
        Self {
            ignores: parameter,
            ..Self::good()
        }
    }

    /// Answers, as a server would.
    pub(super) fn answer(&self, asked: &str) -> Answer {
        let (path, query) = asked.split_once('?').unwrap_or((asked, ""));
        let query: Vec<(String, String)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| *name != self.ignores)
            .map(|(name, value)| (name.to_owned(), decoded(value)))
            .collect();
        if self.lacks.iter().any(|lack| path.starts_with(lack)) {
            return plain(404, "{}");
        }
        match path.trim_end_matches('/') {
            "" => json(&json!({
                "version": "HSDS-UK-3.0",
                "profile": "https://profile.test/",
                "openapi_url": "https://feed.test/v3/openapi.json"
            })),
            "/services" => self.services(&query),
            "/service_at_locations" => {
                let all = self.matching(&query).map(Made::at_location);
                self.page(all.collect(), &query)
            }
            "/taxonomies" => self.page(vec![taxonomy()], &query),
            "/taxonomy_terms" => self.page((0..7).map(term).collect(), &query),
            path => self.record(path),
        }
    }

    pub(super) fn fetch(&self) -> impl FnMut(&str) -> Result<Answer, Failure> + '_ {
        |path| Ok(self.answer(path))
    }

    fn services(&self, query: &[(String, String)]) -> Answer {
        if value(query, "format") == Some("ndjson") {
            let lines = self
                .matching(query)
                .map(|made| format!("{}\n", made.service(false)));
            return Answer {
                content_type: "application/x-ndjson".to_owned(),
                ..plain(200, &lines.collect::<String>())
            };
        }
        self.page(
            self.matching(query)
                .map(|made| made.service(false))
                .collect(),
            query,
        )
    }

    fn record(&self, path: &str) -> Answer {
        let Some((list, id)) = path.trim_start_matches('/').split_once('/') else {
            return plain(404, "{}");
        };
        let mut services = self.services.iter();
        let found = match list {
            "services" => services
                .find(|made| made.id(1) == id)
                .map(|made| made.service(true)),
            "service_at_locations" => services
                .find(|made| made.id(2) == id)
                .map(Made::at_location),
            "taxonomies" => Some(taxonomy()),
            "taxonomy_terms" => (0..7)
                .map(term)
                .find(|term| term.get("id").and_then(Value::as_str) == Some(id)),
            _ => None,
        };
        found.map_or_else(|| plain(404, "{}"), |found| json(&found))
    }

    fn matching<'f>(&'f self, query: &'f [(String, String)]) -> impl Iterator<Item = &'f Made> {
        self.services.iter().filter(|made| {
            query
                .iter()
                .all(|(name, value)| made.matches(name, value, query))
        })
    }

    fn page(&self, all: Vec<Value>, query: &[(String, String)]) -> Answer {
        let number: usize = value(query, "page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1);
        let total = all.len();
        let pages = total.div_ceil(self.per_page);
        let contents: Vec<Value> = all
            .into_iter()
            .skip(number.saturating_sub(1) * self.per_page)
            .take(self.per_page)
            .collect();
        json(&json!({
            "total_items": total, "total_pages": pages, "page_number": number, "size": contents.len(),
            "first_page": number == 1, "last_page": number >= pages, "empty": contents.is_empty(),
            "contents": contents,
        }))
    }
}

impl Made {
    fn id(&self, kind: usize) -> String {
        format!("00000000-0000-4000-8{kind:03}-{:012}", self.number)
    }

    fn name(&self) -> String {
        let word = WORDS.get(self.number % WORDS.len()).unwrap_or(&"");
        format!("{word} class {}", self.number)
    }

    fn postcode(&self) -> &'static str {
        POSTCODES.get(self.number % 4).unwrap_or(&"")
    }

    fn service(&self, is_whole: bool) -> Value {
        let mut service = json!({
            "id": self.id(1), "name": self.name(), "status": "active", "minimum_age": self.ages.0,
            "maximum_age": self.ages.1, "assured_date": "2026-11-01",
            "last_modified": format!("2026-{:02}-01T00:00:00Z", self.number % 10 + 1),
            "organization": {"id": self.id(3), "name": "Adult learning", "description": "Classes"},
        });
        if let (true, Some(service)) = (is_whole, service.as_object_mut()) {
            self.nest(service);
        }
        service
    }

    fn nest(&self, service: &mut Map<String, Value>) {
        service.insert("schedules".to_owned(), json!([{
            "id": self.id(4), "freq": "WEEKLY", "byday": self.day, "opens_at": self.hours.0, "closes_at": self.hours.1,
        }]));
        service.insert(
            "attributes".to_owned(),
            json!([{"id": self.id(5), "taxonomy_term": term(self.term)}]),
        );
        let mut at = self.at_location();
        if let Some(at) = at.as_object_mut() {
            at.remove("service");
        }
        service.insert("service_at_locations".to_owned(), json!([at]));
    }

    fn at_location(&self) -> Value {
        json!({
            "id": self.id(2),
            "service": self.service(false),
            "location": {
                "id": self.id(6), "location_type": "physical",
                "latitude": f64::from(self.at.0) / 100.0, "longitude": -f64::from(self.at.1) / 100.0,
                "addresses": [{
                    "id": self.id(7), "address_1": "1 High Street", "city": "Town", "state_province": "Dorset",
                    "postal_code": self.postcode(), "country": "GB", "address_type": "physical",
                }],
            },
        })
    }

    fn matches(&self, name: &str, wanted: &str, query: &[(String, String)]) -> bool {
        let number = || wanted.parse::<u64>().unwrap_or(0);
        match name {
            "search" => self.name().to_lowercase().contains(&wanted.to_lowercase()),
            "minimum_age" => self.ages.0 >= number(),
            "maximum_age" => self.ages.1 <= number(),
            "start_time" => self.hours.0 >= wanted,
            "end_time" => self.hours.1 <= wanted,
            "day" => self.day == wanted,
            "taxonomy_term_id" => term(self.term).get("id").and_then(Value::as_str) == Some(wanted),
            "taxonomy_id" => taxonomy().get("id").and_then(Value::as_str) == Some(wanted),
            "postcode" => self.postcode() == wanted && value(query, "proximity").is_some(),
            "modified_after" => {
                self.service(false)
                    .get("last_modified")
                    .and_then(Value::as_str)
                    >= Some(wanted)
            }
            _ => true,
        }
    }
}

fn taxonomy() -> Value {
    json!({"id": "00000000-0000-4000-8008-000000000001", "name": "Subjects", "description": "Subjects of classes"})
}

fn term(number: usize) -> Value {
    json!({
        "id": format!("00000000-0000-4000-8009-{number:012}"), "name": format!("Subject {number}"),
        "description": "A subject", "taxonomy_id": "00000000-0000-4000-8008-000000000001",
    })
}

fn value<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    query
        .iter()
        .find(|(named, _)| named == name)
        .map(|(_, value)| value.as_str())
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        bytes.extend(u8::from_str_radix(code, 16));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer of JSON that every site may read.
pub(super) fn json(value: &Value) -> Answer {
    plain(200, &value.to_string())
}

/// An answer with this status and text.
pub(super) fn plain(status: u16, body: &str) -> Answer {
    Answer {
        status,
        content_type: "application/json".to_owned(),
        allow_origin: Some("*".to_owned()),
        body: body.as_bytes().to_vec(),
    }
}
