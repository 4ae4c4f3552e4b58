//! Whether an organisation sends far less than it usually does: its connection may be down.

use std::collections::BTreeMap;
use std::time::Duration;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{OdsCode, Timestamp};

const DAY: Duration = Duration::from_hours(24);
const WEEK: Duration = Duration::from_hours(7 * 24);
/// Of fewer records a day, how many come is chance.
const FEWEST: i64 = 10;

/// The rule in words, for the page.
pub(crate) const RULE: &str = "An organisation is quieter than usual when less than half as many new or changed records came from it in the last 24 hours as in the same 24 hours of any of the four weeks before, and at least ten came in each of those.";

/// How much an organisation has sent of late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flow {
    /// In the last 24 hours.
    pub(crate) now: i64,
    /// In the same 24 hours of each of the four weeks before.
    pub(crate) before: [i64; 4],
}

/// How what an organisation sends compares with what it usually sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    /// Less than half of this, which it sends at least.
    Quieter(i64),
    Usual,
    /// It sends so few that how many come is chance.
    TooFew,
}

impl Flow {
    pub(crate) fn compared(&self) -> Compared {
        let least = self.before.into_iter().min().unwrap_or_default();
        match self.usually() {
            Some(least) => Compared::Quieter(least),
            None if least >= FEWEST => Compared::Usual,
            None => Compared::TooFew,
        }
    }

    /// What it sent at least in those hours, where it has since sent less than half of that.
    pub(crate) fn usually(&self) -> Option<i64> {
        let least = self.before.into_iter().min().unwrap_or_default();
        (least >= FEWEST && self.now.saturating_mul(2) < least).then_some(least)
    }
}

/// How much each of these has sent.
pub(crate) fn flows(
    tx: &mut Transaction<'_>,
    sources: impl IntoIterator<Item = OdsCode>,
    now: Timestamp,
) -> Result<BTreeMap<OdsCode, Flow>> {
    let mut flows = BTreeMap::new();
    for source in sources {
        let mut day = |weeks: u32| count(tx, source, before(now, WEEK.saturating_mul(weeks)));
        let flow = Flow {
            now: day(0)?,
            before: [day(1)?, day(2)?, day(3)?, day(4)?],
        };
        flows.insert(source, flow);
    }
    Ok(flows)
}

/// What one has sent in the 24 hours to a moment.
fn count(tx: &mut Transaction<'_>, source: OdsCode, until: Timestamp) -> Result<i64> {
    tx.one(
        sql!(
            "SELECT count(*) FROM source_record
             WHERE source = $1 AND recorded_at > $2 AND recorded_at <= $3"
        ),
        params![source, before(until, DAY), until],
        |row| row.get(0),
    )
}

fn before(moment: Timestamp, by: Duration) -> Timestamp {
    moment.checked_sub(by).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests;
