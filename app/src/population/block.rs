//! Making blocks on several threads and taking them in order.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::Context as _;
use stour_kernel::Date;
use stour_population::{Block, Generator, Seed};

use super::setting;

/// Which population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Making {
    /// How many people.
    pub people: u64,
    /// The same seed makes the same people.
    pub seed: u64,
    /// The last day of their histories.
    pub today: Date,
}

impl Making {
    /// The generator of this population in this partnership.
    ///
    /// # Errors
    /// When the count is out of range, or the reference data lack something.
    pub fn generator(&self) -> anyhow::Result<Generator> {
        let reference =
            stour_partnership::reference().map_err(|error| anyhow::anyhow!("{error}"))?;
        let setting = setting(reference, self.today)?;
        Generator::new(setting, Seed(self.seed), self.people).context("no population can be made")
    }
}

/// Makes every block and works on it, on as many threads as there are processors, and hands the
/// results over in the order of the blocks.
///
/// # Errors
/// The first error of either, after which nothing more is made.
pub fn each_block<T: Send>(
    generator: &Generator,
    work: impl Fn(&Block) -> anyhow::Result<T> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicU64::new(0);
    let (next, work) = (&next, &work);
    thread::scope(|scope| {
        let (send, receive) = sync_channel(threads * 2);
        for _ in 0..threads {
            let send = send.clone();
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= generator.blocks() {
                        break;
                    }
                    let made = work(&generator.block(number));
                    // Nobody takes any more: one was refused.
                    if send.send((number, made)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let (mut waiting, mut expected) = (BTreeMap::new(), 0_u64);
        for (number, made) in receive {
            waiting.insert(number, made);
            while let Some(made) = waiting.remove(&expected) {
                take(made?)?;
                expected += 1;
            }
        }
        Ok(())
    })
}
