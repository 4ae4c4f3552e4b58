use proptest::prelude::*;
use stour_database::Version;
use stour_kernel::{Date, Environment, PersonId, Timestamp};

use super::action::{HubAction, NewHubAction};
use super::meeting_page::{about_others, about_person};
use super::order::{Waiting, in_order, waiting};
use super::state::{MeetingState, Running};
use super::store::Turn;
use crate::asked::{NotAsked, Open};
use crate::spell::{ExpectedDate, Review, SaidBy, Spell, SpellState};

const TODAY: &str = "2026-11-24";

fn today() -> Date {
    TODAY.parse().unwrap()
}

fn before(days: i32) -> Date {
    (0..days).fold(today(), |day, _| day.yesterday().unwrap())
}

/// What varies between stays in what a meeting looks at.
#[derive(Debug, Clone)]
struct Stay {
    state: SpellState,
    /// Whether a criterion is met, and how many days ago the person was found ready.
    review: Option<(bool, i32)>,
    /// Days ago that the hospital's own system said it, and whether fit.
    said: (Option<i32>, Option<bool>),
    /// Days from now until expected home.
    expected: Option<i32>,
    admitted: Option<i32>,
}

fn stay() -> impl Strategy<Value = Stay> {
    (
        prop_oneof![
            4 => Just(SpellState::InHospital),
            1 => Just(SpellState::Left),
            1 => Just(SpellState::Cancelled),
        ],
        prop::option::of((any::<bool>(), 0..6)),
        (prop::option::of(0..6), prop::option::of(any::<bool>())),
        prop::option::of(-6..6),
        prop::option::of(5..9),
    )
        .prop_map(|(state, review, said, expected, admitted)| Stay {
            state,
            review,
            said,
            expected,
            admitted,
        })
}

fn spell(environment: &Environment, stay: &Stay) -> Spell {
    let at = |days: i32| -> Timestamp { format!("{}T09:00:00Z", before(days)).parse().unwrap() };
    let expected = stay.expected.map(|days| ExpectedDate {
        on: if days < 0 {
            before(-days)
        } else {
            (0..days).fold(today(), |day, _| day.tomorrow().unwrap())
        },
        by: SaidBy::Staff,
        basis: String::new(),
        at: at(0),
    });
    Spell {
        id: environment.id(),
        person: environment.id(),
        organisation: "R0D".parse().unwrap(),
        visit_number: String::new(),
        identity: String::new(),
        source: String::new(),
        state: stay.state,
        admitted_at: stay.admitted.map(at),
        ward: None,
        bed: None,
        site: None,
        since: None,
        discharged_at: None,
        left_from: None,
        method: None,
        specialty: None,
        consultant: None,
        destination: None,
        expected,
        medically_fit: stay.said.1,
        ready_on: stay.said.0.map(before),
        last_message_at: None,
        thread: None,
        version: Version::FIRST,
        away: None,
        next: None,
        review: stay.review.map(|(meets, days)| Review {
            on: before(days),
            meets,
            because: String::new(),
            pathway: None,
            next_step: String::new(),
        }),
        came_from: None,
        arrived_by: None,
        diagnosis: None,
        discharge_ready: stay
            .review
            .filter(|(meets, _)| !meets)
            .map(|(_, days)| before(days)),
    }
}

/// Whether somebody is talked about and since when they wait, said in another way.
fn oracle(spell: &Spell) -> Option<Date> {
    let mut days: Vec<Date> = Vec::new();
    if let Some(expected) = spell.expected.as_ref()
        && expected.on < today()
    {
        days.push(expected.on);
    }
    let found_ready = spell.review.as_ref().is_some_and(|review| !review.meets);
    let said_ready = spell.review.is_none()
        && (spell.ready_on.is_some() || matches!(spell.medically_fit, Some(true)));
    if found_ready {
        days.extend(spell.discharge_ready);
    }
    if said_ready {
        days.extend(spell.ready_on);
    }
    if spell.state != SpellState::InHospital {
        return None;
    }
    days.sort_unstable();
    match days.first() {
        Some(first) => Some(*first),
        None => (found_ready || said_ready).then(today),
    }
}

proptest! {
    #[test]
    fn everybody_who_waits_is_in_the_meeting_and_the_longest_wait_is_first(
        stays in prop::collection::vec(stay(), 0..20)
    ) {
        let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1);
        let spells: Vec<Spell> = stays.iter().map(|stay| spell(&environment, stay)).collect();
        let ordered = in_order(&spells, today());
        for one in &spells {
            let place = ordered.iter().filter(|(other, _)| other.id == one.id).count();
            prop_assert_eq!(place == 1, oracle(one).is_some());
            prop_assert!(place <= 1);
        }
        // Of every two, the one further up has waited at least as long, and then was admitted no later.
        for (at, (up, why)) in ordered.iter().enumerate() {
            prop_assert_eq!(Some(why.since(today())), oracle(up));
            for (down, _) in &ordered[at + 1..] {
                let (first, second) = (oracle(up).unwrap(), oracle(down).unwrap());
                prop_assert!(first <= second);
                if first == second {
                    match (up.admitted_at, down.admitted_at) {
                        (Some(up), Some(down)) => prop_assert!(up <= down),
                        (None, Some(_)) => prop_assert!(false, "who was admitted is known of the later one alone"),
                        _ => {}
                    }
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn every_open_action_comes_up_exactly_once_whoever_the_meeting_is_about(
        turns in prop::sample::subsequence((0..8_usize).collect::<Vec<_>>(), 0..8),
        about in prop::collection::vec(0..8_usize, 0..12)
    ) {
        let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1);
        let people: Vec<PersonId> = (0..8).map(|_| environment.id()).collect();
        let turns: Vec<Turn> = turns
            .iter()
            .map(|at| Turn {
                number: 1,
                spell: environment.id(),
                hospital: "R0D".parse().unwrap(),
                person: people[*at],
                why: Waiting { ready: true, ready_since: None, expected_on: None },
                minutes: String::new(),
                version: Version::FIRST,
            })
            .collect();
        let open: Vec<HubAction> = about
            .iter()
            .map(|at| HubAction {
                id: environment.id(),
                meeting: environment.id(),
                turn: 1,
                spell: environment.id(),
                person: people[*at],
                asked: NewHubAction {
                    what: String::new(),
                    owner: String::new(),
                    organisation: "RDY".parse().unwrap(),
                    due: today(),
                },
                done: None,
                version: Version::FIRST,
            })
            .collect();
        let mut shown = about_others(open.clone(), &turns);
        for turn in &turns {
            shown.extend(about_person(open.clone(), turn.person));
        }
        for action in &open {
            let times = shown.iter().filter(|other| other.id == action.id).count();
            prop_assert_eq!(times, 1);
        }
        prop_assert_eq!(shown.len(), open.len());
    }
}

#[test]
fn a_review_stands_before_what_the_hospitals_system_says() {
    let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1);
    let stay = Stay {
        state: SpellState::InHospital,
        review: Some((true, 0)),
        said: (Some(3), Some(true)),
        expected: None,
        admitted: Some(5),
    };
    assert_eq!(waiting(&spell(&environment, &stay), today()), None);
    let unreviewed = Stay {
        review: None,
        ..stay
    };
    assert_eq!(
        waiting(&spell(&environment, &unreviewed), today()),
        Some(Waiting {
            ready: true,
            ready_since: Some(before(3)),
            expected_on: None,
        })
    );
}

#[test]
fn meetings_and_actions_go_on_step_by_step() {
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let running = Running {
        since: at("2026-11-24T09:00:00Z"),
    };
    let state = MeetingState::Running(running.clone());
    assert_eq!(state.minutes(at("2026-11-24T09:12:30Z")), 12);
    let closed = running.close(at("2026-11-24T09:31:00Z"), "Elena Rossi");
    let state = MeetingState::Closed(closed);
    assert_eq!(state.minutes(at("2026-11-25T09:00:00Z")), 31);
    assert_eq!(Open::by(before(1), today()), Err(NotAsked::Past));
    let open = Open::by(today(), today()).unwrap();
    assert!(!open.is_overdue(today()) && open.is_overdue(today().tomorrow().unwrap()));
    let done = open.done(at("2026-11-24T15:00:00Z"), "Booked");
    assert_eq!(done.outcome, "Booked");
}
