//! What somebody typed, as they typed it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stour_charging::Tables;
use stour_kernel::Date;
use stour_web::{Form, TypedDate};

/// The most characters of one answer: more is no figure and no source.
const LONGEST: usize = 200;

/// Fields that every form has.
const FIELDS: [&str; 32] = [
    "care",
    "circumstance",
    "cost",
    "cost-rise",
    "council",
    "date-day",
    "date-month",
    "date-year",
    "disability",
    "home",
    "home-defer",
    "home-interest",
    "home-most-owed",
    "home-owed",
    "home-reason",
    "home-share",
    "home-sold",
    "home-value",
    "home-weeks",
    "housing",
    "interest",
    "joint",
    "not-counted",
    "not-counted-why",
    "not-known",
    "other-property",
    "other-property-owed",
    "postcode",
    "rate-source",
    "refuses",
    "savings",
    "shares-pension",
];

/// What somebody typed, by field; what was left empty is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// From texts by field.
    ///
    /// # Errors
    /// The name of a field that there is not, or whose text is too long.
    pub fn of(
        texts: impl IntoIterator<Item = (String, String)>,
        tables: &Tables,
    ) -> Result<Self, String> {
        let mut answers = Self::default();
        for (field, text) in texts {
            if !is_field(&field, tables) || text.chars().count() > LONGEST {
                return Err(field);
            }
            if !text.is_empty() {
                answers.0.insert(field, text);
            }
        }
        Ok(answers)
    }

    /// From TOML: a text or a whole number for each field, such as `savings = 16500`.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn read(text: &str, tables: &Tables) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
        let mut texts = Vec::new();
        for (field, value) in table {
            let text = match value {
                toml::Value::String(text) => text.trim().to_owned(),
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(true) => "yes".to_owned(),
                toml::Value::Boolean(false) => String::new(),
                _ => return Err(format!("{field}: write it as a text, such as \"16500.50\"")),
            };
            texts.push((field, text));
        }
        Self::of(texts, tables)
            .map_err(|field| format!("{field}: there is no such field, or its text is too long"))
    }

    /// From a form: other fields are left out, and long texts cut, which then are no figures.
    pub(super) fn sent(form: &Form, tables: &Tables) -> Self {
        let all = form.with_prefix("").filter(|(_, text)| !text.is_empty());
        let ours = all.filter(|(field, _)| is_field(field, tables));
        let cut = |text: &str| text.chars().take(LONGEST).collect();
        Self(
            ours.map(|(field, text)| (field.to_owned(), cut(text)))
                .collect(),
        )
    }

    /// A form that nobody has filled in: today.
    pub fn blank(today: Date) -> Self {
        let mut answers = Self::default();
        answers.put("date-day", &today.day().to_string());
        answers.put("date-month", &today.month().to_string());
        answers.put("date-year", &today.year().to_string());
        answers
    }

    /// Puts an answer in place of another.
    pub fn put(&mut self, field: &str, text: &str) {
        self.0.insert(field.to_owned(), text.to_owned());
    }

    /// Puts a rate that somebody gives.
    pub fn put_rate(&mut self, kind: &str, text: &str) {
        self.put(&rate_field(kind), text);
    }

    /// The answer, empty where there is none.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Whether a box was ticked, or yes was said.
    pub(super) fn is_yes(&self, field: &str) -> bool {
        self.get(field) == "yes"
    }

    pub(super) fn date(&self) -> TypedDate {
        TypedDate::typed(["date-day", "date-month", "date-year"].map(|part| self.get(part)))
    }

    /// Every answer.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(field, text)| (field.as_str(), text.as_str()))
    }
}

/// The field of a rate that somebody gives: its kind, in letters that an id may have.
pub(super) fn rate_field(kind: &str) -> String {
    format!("rate-{}", kind.replace('/', "--"))
}

fn is_field(field: &str, tables: &Tables) -> bool {
    let kinds = tables.kinds();
    FIELDS.contains(&field)
        || field
            .strip_prefix("income-")
            .is_some_and(|code| tables.incomes().iter().any(|income| income.code == code))
        || field
            .strip_prefix("premium-")
            .map(|code| format!("premium/{code}"))
            .is_some_and(|code| kinds.iter().any(|kind| kind.code == code))
        || kinds.iter().any(|kind| rate_field(&kind.code) == field)
}
