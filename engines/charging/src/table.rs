//! Tables of rates as they are written: one for the nation, one for each council.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Pence, Period};
use thiserror::Error;

use crate::rate::{Amount, Kind, Rate, Status, Unit};
use crate::rates::Rates;
use crate::setting::Setting;

/// A kind of income, and where it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeKind {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    #[serde(rename = "in")]
    settings: Vec<Setting>,
    /// A part of it may go to a partner at home.
    #[serde(default)]
    pub shared_with_partner: bool,
    /// Why it counts or not.
    pub rule: String,
    /// Where that is from.
    pub source: String,
}

/// Why a home that somebody owns may not be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropertyReason {
    /// Its code.
    pub code: String,
    /// As somebody would say it of themselves.
    pub label: String,
    #[serde(rename = "in")]
    settings: Vec<Setting>,
    /// What follows.
    pub rule: String,
    /// Where that is from.
    pub source: String,
}

impl IncomeKind {
    /// Whether it counts there.
    pub fn counts(&self, setting: Setting) -> bool {
        self.settings.contains(&setting)
    }
}

impl PropertyReason {
    /// Whether it is a reason there.
    pub fn holds(&self, setting: Setting) -> bool {
        self.settings.contains(&setting)
    }
}

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{table}: {reason}")]
pub struct TableError {
    /// The file.
    pub table: String,
    /// What is wrong.
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    area: String,
    name: String,
    #[serde(default, rename = "kind")]
    kinds: Vec<Kind>,
    #[serde(default, rename = "rate")]
    rates: Vec<Written>,
    #[serde(default, rename = "income")]
    incomes: Vec<IncomeKind>,
    #[serde(default, rename = "property")]
    properties: Vec<PropertyReason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    amount: Option<String>,
    weeks: Option<u16>,
    per_cent: Option<String>,
    starts: toml::value::Datetime,
    ends: Option<toml::value::Datetime>,
    source: String,
    status: Status,
    note: Option<String>,
}

/// All tables: the nation's and its councils'.
#[derive(Debug, Clone)]
pub struct Tables {
    pub(crate) nation: (String, String),
    pub(crate) kinds: Vec<Kind>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) incomes: Vec<IncomeKind>,
    pub(crate) properties: Vec<PropertyReason>,
    councils: BTreeMap<String, String>,
}

impl Tables {
    /// Reads the table of the nation, then those of councils, each a file's name and text.
    ///
    /// # Errors
    /// The first thing that is wrong: a rate of an unknown kind or in another unit, two at one time, no source.
    pub fn read(nation: (&str, &str), councils: &[(&str, &str)]) -> Result<Self, TableError> {
        let document = document(nation)?;
        let mut tables = Self {
            nation: (document.area.clone(), document.name.clone()),
            kinds: document.kinds.clone(),
            rates: Vec::new(),
            incomes: document.incomes.clone(),
            properties: document.properties.clone(),
            councils: BTreeMap::new(),
        };
        tables.check_codes(nation.0)?;
        tables.take(nation.0, document)?;
        for council in councils {
            let document = self::document(*council)?;
            let known = !document.kinds.is_empty()
                || !document.incomes.is_empty()
                || !document.properties.is_empty();
            refuse_if(council.0, known, || {
                "kinds are for the table of the nation".to_owned()
            })?;
            let name = document.name.clone();
            let before = tables.councils.insert(document.area.clone(), name);
            refuse_if(council.0, before.is_some(), || {
                format!("there is another table of {}", document.area)
            })?;
            tables.take(council.0, document)?;
        }
        Ok(tables)
    }

    fn check_codes(&self, table: &str) -> Result<(), TableError> {
        let kinds = self.kinds.iter().map(|kind| ("kind", &kind.code));
        let incomes = self.incomes.iter().map(|kind| ("income", &kind.code));
        let reasons = self.properties.iter().map(|kind| ("property", &kind.code));
        let mut seen = BTreeSet::new();
        for named in kinds.chain(incomes).chain(reasons) {
            refuse_if(table, !seen.insert(named), || {
                format!("{} {} is there twice", named.0, named.1)
            })?;
        }
        Ok(())
    }

    fn take(&mut self, table: &str, document: Document) -> Result<(), TableError> {
        for written in document.rates {
            let wrong = |reason: &str| TableError {
                table: table.to_owned(),
                reason: format!("rate of {}: {reason}", written.kind),
            };
            let kind = self.kinds.iter().find(|kind| kind.code == written.kind);
            let kind = kind.ok_or_else(|| wrong("there is no such kind"))?;
            let rate = Rate {
                amount: amount(&written, kind.unit).map_err(|reason| wrong(&reason))?,
                period: period(&written).map_err(|reason| wrong(&reason))?,
                area: document.area.clone(),
                kind: written.kind.clone(),
                source: written.source.clone(),
                status: written.status,
                note: written.note.clone(),
            };
            if rate.source.trim().is_empty() {
                return Err(wrong("it has no source"));
            }
            let other = self.rates.iter().find(|other| {
                (&other.kind, &other.area) == (&rate.kind, &rate.area)
                    && other.period.overlaps(&rate.period)
            });
            if let Some(other) = other {
                let period = other.period;
                return Err(wrong(&format!("there is another in {period}")));
            }
            self.rates.push(rate);
        }
        Ok(())
    }

    /// The councils that have a table: code and name, in the order of their names.
    pub fn councils(&self) -> Vec<(&str, &str)> {
        let councils = self.councils.iter();
        let mut councils: Vec<_> = councils
            .map(|(code, name)| (code.as_str(), name.as_str()))
            .collect();
        councils.sort_by_key(|(_, name)| *name);
        councils
    }

    /// What there are rates of.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kinds of income.
    pub fn incomes(&self) -> &[IncomeKind] {
        &self.incomes
    }

    /// Why a home may not be counted.
    pub fn property_reasons(&self) -> &[PropertyReason] {
        &self.properties
    }

    /// What a council uses on a day: its own rate where it has one, else the nation's; where none is in force, the last
    /// that was. `None` for a council without a table.
    pub fn on<'t>(&'t self, council: &str, day: Date) -> Option<Rates<'t>> {
        let (code, _) = self.councils.get_key_value(council)?;
        Some(Rates::new(self, code, day))
    }
}

fn document((name, text): (&str, &str)) -> Result<Document, TableError> {
    toml::from_str(text).map_err(|error| TableError {
        table: name.to_owned(),
        reason: error.to_string(),
    })
}

fn refuse_if(
    table: &str,
    is_wrong: bool,
    reason: impl FnOnce() -> String,
) -> Result<(), TableError> {
    if is_wrong {
        return Err(TableError {
            table: table.to_owned(),
            reason: reason(),
        });
    }
    Ok(())
}

fn amount(written: &Written, unit: Unit) -> Result<Amount, String> {
    let amount = match (&written.amount, written.weeks, &written.per_cent) {
        (Some(text), None, None) => {
            let pence = text.parse::<Pence>().map_err(|error| error.to_string())?;
            if pence.is_negative() {
                return Err("it is less than nothing".to_owned());
            }
            Amount::Money(pence)
        }
        (None, Some(weeks), None) => Amount::Weeks(weeks),
        (None, None, Some(text)) => Amount::BasisPoints(basis_points(text)?),
        _ => return Err("give one of amount, weeks and per_cent".to_owned()),
    };
    if amount.unit() == unit {
        Ok(amount)
    } else {
        Err("it is counted in another unit".to_owned())
    }
}

/// `50` or `12.5` per cent, at most 100, in hundredths.
fn basis_points(text: &str) -> Result<u16, String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let wrong = || format!("{text:?} is no per cent: write it as 50 or 12.5");
    let digits = |text: &str| text.chars().all(|one| one.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(wrong());
    }
    let points: u32 = format!("{whole}{part:0<2}").parse().map_err(|_| wrong())?;
    match u16::try_from(points) {
        Ok(points) if points <= 10_000 => Ok(points),
        _ => Err(wrong()),
    }
}

fn period(written: &Written) -> Result<Period, String> {
    let day = |written: &toml::value::Datetime| {
        let text = written.to_string();
        text.parse::<Date>()
            .map_err(|_| format!("{text} is no date"))
    };
    let end = written.ends.as_ref().map(day).transpose()?;
    Period::new(day(&written.starts)?, end).map_err(|error| error.to_string())
}
