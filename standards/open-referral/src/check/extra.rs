//! Checks of the feed as a whole, and what is good to know of it.

use std::time::Duration;

use serde_json::Value;
use stour_kernel::{Date, Timestamp};

use super::asking::{Asking, Seen, Unread};
use super::fault::Faults;
use super::features::Features;
use super::format;
use super::page;
use super::plain::address;
use super::probe::Unfiltered;
use super::report::{Check, Level, Verdict};
use super::version::Version;

/// Three months, as days at the most: what was assured before that should be looked at again (compliance
/// criteria of openreferraluk.org, 27 June 2025, section 3).
const ASSURED: Duration = Duration::from_hours(92 * 24);

/// Whether anybody may read the feed: `HTTPS`, and pages of other sites.
pub(super) fn openness(feed: &str, seen: &Seen) -> Check {
    let mut faults = Faults::default();
    if !feed.to_ascii_lowercase().starts_with("https://") {
        faults.warning("", "the feed must be served over HTTPS", None);
    }
    for (count, what) in [
        (
            seen.not_for_other_sites,
            "answers without the header Access-Control-Allow-Origin: *, so that pages of other sites cannot read them",
        ),
        (
            seen.not_called_json,
            "answers hold JSON and are not called application/json",
        ),
    ] {
        if count > 0 {
            faults.warning("", format!("{count} of {} {what}", seen.answers), None);
        }
    }
    let names = ("openness", "Open to all", Level::Extended);
    let said = "HTTPS, and readable by pages of any site";
    let faults = faults.told();
    let said = if faults.is_empty() {
        said
    } else {
        "not everybody can use the feed"
    };
    Check::of_faults(names, faults, said.to_owned(), Vec::new())
}

/// Whether services say that somebody has looked at them of late.
pub(super) fn assurance(records: &[Value], today: Date) -> Check {
    let assured = |record: &Value| {
        record
            .get("assured_date")?
            .as_str()?
            .get(..10)?
            .parse::<Date>()
            .ok()
    };
    let since = today.checked_sub(ASSURED).unwrap_or(today);
    let (mut dated, mut recent) = (0, 0);
    for day in records.iter().filter_map(assured) {
        dated += 1;
        recent += usize::from(day >= since);
    }
    let said = format!(
        "of {} services {dated} say when they were last assured, and {recent} of these within three months",
        records.len()
    );
    let mut faults = Faults::default();
    if recent < records.len() {
        faults.warning(
            "assured_date",
            "should be less than three months ago for every service",
            None,
        );
    }
    let names = ("assurance", "Looked at of late", Level::Extended);
    Check::of_faults(names, faults.told(), said, Vec::new())
}

/// Whether `modified_after` is followed.
pub(super) fn modified_after(
    asking: &mut Asking<'_>,
    version: Version,
    features: &[Features],
    unfiltered: &Unfiltered,
) -> Check {
    let (verdict, said) = match middle(features) {
        None => (
            Verdict::NotTested,
            "fewer than two services of the sample say when they last changed".to_owned(),
        ),
        Some(after) => {
            let path = address("/services", &[("modified_after", after.to_string())]);
            match page::page(asking, version, &path) {
                Err(unread) => (Verdict::Warning, unread.to_string()),
                Ok(page) => {
                    let older = page.records.iter().any(|record| {
                        let modified = record.get("last_modified").and_then(Value::as_str);
                        modified
                            .and_then(|text| text.parse::<Timestamp>().ok())
                            .is_some_and(|at| at < after)
                    });
                    let is_narrower = page.total_items < unfiltered.total;
                    if older || !is_narrower {
                        (
                            Verdict::Warning,
                            "the parameter is ignored: all must be read again for what is new"
                                .to_owned(),
                        )
                    } else {
                        (
                            Verdict::Pass,
                            format!("only what changed since {after} is given"),
                        )
                    }
                }
            }
        }
    };
    information(
        ("modified-after", "Gives only what changed (modified_after)"),
        verdict,
        said,
        asking.log(),
    )
}

/// A moment that parts the sample in two.
fn middle(features: &[Features]) -> Option<Timestamp> {
    let modified = features.iter().filter_map(|one| one.modified.as_deref());
    let mut moments: Vec<Timestamp> = modified
        .filter(|text| format::is_date_time(text))
        .filter_map(|text| text.parse().ok())
        .collect();
    moments.sort_unstable();
    let first = *moments.first()?;
    let middle = *moments.get(moments.len() / 2)?;
    let later = moments.iter().find(|at| **at > first).copied();
    if middle > first { Some(middle) } else { later }
}

/// Whether `format=ndjson` gives a record on each line.
pub(super) fn ndjson(asking: &mut Asking<'_>, version: Version, features: &[Features]) -> Check {
    let mut parameters = vec![("format", "ndjson".to_owned())];
    // Without pages, a whole feed may be more than anybody wants to read for a check.
    let search = match version {
        Version::V3 => "search",
        Version::V1 => "text",
    };
    parameters.extend(
        features
            .first()
            .map(|one| (search, one.name.chars().take(100).collect())),
    );
    let answer = asking.ask(&address("/services", &parameters));
    let (verdict, said) = match answer.map_err(Unread::from) {
        Err(unread) => (Verdict::Warning, unread.to_string()),
        Ok(answer) if !(200..300).contains(&answer.status) => {
            (Verdict::Warning, format!("status {}", answer.status))
        }
        Ok(answer) if is_ndjson(&answer.body, version) => {
            (Verdict::Pass, "each line is one service".to_owned())
        }
        Ok(_) => (
            Verdict::Warning,
            "the parameter is ignored: the answer is a page".to_owned(),
        ),
    };
    information(
        ("ndjson", "Streams its services (format=ndjson)"),
        verdict,
        said,
        asking.log(),
    )
}

fn is_ndjson(body: &[u8], version: Version) -> bool {
    let mut lines = body
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            serde_json::from_slice::<Value>(line).is_ok_and(|value| {
                value.get("id").is_some() && Version::of_page(&value) != Some(version)
            })
        })
}

fn information(
    (id, title): (&'static str, &'static str),
    verdict: Verdict,
    said: String,
    asked: Vec<String>,
) -> Check {
    Check {
        id,
        title,
        level: Level::Information,
        verdict,
        said,
        asked,
        faults: Vec::new(),
    }
}
