//! Subjects that open pages watch. A write that changes what a page shows touches its topic in the
//! same transaction; any process that polls [`topics`] then knows.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::transaction::Transaction;
use crate::{params, sql};

/// Says that a subject has changed. Once is enough for a transaction, however often it says so.
pub fn touch(tx: &mut Transaction<'_>, topic: &str) -> Result<()> {
    if !tx.is_first_touch(topic) {
        return Ok(());
    }
    tx.execute(
        sql!(
            "INSERT INTO live_topic (topic, version) VALUES ($1, 1)
             ON CONFLICT (topic) DO UPDATE SET version = live_topic.version + 1"
        ),
        params![topic],
    )?;
    Ok(())
}

/// Every subject that has ever changed, with the number of its latest change.
pub fn topics(tx: &mut Transaction<'_>) -> Result<BTreeMap<String, i64>> {
    let rows = tx.rows(
        sql!("SELECT topic, version FROM live_topic"),
        params![],
        |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}
