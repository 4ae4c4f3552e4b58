//! What filters need of every published service, in memory beside the database, as of its last change.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use stour_database::{PageSize, Transaction, params, sql, topics};
use stour_kernel::{Date, Timestamp};
use stour_open_referral::{Attribute, Service, TaxonomyTerm, Uuid};
use stour_web::{House, Job};

use super::record::{Record, taxonomy_of};
use crate::error::DirectoryError;
use crate::index::{self, Reading};
use crate::listing::{self, ListingId, TOPIC};
use crate::postcode;
use crate::publication::Published;

/// How far before the last change that is known is read again: transactions that overlap may commit out of the
/// order of their clocks.
const OVERLAP: Duration = Duration::from_mins(5);
/// Listings that are read at once.
const AT_ONCE: i64 = 200;

/// How often a server brings it up to date when nobody asks, so that whoever does need not wait.
const EVERY: Duration = Duration::from_mins(1);

/// Keeps it up to date while the server runs.
pub(crate) const JOB: Job = Job {
    name: "the open feed",
    run: |house| Box::pin(keep(house)),
};

async fn keep(house: House) {
    loop {
        let environment = house.environment().clone();
        let today = environment.today();
        let followed = house.database().read(move |tx| {
            // People who search come first: read at once, both would be there later.
            index::directory(tx, &environment)?;
            let catalogue = tx.companion::<Catalogue>();
            catalogue.follow(tx, today)
        });
        if let Err(error) = followed.await {
            tracing::warn!(%error, "the open feed could not be brought up to date");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// The published services in memory, one of each database.
#[derive(Default)]
pub(crate) struct Catalogue {
    held: RwLock<Held>,
    /// Held by whoever brings it up to date.
    turn: Mutex<()>,
}

/// What is held.
#[derive(Default)]
pub(super) struct Held {
    /// The number of the change up to which it is complete.
    topic: Option<i64>,
    /// The number of the change of postcodes that places were found by.
    postcodes: Option<i64>,
    /// The moment of the last change.
    pub(super) last: Option<Timestamp>,
    pub(super) records: BTreeMap<Uuid, Record>,
    /// Services at locations, with their services.
    pub(super) sites: BTreeSet<(Uuid, Uuid)>,
    /// The terms of services as they are written, with how many services write them so.
    terms: BTreeMap<Uuid, BTreeMap<Arc<str>, usize>>,
    /// The terms that each service writes.
    written: BTreeMap<Uuid, Vec<(Uuid, Arc<str>)>>,
    /// What each service was when it was put in.
    prints: BTreeMap<Uuid, u64>,
}

impl Catalogue {
    /// Brings it up to the moment that a transaction sees.
    ///
    /// # Errors
    /// Those of the database; then it is brought up to date by the next who asks.
    pub(super) fn follow(
        &self,
        tx: &mut Transaction<'_>,
        today: Date,
    ) -> Result<(), DirectoryError> {
        let topics = topics(tx)?;
        let topic = topics.get(TOPIC).copied().unwrap_or(0);
        let postcodes = topics.get(postcode::TOPIC).copied();
        let is_current = |held: &Held| held.topic >= Some(topic) && held.postcodes == postcodes;
        if is_current(&self.held()) {
            return Ok(());
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let last = {
            let held = self.held();
            if is_current(&held) {
                return Ok(());
            }
            let is_known = held.topic.is_some() && held.postcodes == postcodes;
            held.last.filter(|_| is_known)
        };
        let reading = Reading::new(tx, today)?;
        let anew = match last {
            None => Some(Held::read(tx, &reading)?),
            Some(last) => {
                self.read_changes(tx, last, &reading)?;
                None
            }
        };
        let moment = tx.one(
            sql!("SELECT MAX(updated_at) FROM listing"),
            params![],
            |row| row.get::<Option<Timestamp>>(0),
        )?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(anew) = anew {
            *held = anew;
        }
        held.last = moment;
        held.topic = Some(topic);
        held.postcodes = postcodes;
        Ok(())
    }

    /// What is held, to be read.
    pub(super) fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_changes(
        &self,
        tx: &mut Transaction<'_>,
        last: Timestamp,
        reading: &Reading,
    ) -> Result<(), DirectoryError> {
        let mut since = (last.checked_sub(OVERLAP).unwrap_or(last), None);
        loop {
            let page = listing::changed_since(tx, since, size())?;
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            for changed in &page.items {
                held.put(changed.id, changed.published.as_ref(), reading);
            }
            match (page.next, page.items.last()) {
                (Some(_), Some(changed)) => since = (changed.updated_at, Some(changed.id)),
                _ => return Ok(()),
            }
        }
    }
}

/// A number that differs for different states of a listing.
fn fingerprint(published: &Published) -> u64 {
    let mut hasher = DefaultHasher::new();
    published.updated_at.hash(&mut hasher);
    let text = serde_json::to_string(published.service()).unwrap_or_default();
    text.hash(&mut hasher);
    hasher.finish()
}

fn size() -> PageSize {
    PageSize::new(AT_ONCE).unwrap_or_default()
}

impl Held {
    /// Everything that is published.
    fn read(tx: &mut Transaction<'_>, reading: &Reading) -> Result<Self, DirectoryError> {
        let mut held = Self::default();
        let mut after = None;
        loop {
            let page = listing::published(tx, after, size())?;
            for published in &page.items {
                held.put(published.id(), Some(published), reading);
            }
            match page.next {
                None => return Ok(held),
                Some(next) => {
                    let [id] = next.parts::<1>()?;
                    after = id.parse::<ListingId>().ok();
                }
            }
        }
    }

    /// Takes over what a listing is now.
    fn put(&mut self, id: ListingId, published: Option<&Published>, reading: &Reading) {
        let print = published.map(fingerprint);
        // What is read again because clocks may differ is most often as it was.
        if self.prints.get(&id.0).copied() == print {
            return;
        }
        self.take_out(id.0);
        if let (Some(published), Some(print)) = (published, print) {
            self.put_in(id.0, published, reading);
            self.prints.insert(id.0, print);
        }
    }

    fn take_out(&mut self, id: Uuid) {
        self.prints.remove(&id);
        let Some(record) = self.records.remove(&id) else {
            return;
        };
        for site in record.sites {
            self.sites.remove(&(site.id, id));
        }
        for (term, text) in self.written.remove(&id).unwrap_or_default() {
            let Some(texts) = self.terms.get_mut(&term) else {
                continue;
            };
            match texts.get_mut(&text) {
                Some(count @ 2..) => *count -= 1,
                _ => {
                    texts.remove(&text);
                }
            }
            if texts.is_empty() {
                self.terms.remove(&term);
            }
        }
    }

    fn put_in(&mut self, id: Uuid, published: &Published, reading: &Reading) {
        let service = published.service();
        let record = Record::of(service, published.updated_at, reading);
        self.sites
            .extend(record.sites.iter().map(|site| (site.id, id)));
        let mut written = Vec::new();
        for term in attributes(service).filter_map(|attribute| attribute.taxonomy_term.as_deref()) {
            let Ok(text) = serde_json::to_string(&with_taxonomy(term.clone())) else {
                continue;
            };
            let texts = self.terms.entry(term.id).or_default();
            // Many services share a term: its text is kept once.
            let known = texts.get_key_value(text.as_str()).map(|(known, _)| known);
            let text = known.map_or_else(|| Arc::from(text), Arc::clone);
            *texts.entry(Arc::clone(&text)).or_default() += 1;
            written.push((term.id, text));
        }
        if !written.is_empty() {
            self.written.insert(id, written);
        }
        self.records.insert(id, record);
    }

    /// The terms in use, in the order of their identifiers; of a term that is written in several ways, the
    /// first by its letters.
    pub(super) fn terms(&self) -> impl Iterator<Item = TaxonomyTerm> {
        let texts = self.terms.values().filter_map(|texts| texts.keys().next());
        texts.filter_map(|text| serde_json::from_str(text).ok())
    }

    /// One term in use.
    pub(super) fn term(&self, id: Uuid) -> Option<TaxonomyTerm> {
        let text = self.terms.get(&id)?.keys().next()?;
        serde_json::from_str(text).ok()
    }
}

/// The attributes of a service, of its organisation and of its places.
fn attributes(service: &Service) -> impl Iterator<Item = &Attribute> {
    let organisation = service
        .organization
        .iter()
        .flat_map(|organisation| &organisation.attributes);
    let locations = service
        .service_at_locations
        .iter()
        .filter_map(|at| at.location.as_deref());
    let locations = locations.flat_map(|location| &location.attributes);
    service
        .attributes
        .iter()
        .chain(organisation)
        .chain(locations)
}

/// A term with the identifier of its taxonomy, also where that is named by words alone.
pub(super) fn with_taxonomy(mut term: TaxonomyTerm) -> TaxonomyTerm {
    term.taxonomy_id = taxonomy_of(&term);
    term
}
