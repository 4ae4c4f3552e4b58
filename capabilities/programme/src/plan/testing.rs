//! The plans of the reference data, for tests.

use stour_kernel::Environment;
use stour_register::{Around, Author, Entry, Kind, Values};

use crate::SHIPPED;

/// An entry that is in force.
pub(crate) fn entry(kind: &Kind, number: i64, fields: &[(&str, &str)]) -> Entry {
    named(kind.name, number, fields.iter().copied().collect())
}

fn named(kind: &str, number: i64, values: Values) -> Entry {
    // As long as a kind has fewer entries than this, no two identifiers are the same.
    let place = crate::kinds().position(|one| one.name == kind).unwrap();
    let id = place * 10_000 + usize::try_from(number).unwrap();
    Entry {
        id: format!("00000000-0000-7000-8000-{id:012}").parse().unwrap(),
        scope: "better-together".to_owned(),
        kind: kind.to_owned(),
        number,
        version: 1,
        values,
        removed: false,
        why: String::new(),
        by: Author {
            user: None,
            name: "Reference data".to_owned(),
            organisation: "QVV".parse().unwrap(),
        },
        at: Environment::fixed("2026-11-24T09:00:00Z").now(),
    }
}

/// All that the files of the binary hold of a programme, on the day on which test houses begin.
pub(crate) fn shipped(scope: &str) -> Around {
    let mut entries = Vec::new();
    for (_, text) in SHIPPED {
        let file: toml::Table = text.parse().unwrap();
        if file["scope"].as_str() != Some(scope) {
            continue;
        }
        for (kind, rows) in &file {
            let rows = rows.as_array().into_iter().flatten();
            entries.extend(rows.map(|row| of_row(kind, row.as_table().unwrap())));
        }
    }
    entries.sort_by_key(|entry| (entry.kind.clone(), entry.number));
    let mut around = Around::new(entries);
    around.today = Some("2026-11-24".parse().unwrap());
    around
}

fn of_row(kind: &str, row: &toml::Table) -> Entry {
    let values = row.iter().map(|(field, value)| {
        let text = value.as_str().map(str::to_owned);
        (field.as_str(), text.unwrap_or_else(|| value.to_string()))
    });
    named(kind, row["number"].as_integer().unwrap(), values.collect())
}
