//! Finding words in the record.

use super::{Held, Record};
use crate::noun::delegation::Delegation;
use crate::noun::item::Item;

/// The most that a search shows of each kind.
const MOST: usize = 50;

/// Something that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// What it is.
    pub(crate) what: &'static str,
    /// Its title, or how it begins.
    pub(crate) title: String,
    /// Where its page is.
    pub(crate) href: String,
}

/// The words that are looked for, in small letters.
struct Wanted(Vec<String>);

impl Wanted {
    /// Whether the parts of a text together hold all of them.
    fn in_all<'t>(&self, parts: impl IntoIterator<Item = &'t str>) -> bool {
        let parts: Vec<&str> = parts.into_iter().collect();
        let text = parts.join(" ").to_lowercase();
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

/// What holds all the words, however they are written: items with everything that is on record of them, decisions with the
/// authority that they gave, commitments, key decisions and health reports. At most 50 of each.
pub(crate) fn find(record: &Record, words: &str) -> Vec<Found> {
    let wanted = Wanted(words.split_whitespace().map(str::to_lowercase).collect());
    if wanted.0.is_empty() {
        return Vec::new();
    }
    commitments(record, &wanted)
        .take(MOST)
        .chain(decisions(record, &wanted).take(MOST))
        .chain(key_decisions(record, &wanted).take(MOST))
        .chain(health_reports(record, &wanted).take(MOST))
        .chain(items(record, &wanted).take(MOST))
        .collect()
}

fn commitments<'r>(record: &'r Record, wanted: &'r Wanted) -> impl Iterator<Item = Found> + 'r {
    let holding = record.commitments.iter().filter(|kept| {
        let (promise, answer) = (kept.promise(), kept.answer());
        let answer = answer.map_or("", |answer| answer.text.as_str());
        wanted.in_all([promise.text.as_str(), &promise.owner, answer, &kept.note])
    });
    holding.map(|kept| Found {
        what: "Commitment",
        title: kept.promise().text.clone(),
        href: format!("/decisions/commitments/{}", kept.number),
    })
}

fn decisions<'r>(record: &'r Record, wanted: &'r Wanted) -> impl Iterator<Item = Found> + 'r {
    let holding = record.resolutions.iter().filter(|resolution| {
        let mut parts = vec![
            resolution.text.as_str(),
            &resolution.reasons,
            &resolution.note,
        ];
        let given = record
            .delegations
            .iter()
            .filter(|given| given.resolution == Some(resolution.number));
        parts.extend(given.flat_map(|given| delegated(given)));
        wanted.in_all(parts)
    });
    holding.map(|resolution| Found {
        what: "Decision",
        title: resolution.text.clone(),
        href: format!("/decisions/resolutions/{}", resolution.number),
    })
}

/// The words of a delegation.
fn delegated(given: &Held<Delegation>) -> Vec<&str> {
    let consulting = given.consulting.iter().map(String::as_str);
    [given.to.as_str(), &given.matter, &given.limits, &given.note]
        .into_iter()
        .chain(consulting)
        .collect()
}

fn key_decisions<'r>(record: &'r Record, wanted: &'r Wanted) -> impl Iterator<Item = Found> + 'r {
    let holding = record.key_decisions.iter().filter(|decision| {
        let documents = decision.documents.iter().map(String::as_str);
        let own = [decision.matter.as_str(), &decision.reason, &decision.note];
        wanted.in_all(own.into_iter().chain(documents))
    });
    holding.map(|decision| Found {
        what: "Key decision",
        title: decision.matter.clone(),
        href: format!("/decisions/forward-plan/{}", decision.number),
    })
}

fn health_reports<'r>(record: &'r Record, wanted: &'r Wanted) -> impl Iterator<Item = Found> + 'r {
    let reports = record
        .scrutiny_reports
        .iter()
        .chain(record.healthwatch_reports.iter());
    let holding = reports.filter(|report| {
        let lines = report.recommendations.iter().chain(&report.to);
        let own = [
            report.title.as_str(),
            &report.by,
            &report.matter,
            &report.evidence,
            &report.participants,
            &report.answer,
            &report.note,
        ];
        wanted.in_all(own.into_iter().chain(lines.map(String::as_str)))
    });
    // All of them stand on one page.
    holding.map(|report| Found {
        what: "Health report",
        title: report.title.clone(),
        href: "/decisions/reports".to_owned(),
    })
}

fn items<'r>(record: &'r Record, wanted: &'r Wanted) -> impl Iterator<Item = Found> + 'r {
    let holding = record
        .items
        .iter()
        .filter(|item| wanted.in_all(of_item(record, item)));
    holding.map(|item| Found {
        what: "Agenda item",
        title: match record.committee_of(item) {
            Some(committee) => format!("{}: {}", committee.name, item.title),
            None => item.title.clone(),
        },
        href: format!("/decisions/items/{}", item.number),
    })
}

/// The words of an item and of everything at it that has no page of its own.
fn of_item<'r>(record: &'r Record, item: &'r Held<Item>) -> Vec<&'r str> {
    let mut parts: Vec<&str> = vec![&item.title, &item.summary, &item.note];
    let of = |number: Option<i64>| number == Some(item.number);
    for minute in record.minutes.iter().filter(|minute| of(minute.item)) {
        parts.extend(minute.paragraphs.iter().map(String::as_str));
    }
    for issue in record.issues.iter().filter(|issue| of(issue.item)) {
        parts.push(&issue.title);
        parts.extend(issue.paragraphs.iter().map(String::as_str));
    }
    for made in record.recommendations.iter().filter(|made| of(made.item)) {
        parts.push(&made.text);
        let asked = record
            .delegations
            .iter()
            .filter(|asked| asked.recommendation == Some(made.number));
        parts.extend(asked.flat_map(|asked| delegated(asked)));
    }
    for comment in record.comments.iter().filter(|comment| of(comment.item)) {
        parts.push(&comment.text);
    }
    for vote in record.votes.iter().filter(|vote| of(vote.item)) {
        parts.extend([vote.on.as_str(), &vote.note]);
    }
    for report in record.reports.iter().filter(|report| of(report.item)) {
        parts.extend([report.title.as_str(), &report.by, &report.place]);
    }
    parts
}
