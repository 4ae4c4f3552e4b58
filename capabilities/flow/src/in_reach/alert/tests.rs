use proptest::prelude::*;
use stour_database::{Transaction, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_web::testing::Site;

use super::news::{Happening, Kind, Now, Told, Whereabouts, news};
use super::store::{of_stay, of_team, tell};
use super::watch::look;
use crate::FlowError;
use crate::spell::{Spell, in_hospital};
use crate::tests::{admitted, adt, house, known_to, take};

fn day(number: i8) -> Date {
    Date::constant(2026, 11, number)
}

fn moment(number: i8) -> Timestamp {
    day(number)
        .at(12, 0, 0, 0)
        .to_zoned_datetime(stour_kernel::london())
        .unwrap()
        .timestamp()
}

fn inside(ready: Option<i8>, expected: Option<(i8, bool)>) -> Now {
    Now {
        whereabouts: Whereabouts::In,
        admitted: Some(day(2)),
        left: None,
        ready: ready.map(day),
        expected: expected.map(|(on, said)| (day(on), said)),
    }
}

fn outside(left: i8) -> Now {
    Now {
        whereabouts: Whereabouts::Out,
        left: Some(moment(left)),
        ..inside(None, None)
    }
}

fn never() -> Now {
    Now {
        whereabouts: Whereabouts::Never,
        ..inside(None, None)
    }
}

/// What a team hears of a course of events, each looked at so many times; the weeks before the first day are over.
fn heard(course: &[(i8, Now, usize)]) -> (Option<Told>, Vec<Happening>) {
    let (mut told, mut all) = (None, Vec::new());
    for (today, now, times) in course {
        for _ in 0..*times {
            if let Some((is, happened)) = news(told.as_ref(), now, (day(*today), moment(1))) {
                told = Some(is);
                all.extend(happened);
            }
        }
    }
    (told, all)
}

fn kinds(course: &[(i8, Now)]) -> Vec<Kind> {
    let once: Vec<(i8, Now, usize)> = course
        .iter()
        .map(|(today, now)| (*today, now.clone(), 1))
        .collect();
    heard(&once).1.into_iter().map(|one| one.kind).collect()
}

/// What is so on which days, and what is told of it.
type Course<'c> = (&'c [(i8, Now)], &'c [Kind]);

#[test]
fn each_happening_is_told_and_nothing_else() {
    let came = (2, inside(None, None));
    let told: [Course<'_>; 9] = [
        (std::slice::from_ref(&came), &[Kind::Came]),
        (
            &[came.clone(), (9, inside(Some(8), None)), (10, outside(10))],
            &[Kind::Came, Kind::Ready, Kind::Left],
        ),
        // Ready from another day on is the same readiness; not ready after all, and ready again, are told.
        (
            &[
                (9, inside(Some(8), None)),
                (9, inside(Some(7), None)),
                (10, inside(None, None)),
                (11, inside(Some(11), None)),
            ],
            &[Kind::Came, Kind::Ready, Kind::NotReady, Kind::Ready],
        ),
        // The system's own day is told once it is near; what it reckons for later is not.
        (
            &[
                (2, inside(None, Some((20, false)))),
                (3, inside(None, Some((18, false)))),
                (17, inside(None, Some((18, false)))),
                (18, inside(None, Some((18, false)))),
            ],
            &[Kind::Came, Kind::Near],
        ),
        // A day that the ward said is noted, told when it moves, and told when it is near.
        (
            &[
                (2, inside(None, Some((20, true)))),
                (3, inside(None, Some((22, true)))),
                (21, inside(None, Some((22, true)))),
                (22, inside(None, Some((22, true)))),
                (22, inside(None, Some((26, true)))),
                (22, inside(None, None)),
            ],
            &[
                Kind::Came,
                Kind::Moved,
                Kind::Near,
                Kind::Moved,
                Kind::Moved,
            ],
        ),
        // A discharge that is taken back, and made again.
        (
            &[
                came.clone(),
                (9, outside(9)),
                (9, inside(None, None)),
                (10, outside(10)),
            ],
            &[Kind::Came, Kind::Left, Kind::Back, Kind::Left],
        ),
        // The hour of leaving is put right.
        (
            &[came.clone(), (9, outside(9)), (9, outside(8))],
            &[Kind::Came, Kind::Left],
        ),
        (
            &[came.clone(), (3, never()), (4, inside(None, None))],
            &[Kind::Came, Kind::Cancelled, Kind::Came],
        ),
        // Over before anybody of the team looked: one who left lately is told of, a mistake is not.
        (&[(9, outside(9)), (9, outside(9))], &[Kind::Left]),
    ];
    for (course, expected) in told {
        assert_eq!(kinds(course), expected, "{course:?}");
    }
    assert_eq!(kinds(&[(9, never())]), []);
    let long_ago = news(None, &outside(1), (day(9), moment(2)));
    assert_eq!(long_ago, None);
}

fn now() -> impl Strategy<Value = Now> {
    let ready = prop::option::of(2_i8..20);
    let expected = prop::option::of((2_i8..28, any::<bool>()));
    prop_oneof![
        6 => (ready, expected).prop_map(|(ready, expected)| inside(ready, expected)),
        2 => (2_i8..28).prop_map(outside),
        1 => Just(never()),
    ]
}

proptest! {
    /// However often it is looked at, the team hears the same; and what it was told is what is so.
    #[test]
    fn nothing_is_told_twice_and_what_was_told_is_so(
        course in prop::collection::vec((2_i8..28, now(), 1_usize..4), 1..12),
    ) {
        let once: Vec<_> = course.iter().map(|(today, now, _)| (*today, now.clone(), 1)).collect();
        let (told, happened) = heard(&course);
        prop_assert_eq!(heard(&once), (told.clone(), happened));
        let (today, last, _) = course.last().unwrap();
        if let Some(told) = told {
            prop_assert_eq!(told.whereabouts, last.whereabouts);
            prop_assert_eq!(told.ready.is_some(), last.whereabouts == Whereabouts::In && last.ready.is_some());
            let near = last.expected.map(|(on, _)| on)
                .filter(|on| last.whereabouts == Whereabouts::In && (day(*today)..=day(*today + 1)).contains(on));
            if near.is_some() {
                prop_assert_eq!((told.expected, told.is_near), (near, true));
            }
        } else {
            prop_assert!(course.iter().all(|(_, now, _)| now.whereabouts == Whereabouts::Never));
        }
    }
}

fn look_once(site: &Site) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(look(site.house())).unwrap();
}

fn told_to(site: &Site, organisation: &str) -> Vec<Kind> {
    let organisation: OdsCode = organisation.parse().unwrap();
    let mut alerts = site
        .database()
        .read_blocking(move |tx| of_team(tx, organisation))
        .unwrap();
    alerts.reverse();
    alerts.into_iter().map(|alert| alert.kind).collect()
}

fn stay(site: &Site) -> Spell {
    site.database()
        .read_blocking(in_hospital)
        .unwrap()
        .pop()
        .unwrap()
}

/// Somebody whom the team knows before they come in.
fn known(site: &Site) -> PersonId {
    take(site, &[adt("A28", "0", "202611190900", "")]);
    let person = site
        .database()
        .read_blocking(|tx: &mut Transaction<'_>| {
            tx.optional(
                sql!("SELECT person FROM person_identifier WHERE value = $1"),
                params!["9990000018"],
                |row| row.get(0),
            )
        })
        .unwrap()
        .unwrap();
    known_to(site, person, "RDY");
    person
}

#[test]
fn what_messages_say_is_told_with_them_once_however_often_they_come() {
    house(|site| {
        known(&site);
        let admission = adt("A01", "1", "202611200900", "BAMU");
        take(&site, &[admission.clone(), admission.clone()]);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came]);
        look_once(&site);
        let again = adt("A08", "2", "202611210900", "BAMU");
        take(&site, &[again, admission]);
        let left = adt("A03", "3", "202611231500", "BAMU");
        take(&site, &[left.clone(), left]);
        look_once(&site);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came, Kind::Left]);
        take(&site, &[adt("A13", "4", "202611231600", "BAMU")]);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came, Kind::Left, Kind::Back]);
        // The hospital itself and the practice are no community team, and nobody else knows the person.
        for other in ["R0D", "E06000058", "E06000059"] {
            assert_eq!(told_to(&site, other), [], "{other}");
        }
    });
}

#[test]
fn adding_up_anew_and_a_restart_tell_nothing_again() {
    house(|site| {
        known(&site);
        take(&site, &[adt("A01", "1", "202611200900", "BAMU")]);
        let environment = site.environment().clone();
        let database = site.database().clone();
        let rebuilt = crate::message::rebuild_all(&database, &environment);
        assert_eq!(rebuilt.unwrap().spells, 1);
        look_once(&site);
        look_once(&site);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came]);
    });
}

#[test]
fn a_team_that_comes_to_know_somebody_in_hospital_is_told_by_the_job() {
    house(|site| {
        let person = admitted(&site);
        look_once(&site);
        assert_eq!(told_to(&site, "RDY"), []);
        known_to(&site, person, "RDY");
        look_once(&site);
        look_once(&site);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came]);
    });
}

#[test]
fn many_processes_at_once_tell_it_once() {
    house(|site| {
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        known_to(&site, person, "E06000058");
        let spell = stay(&site);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                let (environment, spell) = (site.environment().clone(), spell.clone());
                let database = site.database();
                scope.spawn(move || {
                    let done = database.write_blocking(move |tx| tell(tx, &environment, &spell));
                    // Whoever met too many others looks again in half a minute.
                    assert!(matches!(&done, Ok(())) || done.is_err_and(|error| error.is_passing()));
                });
            }
        });
        look_once(&site);
        for team in ["RDY", "E06000058"] {
            assert_eq!(told_to(&site, team), [Kind::Came], "{team}");
        }
    });
}

#[test]
fn a_day_that_comes_near_is_told_without_a_message() {
    house(|site| {
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        look_once(&site);
        let (spell, environment) = (stay(&site), site.environment().clone());
        let (today, id) = (site.environment().today(), spell.id);
        let in_three_days = today.checked_add(jiff::Span::new().days(3)).unwrap();
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!(
                        "UPDATE spell SET expected_on = $2, expected_by = 'staff', expected_basis = 'a test', expected_at = $3
                         WHERE id = $1"
                    ),
                    params![id, in_three_days, environment.now()],
                )?;
                Ok::<_, FlowError>(())
            })
            .unwrap();
        look_once(&site);
        assert_eq!(told_to(&site, "RDY"), [Kind::Came]);
        for _ in 0..2 {
            site.clock().advance(std::time::Duration::from_hours(24));
            look_once(&site);
            look_once(&site);
        }
        assert_eq!(told_to(&site, "RDY"), [Kind::Came, Kind::Near]);
        let team: OdsCode = "RDY".parse().unwrap();
        let alerts = site
            .database()
            .read_blocking(move |tx| of_stay(tx, team, id))
            .unwrap();
        assert_eq!(alerts[0].on, Some(in_three_days));
    });
}
