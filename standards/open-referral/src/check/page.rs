//! One page of a list, as its version writes it.

use serde_json::Value;

use super::asking::{Asking, Unread};
use super::fault::Faults;
use super::version::Version;

/// A page that was read.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) records: Vec<Value>,
    pub(super) total_items: Option<u64>,
    pub(super) total_pages: Option<u64>,
}

/// Asks for a page and takes its records out.
pub(super) fn page(asking: &mut Asking<'_>, version: Version, path: &str) -> Result<Page, Unread> {
    let mut value = asking.json(path)?;
    take(version, &mut value)
}

/// Takes the records out of a page.
pub(super) fn take(version: Version, value: &mut Value) -> Result<Page, Unread> {
    let names = version.envelope();
    let number = |name: &str| value.get(name).and_then(Value::as_u64);
    let (total_items, total_pages) = (number(names.total_items), number(names.total_pages));
    match value.get_mut(names.contents).map(Value::take) {
        Some(Value::Array(records)) => Ok(Page {
            records,
            total_items,
            total_pages,
        }),
        _ => Err(Unread::NoPage(names.contents)),
    }
}

/// Notes what is wrong with what a page says of itself, when it was asked for by a number from 1.
pub(super) fn look(version: Version, page: &Value, number: u64, faults: &mut Faults) {
    let names = version.envelope();
    let records = page
        .get(names.contents)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let records = u64::try_from(records).unwrap_or(u64::MAX);
    for (name, needed) in [
        (names.total_items, true),
        (names.total_pages, true),
        (names.number, false),
        (names.size, false),
    ] {
        match page.get(name) {
            Some(value) if value.is_u64() => {}
            Some(value) => faults.error(name, "must be a whole number", Some(value.to_string())),
            None if needed => {
                faults.error(name, "is missing: nobody can tell how many there are", None);
            }
            None => faults.warning(name, "is missing", None),
        }
    }
    for name in [names.first, names.last, names.empty] {
        match page.get(name) {
            Some(Value::Bool(_)) => {}
            Some(value) => faults.error(name, "must be true or false", Some(value.to_string())),
            None => faults.warning(name, "is missing", None),
        }
    }
    let is = |name: &str| page.get(name).and_then(Value::as_u64);
    let mut agrees = |name: &str, said: Option<u64>, right: bool, why: &str| {
        if let (Some(said), false) = (said, right) {
            let example = format!("{said} on page {number}, which holds {records} records");
            faults.warning(name, why, Some(example));
        }
    };
    let size = is(names.size);
    agrees(
        names.size,
        size,
        size == Some(records),
        "is not the number of records on the page",
    );
    let total = is(names.total_items);
    agrees(
        names.total_items,
        total,
        total >= Some(records),
        "is less than the records on one page",
    );
    // Version 1.0 does not say whether its number counts from 0 or from 1.
    if version == Version::V3 {
        let said = is(names.number);
        agrees(
            names.number,
            said,
            said == Some(number),
            "is not the page that was asked for",
        );
    }
    let last = is(names.total_pages).map(|pages| number >= pages);
    for (name, right) in [
        (names.first, Some(number == 1)),
        (names.last, last),
        (names.empty, Some(records == 0)),
    ] {
        let said = page.get(name).and_then(Value::as_bool);
        if said.is_some() && right.is_some() && said != right {
            faults.warning(
                name,
                "does not agree with the page",
                Some(format!("page {number}")),
            );
        }
    }
}
