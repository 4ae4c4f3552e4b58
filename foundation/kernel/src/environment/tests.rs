use std::thread;

use crate::{Environment, PersonId, UserId};

#[test]
fn the_same_seed_gives_the_same_identifiers() {
    let one = Environment::fixed("2026-11-24T09:00:00Z");
    let two = Environment::fixed("2026-11-24T09:00:00Z");
    assert_eq!(one.id::<PersonId>(), two.id::<PersonId>());
    assert_eq!(one.today().to_string(), "2026-11-24");
}

#[test]
fn clones_in_many_threads_never_give_the_same_identifier_twice() {
    let environment = Environment::system();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let environment = environment.clone();
            thread::spawn(move || (0..2_000).map(|_| environment.id::<UserId>()).collect())
        })
        .collect();
    let mut all = Vec::new();
    for thread in threads {
        let ids: Vec<UserId> = thread.join().unwrap();
        assert!(ids.is_sorted_by(|a, b| a < b));
        all.extend(ids);
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 8_000);
}
