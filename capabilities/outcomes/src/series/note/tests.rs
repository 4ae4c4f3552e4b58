use std::collections::BTreeMap;
use std::sync::Arc;

use stour_database::testing::each_database;
use stour_partnership::reference;

use super::*;
use crate::MIGRATIONS;
use crate::area::Area;
use crate::measure::measure;
use crate::series::{NewPoints, NewSeries, PartKey, Value, record};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn a_series(tx: &mut Transaction<'_>, environment: &Environment) -> Result<()> {
    let values = BTreeMap::from([
        (day("2025-01-01"), Value::from(3.0)),
        (day("2025-01-31"), Value::from(4.0)),
    ]);
    let new = NewPoints {
        measure: measure("no-criteria-to-reside").unwrap(),
        file: "a.csv".to_owned(),
        source: "A source".to_owned(),
        rows: 2,
        series: Arc::new(vec![NewSeries {
            area: Area::named(reference().unwrap(), "R0D").unwrap(),
            part: PartKey::default(),
            values,
        }]),
        by: "a test".to_owned(),
    };
    record(tx, environment, &new, true).map(|_| ())
}

fn said(on: &str, text: &str, is_rebase: bool) -> Note {
    Note {
        measure: "no-criteria-to-reside".to_owned(),
        area: "R0D".to_owned(),
        day: day(on),
        text: text.to_owned(),
        by: "Dr A. Officer".to_owned(),
        is_rebase,
    }
}

#[test]
fn a_rebase_is_recorded_once_with_its_reason_and_never_overwritten() {
    each_database(&[stour_access::MIGRATIONS, MIGRATIONS], |db| {
        let environment = Environment::fixed("2026-01-01T00:00:00Z");
        let (kept, audited) = db
            .write_blocking(move |tx| {
                a_series(tx, &environment)?;
                let span = (Some(day("2025-01-01")), Some(day("2025-01-31")));
                let mut noted = |asked: &Note| {
                    let by = by_command(asked.is_rebase);
                    note(tx, &environment, asked, Some(&by), span).unwrap()
                };
                let hub = said("2025-01-10", "A hub opened", true);
                assert_eq!(noted(&hub), Noted::Recorded);
                assert_eq!(noted(&hub), Noted::Before);
                assert!(matches!(
                    noted(&said("2025-01-10", "Another reason", true)),
                    Noted::Otherwise(known) if known.reason == "A hub opened"
                ));
                let told = said("2025-01-10", "Home first began", false);
                assert_eq!(noted(&told), Noted::Recorded);
                assert_eq!(noted(&told), Noted::Before);
                for outside in ["2024-12-31", "2025-02-01"] {
                    assert_eq!(noted(&said(outside, "x", false)), Noted::NoFigures);
                }
                assert_eq!(noted(&said("2025-01-01", "x", true)), Noted::NoFigures);
                let nowhere = Note {
                    area: "RBD".to_owned(),
                    ..said("2025-01-10", "x", true)
                };
                assert_eq!(noted(&nowhere), Noted::NoSeries);
                let series = series_of(tx, "no-criteria-to-reside", "R0D")?.unwrap();
                let audited = tx.one(
                    sql!("SELECT count(*) FROM audit_entry WHERE action IN ('series.rebase', 'series.annotate')"),
                    params![],
                    |row| row.get::<i64>(0),
                )?;
                Ok::<_, Error>(((rebases(tx, series.id)?, annotations(tx, series.id)?), audited))
            })
            .unwrap();
        assert_eq!((kept.0.len(), kept.1.len(), audited), (1, 1, 2));
        assert_eq!(kept.0[0].decided_by, "Dr A. Officer");
        assert_eq!(kept.1[0].what, "Home first began");
    });
}
