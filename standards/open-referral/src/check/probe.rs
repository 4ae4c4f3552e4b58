//! Looking for a record of the feed by its own values, and telling a filter that works from one that is
//! ignored.

use std::collections::BTreeSet;

use serde_json::Value;

use super::asking::{Asking, Unread};
use super::page::{self, Page};
use super::plain::{address, shortened};
use super::report::{Check, Level, Verdict};
use super::version::Version;

/// Pages of an answer that are looked through for the record.
const MOST_PAGES: u64 = 5;
/// Pages that are looked through for what must not be there, also when the record was found.
const PAGES: u64 = 3;
/// Records that are tried before it is said that the filter does not find what it should.
const MOST_TRIES: usize = 3;

/// A list without any filter.
#[derive(Debug, Clone, Default)]
pub(super) struct Unfiltered {
    pub(super) total: Option<u64>,
    /// The ids on its first page.
    pub(super) first: Vec<String>,
}

/// A record to look for, and how.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) parameters: Vec<(&'static str, String)>,
    /// The service that must be found, and what it is called.
    pub(super) id: String,
    pub(super) name: String,
    /// Services of the sample that do not match in any reading of the filter.
    pub(super) others: BTreeSet<String>,
}

/// What came of one probe.
#[derive(Debug)]
pub(super) enum Came {
    /// Found, and what must not be found was not.
    Right(String),
    /// As right, but for what a reader would be misled by.
    Nearly(String),
    Missing(String),
    Ignored(String),
    /// Found, but nothing in the sample would show that the filter did anything.
    CannotTell(String),
    Unread(Unread),
}

/// Puts one probe to a list.
pub(super) fn put(
    asking: &mut Asking<'_>,
    version: Version,
    path: &str,
    unfiltered: &Unfiltered,
    probe: &Probe,
) -> Came {
    let mut is_found = false;
    let mut total = None;
    let mut first = Vec::new();
    let mut number = 1;
    loop {
        let mut parameters = probe.parameters.clone();
        if number > 1 {
            parameters.push(("page", number.to_string()));
        }
        let page = match page::page(asking, version, &address(path, &parameters)) {
            Ok(page) => page,
            Err(unread) => return Came::Unread(unread),
        };
        if number == 1 {
            total = page.total_items;
            first = ids(&page);
        }
        let services = services(&page);
        if let Some(wrong) = services.iter().find(|id| probe.others.contains(*id)) {
            return Came::Ignored(format!(
                "{} does not match and was found all the same",
                shortened(wrong)
            ));
        }
        is_found = is_found || services.contains(&probe.id);
        let pages = page.total_pages.unwrap_or(1).min(MOST_PAGES);
        if (is_found && number >= PAGES) || page.records.is_empty() || number >= pages {
            break;
        }
        number += 1;
    }
    let is_narrower = total
        .zip(unfiltered.total)
        .is_some_and(|(total, all)| total < all);
    let counted = total.map_or_else(String::new, |total| format!("; {total} records match"));
    let name = shortened(&probe.name);
    if !is_narrower && !first.is_empty() && first == unfiltered.first && !probe.others.is_empty() {
        let told = "the answer is the list without any filter, although records of it do not match";
        return Came::Ignored(told.to_owned());
    }
    match (is_found, is_narrower, probe.others.is_empty()) {
        (false, ..) => Came::Missing(format!("“{name}” was not found by its own values{counted}")),
        (true, true, _) => Came::Right(format!("“{name}” was found by its own values{counted}")),
        (true, false, true) => Came::CannotTell(
            "nothing in the sample would show whether the filter works: every record that could be compared matches"
                .to_owned(),
        ),
        (true, false, false) => Came::Nearly(format!(
            "“{name}” was found and what does not match was not, but the total does not follow the filter{counted}"
        )),
    }
}

/// Asks a list of services for words that none has: a search that works finds fewer than there are.
pub(super) fn put_nonsense(
    asking: &mut Asking<'_>,
    version: Version,
    unfiltered: &Unfiltered,
    (parameter, words): (&'static str, &str),
) -> Came {
    let path = address("/services", &[(parameter, words.to_owned())]);
    match page::page(asking, version, &path) {
        Err(unread) => Came::Unread(unread),
        Ok(page) => {
            let is_narrower = page
                .total_items
                .zip(unfiltered.total)
                .is_some_and(|(total, all)| total < all);
            if !is_narrower && !page.records.is_empty() && ids(&page) == unfiltered.first {
                Came::Ignored(format!("“{words}” finds every service"))
            } else {
                Came::Right(
                    "a service was found by its name, and words that none has do not find all"
                        .to_owned(),
                )
            }
        }
    }
}

fn ids(page: &Page) -> Vec<String> {
    let ids = page.records.iter().filter_map(|record| record.get("id"));
    ids.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The services of a page, whether it lists services or where they are.
fn services(page: &Page) -> BTreeSet<String> {
    let of = |record: &Value| {
        let nested = record.get("service").and_then(|service| service.get("id"));
        let named = nested.or_else(|| record.get("service_id"));
        named
            .or_else(|| record.get("id"))?
            .as_str()
            .map(str::to_owned)
    };
    page.records.iter().filter_map(of).collect()
}

/// Probes with the most weight first, no more of them than are tried.
pub(super) fn richest(mut probes: Vec<(usize, Probe)>) -> Vec<Probe> {
    probes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let richest = probes.into_iter().take(MOST_TRIES);
    richest.map(|(_, probe)| probe).collect()
}

/// The verdict on a filter, of what came of the probes that were put, in their order.
pub(super) fn check(
    (id, title): (&'static str, &'static str),
    asked: Vec<String>,
    came: Vec<Came>,
    untested: &str,
) -> Check {
    let mut missing = Vec::new();
    let mut ended = (Verdict::NotTested, untested.to_owned());
    for came in came {
        ended = match came {
            Came::Right(said) if missing.is_empty() => (Verdict::Pass, said),
            Came::Right(said) | Came::Nearly(said) => (Verdict::Warning, said),
            Came::Ignored(said) => (Verdict::Fail, format!("the filter is ignored: {said}")),
            Came::CannotTell(said) => (Verdict::NotTested, said),
            Came::Unread(unread) => (Verdict::Fail, format!("it cannot be asked: {unread}")),
            Came::Missing(said) => {
                missing.push(said.clone());
                (Verdict::Fail, said)
            }
        };
    }
    let (verdict, mut said) = ended;
    if verdict == Verdict::Warning && !missing.is_empty() {
        said = format!("{said}; but before that {}", missing.join(", and "));
    }
    Check {
        id,
        title,
        level: Level::Filter,
        verdict,
        said,
        asked,
        faults: Vec::new(),
    }
}

/// Puts probes one after the other until one of them tells something.
pub(super) fn put_all(
    asking: &mut Asking<'_>,
    version: Version,
    path: &str,
    unfiltered: &Unfiltered,
    probes: &[Probe],
) -> Vec<Came> {
    let mut all = Vec::new();
    for probe in probes {
        let came = put(asking, version, path, unfiltered, probe);
        let goes_on = matches!(came, Came::Missing(_));
        all.push(came);
        if !goes_on {
            break;
        }
    }
    all
}
