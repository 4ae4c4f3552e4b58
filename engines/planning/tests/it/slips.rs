//! What moved, and what is overdue.

use stour_planning::{Activity, Qualifier, Slip, slips};

use crate::support::{activity, by};

#[test]
fn each_activity_says_what_became_of_it() {
    let undated = |number| Activity {
        number,
        ..Activity::default()
    };
    let was = [
        by(1, "2024-02"),
        by(2, "2024-02"),
        by(3, "2024-02"),
        undated(4),
        by(5, "2024-02"),
        by(6, "2024-02"),
    ];
    let is = [
        by(1, "2024-02"),
        by(2, "2024-03"),
        by(3, "2024-02-15"),
        by(4, "2024-02"),
        undated(5),
        by(7, "2024-02"),
    ];
    let found = slips(&was, &is);
    let expected = [
        (1, Slip::None),
        (2, Slip::Moved(31)),
        (3, Slip::Moved(-14)),
        (4, Slip::Dated),
        (5, Slip::Undated),
        (6, Slip::Removed),
        (7, Slip::Added),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn what_has_no_due_date_slips_by_its_last_or_first_day() {
    let from = |number, start: &str, days| Activity {
        number,
        start: Some(start.parse().unwrap()),
        days,
        ..Activity::default()
    };
    let was = [
        from(1, "2024-02-01", Some(10)),
        from(2, "2024-02-01", Some(10)),
        from(3, "2024-02-01", None),
        from(4, "2024-02-01", Some(10)),
        Activity {
            start: Some("2024-01-01".parse().unwrap()),
            ..by(5, "2024-02")
        },
    ];
    let is = [
        from(1, "2024-02-08", Some(10)),
        from(2, "2024-02-01", Some(13)),
        from(3, "2024-01-31", None),
        from(4, "2024-02-01", Some(10)),
        // Its first day moved, and its date did not.
        Activity {
            start: Some("2024-01-15".parse().unwrap()),
            ..by(5, "2024-02")
        },
    ];
    let found = slips(&was, &is);
    let expected = [
        (1, Slip::Moved(7)),
        (2, Slip::Moved(3)),
        (3, Slip::Moved(-1)),
        (4, Slip::None),
        (5, Slip::None),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_month_is_overdue_from_the_first_day_after_it() {
    let due = by(1, "2024-02");
    let on = |day: &str| {
        (
            due.is_overdue(day.parse().unwrap()),
            due.days_overdue(day.parse().unwrap()),
        )
    };
    assert_eq!(on("2024-02-29"), (false, 0));
    assert_eq!(on("2024-03-01"), (true, 1));
    let done = Activity {
        finished: Some("2024-03-09".parse().unwrap()),
        ..due.clone()
    };
    assert!(!done.is_overdue("2024-04-01".parse().unwrap()));
    for qualifier in [Qualifier::Commencing, Qualifier::Onwards] {
        assert!(!activity(1, "2024-02", qualifier).is_overdue("2025-01-01".parse().unwrap()));
    }
}
