//! How stays are grouped, and how many are enough: dated data with its source (`reference/stay-estimates.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Date, Period};
use stour_partnership::Status;

use crate::error::FlowError;

/// What bands are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Of {
    /// Age in years at admission.
    Age,
    /// A level of the Clinical Frailty Scale.
    Frailty,
    /// How many admissions there were in the time before.
    History,
}

/// A band of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    /// Of what.
    pub(super) of: Of,
    /// Its name in the name of a group.
    pub(super) id: String,
    /// In words.
    pub(super) label: String,
    from: u32,
    to: Option<u32>,
    valid: Period,
}

/// The numbers that hold at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// How many stays of a group must have ended for it to be used.
    pub(super) fewest: u32,
    /// How many days back admissions are learned from.
    pub(super) days: i32,
    /// The fewest stays about which numbers are shown.
    pub(super) fewest_shown: u32,
    /// How many days before an admission others count as its history.
    pub(super) history_days: i32,
    /// The youngest age at which frailty counts.
    pub(super) frailty_from_age: u8,
    /// Who says so.
    pub(super) source: String,
    /// How far that can be relied on.
    pub(super) status: Status,
    valid: Period,
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    settings: Vec<Setting>,
    bands: Vec<Band>,
}

impl Settings {
    /// What holds on a day; nothing before the first and after the last that the file has.
    pub(super) fn at(&self, day: Date) -> Option<&Setting> {
        let mut settings = self.settings.iter();
        settings.find(|setting| setting.valid.contains(day))
    }

    /// What holds on a day.
    ///
    /// # Errors
    /// Where nothing does.
    pub(super) fn needed(&self, day: Date) -> Result<&Setting, FlowError> {
        let none = || format!("stay-estimates.toml has no setting for {day}: add one");
        self.at(day).ok_or_else(|| FlowError::Reference(none()))
    }

    /// The band of a number on a day.
    pub(super) fn band(&self, of: Of, number: u32, day: Date) -> Option<&Band> {
        let mut bands = self.bands.iter().filter(|band| band.of == of);
        bands.find(|band| {
            let is_below = band.to.is_none_or(|to| number < to);
            band.from <= number && is_below && band.valid.contains(day)
        })
    }

    /// The words for a band, of whatever time.
    pub(super) fn label(&self, of: Of, id: &str) -> Option<&str> {
        let mut bands = self.bands.iter();
        let band = bands.rfind(|band| band.of == of && band.id == id)?;
        Some(&band.label)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    setting: Vec<SettingRow>,
    band: Vec<BandRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingRow {
    fewest: u32,
    days: i32,
    fewest_shown: u32,
    history_days: i32,
    frailty_from_age: u8,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandRow {
    of: Of,
    id: String,
    label: String,
    from: u32,
    to: Option<u32>,
    starts: Date,
    ends: Option<Date>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "status")]
    _status: Status,
}

/// The settings.
///
/// # Errors
/// [`FlowError::Reference`] when the file cannot be read.
pub(super) fn settings() -> Result<&'static Settings, FlowError> {
    static SETTINGS: OnceLock<Result<Settings, String>> = OnceLock::new();
    SETTINGS
        .get_or_init(|| read(include_str!("../../../../reference/stay-estimates.toml")))
        .as_ref()
        .map_err(|why| FlowError::Reference(why.clone()))
}

/// Reads the file, and sees that on no day two settings hold, or two bands have one number.
pub(super) fn read(text: &str) -> Result<Settings, String> {
    let wrong = |why: String| format!("stay-estimates.toml: {why}");
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let period = |starts, ends| Period::new(starts, ends).map_err(|error| wrong(error.to_string()));
    let mut all = Settings {
        settings: Vec::new(),
        bands: Vec::new(),
    };
    for row in file.setting {
        let valid = period(row.starts, row.ends)?;
        let mut before = all.settings.iter();
        if before.any(|other| other.valid.overlaps(&valid)) {
            return Err(wrong("two settings hold on one day".to_owned()));
        }
        if row.fewest == 0 || row.days <= 0 || row.history_days <= 0 {
            return Err(wrong(
                "fewest, days and history_days must be 1 or more".to_owned(),
            ));
        }
        all.settings.push(Setting {
            fewest: row.fewest,
            days: row.days,
            fewest_shown: row.fewest_shown,
            history_days: row.history_days,
            frailty_from_age: row.frailty_from_age,
            source: row.source,
            status: row.status,
            valid,
        });
    }
    for row in file.band {
        let band = Band {
            of: row.of,
            valid: period(row.starts, row.ends)?,
            id: row.id,
            label: row.label,
            from: row.from,
            to: row.to,
        };
        let mut before = all.bands.iter();
        if before.any(|other| meet(other, &band)) {
            return Err(wrong(format!(
                "the band {} has a number of another",
                band.id
            )));
        }
        if band.id.contains([';', '=']) {
            return Err(wrong(format!("write the band {} without ; and =", band.id)));
        }
        all.bands.push(band);
    }
    Ok(all)
}

fn meet(one: &Band, other: &Band) -> bool {
    let below = |band: &Band, to: Option<u32>| to.is_none_or(|to| band.from < to);
    one.of == other.of
        && one.valid.overlaps(&other.valid)
        && below(one, other.to)
        && below(other, one.to)
}
