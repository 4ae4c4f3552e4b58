//! A house with both programmes, and short ways to change what they keep past every rule.

use stour_database::Error;
use stour_outcomes::import::import_shipped;
use stour_programme::{REGISTER, SHIPPED};
use stour_register::{Author, Values, add, change, load, numbered, scope_of};
use stour_web::Capability;
use stour_web::testing::{Site, each_house};

/// Those who read programmes.
pub(crate) const READERS: [&str; 7] = [
    "programme-manager",
    "commissioner",
    "finance",
    "chief-officer",
    "analyst",
    "service-manager",
    "democratic-services",
];

const SCOPE: &str = "better-together";

/// Runs a test on each database, with both programmes and the published figures.
pub(crate) fn house(test: impl Fn(&Site)) {
    let people = || Capability {
        name: "people",
        migrations: vec![stour_people::MIGRATIONS],
        ..Capability::default()
    };
    let all = || {
        vec![
            people(),
            stour_outcomes::capability(),
            stour_programme::capability(),
        ]
    };
    each_house(all, |site| {
        let environment = site.environment().clone();
        let loaded = site.database().write_blocking(move |tx| {
            for (_, text) in SHIPPED {
                let scope = scope_of(text).unwrap();
                load(tx, &environment, &REGISTER, &scope, text).unwrap();
            }
            Ok::<_, Error>(())
        });
        loaded.unwrap();
        import_shipped(site.house()).unwrap();
        test(&site);
    });
}

fn somebody() -> Author {
    Author {
        user: None,
        name: "Somebody".to_owned(),
        organisation: "QVV".parse().unwrap(),
    }
}

/// Adds an entry to Better Together.
pub(crate) fn add_entry(site: &Site, kind: &str, fields: &[(&str, &str)]) {
    let environment = site.environment().clone();
    let kind = kind.to_owned();
    let values: Values = fields.iter().copied().collect();
    let added = site.database().write_blocking(move |tx| {
        let place = (SCOPE, kind.as_str(), None);
        add(
            tx,
            &environment,
            place,
            (&values, "For a test"),
            &somebody(),
        )
    });
    added.unwrap();
}

/// Changes a field of an entry of Better Together.
pub(crate) fn change_field(site: &Site, (kind, number): (&str, i64), field: &str, text: &str) {
    let environment = site.environment().clone();
    let (kind, field, text) = (kind.to_owned(), field.to_owned(), text.to_owned());
    let changed = site.database().write_blocking(move |tx| {
        let entry = numbered(tx, (SCOPE, &kind), number)?.unwrap();
        let mut values = entry.values.clone();
        values.set(&field, &text);
        let base = (entry.id, entry.version);
        change(tx, &environment, base, (&values, "For a test"), &somebody())
    });
    changed.unwrap();
}

/// Lets time pass.
pub(crate) fn pass(site: &Site, seconds: u64) {
    site.clock()
        .advance(std::time::Duration::from_secs(seconds));
}
