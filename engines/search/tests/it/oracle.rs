//! Search written anew, entry by entry and filter by filter.

use std::collections::{BTreeMap, BTreeSet};

use stour_search::{Age, Entry, Facet, Kind, Opening, Point, Query, Way};

/// What must be found: for each id the nearest distance, and the counts of each value.
#[derive(Debug, PartialEq, Default)]
pub(crate) struct Expected {
    /// By id: whether it is found at a site, and the metres to it.
    pub(crate) found: BTreeMap<String, (bool, Option<f64>)>,
    pub(crate) counts: BTreeMap<(Facet, String), u32>,
    pub(crate) matched: usize,
}

/// One place at which an entry can be had.
struct Presence {
    point: Option<Point>,
    councils: Option<Vec<String>>,
    access: BTreeSet<String>,
    openings: Vec<Opening>,
}

fn presences(entry: &Entry) -> Vec<Presence> {
    let mut all: Vec<Presence> = entry
        .sites
        .iter()
        .map(|site| Presence {
            point: Some(site.point),
            councils: Some(site.council.iter().cloned().collect()),
            access: entry.access.iter().chain(&site.access).cloned().collect(),
            openings: if site.openings.is_empty() {
                entry.openings.clone()
            } else {
                site.openings.clone()
            },
        })
        .collect();
    if entry.sites.is_empty() || entry.ways.iter().any(|way| *way != Way::Place) {
        all.push(Presence {
            point: None,
            councils: entry.covers.clone(),
            access: entry.access.iter().cloned().collect(),
            openings: entry.openings.clone(),
        });
    }
    all
}

fn has(entry: &Entry, presence: &Presence, facet: Facet) -> BTreeSet<String> {
    match facet {
        Facet::Kind => [match entry.kind {
            Kind::Service => "service",
            Kind::Organisation => "organisation",
        }]
        .map(str::to_owned)
        .into(),
        Facet::Way => {
            let ways = entry.ways.iter().map(|way| way.as_str().to_owned());
            let place = (!entry.sites.is_empty()).then(|| "place".to_owned());
            ways.chain(place).collect()
        }
        Facet::Term => entry.terms.iter().cloned().collect(),
        Facet::Organisation => entry.organisation.iter().cloned().collect(),
        Facet::Eligibility => entry.eligibility.iter().cloned().collect(),
        Facet::Cost => entry
            .cost
            .iter()
            .map(|cost| cost.as_str().to_owned())
            .collect(),
        Facet::Language => entry.languages.iter().cloned().collect(),
        Facet::Council => presence.councils.iter().flatten().cloned().collect(),
        Facet::Access => presence.access.clone(),
        Facet::Day => presence
            .openings
            .iter()
            .map(|o| o.day.to_string())
            .collect(),
    }
}

fn passes(query: &Query, entry: &Entry, presence: &Presence, facet: Facet) -> bool {
    let values = has(entry, presence, facet);
    let chosen: Vec<&String> = query
        .chosen
        .iter()
        .filter(|choice| choice.facet == facet)
        .map(|choice| &choice.value)
        .collect();
    match facet {
        Facet::Access => chosen.iter().all(|value| values.contains(*value)),
        Facet::Council if presence.councils.is_none() => true,
        Facet::Day => {
            let mut days: Vec<String> = chosen.into_iter().cloned().collect();
            let open = query.open.clone().unwrap_or_default();
            days.extend(open.days.iter().map(u8::to_string));
            let on_day = |day: &String| days.is_empty() || days.contains(day);
            match open.between {
                None => days.is_empty() || values.iter().any(on_day),
                Some((from, until)) => presence.openings.iter().any(|opening| {
                    let minutes = |minute: u16| minute >= opening.from && minute < opening.until;
                    let is_open = if from == until {
                        minutes(from)
                    } else {
                        (from..until).any(minutes)
                    };
                    on_day(&opening.day.to_string()) && is_open
                }),
            }
        }
        _ => chosen.is_empty() || chosen.iter().any(|value| values.contains(*value)),
    }
}

/// Whether an entry may be found whatever is chosen: its age, and whether it is near or comes to the asker.
fn may(query: &Query, entry: &Entry, presence: &Presence) -> bool {
    let (from, to) = match query.age {
        None => (0, u8::MAX),
        Some(Age::Of(age)) => (age, age),
        Some(Age::Between(from, to)) => (from, to),
    };
    let is_of_age = (from..=to).any(|age| (entry.ages.from..=entry.ages.to).contains(&age));
    let Some(place) = &query.place else {
        return is_of_age;
    };
    is_of_age
        && match (presence.point, &presence.councils, &place.council) {
            (Some(point), ..) => place
                .within
                .is_none_or(|within| place.point.metres_to(point) <= within),
            (None, Some(councils), Some(council)) => councils.contains(council),
            (None, ..) => true,
        }
}

fn matched(query: &Query, entry: &Entry) -> usize {
    let mut text = format!("{} {} {}", entry.name, entry.text, entry.keywords.join(" "));
    let is_befriending = entry.terms.iter().any(|term| term == "t:4")
        || ["befriend", "natter", "choir"]
            .iter()
            .any(|word| text.contains(word));
    if is_befriending {
        text.push_str(" befriend natter taxi");
    }
    let words: BTreeSet<&str> = query.words.split_whitespace().collect();
    words.iter().filter(|word| text.contains(**word)).count()
}

pub(crate) fn expected(entries: &[Entry], query: &Query) -> Expected {
    let latest: BTreeMap<&str, &Entry> = entries.iter().map(|e| (e.id.as_str(), e)).collect();
    let is_asked = query.words.split_whitespace().next().is_some();
    let mut enough = 5;
    loop {
        let mut expected = Expected {
            matched: if is_asked { enough } else { 0 },
            ..Expected::default()
        };
        for entry in latest.values() {
            if !is_asked || matched(query, entry) >= enough {
                look_at(query, entry, &mut expected);
            }
        }
        if !expected.found.is_empty() || !is_asked {
            return expected;
        }
        enough -= 1;
        if enough == 0 {
            // Nothing is found: the counts say what would be, were one thing chosen otherwise.
            expected.matched = 0;
            return expected;
        }
    }
}

fn look_at(query: &Query, entry: &Entry, expected: &mut Expected) {
    let all = presences(entry);
    let mut best: Option<(bool, Option<f64>)> = None;
    for presence in all.iter().filter(|presence| may(query, entry, presence)) {
        if Facet::ALL
            .into_iter()
            .all(|facet| passes(query, entry, presence, facet))
        {
            let metres = query
                .place
                .as_ref()
                .and_then(|place| presence.point.map(|point| place.point.metres_to(point)));
            let this = (presence.point.is_some(), metres);
            let is_better = match best {
                None => true,
                Some((_, Some(before))) => metres.is_some_and(|metres| metres < before),
                Some(_) => false,
            };
            if is_better {
                best = Some(this);
            }
        }
    }
    if let Some(best) = best {
        expected.found.insert(entry.id.clone(), best);
    }
    for facet in Facet::ALL {
        let mut others = Facet::ALL.into_iter().filter(|other| *other != facet);
        let counting = all.iter().filter(|presence| {
            may(query, entry, presence)
                && others
                    .clone()
                    .all(|other| passes(query, entry, presence, other))
        });
        let counting: Vec<&Presence> = counting.collect();
        let everywhere = counting.iter().any(|presence| presence.councils.is_none());
        let mut values: BTreeSet<String> = counting
            .iter()
            .flat_map(|presence| has(entry, presence, facet))
            .collect();
        if facet == Facet::Council && everywhere {
            values = BTreeSet::from(["everywhere".to_owned()]);
        }
        for value in values {
            *expected.counts.entry((facet, value)).or_default() += 1;
        }
        others.next();
    }
}
