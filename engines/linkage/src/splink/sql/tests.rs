//! Expressions against what `DuckDB` gives.

use super::super::value::Value;
use super::cast::{Kind, cast};
use super::{Columns, Naming, Scope, parse};

/// The text of an expression's value, `\N` for `NULL` and `!` for an error.
fn value(sql: &str) -> String {
    let mut columns = Columns::default();
    let text = parse(sql, Naming::Suffix, &mut columns)
        .map_err(|problem| problem.to_string())
        .and_then(|expression| {
            let scope = Scope::new(&[], &[]);
            let value = expression
                .evaluate(&scope)
                .map_err(|failure| failure.to_string())?;
            cast(&value, Kind::Text).map_err(|failure| failure.to_string())
        });
    match text {
        Ok(Value::Text(text)) => text,
        Ok(_) => "\\N".to_owned(),
        Err(reason) => format!("!{reason}"),
    }
}

#[test]
fn expressions_have_the_value_that_duckdb_gives() {
    let table = include_str!("../../../tests/splink/expressions.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let (mut seen, mut wrong) = (0, Vec::new());
    for row in rows.records() {
        let row = row.unwrap();
        let ours = value(&row[0]);
        let same = if &row[1] == "!" {
            ours.starts_with('!')
        } else {
            ours == row[1]
        };
        seen += 1;
        if !same {
            wrong.push(format!(
                "{} is {:?} in DuckDB, {ours:?} here",
                &row[0], &row[1]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 500, "only {seen} expressions");
}
