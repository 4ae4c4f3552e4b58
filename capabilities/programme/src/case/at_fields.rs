//! What the engine says of a case's text, at the fields of the form that wrote one of its lines.

use std::ops::Range;

use stour_appraisal::{Mistake, Mistakes as Refused};
use stour_web::Mistakes;
use toml_edit::{Document, Item, Table, TableLike};

use super::frame::Frame;

/// The fields of the form of one line, and where the text has them.
struct Fields<'f> {
    frame: &'f Frame,
    /// Where each key of the line begins and ends, counted in lines of the text.
    keys: Vec<(String, Range<usize>)>,
    /// Lines on which the line itself and its driver begin.
    heads: Vec<usize>,
}

/// Notes each of the engine's mistakes at the field that can mend it; what is wrong elsewhere in the case
/// is told at the top of the form, with its line.
pub(crate) fn in_fields(
    text: &str,
    (id, frame): (&str, &Frame),
    refused: &Refused,
    mistakes: &mut Mistakes,
) {
    let fields = Fields::of(text, id, frame);
    for mistake in &refused.0 {
        match fields.field(mistake) {
            Some(field) => mistakes.add(&field, mistake.reason.clone()),
            None if mistake.reason.contains("both claim") => {
                mistakes.add("claims", mistake.reason.clone());
            }
            None => mistakes.add("name", format!("Line {}: {}", mistake.line, mistake.reason)),
        }
    }
}

impl<'f> Fields<'f> {
    fn of(text: &str, id: &str, frame: &'f Frame) -> Self {
        let mut fields = Self {
            frame,
            keys: Vec::new(),
            heads: Vec::new(),
        };
        let Ok(document) = Document::parse(text) else {
            return fields;
        };
        let lines = document.get("line").and_then(Item::as_array_of_tables);
        let is_named = |line: &&Table| {
            let of = line.get("id").and_then(Item::as_str);
            of.unwrap_or_default() == id
        };
        // A new line is the last one.
        if let Some(line) = lines.into_iter().flatten().filter(is_named).last() {
            fields
                .heads
                .extend(line.span().map(|at| row(text, at.start)));
            fields.take(text, line);
        }
        fields
    }

    fn take(&mut self, text: &str, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            let at = table.key(key).and_then(toml_edit::Key::span);
            let rows = match (at, item.span()) {
                (Some(key), Some(value)) => row(text, key.start)..row(text, value.end) + 1,
                (None, Some(value)) => row(text, value.start)..row(text, value.end) + 1,
                _ => continue,
            };
            match item.as_table_like() {
                Some(driver) if key == "driver" => {
                    self.heads.push(rows.start);
                    self.take(text, driver);
                }
                _ => self.keys.push((key.to_owned(), rows)),
            }
        }
    }

    /// The field of a mistake; none where it is about another part of the case.
    fn field(&self, mistake: &Mistake) -> Option<String> {
        let mut keys = self.keys.iter();
        if let Some((key, _)) = keys.find(|(_, rows)| rows.contains(&mistake.line)) {
            return Some(self.of_key(key, &mistake.reason));
        }
        let is_of_line = self.heads.contains(&mistake.line);
        is_of_line.then(|| self.of_reason(&mistake.reason))
    }

    fn of_key(&self, key: &str, reason: &str) -> String {
        match key {
            "paid_by" | "gained_by" => self.share(reason),
            "optimism_bias" => "optimism".to_owned(),
            "amounts" => self.amount(reason),
            "side" => "name".to_owned(),
            key => key.to_owned(),
        }
    }

    /// The share of the partner that a reason names, or else the first one.
    fn share(&self, reason: &str) -> String {
        let mut partners = self.frame.partners.iter().map(|(partner, _)| partner);
        let is_named = |partner: &&String| {
            reason.contains(&format!("share of {partner} in"))
                || reason.contains(&format!("but {partner} is"))
        };
        let named = partners.clone().find(is_named).or_else(|| partners.next());
        named.map_or_else(|| "name".to_owned(), |partner| format!("share-{partner}"))
    }

    /// The amount of the year that a reason names.
    fn amount(&self, reason: &str) -> String {
        let mut years = self.frame.years.iter();
        let named = years.find(|(year, _)| {
            let mut words = reason.split(|c: char| !c.is_ascii_digit());
            words.any(|word| word == year)
        });
        named.map_or_else(|| "how".to_owned(), |(year, _)| format!("amount-{year}"))
    }

    /// The field of what is said of a whole line: mostly that something is missing.
    fn of_reason(&self, reason: &str) -> String {
        if reason.contains("one of the two") || reason.contains("comes to more than") {
            return "how".to_owned();
        }
        let mut missing = reason.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let key = missing.find(|word| KEYS.contains(word));
        key.map_or_else(|| "name".to_owned(), |key| self.of_key(key, reason))
    }
}

/// What the engine may miss in a line.
const KEYS: [&str; 23] = [
    "name",
    "layer",
    "intervention",
    "source",
    "paid_by",
    "gained_by",
    "claims",
    "evidence",
    "optimism_bias",
    "cashable",
    "price_base",
    "id",
    "cohort",
    "first_year",
    "last_year",
    "take_up",
    "unit",
    "impact",
    "unit_value",
    "deadweight",
    "displacement",
    "drop_off",
    "lag",
];

/// The line of the text, from 1, that a place of it is on.
fn row(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.matches('\n').count() + 1
}
