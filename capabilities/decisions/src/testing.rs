//! Records made by hand, for tests.

use stour_kernel::{Environment, Timestamp};
use stour_register::{Around, Author, Entry, Values};
use stour_web::testing::Site;

/// What is in force, of texts such as `committee 1: name=Cabinet; members=9`, one a line.
pub(crate) fn around(text: &str) -> Around {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let entries = text.lines().filter_map(|line| {
        let (name, fields) = line.trim().split_once(':')?;
        let (kind, number) = name.split_once(' ')?;
        Some(Entry {
            id: environment.id(),
            scope: crate::SCOPE.to_owned(),
            kind: kind.to_owned(),
            number: number.parse().ok()?,
            version: 1,
            values: values(fields),
            removed: false,
            why: String::new(),
            by: Author {
                user: None,
                name: "Test".to_owned(),
                organisation: "QVV".parse().ok()?,
            },
            at: Timestamp::UNIX_EPOCH,
        })
    });
    let mut around = Around::new(entries.collect());
    around.today = Some(environment.today());
    around
}

/// Loads the record that comes with the product.
pub(crate) fn shipped(site: &Site) {
    let environment = site.environment().clone();
    let loaded = site
        .database()
        .write_blocking(move |tx| crate::load_shipped(tx, &environment));
    assert!(
        loaded.is_ok_and(|loaded| loaded.added > 60),
        "the record loads"
    );
}

/// Loads entries of a text in TOML, after the lines that every file begins with.
pub(crate) fn put(site: &Site, entries: &str) {
    let text =
        format!("scope = \"decisions\"\norganisation = \"E06000058\"\nwhy = \"Test\"\n{entries}");
    let environment = site.environment().clone();
    let loaded = site
        .database()
        .write_blocking(move |tx| crate::load_text(tx, &environment, &text));
    assert!(loaded.is_ok(), "{loaded:?}");
}

/// Fields such as `name=Cabinet; members=9`.
pub(crate) fn values(fields: &str) -> Values {
    fields
        .split(';')
        .filter_map(|field| field.trim().split_once('='))
        .collect()
}

/// The names of the fields in which a check finds something.
pub(crate) fn wrong(kind: &stour_register::Kind, fields: &str, around: &Around) -> Vec<String> {
    let errors = (kind.check)(&values(fields), around);
    errors.into_iter().map(|error| error.field).collect()
}
