//! From a document to the sheets of a workbook.

use std::collections::BTreeSet;

use stour_appraisal::MOST_YEARS;
use stour_spreadsheet::{Sheet, Value};
use toml::Table;

use super::cell;
use super::document::group_of;
use super::layout::{self, Column, Form, Kind, SHEETS, SheetLayout};
use super::literal;
use super::tables::PAIR_HEADINGS;

/// What is left of a document while its values go to their cells, and what no cell can hold.
#[derive(Debug)]
struct Source {
    document: Table,
    refused: Vec<String>,
}

/// The sheets of a case, or the keys that have no place in them.
pub(super) fn sheets(document: Table) -> Result<Vec<Sheet>, Vec<String>> {
    let mut source = Source {
        document,
        refused: Vec::new(),
    };
    let years = source.years();
    // Amounts are taken out of the lines before what is left of these is refused.
    let amounts = source.amounts();
    let mut sheets = Vec::new();
    for layout in SHEETS {
        let rows = match layout.name {
            layout::CASE => source.pairs(layout),
            layout::COHORTS => source.cohorts(layout, &years),
            layout::AMOUNTS => with_years(layout, &amounts.0, &amounts.1),
            layout::DEFLATOR => source.deflator(layout),
            layout::DISCOUNT => source.bands(layout),
            layout::OPTIMISM => {
                let levels = source.inner("optimism_by_evidence", "level");
                source.rows(layout, levels)
            }
            layout::CORRELATIONS => source.correlations(layout),
            layout::SCENARIOS => source.scenarios(layout),
            _ => {
                let items = source.items(layout.array);
                source.rows(layout, items)
            }
        };
        sheets.push(Sheet {
            name: layout.name.to_owned(),
            rows,
        });
    }
    let left: Vec<String> = source.document.keys().cloned().collect();
    source.refused.extend(left);
    if source.refused.is_empty() {
        Ok(sheets)
    } else {
        Err(source.refused)
    }
}

fn headings(layout: &SheetLayout) -> Vec<Value> {
    layout
        .columns
        .iter()
        .map(|column| column.heading.into())
        .collect()
}

/// Takes the value under a key, such as `driver.cohort`, out of a table, and the inner table with its last.
fn take(table: &mut Table, key: &str) -> Option<toml::Value> {
    let (group, key) = group_of(key);
    if group.is_empty() {
        return table.remove(key);
    }
    let inner = table.get_mut(group)?.as_table_mut()?;
    let value = inner.remove(key);
    if inner.is_empty() {
        table.remove(group);
    }
    value
}

/// The items of an array of tables; nothing where it is something else.
fn tables(value: toml::Value) -> Option<Vec<Table>> {
    let toml::Value::Array(items) = value else {
        return None;
    };
    items
        .into_iter()
        .map(|item| match item {
            toml::Value::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// A row with its years.
type Dated = (Vec<Value>, Vec<(i64, Value)>);

/// Rows whose last columns are headed by these years.
fn with_years(layout: &SheetLayout, rows: &[Dated], years: &BTreeSet<i64>) -> Vec<Vec<Value>> {
    let mut head = headings(layout);
    head.extend(years.iter().filter_map(|year| number(*year)));
    let mut all = vec![head];
    for (fixed, dated) in rows {
        let mut row = fixed.clone();
        row.extend(years.iter().map(|year| {
            let own = dated.iter().find(|(known, _)| known == year);
            own.map_or(Value::Empty, |(_, value)| value.clone())
        }));
        all.push(row);
    }
    all
}

fn number(whole: i64) -> Option<Value> {
    cell::real(&toml::Value::Integer(whole)).map(Value::Number)
}

impl Source {
    fn items(&mut self, array: &str) -> Vec<Table> {
        let Some(value) = self.document.remove(array) else {
            return Vec::new();
        };
        let items = tables(value);
        if items.is_none() {
            self.refused.push(array.to_owned());
        }
        items.unwrap_or_default()
    }

    /// The items of an array that stands in a table.
    fn inner(&mut self, table: &str, array: &str) -> Vec<Table> {
        let Some(value) = take(&mut self.document, &format!("{table}.{array}")) else {
            return Vec::new();
        };
        let items = tables(value);
        if items.is_none() {
            self.refused.push(format!("{table}.{array}"));
        }
        items.unwrap_or_default()
    }

    fn years(&self) -> Vec<i64> {
        let case = self.document.get("case");
        let year = |key: &str| case?.get(key)?.as_integer();
        match (year("base_year"), year("last_year")) {
            (Some(base), Some(last)) => (base..=last).take(MOST_YEARS).collect(),
            _ => Vec::new(),
        }
    }

    /// The cell of one value; what it cannot hold is noted with the name of its item.
    fn cell(&mut self, table: &mut Table, column: &Column, item: &str) -> Value {
        let Some(value) = take(table, column.key) else {
            return Value::Empty;
        };
        cell::value_of(column.kind, &value).unwrap_or_else(|| {
            self.refused.push(format!("{item} {}", column.key));
            Value::Empty
        })
    }

    /// One row; keys that no column has are refused.
    fn row(&mut self, layout: &SheetLayout, mut table: Table) -> Vec<Value> {
        let id = table
            .get("id")
            .and_then(toml::Value::as_str)
            .unwrap_or_default();
        let item = format!("{} {id}", layout.name).trim_end().to_owned();
        let row = layout
            .columns
            .iter()
            .map(|column| self.cell(&mut table, column, &item))
            .collect();
        self.refused
            .extend(table.keys().map(|key| format!("{item} {key}")));
        row
    }

    fn rows(&mut self, layout: &SheetLayout, items: Vec<Table>) -> Vec<Vec<Value>> {
        let mut rows = vec![headings(layout)];
        rows.extend(items.into_iter().map(|item| self.row(layout, item)));
        rows
    }

    fn pairs(&mut self, layout: &SheetLayout) -> Vec<Vec<Value>> {
        let mut rows = vec![PAIR_HEADINGS.map(Value::from).to_vec()];
        let mut document = std::mem::take(&mut self.document);
        for column in layout.columns {
            let value = self.cell(&mut document, column, layout.name);
            rows.push(vec![column.heading.into(), value, column.help.into()]);
        }
        self.document = document;
        rows
    }

    fn cohorts(&mut self, layout: &SheetLayout, years: &[i64]) -> Vec<Vec<Value>> {
        let mut shown = BTreeSet::new();
        let mut rows = Vec::new();
        for mut item in self.items(layout.array) {
            let by_year = item
                .get("population")
                .and_then(toml::Value::as_array)
                .filter(|numbers| numbers.len() == years.len())
                .and_then(|numbers| {
                    let values: Option<Vec<f64>> = numbers.iter().map(cell::real).collect();
                    values
                });
            let mut dated = Vec::new();
            if let Some(numbers) = by_year {
                item.remove("population");
                shown.extend(years);
                dated.extend(
                    years
                        .iter()
                        .copied()
                        .zip(numbers.into_iter().map(Value::Number)),
                );
            }
            rows.push((self.row(layout, item), dated));
        }
        with_years(layout, &rows, &shown)
    }

    /// The amounts of lines and the years that they have, taken out of the lines.
    fn amounts(&mut self) -> (Vec<Dated>, BTreeSet<i64>) {
        let (mut rows, mut shown) = (Vec::new(), BTreeSet::new());
        let mut lines = self.items("line");
        for line in &mut lines {
            let id = line
                .get("id")
                .and_then(toml::Value::as_str)
                .unwrap_or_default()
                .to_owned();
            let Some(amounts) = line.remove("amounts") else {
                continue;
            };
            let mut dated = Vec::new();
            for (year, amount) in amounts.as_table().into_iter().flatten() {
                match (year.parse(), cell::value_of(Kind::Money, amount)) {
                    (Ok(number), Some(value)) => {
                        shown.insert(number);
                        dated.push((number, value));
                    }
                    _ => self
                        .refused
                        .push(format!("{} {id} amounts.{year}", layout::LINES)),
                }
            }
            rows.push((vec![id.into()], dated));
        }
        let lines = lines.into_iter().map(toml::Value::Table).collect();
        self.document
            .insert("line".to_owned(), toml::Value::Array(lines));
        (rows, shown)
    }

    fn deflator(&mut self, layout: &SheetLayout) -> Vec<Vec<Value>> {
        let mut rows = vec![headings(layout)];
        let index = take(&mut self.document, "deflator.index");
        for (year, index) in index.iter().filter_map(toml::Value::as_table).flatten() {
            let row = year
                .parse()
                .ok()
                .and_then(number)
                .zip(cell::value_of(Kind::Number, index));
            match row {
                Some((year, index)) => rows.push(vec![year, index]),
                None => self.refused.push(format!("deflator.index.{year}")),
            }
        }
        rows
    }

    fn bands(&mut self, layout: &SheetLayout) -> Vec<Vec<Value>> {
        let mut rows = vec![headings(layout)];
        for mut table in self.inner("discount", "table") {
            let name = table.remove("name");
            for mut band in table.remove("band").and_then(tables).unwrap_or_default() {
                if let Some(name) = &name {
                    band.insert("name".to_owned(), name.clone());
                }
                rows.push(self.row(layout, band));
            }
            self.refused
                .extend(table.keys().map(|key| format!("discount.table {key}")));
        }
        rows
    }

    fn correlations(&mut self, layout: &SheetLayout) -> Vec<Vec<Value>> {
        let mut items = self.items("correlation");
        for item in &mut items {
            if let Some(toml::Value::Array(between)) = item.remove("between") {
                for (key, input) in ["first", "second"].into_iter().zip(between) {
                    item.insert(key.to_owned(), input);
                }
            }
        }
        self.rows(layout, items)
    }

    fn scenarios(&mut self, layout: &SheetLayout) -> Vec<Vec<Value>> {
        let mut items = Vec::new();
        for mut scenario in self.items("scenario") {
            let set = match scenario.remove("set") {
                Some(toml::Value::Table(set)) => set,
                _ => Table::new(),
            };
            if set.is_empty() {
                items.push(scenario.clone());
            }
            for (input, value) in set {
                let mut item = scenario.clone();
                item.insert("input".to_owned(), input.into());
                item.insert("value".to_owned(), value);
                items.push(item);
            }
        }
        self.rows(layout, items)
    }
}

/// A document in a form in which two that mean the same are equal: numbers are real, money is text with
/// pence, and lists and tables of nothing are not there.
pub(super) fn settled(document: &Table) -> Table {
    let mut all = Table::new();
    for (key, value) in document {
        let value = match value {
            toml::Value::Table(table) => toml::Value::Table(settled_money(key, settled(table))),
            toml::Value::Array(items) => {
                let items = items.iter().map(one).map(|item| match item {
                    toml::Value::Table(item) => toml::Value::Table(settled_money(key, item)),
                    other => other,
                });
                toml::Value::Array(items.collect())
            }
            other => one(other),
        };
        let nothing = value.as_table().is_some_and(Table::is_empty)
            || value.as_array().is_some_and(Vec::is_empty);
        if !nothing {
            all.insert(key.clone(), value);
        }
    }
    all
}

fn one(value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Integer(_) => cell::real(value).map_or_else(|| value.clone(), Into::into),
        toml::Value::Table(table) => toml::Value::Table(settled(table)),
        toml::Value::Array(items) => toml::Value::Array(items.iter().map(one).collect()),
        other => other.clone(),
    }
}

fn settled_money(key: &str, mut table: Table) -> Table {
    for (inner, value) in &mut table {
        let money = [("driver", "unit_value"), ("funding", "amount")];
        if key == "amounts" || money.contains(&(key, inner)) {
            let literal = cell::value_of(Kind::Money, value)
                .and_then(|pounds| cell::literal_of(Kind::Money, &pounds).ok());
            if let Some(literal) = literal {
                *value = literal::shown(&literal).into();
            }
        }
    }
    table
}

/// How wide the columns of a sheet are.
pub(super) fn widths(layout: &SheetLayout, sheet: &Sheet) -> Vec<u16> {
    if layout.form == Form::Pairs {
        return vec![28, 48, 60];
    }
    let years = match layout.form {
        Form::RowsWithYears(kind) => Some(kind),
        Form::Rows | Form::Pairs => None,
    };
    let columns = sheet.rows.first().map_or(0, Vec::len);
    (0..columns)
        .filter_map(|at| layout.columns.get(at).map(|column| column.kind).or(years))
        .map(Kind::width)
        .collect()
}
