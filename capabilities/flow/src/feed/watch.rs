//! An open board hears of silence, of which no message tells, and of messages that wait.

use std::time::Duration;

use stour_database::{Error, touch};
use stour_web::{House, Job};

use super::behind;
use super::store::note_silence;

/// How often to look.
const LOOK: Duration = Duration::from_secs(30);

/// Tells open boards when a hospital falls silent and when it is heard of again, and when messages begin to wait for too long
/// and no longer do.
pub(crate) const JOB: Job = Job {
    name: "silent hospitals",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    let mut waited = false;
    loop {
        let now = house.environment().now();
        let noted = house
            .database()
            .write(move |tx| {
                let waits = behind(tx, now)?.is_some();
                if note_silence(tx, now)? || waits != waited {
                    touch(tx, "wards")?;
                    touch(tx, "in-reach")?;
                    touch(tx, "hub-meeting")?;
                }
                Ok::<_, Error>(waits)
            })
            .await;
        match noted {
            Ok(waits) => waited = waits,
            Err(error) => tracing::warn!(%error, "could not look for silent hospitals"),
        }
        tokio::time::sleep(LOOK).await;
    }
}
