//! A document in TOML that knows where in the workbook each of its lines comes from.

use super::literal;
use super::place::Place;
use super::tables::{Cell, Row};

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) places: Vec<Place>,
}

impl Document {
    pub(super) fn line(&mut self, text: &str, place: &Place) {
        self.text.push_str(text);
        self.text.push('\n');
        self.places.push(place.clone());
    }

    /// A header such as `[case]`, with an empty line before it.
    pub(super) fn header(&mut self, header: &str, place: &Place) {
        if !self.text.is_empty() {
            self.line("", place);
        }
        self.line(header, place);
    }

    pub(super) fn field(&mut self, key: &str, cell: &Cell) {
        self.line(&format!("{key} = {}", cell.literal), &cell.place);
    }

    /// The cells whose keys stand in this group; those in none for an empty one. Whether there are any.
    pub(super) fn fields(&mut self, row: &Row, group: &str) {
        for cell in &row.cells {
            let (own, key) = group_of(cell.column.key);
            if own == group {
                self.field(&literal::key(key), cell);
            }
        }
    }

    /// The same under a header, where there are any.
    pub(super) fn group(&mut self, header: &str, row: &Row, group: &str) -> bool {
        let first = row
            .cells
            .iter()
            .find(|cell| group_of(cell.column.key).0 == group);
        if let Some(first) = first {
            self.header(header, &first.place);
            self.fields(row, group);
        }
        first.is_some()
    }

    /// A row as an item of an array of tables, and its groups as tables in it.
    pub(super) fn item(&mut self, array: &str, row: &Row) {
        self.header(&format!("[[{array}]]"), &row.place);
        self.fields(row, "");
        let mut done = vec![""];
        for cell in &row.cells {
            let (group, _) = group_of(cell.column.key);
            if !done.contains(&group) {
                done.push(group);
                self.group(&format!("[{array}.{group}]"), row, group);
            }
        }
    }
}

/// The table in which a key stands, and its name there.
pub(super) fn group_of(key: &str) -> (&str, &str) {
    key.split_once('.').unwrap_or(("", key))
}
