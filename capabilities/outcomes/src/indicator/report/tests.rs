use super::*;
use crate::indicator::{Council, Count, Months, Piece, still_at_home};

fn summary(counts: &[(u64, u64)]) -> Summary {
    let definition = still_at_home().unwrap();
    let months = Months::last_complete(definition, "2026-11-24".parse().unwrap());
    let mut month: Date = "2024-08-01".parse().unwrap();
    let mut by_month = Vec::new();
    let mut total = Count::default();
    for &(numerator, denominator) in counts {
        let count = Count {
            numerator,
            denominator,
        };
        if months.contain(month) {
            total.numerator += numerator;
            total.denominator += denominator;
        }
        by_month.push(Piece {
            key: Months::of(month),
            count,
        });
        month = Months::of(month).before;
    }
    let whole = Piece {
        key: None,
        count: total,
    };
    let localities = vec![Piece {
        key: None,
        count: total,
    }];
    Summary {
        months,
        total,
        councils: vec![Council { whole, localities }],
        by_month,
        verdicts: BTreeMap::from([("At home", total.numerator)]),
    }
}

fn report(counts: &[(u64, u64)], audience: Audience) -> Report {
    Report::new(still_at_home().unwrap(), summary(counts), audience)
}

#[test]
fn a_chart_needs_thirteen_months_and_its_points_are_the_months_of_the_table() {
    assert!(
        report(&[(80, 100); 12], Audience::MayOpen)
            .drawing()
            .is_none()
    );
    let report = report(&[(80, 100); 24], Audience::MayOpen);
    let chart = report.drawing().unwrap();
    assert_eq!(chart.points.len(), 24);
    for (point, (_, published)) in chart.points.iter().zip(&report.periods) {
        let value = published.proportion().unwrap().value;
        assert_eq!(point.value, Some(value * 100.0));
    }
    assert_eq!(report.summary.months.words(), "August 2025 to July 2026");
    assert_eq!(
        report.headline(),
        "Still at home 91 days after leaving hospital with reablement: 80.0% (95% interval 77.6% to 82.2%)"
    );
}

#[test]
fn whoever_sees_counts_only_sees_quarters_where_months_are_small_and_not_what_became_of_whom() {
    let mut counts = [(80, 100); 25];
    counts[20] = (5, 9);
    let counts = &counts[..24];
    let open = report(counts, Audience::MayOpen);
    let closed = report(counts, Audience::CountsOnly);
    assert_eq!((open.noun(), open.periods.len()), ("month", 24));
    assert_eq!((closed.noun(), closed.periods.len()), ("quarter", 8));
    assert!(
        closed
            .periods
            .iter()
            .all(|(_, shown)| shown.count().is_some())
    );
    assert_eq!(closed.periods[6].0.words(), "February 2026 to April 2026");
    assert_eq!(
        closed.periods[6].1.count(),
        Some(Count {
            numerator: 165,
            denominator: 209
        })
    );
    assert!(open.verdicts().is_some() && closed.verdicts().is_none());
    assert!(open.drawing().is_some() && closed.drawing().is_none());
}

#[test]
fn a_small_quarter_is_withheld_with_another() {
    let counts: Vec<(u64, u64)> = (0..24)
        .map(|month| if month >= 21 { (1, 2) } else { (30, 40) })
        .collect();
    let closed = report(&counts, Audience::CountsOnly);
    let shown: Vec<bool> = closed
        .periods
        .iter()
        .map(|(_, shown)| shown.count().is_some())
        .collect();
    assert_eq!(shown, [true, true, true, true, false, true, true, false]);
}

#[test]
fn too_few_people_and_nobody_are_said_and_not_shown_as_nought() {
    let few = Report::new(
        still_at_home().unwrap(),
        Summary {
            total: Count {
                numerator: 3,
                denominator: 4,
            },
            ..summary(&[])
        },
        Audience::CountsOnly,
    );
    assert!(few.headline().ends_with("too few people to show"));
    let nobody = report(&[], Audience::MayOpen);
    assert!(nobody.headline().ends_with("nobody yet"));
}
