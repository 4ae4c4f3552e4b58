use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use stour_database::testing::each_database;
use stour_database::{Database, Transaction, params, sql};
use stour_kernel::Environment;
use stour_open_referral::Organization;
use stour_search::{Facet, Query};

use super::super::{Directory, ENOUGH, Stands};
use super::*;
use crate::error::DirectoryError;
use crate::listing::{self, ListingId, NewListing, Provenance, Visibility};
use crate::testing::service;
use crate::{FINDING_MIGRATIONS, MIGRATIONS};

/// A folder of its own, emptied.
fn folder(name: &str) -> PathBuf {
    let name = format!("stour-listings-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// So many seconds after a morning.
fn at(second: i64) -> Environment {
    let morning: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let moment = Timestamp::from_second(morning.as_second() + second).unwrap();
    Environment::seeded(moment, 1)
}

fn id(number: u64) -> ListingId {
    format!("ac148810-d857-441c-9679-{number:012x}")
        .parse()
        .unwrap()
}

fn write_with<T: Send + 'static>(
    database: &Database,
    work: impl Fn(&mut Transaction<'_>) -> Result<T, DirectoryError> + Send + 'static,
) -> T {
    database.write_blocking(work).unwrap()
}

/// Saves a listing with this name, as a new one or the next version of one.
fn save(database: &Database, environment: &Environment, number: u64, name: &str) {
    let (environment, id) = (environment.clone(), id(number));
    let organisation = format!("d9d5e0f5-d3ce-4f73-9a2f-00000000000{}", number % 3);
    let over = json!({
        "id": id.to_string(), "name": name,
        "organization": {"id": organisation, "name": format!("Friends of {name}"), "description": "A charity"},
    });
    let service = service(over);
    write_with(database, move |tx| {
        let seen = listing::listing(tx, id)?.map(|before| before.version);
        let new = NewListing {
            id,
            provenance: Provenance::own(id),
            service: service.clone(),
            review_due: None,
            seen,
        };
        listing::save(tx, &environment, new, "A test", "It changed")
    });
}

/// A start: with the file, or without one.
fn started(database: &Database, environment: &Environment, file: Option<&Saved>) -> Arc<Directory> {
    let directory = Arc::new(Directory::default());
    if let Some(file) = file {
        directory.file.get_or_init(|| file.clone());
    }
    follow(database, environment, &directory);
    directory
}

fn follow(database: &Database, environment: &Environment, directory: &Arc<Directory>) {
    let (environment, directory) = (environment.clone(), Arc::clone(directory));
    let followed = database.read_blocking(move |tx| directory.refresh(tx, &environment));
    followed.unwrap();
}

/// Writes what the job would write by now; whether that was anything.
fn written(
    database: &Database,
    environment: &Environment,
    directory: &Arc<Directory>,
    file: &Saved,
) -> bool {
    let (environment, directory) = (environment.clone(), Arc::clone(directory));
    let snapshot = database
        .read_blocking(move |tx| directory.to_save(tx, &environment))
        .unwrap();
    let is_any = snapshot.is_some();
    if let Some(snapshot) = snapshot {
        file.write(snapshot);
    }
    is_any
}

/// Whether what is searched came from the file: what was read anew is still to be written.
fn is_of_the_file(directory: &Directory) -> bool {
    directory.unsaved.load(Ordering::Relaxed) < ENOUGH
}

/// What is found by some questions, with all counts.
fn answers(directory: &Directory) -> Vec<String> {
    let words = ["", "lunch", "choir", "walk", "friends", "charity", "refuge"];
    let mut answers: Vec<String> = words
        .iter()
        .map(|words| {
            let query = Query {
                words: (*words).to_owned(),
                ..Query::default()
            };
            let found = directory.find(&query).unwrap();
            let hits: Vec<_> = found.hits.iter().map(|hit| &hit.id).collect();
            format!("{words}: {} {hits:?} {:?}", found.total, found.facets)
        })
        .collect();
    for number in 0..4 {
        let id = format!("d9d5e0f5-d3ce-4f73-9a2f-00000000000{number}");
        answers.push(format!("{:?}", directory.organisation(&id)));
    }
    answers
}

/// One change of any kind, by a number that nobody chose.
fn change(database: &Database, environment: &Environment, random: u64) {
    let number = (random >> 8) % 9;
    let (of, moment) = (id(number), environment.clone());
    let names = ["Lunch club", "Choir", "Walking group", "A women's refuge"];
    let name = names[usize::try_from((random >> 24) % 4).unwrap()];
    let other = id((random >> 32) % 9);
    let kind = random % 7;
    match kind {
        0..=2 => save(database, environment, number, name),
        3 => write_with(database, move |tx| {
            let Some(found) = listing::listing(tx, of)? else {
                return Ok(());
            };
            let visibility = match found.visibility {
                Visibility::Public => Visibility::Held("Somebody asked".to_owned()),
                _ => Visibility::Public,
            };
            listing::decide(
                tx,
                &moment,
                (of, found.version),
                visibility,
                ("A test", "So"),
            )?;
            Ok(())
        }),
        4 => write_with(database, move |tx| {
            let (Some(found), Some(other)) =
                (listing::listing(tx, of)?, listing::listing(tx, other)?)
            else {
                return Ok(());
            };
            let shown = (found.same_as.is_none() && other.id != of).then_some(other.id);
            listing::follow(tx, &moment, (of, found.version), shown, ("A test", "So"))?;
            Ok(())
        }),
        5 => write_with(database, move |tx| {
            listing::mark_read(tx, of, moment.now())?;
            let after = Timestamp::from_second(moment.now().as_second() + 1).unwrap();
            listing::withdraw_unread(tx, &moment, listing::OWN, after, "It is gone")?;
            Ok(())
        }),
        _ => write_with(database, move |tx| {
            let id = format!("d9d5e0f5-d3ce-4f73-9a2f-00000000000{}", number % 4);
            let organisation: Organization = serde_json::from_value(json!({
                "id": id, "name": format!("{name} trust"), "description": "It stands alone",
            }))
            .unwrap();
            let of = ListingId(organisation.id);
            let seen = listing::organisation(tx, of)?.map(|before| before.version);
            let from = (listing::OWN, id.as_str(), seen);
            listing::save_organisation(tx, &moment, from, organisation, ("A test", "So"))?;
            Ok(())
        }),
    }
}

#[test]
fn a_start_with_the_file_finds_what_one_without_it_finds() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let folder = folder("random");
        let file = Saved::within(&folder);
        let mut random = 20_261_124_u64;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        let mut restored = 0;
        let running = started(&database, &at(0), Some(&file));
        assert!(written(&database, &at(0), &running, &file));
        for round in 1..60 {
            // Several at one moment, some of them at that of the writing.
            let moment = at(i64::from(round) * 7);
            for _ in 0..=next() % 4 {
                change(&database, &moment, next());
            }
            let anew = answers(&started(&database, &moment, None));
            let again = started(&database, &moment, Some(&file));
            restored += usize::from(is_of_the_file(&again));
            assert_eq!(answers(&again), anew, "round {round}, from the file");
            follow(&database, &moment, &running);
            assert_eq!(answers(&running), anew, "round {round}, followed");
            if next() % 4 == 0 {
                running.unsaved.store(ENOUGH, Ordering::Relaxed);
                assert!(written(&database, &moment, &running, &file));
            }
        }
        assert_eq!(restored, 59);
        fs::remove_dir_all(&folder).unwrap();
    });
}

#[test]
fn a_listing_of_a_database_that_was_put_back_is_read_as_it_is_there() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let folder = folder("back");
        let file = Saved::within(&folder);
        save(&database, &at(0), 1, "Lunch club");
        let before = database
            .read_blocking(|tx| listing::listing(tx, id(1)))
            .unwrap()
            .unwrap();
        save(&database, &at(10), 1, "Choir");
        save(&database, &at(10), 2, "Walking group");
        let running = started(&database, &at(20), Some(&file));
        assert!(written(&database, &at(20), &running, &file));
        // As a backup of the morning has it; the count of changes is then raised by others to what it was.
        write_with(&database, move |tx| {
            tx.execute(sql!("DELETE FROM listing_version"), params![])?;
            tx.execute(sql!("DELETE FROM listing WHERE id = $1"), params![id(2)])?;
            tx.execute(
                sql!("UPDATE listing SET document = $2, name = 'Lunch club', version = 1, updated_at = $3 WHERE id = $1"),
                params![id(1), serde_json::to_string(&before.service).unwrap(), before.updated_at],
            )?;
            Ok(())
        });
        let again = started(&database, &at(30), Some(&file));
        assert!(is_of_the_file(&again));
        let anew = answers(&started(&database, &at(30), None));
        assert_eq!(answers(&again), anew);
        assert_eq!(
            again.find(&Query::default()).unwrap().facets[&Facet::Kind].len(),
            2
        );
        fs::remove_dir_all(&folder).unwrap();
    });
}

#[test]
fn the_file_holds_nothing_that_does_not_leave_the_house() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let folder = folder("private");
        let file = Saved::within(&folder);
        save(&database, &at(0), 1, "Lunch club");
        save(&database, &at(0), 2, "A women's refuge at Quince House");
        save(&database, &at(0), 3, "Kestrel hideaway");
        let running = started(&database, &at(5), Some(&file));
        assert_eq!(running.find(&Query::default()).unwrap().total, 4);
        write_with(&database, |tx| {
            let seen = listing::listing(tx, id(3))?.unwrap().version;
            let held = Visibility::Held("Somebody asked".to_owned());
            listing::decide(tx, &at(10), (id(3), seen), held, ("A test", "So"))?;
            Ok(())
        });
        assert!(written(&database, &at(10), &running, &file));
        assert!(
            !written(&database, &at(11), &running, &file),
            "nothing has changed"
        );
        let text = String::from_utf8_lossy(&fs::read(folder.join(NAME)).unwrap()).to_lowercase();
        assert!(text.contains("lunch club"));
        for word in ["quince", "kestrel", "hideaway"] {
            assert!(!text.contains(word), "{word}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let about = fs::metadata(folder.join(NAME)).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
        fs::remove_dir_all(&folder).unwrap();
    });
}

#[test]
fn a_file_that_is_damaged_or_does_not_belong_is_not_read() {
    let folder = folder("damaged");
    let file = Saved::within(&folder);
    let today: Date = "2026-11-24".parse().unwrap();
    file.write(Snapshot {
        state: State::default(),
        stands: Stands {
            listings: None,
            postcodes: None,
            needs: None,
            day: today,
            since: at(0).now(),
        },
        postcodes: None,
        others: Digested::default(),
    });
    let is_read = |today: Date, postcodes| {
        let head = file.head(today, postcodes)?;
        file.state(&head)
    };
    assert!(is_read(today, None).is_some());
    assert!(is_read("2026-11-30".parse().unwrap(), None).is_some());
    assert!(is_read("2026-12-01".parse().unwrap(), None).is_none());
    assert!(is_read("2026-11-23".parse().unwrap(), None).is_none());
    assert!(is_read(today, Some(Digested::default())).is_none());
    let path = folder.join(NAME);
    let bytes = fs::read(&path).unwrap();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(is_read(today, None).is_none(), "byte {place}");
        fs::write(&path, &bytes[..place]).unwrap();
        assert!(is_read(today, None).is_none(), "cut at {place}");
    }
    fs::remove_dir_all(&folder).unwrap();
}
