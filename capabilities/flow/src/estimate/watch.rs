//! Each morning it is counted how long stays last, and the dates that have passed are made anew.

use std::collections::BTreeMap;
use std::time::Duration;

use stour_database::{Database, Error};
use stour_discharge::LifeTable;
use stour_kernel::Date;
use stour_web::{House, Job};

use super::{learn, store};
use crate::error::FlowError;
use crate::spell::{SpellId, renew};

/// How often to look whether a day has begun, or a stay was loaded that has no estimate.
const LOOK: Duration = Duration::from_mins(1);

/// Counts how long stays last, once a day, and sees that every stay that goes on has an estimate.
pub(crate) const JOB: Job = Job {
    name: "expected dates",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    let mut done: Option<Date> = None;
    loop {
        let today = house.environment().today();
        match look(&house, today, done == Some(today)).await {
            Ok(()) => done = Some(today),
            Err(error) => {
                tracing::warn!(%error, "expected dates could not be estimated; they will be");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn look(house: &House, today: Date, is_done: bool) -> Result<(), FlowError> {
    if is_done {
        let without = house.database().read(store::without).await?;
        return renew_all(house, without).await;
    }
    let counted = house.database().read(store::counted_as_of).await?;
    if counted != Some(today) {
        let tables = count(house.database().clone(), today).await?;
        let database = house.database();
        let write = database.write(move |tx| store::replace_tables(tx, today, &tables));
        write.await?;
    }
    let database = house.database();
    let stays = database.read(move |tx| store::to_renew(tx, today)).await?;
    renew_all(house, stays).await
}

/// On a thread of its own and without a time limit: a county has hundreds of thousands of stays.
async fn count(database: Database, today: Date) -> Result<BTreeMap<String, LifeTable>, FlowError> {
    let counting = tokio::task::spawn_blocking(move || {
        database.read_unhurried(move |tx| learn::tables_of(tx, today))
    });
    counting
        .await
        .map_err(|error| Error::Unavailable(error.to_string()))?
}

/// One stay in each transaction, so that nobody waits for long.
async fn renew_all(house: &House, stays: Vec<SpellId>) -> Result<(), FlowError> {
    for spell in stays {
        let environment = house.environment().clone();
        let database = house.database();
        database
            .write(move |tx| renew(tx, &environment, spell))
            .await?;
    }
    Ok(())
}
