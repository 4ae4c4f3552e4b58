//! A change to the text of a case, which leaves all else as its authors wrote it.

use std::collections::BTreeMap;

use stour_kernel::Pence;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::number::in_percent;

use crate::document::Refusal;

/// What is to be different.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// A new line, last.
    AddLine(Table),
    /// A line in the place of the one with this id.
    PutLine(String, Table),
    /// Without the line of this id, and what varies it.
    RemoveLine(String),
    /// Inputs at other values, by their names.
    SetInputs(BTreeMap<String, f64>),
}

impl Change {
    /// The text with the change made.
    ///
    /// # Errors
    /// No such line, a line that is there already, an input that the text does not hold by itself.
    pub(crate) fn apply(&self, text: &str) -> Result<String, Refusal> {
        let mut document: DocumentMut = text.parse().map_err(|_| Refusal::NotWritten)?;
        match self {
            Self::AddLine(line) => {
                let lines = lines(&mut document)?;
                if place(lines, &id(line)).is_some() {
                    return Err(Refusal::LineExists);
                }
                lines.push(line.clone());
            }
            Self::PutLine(id, line) => {
                let lines = lines(&mut document)?;
                let place = place(lines, id).ok_or(Refusal::NoSuchLine)?;
                let before = lines.get_mut(place).ok_or(Refusal::NoSuchLine)?;
                put(before, line);
            }
            Self::RemoveLine(id) => remove(&mut document, id)?,
            Self::SetInputs(inputs) => {
                for (input, value) in inputs {
                    set(&mut document, input, *value)?;
                }
            }
        }
        Ok(document.to_string())
    }

    /// The change made to the latest text, where it was meant for an earlier one: what others changed
    /// meanwhile stays, unless they changed the same line.
    ///
    /// # Errors
    /// As [`apply`](Self::apply), and [`Refusal::Overtaken`].
    pub(crate) fn rebase(&self, seen: &str, latest: &str) -> Result<String, Refusal> {
        if seen != latest {
            let (seen, latest) = (parse(seen), parse(latest));
            let touched = self.touched();
            let is_same = |id: &String| line_of(&seen, id) == line_of(&latest, id);
            if !touched.iter().all(is_same) {
                return Err(Refusal::Overtaken);
            }
        }
        self.apply(latest)
    }

    /// The lines that the change is about.
    fn touched(&self) -> Vec<String> {
        match self {
            Self::AddLine(_) => Vec::new(),
            Self::PutLine(id, _) | Self::RemoveLine(id) => vec![id.clone()],
            Self::SetInputs(inputs) => {
                let of = inputs.keys().filter_map(|input| input.split_once('.'));
                of.map(|(line, _)| line.to_owned()).collect()
            }
        }
    }
}

fn parse(text: &str) -> toml::Table {
    text.parse().unwrap_or_default()
}

/// The line of this id, as values.
pub(crate) fn line_of<'t>(document: &'t toml::Table, id: &str) -> Option<&'t toml::Table> {
    let lines = document.get("line")?.as_array()?;
    let mut tables = lines.iter().filter_map(toml::Value::as_table);
    tables.find(|line| line.get("id").and_then(toml::Value::as_str) == Some(id))
}

fn id(line: &Table) -> String {
    line.get("id")
        .and_then(Item::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn lines(document: &mut DocumentMut) -> Result<&mut ArrayOfTables, Refusal> {
    document
        .get_mut("line")
        .and_then(Item::as_array_of_tables_mut)
        .ok_or(Refusal::NoSuchLine)
}

fn place(lines: &ArrayOfTables, wanted: &str) -> Option<usize> {
    lines.iter().position(|line| id(line) == wanted)
}

/// Gives a table the keys of another, and keeps the place and comments of those it has.
fn put(table: &mut Table, wanted: &Table) {
    let gone: Vec<String> = table
        .iter()
        .map(|(key, _)| key.to_owned())
        .filter(|key| !wanted.contains_key(key))
        .collect();
    for key in gone {
        table.remove(&key);
    }
    for (key, item) in wanted {
        match (table.get_mut(key), item) {
            (Some(Item::Table(before)), Item::Table(wanted)) => put(before, wanted),
            (Some(Item::Table(before)), Item::Value(Value::InlineTable(wanted))) => {
                put(before, &wanted.clone().into_table());
            }
            (Some(Item::Value(before)), Item::Table(wanted)) => {
                put_value(before, &wanted.clone().into_inline_table().into());
            }
            (Some(Item::Value(before)), Item::Value(wanted)) => put_value(before, wanted),
            _ => {
                table.insert(key, item.clone());
            }
        }
    }
}

fn put_value(before: &mut Value, wanted: &Value) {
    if !is_same(before, wanted) {
        let decor = before.decor().clone();
        *before = wanted.clone();
        *before.decor_mut() = decor;
    }
}

/// Whether two values say the same, however they are written: 4 and 4.0, £180000 and £180,000.00.
fn is_same(one: &Value, other: &Value) -> bool {
    let number = |value: &Value| value.as_float().or_else(|| whole(value.as_integer()?));
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            let money = |text: &str| text.strip_prefix('£').and(text.parse::<Pence>().ok());
            let (money, same) = (money(one.value()), money(other.value()));
            one.value() == other.value() || (money.is_some() && money == same)
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other.iter());
            one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other))
        }
        (Value::InlineTable(one), Value::InlineTable(other)) => {
            let mut fields = one.iter();
            one.len() == other.len()
                && fields
                    .all(|(key, value)| other.get(key).is_some_and(|other| is_same(value, other)))
        }
        (Value::Boolean(one), Value::Boolean(other)) => one.value() == other.value(),
        // All of a line is one partner's.
        (Value::String(one), Value::InlineTable(all))
        | (Value::InlineTable(all), Value::String(one)) => {
            let share = all.get(one.value()).and_then(number);
            all.len() == 1 && share == Some(1.0)
        }
        _ => number(one).is_some() && number(one) == number(other),
    }
}

fn whole(number: i64) -> Option<f64> {
    i32::try_from(number).ok().map(f64::from)
}

fn remove(document: &mut DocumentMut, id: &str) -> Result<(), Refusal> {
    let lines = lines(document)?;
    let place = place(lines, id).ok_or(Refusal::NoSuchLine)?;
    lines.remove(place);
    let varies = |input: Option<&str>| {
        input
            .and_then(|input| input.split_once('.'))
            .is_some_and(|(of, _)| of == id)
    };
    if let Some(uncertain) = tables(document, "uncertain") {
        uncertain.retain(|one| !varies(one.get("input").and_then(Item::as_str)));
    }
    if let Some(correlations) = tables(document, "correlation") {
        correlations.retain(|one| {
            let between = one.get("between").and_then(Item::as_array);
            !between.is_some_and(|two| two.iter().any(|input| varies(input.as_str())))
        });
    }
    if let Some(scenarios) = tables(document, "scenario") {
        for scenario in scenarios.iter_mut() {
            let set = scenario.get_mut("set").and_then(Item::as_table_like_mut);
            if let Some(set) = set {
                let gone: Vec<String> = set
                    .iter()
                    .map(|(input, _)| input.to_owned())
                    .filter(|input| varies(Some(input)))
                    .collect();
                for input in gone {
                    set.remove(&input);
                }
            }
        }
        scenarios.retain(|one| {
            one.get("set")
                .and_then(Item::as_table_like)
                .is_none_or(|set| !set.is_empty())
        });
    }
    for name in ["uncertain", "correlation", "scenario"] {
        if tables(document, name).is_some_and(|all| all.is_empty()) {
            document.remove(name);
        }
    }
    Ok(())
}

fn tables<'d>(document: &'d mut DocumentMut, name: &str) -> Option<&'d mut ArrayOfTables> {
    document.get_mut(name)?.as_array_of_tables_mut()
}

/// Sets an input that the text holds by itself: a number of a line's `driver`, or its optimism bias where
/// that is a percentage.
fn set(document: &mut DocumentMut, input: &str, number: f64) -> Result<(), Refusal> {
    let (of, field) = input.split_once('.').ok_or(Refusal::NotWritten)?;
    let lines = lines(document)?;
    let place = place(lines, of).ok_or(Refusal::NotWritten)?;
    let line = lines.get_mut(place).ok_or(Refusal::NotWritten)?;
    let (table, key, written) = match field {
        "optimism_bias" => {
            let percent = in_percent(number).parse().unwrap_or(number * 100.0);
            (field, "percent", Value::from(percent))
        }
        // A unit value is money, and money is text.
        "unit_value" => {
            let amount = pounds(number).ok_or(Refusal::NotWritten)?;
            ("driver", field, Value::from(amount.to_string()))
        }
        _ if IN_THE_DRIVER.contains(&field) => ("driver", field, Value::from(number)),
        _ => return Err(Refusal::NotWritten),
    };
    let table = line.get_mut(table).and_then(Item::as_table_like_mut);
    let table = table.ok_or(Refusal::NotWritten)?;
    match table.get_mut(key) {
        // A schedule by year is not one number.
        Some(Item::Value(Value::Array(_))) => return Err(Refusal::NotWritten),
        Some(Item::Value(before)) => put_value(before, &written),
        _ if key == "percent" => return Err(Refusal::NotWritten),
        _ => {
            table.insert(key, Item::Value(written));
        }
    }
    Ok(())
}

/// The inputs that a line's `driver` holds by their own names.
const IN_THE_DRIVER: [&str; 7] = [
    "take_up",
    "impact",
    "unit_value",
    "deadweight",
    "displacement",
    "drop_off",
    "lag",
];

/// Whether a change of this input can be written into the document.
pub(crate) fn is_written(document: &toml::Table, input: &str) -> bool {
    let Some((of, field)) = input.split_once('.') else {
        return false;
    };
    let line = line_of(document, of);
    if field == "optimism_bias" {
        let bias = line.and_then(|line| line.get(field));
        return bias.is_some_and(|bias| bias.get("percent").is_some());
    }
    let driver = line.and_then(|line| line.get("driver"));
    let is_by_year = |driver: &toml::Value| driver.get(field).is_some_and(toml::Value::is_array);
    IN_THE_DRIVER.contains(&field) && driver.is_some_and(|driver| !is_by_year(driver))
}

/// Pounds as an amount of whole pence; none where it is not.
fn pounds(number: f64) -> Option<Pence> {
    format!("{number:.2}").parse().ok()
}

#[cfg(test)]
mod tests;
