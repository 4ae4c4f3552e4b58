use std::collections::BTreeSet;

use proptest::prelude::*;
use stour_database::testing::each_database;
use stour_kernel::{Date, OdsCode, Timestamp};

use super::plan::read;
use super::*;
use crate::capacity::Count;
use crate::feed::Silence;

fn today() -> Date {
    "2026-11-24".parse().unwrap()
}

fn tomorrow() -> Date {
    today().tomorrow().unwrap()
}

fn trust() -> OdsCode {
    "R0D".parse().unwrap()
}

/// Thresholds so low that a handful of made-up people reach each of them.
const LOW: &str = r#"
level = []
action = []
[[threshold]]
measure = "in-hospital"
two = 8
three = 10
four = 12
starts = "2013-04-01"
status = "unverified"
source = "A test"
[[threshold]]
measure = "ready"
two = 8
three = 9
four = 11
starts = "2013-04-01"
status = "unverified"
source = "A test"
[[threshold]]
measure = "ready-share"
two = 40
three = 60
four = 80
starts = "2013-04-01"
status = "unverified"
source = "A test"
[[threshold]]
measure = "long-stays"
two = 8
three = 9
four = 10
starts = "2013-04-01"
status = "unverified"
source = "A test"
[[threshold]]
measure = "nights-lost"
two = 8
three = 9
four = 10
starts = "2013-04-01"
status = "unverified"
source = "A test"
[[threshold]]
measure = "taken-today"
two = 70
three = 85
four = 100
starts = "2013-04-01"
status = "unverified"
source = "A test"
"#;

fn low() -> Plan {
    read(LOW).unwrap()
}

/// The level of people of whom all is known, written anew: each measure by counting, and the worst of them.
fn by_hand(people: &[(bool, bool, bool)], gone: u64) -> Level {
    let count = |so: fn(&(bool, bool, bool)) -> bool| people.iter().filter(|one| so(one)).count();
    let (all, ready) = (people.len(), count(|one| one.0));
    let steps = |value: usize, limits: [usize; 3]| limits.iter().filter(|at| value >= **at).count();
    // Held against the threshold without a division: nothing is rounded here.
    let share = [40, 60, 80]
        .iter()
        .filter(|at| all > 0 && ready * 100 >= **at * all)
        .count();
    let gone = usize::try_from(gone).unwrap();
    let worst = [
        steps(all, [8, 10, 12]),
        steps(ready, [8, 9, 11]),
        share,
        steps(count(|one| one.1), [8, 9, 10]),
        steps(count(|one| one.2) + gone, [8, 9, 10]),
    ];
    Level::ALL[worst.into_iter().max().unwrap()]
}

/// Every way in which what is not known may turn out.
fn ways(people: &[Patient]) -> Vec<Vec<(bool, bool, bool)>> {
    let both = |one: Option<bool>| one.map_or(vec![false, true], |known| vec![known]);
    people.iter().fold(vec![Vec::new()], |ways, one| {
        let mut more = Vec::new();
        for way in &ways {
            for ready in both(one.ready) {
                for long in both(one.long) {
                    for lost in both(one.lost) {
                        let mut next: Vec<(bool, bool, bool)> = way.clone();
                        next.push((ready, long, lost));
                        more.push(next);
                    }
                }
            }
        }
        more
    })
}

fn known() -> impl Strategy<Value = Patient> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(ready, long, lost)| Patient {
        ready: Some(ready),
        long: Some(long),
        lost: Some(lost),
    })
}

fn partly() -> impl Strategy<Value = Patient> {
    let one = || prop::option::of(any::<bool>());
    (one(), one(), one()).prop_map(|(ready, long, lost)| Patient { ready, long, lost })
}

/// A dozen people of whom three are known in part: few enough to try every way.
fn people() -> impl Strategy<Value = Vec<Patient>> {
    (
        prop::collection::vec(known(), 0..12),
        prop::collection::vec(partly(), 0..3),
    )
        .prop_map(|(known, partly)| [known, partly].concat())
}

proptest! {
    #[test]
    fn the_level_of_a_trust_is_what_every_way_it_may_turn_out_agrees_on(people in people(), gone in 0_u64..4) {
        let now = TrustNow { patients: people.clone(), gone, silence: None };
        let standing = of_trust(trust(), &now, &low(), today()).standing;
        let levels: BTreeSet<Level> = ways(&people).iter().map(|way| by_hand(way, gone)).collect();
        let (least, most) = (levels.first().copied().unwrap(), levels.last().copied().unwrap());
        let expected = if least == most {
            Standing::Known(least)
        } else if least > Level::One {
            Standing::AtLeast(least)
        } else {
            Standing::NotKnown
        };
        prop_assert_eq!(standing, expected);
    }

    #[test]
    fn a_silent_trust_has_no_level_however_its_people_were(people in people()) {
        let silence = Some(Silence { organisation: trust(), since: None });
        let heard = TrustNow { patients: people, gone: 0, silence: None };
        let silent = TrustNow { silence, ..heard.clone() };
        let (heard, silent) = (of_trust(trust(), &heard, &low(), today()), of_trust(trust(), &silent, &low(), today()));
        prop_assert_eq!(silent.standing, Standing::NotKnown);
        prop_assert_eq!(silent.last, Some(heard.standing));
        prop_assert!(silent.because().is_empty());
    }

    #[test]
    fn the_level_of_a_service_is_that_of_its_places_and_never_calm_while_some_are_not_said(
        said in prop::collection::vec(prop::option::of((0_i64..12, 0_i64..6, 0_i64..6)), 0..6)
    ) {
        let localities = ["poole-bay", "purbeck", "north-dorset", "mid-dorset", "west-dorset", "east-dorset"];
        let places = said.iter().zip(localities).map(|(said, locality)| LocalityDay {
            locality: locality.parse().unwrap(),
            day: today(),
            count: said.map(|(places, held, booked)| Count { places: Some(places), held, booked, started: 0 }),
        });
        let subject = Subject::Service("home-first".parse().unwrap());
        let standing = of_service(subject, places.collect(), &low(), (today(), tomorrow())).standing;
        let all: i64 = said.iter().flatten().map(|(places, _, _)| places).sum();
        let taken: i64 = said.iter().flatten().map(|(_, held, booked)| held + booked).sum();
        let steps = [70, 85, 100].iter().filter(|at| all == 0 || taken * 100 >= **at * all).count();
        let level = Level::ALL[steps];
        let expected = match (said.iter().flatten().count(), said.contains(&None)) {
            (0, _) => Standing::NotKnown,
            (_, false) => Standing::Known(level),
            (_, true) if level == Level::Four => Standing::Known(level),
            (_, true) if level > Level::One => Standing::AtLeast(level),
            (_, true) => Standing::NotKnown,
        };
        prop_assert_eq!(standing, expected);
    }

    #[test]
    fn an_hour_is_the_whole_hour_before(second in -2_000_000_000_i64..4_000_000_000) {
        let at = Timestamp::from_second(second).unwrap();
        let hour = hour(at);
        prop_assert!(hour <= at && at.duration_since(hour).as_secs() < 3_600);
        prop_assert_eq!(hour.as_second() % 3_600, 0);
    }
}

#[test]
fn a_level_begins_at_its_threshold() {
    let thresholds = Thresholds::new(10, 15, 20).unwrap();
    for (value, level) in [
        (0, Level::One),
        (9, Level::One),
        (10, Level::Two),
        (14, Level::Two),
        (15, Level::Three),
        (19, Level::Three),
        (20, Level::Four),
        (u64::MAX, Level::Four),
    ] {
        assert_eq!(thresholds.level(value), level, "{value}");
    }
    for wrong in [(0, 1, 2), (10, 10, 20), (10, 20, 20), (3, 2, 1)] {
        assert_eq!(Thresholds::new(wrong.0, wrong.1, wrong.2), None);
    }
}

#[test]
fn the_shipped_plan_is_the_partnerships_own_and_says_so() {
    let plan = plan().unwrap();
    assert!(plan.needs_warning(today()));
    for subject in Subject::all(today()).unwrap() {
        for level in Level::ALL {
            assert!(plan.name(level, today()).is_some(), "{level}");
            let actions: Vec<&Agreed> = plan.actions(&subject, level, today()).collect();
            assert_eq!(actions.is_empty(), level == Level::One, "{subject} {level}");
        }
        let of_kind = Measure::ALL
            .into_iter()
            .filter(|one| one.kind() == subject.kind());
        for measure in of_kind {
            let trigger = plan.trigger(measure, &subject, today());
            assert!(
                trigger.is_some(),
                "{subject} has no threshold of {}",
                measure.name()
            );
        }
    }
}

#[test]
fn a_plan_that_contradicts_itself_or_tells_a_small_number_is_refused() {
    let with = |changed: &str, to: &str| read(&LOW.replacen(changed, to, 1)).unwrap_err();
    assert!(with("two = 8", "two = 7").contains("small number"));
    assert!(with("two = 8", "two = 10").contains("do not rise"));
    assert!(with("measure = \"ready\"", "measure = \"in-hospital\"").contains("hold on one day"));
    assert!(with("two = 8", "organisation = \"X99\"\ntwo = 8").contains("no organisation X99"));
    assert!(with("two = 8", "service = \"home-first\"\ntwo = 8").contains("not told of"));
}

#[test]
fn a_threshold_of_ones_own_stands_before_that_of_all_and_each_holds_while_it_is_valid() {
    let own = LOW.replacen(
        "[[threshold]]",
        "[[threshold]]\nmeasure = \"in-hospital\"\norganisation = \"R0D\"\ntwo = 100\nthree = 200\nfour = 300\nstarts = \"2026-11-24\"\nstatus = \"unverified\"\nsource = \"A test\"\n[[threshold]]",
        1,
    );
    let plan = read(&own).unwrap();
    let two = |code: &str, on: Date| {
        let subject = Subject::Trust(code.parse().unwrap());
        let trigger = plan.trigger(Measure::InHospital, &subject, on).unwrap();
        trigger.thresholds.values()[0]
    };
    assert_eq!(two("R0D", today()), 100);
    assert_eq!(two("R0D", today().yesterday().unwrap()), 8);
    assert_eq!(two("RBD", today()), 8);
}

fn recorded(hour: &str, standing: Standing) -> Recorded {
    Recorded {
        subject: Subject::Trust(trust()),
        hour: hour.parse().unwrap(),
        standing,
        because: "ready".to_owned(),
    }
}

#[test]
fn an_hour_is_recorded_once_and_the_first_word_stands() {
    let migrations = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_people::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    each_database(&migrations, |database| {
        let write = |standing: Standing, hour: &str| {
            let one = recorded(hour, standing);
            let now = one.hour;
            database
                .write_blocking(move |tx| record(tx, std::slice::from_ref(&one), now))
                .unwrap()
        };
        assert_eq!(
            write(Standing::Known(Level::Three), "2026-11-24T09:00:00Z"),
            1
        );
        assert_eq!(
            write(Standing::Known(Level::One), "2026-11-24T09:00:00Z"),
            0
        );
        assert_eq!(
            write(Standing::AtLeast(Level::Two), "2026-11-24T10:00:00Z"),
            1
        );
        assert_eq!(write(Standing::NotKnown, "2026-11-24T11:00:00Z"), 1);
        let all = database
            .read_blocking(|tx| recorded_since(tx, today()))
            .unwrap();
        let standings: Vec<Standing> = all.iter().map(|one| one.standing).collect();
        assert_eq!(
            standings,
            [
                Standing::Known(Level::Three),
                Standing::AtLeast(Level::Two),
                Standing::NotKnown
            ]
        );
        let later = database.read_blocking(|tx| recorded_since(tx, tomorrow()));
        assert_eq!(later.unwrap(), []);
    });
}

#[test]
fn a_day_is_calm_only_where_every_hour_of_it_is_known_to_be() {
    let day = |all: &[Standing]| {
        let all: Vec<Recorded> = (0..)
            .zip(all)
            .map(|(hour, standing)| recorded(&format!("2026-11-10T{hour:02}:00:00Z"), *standing))
            .collect();
        days(&all)[&Subject::Trust(trust())][&"2026-11-10".parse().unwrap()]
    };
    let calm = Standing::Known(Level::One);
    let whole = day(&[calm; 24]);
    assert_eq!(whole.level(false), Some(Level::One));
    let mut part = [calm; 24];
    part[7] = Standing::NotKnown;
    assert_eq!(day(&part).level(false), None);
    assert_eq!(day(&part).level(true), None);
    assert_eq!(
        day(&[calm; 10]).level(false),
        None,
        "the rest was not recorded"
    );
    assert_eq!(
        day(&[calm; 10]).level(true),
        Some(Level::One),
        "the day goes on"
    );
    part[3] = Standing::AtLeast(Level::Two);
    let worse = day(&part);
    assert_eq!(worse.level(false), Some(Level::Two));
    assert_eq!(
        history_part::words(Some(&worse), false),
        "Level 2 or worse, not known for 1 hour"
    );
    assert_eq!(history_part::words(None, false), "Not recorded");
    assert_eq!(
        history_part::words(Some(&day(&[Standing::NotKnown])), true),
        "Not known"
    );
}

#[test]
fn a_change_is_told_once_of_each_and_the_latest_first() {
    let mut all: Vec<Recorded> = [
        ("2026-11-24T07:00:00Z", Standing::Known(Level::One)),
        ("2026-11-24T08:00:00Z", Standing::Known(Level::One)),
        ("2026-11-24T09:00:00Z", Standing::Known(Level::Three)),
        ("2026-11-24T10:00:00Z", Standing::NotKnown),
    ]
    .map(|(hour, standing)| recorded(hour, standing))
    .to_vec();
    let mut other = recorded("2026-11-24T09:00:00Z", Standing::NotKnown);
    other.subject = Subject::Service("home-first".parse().unwrap());
    all.push(other);
    let told: Vec<(Option<Standing>, Standing)> = changes(&all)
        .into_iter()
        .map(|change| (change.from, change.to.standing))
        .collect();
    assert_eq!(
        told,
        [
            (Some(Standing::Known(Level::Three)), Standing::NotKnown),
            (
                Some(Standing::Known(Level::One)),
                Standing::Known(Level::Three)
            ),
            (None, Standing::NotKnown),
            (None, Standing::Known(Level::One)),
        ]
    );
}
