use stour_kernel::Date;

use super::{due, read, settings};
use crate::review::ReviewKind;

#[test]
fn every_kind_has_a_target_and_a_due_day() {
    let opened: Date = "2026-11-24".parse().unwrap();
    let settings = settings().unwrap();
    for kind in ReviewKind::ALL {
        let target = settings.target(kind, opened).unwrap();
        assert!(!target.source.is_empty());
        let days = (due(kind, opened) - opened).get_days();
        assert_eq!(i64::from(days), target.days, "{kind}");
    }
    assert!(settings.small.contains(&7) && !settings.small.contains(&8));
    assert!(
        settings
            .target(ReviewKind::Link, "2012-01-01".parse().unwrap())
            .is_none()
    );
}

#[test]
fn a_wrong_file_says_what_is_wrong() {
    let text = include_str!("../../../../../reference/match-review.toml");
    for (from, to) in [("\"link\"", "\"lnik\""), ("days = 7", "days = \"7\"")] {
        let wrong = read(&text.replace(from, to)).unwrap_err().to_string();
        assert!(wrong.contains("match-review.toml"), "{wrong}");
    }
}
