//! Every statement of the product is right on both databases.

use stour_database::testing::each_database;
use stour_database::{Error, Sql, Transaction};

use super::workspace::{files, named};

/// The literals that stand in `sql!(…)`, with the file of each.
fn statements() -> Vec<(String, &'static str)> {
    let mark = ["sql", "!("].concat();
    let mut found = Vec::new();
    for path in files(&[".rs"]) {
        let name = named(&path);
        if name.contains("tests") || name.contains("/testing") || name.starts_with("bench/") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for rest in text.split(&mark).skip(1).map(str::trim_start) {
            if let Some(literal) = literal(rest) {
                found.push((name.clone(), &*literal.leak()));
            }
        }
    }
    found
}

/// The value of the string literal with which a text begins.
fn literal(text: &str) -> Option<String> {
    if let Some(raw) = text.strip_prefix("r#\"") {
        return raw.split_once("\"#").map(|(value, _)| value.to_owned());
    }
    let mut characters = text.strip_prefix('"')?.chars().peekable();
    let mut value = String::new();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            '\\' => match characters.next()? {
                '\n' => while characters.next_if(|next| next.is_whitespace()).is_some() {},
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
}

#[test]
fn every_statement_prepares_on_both_databases() {
    let statements = statements();
    assert!(
        statements.len() > 50,
        "only {} statements were found",
        statements.len()
    );
    each_database(&stour::capabilities::migrations(), |database| {
        let mut wrong = Vec::new();
        for (file, text) in statements.clone() {
            let outcome = database.write_blocking(move |tx: &mut Transaction<'_>| {
                tx.prepare(Sql::from_literal(text))?;
                // Nothing is to be kept, and nothing was wrong.
                Ok::<(), Error>(())
            });
            if let Err(error) = outcome {
                wrong.push(format!("{file}: {error}\n    {text}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
