use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_database::Version;
use stour_kernel::{Environment, Timestamp};

use super::count::{Turnaround, turnarounds, words};
use super::state::{Ending, NotSo, Waiting};
use super::store::{Awaited, NewAwaited};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + minute * 60).unwrap()
}

fn awaited(environment: &Environment, kind: u8, since: i64, until: Option<i64>) -> Awaited {
    let waiting = Waiting { since: at(since) };
    let end = |until| {
        waiting
            .end(at(until), at(10_000), (Ending::Done, None))
            .unwrap()
    };
    Awaited {
        id: environment.id(),
        spell: environment.id(),
        asked: NewAwaited {
            kind: format!("kind-{kind}"),
            what: String::new(),
            who: String::new(),
            at: at(since),
        },
        ended: until.map(end),
        version: Version::FIRST,
    }
}

proptest! {
    /// Against counting one by one: of those that took at most the wait found there are enough, and of those that took less
    /// there are not.
    #[test]
    fn turnaround_is_what_counting_finds(
        all in prop::collection::vec((0_u8..3, 0_i64..500, prop::option::of(0_i64..500)), 0..40),
        percent in 1_usize..=100,
    ) {
        let environment = Environment::seeded(at(0), 1);
        let all: Vec<Awaited> = all
            .into_iter()
            .map(|(kind, since, took)| awaited(&environment, kind, since, took.map(|took| since + took)))
            .collect();
        let (open, done): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.ended.is_none());
        let found = turnarounds(open.iter().copied(), done.iter().copied(), at(1_000));
        let waiting: usize = found.values().map(|of| of.waiting).sum();
        prop_assert_eq!(waiting, open.len());
        for (kind, of) in &found {
            let of_kind = |one: &&&Awaited| one.asked.kind == *kind;
            let longest = open.iter().filter(of_kind).map(|one| one.asked.at).min();
            prop_assert_eq!(of.longest, longest.map(|since| (at(1_000).as_second() - since.as_second()) / 60));
            let took = || done.iter().filter(of_kind).map(|one| one.ended.as_ref().unwrap().minutes());
            let enough = |wait: i64, or_equal: bool| {
                let within = took().filter(|took| *took < wait || or_equal && *took == wait).count();
                within * 100 >= took().count() * percent
            };
            match of.within(percent) {
                None => prop_assert_eq!(took().count(), 0),
                Some(wait) => prop_assert!(enough(wait, true) && !enough(wait, false)),
            }
        }
    }

    #[test]
    fn waiting_ends_after_it_began_and_not_in_the_future(since in 0_i64..100, until in 0_i64..100, now in 0_i64..100) {
        let waiting = Waiting { since: at(since) };
        let ended = waiting.end(at(until), at(now), (Ending::NotNeeded, None));
        if (since..=now).contains(&until) {
            prop_assert_eq!(ended.unwrap().minutes(), until - since);
        } else {
            prop_assert_eq!(ended, Err(NotSo::When));
        }
    }
}

#[test]
fn minutes_are_said_in_words() {
    let said: BTreeMap<i64, &str> = [
        (0, "less than a minute"),
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (2_879, "47 hours"),
        (2_880, "2 days"),
    ]
    .into();
    for (minutes, text) in said {
        assert_eq!(words(minutes), text);
    }
}

#[test]
fn nothing_that_came_has_no_turnaround() {
    assert_eq!(Turnaround::default().within(50), None);
}
