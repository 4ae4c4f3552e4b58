//! Days begin, teams come to know people, and stays are loaded, without a message of any stay: somebody has to look.

use std::collections::BTreeMap;
use std::time::Duration;

use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_kernel::{Date, PersonId, Timestamp};
use stour_web::{House, Job};

use super::store::{Listed, heard_since, tell_of};
use crate::error::FlowError;
use crate::spell::{SpellId, in_hospital, left_since};
use crate::ward::facts_of;

/// How often to look.
const LOOK: Duration = Duration::from_secs(30);

/// Tells teams what no message told them.
pub(crate) const JOB: Job = Job {
    name: "in-reach alerts",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        if let Err(error) = look(&house).await {
            tracing::warn!(%error, "community teams could not be told what is new; they will be");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// One stay in each transaction, so that nobody waits for long. What was told before is not told again.
pub(super) async fn look(house: &House) -> Result<(), FlowError> {
    let environment = house.environment();
    let days = (environment.today(), heard_since(environment.now()));
    let database = house.database();
    for spell in database.read(move |tx| behind(tx, days)).await? {
        let environment = environment.clone();
        database
            .write(move |tx| tell_of(tx, &environment, spell))
            .await?;
    }
    Ok(())
}

/// The stays of which some team is to be told something.
fn behind(
    tx: &mut Transaction<'_>,
    (today, since): (Date, Timestamp),
) -> Result<Vec<SpellId>, FlowError> {
    let mut stays = in_hospital(tx)?;
    stays.extend(left_since(tx, since)?);
    let people = facts_of(tx, &stays)?;
    let people: BTreeMap<PersonId, &PersonFacts> =
        people.iter().map(|person| (person.id, person)).collect();
    let told = Listed::read(tx, since)?;
    let is_behind = |stay: &&crate::spell::Spell| {
        let person = people.get(&stay.person);
        person.is_some_and(|person| told.is_behind(stay, person, (today, since)))
    };
    let behind = stays.iter().filter(is_behind);
    Ok(behind.map(|stay| stay.id).collect())
}
