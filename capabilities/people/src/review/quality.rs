//! What became of the records that organisations sent: linked, held for a human, or new, by group.
//!
//! A group whose records are held or taken for new more often than others' is served worse by matching:
//! its people have more records each, and nobody sees their history whole. A rate that moves from month to
//! month is drift: of the data that come in, or of matching.

use std::collections::BTreeMap;

use serde::Deserialize;
use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{Code, Date, OdsCode, Timestamp, london_date};
use stour_statistics::proportion::{Proportion, wilson};

use crate::person::age;
use crate::words;

/// The confidence of every interval.
pub(crate) const CONFIDENCE: f64 = 0.95;

/// How many records, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) all: u64,
    pub(crate) matched: u64,
    pub(crate) held: u64,
    pub(crate) new: u64,
}

impl Counts {
    /// The sum first, then its parts.
    pub(crate) fn cells(self) -> Vec<u64> {
        vec![self.all, self.matched, self.held, self.new]
    }
}

/// A part of all, with its interval; `None` of nobody.
pub(crate) fn rate(part: u64, all: u64) -> Option<Proportion> {
    wilson(part, all, CONFIDENCE).ok()
}

/// One way to group records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dimension {
    Organisation,
    Number,
    Age,
    Sex,
    Month,
}

impl Dimension {
    pub(crate) const ALL: [Self; 5] = [
        Self::Organisation,
        Self::Number,
        Self::Age,
        Self::Sex,
        Self::Month,
    ];

    /// For headings.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation that sent the record",
            Self::Number => "NHS number",
            Self::Age => "Age",
            Self::Sex => "Sex as recorded",
            Self::Month => "Month",
        }
    }

    /// Within a sentence.
    pub(crate) const fn within(self) -> &'static str {
        match self {
            Self::Organisation => "organisation that sent the record",
            Self::Number => "whether an NHS number was given",
            Self::Age => "age",
            Self::Sex => "sex as recorded",
            Self::Month => "month",
        }
    }

    /// As an id on the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Organisation => "by-organisation",
            Self::Number => "by-number",
            Self::Age => "by-age",
            Self::Sex => "by-sex",
            Self::Month => "by-month",
        }
    }
}

/// Counts by dimension and group. The key sorts the groups, the text names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) all: Counts,
    pub(crate) groups: BTreeMap<Dimension, BTreeMap<(String, String), Counts>>,
}

/// Of a record, what groups it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Traits {
    born: Option<Date>,
    sex: Option<Code>,
    nhs_number: Option<String>,
}

impl Tally {
    /// Counts a record by the step that decided on it.
    pub(crate) fn add(&mut self, step: &str, source: &OdsCode, at: Timestamp, traits: &Traits) {
        let day = london_date(at);
        let number = match traits.nhs_number {
            Some(_) => ("1", "Given"),
            None => ("2", "Not given"),
        };
        let sex = traits.sex.as_ref().map_or_else(
            || ("~".to_owned(), "Not given".to_owned()),
            |sex| {
                let label = words::capital(&words::code(&["administrative-sex"], sex));
                (sex.to_string(), label)
            },
        );
        let keys = [
            (
                Dimension::Organisation,
                (source.to_string(), words::organisation_name(source)),
            ),
            (
                Dimension::Number,
                (number.0.to_owned(), number.1.to_owned()),
            ),
            (Dimension::Age, age_band(traits.born, day)),
            (Dimension::Sex, sex),
            (
                Dimension::Month,
                (
                    day.strftime("%Y-%m").to_string(),
                    day.strftime("%B %Y").to_string(),
                ),
            ),
        ];
        count(&mut self.all, step);
        for (dimension, key) in keys {
            let group = self.groups.entry(dimension).or_default();
            count(group.entry(key).or_default(), step);
        }
    }
}

fn count(counts: &mut Counts, step: &str) {
    counts.all = counts.all.saturating_add(1);
    let part = match step {
        "held" => &mut counts.held,
        "new" => &mut counts.new,
        _ => &mut counts.matched,
    };
    *part = part.saturating_add(1);
}

fn age_band(born: Option<Date>, on: Date) -> (String, String) {
    let band = match born.and_then(|born| age(born, on)) {
        None => ("~", "Not known"),
        Some(..18) => ("00", "Under 18"),
        Some(18..40) => ("18", "18 to 39"),
        Some(40..65) => ("40", "40 to 64"),
        Some(65..80) => ("65", "65 to 79"),
        Some(_) => ("80", "80 and over"),
    };
    (band.0.to_owned(), band.1.to_owned())
}

/// What matching decided of the records that organisations sent since a moment. What a human made or
/// moved, and what was loaded in bulk, is not of matching.
pub(crate) fn tally(tx: &mut Transaction<'_>, since: Timestamp) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    tx.each(
        sql!(
            "SELECT l.step, s.source, l.linked_at, s.content
             FROM record_link l
             JOIN source_record s ON s.record = l.record AND s.number = 1
             WHERE l.linked_at >= $1 AND l.linked_by = s.source
               AND l.step IN ('local-number', 'cross-check', 'exact', 'probabilistic', 'held', 'new')"
        ),
        params![since],
        |row| {
            let content = row.get::<String>(3)?;
            let traits: Traits = serde_json::from_str(&content).unwrap_or_default();
            tally.add(&row.get::<String>(0)?, &row.get(1)?, row.get(2)?, &traits);
            Ok(())
        },
    )?;
    Ok(tally)
}

#[cfg(test)]
mod tests;
