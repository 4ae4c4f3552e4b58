//! Keeping the numbers up to what is committed.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use stour_database::{Database, Result, Transaction, params, sql};
use stour_facts::{changed_after, last_change};
use stour_indicators::{Columns, Day, Vocabulary};
use stour_kernel::{Date, PersonId, TypedId};
use stour_web::{House, Job};

use super::cache::Saved;
use super::read::{NOBODY, Reader};
use super::state::State;
use crate::catalogue::{Catalogue, catalogue};

/// From how many changed people on it is quicker to read everybody than to read them one by one.
const MANY: usize = 50_000;
/// How long what is committed may be missing from the numbers while nobody looks.
const MOMENT: Duration = Duration::from_secs(1);

/// The numbers beside their database.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Whoever brings them up to date holds the last change that is in them.
    last: Mutex<i64>,
    state: RwLock<Option<State>>,
}

/// Why there are no numbers.
#[derive(Debug, Clone)]
pub(crate) enum NoNumbers {
    /// The database does not answer.
    Database(stour_database::Error),
    /// The definitions or the reference data cannot be read.
    Data(String),
}

impl From<stour_database::Error> for NoNumbers {
    fn from(error: stour_database::Error) -> Self {
        Self::Database(error)
    }
}

impl std::fmt::Display for NoNumbers {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => error.fmt(out),
            Self::Data(error) => out.write_str(error),
        }
    }
}

impl Numbers {
    /// Asks the numbers something, as they stand.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&State) -> T) -> Option<T> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.as_ref().map(question)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Option<State>) -> T) -> T {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The numbers of this database.
pub(crate) fn numbers(database: &Database) -> Arc<Numbers> {
    database.companion()
}

/// Brings the numbers up to what is committed, as it stands today; the first time everybody is counted, from the file
/// beside the database where there is one.
pub(crate) fn catch_up(
    tx: &mut Transaction<'_>,
    today: Date,
    file: &Saved,
) -> Result<(), NoNumbers> {
    let numbers = tx.companion::<Numbers>();
    let catalogue = catalogue().map_err(|error| NoNumbers::Data(error.to_owned()))?;
    let mut last = numbers.last.lock().unwrap_or_else(PoisonError::into_inner);
    match numbers.ask(State::as_of) {
        None => *last = begin(tx, catalogue, &numbers, (today, file))?,
        Some(day) if day != Day::from(today) => {
            let counted =
                numbers.change(|state| state.as_mut().map(|state| state.recount(today.into())));
            counted
                .transpose()
                .map_err(|error| NoNumbers::Data(error.to_string()))?;
        }
        Some(_) => {}
    }
    let changed = changed_after(tx, *last)?;
    let Some((newest, _)) = changed.last().copied() else {
        return Ok(());
    };
    if changed.len() >= MANY {
        *last = begin(tx, catalogue, &numbers, (today, &Saved::nowhere()))?;
    } else {
        follow(
            tx,
            catalogue,
            &numbers,
            changed.into_iter().map(|(_, person)| person),
        )?;
        *last = newest;
    }
    Ok(())
}

/// Counts everybody.
fn begin(
    tx: &mut Transaction<'_>,
    catalogue: &'static Catalogue,
    numbers: &Numbers,
    (today, file): (Date, &Saved),
) -> Result<i64, NoNumbers> {
    let reference =
        stour_partnership::reference().map_err(|error| NoNumbers::Data(error.to_string()))?;
    let last = last_change(tx)?;
    let (found, vocabulary, everybody) = if let Some(kept) = file.read(tx, last, today)? {
        kept
    } else {
        let mut vocabulary = Vocabulary::default();
        let everybody = Reader::new(&catalogue.fields, &mut vocabulary).everybody(tx, today)?;
        file.write((last, today), &vocabulary, &everybody);
        (last, vocabulary, everybody)
    };
    let state = State::new(catalogue, reference, vocabulary, everybody, today.into())
        .map_err(|error| NoNumbers::Data(error.to_string()))?;
    numbers.change(|kept| *kept = Some(state));
    Ok(found)
}

/// Reads some people anew and puts them in the place of what was counted of them.
fn follow(
    tx: &mut Transaction<'_>,
    catalogue: &Catalogue,
    numbers: &Numbers,
    changed: impl Iterator<Item = Option<PersonId>>,
) -> Result<(), NoNumbers> {
    let known = numbers
        .ask(|state| state.vocabulary().clone())
        .unwrap_or_default();
    let mut vocabulary = known.clone();
    let mut reader = Reader::new(&catalogue.fields, &mut vocabulary);
    let mut people: Vec<(u128, Option<Columns>)> = Vec::new();
    for person in with_survivors(tx, changed)? {
        let id = person.map_or(NOBODY, |person| person.id().as_u128());
        people.push((id, reader.one(tx, person)?));
    }
    let grown = (vocabulary.len() > known.len()).then_some(vocabulary);
    let put = numbers.change(|state| state.as_mut().map(|state| state.put(people, grown)));
    put.transpose()
        .map_err(|error| NoNumbers::Data(error.to_string()))?;
    Ok(())
}

/// These people and whoever they were merged into.
fn with_survivors(
    tx: &mut Transaction<'_>,
    changed: impl Iterator<Item = Option<PersonId>>,
) -> Result<BTreeSet<Option<PersonId>>> {
    let mut all = BTreeSet::new();
    for person in changed {
        all.insert(person);
        if let Some(person) = person {
            let survivor = tx.optional(
                sql!("SELECT survivor FROM person WHERE id = $1 AND survivor IS NOT NULL"),
                params![person],
                |row| row.get::<PersonId>(0),
            )?;
            all.extend(survivor.map(Some));
        }
    }
    Ok(all)
}

/// Keeps the numbers up to what is committed for as long as the program runs.
pub(crate) const JOB: Job = Job {
    name: "numbers of indicators in memory",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        if let Err(error) = bring(&house).await {
            tracing::warn!(%error, "indicators are not up to date");
        }
        tokio::time::sleep(MOMENT).await;
    }
}

/// Brings the numbers up to date, on a thread of its own: the first time takes as long as reading everybody does.
pub(crate) async fn bring(house: &House) -> Result<(), NoNumbers> {
    let house = house.clone();
    let work = tokio::task::spawn_blocking(move || bring_blocking(&house));
    work.await
        .map_err(|error| NoNumbers::Data(error.to_string()))?
}

/// [`bring`] for a thread of its own.
pub(crate) fn bring_blocking(house: &House) -> Result<(), NoNumbers> {
    let today = house.environment().today();
    let file = Saved::beside(house);
    house
        .database()
        .read_unhurried(move |tx| catch_up(tx, today, &file))
}
