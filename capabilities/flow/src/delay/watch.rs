//! A night is over without anybody doing anything: each morning those of the last are told to the fact log.

use std::time::Duration;

use stour_kernel::Date;
use stour_web::{House, Job};

use crate::error::FlowError;
use crate::spell::{bring_up, waiting};

/// How often to look whether a day has begun.
const LOOK: Duration = Duration::from_mins(5);

/// Tells the nights of everybody who is ready and still there, once a day.
pub(crate) const JOB: Job = Job {
    name: "nights lost",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    let mut told: Option<Date> = None;
    loop {
        let today = house.environment().today();
        if told != Some(today) {
            match tell(&house).await {
                Ok(()) => told = Some(today),
                Err(error) => tracing::warn!(%error, "nights lost could not be told; they will be"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// One stay in each transaction, so that nobody waits for long. What was told before is not told again.
async fn tell(house: &House) -> Result<(), FlowError> {
    for spell in house.database().read(waiting).await? {
        let environment = house.environment().clone();
        house
            .database()
            .write(move |tx| bring_up(tx, &environment, spell))
            .await?;
    }
    Ok(())
}
