//! Keeping the numbers up to what is committed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use stour_database::{Database, Result, Transaction, params, sql};
use stour_facts::{changed_after, last_change};
use stour_indicators::{Columns, Day, Vocabulary};
use stour_kernel::{Date, PersonId, TypedId};
use stour_web::{House, Job};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, Semaphore};

use super::cache::{Kept, Saved};
use super::read::{NOBODY, Reader};
use super::state::State;
use crate::catalogue::{Catalogue, catalogue};

/// From how many changed people on it is quicker to read everybody than to read them one by one.
const MANY: usize = 50_000;
/// How long what is committed may be missing from the numbers while nobody looks.
const MOMENT: Duration = Duration::from_secs(1);

/// How many may ask at once: a question can take a pass over everybody, which another processor may make.
const ASKERS: usize = 4;

/// The numbers beside their database.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// Whoever brings them up to date holds this: the number of the last attempt that succeeded. It is waited for before
    /// a thread or a reader of the database is taken, so that those who wait leave both to others.
    turn: Arc<AsyncMutex<u64>>,
    /// The number of the last attempt to bring them up to date that began.
    begun: AtomicU64,
    state: RwLock<Option<State>>,
    askers: Semaphore,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            turn: Arc::default(),
            begun: AtomicU64::new(0),
            state: RwLock::default(),
            askers: Semaphore::new(ASKERS),
        }
    }
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

    /// The same for a task, which holds up no other task meanwhile: a question may take a pass over everybody. What is
    /// asked borrows from the task, so it cannot go to a thread that the task waits for; this one lets its other tasks go
    /// instead.
    pub(crate) async fn ask_slowly<T>(&self, question: impl FnOnce(&State) -> T) -> Option<T> {
        let _turn = self.askers.acquire().await.ok()?;
        tokio::task::block_in_place(|| self.ask(question))
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
/// beside the database where there is one. One does so at a time.
fn catch_up(tx: &mut Transaction<'_>, today: Date, file: &Saved) -> Result<(), NoNumbers> {
    let numbers = tx.companion::<Numbers>();
    let catalogue = catalogue().map_err(|error| NoNumbers::Data(error.to_owned()))?;
    match numbers.ask(State::as_of) {
        None => {
            let last = last_change(tx)?;
            let kept = file.read(tx, last, today)?;
            begin(tx, &numbers, (today, file), kept)?;
        }
        Some(day) if day != Day::from(today) => {
            let counted =
                numbers.change(|state| state.as_mut().map(|state| state.recount(today.into())));
            counted
                .transpose()
                .map_err(|error| NoNumbers::Data(error.to_string()))?;
        }
        Some(_) => {}
    }
    let last = numbers.ask(State::last).unwrap_or_default();
    let changed = changed_after(tx, last)?;
    let Some((newest, _)) = changed.last().copied() else {
        return Ok(());
    };
    if changed.len() >= MANY {
        return begin(tx, &numbers, (today, file), None);
    }
    let changed = changed.into_iter().map(|(_, person)| person);
    follow(tx, catalogue, &numbers, (newest, changed))
}

/// Counts everybody, as they were kept or from the log.
fn begin(
    tx: &mut Transaction<'_>,
    numbers: &Numbers,
    (today, file): (Date, &Saved),
    kept: Option<Kept>,
) -> Result<(), NoNumbers> {
    let kept = if let Some(kept) = kept {
        kept
    } else {
        let read = from_log(tx)?;
        file.write(today, &read);
        read
    };
    let state = counted(kept, today)?;
    numbers.change(|kept| *kept = Some(state));
    Ok(())
}

/// Reads everybody from the log, with the last change that is in it.
pub(super) fn from_log(tx: &mut Transaction<'_>) -> Result<Kept, NoNumbers> {
    let catalogue = catalogue().map_err(|error| NoNumbers::Data(error.to_owned()))?;
    let mut vocabulary = Vocabulary::default();
    let everybody = Reader::new(&catalogue.fields, &mut vocabulary).everybody(tx)?;
    Ok((last_change(tx)?, vocabulary, everybody))
}

/// Counts everybody as it stands on a day.
pub(super) fn counted(kept: Kept, today: Date) -> Result<State, NoNumbers> {
    let catalogue = catalogue().map_err(|error| NoNumbers::Data(error.to_owned()))?;
    let reference =
        stour_partnership::reference().map_err(|error| NoNumbers::Data(error.to_string()))?;
    State::new(catalogue, reference, kept, today.into())
        .map_err(|error| NoNumbers::Data(error.to_string()))
}

/// Reads some people anew and puts them in the place of what was counted of them.
fn follow(
    tx: &mut Transaction<'_>,
    catalogue: &Catalogue,
    numbers: &Numbers,
    (last, changed): (i64, impl Iterator<Item = Option<PersonId>>),
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
    let put = numbers.change(|state| state.as_mut().map(|state| state.put(last, people, grown)));
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

/// Brings the numbers up to date, on a thread of its own: the first time takes as long as reading everybody does. Those
/// who wait while another does so need not do it again where that one began after they asked.
pub(crate) async fn bring(house: &House) -> Result<(), NoNumbers> {
    let numbers = numbers(house.database());
    let begun = numbers.begun.load(Ordering::SeqCst);
    let turn = Arc::clone(&numbers.turn).lock_owned().await;
    if *turn > begun {
        return Ok(());
    }
    let house = house.clone();
    // The turn goes with the work: whoever asked may be gone before it is done.
    let work = tokio::task::spawn_blocking(move || in_turn(&house, turn, |_, _| Ok(())));
    work.await
        .map_err(|error| NoNumbers::Data(error.to_string()))?
}

/// Brings the numbers up to date and looks at what else the database holds at that moment, on a thread of its own. Must
/// not be called from async code.
pub(super) fn bring_and<T: Send + 'static>(
    house: &House,
    then: impl FnMut(&mut Transaction<'_>, Date) -> Result<T, NoNumbers> + Send + 'static,
) -> Result<T, NoNumbers> {
    let turn = Arc::clone(&numbers(house.database()).turn).blocking_lock_owned();
    in_turn(house, turn, then)
}

fn in_turn<T: Send + 'static>(
    house: &House,
    mut turn: OwnedMutexGuard<u64>,
    mut then: impl FnMut(&mut Transaction<'_>, Date) -> Result<T, NoNumbers> + Send + 'static,
) -> Result<T, NoNumbers> {
    let begun = &numbers(house.database()).begun;
    let number = begun.fetch_add(1, Ordering::SeqCst) + 1;
    let today = house.environment().today();
    let file = Saved::beside(house);
    let found = house.database().read_unhurried(move |tx| {
        catch_up(tx, today, &file)?;
        then(tx, today)
    })?;
    *turn = number;
    Ok(found)
}

#[cfg(test)]
mod tests;
