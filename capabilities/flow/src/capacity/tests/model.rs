use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use stour_kernel::{Date, Timestamp, london_date};
use stour_web::testing::Site;

use super::super::{Count, PlaceId, Slot, book, count, hold, place, release, start};
use super::{say, slot, somebody, stays};
use crate::FlowError;
use crate::spell::SpellId;
use crate::tests::house;

const LOCALITIES: [&str; 2] = ["poole-bay", "christchurch"];
const PEOPLE: usize = 5;
const HOLD: i64 = 4 * 3_600;

#[derive(Debug, Clone)]
enum Op {
    Set(usize, i64),
    Hold(usize, usize),
    Book(usize),
    Start(usize),
    Release(usize),
    Pass(u64),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        2 => (0..2_usize, 0..4_i64).prop_map(|(at, places)| Op::Set(at, places)),
        5 => (0..PEOPLE, 0..2_usize).prop_map(|(person, at)| Op::Hold(person, at)),
        3 => (0..20_usize).prop_map(Op::Book),
        1 => (0..20_usize).prop_map(Op::Start),
        2 => (0..20_usize).prop_map(Op::Release),
        2 => (1..400_u64).prop_map(Op::Pass),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Held(Timestamp),
    Booked,
    Started,
    Released,
}

/// The rules as anybody would say them, with a list and a loop.
#[derive(Debug, Default)]
struct Model {
    places: [Option<i64>; 2],
    kept: Vec<(usize, usize, State)>,
}

impl Model {
    fn count(&self, at: usize, now: Timestamp) -> Count {
        let mut count = Count {
            places: self.places[at],
            ..Count::default()
        };
        for (_, _, state) in self.kept.iter().filter(|(_, place, _)| *place == at) {
            match state {
                State::Held(until) if now < *until => count.held += 1,
                State::Booked => count.booked += 1,
                State::Started => count.started += 1,
                State::Held(_) | State::Released => {}
            }
        }
        count
    }

    fn has_one(&self, person: usize, now: Timestamp) -> bool {
        self.kept.iter().any(|(who, _, state)| {
            *who == person
                && match state {
                    State::Held(until) => now < *until,
                    State::Booked | State::Started => true,
                    State::Released => false,
                }
        })
    }

    /// Whether it is done.
    fn done(&mut self, op: &Op, day: Date, now: Timestamp) -> bool {
        let today = london_date(now);
        match op {
            Op::Set(at, places) => {
                let may = day >= today;
                if may {
                    self.places[*at] = Some(*places);
                }
                may
            }
            Op::Hold(person, at) => {
                let count = self.count(*at, now);
                let taken = count.held + count.booked + count.started;
                let may = day >= today
                    && count.places.is_some_and(|places| taken < places)
                    && !self.has_one(*person, now);
                if may {
                    let until = now + Duration::from_secs(HOLD.unsigned_abs());
                    self.kept.push((*person, *at, State::Held(until)));
                }
                may
            }
            Op::Pass(_) => true,
            Op::Book(which) | Op::Start(which) | Op::Release(which) => {
                let Some((_, at, state)) = self.kept.get(*which).copied() else {
                    return false;
                };
                let count = self.count(at, now);
                let next = match (op, state) {
                    (Op::Book(_), State::Held(until))
                        if now < until
                            && day >= today
                            && count.booked + count.started < count.places.unwrap() =>
                    {
                        State::Booked
                    }
                    (Op::Start(_), State::Booked) if day <= today => State::Started,
                    (Op::Release(_), State::Held(until)) if now < until => State::Released,
                    (Op::Release(_), State::Booked) => State::Released,
                    _ => return false,
                };
                self.kept[*which].2 = next;
                true
            }
        }
    }
}

/// Does it; what was held, or whether the rest was done.
fn really(
    site: &Site,
    (op, slots): (&Op, &[Slot]),
    stays: &[SpellId],
    kept: &[PlaceId],
) -> Result<Option<PlaceId>, FlowError> {
    let (environment, by) = (site.environment().clone(), somebody());
    let database = site.database();
    match op {
        Op::Set(at, places) => say(database, &environment, &slots[*at], *places).map(|()| None),
        Op::Hold(person, at) => {
            let (slot, stay) = (slots[*at].clone(), stays[*person]);
            database
                .write_blocking(move |tx| hold(tx, &environment, (&slot, stay), &by))
                .map(|place| Some(place.id))
        }
        Op::Pass(minutes) => {
            site.clock().advance(Duration::from_secs(minutes * 60));
            Ok(None)
        }
        Op::Book(which) | Op::Start(which) | Op::Release(which) => {
            let id = *kept.get(*which).ok_or(FlowError::NotFound)?;
            let op = op.clone();
            database.write_blocking(move |tx| {
                let seen = place(tx, id)?.ok_or(FlowError::NotFound)?.version;
                match op {
                    Op::Book(_) => book(tx, &environment, (id, seen), &by)?,
                    Op::Start(_) => start(tx, &environment, (id, seen), environment.today(), &by)?,
                    _ => {
                        let reason = "other".parse().unwrap();
                        release(tx, &environment, (id, seen), &reason, &by)?
                    }
                };
                Ok(None)
            })
        }
    }
}

fn follows(site: &Site, stays: &[SpellId], ops: &[Op]) -> Result<(), TestCaseError> {
    site.database()
        .write_blocking(|tx| {
            tx.execute(stour_database::sql!("DELETE FROM place_step"), &[])?;
            tx.execute(stour_database::sql!("DELETE FROM place"), &[])?;
            tx.execute(stour_database::sql!("DELETE FROM capacity_day"), &[])
        })
        .unwrap();
    let day = site.environment().today().tomorrow().unwrap();
    let slots = LOCALITIES.map(|locality| slot(locality, day));
    let (mut model, mut kept) = (Model::default(), Vec::new());
    for op in ops {
        let answer = really(site, (op, &slots), stays, &kept);
        let now = site.environment().now();
        let expected = model.done(op, day, now);
        prop_assert_eq!(answer.is_ok(), expected, "{:?}: {:?}", op, answer);
        kept.extend(answer.ok().flatten());
        for (at, slot) in slots.iter().enumerate() {
            let slot = slot.clone();
            let counted = site
                .database()
                .read_blocking(move |tx| count(tx, &slot, now))
                .unwrap();
            prop_assert_eq!(counted, model.count(at, now), "after {:?}", op);
        }
    }
    Ok(())
}

#[test]
fn whatever_happens_in_whatever_order_it_is_as_a_simple_model_says() {
    house(|site| {
        let stays = stays(&site, PEOPLE);
        let mut runner = TestRunner::new(Config {
            cases: 60,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(&prop::collection::vec(op(), 1..40), |ops| {
                follows(&site, &stays, &ops)
            })
            .unwrap();
    });
}
