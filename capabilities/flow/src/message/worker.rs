//! Working through what has been stored. What is waiting is in the database and nowhere else, so a
//! restart goes on where the last process stopped.

use std::sync::Arc;
use std::time::{Duration, Instant};

use stour_database::{Database, touch};
use stour_kernel::Environment;
use stour_people::catch_up;
use stour_web::{House, Job};

use super::MessageId;
use super::apply::apply;
use super::arrivals::Arrivals;
use super::listener::{Listening, listen};
use super::store::{self, Outcome};
use crate::adt::Fault;
use crate::error::FlowError;

/// How many messages one transaction works through at most.
const AT_ONCE: i64 = 32;
/// How long one transaction may go on: as long does anybody wait who has something to store.
const SHARE: Duration = Duration::from_millis(10);
/// The same while a hospital waits for its message to be stored: some is worked through all the same, so that no board stands
/// still however much comes.
const SHORT_SHARE: Duration = Duration::from_millis(1);
/// How long a turn leaves to those who wait to have something stored: boards are up to a minute behind before they say so, a
/// hospital that gets no answer sends everything again.
const REST: Duration = Duration::from_millis(10);
/// How often to look for messages that another process took in.
const LOOK: Duration = Duration::from_millis(250);
/// How long to wait when the database is away.
const PAUSE: Duration = Duration::from_secs(2);

/// The listener and the worker.
pub(crate) const JOB: Job = Job {
    name: "hospital messages",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    let arrivals = Arc::new(Arrivals::default());
    let working = work(house.clone(), arrivals.clone());
    let Some(address) = house.settings().mllp else {
        working.await;
        return;
    };
    let listening = Listening {
        live: !house.settings().demonstration,
        ..Listening::default()
    };
    tokio::join!(working, async {
        match tokio::net::TcpListener::bind(address).await {
            Ok(socket) => {
                tracing::info!(%address, "listening for hospital messages");
                listen(
                    socket,
                    house.database().clone(),
                    house.environment().clone(),
                    listening,
                    arrivals,
                )
                .await;
            }
            Err(error) => tracing::error!(%address, %error, "cannot listen for hospital messages"),
        }
    });
}

async fn work(house: House, arrivals: Arc<Arrivals>) {
    loop {
        match some(house.database(), house.environment(), &arrivals).await {
            Ok(0) => {
                // Either is a reason to look again.
                let _ = tokio::time::timeout(LOOK, arrivals.next()).await;
            }
            Ok(_) if arrivals.is_anybody_waiting() => {
                tokio::time::sleep(REST).await;
                let _ = tokio::time::timeout(REST, arrivals.next_storing()).await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "hospital messages wait: they could not be worked through");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Works through everything that waits, and says how many messages that was.
///
/// # Errors
/// Only what may pass: the database is away. Then the rest still waits.
pub async fn work_through(
    database: &Database,
    environment: &Environment,
) -> Result<u64, FlowError> {
    let (nobody, mut all) = (Arc::new(Arrivals::default()), 0);
    loop {
        match some(database, environment, &nobody).await? {
            0 => return Ok(all),
            done => all += done,
        }
    }
}

/// Works through some: together in one transaction, or, when one of them cannot be, each by itself,
/// so that no message stops the others.
async fn some(
    database: &Database,
    environment: &Environment,
    arrivals: &Arc<Arrivals>,
) -> Result<u64, FlowError> {
    if !database.read(store::is_any_waiting).await? {
        return Ok(0);
    }
    let done = match together(database, environment, arrivals).await {
        Err(error) if !error.is_passing() => each_alone(database, environment).await?,
        done => done?,
    };
    // Those whom it made are matched against in memory from now on.
    catch_up(database).await?;
    Ok(done)
}

async fn together(
    database: &Database,
    environment: &Environment,
    arrivals: &Arc<Arrivals>,
) -> Result<u64, FlowError> {
    let (environment, arrivals) = (environment.clone(), arrivals.clone());
    database
        .write(move |tx| {
            let (began, mut done) = (Instant::now(), 0);
            for waiting in store::waiting(tx, AT_ONCE)? {
                apply(tx, &environment, &waiting)?;
                done += 1;
                let share = if arrivals.is_anybody_waiting() {
                    SHORT_SHARE
                } else {
                    SHARE
                };
                if began.elapsed() >= share {
                    break;
                }
            }
            // Another process may have worked through all of them meanwhile.
            if done > 0 {
                touch(tx, "messages")?;
            }
            Ok(done)
        })
        .await
}

async fn each_alone(database: &Database, environment: &Environment) -> Result<u64, FlowError> {
    let mut done = 0;
    for waiting in database.read(|tx| store::waiting(tx, AT_ONCE)).await? {
        match alone(database, environment, waiting.id).await {
            Ok(()) => {}
            Err(error) if error.is_passing() => return Err(error),
            Err(error) => give_up(database, environment, waiting.id, &error).await?,
        }
        done += 1;
    }
    Ok(done)
}

async fn alone(
    database: &Database,
    environment: &Environment,
    id: MessageId,
) -> Result<(), FlowError> {
    let environment = environment.clone();
    database
        .write(move |tx| {
            if let Some(waiting) = store::still_waiting(tx, id)? {
                apply(tx, &environment, &waiting)?;
                touch(tx, "messages")?;
            }
            Ok(())
        })
        .await
}

async fn give_up(
    database: &Database,
    environment: &Environment,
    id: MessageId,
    error: &FlowError,
) -> Result<(), FlowError> {
    tracing::error!(message = %id, %error, "a hospital message was set aside: it could not be worked through");
    let outcome = Outcome::set_aside(Fault::of(
        "",
        0,
        format!("Working through it failed: {error}."),
        "This is a fault of this system. Report it with the message's number; when it is put right, try the message again.",
    ));
    let at = environment.now();
    database
        .write(move |tx| store::settle(tx, id, &outcome, at))
        .await?;
    Ok(())
}
