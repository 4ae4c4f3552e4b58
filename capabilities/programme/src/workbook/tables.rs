//! From sheets of cells to rows whose cells are known and read.

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
    Year(i32),
    Nothing,
    /// Refused already.
    Wrong,
}

fn heads(layout: &SheetLayout, sheet: &Sheet, mistakes: &mut WorkbookMistakes) -> Vec<Head> {
    let place = Place::new(layout.name, 1);
    let mut seen: Vec<String> = Vec::new();
    let first = sheet.rows.first().map_or(&[][..], Vec::as_slice);
    let mut heads = Vec::new();
    for value in first {
        let shown = match value {
            Value::Text(text) => text.trim().to_owned(),
            Value::Number(number) => literal::number(*number),
            Value::Date(date) => date.clone(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Empty => String::new(),
        };
        let named = layout.columns.iter().find(|column| column.heading == shown);
        let has_years = matches!(layout.form, Form::RowsWithYears(_));
        let head = match (named, cell::year(value).filter(|_| has_years)) {
            _ if shown.is_empty() => Head::Nothing,
            _ if seen.contains(&shown) => {
                mistakes.add(
                    place.clone(),
                    format!("two columns are headed {shown:?}: take one out"),
                );
                Head::Wrong
            }
            (Some(column), _) => Head::Column(column),
            (None, Some(year)) => Head::Year(year),
            (None, None) => {
                let years = if has_years {
                    "; years are headed such as 2026"
                } else {
                    ""
                };
                mistakes.add(place.clone(), format!("no column of this sheet is headed {shown:?}: the sheet {:?} lists those that are{years}", layout::README));
                Head::Wrong
            }
        };
        if !shown.is_empty() {
            seen.push(shown);
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
            if !seen.iter().any(|heading| heading == column.heading) {
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
    let place = Place::new(layout.name, at + 1);
    let mut row = Row {
        place: place.clone(),
        cells: Vec::new(),
        years: Vec::new(),
    };
    for (position, value) in values.iter().enumerate() {
        if value.is_blank() {
            continue;
        }
        match heads.get(position).unwrap_or(&Head::Nothing) {
            Head::Column(column) => {
                let place = place.under(column.heading);
                if let Some(literal) = read(column.kind, value, &place, mistakes) {
                    row.cells.push(Cell {
                        column,
                        literal,
                        place,
                    });
                }
            }
            Head::Year(year) => {
                let kind = match layout.form {
                    Form::RowsWithYears(kind) => kind,
                    Form::Rows | Form::Pairs => Kind::Number,
                };
                let place = place.under(&year.to_string());
                if let Some(literal) = read(kind, value, &place, mistakes) {
                    row.years.push((*year, literal, place));
                }
            }
            Head::Nothing => mistakes.add(
                place.clone(),
                format!(
                    "{} stands under no heading: head its column, or clear it",
                    cell_name(at, position)
                ),
            ),
            Head::Wrong => {}
        }
    }
    let headed = |sought: &Column| {
        heads
            .iter()
            .position(|head| matches!(head, Head::Column(column) if column.key == sought.key))
    };
    for column in layout.columns.iter().filter(|column| column.needed) {
        let blank = |position: usize| values.get(position).is_none_or(Value::is_blank);
        if headed(column).is_some_and(blank) {
            mistakes.add(
                place.under(column.heading),
                format!("it is empty: write {}", column.kind.what()),
            );
        }
    }
    row.cells.sort_by_key(|cell| {
        layout
            .columns
            .iter()
            .position(|column| column.key == cell.column.key)
    });
    row.years.sort_by_key(|(year, ..)| *year);
    row
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
    let top = Place::new(layout.name, 1);
    let mut whole = Row {
        place: top.clone(),
        cells: Vec::new(),
        years: Vec::new(),
    };
    let mut seen: Vec<&str> = Vec::new();
    for (at, values) in sheet.rows.iter().enumerate() {
        let place = Place::new(layout.name, at + 1);
        let cell = |position: usize| values.get(position).unwrap_or(&Value::Empty);
        let item = match cell(0) {
            Value::Text(text) => text.trim(),
            _ => "",
        };
        if at == 0 {
            if [cell(0), cell(1)] != [&PAIR_HEADINGS[0].into(), &PAIR_HEADINGS[1].into()] {
                mistakes.add(place, "the first row is headed Item and Value");
            }
            continue;
        }
        if values.iter().all(Value::is_blank) {
            continue;
        }
        if values
            .iter()
            .skip(PAIR_HEADINGS.len())
            .any(|value| !value.is_blank())
        {
            mistakes.add(
                place.clone(),
                "values stand in the second column: clear what is to the right of the third",
            );
        }
        let Some(column) = layout.columns.iter().find(|column| column.heading == item) else {
            mistakes.add(
                place,
                format!(
                    "no item is called {item:?}: the sheet {:?} lists those that are",
                    layout::README
                ),
            );
            continue;
        };
        if seen.contains(&item) {
            mistakes.add(place, format!("{item:?} is there twice: take one out"));
            continue;
        }
        seen.push(item);
        let place = place.under(item);
        if cell(1).is_blank() {
            if column.needed {
                mistakes.add(place, format!("it is empty: write {}", column.kind.what()));
            }
        } else if let Some(literal) = read(column.kind, cell(1), &place, mistakes) {
            whole.cells.push(Cell {
                column,
                literal,
                place,
            });
        }
    }
    for column in layout.columns.iter().filter(|column| column.needed) {
        if !seen.contains(&column.heading) {
            mistakes.add(
                top.clone(),
                format!("the item {:?} is missing: {}", column.heading, column.help),
            );
        }
    }
    whole
}
