//! The two databases describe the same tables in the same words.

use std::cell::RefCell;

use stour_database::testing::each_database;
use stour_database::{Table, tables};

use crate::common::THINGS;

#[test]
fn tables_look_the_same_on_both() {
    let seen: RefCell<Vec<Vec<Table>>> = RefCell::default();
    each_database(&[THINGS], |db| {
        seen.borrow_mut().push(db.read_blocking(tables).unwrap());
    });
    let seen = seen.into_inner();
    assert_eq!(seen[0], seen[1]);
    let kinds: Vec<_> = seen[0]
        .iter()
        .filter(|table| table.name == "thing")
        .flat_map(|table| &table.columns)
        .map(|column| (column.name.as_str(), column.kind.as_str(), column.nullable))
        .collect();
    assert_eq!(
        kinds,
        [
            ("id", "BIGINT", false),
            ("name", "TEXT", false),
            ("note", "TEXT", true),
            ("amount", "BIGINT", true),
            ("size", "DOUBLE PRECISION", true),
            ("good", "BOOLEAN", true),
            ("body", "BYTEA", true),
        ]
    );
    let place = |name| seen[0].iter().position(|table| table.name == name);
    assert!(
        place("thing") < place("part"),
        "a table comes after those it refers to"
    );
    assert!(place("once").is_some() && place("live_topic").is_some());
}
