//! Whether a feed keeps to the standard: a check that anybody can run against any feed.
//!
//! [`check`] asks a feed by a [`Fetch`] for what the official test lists name, holds every record against the
//! rules of its version, and then does what the official validator no longer does: it takes the richest
//! records of the feed and looks for each by its own values, to see whether filters work. What is wrong is
//! told once for each place and kind, in plain words ([`Report`] is `Display`) or as JSON (`Serialize`).
//!
//! It works on JSON values because feeds may be wrong in any way, reads no more than a sample, and asks no
//! more often than it is allowed to.

mod asking;
mod count;
mod endpoint;
mod extra;
mod fault;
mod features;
mod fetch;
mod filter;
mod format;
mod page;
mod plain;
mod probe;
mod report;
mod rules;
mod shape;
mod text;
mod version;

use std::collections::BTreeMap;

use serde_json::Value;
use stour_kernel::Date;

use asking::{Asking, Unread};
use endpoint::Listed;
use fault::Faults;
use features::Features;
use filter::Sampled;
use probe::Unfiltered;
use rules::Rules;

pub use fault::{Fault, Severity};
pub use fetch::{Answer, Failure, Fetch};
pub use report::{Check, Level, Outcome, Report, Sample, Verdict};
pub use version::Version;

/// How a feed is to be checked.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The address of the feed, for the report and to see whether it is HTTPS.
    pub feed: String,
    /// The day: by it schedules are valid and assurances are of late.
    pub today: Date,
    /// Services that are read whole, spread over the sample.
    pub details: usize,
    /// Requests that are made at the most.
    pub requests: usize,
}

/// Checks a feed.
pub fn check(plan: &Plan, fetch: &mut dyn Fetch) -> Report {
    let mut asking = Asking::new(fetch, plan.requests);
    let (root, asked_root) = endpoint::root(&mut asking);
    let first = asking.json("/services");
    let asked_first = asking.log();
    let Some(version) = version_of(&root, &first) else {
        return unknown(plan, &asking, (root, asked_root), (first, asked_first));
    };
    let rules = Rules::of(version);
    let mut checks = vec![root_check(&rules, root, asked_root)];
    let mut lists = BTreeMap::new();
    let mut details = BTreeMap::new();
    for endpoint in endpoint::endpoints(version, plan.details) {
        let (list, listed) = endpoint::list(&mut asking, &rules, endpoint);
        checks.push(list);
        if endpoint.by_id == 0 {
            continue;
        }
        let (record, records) = endpoint::by_id(&mut asking, &rules, endpoint, &listed);
        checks.push(record);
        if endpoint.path == "/services" {
            details = records;
        }
        lists.insert(endpoint.path, listed);
    }
    let services = lists.remove("/services").unwrap_or_default();
    let features = features_of(version, &services, &details, plan.today);
    let at_locations = lists
        .remove("/service_at_locations")
        .filter(|listed| listed.is_there);
    let sampled = Sampled {
        version,
        features: &features,
        services: unfiltered(&services),
        at_locations: at_locations.as_ref().map(unfiltered),
    };
    checks.push(extra::assurance(&services.records, plan.today));
    checks.extend([
        sampled.age(&mut asking),
        sampled.place(&mut asking),
        sampled.time(&mut asking),
        sampled.taxonomy(&mut asking),
        sampled.text(&mut asking),
        extra::modified_after(&mut asking, version, &features, &sampled.services),
        extra::ndjson(&mut asking, version, &features),
    ]);
    checks.push(extra::openness(&plan.feed, asking.seen()));
    let mut report = Report {
        feed: plan.feed.clone(),
        version: Some(version),
        outcome: Outcome::Pass,
        checks,
        sample: Sample {
            total: services.total,
            pages: services.pages,
            services: services.records.len(),
            details: details.len(),
        },
        completeness: completeness(&rules, &services.records, &details),
        requests: asking.asked(),
    };
    if report.count(Verdict::Fail) > 0 {
        report.outcome = Outcome::Fail;
    }
    report
}

/// What filters could find the services of the sample by.
fn features_of(
    version: Version,
    services: &Listed,
    details: &BTreeMap<String, Value>,
    today: Date,
) -> Vec<Features> {
    let records = services.records.iter();
    let features = records.map(|record| {
        let id = record.get("id").and_then(Value::as_str);
        features::features(version, record, details.get(id.unwrap_or_default()), today)
    });
    features.collect()
}

fn unfiltered(listed: &Listed) -> Unfiltered {
    Unfiltered {
        total: listed.total,
        first: listed.first.clone(),
    }
}

/// The version that the root names, or else the one that a page of services is written in.
fn version_of(root: &Result<Value, Unread>, first: &Result<Value, Unread>) -> Option<Version> {
    let named = root
        .as_ref()
        .ok()
        .and_then(|root| root.get("version")?.as_str());
    let shown = first.as_ref().ok().and_then(Version::of_page);
    shown.or_else(|| named.and_then(Version::named))
}

fn root_check(rules: &Rules, root: Result<Value, Unread>, asked: Vec<String>) -> Check {
    let mut faults = Faults::default();
    let number = rules.version.number();
    let check = ("root", "What the feed says of itself", Level::Basic);
    // Version 1.0 has no such endpoint.
    let said = match root {
        Err(_) if rules.version == Version::V1 => {
            format!(
                "version {number}, by how its pages are written; that version needs no such endpoint"
            )
        }
        Ok(root) if rules.version == Version::V1 && root.get("version").is_none() => {
            format!("version {number}, by how its pages are written")
        }
        Ok(root) => {
            shape::look(rules, "api", &root, "", &mut faults);
            let named = root.get("version").and_then(Value::as_str);
            if named
                .and_then(Version::named)
                .is_some_and(|named| named != rules.version)
            {
                let example = named.map(plain::shortened);
                faults.error(
                    "version",
                    format!("is not that of its pages, which is {number}"),
                    example,
                );
            }
            format!(
                "version {number}: {}",
                named.map_or_else(|| "not named".to_owned(), plain::shortened)
            )
        }
        Err(unread) => {
            faults.error("", format!("it cannot be read: {unread}"), None);
            format!("version {number}, by how its pages are written")
        }
    };
    Check::of_faults(check, faults.told(), said, asked)
}

/// Entities of the sample: services as whole as they were read.
fn completeness(
    rules: &Rules,
    records: &[Value],
    details: &BTreeMap<String, Value>,
) -> BTreeMap<String, usize> {
    let mut counts = count::none(rules);
    for record in records {
        let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
        count::count(
            rules,
            "service",
            details.get(id).unwrap_or(record),
            &mut counts,
        );
    }
    counts
}

type Asked = (Result<Value, Unread>, Vec<String>);

/// The report on what is no feed, or does not answer.
fn unknown(plan: &Plan, asking: &Asking<'_>, root: Asked, services: Asked) -> Report {
    let check =
        |(id, title): (&'static str, &'static str), (answer, asked): Asked, missing: &str| Check {
            id,
            title,
            level: Level::Basic,
            verdict: Verdict::Fail,
            said: answer.map_or_else(|unread| unread.to_string(), |_| missing.to_owned()),
            asked,
            faults: Vec::new(),
        };
    let checks = vec![
        check(
            ("root", "What the feed says of itself"),
            root,
            "it does not name a version that is known",
        ),
        check(
            ("services", "List of services"),
            services,
            "it is not a page of services in a version that is known",
        ),
    ];
    let answered = asking.seen().answers > 0;
    Report {
        feed: plan.feed.clone(),
        version: None,
        outcome: if answered {
            Outcome::Fail
        } else {
            Outcome::NotRun
        },
        checks,
        sample: Sample::default(),
        completeness: BTreeMap::new(),
        requests: asking.asked(),
    }
}
