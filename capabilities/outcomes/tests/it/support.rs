//! What the tests share: a house with people, and people in it.

use std::sync::Arc;

use serde_json::json;
use stour_database::{Error, Transaction, params, sql};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment, PersonId};
use stour_outcomes::area::Area;
use stour_outcomes::measure::measure;
use stour_outcomes::series::{NewPoints, NewSeries, PartKey, Values, record};
use stour_people::{Demographics, PersonName, create};
use stour_web::Capability;
use stour_web::testing::{Site, each_house};

/// Runs a test on each database, with the tables of people.
pub(crate) fn house(test: impl Fn(&Site)) {
    let people = || Capability {
        name: "people",
        migrations: vec![stour_people::MIGRATIONS],
        ..Capability::default()
    };
    each_house(
        || vec![people(), stour_outcomes::capability()],
        |site| test(&site),
    );
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A year of days for University Hospitals Dorset that ends nine days above the mean, with one
/// missing return.
pub(crate) fn a_series(site: &Site) {
    let mut values = Values::new();
    let mut at = day("2024-09-01");
    for number in 0_u32..365 {
        let usual = 300.0 + f64::from(number * 7 % 20);
        let value = match number {
            100 => 0.0,
            356.. => 311.0 + f64::from(number % 2),
            355 => 300.0,
            _ => usual,
        };
        values.insert(at, value.into());
        at = at.tomorrow().unwrap();
    }
    published(site, &[("R0D", values)]);
}

/// Publishes figures of areas for patients with no criteria to reside.
pub(crate) fn published(site: &Site, areas: &[(&str, Values)]) {
    let environment = site.environment().clone();
    let reference = stour_partnership::reference().unwrap();
    let series = areas.iter().map(|(area, values)| NewSeries {
        area: Area::named(reference, area).unwrap(),
        part: PartKey::default(),
        values: values.clone(),
    });
    let new = NewPoints {
        measure: measure("no-criteria-to-reside").unwrap(),
        file: "a.csv".to_owned(),
        source: "A publication".to_owned(),
        rows: 365,
        series: Arc::new(series.collect()),
        by: "a test".to_owned(),
    };
    site.database()
        .write_blocking(move |tx| record(tx, &environment, &new, true))
        .unwrap();
}

/// People of 80 who left hospital in a month with reablement the next day; the first so many of
/// them are still at home on day 91, the others died. Their names are `Family0`, `Family1`….
pub(crate) fn discharges(
    site: &Site,
    month: &str,
    council: &str,
    at_home: usize,
    all: usize,
) -> Vec<PersonId> {
    let environment = site.environment().clone();
    let (month, council) = (month.to_owned(), council.to_owned());
    site.database()
        .write_blocking(move |tx| {
            let made = (0..all).map(|number| {
                discharge(
                    tx,
                    &environment,
                    (&month, &council),
                    number,
                    number < at_home,
                )
            });
            Ok::<Vec<_>, Error>(made.collect())
        })
        .unwrap()
}

fn discharge(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (month, council): (&str, &str),
    number: usize,
    is_at_home: bool,
) -> PersonId {
    let left = day(&format!("{month}-{:02}", 2 + number % 20));
    let who = Demographics {
        born: Some(day("1945-05-05")),
        died: (!is_at_home).then_some(left),
        ..Demographics::named(PersonName::new(&format!("Family{number}"), "Ann").unwrap())
    };
    let person = create(tx, environment, &who, "R0D".parse().unwrap(), "a test").unwrap();
    let fact = |kind, started, ended, detail| NewFact {
        thread: None,
        kind,
        person: Some(person),
        organisation: "R0D".parse().unwrap(),
        commissioner: None,
        locality: "poole-bay".parse().ok(),
        council: council.parse().ok(),
        started,
        ended,
        outcome: None,
        cost: None,
        source: Source {
            system: "test".to_owned(),
            reference: format!("{person}-{kind}"),
        },
        detail,
        recorded_by: "a test".to_owned(),
    };
    let stay = fact(
        FactKind::Spell,
        day("2024-01-01"),
        Some(left),
        json!({ "destination": "19" }),
    );
    append(tx, environment, stay).unwrap();
    let next = left.tomorrow().unwrap();
    let service = fact(
        FactKind::Service,
        next,
        None,
        json!({ "component": "reablement" }),
    );
    append(tx, environment, service).unwrap();
    person
}

/// Restricts a record, or notes an objection to sharing.
pub(crate) fn hide(site: &Site, restricted: PersonId, objecting: PersonId) {
    site.database()
        .write_blocking(move |tx| {
            tx.execute(
                sql!("UPDATE person SET restricted = TRUE WHERE id = $1"),
                params![restricted],
            )?;
            tx.execute(
                sql!("UPDATE person SET objection = TRUE WHERE id = $1"),
                params![objecting],
            )
        })
        .unwrap();
}
