//! Telling the subscribers. What is to be told is in the database and nowhere else, so whatever a process
//! does not finish, the next goes on with.

use std::time::Duration;

use stour_database::{Error, touch};
use stour_web::{House, Job};

use super::subscriber::{self, Note, Subscriber, SubscriberId, SubscriberKind};
use super::{Announced, message, webhook};

/// How often to look for events.
const LOOK: Duration = Duration::from_secs(1);

/// The most characters of an answer that are kept.
const LONGEST: usize = 300;

/// Telling the subscribers, while the server runs.
pub(crate) const JOB: Job = Job {
    name: "events about people",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        match deliver_due(&house).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => {
                tracing::warn!(%error, "events about people wait: they could not be told");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Tells one subscriber that waits what it has not been told, and returns how many events were tried.
///
/// # Errors
/// Those of the database. What the subscriber answers is no error: it is noted, and told again later.
pub async fn deliver_due(house: &House) -> Result<usize, Error> {
    let database = house.database();
    let environment = house.environment().clone();
    let lease: SubscriberId = environment.id();
    let claimed = database
        .write(move |tx| subscriber::claim(tx, &environment, lease))
        .await?;
    let Some((subscriber, events)) = claimed else {
        return Ok(0);
    };
    let mut tried = 0;
    for event in events {
        let outcome = tell(house, &subscriber, event).await?;
        let outcome = outcome.map_err(|why| tidy(&why));
        tried += 1;
        let (environment, id) = (house.environment().clone(), subscriber.id);
        let goes_on = database
            .write(move |tx| {
                touch(tx, "subscribers")?;
                subscriber::settle(tx, &environment, (id, lease), event.sequence, &outcome)
            })
            .await?;
        if !goes_on {
            return Ok(tried);
        }
    }
    let id = subscriber.id;
    database
        .write(move |tx| subscriber::release(tx, id, lease))
        .await?;
    Ok(tried)
}

async fn tell(
    house: &House,
    subscriber: &Subscriber,
    event: Announced,
) -> Result<Result<Note, String>, Error> {
    let delivered = |text| Note {
        state: "delivered",
        text,
    };
    let address = subscriber.address.clone();
    let answer = match subscriber.kind {
        SubscriberKind::Webhook => {
            tokio::task::spawn_blocking(move || webhook::send(&address, &event))
                .await
                .unwrap_or_else(|error| Err(error.to_string()))
        }
        SubscriberKind::Hl7 => {
            let organisation = subscriber.organisation;
            let numbers = house
                .database()
                .read(move |tx| message::numbers(tx, organisation, &event.event))
                .await?;
            let live = !house.settings().demonstration;
            match message::message(&event, organisation, &numbers, live) {
                Ok(Some(message)) => message::send(&address, &event, &message).await,
                Ok(None) => {
                    return Ok(Ok(Note {
                        state: "passed-over",
                        text: "HL7 has no message for it".to_owned(),
                    }));
                }
                Err(error) => Err(error.to_string()),
            }
        }
    };
    Ok(answer.map(|text| delivered(tidy(&text))))
}

/// What another system answered, fit to be kept and shown.
fn tidy(text: &str) -> String {
    let plain = text.chars().filter(|character| !character.is_control());
    plain.take(LONGEST).collect()
}
