use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stour_kernel::Environment;
use stour_web::testing::Site;

use super::super::{Place, Slot, book, count, hold, of_day, release};
use super::{say, slot, somebody, stays};
use crate::FlowError;
use crate::spell::SpellId;
use crate::tests::house;

/// Everybody tries at the same time; who got a place.
fn all_at_once(site: &Site, slot: &Slot, stays: &[SpellId]) -> Vec<Place> {
    let tries: Vec<Result<Place, FlowError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = stays
            .iter()
            .map(|stay| {
                let (environment, slot, stay) = (site.environment().clone(), slot.clone(), *stay);
                let database = site.database();
                scope.spawn(move || {
                    database.write_blocking(move |tx| {
                        hold(tx, &environment, (&slot, stay), &somebody())
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let mut held = Vec::new();
    for tried in tries {
        match tried {
            Ok(place) => held.push(place),
            Err(FlowError::NotNow(why)) => {
                assert!(why.contains("All places of that day are taken"), "{why}");
            }
            Err(other) => panic!("{other}"),
        }
    }
    held
}

#[test]
fn of_a_hundred_tries_at_once_as_many_succeed_as_there_are_places() {
    house(|site| {
        let stays = stays(&site, 100);
        let slot = slot("poole-bay", site.environment().today());
        say(site.database(), site.environment(), &slot, 7).unwrap();
        let held = all_at_once(&site, &slot, &stays);
        assert_eq!(held.len(), 7);
        let (asked, now) = (slot.clone(), site.environment().now());
        let counted = site
            .database()
            .read_blocking(move |tx| count(tx, &asked, now))
            .unwrap();
        assert_eq!((counted.held, counted.free()), (7, 0));
        // The holds run out, and all seven are there for others, nobody having done anything.
        site.clock().advance(Duration::from_hours(4));
        assert_eq!(all_at_once(&site, &slot, &stays).len(), 7);
    });
}

/// Whether no more is taken than there is, at a moment that is no earlier than anything it sees.
fn within(site: &Site, slot: &Slot) -> bool {
    let (slot, environment) = (slot.clone(), site.environment().clone());
    let counted = site.database().read_blocking(move |tx| {
        // The first statement fixes what is seen; the clock is read after it.
        of_day(tx, &slot)?;
        count(tx, &slot, environment.now())
    });
    let counted = counted.unwrap();
    counted.taken() <= counted.places.unwrap()
}

fn work(site: &Site, environment: &Environment, slot: &Slot, stay: SpellId, turn: usize) {
    let (environment, slot) = (environment.clone(), slot.clone());
    let held = {
        let environment = environment.clone();
        site.database()
            .write_blocking(move |tx| hold(tx, &environment, (&slot, stay), &somebody()))
    };
    let Ok(place) = held else { return };
    let (id, seen) = (place.id, place.version);
    let _ = site.database().write_blocking(move |tx| {
        if turn.is_multiple_of(3) {
            book(tx, &environment, (id, seen), &somebody())?;
        } else if turn % 3 == 1 {
            let reason = "mistake".parse().unwrap();
            release(tx, &environment, (id, seen), &reason, &somebody())?;
        }
        Ok::<_, FlowError>(())
    });
}

#[test]
fn holds_bookings_releases_and_holds_that_run_out_at_once_never_go_beyond_the_places() {
    house(|site| {
        let stays = stays(&site, 60);
        let slot = slot("poole-bay", site.environment().today());
        say(site.database(), site.environment(), &slot, 25).unwrap();
        let over = AtomicBool::new(false);
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    if !within(&site, &slot) {
                        over.store(true, Ordering::Release);
                    }
                }
            });
            scope.spawn(|| {
                // Four hours are how long a place is held: some run out while others are booked.
                for _ in 0..8 {
                    std::thread::sleep(Duration::from_millis(20));
                    site.clock().advance(Duration::from_hours(1));
                }
            });
            let threads: Vec<_> = stays
                .iter()
                .enumerate()
                .map(|(turn, stay)| {
                    let (site, slot) = (&site, &slot);
                    scope.spawn(move || work(site, site.environment(), slot, *stay, turn))
                })
                .collect();
            for thread in threads {
                thread.join().unwrap();
            }
            done.store(true, Ordering::Release);
        });
        assert!(
            !over.load(Ordering::Acquire),
            "more was taken than there is"
        );
        assert!(within(&site, &slot));
    });
}
