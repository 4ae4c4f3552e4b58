//! The endpoints that the official test lists name: the root, lists page by page, records one by one.
//! Source: testProfiles/HSDS-UK-1.0.json and HSDS-UK-3.0.json of OpenReferralUK/oruk-validator, 28 April 2025.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::asking::{Asking, Unread};
use super::fault::Faults;
use super::page;
use super::plain::{address, encoded, shortened};
use super::report::{Check, Level};
use super::rules::Rules;
use super::shape;
use super::version::Version;

/// Pages at the beginning of the list of services that are read (Validation rules of version 1.0: "a
/// maximum sample of the first 10 pages").
const FIRST_PAGES: u64 = 10;
/// Records after which no further page is read.
const MOST_RECORDS: usize = 5_000;
/// Bytes of one list after which no further page is read.
const MOST_BYTES: usize = 32_000_000;

/// One list and its records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Endpoint {
    pub(super) path: &'static str,
    pub(super) entity: &'static str,
    pub(super) level: Level,
    pub(super) list: (&'static str, &'static str),
    pub(super) record: (&'static str, &'static str),
    /// Records read by id; where there are none, that is not checked.
    pub(super) by_id: usize,
}

/// Lists of version 1.0 of which the test list reads no records by id.
const ONLY_LISTS: [(&str, &str, (&str, &str)); 3] = [
    (
        "/organizations",
        "organization",
        ("organizations", "List of organisations"),
    ),
    ("/locations", "location", ("locations", "List of locations")),
    ("/reviews", "review", ("reviews", "List of reviews")),
];

/// The endpoints of a version, that of services first.
pub(super) fn endpoints(version: Version, details: usize) -> Vec<Endpoint> {
    let services = Endpoint {
        path: "/services",
        entity: "service",
        level: Level::Basic,
        list: ("services", "List of services"),
        record: ("service", "Service by id"),
        by_id: details.max(1),
    };
    let extended = |path, entity, list, record| Endpoint {
        path,
        entity,
        level: Level::Extended,
        list,
        record,
        by_id: 3,
    };
    let taxonomies = extended(
        "/taxonomies",
        "taxonomy",
        ("taxonomies", "List of taxonomies"),
        ("taxonomy", "Taxonomy by id"),
    );
    match version {
        Version::V1 => {
            let mut all = vec![services, taxonomies];
            all.extend(ONLY_LISTS.map(|(path, entity, list)| Endpoint {
                by_id: 0,
                ..extended(path, entity, list, list)
            }));
            all
        }
        Version::V3 => vec![
            services,
            taxonomies,
            extended(
                "/taxonomy_terms",
                "taxonomy_term",
                ("taxonomy-terms", "List of taxonomy terms"),
                ("taxonomy-term", "Taxonomy term by id"),
            ),
            extended(
                "/service_at_locations",
                "service_at_location",
                ("service-at-locations", "List of services at locations"),
                ("service-at-location", "Service at location by id"),
            ),
        ],
    }
}

/// What the root says of the feed.
pub(super) fn root(asking: &mut Asking<'_>) -> (Result<Value, Unread>, Vec<String>) {
    let mut answer = asking.json("/");
    if matches!(answer, Err(Unread::Status(_) | Unread::NotJson(_))) {
        let again = asking.json("");
        if again.as_ref().is_ok_and(Value::is_object) {
            answer = again;
        }
    }
    (answer, asking.log())
}

/// What was read of a list.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Whether its first page could be read.
    pub(super) is_there: bool,
    pub(super) total: Option<u64>,
    pub(super) pages: usize,
    pub(super) records: Vec<Value>,
    /// The ids on the first page, in their order.
    pub(super) first: Vec<String>,
}

impl Listed {
    pub(super) fn ids(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let ids = self.records.iter().filter_map(id);
        ids.filter(|id| seen.insert(*id)).collect()
    }
}

fn id(record: &Value) -> Option<&str> {
    record.get("id").and_then(Value::as_str)
}

/// Reads a list: of services the first ten pages, of all the first, the middle and the last.
pub(super) fn list(asking: &mut Asking<'_>, rules: &Rules, endpoint: Endpoint) -> (Check, Listed) {
    let mut reading = Reading::new(rules, endpoint);
    let before = asking.bytes();
    let pages = reading.read(asking, 1).unwrap_or(0);
    let first = if endpoint.level == Level::Basic {
        FIRST_PAGES
    } else {
        1
    };
    let numbers: BTreeSet<u64> = (2..=first.min(pages))
        .chain([pages.div_ceil(2), pages])
        .filter(|number| (2..=pages).contains(number))
        .collect();
    for number in numbers {
        let is_enough = reading.listed.records.len() >= MOST_RECORDS
            || asking.bytes().saturating_sub(before) >= MOST_BYTES;
        if reading.is_over || is_enough {
            break;
        }
        let _ = reading.read(asking, number);
    }
    reading.told(asking.log())
}

/// A list as it is being read.
struct Reading<'r> {
    rules: &'r Rules,
    endpoint: Endpoint,
    faults: Faults,
    listed: Listed,
    /// On which page each record was met.
    met: BTreeMap<String, u64>,
    absent: Option<Unread>,
    is_over: bool,
}

impl<'r> Reading<'r> {
    fn new(rules: &'r Rules, endpoint: Endpoint) -> Self {
        Self {
            rules,
            endpoint,
            faults: Faults::default(),
            listed: Listed::default(),
            met: BTreeMap::new(),
            absent: None,
            is_over: false,
        }
    }

    /// Reads one page; how many there are, when it says so.
    fn read(&mut self, asking: &mut Asking<'_>, number: u64) -> Option<u64> {
        let path = address(self.endpoint.path, &[("page", number.to_string())]);
        let version = self.rules.version;
        let read = asking.json(&path).and_then(|mut value| {
            let mut faults = Faults::default();
            page::look(version, &value, number, &mut faults);
            Ok((page::take(version, &mut value)?, faults))
        });
        let (page, faults) = match read {
            Ok(read) => read,
            Err(unread) => {
                self.faults
                    .error("", format!("a page cannot be read: {unread}"), Some(path));
                self.absent = (number == 1).then_some(unread);
                return None;
            }
        };
        let ids: Vec<String> = page
            .records
            .iter()
            .filter_map(id)
            .map(str::to_owned)
            .collect();
        if number > 1 && !ids.is_empty() && ids == self.listed.first {
            self.faults.error(
                "",
                "holds the same records as the first page: the parameter page is ignored",
                Some(path),
            );
            self.is_over = true;
            return None;
        }
        self.faults.take_in(faults);
        for record in &page.records {
            self.record(record, number);
        }
        self.is_over = page.records.is_empty();
        if number == 1 {
            self.listed.is_there = true;
            self.listed.total = page.total_items;
            self.listed.first = ids;
        }
        self.listed.pages += 1;
        self.listed.records.extend(page.records);
        page.total_pages
    }

    fn record(&mut self, record: &Value, number: u64) {
        let place = format!("{}[]", self.rules.version.envelope().contents);
        shape::look(
            self.rules,
            self.endpoint.entity,
            record,
            &place,
            &mut self.faults,
        );
        let Some(id) = id(record) else { return };
        match self.met.insert(id.to_owned(), number) {
            Some(before) if before == number => {
                let example = Some(shortened(id));
                self.faults
                    .error(&place, "stands twice on one page", example);
            }
            Some(before) => {
                let example = Some(format!("{} on pages {before} and {number}", shortened(id)));
                self.faults.error(
                    &place,
                    "stands on more than one page: the order is not stable",
                    example,
                );
            }
            None => {}
        }
    }

    fn told(mut self, asked: Vec<String>) -> (Check, Listed) {
        let listed = &self.listed;
        let said = match (&self.absent, listed.total) {
            (Some(absent), _) if absent.is_absent() => {
                format!("the feed does not offer it ({absent})")
            }
            (Some(_), _) => "it cannot be read".to_owned(),
            (None, Some(0)) => "the list is empty".to_owned(),
            (None, Some(total)) => {
                format!(
                    "{} of {total} records on {} pages were read",
                    listed.records.len(),
                    listed.pages
                )
            }
            (None, None) => format!(
                "{} records on {} pages were read",
                listed.records.len(),
                listed.pages
            ),
        };
        if listed.is_there && listed.records.is_empty() {
            self.faults
                .warning("", "the list is empty: there is nothing to check", None);
        }
        let (id, title) = self.endpoint.list;
        let check = Check::of_faults(
            (id, title, self.endpoint.level),
            self.faults.told(),
            said,
            asked,
        );
        (check, self.listed)
    }
}

/// Reads records by their ids, spread over the list; the whole records by id.
pub(super) fn by_id(
    asking: &mut Asking<'_>,
    rules: &Rules,
    endpoint: Endpoint,
    listed: &Listed,
) -> (Check, BTreeMap<String, Value>) {
    let (name, title) = endpoint.record;
    let ids = spread(&listed.ids(), endpoint.by_id);
    let mut faults = Faults::default();
    let mut read = BTreeMap::new();
    for id in &ids {
        let path = format!("{}/{}", endpoint.path, encoded(id));
        match asking.json(&path) {
            Ok(record) => {
                shape::look(rules, endpoint.entity, &record, "", &mut faults);
                match self::id(&record) {
                    Some(given) if given.eq_ignore_ascii_case(id) => {
                        read.insert((*id).to_owned(), record);
                    }
                    Some(given) => {
                        let example = format!("{} instead of {}", shortened(given), shortened(id));
                        faults.error("id", "is not the one that was asked for", Some(example));
                    }
                    None => {}
                }
            }
            Err(unread) => faults.error(
                "",
                format!("a record of the list cannot be read: {unread}"),
                Some(path),
            ),
        }
    }
    let said = format!("{} of {} records were read whole", read.len(), ids.len());
    let mut check = Check::of_faults(
        (name, title, endpoint.level),
        faults.told(),
        said,
        asking.log(),
    );
    if ids.is_empty() {
        check.verdict = super::report::Verdict::NotTested;
        "the list gave no ids".clone_into(&mut check.said);
    }
    (check, read)
}

/// So many of a list, evenly spread over it.
fn spread<'v>(all: &[&'v str], most: usize) -> Vec<&'v str> {
    if all.len() <= most {
        return all.to_vec();
    }
    let places = (0..most).map(|place| place * all.len() / most);
    places.filter_map(|place| all.get(place).copied()).collect()
}
