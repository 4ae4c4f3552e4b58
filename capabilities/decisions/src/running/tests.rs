use stour_kernel::Date;

use super::{Running, running};
use crate::record::{Record, Seen};
use crate::testing::around;

fn on(day: &str, text: &str) -> Vec<Running> {
    let today: Date = day.parse().unwrap();
    let text = format!(
        "committee 1: name=Cabinet; sort=executive; call-in=5
         committee 2: name=Scrutiny; sort=overview-and-scrutiny
         meeting 1: committee=1; date=2026-11-18
         agenda-item 1: meeting=1; title=A contract
         {text}"
    );
    running(&Record::of(&around(&text), Seen::Everything, today), today)
}

/// The only clock that runs.
fn one(day: &str, text: &str) -> Running {
    let mut all = on(day, text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_key_decision_is_late_when_its_notice_cannot_run_before_its_day() {
    let planned = |notice: &str, due: &str| {
        let text = format!(
            "key-decision 1: matter=It; committee=1; exception=none; state=planned; notice={notice}; due={due}"
        );
        one("2026-11-24", &text)
    };
    // 28 clear days after the 24th are over on 22 December, so that it may be taken on the 23rd.
    let without = planned("", "2026-12-22");
    assert!(without.late, "{without:?}");
    assert_eq!(
        without.stands,
        "Too early: no notice yet, and given today not before 23 December 2026"
    );
    assert!(!planned("", "2026-12-23").late);
    assert_eq!(planned("", "").stands, "No notice yet");
    let given = planned("2026-11-20", "2026-12-18");
    assert!(given.late && given.stands == "Too early: not before 19 December 2026");
    assert!(!planned("2026-11-20", "2026-12-19").late);
    let taken =
        "key-decision 1: matter=It; committee=1; exception=none; state=taken; due=2026-11-20";
    assert_eq!(on("2026-11-24", taken), []);
}

#[test]
fn a_call_in_can_be_made_until_its_last_day() {
    let decided = "resolution 1: item=1; text=Approved; noticed=2026-11-20";
    let last = one("2026-11-27", decided);
    assert_eq!(last.kind, "call-in");
    assert_eq!(
        last.stands,
        "It can be called in until the end of today, 27 November 2026"
    );
    assert!(!last.late);
    assert_eq!(last.href(), "/decisions/registers/resolution/1");
    assert_eq!(on("2026-11-28", decided), []);
}

#[test]
fn a_promise_runs_until_it_is_answered_and_a_report_too() {
    let promise = "commitment 1: text=A review; committee=2; due=2026-11-23; state=open";
    let open = one("2026-11-24", promise);
    assert!(open.late);
    assert_eq!(
        open.stands,
        "No published answer was seen: it was due by 23 November 2026, 1 day ago"
    );
    assert!(!one("2026-11-23", promise).late);
    let answered = "commitment 1: text=A review; committee=2; due=2026-11-23; state=answered; answer=Done; answered=2026-11-24; evidence=https://example.org/";
    assert_eq!(on("2026-11-24", answered), []);
    let report = |answered: &str| {
        format!("healthwatch-report 3: title=Coming home; by=It; sent=2026-10-01; {answered}")
    };
    let waits = one("2026-11-24", &report(""));
    assert!(waits.late && waits.kind == "healthwatch-report");
    assert_eq!(
        waits.stands,
        "Overdue: it was due by 29 October 2026, 26 days ago"
    );
    assert_eq!(waits.href(), "/decisions/registers/healthwatch-report/3");
    let done = report("answered=2026-11-01; answer=We do");
    assert_eq!(on("2026-11-24", &done), []);
}

#[test]
fn authority_that_has_a_last_day_runs_until_it() {
    let given = "resolution 1: item=1; text=Gave
         delegation 1: resolution=1; to=Director; matter=Sign; until=2026-11-25
         delegation 2: resolution=1; to=Director; matter=Negotiate";
    let runs = one("2026-11-24", given);
    assert_eq!((runs.kind, runs.late), ("delegation", false));
    assert_eq!(
        runs.stands,
        "The authority can be used until 25 November 2026, in 1 day"
    );
    assert_eq!(on("2026-11-26", given), []);
}

#[test]
fn a_clock_that_cannot_be_counted_says_why() {
    let unknown = one(
        "2027-12-31",
        "resolution 1: item=1; text=Approved; noticed=2027-12-30",
    );
    assert_eq!(unknown.day, None);
    assert!(unknown.stands.contains("2028"), "{}", unknown.stands);
}
