//! Catching up with people who were stored before lines to match by were kept.

use std::time::Duration;

use stour_database::Result;
use stour_web::{House, Job};

use super::backfill::{is_entry_missing, store_missing_entries};
use super::everybody::catch_up;

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

/// Keeps the index of everybody in memory up to what is committed, for as long as the program runs.
pub(crate) const EVERYBODY: Job = Job {
    name: "everybody in memory",
    run: |house| Box::pin(follow(house)),
};

/// How long what is committed may be missing in memory. It is matched against all the same, though read
/// from the database each time.
const MOMENT: Duration = Duration::from_secs(1);

async fn follow(house: House) {
    loop {
        if let Err(error) = catch_up(house.database()).await {
            tracing::warn!(%error, "matching reads the newest people from the database each time");
        }
        tokio::time::sleep(MOMENT).await;
    }
}
