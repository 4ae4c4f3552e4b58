//! The plan of Better Together from the reference data, and what is refused.

use std::collections::BTreeMap;

use stour_kernel::testing::reference_data;
use stour_planning::Finding;
use stour_register::{Around, Values};

use super::kinds::{ACTIVITY, DEPENDENCY, MILESTONE};
use super::reading::{Progress, Read};
use super::testing::{entry, shipped};
use super::words::told;

fn better_together() -> Around {
    shipped("better-together")
}

fn of(fields: &[(&str, &str)]) -> Values {
    fields.iter().copied().collect()
}

#[test]
fn the_three_conflicts_of_the_papers_own_table_are_found_and_no_other() {
    let plan = Read::of(&better_together());
    let conflicts = plan.conflicts();
    let expected = [
        Finding::BeforeAppointment {
            due: vec![8, 13],
            appointed_by: 1,
            owners: vec![
                "Better Together Programme Board".to_owned(),
                "SRO".to_owned(),
            ],
        },
        Finding::IssuedBeforeDrafted {
            issued: 22,
            drafted: 19,
        },
        Finding::InPlaceBeforeGovernance {
            in_place: 18,
            governance: 15,
        },
    ];
    assert_eq!(conflicts, expected);
    assert_eq!(
        plan.findings().len(),
        3,
        "nothing is missing: {:?}",
        plan.findings()
    );
    let words = told(&conflicts[0], &plan).why;
    assert_eq!(
        words,
        "AC8 Commission cultural change facilitator (by July 2013) and AC13 ADASS use of resources – review of progress (by July 2013) are due before AC1 Joint Transformation Challenge Sponsors appoint Senior Responsible Owner (SRO) (by September 2013), without which Better Together Programme Board and SRO cannot act."
    );
}

#[test]
fn each_conflict_follows_from_what_is_declared() {
    let without = |kind: &str, number: i64| {
        let all = better_together();
        let kept = all
            .all()
            .iter()
            .filter(|one| one.kind != kind || one.number != number);
        let mut around = Around::new(kept.cloned().collect());
        around.today = all.today;
        Read::of(&around).conflicts().len()
    };
    assert_eq!(without("plan-dependency", 1), 2);
    assert_eq!(without("plan-dependency", 2), 2);
    assert_eq!(without("plan-dependency", 3), 3);
    // One of the two appointments finds one of the two activities each.
    assert_eq!(without("appointment", 1), 3);
    assert_eq!(without("activity", 1), 2);
}

#[test]
fn the_plan_is_that_of_the_paper() {
    let around = better_together();
    let plan = Read::of(&around);
    assert_eq!(plan.activities.len(), 26);
    let of = |qualifier| {
        let all = plan.activities.values();
        all.filter(|one| one.of_plan.due.unwrap().qualifier == qualifier)
            .count()
    };
    assert_eq!(
        [
            of(stour_planning::Qualifier::By),
            of(stour_planning::Qualifier::Commencing),
            of(stour_planning::Qualifier::Onwards)
        ],
        [23, 1, 2]
    );
    assert!(
        plan.activities
            .values()
            .all(|one| one.progress == Progress::NotSaid)
    );
    let Some(path) = reference_data("programme/activities.csv") else {
        return;
    };
    let mut file = csv::Reader::from_path(path).unwrap();
    let rows: Vec<BTreeMap<String, String>> = file.deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 26);
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    for row in rows {
        let number: i64 = row["no"].parse().unwrap();
        let entry = around.entry(ACTIVITY.name, number).unwrap();
        let text = [entry.get("text"), entry.get("title")]
            .into_iter()
            .find(|text| !text.is_empty());
        let bullets = letters(&row["activity"]).replace(":oA", ":○A");
        let is_same = letters(text.unwrap()).replace('○', "o") == bullets.replace('○', "o");
        assert!(is_same, "{number}: {text:?}");
        let given = [entry.get("responsible-as-given"), entry.get("responsible")];
        let given = given.into_iter().find(|text| !text.is_empty());
        assert_eq!(given.unwrap(), row["responsibility"], "{number}");
        assert_eq!(
            entry.get("when-as-given"),
            row["completion_text"],
            "{number}"
        );
        assert_eq!(entry.get("month"), row["month"], "{number}");
        assert_eq!(entry.get("qualifier"), row["qualifier"], "{number}");
    }
}

#[test]
fn nobody_said_how_long_anything_takes_so_dates_decide() {
    let plan = Read::of(&better_together());
    assert_eq!(plan.with_days(), (0, 26));
    let schedule = plan.schedule().unwrap();
    assert_eq!(plan.end(&schedule).to_string(), "April 2016");
    assert_eq!(
        schedule.path,
        [26],
        "its own date keeps it waiting, and nothing before it"
    );
    assert_eq!(
        schedule.tasks[&21].float, 731,
        "from 1 April 2014 to 1 April 2016"
    );
}

#[test]
fn what_contradicts_itself_or_the_programme_is_refused_at_its_field() {
    let around = better_together();
    for (fields, field, says) in [
        (
            vec![("month", "2013-05"), ("qualifier", "by")],
            "month",
            "begins on 1 June 2013",
        ),
        (
            vec![("day", "2013-05-31"), ("qualifier", "by")],
            "day",
            "begins on 1 June 2013",
        ),
        (
            vec![
                ("month", "2014-05"),
                ("day", "2014-06-01"),
                ("qualifier", "by"),
            ],
            "day",
            "not in the month",
        ),
        (vec![("month", "2014-05")], "qualifier", "what happens"),
        (vec![("qualifier", "by")], "month", "Give the month"),
        (
            vec![
                ("month", "2014-05"),
                ("qualifier", "by"),
                ("start", "2014-06-01"),
            ],
            "start",
            "begin after",
        ),
        (
            vec![("start", "2013-01-01")],
            "start",
            "begins on 1 June 2013",
        ),
        (vec![("percent", "101")], "percent", "at most 100"),
        (vec![("days", "0")], "days", "milestone"),
        (vec![("status", "done")], "finished", "on which day"),
        (
            vec![("finished", "2014-05-01")],
            "status",
            "say that it is done",
        ),
        (
            vec![("status", "done"), ("finished", "2026-11-25")],
            "finished",
            "still to come",
        ),
        (
            vec![
                ("status", "done"),
                ("start", "2014-02-02"),
                ("finished", "2014-02-01"),
            ],
            "finished",
            "before it began",
        ),
    ] {
        let errors = (ACTIVITY.check)(&of(&fields), &around);
        assert_eq!(errors.len(), 1, "{fields:?}: {errors:?}");
        assert_eq!(errors[0].field, field, "{fields:?}");
        assert!(errors[0].message.contains(says), "{errors:?}");
    }
    for fields in [
        vec![],
        vec![("month", "2013-06"), ("qualifier", "by")],
        vec![
            ("month", "2013-06"),
            ("day", "2013-06-30"),
            ("qualifier", "onwards"),
            ("start", "2013-07-01"),
        ],
        vec![
            ("status", "done"),
            ("finished", "2026-11-24"),
            ("percent", "100"),
            ("days", "1"),
        ],
    ] {
        assert_eq!((ACTIVITY.check)(&of(&fields), &around), [], "{fields:?}");
    }
    let early = (MILESTONE.check)(&of(&[("month", "2013-05")]), &around);
    assert_eq!(early[0].field, "month");
    let late = (MILESTONE.check)(
        &of(&[("month", "2014-05"), ("reached", "2027-01-01")]),
        &around,
    );
    assert_eq!(late[0].field, "reached");
}

#[test]
fn a_dependency_that_closes_a_circle_is_refused_with_the_circle() {
    let around = better_together();
    let with = |before: &str, after: &str| {
        (DEPENDENCY.check)(&of(&[("before", before), ("after", after)]), &around)
    };
    assert_eq!(with("1", "2"), []);
    let errors = with("26", "19");
    assert_eq!(errors[0].field, "after");
    assert!(
        errors[0].message.ends_with("AC19, AC22, AC26, AC19"),
        "{errors:?}"
    );
    assert!(with("4", "4")[0].message.contains("wait for itself"));
    let lag = (DEPENDENCY.check)(
        &of(&[("before", "1"), ("after", "2"), ("lag", "1.5")]),
        &around,
    );
    assert_eq!(lag[0].field, "lag");
    // Turned around, a dependency does not contradict what it was.
    let turned = around.clone();
    let is_first = |one: &&stour_register::Entry| one.kind == DEPENDENCY.name && one.number == 1;
    let of_it = around.all().iter().find(is_first).unwrap().id;
    let turned = turned.for_check(Some(of_it), around.today.unwrap());
    let errors = (DEPENDENCY.check)(&of(&[("before", "22"), ("after", "19")]), &turned);
    assert_eq!(errors, []);
}

#[test]
fn what_was_stopped_takes_no_part_and_what_nobody_reports_is_not_overdue() {
    let base = better_together();
    let mut entries: Vec<_> = base.all().to_vec();
    for one in &mut entries {
        if one.kind == ACTIVITY.name && one.number == 22 {
            one.values.set("status", "stopped");
        }
        if one.kind == ACTIVITY.name && one.number == 26 {
            one.values.set("status", "in-progress");
        }
    }
    let mut around = Around::new(entries);
    around.today = base.today;
    let plan = Read::of(&around);
    assert_eq!(plan.conflicts().len(), 2);
    let today = "2026-11-24".parse().unwrap();
    assert!(plan.activities[&25].is_silent(today));
    assert_eq!(plan.activities[&25].days_overdue(today), 0);
    assert_eq!(plan.activities[&26].days_overdue(today), 3_860);
    assert!(!plan.activities[&22].is_silent(today));
}

#[test]
fn an_entry_that_cannot_be_read_says_in_which_field() {
    let wrong = entry(
        ACTIVITY,
        1,
        &[
            ("title", "x"),
            ("month", "soon"),
            ("days", "-1"),
            ("finished", "x"),
        ],
    );
    let errors = super::reading::Activity::read(&wrong, None).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["month", "finished", "days"]);
}

#[test]
fn what_is_left_follows_from_what_somebody_says() {
    let today = "2026-11-24".parse().unwrap();
    let left = |fields: &[(&str, &str)]| {
        let all = [("title", "x"), ("days", "30")];
        let all: Vec<_> = all.iter().chain(fields).copied().collect();
        let activity = super::reading::Activity::read(&entry(ACTIVITY, 1, &all), Some(today));
        activity.unwrap().of_plan.left.map(|left| left.days)
    };
    assert_eq!(left(&[]), None, "nobody said");
    assert_eq!(left(&[("status", "not-started")]), Some(30));
    assert_eq!(
        left(&[("status", "in-progress"), ("percent", "67")]),
        Some(10),
        "9.9 days are ten"
    );
    assert_eq!(
        left(&[("status", "in-progress"), ("percent", "100")]),
        Some(0)
    );
    assert_eq!(
        left(&[("status", "in-progress"), ("start", "2026-11-04")]),
        Some(10)
    );
    assert_eq!(
        left(&[("status", "in-progress"), ("start", "2026-10-01")]),
        Some(1),
        "it should have been done long ago, and is not"
    );
    assert_eq!(left(&[("status", "in-progress")]), Some(30));
    assert_eq!(
        left(&[("status", "done"), ("finished", "2026-11-01")]),
        None
    );
    assert_eq!(left(&[("status", "stopped")]), None);
}
