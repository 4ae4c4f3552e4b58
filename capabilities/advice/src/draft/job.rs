//! Deleting answers whose day has come.

use std::time::Duration;

use stour_web::{House, Job};

use super::delete_expired;

/// How often it looks. A draft is not shown any more from the moment its day is over.
const PAUSE: Duration = Duration::from_mins(15);

/// Runs for as long as the program does.
pub(crate) const JOB: Job = Job {
    name: "answers to advice that are no longer kept",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        let today = house.environment().today();
        let deleted = house
            .database()
            .write(move |tx| delete_expired(tx, today))
            .await;
        match deleted {
            Ok(0) => {}
            Ok(count) => tracing::info!(
                count,
                "answers to advice were deleted when their day had come"
            ),
            Err(error) => tracing::warn!(%error, "answers to advice wait to be deleted"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
