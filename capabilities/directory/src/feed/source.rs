//! A feed as pages of records, whichever version it speaks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stour_kernel::Timestamp;

use super::fetch::{Client, FetchError};

/// Records asked for at a time.
const PER_PAGE: &str = "100";
/// More pages are not read: no directory has so many, and a feed may never end.
const MOST_PAGES: i64 = 5_000;
/// Fields that only a whole record has.
const DEEP: [&str; 10] = [
    "service_at_locations",
    "schedules",
    "contacts",
    "cost_options",
    "attributes",
    "service_areas",
    "languages",
    "regular_schedules",
    "service_taxonomys",
    "eligibilitys",
];

/// A record of a page.
#[derive(Debug)]
pub(super) enum Item {
    /// All of it.
    Whole(Value),
    /// It is known, and the list says that it was not changed since.
    AsBefore(String),
    /// It could not be had: what the feed calls it, and why.
    Missing(String, String),
}

/// One page.
#[derive(Debug)]
pub(super) struct SourcePage {
    /// Its records.
    pub(super) records: Vec<Item>,
    /// Whether it is the last.
    pub(super) last: bool,
    /// How many records the feed says that it has.
    pub(super) total: Option<i64>,
    /// The version of the standard, by the names of what is around the records.
    pub(super) standard: &'static str,
}

/// A feed that is being read.
pub(super) struct Source<'c> {
    client: &'c Client,
    address: String,
    modified_after: Option<Timestamp>,
    seen: BTreeSet<String>,
    /// Whether the records of lists are not whole, once it is known.
    shallow: Option<bool>,
    /// By how much the feed counts its pages lower than we do.
    offset: i64,
    /// When what is known was last changed at its source, by what the feed calls it.
    known: BTreeMap<String, Timestamp>,
}

impl<'c> Source<'c> {
    /// A feed at an address, all of it or what was changed after a moment.
    pub(super) fn new(
        client: &'c Client,
        address: &str,
        modified_after: Option<Timestamp>,
    ) -> Self {
        let address = address.trim_end_matches('/');
        Self {
            client,
            address: address
                .strip_suffix("/services")
                .unwrap_or(address)
                .to_owned(),
            modified_after,
            seen: BTreeSet::new(),
            shallow: None,
            offset: 0,
            known: BTreeMap::new(),
        }
    }

    /// The same, not asking one by one for what has not been changed since these moments.
    pub(super) fn knowing(self, known: BTreeMap<String, Timestamp>) -> Self {
        Self { known, ..self }
    }

    /// Where one record is.
    pub(super) fn address_of(&self, id: &str) -> String {
        // As a whole step of a path, dots would lead to another one.
        let dots = matches!(id, "." | "..");
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) || (byte == b'.' && !dots)
        };
        let mut address = format!("{}/services/", self.address);
        for byte in id.bytes() {
            if plain(byte) {
                address.push(char::from(byte));
            } else {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address.extend(char::from_digit(u32::from(digit), 16));
                }
            }
        }
        address
    }

    /// Which version the feed says that it speaks; `None` where it says nothing of itself.
    pub(super) fn says(&self) -> Option<String> {
        let about = self.client.get(&format!("{}/", self.address), &[]).ok()?;
        let version = about.get("version")?.as_str()?.trim().to_owned();
        (!version.is_empty()).then(|| version.chars().take(40).collect())
    }

    /// Whether the feed gives only what was changed after a moment when it is asked to: of the far future it then
    /// gives nothing.
    pub(super) fn honours_modified_after(&self) -> bool {
        let query = [
            ("page", "1".to_owned()),
            ("per_page", "1".to_owned()),
            ("modified_after", "2999-01-01T00:00:00Z".to_owned()),
        ];
        let answer = self
            .client
            .get(&format!("{}/services", self.address), &query);
        let contents = answer.ok().and_then(|answer| contents(answer).ok());
        contents.is_some_and(|(contents, ..)| contents.is_empty())
    }

    /// One page, from 1. `alive` is called between the questions that it takes.
    ///
    /// # Errors
    /// Why the feed cannot be read on.
    pub(super) fn page(
        &mut self,
        number: i64,
        alive: &mut Alive<'_>,
    ) -> Result<SourcePage, String> {
        if number > MOST_PAGES {
            return Err(format!("it has more than {MOST_PAGES} pages"));
        }
        let (mut items, mut envelope, mut standard) = self.ask(number)?;
        let is_first = ["first_page", "first"]
            .into_iter()
            .find_map(|name| envelope.get(name)?.as_bool());
        if number == 1 && is_first == Some(false) {
            // Some feeds count their pages from nought.
            self.offset = 1;
            (items, envelope, standard) = self.ask(number)?;
        }
        let number_of = |names: [&str; 2]| {
            names
                .into_iter()
                .find_map(|name| envelope.get(name)?.as_i64())
        };
        let total = number_of(["total_items", "totalElements"]);
        let pages = number_of(["total_pages", "totalPages"]);
        let said_last = ["last_page", "last"]
            .into_iter()
            .find_map(|name| envelope.get(name)?.as_bool());
        let last = items.is_empty()
            || pages.is_some_and(|pages| number >= pages)
            || (said_last == Some(true) && pages.is_none());
        if !items.is_empty() && !self.is_new(&items) {
            return Err(format!(
                "page {number} has nothing that earlier pages had not: the feed repeats itself"
            ));
        }
        let records = self.whole(items, alive)?;
        Ok(SourcePage {
            records,
            last,
            total,
            standard,
        })
    }

    /// The records of a page and what is around them.
    fn ask(&self, number: i64) -> Result<Contents, String> {
        let mut query = vec![
            ("page", (number - self.offset).to_string()),
            ("per_page", PER_PAGE.to_owned()),
        ];
        if let Some(after) = self.modified_after {
            query.push(("modified_after", after.to_string()));
        }
        let address = format!("{}/services", self.address);
        let answer = self.client.get(&address, &query);
        let answer = answer.map_err(|error| format!("page {number}: {error}"))?;
        contents(answer).map_err(|why| format!("page {number}: {why}"))
    }

    /// Whether a page has a record that was not seen before; notes all of them.
    fn is_new(&mut self, items: &[Value]) -> bool {
        let mut any = false;
        for item in items {
            let name = item
                .get("id")
                .map_or_else(|| item.to_string(), Value::to_string);
            any |= self.seen.insert(name);
        }
        any
    }

    /// The records with all that belongs to them, asked for one by one where the list does not give it.
    fn whole(&mut self, items: Vec<Value>, alive: &mut Alive<'_>) -> Result<Vec<Item>, String> {
        if !items.is_empty() && self.shallow.is_none() {
            let deep = |item: &Value| DEEP.iter().any(|name| item.get(name).is_some());
            self.shallow = Some(!items.iter().any(deep));
        }
        if self.shallow != Some(true) {
            return Ok(items.into_iter().map(Item::Whole).collect());
        }
        let mut whole = Vec::with_capacity(items.len());
        for item in items {
            let id = match item.get("id") {
                Some(Value::String(id)) => id.clone(),
                Some(Value::Number(id)) => id.to_string(),
                // Without a name it cannot be asked for: what the list has is all there is.
                _ => {
                    whole.push(Item::Whole(item));
                    continue;
                }
            };
            let changed = item.get("last_modified").and_then(Value::as_str);
            let changed: Option<Timestamp> = changed.and_then(|text| text.parse().ok());
            if changed.is_some() && changed == self.known.get(&id).copied() {
                whole.push(Item::AsBefore(id));
                continue;
            }
            alive()?;
            match self.client.get(&self.address_of(&id), &[]) {
                Ok(record) => whole.push(Item::Whole(record)),
                Err(away @ FetchError::Away(_)) => return Err(format!("service {id}: {away}")),
                Err(error) => whole.push(Item::Missing(id, error.to_string())),
            }
        }
        Ok(whole)
    }

    /// One record that no page had; `None` where the feed has it no more.
    ///
    /// # Errors
    /// Why the feed cannot be asked.
    pub(super) fn missed(&self, id: &str) -> Result<Option<Item>, String> {
        match self.client.get(&self.address_of(id), &[]) {
            // Some feeds answer that there is no such thing as if all were well.
            Ok(record) if record.get("id").is_none() && record.get("name").is_none() => Ok(None),
            Ok(record) => Ok(Some(Item::Whole(record))),
            Err(FetchError::Refused(404 | 410)) => Ok(None),
            Err(away @ FetchError::Away(_)) => Err(format!("service {id}: {away}")),
            Err(error) => Ok(Some(Item::Missing(id.to_owned(), error.to_string()))),
        }
    }
}

/// Says between two questions that the reading goes on; an error ends it.
pub(super) type Alive<'a> = dyn FnMut() -> Result<(), String> + 'a;

type Contents = (Vec<Value>, serde_json::Map<String, Value>, &'static str);

/// The records of a page, what is around them, and the version that this shows.
pub(super) fn contents(answer: Value) -> Result<Contents, String> {
    let mut envelope = match answer {
        Value::Object(envelope) => envelope,
        // Some feeds give the bare list.
        Value::Array(items) => return Ok((items, serde_json::Map::new(), "3.0")),
        _ => return Err("it is no page of services".to_owned()),
    };
    for (name, standard) in [("contents", "3.0"), ("content", "1.0")] {
        if let Some(Value::Array(items)) = envelope.remove(name) {
            return Ok((items, envelope, standard));
        }
    }
    Err("it is no page of services: it has neither contents nor content".to_owned())
}
