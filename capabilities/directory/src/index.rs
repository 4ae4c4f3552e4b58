//! The listings that the public may see, in memory, to be searched by pages and the API alike.
//!
//! One for each process and database, kept beside it. Whoever searches brings it up to date first, in the transaction they
//! read with: what was saved before is found, whichever process saved it.

mod entry;
mod kept;
mod labels;
mod organisation;
mod read;
mod restore;
pub(crate) mod rules;
mod saved;
mod words;

pub(crate) use entry::{Reading, place_of_site};
pub(crate) use organisation::PREFIX;
pub(crate) use words::IMPORT as IMPORT_NEEDS;
use words::needs;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use jiff::ToSpan as _;
use stour_database::{PageSize, Transaction};
use stour_kernel::{Date, Environment, Timestamp};
use stour_open_referral::{Organization, Uuid};
use stour_search::{Entry, Facet, Found, Index, Query, QueryError};
use stour_web::{House, Job};

use crate::error::DirectoryError;
use crate::listing::{self, ListingId};
use crate::postcode;
use crate::publication::Published;
use kept::Kept;
use labels::Labels;
use organisation::Organisations;
use restore::Snapshot;
use saved::Saved;

/// How many listings are read at once.
const PAGE: i64 = 200;
/// From how many changes on the file is written again: so many are read anew at a start in some hundredths of a second.
const ENOUGH: usize = 250;
/// Transactions that overlap may commit out of the order of their clocks, and clocks differ: so much is read again.
const OVERLAP_MINUTES: i64 = 2;
/// How often a server looks whether the day has changed: what is open depends on the day.
const EVERY: std::time::Duration = std::time::Duration::from_mins(1);

/// The index and what its values are called.
#[derive(Default)]
pub(crate) struct Directory {
    state: RwLock<State>,
    refreshing: Mutex<()>,
    /// The file beside the database, where this process serves from a folder.
    file: OnceLock<Saved>,
    /// How many changes are not in the file.
    unsaved: AtomicUsize,
}

#[derive(Clone, Default)]
struct State {
    index: Index,
    labels: Labels,
    organisations: Organisations,
    /// Each listing, with what tells its state from every other of it.
    seen: BTreeMap<Uuid, (i64, Timestamp)>,
    stands: Option<Stands>,
}

/// What a state was made of.
#[derive(Clone, Copy, PartialEq)]
struct Stands {
    listings: Option<i64>,
    postcodes: Option<i64>,
    needs: Option<i64>,
    day: Date,
    since: Timestamp,
}

/// Brings the index up to date. Only for transactions that read: what another has not yet committed must not be found.
pub(crate) fn directory(
    tx: &mut Transaction<'_>,
    environment: &Environment,
) -> Result<Arc<Directory>, DirectoryError> {
    let directory = tx.companion::<Directory>();
    directory.refresh(tx, environment)?;
    Ok(directory)
}

impl Directory {
    /// What there is for a query.
    pub(crate) fn find(&self, query: &Query) -> Result<Found, QueryError> {
        self.read().index.find(query)
    }

    /// What a value of a facet is called.
    pub(crate) fn label(&self, facet: Facet, value: &str) -> String {
        self.read().labels.of(facet, value)
    }

    /// What an organisation is called and what is said of it.
    pub(crate) fn organisation(&self, id: &str) -> Option<(String, String)> {
        self.read().organisations.said(id.parse().ok()?)
    }

    /// How many services and organisations there are.
    pub(crate) fn len(&self) -> usize {
        self.read().index.len()
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn refresh(
        &self,
        tx: &mut Transaction<'_>,
        environment: &Environment,
    ) -> Result<(), DirectoryError> {
        let topics = stour_database::topics(tx)?;
        let listings = topics.get(listing::TOPIC).copied();
        let postcodes = topics.get(postcode::TOPIC).copied();
        let needs = topics.get(words::TOPIC).copied();
        let is_current = |stands: Option<Stands>| {
            stands.is_some_and(|it| {
                it.listings >= listings && it.postcodes == postcodes && it.needs == needs
            })
        };
        if is_current(self.read().stands) {
            return Ok(());
        }
        let _one = self
            .refreshing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let stands = self.read().stands;
        if is_current(stands) {
            return Ok(());
        }
        let mut next = Stands {
            listings,
            postcodes,
            needs,
            day: environment.today(),
            since: environment.now(),
        };
        match stands {
            Some(before) if before.postcodes == postcodes && before.needs == needs => {
                next.day = before.day;
                self.follow(tx, before, next)
            }
            Some(_) => self.rebuild(tx, next),
            None => self.begin(tx, next),
        }
    }

    /// Reads the file where there is one, with what has changed since, and else everything.
    fn begin(&self, tx: &mut Transaction<'_>, stands: Stands) -> Result<(), DirectoryError> {
        let restored = match self.file.get() {
            Some(file) => restore::restore(tx, file, stands)?,
            None => None,
        };
        let Some((state, changed)) = restored else {
            return self.rebuild(tx, stands);
        };
        self.unsaved.store(changed, Ordering::Relaxed);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        Ok(())
    }

    /// Reads everything anew beside what is searched meanwhile.
    fn rebuild(&self, tx: &mut Transaction<'_>, stands: Stands) -> Result<(), DirectoryError> {
        let reading = Reading::new(tx, stands.day)?;
        let listings = read::all(tx, &reading, threads())?;
        let mut state = State {
            labels: Labels::new(stands.day),
            stands: Some(stands),
            ..State::default()
        };
        for kept in &listings {
            kept.note(&mut state);
        }
        state.stand_alone(organisations_alone(tx)?);
        let organisations = state.organisations.entries();
        let services = listings.iter().map(|kept| &kept.entry);
        let entries: Vec<&Entry> = services.chain(&organisations).collect();
        state.index = Index::build(&entries, needs(tx)?, threads());
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.unsaved.store(ENOUGH, Ordering::Relaxed);
        Ok(())
    }

    /// What is to be written, if that is worth it by now.
    fn to_save(
        &self,
        tx: &mut Transaction<'_>,
        environment: &Environment,
    ) -> Result<Option<Snapshot>, DirectoryError> {
        if self.file.get().is_none() || self.unsaved.load(Ordering::Relaxed) < ENOUGH {
            return Ok(None);
        }
        self.refresh(tx, environment)?;
        let listings = stour_database::topics(tx)?.get(listing::TOPIC).copied();
        let state = self.read().clone();
        match state.stands {
            // Somebody else may have brought it further than this moment of the database: then the next time.
            Some(stands) if stands.listings == listings => {
                self.unsaved.store(0, Ordering::Relaxed);
                Snapshot::of(tx, state, stands).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Takes over what has changed.
    fn follow(
        &self,
        tx: &mut Transaction<'_>,
        before: Stands,
        stands: Stands,
    ) -> Result<(), DirectoryError> {
        let reading = Reading::new(tx, stands.day)?;
        let since = before.since.saturating_sub(OVERLAP_MINUTES.minutes());
        let since = since.unwrap_or(before.since);
        let mut from = (since, None);
        loop {
            let page = listing::changed_since(tx, from, size())?;
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            let changed = page
                .items
                .iter()
                .filter(|changed| state.change(changed.id, changed.published.as_ref(), &reading));
            self.unsaved.fetch_add(changed.count(), Ordering::Relaxed);
            match page.items.last() {
                Some(last) if page.next.is_some() => from = (last.updated_at, Some(last.id)),
                _ => break,
            }
        }
        let alone = organisations_alone(tx)?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.take_in_organisations(alone);
        state.stands = Some(stands);
        Ok(())
    }
}

impl State {
    /// Takes over a listing as it is now; whether it was not so already.
    fn change(
        &mut self,
        ListingId(id): ListingId,
        published: Option<&Published>,
        reading: &Reading,
    ) -> bool {
        if let Some(published) = published {
            if self.seen.get(&id) == Some(&kept::state(published)) {
                return false;
            }
            let kept = Kept::of(published, reading);
            kept.note(self);
            self.index.upsert(&kept.entry);
            return true;
        }
        if self.seen.remove(&id).is_none() {
            return false;
        }
        self.index.remove(&id.to_string());
        self.organisations.remove(id);
        true
    }

    fn stand_alone(&mut self, alone: Vec<Organization>) {
        self.organisations.stand_alone(alone, &mut self.labels);
    }

    /// Takes over these for the organisations that stand alone, and what has changed of any.
    fn take_in_organisations(&mut self, alone: Vec<Organization>) {
        self.stand_alone(alone);
        for entry in self.organisations.changed() {
            match entry {
                Ok(entry) => self.index.upsert(&entry),
                Err(gone) => {
                    self.index.remove(&gone);
                }
            }
        }
    }
}

/// The organisations that stand alone, read before anything is locked.
fn organisations_alone(tx: &mut Transaction<'_>) -> Result<Vec<Organization>, DirectoryError> {
    let mut alone = Vec::new();
    let mut after = None;
    loop {
        let page = listing::published_organisations(tx, after, size())?;
        after = page.next.as_ref().and_then(last_id);
        alone.extend(page.items);
        if after.is_none() {
            return Ok(alone);
        }
    }
}

/// How many threads read and build.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(4))
}

fn size() -> PageSize {
    PageSize::new(PAGE).unwrap_or_default()
}

fn last_id(cursor: &stour_database::Cursor) -> Option<ListingId> {
    cursor.parts::<1>().ok().and_then(|[id]| id.parse().ok())
}

/// Keeps the index of a server current before anybody asks, and makes it anew each day.
pub(crate) const JOB: Job = Job {
    name: "the directory in memory",
    run: |house| {
        // Before anything else runs: the first search finds the file, whoever makes it.
        if let Some(file) = Saved::beside(&house) {
            let directory = house.database().companion::<Directory>();
            directory.file.get_or_init(|| file);
        }
        Box::pin(keep(house))
    },
};

async fn keep(house: House) {
    loop {
        if let Err(error) = bring_up_to_date(&house).await {
            tracing::warn!(%error, "the directory in memory could not be brought up to date");
        }
        if let Err(error) = save(&house).await {
            tracing::warn!(%error, "the directory in memory could not be kept for the next start");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn bring_up_to_date(house: &House) -> Result<(), DirectoryError> {
    let environment = house.environment().clone();
    let today = environment.today();
    let kept = house.database().read(move |tx| {
        let directory = directory(tx, &environment)?;
        let stands = directory.read().stands;
        match stands {
            Some(stands) if stands.day != today => {
                let stands = Stands {
                    day: today,
                    since: environment.now(),
                    ..stands
                };
                directory.rebuild(tx, stands)
            }
            _ => Ok(()),
        }
    });
    kept.await
}

/// Writes the file where that is worth it, outside of any transaction.
async fn save(house: &House) -> Result<(), DirectoryError> {
    let directory = house.database().companion::<Directory>();
    let Some(file) = directory.file.get().cloned() else {
        return Ok(());
    };
    let environment = house.environment().clone();
    let snapshot = house
        .database()
        .read(move |tx| directory.to_save(tx, &environment));
    if let Some(snapshot) = snapshot.await? {
        let written = tokio::task::spawn_blocking(move || file.write(snapshot)).await;
        if let Err(error) = written {
            tracing::warn!(%error, "the file of the directory was not written");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
