//! Threads that end with what they serve.

use std::cell::Cell;
use std::thread::{Builder, JoinHandle, current};

use crate::error::{Error, Result};

thread_local! {
    static OURS: Cell<bool> = const { Cell::new(false) };
}

/// Whether a job is running here. A job that waited for another could wait for itself: there may
/// be one writer only.
pub(crate) fn is_one() -> bool {
    OURS.get()
}

/// Threads whose end is awaited when this is dropped, so that a database that has gone has closed
/// its files and connections.
#[derive(Default)]
pub(crate) struct Threads(Vec<JoinHandle<()>>);

impl Threads {
    pub(crate) fn spawn(&mut self, name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
        let handle = Builder::new()
            .name(name.to_owned())
            .spawn(|| {
                OURS.set(true);
                body();
            })
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        self.0.push(handle);
        Ok(())
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        for handle in self.0.drain(..) {
            // A job may hold the last handle of its own database: a thread cannot await itself.
            if handle.thread().id() != current().id() && handle.join().is_err() {
                tracing::error!("a database thread panicked");
            }
        }
    }
}
