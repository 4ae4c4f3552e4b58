//! How published files are laid out: which column is what. Layouts are data
//! (`reference/series-layouts`), built into the binary; the flags of the command make one of one
//! column.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;

/// How a file is laid out, and what becomes of the areas in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What it is called, and what it does with areas.
    pub named: Named,
    /// Its columns.
    pub table: Table,
    /// It was made from the flags of the command.
    pub of_flags: bool,
}

/// A name for a layout, and what it does with areas.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name on the command line.
    pub name: String,
    /// What is in such a file.
    pub title: String,
    /// What becomes of areas that are neither of the partnership nor compared with.
    #[serde(default)]
    pub others: Others,
    /// The code of an area whose figures are the sums of all in the file.
    pub sum: Option<String>,
    /// What those sums are, for the source of the series.
    pub sum_note: Option<String>,
}

/// What becomes of areas that are neither of the partnership nor compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// The file is refused.
    #[default]
    Refuse,
    /// Their rows are counted and left out.
    LeaveOut,
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The publication.
    pub source: String,
    /// The first day of which such a file may have a figure.
    pub starts: Date,
    /// The first day of which it may no longer.
    pub ends: Option<Date>,
    /// Whose figure it is.
    pub area: AreaColumn,
    /// Of when.
    pub date: DateColumn,
    /// What stands where nothing was returned.
    pub missing: Vec<String>,
    /// The figures.
    pub series: Vec<SeriesColumns>,
}

/// Whose figure a row has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AreaColumn {
    /// The heading of the column of codes or names.
    pub column: Option<String>,
    /// The code of the one area that the file is about.
    pub fixed: Option<String>,
    /// Codes by what stands for them.
    pub means: BTreeMap<String, String>,
    /// Codes by name, where a file has names.
    pub named: Vec<NamedArea>,
    /// Areas whose rows are left out, with the reason.
    pub left_out: BTreeMap<String, String>,
}

/// The code of an area that a file names, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedArea {
    /// The name.
    pub text: String,
    /// The code.
    pub code: String,
    /// The first day on which it means this.
    pub from: Option<Date>,
    /// The first day on which it no longer does.
    pub until: Option<Date>,
}

/// When a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateColumn {
    /// The heading of the column.
    pub column: String,
    /// How dates are written.
    pub form: DateForm,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateForm {
    /// 2025-08-31.
    Day,
    /// 2025-08.
    YearMonth,
    /// August 2025.
    MonthName,
    /// 2024-25: the year from 1 April.
    FinancialYear,
}

/// A figure of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SeriesColumns {
    /// The measure, by its id.
    pub measure: String,
    /// The list by which it is divided here, by its id.
    pub breakdown: Option<String>,
    /// Each part of that list has a column with the text by which files name it.
    pub parts_are_columns: bool,
    /// The heading of the column that says which part it is.
    pub part_column: Option<String>,
    /// What the whole is, where parts are given.
    pub total: Option<Total>,
    /// The heading of the column with the figure.
    pub value: Option<String>,
    /// Or that with how many,
    pub numerator: Option<String>,
    /// or that with how many not,
    pub not_numerator: Option<String>,
    /// and that with out of how many.
    pub denominator: Option<String>,
    /// Only rows where a column says this.
    pub when: Option<When>,
    /// The figure says nothing where all of these are missing.
    pub nothing_without: Vec<String>,
    /// It is of this area, whichever the row is of.
    pub area: Option<String>,
}

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The heading of the column.
    pub column: String,
    /// What it must say.
    pub is: String,
}

/// What the whole is, where parts are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Total {
    /// The sum, when every part of the list has a figure.
    EveryPart,
    /// The sum of the parts that have one: the rest do not exist there.
    GivenParts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    publisher: String,
    source: String,
    licence: String,
    starts: Date,
    ends: Option<Date>,
    layout: Vec<Named>,
    area: AreaColumn,
    date: DateColumn,
    missing: Missing,
    series: Vec<SeriesColumns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Missing {
    marks: Vec<String>,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../../reference/series-layouts/", $name)))),+]
    };
}

const FILES: [(&str, &str); 17] = files![
    "adult-social-care.toml",
    "ae-boards.toml",
    "ae-by-type.toml",
    "ae-trusts.toml",
    "beds-england.toml",
    "beds.toml",
    "criteria-to-reside-boards.toml",
    "criteria-to-reside-monthly.toml",
    "criteria-to-reside-trusts.toml",
    "delay-reasons-england.toml",
    "delay-reasons-trusts.toml",
    "delayed-days-by-organisation.toml",
    "delayed-days-total.toml",
    "delayed-days.toml",
    "discharges-boards.toml",
    "discharges-trusts.toml",
    "future-care.toml",
];

/// Every layout, by file and in its order.
///
/// # Errors
/// What is wrong with the files, and with which; the same answer every time.
pub fn layouts() -> Result<&'static [Layout], &'static str> {
    static LAYOUTS: OnceLock<Result<Vec<Layout>, String>> = OnceLock::new();
    LAYOUTS
        .get_or_init(|| {
            let mut all = Vec::new();
            for (name, text) in FILES {
                let file: LayoutFile =
                    toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
                all.extend(file.layouts());
            }
            Ok(all)
        })
        .as_ref()
        .map(Vec::as_slice)
        .map_err(String::as_str)
}

impl LayoutFile {
    fn layouts(self) -> impl Iterator<Item = Layout> {
        let table = Table {
            source: format!("{}; {}, {}", self.source, self.publisher, self.licence),
            starts: self.starts,
            ends: self.ends,
            area: self.area,
            date: self.date,
            missing: self.missing.marks,
            series: self.series,
        };
        self.layout.into_iter().map(move |named| Layout {
            named,
            table: table.clone(),
            of_flags: false,
        })
    }
}

impl Layout {
    /// The layout of three columns that the flags of the command name.
    pub fn of_flags(measure: &str, source: &str, (area, date, value): (&str, &str, &str)) -> Self {
        Self {
            named: Named {
                name: "flags".to_owned(),
                title: "The columns that the command names".to_owned(),
                others: Others::Refuse,
                sum: None,
                sum_note: None,
            },
            table: Table {
                source: source.to_owned(),
                starts: Date::MIN,
                ends: None,
                area: AreaColumn {
                    column: Some(area.to_owned()),
                    ..AreaColumn::default()
                },
                date: DateColumn {
                    column: date.to_owned(),
                    form: DateForm::Day,
                },
                missing: Vec::new(),
                series: vec![SeriesColumns {
                    measure: measure.to_owned(),
                    value: Some(value.to_owned()),
                    ..SeriesColumns::default()
                }],
            },
            of_flags: true,
        }
    }
}

impl NamedArea {
    /// Whether the name means this area on a day.
    pub(super) fn means(&self, text: &str, on: Date) -> bool {
        self.text == text
            && self.from.is_none_or(|from| from <= on)
            && self.until.is_none_or(|until| on < until)
    }
}

#[cfg(test)]
mod tests;
