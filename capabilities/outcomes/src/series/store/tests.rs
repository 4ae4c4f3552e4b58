use stour_database::Error;
use stour_database::testing::each_database;
use stour_partnership::reference;

use super::*;
use crate::MIGRATIONS;
use crate::measure::measure;

fn environment(second: i64) -> Environment {
    Environment::seeded(
        Timestamp::from_second(1_760_000_000 + second).unwrap(),
        1 + u64::try_from(second).unwrap(),
    )
}

fn new(values: &[(&str, &str, f64)]) -> NewPoints {
    let mut areas: BTreeMap<&str, Values> = BTreeMap::new();
    for &(code, at, value) in values {
        let values = areas.entry(code).or_default();
        values.insert(at.parse().unwrap(), value.into());
    }
    let series = areas.into_iter().map(|(code, values)| NewSeries {
        area: Area::named(reference().unwrap(), code).unwrap(),
        part: PartKey::default(),
        values,
    });
    NewPoints {
        measure: measure("no-criteria-to-reside").unwrap(),
        file: "file.csv".to_owned(),
        source: "A source".to_owned(),
        rows: crate::words::number(values.len()),
        series: Arc::new(series.collect()),
        by: "an analyst".to_owned(),
    }
}

fn rows(tx: &mut Transaction<'_>) -> Result<(i64, i64)> {
    tx.one(
        sql!("SELECT (SELECT count(*) FROM series_point), (SELECT count(*) FROM series_import)"),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

#[test]
fn a_second_import_changes_nothing_and_a_changed_value_is_a_new_version() {
    each_database(&[MIGRATIONS], |db| {
        let first = new(&[
            ("R0D", "2025-01-01", 3.0),
            ("R0D", "2025-01-02", 4.0),
            ("RBD", "2025-01-01", 9.0),
        ]);
        let again = first.clone();
        let (one, two, three) = db
            .write_blocking(move |tx| {
                let one = record(tx, &environment(0), &first, true)?;
                let two = record(tx, &environment(60), &again, true)?;
                let changed = new(&[("R0D", "2025-01-02", 5.0), ("R0D", "2025-01-03", 6.0)]);
                let three = record(tx, &environment(120), &changed, true)?;
                Ok::<_, Error>((one, two, three))
            })
            .unwrap();
        let counts = |recorded: &Recorded| -> Vec<(u64, u64, u64)> {
            recorded
                .series
                .iter()
                .map(|change| (change.added, change.changed, change.unchanged))
                .collect()
        };
        assert_eq!(counts(&one), [(2, 0, 0), (1, 0, 0)]);
        assert_eq!(
            (counts(&two), two.import),
            (vec![(0, 0, 2), (0, 0, 1)], None)
        );
        assert_eq!(counts(&three), [(1, 1, 0)]);
        let (all, now, before, revised, stored) = db
            .read_blocking(|tx| {
                let all = series(tx)?;
                let uhd = series_of(tx, "no-criteria-to-reside", "R0D")?.unwrap();
                let now = points(tx, uhd.id)?;
                let before = points_as_known(tx, uhd.id, environment(90).now())?;
                Ok::<_, Error>((all.len(), now, before, revisions(tx, uhd.id)?, rows(tx)?))
            })
            .unwrap();
        // The two areas, and the whole that is joined from them.
        assert_eq!((all, stored), (3, (5, 2)));
        let values = |points: &[Point]| {
            points
                .iter()
                .map(|point| (point.value.value, point.version))
                .collect::<Vec<_>>()
        };
        assert_eq!(values(&now), [(3.0, 1), (5.0, 2), (6.0, 1)]);
        assert_eq!(values(&before), [(3.0, 1), (4.0, 1)]);
        assert_eq!(
            revised,
            [Revision {
                day: "2025-01-02".parse().unwrap(),
                before: 4.0,
                after: 5.0,
                learnt_at: environment(120).now(),
            }]
        );
    });
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    each_database(&[MIGRATIONS], |db| {
        let (recorded, stored) = db
            .write_blocking(|tx| {
                let recorded = record(
                    tx,
                    &environment(0),
                    &new(&[("R0D", "2025-01-01", 3.0)]),
                    false,
                )?;
                Ok::<_, Error>((recorded, rows(tx)?))
            })
            .unwrap();
        assert_eq!(
            (recorded.series[0].added, recorded.import, stored),
            (1, None, (0, 0))
        );
        assert_eq!(recorded.series[0].points.len(), 1);
    });
}

#[test]
fn a_rebase_is_kept_with_its_reason() {
    each_database(&[MIGRATIONS], |db| {
        let found = db
            .write_blocking(|tx| {
                record(
                    tx,
                    &environment(0),
                    &new(&[("R0D", "2025-01-01", 3.0)]),
                    true,
                )?;
                let series = series_of(tx, "no-criteria-to-reside", "R0D")?.unwrap();
                tx.execute(
                    sql!(
                        "INSERT INTO series_rebase (series, day, reason, decided_by, recorded_at)
                         VALUES ($1, $2, $3, $4, $5)"
                    ),
                    params![
                        series.id,
                        "2025-01-01",
                        "A hub opened",
                        "The board",
                        environment(0).now()
                    ],
                )?;
                crate::series::rebases(tx, series.id)
            })
            .unwrap();
        assert_eq!(found[0].reason, "A hub opened");
    });
}
