use stour_kernel::Date;

use super::state::{NotSo, Referred};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn it_starts_on_a_day_that_has_come_and_lasts_six_weeks() {
    let referred = Referred {
        on: day("2026-11-20"),
    };
    let today = day("2026-11-24");
    let start = |on: &str| referred.clone().start(day(on), today, &[]);
    assert_eq!(start("2026-11-25"), Err(NotSo::Future));
    assert_eq!(
        start("2026-11-19"),
        Err(NotSo::BeforeReferral(day("2026-11-20")))
    );
    let (started, after) = start("2026-11-24").unwrap();
    assert_eq!((started.planned_end, after), (day("2027-01-04"), None));
    assert_eq!(started.day(day("2027-01-04")), 42);
    let outcome = || "independent".parse().unwrap();
    assert_eq!(
        started.clone().end(day("2026-11-23"), today, outcome()),
        Err(NotSo::BeforeStart(day("2026-11-24")))
    );
    assert_eq!(
        started.clone().end(day("2026-11-25"), today, outcome()),
        Err(NotSo::Future)
    );
    let ended = started.end(today, today, outcome()).unwrap();
    assert_eq!((ended.started, ended.on), (today, today));
}
