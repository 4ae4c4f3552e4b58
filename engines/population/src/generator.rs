//! The generator: a population as numbered blocks.

use crate::block;
use crate::household::Household;
use crate::random::{Seed, place};
use crate::setting::{Setting, SettingError};
use crate::tables::Tables;

/// People in every block but the last.
pub const BLOCK: u64 = 2_000;

/// The most people there can be: a little below the NHS numbers the 999 range has.
pub const MAXIMUM_PEOPLE: u64 = 900_000;

/// Makes a population, block by block.
///
/// `Generator` is `Sync`: share it between threads and call [`Generator::block`] from each.
#[derive(Debug)]
pub struct Generator {
    tables: Tables,
    seed: Seed,
    count: u64,
}

/// Some households of a population, with everyone they are related to.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its number, from 0.
    pub number: u64,
    /// The households. Their people have the indices from `number * BLOCK` on, in order, without a gap.
    pub households: Vec<Household>,
}

impl Generator {
    /// Makes a setting ready. `count` is how many people there are in the records, among whom the few per cent that
    /// died within the history: 1 to [`MAXIMUM_PEOPLE`].
    pub fn new(setting: Setting, seed: Seed, count: u64) -> Result<Self, SettingError> {
        if count == 0 || count > MAXIMUM_PEOPLE {
            return Err(SettingError::Count {
                asked: count,
                maximum: MAXIMUM_PEOPLE,
            });
        }
        Ok(Self {
            tables: Tables::new(setting, seed, count)?,
            seed,
            count,
        })
    }

    /// How many people there are.
    pub fn people(&self) -> u64 {
        self.count
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> u64 {
        self.count.div_ceil(BLOCK)
    }

    /// One block, numbered from 0; empty beyond the last.
    pub fn block(&self, number: u64) -> Block {
        let first = number.saturating_mul(BLOCK);
        let people = self.count.saturating_sub(first).min(BLOCK);
        let households = block::households(&self.tables, self.seed, number, first, place(people));
        Block { number, households }
    }

    /// Every household, block after block, made as it is asked for.
    pub fn households(&self) -> impl Iterator<Item = Household> + '_ {
        (0..self.blocks()).flat_map(|number| self.block(number).households)
    }
}
