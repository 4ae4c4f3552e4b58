//! Keeping the listings of a feed in step with it.

use std::time::Duration;

use serde_json::Value;
use stour_database::Transaction;
use stour_kernel::{Environment, Timestamp};
use stour_open_referral::{Read, Service, Uuid, read_service};
use stour_web::House;

use super::ending::{Ending, Pulse};
use super::fetch::Client;
use super::merge::{Merged, merged};
use super::source::{Item, Source, SourcePage};
use super::store;
use super::{Feed, FeedName, Note, Run, RunId, RunState};
use crate::error::DirectoryError;
use crate::listing::{self, Listing, ListingId, NewListing, Provenance};

/// How long what a feed no longer has may stay: the whole of it is read at least so often, in hours.
const WHOLE_EVERY: i64 = 7 * 24;
/// An attempt that has done nothing for so long was killed, in minutes.
const KILLED_AFTER: i64 = 30;
/// A reading that stopped is taken up for so long, in hours; later it begins anew.
const TAKEN_UP_FOR: i64 = 48;
/// Notes that one attempt keeps.
const MOST_NOTES: usize = 5_000;
/// Notes of one record that are kept.
const NOTES_OF_ONE: usize = 20;

/// How a feed is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Reads all of it, whatever it could say of what has changed.
    pub whole: bool,
    /// Withdraws what is gone even when that is most of the feed.
    pub accept_withdrawals: bool,
    /// The first pause when the feed does not answer.
    pub pause: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            whole: false,
            accept_withdrawals: false,
            pause: Duration::from_secs(2),
        }
    }
}

/// Reads a feed and keeps its listings in step. Waits for the network: call it where that is allowed. `progress` is
/// told how it goes.
///
/// An attempt that had to stop is no error: it is recorded, and says why.
///
/// # Errors
/// [`DirectoryError::NotThere`]; [`DirectoryError::Refused`] while another process reads the feed, or for a feed of
/// files; those of the database.
pub fn sync(
    house: &House,
    name: &FeedName,
    options: Options,
    progress: &mut dyn FnMut(&Run),
) -> Result<Run, DirectoryError> {
    let client = Client::new(options.pause);
    let (mut feed, last) = known(house, name)?;
    let now = house.environment().now();
    let probe = Source::new(&client, &feed.address, None);
    if let Some(version) = probe.says() {
        feed.standard = Some(version);
    }
    let due = feed
        .whole_since
        .is_none_or(|since| hours(since, now) >= WHOLE_EVERY);
    let seen = last.as_ref().map(|run| (run.id, run.ended_at));
    let taken_up = last
        .filter(|run| run.state != RunState::Finished)
        .filter(|run| run.whole && hours(run.since, now) < TAKEN_UP_FOR);
    let mut whole = options.whole || due || taken_up.is_some();
    if !whole {
        let honours = probe.honours_modified_after();
        feed.honours_modified_after = Some(honours);
        whole = !honours;
    }
    let mut run = begin(house, &feed, whole, taken_up, seen)?;
    let resumed = run.next_page > 1;
    let after = feed.whole_since.filter(|_| !whole);
    let mut source = Source::new(&client, &feed.address, after);
    if !options.whole && !due {
        let name = feed.name.clone();
        let known = house
            .database()
            .read_blocking(move |tx| store::known(tx, &name))?;
        source = source.knowing(known);
    }
    let mut notes_kept = 0;
    let so_far = (&mut run, &mut notes_kept);
    let end = pages(house, &mut feed, &mut source, so_far, progress);
    match end? {
        Ok(total) => {
            let ending = Ending {
                total,
                resumed,
                options,
                notes_kept,
            };
            ending.finish(house, feed, &source, run)
        }
        Err(why) => {
            run.state = RunState::Stopped;
            run.why = Some(why);
            run.ended_at = house.environment().now();
            let kept = run.clone();
            house.database().write_blocking(move |tx| {
                store::learn(tx, &feed)?;
                store::keep(tx, &kept)?;
                Ok::<_, DirectoryError>(())
            })?;
            Ok(run)
        }
    }
}

fn hours(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_hours()
}

/// The feed, and the latest attempt to read it, which is not under way.
fn known(house: &House, name: &FeedName) -> Result<(Feed, Option<Run>), DirectoryError> {
    let (asked, now) = (name.clone(), house.environment().now());
    let found = house.database().read_blocking(move |tx| {
        let feed = store::feed(tx, &asked)?.ok_or(DirectoryError::NotThere)?;
        Ok::<_, DirectoryError>((feed, store::runs(tx, &asked, 1)?.pop()))
    });
    let (feed, run) = found?;
    if feed.is_of_files() {
        return Err(DirectoryError::Refused(format!(
            "{name} comes from files: import them again"
        )));
    }
    let idle = |run: &Run| now.duration_since(run.ended_at).as_mins();
    match run {
        Some(run) if run.state == RunState::Running && idle(&run) < KILLED_AFTER => {
            Err(is_being_read(&run))
        }
        run => Ok((feed, run)),
    }
}

fn is_being_read(run: &Run) -> DirectoryError {
    DirectoryError::Refused(format!(
        "{} is being read already, since {}",
        run.feed, run.started_at
    ))
}

/// Begins an attempt, unless the latest one is not as it was `seen` to be any more: then another process reads the
/// feed, and began after this one had looked.
fn begin(
    house: &House,
    feed: &Feed,
    whole: bool,
    before: Option<Run>,
    seen: Option<(RunId, Timestamp)>,
) -> Result<Run, DirectoryError> {
    let environment = house.environment();
    let now = environment.now();
    let run = Run {
        id: environment.id(),
        feed: feed.name.clone(),
        since: before.as_ref().map_or(now, |run| run.since),
        started_at: now,
        ended_at: now,
        state: RunState::Running,
        why: None,
        next_page: before.as_ref().map_or(1, |run| run.next_page),
        whole,
        counts: before.map(|run| run.counts).unwrap_or_default(),
    };
    let kept = run.clone();
    house
        .database()
        .write_blocking(move |tx| match store::runs(tx, &kept.feed, 1)?.pop() {
            Some(last) if Some((last.id, last.ended_at)) != seen => Err(is_being_read(&last)),
            _ => Ok(store::begin(tx, &kept)?),
        })?;
    Ok(run)
}

/// Reads the pages from where the run stands; why it had to stop, or how many records the feed says it has.
fn pages(
    house: &House,
    feed: &mut Feed,
    source: &mut Source<'_>,
    (run, notes_kept): (&mut Run, &mut usize),
    progress: &mut dyn FnMut(&Run),
) -> Result<Result<Option<i64>, String>, DirectoryError> {
    loop {
        let mut pulse = Pulse::of(house, run);
        let page = match source.page(run.next_page, &mut || pulse.beat()) {
            Ok(page) => page,
            Err(why) => return Ok(Err(why)),
        };
        if feed.standard.is_none() {
            feed.standard = Some(page.standard.to_owned());
        }
        let SourcePage {
            records,
            last,
            total,
            ..
        } = page;
        let records = records
            .into_iter()
            .map(|item| record_of(item, feed, source))
            .collect();
        let next = Run {
            next_page: run.next_page + 1,
            ..run.clone()
        };
        *run = store_batch(house, next, notes_kept, records)?;
        progress(run);
        if last {
            return Ok(Ok(total));
        }
    }
}

/// What came of one record.
#[derive(Debug, Clone)]
pub(super) enum Record {
    /// It was understood.
    Understood(Box<Understood>),
    /// It is as it was when it was last read.
    AsBefore(String),
    /// It could not be used.
    Aside(Box<Note>),
}

/// A record as it was understood, with where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Understood {
    read: Read<Service>,
    provenance: Provenance,
}

/// What came of what a feed gave.
pub(super) fn record_of(item: Item, feed: &Feed, source: &Source<'_>) -> Record {
    match item {
        Item::Whole(value) => understood(value, feed, |id| Some(source.address_of(id))),
        Item::AsBefore(id) => Record::AsBefore(id),
        Item::Missing(source_id, why) => Record::Aside(Box::new(Note {
            set_aside: true,
            source_id,
            place: String::new(),
            was: String::new(),
            became: None,
            why,
        })),
    }
}

/// What a record of a feed says, or why it is set aside.
pub(super) fn understood(
    value: Value,
    feed: &Feed,
    address: impl Fn(&str) -> Option<String>,
) -> Record {
    match read_service(value, feed.name.as_str()) {
        Ok(read) => Record::Understood(Box::new(Understood {
            provenance: Provenance {
                feed: feed.name.to_string(),
                source_id: read.source_id.clone(),
                url: address(&read.source_id),
                role: feed.role,
                read_at: None,
            },
            read,
        })),
        Err(aside) => Record::Aside(Box::new(Note {
            set_aside: true,
            source_id: aside.source_id.unwrap_or_default(),
            place: String::new(),
            was: aside.was,
            became: None,
            why: aside.why,
        })),
    }
}

/// Stores some records and how far the run has come, all in one transaction.
pub(super) fn store_batch(
    house: &House,
    run: Run,
    notes_kept: &mut usize,
    records: Vec<Record>,
) -> Result<Run, DirectoryError> {
    let environment = house.environment().clone();
    let already = *notes_kept;
    let done = house.database().write_blocking(move |tx| {
        let mut run = run.clone();
        let mut notes: Vec<Note> = Vec::new();
        for record in &records {
            run.counts.read += 1;
            match record {
                Record::Understood(record) => {
                    take(tx, &environment, &mut run, record, &mut notes)?;
                }
                Record::AsBefore(id) => {
                    run.counts.unchanged += 1;
                    if let Some(before) = listing::by_source(tx, run.feed.as_str(), id)? {
                        listing::mark_read(tx, before.id, environment.now())?;
                    }
                }
                Record::Aside(note) => {
                    run.counts.set_aside += 1;
                    notes.push((**note).clone());
                    // The feed has it still: what was last understood of it stays.
                    if let Some(before) =
                        listing::by_source(tx, run.feed.as_str(), &note.source_id)?
                    {
                        listing::mark_read(tx, before.id, environment.now())?;
                    }
                }
            }
        }
        notes.truncate(MOST_NOTES.saturating_sub(already));
        let from = i64::try_from(already).unwrap_or(i64::MAX);
        store::note(tx, run.id, from, &notes)?;
        run.ended_at = environment.now();
        store::keep(tx, &run)?;
        Ok::<_, DirectoryError>((run, notes.len()))
    });
    let (run, noted) = done?;
    *notes_kept += noted;
    Ok(run)
}

/// Stores one record: as a new listing, as the next version of one, or as one that is as it was.
fn take(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    run: &mut Run,
    record: &Understood,
    notes: &mut Vec<Note>,
) -> Result<(), DirectoryError> {
    let Understood { read, provenance } = record;
    run.counts.repaired += i64::from(!read.repairs.is_empty());
    let before = listing::by_source(tx, &provenance.feed, &provenance.source_id)?;
    let mut said = read.record.clone();
    let id = match &before {
        Some(before) => before.id,
        None => new_id(tx, &said, provenance)?,
    };
    said.id = id.0;
    let (service, why) = match &before {
        None => {
            run.counts.new += 1;
            (said.clone(), "It is new in the feed".to_owned())
        }
        Some(before) => {
            let (service, why) = beside(tx, before, &said)?;
            if is_as_it_was(before, &service, provenance) {
                run.counts.unchanged += 1;
                store::put_said(tx, id, &said)?;
                listing::mark_read(tx, id, environment.now())?;
                return Ok(());
            }
            run.counts.changed += 1;
            (service, why)
        }
    };
    let new = NewListing {
        id,
        provenance: Provenance {
            read_at: Some(environment.now()),
            ..provenance.clone()
        },
        service,
        review_due: before.as_ref().and_then(|before| before.review_due),
        seen: before.map(|before| before.version),
    };
    let by = format!("feed {}", provenance.feed);
    listing::save(tx, environment, new, &by, &why)?;
    store::put_said(tx, id, &said)?;
    notes.extend(read.repairs.iter().take(NOTES_OF_ONE).map(|repair| Note {
        set_aside: false,
        source_id: provenance.source_id.clone(),
        place: repair.at.clone(),
        was: repair.was.clone(),
        became: repair.became.clone(),
        why: repair.why.clone(),
    }));
    Ok(())
}

/// What a listing becomes by what its feed says now, and why: what people here have changed stands.
fn beside(
    tx: &mut Transaction<'_>,
    before: &Listing,
    said: &Service,
) -> Result<(Service, String), DirectoryError> {
    let again = if before.withdrawn_at.is_some() {
        "The feed has it again"
    } else {
        "The feed changed it"
    };
    let last = store::said(tx, before.id)?;
    let Some(last) = last.filter(|last| before.service != *last) else {
        return Ok((said.clone(), again.to_owned()));
    };
    let Merged { service, contested } = merged(&last, said, &before.service)?;
    let why = if contested.is_empty() {
        again.to_owned()
    } else {
        format!(
            "{again}; what was changed here stands: {}",
            contested.join(", ")
        )
    };
    Ok((service, why))
}

/// Whether a listing already says what it would become.
fn is_as_it_was(before: &Listing, service: &Service, provenance: &Provenance) -> bool {
    before.withdrawn_at.is_none()
        && before.service == *service
        && before.provenance.url == provenance.url
        && before.provenance.role == provenance.role
}

/// The identifier of a listing that is new: that of its publisher, unless another feed has it already.
fn new_id(
    tx: &mut Transaction<'_>,
    service: &Service,
    provenance: &Provenance,
) -> Result<ListingId, DirectoryError> {
    let own = ListingId(service.id);
    if listing::listing(tx, own)?.is_none() {
        return Ok(own);
    }
    let parts = [
        provenance.feed.as_str(),
        "listing",
        provenance.source_id.as_str(),
    ];
    Ok(ListingId(Uuid::derived(&parts)))
}
