//! Catching up with people who were stored before lines to match by were kept.

use std::time::Duration;

use stour_database::Result;
use stour_web::{House, Job};

use super::backfill::{is_entry_missing, store_missing_entries};

/// How many people one transaction takes.
const AT_ONCE: usize = 200;
/// How long to wait when the database is away.
const PAUSE: Duration = Duration::from_secs(2);

/// Ends when everybody has a line.
pub(crate) const JOB: Job = Job {
    name: "lines to match by",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        match some(&house).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "lines to match by wait: they could not be stored");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Looks before it writes, so that a start with nothing to do holds up nobody.
async fn some(house: &House) -> Result<usize> {
    let database = house.database();
    if !database.read(is_entry_missing).await? {
        return Ok(0);
    }
    let environment = house.environment().clone();
    database
        .write(move |tx| store_missing_entries(tx, &environment, AT_ONCE))
        .await
}
