//! What the connections of hospitals hand over to be stored together.

use std::sync::Arc;

use bytes::Bytes;
use stour_database::testing::each_database;

use super::{adt, all, environment, migrations, runtime};
use crate::message::arrivals::{Arrivals, Storeroom};
use crate::message::{Incoming, incoming};

fn message(control_id: &str) -> Incoming {
    let text = adt("A01", control_id, "202611200900", "BAMU");
    incoming(Bytes::from(text), "a test", true)
}

#[test]
fn what_one_connection_brings_does_not_keep_out_what_others_do() {
    each_database(&migrations(), |database| {
        runtime().block_on(async {
            let arrivals = Arc::new(Arrivals::default());
            let storeroom = Storeroom::open(database.clone(), environment(), arrivals.clone());
            // No database holds this text.
            let mut bad = message("m0");
            "m\0".clone_into(&mut bad.control_id);
            let good = |number: u8| message(&format!("m{number}"));
            let (one, none, two) = tokio::join!(
                storeroom.store(vec![good(1), good(2)]),
                storeroom.store(vec![bad]),
                storeroom.store(vec![good(3)]),
            );
            assert_eq!([one, none, two], [true, false, true]);
            assert!(!arrivals.is_anybody_waiting());
        });
        let kept: Vec<String> = all(&database)
            .into_iter()
            .map(|one| one.control_id)
            .collect();
        assert_eq!(kept, ["m1", "m2", "m3"]);
    });
}

#[test]
fn everything_that_many_connections_bring_at_once_is_there_once() {
    each_database(&migrations(), |database| {
        runtime().block_on(async {
            let arrivals = Arc::new(Arrivals::default());
            let storeroom = Storeroom::open(database.clone(), environment(), arrivals);
            let senders = (0..40).map(|number| {
                let storeroom = storeroom.clone();
                // Each is sent by two connections, as by a sender that has given up waiting on the first.
                tokio::spawn(async move {
                    storeroom
                        .store(vec![message(&format!("m{}", number / 2))])
                        .await
                })
            });
            for sender in senders.collect::<Vec<_>>() {
                assert!(sender.await.unwrap());
            }
        });
        let kept = all(&database);
        assert_eq!(kept.len(), 20);
        assert!(kept.iter().all(|one| one.repeats == 1));
    });
}
