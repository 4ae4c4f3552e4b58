//! From a document to a case, or everything that is wrong with it.

mod line;
mod made;
mod stated;
mod unsure;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::document::{CohortDocument, Document, Heading, PartnerDocument, Schedule};
use super::{Case, Layer, Line, Partner, Side};
use crate::mistake::{Checks, Mistakes};
use crate::number;
use crate::optimism::ByEvidence;
use crate::price::Deflator;
use crate::said;
use crate::unknown;
use crate::year;

/// The most years that a case has: no table of rates was made to look further ahead.
pub const MOST_YEARS: usize = 500;

/// Amounts of lines by year that are worked out and told in words; some hundred million bytes.
const MOST_CELLS: usize = 500_000;

/// Partners for which who pays against who gains can be read, and kept for every draw.
const MOST_PARTNERS: usize = 100;

/// More people than there are.
pub(crate) const MOST_PEOPLE: f64 = 1.0e10;

/// What a line is checked against.
struct Frame<'d> {
    base_year: i32,
    length: usize,
    price_base: i32,
    discounting: &'d crate::discount::Discounting,
    deflator: Option<&'d Deflator>,
    partners: &'d [Partner],
    cohorts: &'d BTreeMap<String, Cohort>,
    by_evidence: Option<&'d ByEvidence>,
}

/// A group of people.
struct Cohort {
    name: String,
    /// How many there are in each year of the case.
    people: Vec<f64>,
}

impl Frame<'_> {
    fn all_years(&self) -> impl Iterator<Item = i32> + use<> {
        (self.base_year..).take(self.length)
    }
}

pub(super) fn read(text: &str) -> Result<Case, Mistakes> {
    let (document, mut checks) = Checks::read::<Document>(text)?;
    let case = check(document, &mut checks);
    checks.finish(case)
}

fn check(document: Document, checks: &mut Checks) -> Option<Case> {
    let at = document.case.span();
    let heading = document.case.into_inner();
    let (base_year, price_base, length) = years(&heading, &at, checks)?;
    let Some(chosen) = document.discount else {
        checks.refuse(at, "the case has no [discount]: name a vintage and a basis");
        return None;
    };
    let discounting = chosen.check(length, checks)?;
    if let Some(deflator) = &document.deflator {
        deflator.check(heading.years, checks);
    }
    if let Some(table) = &document.optimism_by_evidence {
        table.check(checks);
    }
    let partners = partners(document.partner, checks);
    let cohorts = cohorts(document.cohort, length, checks);
    let frame = Frame {
        base_year,
        length,
        price_base,
        discounting: &discounting,
        deflator: document.deflator.as_ref(),
        partners: &partners,
        cohorts: &cohorts,
        by_evidence: document.optimism_by_evidence.as_ref(),
    };
    let lines = lines(document.line, &frame, checks);
    let funding = stated::funding(document.funding, &partners, checks);
    let tracked = stated::tracked(document.tracked, &partners, checks);
    let unknown = unknown::check(document.unknown, checks);
    if !checks.is_clean() {
        // What names a line that was refused would be told as well, and mend itself with it.
        return None;
    }
    let uncertain = unsure::uncertain(document.uncertain, &lines, checks);
    let correlations = unsure::correlations(document.correlation, &uncertain, &lines, checks);
    let scenarios = unsure::scenarios(document.scenario, &lines, checks);
    let percent = document.one_at_a_time_percent;
    let one_at_a_time = percent.map(|percent| one_at_a_time(&percent, checks));
    Some(Case {
        title: heading.title,
        years: heading.years,
        base_year,
        length,
        price_base,
        discounting,
        deflator: document.deflator,
        partners,
        lines,
        uncertain,
        correlations,
        scenarios,
        one_at_a_time,
        funding,
        tracked,
        unknown,
        cohorts: names(cohorts),
    })
}

/// The base year, the year of the prices, and how many years there are.
fn years(heading: &Heading, at: &Range<usize>, checks: &mut Checks) -> Option<(i32, i32, usize)> {
    let Some(base_year) = &heading.base_year else {
        checks.refuse(
            at.clone(),
            "the case has no base_year: name the year whose pounds all others are discounted to",
        );
        return None;
    };
    let Some(price_base) = &heading.price_base else {
        checks.refuse(
            at.clone(),
            "the case has no price_base: name the year in whose prices it is shown",
        );
        return None;
    };
    year::check(
        *price_base.get_ref(),
        "the price_base",
        price_base.span(),
        checks,
    );
    let length = length(base_year, &heading.last_year, checks)?;
    Some((*base_year.get_ref(), *price_base.get_ref(), length))
}

/// The proportion by which each input is moved.
fn one_at_a_time(percent: &Spanned<f64>, checks: &mut Checks) -> f64 {
    let by = *percent.get_ref();
    checks.ensure((0.0..=100.0).contains(&by), percent.span(), || {
        format!("one_at_a_time_percent is {by}: give percent from 0 to 100")
    });
    by / 100.0
}

fn length(base: &Spanned<i32>, last: &Spanned<i32>, checks: &mut Checks) -> Option<usize> {
    let (first, end) = (*base.get_ref(), *last.get_ref());
    checks.ensure((1900..=2500).contains(&first), base.span(), || {
        format!("the base year is {first}: give the year in which it begins, such as 2026")
    });
    let years = i64::from(end) - i64::from(first) + 1;
    let length = usize::try_from(years)
        .ok()
        .filter(|length| (1..=MOST_YEARS).contains(length));
    checks.ensure(length.is_some(), last.span(), || {
        format!(
            "the case runs from {first} to {end}: it has at least one year and at most {MOST_YEARS}"
        )
    });
    length
}

/// An id that is new, and can be named with a point after it.
fn new_id(id: &Spanned<String>, seen: &mut BTreeSet<String>, checks: &mut Checks) -> String {
    let name = id.get_ref();
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    checks.ensure(
        !name.is_empty() && name.chars().all(plain),
        id.span(),
        || format!("the id {name:?} has other characters than letters, digits, - and _"),
    );
    checks.ensure(seen.insert(name.clone()), id.span(), || {
        format!("the id {name:?} is used twice")
    });
    name.clone()
}

fn partners(documents: Vec<Spanned<PartnerDocument>>, checks: &mut Checks) -> Vec<Partner> {
    let mut seen = BTreeSet::new();
    if let Some(beyond) = documents.get(MOST_PARTNERS) {
        checks.refuse(
            beyond.span(),
            format!("the case has more than {MOST_PARTNERS} partners: put some together"),
        );
    }
    let mut partners: Vec<Partner> = documents
        .into_iter()
        .map(|document| {
            let document = document.into_inner();
            Partner {
                id: new_id(&document.id, &mut seen, checks),
                name: document.name,
                kind: document.kind,
            }
        })
        .collect();
    partners.sort_by(|one, other| one.id.cmp(&other.id));
    partners
}

fn cohorts(
    documents: Vec<Spanned<CohortDocument>>,
    length: usize,
    checks: &mut Checks,
) -> BTreeMap<String, Cohort> {
    let mut seen = BTreeSet::new();
    let mut cohorts = BTreeMap::new();
    for document in documents {
        let cohort = document.into_inner();
        let id = new_id(&cohort.id, &mut seen, checks);
        let what = format!(
            "the population of {} ({}, {})",
            id, cohort.name, cohort.source
        );
        let people = schedule(&cohort.population, length, MOST_PEOPLE, &what, checks);
        // A line of a cohort that was refused is not refused for that as well.
        let people = people.unwrap_or_else(|| vec![0.0; length]);
        let name = cohort.name;
        cohorts.insert(id, Cohort { name, people });
    }
    cohorts
}

/// The name of each cohort.
fn names(cohorts: BTreeMap<String, Cohort>) -> BTreeMap<String, String> {
    let named = cohorts.into_iter();
    named.map(|(id, cohort)| (id, cohort.name)).collect()
}

/// A number for each year of the case, from nothing up to `most`.
fn schedule(
    written: &Spanned<Schedule>,
    length: usize,
    most: f64,
    what: &str,
    checks: &mut Checks,
) -> Option<Vec<f64>> {
    let values = match written.get_ref() {
        Schedule::Every(value) => vec![*value; length],
        Schedule::Each(values) => values.clone(),
    };
    checks.ensure(values.len() == length, written.span(), || {
        format!(
            "{what} has {} numbers, the case has {length} years",
            values.len()
        )
    });
    for value in &values {
        in_range(*value, most, what, written.span(), checks);
    }
    (values.len() == length).then_some(values)
}

/// Refuses what is negative, not a number, or above `most`.
fn in_range(value: f64, most: f64, what: &str, at: Range<usize>, checks: &mut Checks) {
    let reason = if value < 0.0 {
        "must not be negative"
    } else if value > most && most <= 1.0 {
        "must not be above 1: it is a proportion"
    } else if value > most {
        "must not be so large"
    } else {
        "must be a number"
    };
    checks.ensure((0.0..=most).contains(&value), at, || {
        format!("{what} is {value}: it {reason}")
    });
}

fn lines(
    documents: Vec<Spanned<super::document::LineDocument>>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Vec<Line> {
    let mut seen: BTreeSet<String> = frame.cohorts.keys().cloned().collect();
    let mut claimed: BTreeMap<(String, Layer), String> = BTreeMap::new();
    let mut lines = Vec::new();
    let most = MOST_CELLS / frame.length.max(1);
    if let Some(beyond) = documents.get(most) {
        checks.refuse(
            beyond.span(),
            format!(
                "the case has {} lines of {} years: at most {most} of them can be worked out at once",
                documents.len(),
                frame.length
            ),
        );
        return lines;
    }
    for document in documents {
        let at = document.span();
        let document = document.into_inner();
        let id = new_id(&document.id, &mut seen, checks);
        if let (Some(claims), Side::Benefit) = (&document.claims, document.side) {
            let key = (said::alike(claims.get_ref()), document.layer);
            if let Some(other) = claimed.insert(key, id.clone()) {
                checks.refuse(claims.span(), format!("{id} and {other} both claim {:?}: a benefit is claimed by one line in each layer; if several partners gain, share it in gained_by", claims.get_ref()));
            }
        }
        lines.extend(line::check(id, document, at, frame, checks));
    }
    checks.ensure(!lines.is_empty() || !checks.is_clean(), 0..0, || {
        "the case has no lines".to_owned()
    });
    lines.sort_by(|one: &Line, other| one.id.cmp(&other.id));
    lines
}

/// Years as a document writes them before an amount, with their places in the case.
fn year_place(year: &str, frame: &Frame<'_>) -> Option<usize> {
    let year = year::read(year)?;
    let place = usize::try_from(i64::from(year) - i64::from(frame.base_year)).ok()?;
    (place < frame.length).then_some(place)
}

/// Proportions as whole billionths.
fn billionths(share: f64) -> Option<i128> {
    number::whole(share * 1e9).map(i128::from)
}
