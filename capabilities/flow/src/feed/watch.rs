//! An open board hears of silence, of which no message tells.

use std::time::Duration;

use stour_database::{Error, touch};
use stour_web::{House, Job};

use super::store::note_silence;

/// How often to look.
const LOOK: Duration = Duration::from_secs(30);

/// Tells open boards when a hospital falls silent, and when it is heard of again.
pub(crate) const JOB: Job = Job {
    name: "silent hospitals",
    run: |house| Box::pin(run(house)),
};

async fn run(house: House) {
    loop {
        let now = house.environment().now();
        let noted = house
            .database()
            .write(move |tx| {
                if note_silence(tx, now)? {
                    touch(tx, "wards")?;
                    touch(tx, "in-reach")?;
                    touch(tx, "hub-meeting")?;
                }
                Ok::<_, Error>(())
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "could not look for silent hospitals");
        }
        tokio::time::sleep(LOOK).await;
    }
}
