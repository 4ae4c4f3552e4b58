//! Writing what was noted.

use std::time::Duration;

use stour_web::{House, Job};

use super::count::write;
use super::tally::Tally;
use crate::DirectoryError;

/// How often it is written.
const PAUSE: Duration = Duration::from_mins(1);

/// Runs for as long as the program does.
pub(crate) const JOB: Job = Job {
    name: "what the directory is used for",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = flush(&house).await {
            tracing::warn!(%error, "what the directory is used for waits to be written");
        }
    }
}

/// Writes what was noted up to now, all of it or nothing.
pub(super) async fn flush(house: &House) -> Result<(), DirectoryError> {
    let tally = house.database().companion::<Tally>();
    let events = tally.take();
    if events.is_empty() {
        return Ok(());
    }
    let environment = house.environment().clone();
    let to_write = events.clone();
    let written = house
        .database()
        .write(move |tx| write(tx, &environment, &to_write))
        .await;
    if written.is_err() {
        tally.put_back(events);
    }
    written
}
