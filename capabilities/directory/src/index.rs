//! The listings that the public may see, in memory, to be searched by pages and the API alike.
//!
//! One for each process and database, kept beside it. Whoever searches brings it up to date first, in the transaction they
//! read with: what was saved before is found, whichever process saved it.

mod entry;
mod labels;
mod organisation;
mod read;
pub(crate) mod rules;
mod words;

pub(crate) use entry::{Reading, place_of_site};
pub(crate) use organisation::PREFIX;
pub(crate) use words::IMPORT as IMPORT_NEEDS;
use words::needs;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use jiff::ToSpan as _;
use stour_database::{PageSize, Transaction};
use stour_kernel::{Date, Environment, Timestamp};
use stour_open_referral::{Organization, Uuid};
use stour_search::{Facet, Found, Index, Query, QueryError};
use stour_web::{House, Job};

use crate::error::DirectoryError;
use crate::listing::{self, ListingId};
use crate::postcode;
use crate::publication::Published;
use labels::Labels;
use organisation::Organisations;

/// How many listings are read at once.
const PAGE: i64 = 200;
/// How many are read at once where all are.
const AT_ONCE: i64 = 5_000;
/// Transactions that overlap may commit out of the order of their clocks, and clocks differ: so much is read again.
const OVERLAP_MINUTES: i64 = 2;
/// How often a server looks whether the day has changed: what is open depends on the day.
const EVERY: std::time::Duration = std::time::Duration::from_mins(1);

/// The index and what its values are called.
#[derive(Default)]
pub(crate) struct Directory {
    state: RwLock<State>,
    refreshing: Mutex<()>,
}

#[derive(Default)]
struct State {
    index: Index,
    labels: Labels,
    organisations: Organisations,
    /// Each listing, with a digest of what it says.
    seen: BTreeMap<Uuid, u64>,
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
            _ => self.rebuild(tx, next),
        }
    }

    /// Reads everything anew beside what is searched meanwhile.
    fn rebuild(&self, tx: &mut Transaction<'_>, stands: Stands) -> Result<(), DirectoryError> {
        let reading = Reading::new(tx, stands.day)?;
        let mut state = State {
            labels: Labels::new(stands.day),
            stands: Some(stands),
            ..State::default()
        };
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
        let mut entries = Vec::new();
        let mut after = None;
        loop {
            let rows = listing::to_publish(tx, after, AT_ONCE)?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id());
            for part in read::all(rows, &reading, threads)? {
                state.labels.take_over(part.labels);
                for (published, entry, digest) in part.listings {
                    state.organisations.put(published.service(), &entry);
                    state.seen.insert(published.service().id, digest);
                    entries.push(entry);
                }
            }
        }
        state.take_in_organisations(organisations_alone(tx)?);
        entries.extend(state.organisations.entries());
        state.index = Index::build(&entries, needs(tx)?, threads);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        Ok(())
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
            for changed in &page.items {
                state.change(changed, &reading);
            }
            match page.items.last() {
                Some(last) if page.next.is_some() => from = (last.updated_at, Some(last.id)),
                _ => break,
            }
        }
        let alone = organisations_alone(tx)?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.take_in_organisations(alone);
        for entry in state.organisations.changed() {
            match entry {
                Ok(entry) => state.index.upsert(&entry),
                Err(gone) => {
                    state.index.remove(&gone);
                }
            }
        }
        state.stands = Some(stands);
        Ok(())
    }
}

impl State {
    /// Notes what a listing says beside its entry, which is given back.
    fn take_in(&mut self, published: &Published, reading: &Reading) -> stour_search::Entry {
        let service = published.service();
        let entry = reading.entry(service, &mut self.labels);
        self.organisations.put(service, &entry);
        self.seen.insert(service.id, digest(published));
        entry
    }

    fn change(&mut self, changed: &listing::Changed, reading: &Reading) {
        let id = changed.id.0;
        match &changed.published {
            Some(published) => {
                if self.seen.get(&id) != Some(&digest(published)) {
                    let entry = self.take_in(published, reading);
                    self.index.upsert(&entry);
                }
            }
            None => {
                if self.seen.remove(&id).is_some() {
                    self.index.remove(&id.to_string());
                    self.organisations.remove(id);
                }
            }
        }
    }

    fn take_in_organisations(&mut self, alone: Vec<Organization>) {
        self.organisations.stand_alone(alone, &mut self.labels);
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

/// What a listing says, in short: of two moments, whether it changed between them.
fn digest(published: &Published) -> u64 {
    let mut hasher = DefaultHasher::new();
    let written = serde_json::to_string(published.service()).unwrap_or_default();
    written.hash(&mut hasher);
    hasher.finish()
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
    run: |house| Box::pin(keep(house)),
};

async fn keep(house: House) {
    loop {
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
        if let Err(error) = kept.await {
            let error: DirectoryError = error;
            tracing::warn!(%error, "the directory in memory could not be brought up to date");
        }
        tokio::time::sleep(EVERY).await;
    }
}

#[cfg(test)]
mod tests;
