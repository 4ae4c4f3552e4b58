//! How a reading goes on and comes to its end: what the feed no longer has is withdrawn.

use stour_kernel::Timestamp;
use stour_web::House;

use super::source::Source;
use super::store;
use super::sync::{Options, record_of, store_batch};
use super::{Feed, Run, RunId, RunState};
use crate::error::DirectoryError;
use crate::listing;

/// Attempts whose notes are kept.
const KEPT_ATTEMPTS: i64 = 10;
/// A run under way says so again after so long, in minutes: long before it would be taken for killed.
const BEAT: i64 = 5;
/// Records that slipped past are stored so many at a time.
const AT_ONCE: usize = 50;

/// Keeps a run that asks for many records one by one from being taken for killed.
pub(super) struct Pulse<'h> {
    house: &'h House,
    run: RunId,
    last: Timestamp,
}

impl<'h> Pulse<'h> {
    /// The pulse of a run from when it last did something.
    pub(super) fn of(house: &'h House, run: &Run) -> Self {
        Self {
            house,
            run: run.id,
            last: run.ended_at,
        }
    }

    /// Says that the run goes on, when it was long ago that it did.
    ///
    /// # Errors
    /// Why the database refused.
    pub(super) fn beat(&mut self) -> Result<(), String> {
        let now = self.house.environment().now();
        if now.duration_since(self.last).as_mins() < BEAT {
            return Ok(());
        }
        let run = self.run;
        let touched = self
            .house
            .database()
            .write_blocking(move |tx| store::go_on(tx, run, now));
        touched.map_err(|error| error.to_string())?;
        self.last = now;
        Ok(())
    }
}

/// The end of a run that came to the end of its feed.
pub(super) struct Ending {
    /// How many records the feed says that it has.
    pub(super) total: Option<i64>,
    /// Whether it went on from where an earlier one had stopped.
    pub(super) resumed: bool,
    /// How it was read.
    pub(super) options: Options,
    /// Notes that it has kept.
    pub(super) notes_kept: usize,
}

impl Ending {
    /// Ends the run: withdraws what is gone, if it is sure that it is.
    pub(super) fn finish(
        mut self,
        house: &House,
        mut feed: Feed,
        source: &Source<'_>,
        mut run: Run,
    ) -> Result<Run, DirectoryError> {
        let mut withdraws = false;
        if run.whole {
            run.why = self.why_not(house, &run)?;
            if run.why.is_none() && !self.resumed {
                (run, withdraws) = self.ask(house, &feed, source, run)?;
            }
        }
        let environment = house.environment().clone();
        house.database().write_blocking(move |tx| {
            let mut run = run.clone();
            run.state = RunState::Finished;
            run.ended_at = environment.now();
            if withdraws {
                let why = "The feed does not have it any more";
                let name = feed.name.as_str();
                let gone = listing::withdraw_unread(tx, &environment, name, run.since, why)?;
                run.counts.withdrawn = i64::try_from(gone).unwrap_or(i64::MAX);
                feed.whole_since = Some(run.since);
            }
            store::learn(tx, &feed)?;
            store::keep(tx, &run)?;
            store::forget_old_notes(tx, &feed.name, KEPT_ATTEMPTS)?;
            Ok::<_, DirectoryError>(run)
        })
    }

    /// Why nothing is to be withdrawn.
    fn why_not(&self, house: &House, run: &Run) -> Result<Option<String>, DirectoryError> {
        let (name, since) = (run.feed.clone(), run.since);
        let (standing, unread) = house
            .database()
            .read_blocking(move |tx| store::standing(tx, name.as_str(), since))?;
        if let Some(total) = self.total.filter(|total| run.counts.read < *total) {
            return Ok(Some(format!(
                "It says that it has {total} services and gave {}: nothing was withdrawn",
                run.counts.read
            )));
        }
        if self.resumed {
            // Between the two the pages may have moved.
            return Ok((unread > 0).then(|| {
                format!(
                    "It was taken up where it had stopped and did not meet {unread} of {standing} services: what is \
                     gone is withdrawn when the feed is next read whole"
                )
            }));
        }
        let most = unread > 10 && unread * 2 > standing;
        Ok((most && !self.options.accept_withdrawals).then(|| {
            format!(
                "It has lost {unread} of {standing} services: nothing was withdrawn until somebody has looked and \
                 reads it with --accept-withdrawals"
            )
        }))
    }

    /// Asks for each record that no page had, and stores those that the feed has still: when one is taken away while
    /// the pages are read, those after it move up by one, and one of them slips past. Also whether all were asked for.
    fn ask(
        &mut self,
        house: &House,
        feed: &Feed,
        source: &Source<'_>,
        mut run: Run,
    ) -> Result<(Run, bool), DirectoryError> {
        let (name, since) = (run.feed.clone(), run.since);
        let unread = house
            .database()
            .read_blocking(move |tx| store::unread(tx, &name, since))?;
        let mut pulse = Pulse::of(house, &run);
        let mut why = None;
        let mut there = Vec::new();
        for id in &unread {
            match pulse.beat().and_then(|()| source.missed(id)) {
                Ok(Some(item)) => there.push(record_of(item, feed, source)),
                Ok(None) => {}
                Err(error) => {
                    why = Some(format!("{error}: nothing was withdrawn"));
                    break;
                }
            }
            if there.len() == AT_ONCE {
                let batch = std::mem::take(&mut there);
                run = store_batch(house, run, &mut self.notes_kept, batch)?;
            }
        }
        run = store_batch(house, run, &mut self.notes_kept, there)?;
        let all = why.is_none();
        run.why = why;
        Ok((run, all))
    }
}
