//! Each hour is recorded once, by whichever process comes first.

use std::time::Duration;

use stour_kernel::Timestamp;
use stour_web::{House, Job};

use super::history::{Recorded, is_recorded, record};
use super::snapshot::readings;
use super::subject::Subject;
use crate::error::FlowError;

/// How often to look whether an hour has begun.
const LOOK: Duration = Duration::from_mins(5);

/// Records the pressure on everything, each hour.
pub(crate) const JOB: Job = Job {
    name: "pressure",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        if let Err(error) = record_hour(&house).await {
            tracing::warn!(%error, "pressure could not be recorded; it will be tried again");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Records the hour that goes on, unless that was done.
pub(crate) async fn record_hour(house: &House) -> Result<(), FlowError> {
    let (now, today) = (house.environment().now(), house.environment().today());
    let subjects = Subject::all(today)?;
    let found = house
        .database()
        .read(move |tx| {
            if is_recorded(tx, &subjects, now)? {
                return Ok(Vec::new());
            }
            readings(tx, (now, today))
        })
        .await?;
    let all: Vec<Recorded> = of_hour(&found, now);
    if !all.is_empty() {
        let write = house.database().write(move |tx| record(tx, &all, now));
        write.await?;
    }
    Ok(())
}

fn of_hour(found: &[super::Reading], now: Timestamp) -> Vec<Recorded> {
    found
        .iter()
        .map(|reading| Recorded::of(reading, now))
        .collect()
}
