//! Dates that contradict each other, and those that only seem to.

use stour_planning::{Appointment, Dependency, Finding, Nature, Plan, Qualifier, findings};

use crate::support::{activity, at, by, waits};

fn of(activities: Vec<stour_planning::Activity>, dependencies: Vec<Dependency>) -> Vec<Finding> {
    findings(&Plan {
        activities,
        dependencies,
        ..Plan::default()
    })
}

#[test]
fn a_month_contradicts_another_only_where_no_days_in_them_would_do() {
    let apart = of(vec![by(1, "2014-06"), by(2, "2014-03")], vec![waits(1, 2)]);
    assert_eq!(
        apart,
        [Finding::OutOfOrder {
            after: 2,
            before: 1
        }]
    );
    assert!(of(vec![by(1, "2014-06"), by(2, "2014-06")], vec![waits(1, 2)]).is_empty());
    assert!(of(vec![by(1, "2014-06"), by(2, "2014-07")], vec![waits(1, 2)]).is_empty());
    // A day in the month may be too early; a month that holds the day is not.
    let day = of(
        vec![by(1, "2014-06-20"), by(2, "2014-06-19")],
        vec![waits(1, 2)],
    );
    assert_eq!(day.len(), 1);
    assert!(
        of(
            vec![by(1, "2014-06-20"), by(2, "2014-06")],
            vec![waits(1, 2)]
        )
        .is_empty()
    );
}

#[test]
fn days_between_and_durations_count() {
    let lag = Dependency {
        lag: 31,
        ..waits(1, 2)
    };
    let activities = || vec![by(1, "2014-06"), by(2, "2014-06")];
    assert_eq!(of(activities(), vec![lag]).len(), 1);
    assert!(of(activities(), vec![Dependency { lag: 29, ..lag }]).is_empty());
    let mut long = activities();
    long[1].days = Some(31);
    let found = of(long, vec![waits(1, 2)]);
    assert!(
        matches!(found[0], Finding::OutOfOrder { .. }),
        "it would have to begin in May: {found:?}"
    );
}

#[test]
fn the_nature_of_a_dependency_says_what_is_wrong() {
    let activities = || {
        vec![
            by(19, "2014-04"),
            activity(22, "2014-01", Qualifier::Onwards),
            by(15, "2014-06"),
            by(18, "2014-03"),
        ]
    };
    let found = of(
        activities(),
        vec![
            Dependency {
                nature: Nature::DraftThenIssue,
                ..waits(19, 22)
            },
            Dependency {
                nature: Nature::GovernanceFirst,
                ..waits(15, 18)
            },
        ],
    );
    let expected = [
        Finding::IssuedBeforeDrafted {
            issued: 22,
            drafted: 19,
        },
        Finding::InPlaceBeforeGovernance {
            in_place: 18,
            governance: 15,
        },
    ];
    assert_eq!(found, expected);
    assert_eq!(found[0].activities(), [22, 19]);
}

#[test]
fn those_due_before_whoever_is_responsible_are_one_finding_for_an_appointment() {
    let plan = |due: &str| {
        let mut activities = vec![by(1, "2013-09"), by(8, due), by(13, due), by(2, "2013-11")];
        activities[2].responsible = vec!["SRO".to_owned()];
        let appointments = ["Board", "SRO"].map(|owner| Appointment {
            owner: owner.to_owned(),
            by: 1,
        });
        findings(&Plan {
            activities,
            appointments: appointments.to_vec(),
            ..Plan::default()
        })
    };
    let expected = Finding::BeforeAppointment {
        due: vec![8, 13],
        appointed_by: 1,
        owners: vec!["Board".to_owned(), "SRO".to_owned()],
    };
    assert_eq!(plan("2013-07"), [expected]);
    assert!(
        plan("2013-09").is_empty(),
        "in the same month there may be time"
    );
}

#[test]
fn what_is_done_is_not_looked_at_again() {
    let mut activities = vec![by(1, "2014-06"), by(2, "2014-03")];
    activities[1].finished = Some("2014-03-01".parse().unwrap());
    assert!(of(activities, vec![waits(1, 2)]).is_empty());
    let mut activities = vec![by(1, "2014-06"), by(2, "2014-03")];
    activities[0].finished = Some("2014-02-01".parse().unwrap());
    assert!(
        of(activities, vec![waits(1, 2)]).is_empty(),
        "it was done earlier than planned"
    );
}

#[test]
fn durations_may_not_let_a_date_be_kept() {
    let mut activities = vec![by(1, "2024-02"), by(2, "2024-03")];
    activities[0].start = Some(at(0));
    activities[0].days = Some(50);
    activities[1].days = Some(60);
    let found = of(activities.clone(), vec![]);
    assert_eq!(found, [], "each alone can be kept");
    // Its own latest start is 31 January; the first ends on 19 February.
    let found = of(activities.clone(), vec![waits(1, 2)]);
    assert_eq!(
        found,
        [Finding::OutOfOrder {
            after: 2,
            before: 1
        }]
    );
    // Through a third, no two dates contradict each other, but all three cannot be kept.
    let mut third = by(3, "2024-03");
    third.days = Some(20);
    activities[1].due = None;
    activities[1].start = None;
    activities.push(third);
    let found = of(activities, vec![waits(1, 2), waits(2, 3)]);
    let late = Finding::CannotBeMet {
        activity: 3,
        deadline: "2024-03-31".parse().unwrap(),
        earliest: "2024-05-09".parse().unwrap(),
    };
    assert_eq!(found, [late, Finding::NoDate(2)]);
    assert!(found[0].is_conflict() && !found[1].is_conflict());
}

#[test]
fn dates_before_the_programme_and_people_whom_nobody_knows_are_found() {
    let mut nobody = by(2, "2014-03");
    nobody.responsible.clear();
    let found = findings(&Plan {
        begins: Some("2013-07-01".parse().unwrap()),
        activities: vec![by(1, "2013-06"), nobody, by(3, "2013-07")],
        known: ["sro".to_owned()].into(),
        ..Plan::default()
    });
    let unknown = |activity| Finding::ResponsibleUnknown {
        activity,
        owner: "Board".to_owned(),
    };
    let expected = [
        Finding::BeforeProgramme {
            activity: 1,
            begins: "2013-07-01".parse().unwrap(),
        },
        unknown(1),
        Finding::NobodyResponsible(2),
        unknown(3),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_left_counts_from_the_day_on_which_it_is_said() {
    let left = |from, days| {
        Some(stour_planning::Left {
            from: at(from),
            days,
        })
    };
    let mut one = by(1, "2024-03-31");
    one.start = Some(at(0));
    one.days = Some(60);
    assert_eq!(
        of(vec![one.clone()], vec![]),
        [],
        "from 1 January it would be done in time"
    );
    // Nothing was done by 1 March, which is day 60.
    one.left = left(60, 60);
    let found = of(vec![one.clone()], vec![]);
    let late = Finding::CannotBeMet {
        activity: 1,
        deadline: "2024-03-31".parse().unwrap(),
        earliest: "2024-04-29".parse().unwrap(),
    };
    assert_eq!(found, [late]);
    one.left = left(60, 31);
    assert_eq!(
        of(vec![one.clone()], vec![]),
        [],
        "with half of it done it can still be kept"
    );
    one.left = left(91, 31);
    assert_eq!(
        of(vec![one.clone()], vec![]),
        [],
        "on 1 April it is overdue, which is told otherwise"
    );
    one.finished = Some(at(70));
    assert_eq!(one.task(true).days, 60, "what is done took what it took");
}

#[test]
fn what_takes_days_is_done_at_the_end_of_its_last_day() {
    let begun = |start: &str, days| stour_planning::Activity {
        start: Some(start.parse().unwrap()),
        days: Some(days),
        responsible: vec!["Board".to_owned()],
        ..stour_planning::Activity::default()
    };
    let two = |second: &str| {
        let first = stour_planning::Activity {
            number: 1,
            ..begun("2014-06-11", 10)
        };
        let second = stour_planning::Activity {
            number: 2,
            ..begun(second, 5)
        };
        of(vec![first, second], vec![waits(1, 2)])
    };
    // The first takes 11 to 20 June.
    assert_eq!(
        two("2014-06-20"),
        [Finding::OutOfOrder {
            after: 2,
            before: 1
        }]
    );
    assert_eq!(two("2014-06-21"), []);
}

#[test]
fn what_takes_no_days_can_be_done_on_the_day_on_which_all_before_it_is() {
    let plan = |due: &str| {
        let first = stour_planning::Activity {
            number: 1,
            start: Some("2014-06-11".parse().unwrap()),
            days: Some(10),
            responsible: vec!["Board".to_owned()],
            ..stour_planning::Activity::default()
        };
        let rest = [by(2, due), by(3, due)];
        let all = [first].into_iter().chain(rest).collect();
        of(all, vec![waits(1, 2), waits(2, 3)])
    };
    assert_eq!(plan("2014-06-20"), []);
    let early = plan("2014-06-19");
    assert!(
        early.contains(&Finding::OutOfOrder {
            after: 2,
            before: 1
        }),
        "{early:?}"
    );
    let last = Finding::CannotBeMet {
        activity: 3,
        deadline: "2014-06-19".parse().unwrap(),
        earliest: "2014-06-20".parse().unwrap(),
    };
    assert!(early.contains(&last), "{early:?}");
}
