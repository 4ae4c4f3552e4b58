//! Reading each feed once a day.

use std::time::Duration;

use stour_web::{House, Job};

use super::{FeedName, Options, RunState, store, sync};

/// How often it is looked which feeds are due.
const LOOK: Duration = Duration::from_mins(15);
/// Hours after which a feed is due again.
const DAILY: i64 = 24;
/// Hours after which a feed that could not be read is tried again.
const AGAIN: i64 = 1;

/// Runs for as long as the program does.
pub(crate) const JOB: Job = Job {
    name: "feeds of the directory",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        match due(&house).await {
            Ok(feeds) => {
                for feed in feeds {
                    read(house.clone(), feed).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "feeds wait: the database did not say which are due");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The feeds that were not read for a day, or stopped an hour ago.
async fn due(house: &House) -> Result<Vec<FeedName>, stour_database::Error> {
    let now = house.environment().now();
    let found = house.database().read(move |tx| {
        let mut due = Vec::new();
        for feed in store::feeds(tx)? {
            let last = store::runs(tx, &feed.name, 1)?.pop();
            let is_due = last.is_none_or(|run| {
                let wait = if run.state == RunState::Finished {
                    DAILY
                } else {
                    AGAIN
                };
                now.duration_since(run.started_at).as_hours() >= wait
            });
            if is_due && !feed.is_of_files() {
                due.push(feed.name);
            }
        }
        Ok(due)
    });
    found.await
}

async fn read(house: House, feed: FeedName) {
    let name = feed.clone();
    let done = tokio::task::spawn_blocking(move || {
        let run = sync(&house, &feed, Options::default(), &mut |_| {})?;
        crate::duplicate::compare(&house)?;
        Ok::<_, crate::DirectoryError>(run)
    });
    match done.await {
        Ok(Ok(run)) => {
            tracing::info!(feed = %name, state = %run.state, why = run.why, "a feed was read");
        }
        Ok(Err(error)) => tracing::warn!(feed = %name, %error, "a feed could not be read"),
        Err(error) => tracing::error!(feed = %name, %error, "reading a feed broke off"),
    }
}
