//! A line of a case as a form holds it: a text for each field.

use std::collections::BTreeMap;

use stour_kernel::Pence;
use stour_web::{Form, Mistakes};
use toml_edit::{Array, InlineTable, Item, Table, Value, value};

use super::frame::Frame;
use super::number::{percent, proportion, written};

/// What the form of a line has been filled in with, by field. A proportion of the text is a percentage
/// here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LineDraft(BTreeMap<String, String>);

/// Fields that are the same text in the form and in the line.
const TEXTS: [&str; 8] = [
    "id",
    "name",
    "layer",
    "intervention",
    "source",
    "owner",
    "claims",
    "evidence",
];
/// The same of a line's `driver`.
const DRIVER_TEXTS: [&str; 2] = ["cohort", "unit"];
const DRIVER_YEARS: [&str; 2] = ["first_year", "last_year"];
const DRIVER_NUMBERS: [&str; 2] = ["impact", "lag"];
const DRIVER_PARTS: [&str; 3] = ["deadweight", "displacement", "drop_off"];
/// The optimism bias of a published table.
const TABLE_TEXTS: [&str; 3] = ["vintage", "project", "measure"];

impl LineDraft {
    /// What the form says of a field; empty where it says nothing.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    fn put(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.insert(field.into(), text.into());
    }

    /// Whether the line is gained, not paid.
    pub(crate) fn is_benefit(&self) -> bool {
        self.get("side") == "benefit"
    }

    /// An empty form for a new line.
    pub(crate) fn blank(side: &str, frame: &Frame) -> Self {
        let mut draft = Self::default();
        draft.put("side", side);
        draft.put("layer", "fiscal");
        draft.put("how", "amounts");
        draft.put("optimism", "percent");
        if let Some((year, _)) = frame.years.first() {
            draft.put("price_base", year.clone());
        }
        draft
    }

    /// The form as it was sent.
    pub(crate) fn sent(form: &Form, frame: &Frame) -> Self {
        let mut draft = Self::default();
        let shares = frame.partners.iter().map(|(id, _)| format!("share-{id}"));
        let amounts = frame.years.iter().map(|(year, _)| format!("amount-{year}"));
        let fields = FIELDS.iter().map(|field| (*field).to_owned());
        for field in fields.chain(shares).chain(amounts) {
            // A browser sends the ends of lines as CR LF.
            let text = form.get(&field).replace("\r\n", "\n");
            draft.put(field, text);
        }
        draft
    }

    /// The form of a line that is in the text.
    pub(crate) fn of(line: &toml::Table) -> Self {
        let mut draft = Self::default();
        let text = |key: &str| line.get(key).map(written).unwrap_or_default();
        for key in TEXTS {
            draft.put(key, text(key));
        }
        for key in ["side", "discount", "price_base"] {
            draft.put(key, text(key));
        }
        let part = |key: &str| line.get(key).and_then(percent).unwrap_or_default();
        draft.put("cashable", part("cashable"));
        for key in ["paid_by", "gained_by"] {
            match line.get(key) {
                Some(toml::Value::String(one)) => draft.put(format!("share-{one}"), "100"),
                Some(toml::Value::Table(shares)) => {
                    for (partner, share) in shares {
                        draft.put(
                            format!("share-{partner}"),
                            percent(share).unwrap_or_default(),
                        );
                    }
                }
                _ => {}
            }
        }
        draft.take_optimism(line.get("optimism_bias"));
        match line.get("driver").and_then(toml::Value::as_table) {
            Some(driver) => draft.take_driver(driver),
            None => draft.put("how", "amounts"),
        }
        let amounts = line.get("amounts").and_then(toml::Value::as_table);
        for (year, amount) in amounts.into_iter().flatten() {
            draft.put(format!("amount-{year}"), written(amount));
        }
        draft
    }

    fn take_optimism(&mut self, bias: Option<&toml::Value>) {
        let Some(bias) = bias.and_then(toml::Value::as_table) else {
            return;
        };
        let text = |key: &str| bias.get(key).map(written).unwrap_or_default();
        let how = if bias.contains_key("vintage") {
            "table"
        } else if bias.contains_key("by_evidence") {
            "by-evidence"
        } else {
            "percent"
        };
        self.put("optimism", how);
        self.put("optimism-percent", text("percent"));
        self.put("optimism-source", text("source"));
        for key in TABLE_TEXTS {
            self.put(format!("optimism-{key}"), text(key));
        }
        let managed = bias.get("managed").and_then(percent).unwrap_or_default();
        self.put("optimism-managed", managed);
    }

    fn take_driver(&mut self, driver: &toml::Table) {
        self.put("how", "driver");
        let text = |key: &str| driver.get(key).map(written).unwrap_or_default();
        let same = DRIVER_TEXTS
            .iter()
            .chain(&DRIVER_YEARS)
            .chain(&DRIVER_NUMBERS);
        for key in same.chain(&["unit_value"]) {
            self.put(*key, text(key));
        }
        for key in DRIVER_PARTS {
            let part = driver.get(key).and_then(percent).unwrap_or_default();
            self.put(key, part);
        }
        let take_up = match driver.get("take_up") {
            Some(toml::Value::Array(years)) => {
                let each: Vec<String> = years.iter().filter_map(percent).collect();
                each.join("; ")
            }
            Some(one) => percent(one).unwrap_or_default(),
            None => String::new(),
        };
        self.put("take_up", take_up);
    }
}

/// Every field but those for each partner and each year.
const FIELDS: &[&str] = &[
    "id",
    "name",
    "side",
    "layer",
    "intervention",
    "source",
    "owner",
    "claims",
    "evidence",
    "cashable",
    "discount",
    "price_base",
    "optimism",
    "optimism-percent",
    "optimism-source",
    "optimism-vintage",
    "optimism-project",
    "optimism-measure",
    "optimism-managed",
    "how",
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

/// Writing the line that the form describes. What a field holds is only read as a number or an amount
/// here; whether the line is right is for the engine to say.
impl LineDraft {
    /// The line.
    ///
    /// # Errors
    /// Fields that are no number or amount.
    pub(crate) fn line(&self, frame: &Frame) -> Result<Table, Mistakes> {
        let mut mistakes = Mistakes::default();
        for (field, asked) in [
            ("how", "Choose how the amounts are made"),
            ("optimism", "Choose where the optimism bias comes from"),
        ] {
            let _ = mistakes.required(field, self.get(field), asked);
        }
        let mut line = Table::new();
        let mut texts = |keys: &[&str]| {
            for key in keys {
                if !self.get(key).is_empty() {
                    line.insert(key, value(self.get(key)));
                }
            }
        };
        texts(&["id", "name", "side"]);
        texts(&["layer", "intervention", "source", "owner"]);
        let whose = if self.is_benefit() {
            texts(&["claims"]);
            "gained_by"
        } else {
            "paid_by"
        };
        // A cost may name its evidence too.
        texts(&["evidence", "discount"]);
        if let Some(shares) = self.shares(frame, &mut mistakes) {
            line.insert(whose, shares);
        }
        line.insert("optimism_bias", self.optimism(&mut mistakes));
        if self.is_benefit()
            && let Some(part) = self.part("cashable", &mut mistakes)
        {
            line.insert("cashable", value(part));
        }
        match self.get("price_base") {
            "" => {}
            year => {
                line.insert("price_base", year.parse::<i64>().map_or(value(year), value));
            }
        }
        if self.get("how") == "driver" {
            line.insert("driver", Item::Table(self.driver(&mut mistakes)));
        } else {
            line.insert("amounts", self.amounts(frame, &mut mistakes));
        }
        if mistakes.is_empty() {
            Ok(line)
        } else {
            Err(mistakes)
        }
    }

    fn shares(&self, frame: &Frame, mistakes: &mut Mistakes) -> Option<Item> {
        let mut shares = Vec::new();
        for (partner, _) in &frame.partners {
            if let Some(part) = self.part(&format!("share-{partner}"), mistakes) {
                shares.push((partner, part));
            }
        }
        match shares.as_slice() {
            [] => None,
            [(only, part)] if (part - 1.0).abs() < f64::EPSILON => Some(value(only.as_str())),
            several => {
                let several = several
                    .iter()
                    .map(|(partner, part)| (partner.as_str(), Value::from(*part)));
                Some(value(several.collect::<InlineTable>()))
            }
        }
    }

    fn optimism(&self, mistakes: &mut Mistakes) -> Item {
        let mut bias = InlineTable::new();
        match self.get("optimism") {
            "by-evidence" => {
                bias.insert("by_evidence", true.into());
            }
            "table" => {
                for key in TABLE_TEXTS {
                    let text = self.get(&format!("optimism-{key}"));
                    if !text.is_empty() {
                        bias.insert(key, text.into());
                    }
                }
                if let Some(part) = self.part("optimism-managed", mistakes) {
                    bias.insert("managed", part.into());
                }
            }
            _ => {
                if let Some(number) = self.number("optimism-percent", mistakes) {
                    bias.insert("percent", number.into());
                }
                let source = self.get("optimism-source");
                if !source.is_empty() {
                    bias.insert("source", source.into());
                }
            }
        }
        value(bias)
    }

    fn driver(&self, mistakes: &mut Mistakes) -> Table {
        let mut driver = Table::new();
        let mut put = |key: &str, item: Option<Item>| {
            if let Some(item) = item {
                driver.insert(key, item);
            }
        };
        let text = |key: &str| Some(self.get(key)).filter(|text| !text.is_empty());
        put("cohort", text("cohort").map(value));
        for key in DRIVER_YEARS {
            let year = text(key).map(str::parse::<i64>);
            let year = year.and_then(|year| {
                mistakes.check(key, year.map_err(|_| "Give a year, such as 2026"))
            });
            put(key, year.map(value));
        }
        put("take_up", self.take_up(mistakes));
        put("unit", text("unit").map(value));
        put("impact", self.number("impact", mistakes).map(value));
        put("unit_value", self.amount("unit_value", mistakes));
        if self.is_benefit() {
            for key in DRIVER_PARTS {
                put(key, self.part(key, mistakes).map(value));
            }
            put("lag", self.number("lag", mistakes).map(value));
        }
        driver
    }

    fn take_up(&self, mistakes: &mut Mistakes) -> Option<Item> {
        let text = self.get("take_up");
        if !text.contains(';') {
            return self.part("take_up", mistakes).map(value);
        }
        let each = text.split(';').map(|one| proportion(one.trim()));
        let each: Result<Array, _> = each.collect();
        mistakes.check("take_up", each).map(value)
    }

    fn amounts(&self, frame: &Frame, mistakes: &mut Mistakes) -> Item {
        let mut amounts = InlineTable::new();
        for (year, _) in &frame.years {
            if let Some(Item::Value(amount)) = self.amount(&format!("amount-{year}"), mistakes) {
                amounts.insert(year, amount);
            }
        }
        value(amounts)
    }

    fn amount(&self, field: &str, mistakes: &mut Mistakes) -> Option<Item> {
        let text = Some(self.get(field)).filter(|text| !text.is_empty())?;
        let amount: Result<Pence, _> = text.parse();
        let amount = mistakes.check(field, amount)?;
        Some(value(amount.to_string()))
    }

    /// A percentage of the form as a proportion.
    fn part(&self, field: &str, mistakes: &mut Mistakes) -> Option<f64> {
        let text = Some(self.get(field)).filter(|text| !text.is_empty())?;
        mistakes.check(field, proportion(text))
    }

    fn number(&self, field: &str, mistakes: &mut Mistakes) -> Option<f64> {
        let text = Some(self.get(field)).filter(|text| !text.is_empty())?;
        mistakes.check(field, super::number::number(text))
    }
}

#[cfg(test)]
mod tests;
