mod listening;
mod merging;
mod nights;
mod rebuilding;
mod stories;
mod storing;
mod working;

use bytes::Bytes;
use stour_database::{Database, Migrations};
use stour_kernel::{Environment, Timestamp};

use super::receipt::incoming;
use super::store::{self, Kept, MessageState};
use super::work_through;
use crate::spell::Spell;

/// The tables that a test of messages needs.
pub(crate) fn migrations() -> Vec<Migrations> {
    vec![
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_people::MIGRATIONS,
        crate::MIGRATIONS,
    ]
}

pub(crate) fn environment() -> Environment {
    Environment::fixed("2026-11-24T09:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// One message about one visit; the wards are those of Royal Bournemouth Hospital.
pub(crate) fn adt(trigger: &str, control_id: &str, when: &str, ward: &str) -> String {
    format!(
        "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|{when}||ADT^{trigger}|{control_id}|P|2.4|||||||||ITKv1.0\r\
         EVN||{when}||||{when}\r\
         PID|1||9990000018^^^NHS~H123^^^R0D^PI||Smith^Ann||19410203|F|||1 High Street^Boscombe^^^BH5 1AA^^H\r\
         PV1|1|I|R0D^{ward}^4^RBH|21||||||430|||||||||V77\r"
    )
}

/// Stores messages and works through them.
pub(crate) fn take(database: &Database, environment: &Environment, messages: &[String]) {
    let came: Vec<_> = messages
        .iter()
        .map(|one| incoming(Bytes::copy_from_slice(one.as_bytes()), "a test", true))
        .collect();
    let keeper = environment.clone();
    database
        .write_blocking(move |tx| store::keep(tx, &keeper, &came))
        .unwrap();
    runtime()
        .block_on(work_through(database, environment))
        .unwrap();
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

pub(crate) fn all(database: &Database) -> Vec<Kept> {
    let mut kept = database
        .read_blocking(|tx| {
            let mut all = Vec::new();
            for state in MessageState::ALL {
                all.extend(store::list(tx, state, None, 1000)?);
            }
            Ok::<_, stour_database::Error>(all)
        })
        .unwrap();
    kept.sort_by_key(|kept| kept.id);
    kept
}

pub(crate) fn in_hospital(database: &Database) -> Vec<Spell> {
    database.read_blocking(crate::spell::in_hospital).unwrap()
}

/// Adds every stay up anew, and says how many show something else than before.
pub(crate) fn rebuild_all(database: &Database, environment: &Environment) -> usize {
    super::rebuild::all(database, environment)
        .unwrap()
        .changed
        .len()
}
