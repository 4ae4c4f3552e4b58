use stour_register::Around;

use super::{KIND, Risk};
use crate::testing::entry;

fn around() -> Around {
    let mut around = Around::default();
    around.today = Some("2026-11-27".parse().unwrap());
    around
}

fn wrong(fields: [(&str, &str); 4]) -> Vec<String> {
    let errors = (KIND.check)(&entry(KIND, 1, fields).values, &around());
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn the_day_of_closing_fits_the_status_and_comes_after_the_raising() {
    let fields = |status, raised, closed| {
        [
            ("description", "It rains"),
            ("status", status),
            ("raised", raised),
            ("closed", closed),
        ]
    };
    assert!(wrong(fields("passed", "2026-01-01", "2026-02-01")).is_empty());
    assert!(wrong(fields("open", "2026-01-01", "")).is_empty());
    assert_eq!(
        wrong(fields("passed", "2026-02-01", "2026-01-01")),
        ["closed"]
    );
    assert_eq!(wrong(fields("open", "", "2026-02-01")), ["closed"]);
}

#[test]
fn a_risk_has_a_score_once_both_its_parts_are_given() {
    let read = |likelihood, impact| {
        let fields = [
            ("description", "It rains"),
            ("likelihood", likelihood),
            ("impact", impact),
        ];
        Risk::read(&entry(KIND, 7, fields))
    };
    let risk = read("3", "4");
    assert_eq!(risk.score.map(super::Score::number), Some(12));
    assert_eq!(risk.reference(), "R7");
    assert_eq!(read("3", "").score, None);
    assert_eq!(read("", "4").score, None);
}
