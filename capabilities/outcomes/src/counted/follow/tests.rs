use std::sync::mpsc;

use stour_database::Error;
use stour_web::Capability;
use stour_web::testing::each_house;

use super::*;

/// Those who wait for the numbers leave every reader of the database to others.
#[test]
fn whoever_waits_for_the_numbers_holds_no_reader_of_the_database() {
    let people = || Capability {
        name: "people",
        migrations: vec![stour_people::MIGRATIONS],
        ..Capability::default()
    };
    each_house(
        || vec![people(), crate::capability()],
        |site| {
            let house = site.house().clone();
            let numbers = numbers(house.database());
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let turn = Arc::clone(&numbers.turn).blocking_lock_owned();
            let waiting: Vec<_> = (0..8)
                .map(|_| {
                    let house = house.clone();
                    runtime.spawn(async move { bring(&house).await })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(100));
            let (send, answer) = mpsc::channel();
            let database = house.database().clone();
            std::thread::spawn(move || {
                let read = database.read_blocking(last_change);
                send.send(read)
            });
            let read: Result<i64, Error> = answer.recv_timeout(Duration::from_secs(10)).unwrap();
            assert_eq!(read, Ok(0));
            drop(turn);
            for bringing in waiting {
                runtime.block_on(bringing).unwrap().unwrap();
            }
            // All of them began to wait before any was served, so the first served them all.
            assert!(numbers.begun.load(Ordering::SeqCst) < 8);
        },
    );
}
