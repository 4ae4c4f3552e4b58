use stour_kernel::Date;
use stour_register::{Around, Kind};

use super::{About, ESCALATION, Escalation, RESPONSE, Response, Standing};
use crate::testing::entry;

fn today() -> Date {
    "2026-11-27".parse().unwrap()
}

fn response(number: i64, due: &str, done: &str) -> stour_register::Entry {
    let fields = [
        ("action", "Hold a workshop"),
        ("risk", "3"),
        ("owner", "SRO"),
        ("due", due),
        ("done", done),
    ];
    entry(RESPONSE, number, fields)
}

#[test]
fn a_response_is_overdue_from_the_day_after_it_was_due() {
    for (due, done, standing) in [
        ("2026-11-26", "", Standing::Overdue),
        ("2026-11-27", "", Standing::Due),
        ("2026-11-28", "", Standing::Due),
        ("", "", Standing::Undated),
        ("2026-11-01", "2026-11-20", Standing::Done),
    ] {
        let read = Response::read(&response(1, due, done)).unwrap();
        assert_eq!(read.standing(today()), standing, "{due} {done}");
        assert_eq!(read.about, About::Risk(3));
    }
}

#[test]
fn what_is_overdue_comes_first_and_what_is_done_last() {
    let around = Around::new(vec![
        response(1, "2026-11-01", "2026-11-02"),
        response(2, "2026-12-24", ""),
        response(3, "2026-11-20", ""),
        response(4, "", ""),
        response(5, "2026-10-20", ""),
    ]);
    let all = Response::all(&around, today());
    let numbers: Vec<i64> = all.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [5, 3, 2, 4, 1]);
}

fn wrong<const N: usize>(kind: &Kind, fields: [(&str, &str); N]) -> Vec<String> {
    let errors = (kind.check)(&entry(kind, 1, fields).values, &Around::default());
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn each_is_about_a_risk_or_an_issue_and_not_both() {
    let action = ("action", "Hold a workshop");
    assert_eq!(wrong(RESPONSE, [action]), ["risk"]);
    assert_eq!(
        wrong(RESPONSE, [action, ("risk", "1"), ("issue", "2")]),
        ["risk"]
    );
    assert!(wrong(RESPONSE, [action, ("risk", "1")]).is_empty());
    assert!(wrong(RESPONSE, [action, ("issue", "1")]).is_empty());
}

#[test]
fn a_decision_has_its_day_which_does_not_come_before_the_asking() {
    let fields = |decided, outcome| {
        [
            ("why", "More money"),
            ("issue", "1"),
            ("to", "2"),
            ("raised", "2026-10-01"),
            ("decided", decided),
            ("outcome", outcome),
        ]
    };
    assert!(wrong(ESCALATION, fields("", "")).is_empty());
    assert!(wrong(ESCALATION, fields("2026-10-01", "Agreed")).is_empty());
    assert_eq!(wrong(ESCALATION, fields("2026-09-30", "")), ["decided"]);
    assert_eq!(wrong(ESCALATION, fields("", "Agreed")), ["decided"]);
    let read = Escalation::read(&entry(ESCALATION, 4, fields("", ""))).unwrap();
    assert_eq!((read.about, read.to), (About::Issue(1), 2));
}
