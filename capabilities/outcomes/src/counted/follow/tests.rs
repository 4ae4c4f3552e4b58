use std::fs;
use std::path::PathBuf;
use std::sync::mpsc;

use serde_json::json;
use stour_database::testing::Place;
use stour_database::{Error, OpenOptions};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_indicators::Dimension;
use stour_kernel::{Environment, Timestamp};
use stour_people::{Demographics, PersonName};
use stour_web::Capability;
use stour_web::testing::{each_house, foundation_migrations};

use super::*;
use crate::counted::compare::compare;
use crate::counted::read::Everybody;

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
            let runtime = one_worker();
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

fn one_worker() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

#[test]
fn a_question_that_takes_long_holds_up_no_other_task() {
    let numbers = Arc::new(Numbers::default());
    let nobody = Everybody::default();
    let state = counted((0, Vocabulary::default(), nobody), day("2026-11-24")).unwrap();
    numbers.change(|kept| *kept = Some(state));
    let runtime = one_worker();
    let (send, answer) = mpsc::channel();
    // The only worker has both tasks: the first is answered by the second.
    let answered = runtime.block_on(async {
        let asking = tokio::spawn(async move {
            let wait = move |_: &State| answer.recv_timeout(Duration::from_secs(10));
            numbers.ask_slowly(wait).await
        });
        tokio::spawn(async move { send.send(7) });
        asking.await.unwrap()
    });
    assert_eq!(answered, Some(Ok(7)));
}

/// Several processes, one after another, on the same database with the same folder.
struct Processes {
    place: Place,
    folder: PathBuf,
}

impl Processes {
    fn next(&self) -> Database {
        let database = Database::open(&self.place.url, &OpenOptions::default()).unwrap();
        let mut migrations = foundation_migrations();
        migrations.extend([stour_people::MIGRATIONS, crate::MIGRATIONS]);
        database
            .migrate(&migrations, Timestamp::UNIX_EPOCH)
            .unwrap();
        database
    }

    /// Brings the numbers of a process up to date on a day: the day of the file that it began with, and how many living
    /// people are on record in each band of age.
    fn look(&self, database: &Database, today: &str) -> (Option<Date>, Vec<(usize, u32)>) {
        let (file, today) = (Saved::within(&self.folder), day(today));
        let read = move |tx: &mut Transaction<'_>| {
            catch_up(tx, today, &file)?;
            counted(from_log(tx)?, today)
        };
        let anew = database.read_blocking(read).unwrap();
        let looked = numbers(database).ask(|kept| {
            let compared = compare(kept, &anew);
            assert_eq!(compared.told, Vec::<String>::new());
            let bands = kept.on_record(Dimension::Whole, "");
            let bands = bands.into_iter().enumerate().filter(|(_, many)| *many > 0);
            (kept.origin().0, bands.collect())
        });
        looked.unwrap()
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn person(tx: &mut Transaction<'_>, environment: &Environment, born: &str) -> PersonId {
    let who = Demographics {
        born: Some(day(born)),
        ..Demographics::named(PersonName::new("Family", "Ann").unwrap())
    };
    let source = "R0D".parse().unwrap();
    stour_people::create(tx, environment, &who, source, "a test").unwrap()
}

fn stay(person: PersonId, council: &str) -> NewFact {
    NewFact {
        thread: None,
        kind: FactKind::Spell,
        person: Some(person),
        organisation: "R0D".parse().unwrap(),
        commissioner: None,
        locality: None,
        council: council.parse().ok(),
        started: day("2026-03-01"),
        ended: Some(day("2026-03-05")),
        outcome: None,
        cost: None,
        source: Source {
            system: "test".to_owned(),
            reference: format!("{person}-{council}"),
        },
        detail: json!({ "admission_method": "21" }),
        recorded_by: "a test".to_owned(),
    }
}

#[test]
fn whichever_process_looks_finds_the_same_people_on_record_with_a_file_and_without() {
    for place in [Place::sqlite(), Place::postgres()] {
        let name = format!("stour-processes-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let files = || fs::read_dir(&folder).unwrap().count();
        let processes = Processes {
            place,
            folder: folder.clone(),
        };
        let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 7);
        let first = processes.next();
        assert_eq!(processes.look(&first, "2026-11-24"), (None, vec![]));
        assert_eq!(files(), 0, "there is nothing to know the database by");
        let made = environment.clone();
        first
            .write_blocking(move |tx| {
                let somebody = person(tx, &made, "1941-11-25");
                append(tx, &made, stay(somebody, "E06000058")).unwrap();
                person(tx, &made, "2025-11-26");
                Ok::<_, Error>(())
            })
            .unwrap();
        let aged = vec![(0, 1), (17, 1)];
        assert_eq!(processes.look(&first, "2026-11-24"), (None, aged.clone()));
        assert_eq!(
            processes.look(&processes.next(), "2026-11-24"),
            (None, aged)
        );
        assert_eq!(files(), 1);
        // From here on a process begins with the file of that day.
        let kept = Some(day("2026-11-24"));
        let later = processes.next();
        let older = |band| vec![(band, 1), (18, 1)];
        assert_eq!(processes.look(&later, "2026-11-25"), (kept, older(0)));
        assert_eq!(processes.look(&first, "2026-11-25"), (None, older(0)));
        assert_eq!(processes.look(&later, "2026-11-26"), (kept, older(1)));
        let made = environment.clone();
        first
            .write_blocking(move |tx| {
                let somebody = person(tx, &made, "1990-01-01");
                append(tx, &made, stay(somebody, "E06000059")).unwrap();
                Ok::<_, Error>(())
            })
            .unwrap();
        let all = vec![(1, 1), (8, 1), (18, 1)];
        for (process, from) in [(later, kept), (first, None), (processes.next(), kept)] {
            assert_eq!(processes.look(&process, "2026-11-26"), (from, all.clone()));
        }
        let old = processes.look(&processes.next(), "2026-12-01");
        assert_eq!(old, (None, all), "a file of a week ago is too old");
        fs::remove_dir_all(&folder).unwrap();
    }
}
