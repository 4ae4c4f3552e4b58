//! What the tests of the audit share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use stour_database::{Database, testing};
use stour_kernel::{Environment, PersonId};

use crate::MIGRATIONS;
use crate::audit::{AuditEntry, AuditTrail, append};
use crate::purpose::Purpose;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder of its own, removed with its content when dropped.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Folder {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("stour-audit-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn environment() -> Environment {
    Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 7)
}

pub(super) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

pub(super) fn each(test: impl Fn(&Database, &Environment)) {
    testing::each_database(&[MIGRATIONS], |database| test(&database, &environment()));
}

pub(super) fn entry(number: usize, persons: &[PersonId]) -> AuditEntry {
    AuditEntry::by_nobody(
        format!("Nurse {number}"),
        "person.read",
        Purpose::DirectCare,
    )
    .on("person", number)
    .about_all(persons.iter().copied())
    .detail(serde_json::json!({ "number": number }))
    .request(format!("request-{number}"))
}

/// This many entries; every third names two persons, the others one.
pub(super) fn fill(database: &Database, env: &Environment, count: usize) -> Vec<PersonId> {
    let people: Vec<PersonId> = (0..3).map(|_| env.id()).collect();
    let (env, named) = (env.clone(), people.clone());
    database
        .write_blocking(move |tx| {
            for number in 0..count {
                let persons = if number % 3 == 0 {
                    &named[..2]
                } else {
                    &named[2..]
                };
                append(tx, &env, &entry(number, persons))?;
            }
            Ok::<_, stour_database::Error>(())
        })
        .unwrap();
    people
}

/// A trail whose file has a copy of everything.
pub(super) fn trail(database: &Database, env: &Environment, folder: &Folder) -> AuditTrail {
    let trail = AuditTrail::start(database.clone(), env.clone(), Some(&folder.0)).unwrap();
    assert!(runtime().block_on(trail.copied()));
    trail
}
