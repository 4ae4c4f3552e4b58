//! What a line of a case may refer to: its partners, cohorts and years, as the text names them.

use toml::{Table, Value};

/// The names that a form of a line offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Id and name of each partner, in the order of the text.
    pub(crate) partners: Vec<(String, String)>,
    /// Id and name of each cohort.
    pub(crate) cohorts: Vec<(String, String)>,
    /// Each year as the text writes it, and as people do.
    pub(crate) years: Vec<(String, String)>,
}

impl Frame {
    /// That of a case's text; empty for a text that is none.
    pub(crate) fn of(document: &Table) -> Self {
        let heading = document.get("case").and_then(Value::as_table);
        let year = |key: &str| heading?.get(key)?.as_integer();
        let is_financial = heading
            .and_then(|heading| heading.get("years"))
            .and_then(Value::as_str)
            == Some("financial");
        let (first, last) = (
            year("base_year").unwrap_or(0),
            year("last_year").unwrap_or(-1),
        );
        let label = |year: i64| {
            if is_financial {
                format!("{year}/{:02}", (year + 1).rem_euclid(100))
            } else {
                year.to_string()
            }
        };
        Self {
            partners: named(document, "partner"),
            cohorts: named(document, "cohort"),
            years: (first..=last.min(first + 500))
                .map(|year| (year.to_string(), label(year)))
                .collect(),
        }
    }
}

fn named(document: &Table, of: &str) -> Vec<(String, String)> {
    let rows = document.get(of).and_then(Value::as_array);
    let text = |row: &Value, key: &str| Some(row.get(key)?.as_str()?.to_owned());
    rows.into_iter()
        .flatten()
        .filter_map(|row| Some((text(row, "id")?, text(row, "name")?)))
        .collect()
}
