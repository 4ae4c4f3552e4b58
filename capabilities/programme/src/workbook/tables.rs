//! From sheets of cells to rows whose cells are known and read.

use std::collections::BTreeSet;

use stour_spreadsheet::{Sheet, Value, Workbook, cell_name};

use super::cell;
use super::layout::{self, Column, Form, Kind, SHEETS, SheetLayout};
use super::literal;
use super::place::{Place, WorkbookMistakes};

/// What a sheet of pairs has in its first row.
pub(super) const PAIR_HEADINGS: [&str; 3] = ["Item", "Value", "What to write"];

/// A cell that was read.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) column: &'static Column,
    pub(super) literal: String,
    pub(super) place: Place,
}

/// A row; a sheet of pairs is one.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<Cell>,
    pub(super) years: Vec<(i32, String, Place)>,
}

impl Row {
    const fn new(place: Place) -> Self {
        Self {
            place,
            cells: Vec::new(),
            years: Vec::new(),
        }
    }

    /// Reads a cell of the row.
    fn fill(&mut self, column: &'static Column, value: &Value, mistakes: &mut WorkbookMistakes) {
        let place = self.place.under(column.heading);
        if let Some(literal) = read(column.kind, value, &place, mistakes) {
            self.cells.push(Cell {
                column,
                literal,
                place,
            });
        }
    }

    /// Puts the cells in the order of the layout, whatever that of the sheet.
    fn sort(&mut self, layout: &SheetLayout) {
        self.cells.sort_by_key(|cell| {
            let mut columns = layout.columns.iter();
            columns.position(|column| column.key == cell.column.key)
        });
        self.years.sort_by_key(|(year, ..)| *year);
    }

    pub(super) fn get(&self, key: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column.key == key)
    }

    /// The literal under a key; empty where there is none.
    pub(super) fn literal(&self, key: &str) -> &str {
        self.get(key).map_or("", |cell| cell.literal.as_str())
    }
}

/// The rows of every sheet of the layout.
#[derive(Debug, Default)]
pub(super) struct Tables(Vec<(&'static SheetLayout, Vec<Row>)>);

impl Tables {
    pub(super) fn rows(&self, sheet: &str) -> &[Row] {
        let found = self.0.iter().find(|(layout, _)| layout.name == sheet);
        found.map_or(&[], |(_, rows)| rows.as_slice())
    }

    pub(super) fn read(workbook: &Workbook, mistakes: &mut WorkbookMistakes) -> Self {
        for sheet in &workbook.sheets {
            if layout::sheet(&sheet.name).is_none() {
                mistakes.add(None, format!("no sheet of a case is called {:?}: take it out, or put its rows on the sheet where they belong", sheet.name));
            }
        }
        let mut tables = Vec::new();
        for layout in SHEETS {
            match workbook.sheet(layout.name) {
                Some(sheet) if layout.form == Form::Pairs => {
                    tables.push((layout, vec![pairs(layout, sheet, mistakes)]));
                }
                Some(sheet) => tables.push((layout, rows(layout, sheet, mistakes))),
                None if layout.needed => {
                    mistakes.add(None, format!("the sheet {:?} is missing", layout.name));
                }
                None => {}
            }
        }
        Self(tables)
    }
}

/// What the first row says a column is.
#[derive(Debug, Clone, Copy)]
enum Head {
    Column(&'static Column),
    Year(i32, Kind),
    Nothing,
    /// Refused already.
    Wrong,
}

fn heads(layout: &SheetLayout, sheet: &Sheet, mistakes: &mut WorkbookMistakes) -> Vec<Head> {
    let place = Place::new(layout.name, 1);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let first = sheet.rows.first().map_or(&[][..], Vec::as_slice);
    let mut heads = Vec::new();
    for value in first {
        let shown = match value {
            Value::Text(text) => text.trim().to_owned(),
            Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
                literal::number(*number)
            }
            Value::Date(date) => date.clone(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Empty => String::new(),
        };
        let named = layout.columns.iter().find(|column| column.heading == shown);
        let of_years = match layout.form {
            Form::RowsWithYears(kind) => Some(kind),
            Form::Rows | Form::Pairs => None,
        };
        let head = match (named, cell::year(value).zip(of_years)) {
            _ if shown.is_empty() => Head::Nothing,
            _ if seen.contains(&shown) => {
                mistakes.add(
                    place.clone(),
                    format!("two columns are headed {shown:?}: take one out"),
                );
                Head::Wrong
            }
            (Some(column), _) => Head::Column(column),
            (None, Some((year, kind))) => Head::Year(year, kind),
            (None, None) => {
                let years = if of_years.is_some() {
                    "; years are headed such as 2026"
                } else {
                    ""
                };
                mistakes.add(place.clone(), format!("no column of this sheet is headed {shown:?}: the sheet {:?} lists those that are{years}", layout::README));
                Head::Wrong
            }
        };
        if !shown.is_empty() {
            seen.insert(shown);
        }
        heads.push(head);
    }
    if sheet
        .rows
        .iter()
        .skip(1)
        .flatten()
        .any(|value| !value.is_blank())
    {
        for column in layout.columns.iter().filter(|column| column.needed) {
            if !seen.contains(column.heading) {
                mistakes.add(
                    place.clone(),
                    format!("the column {:?} is missing", column.heading),
                );
            }
        }
    }
    heads
}

fn rows(layout: &'static SheetLayout, sheet: &Sheet, mistakes: &mut WorkbookMistakes) -> Vec<Row> {
    let heads = heads(layout, sheet, mistakes);
    let filled = sheet.rows.iter().enumerate().skip(1);
    filled
        .filter(|(_, values)| values.iter().any(|value| !value.is_blank()))
        .map(|(at, values)| row(layout, &heads, at, values, mistakes))
        .collect()
}

fn row(
    layout: &SheetLayout,
    heads: &[Head],
    at: usize,
    values: &[Value],
    mistakes: &mut WorkbookMistakes,
) -> Row {
    let mut row = Row::new(Place::new(layout.name, at + 1));
    let filled = values
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_blank());
    for (position, value) in filled {
        match heads.get(position).unwrap_or(&Head::Nothing) {
            Head::Column(column) => row.fill(column, value, mistakes),
            Head::Year(year, kind) => {
                let place = row.place.under(&year.to_string());
                if let Some(literal) = read(*kind, value, &place, mistakes) {
                    row.years.push((*year, literal, place));
                }
            }
            Head::Nothing => {
                let cell = cell_name(at, position);
                let reason =
                    format!("{cell} stands under no heading: head its column, or clear it");
                mistakes.add(row.place.clone(), reason);
            }
            Head::Wrong => {}
        }
    }
    for (head, value) in heads
        .iter()
        .zip(values.iter().chain(std::iter::repeat(&Value::Empty)))
    {
        if let Head::Column(column) = head
            && column.needed
            && value.is_blank()
        {
            mistakes.add(row.place.under(column.heading), is_empty(column));
        }
    }
    row.sort(layout);
    row
}

fn is_empty(column: &Column) -> String {
    format!("it is empty: write {}", column.kind.what())
}

fn read(
    kind: Kind,
    value: &Value,
    place: &Place,
    mistakes: &mut WorkbookMistakes,
) -> Option<String> {
    cell::literal_of(kind, value)
        .map_err(|reason| mistakes.add(place.clone(), reason))
        .ok()
}

/// A sheet of items and values, as one row.
fn pairs(layout: &'static SheetLayout, sheet: &Sheet, mistakes: &mut WorkbookMistakes) -> Row {
    let mut whole = Row::new(Place::new(layout.name, 1));
    let top = whole.place.clone();
    let mut seen: Vec<&str> = Vec::new();
    for (at, values) in sheet.rows.iter().enumerate() {
        let place = Place::new(layout.name, at + 1);
        let [item, value] = [0, 1].map(|position| values.get(position).unwrap_or(&Value::Empty));
        if at == 0 {
            let [first, second, _] = PAIR_HEADINGS;
            let is = |value: &Value, heading| matches!(value, Value::Text(text) if text.trim() == heading);
            if !is(item, first) || !is(value, second) {
                mistakes.add(place, "the first row is headed Item and Value");
            }
            continue;
        }
        if values.iter().all(Value::is_blank) {
            continue;
        }
        let mut beyond = values.iter().skip(PAIR_HEADINGS.len());
        if beyond.any(|value| !value.is_blank()) {
            mistakes.add(
                place.clone(),
                "values stand in the second column: clear what is to the right of the third",
            );
        }
        let item = match item {
            Value::Text(text) => text.trim(),
            _ => "",
        };
        if seen.contains(&item) {
            mistakes.add(place, format!("{item:?} is there twice: take one out"));
            continue;
        }
        let Some(column) = layout.columns.iter().find(|column| column.heading == item) else {
            let readme = layout::README;
            let reason =
                format!("no item is called {item:?}: the sheet {readme:?} lists those that are");
            mistakes.add(place, reason);
            continue;
        };
        seen.push(item);
        whole.place = place;
        if !value.is_blank() {
            whole.fill(column, value, mistakes);
        } else if column.needed {
            mistakes.add(whole.place.under(item), is_empty(column));
        }
    }
    for column in layout.columns.iter().filter(|column| column.needed) {
        if !seen.contains(&column.heading) {
            let reason = format!("the item {:?} is missing: {}", column.heading, column.help);
            mistakes.add(top.clone(), reason);
        }
    }
    whole.place = top;
    whole.sort(layout);
    whole
}
