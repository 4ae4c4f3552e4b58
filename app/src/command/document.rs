//! Documents of the business case, as commands read and refuse them.

use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use clap::Args;
use stour_appraisal::{Case, Mistakes, Unknown};
use stour_programme::workbook;

use crate::program::give;

/// More draws than this would not fit into memory.
const MOST_DRAWS: usize = 2_000_000;

/// How often what is uncertain is drawn, and from what.
#[derive(Debug, Args)]
pub(super) struct Drawing {
    /// How many times to draw what is uncertain
    #[arg(long, value_name = "N", requires = "seed", value_parser = draws)]
    draws: Option<NonZeroUsize>,
    /// What the random numbers are made from
    #[arg(long, value_name = "S", requires = "draws")]
    seed: Option<u64>,
}

impl Drawing {
    /// The number of draws and their seed; none where nothing is to be drawn.
    pub(super) fn wanted(&self) -> Option<(NonZeroUsize, u64)> {
        self.draws.zip(self.seed)
    }
}

/// The text of a document.
pub(super) fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// What is wrong with a document: on standard error, and as JSON on standard output where asked for.
pub(super) fn refuse(file: &Path, mistakes: &Mistakes, json: bool) -> anyhow::Error {
    if json {
        let refused = serde_json::json!({ "refused": { "mistakes": mistakes } });
        give(&format!("{refused:#}"));
    }
    anyhow!("{} cannot be used:\n{mistakes}", file.display())
}

/// A business case, as a text or as a workbook.
pub(super) fn case(file: &Path, json: bool) -> anyhow::Result<Case> {
    let is_workbook = file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if !is_workbook {
        return Case::read(&read(file)?).map_err(|wrong| refuse(file, &wrong, json));
    }
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let case = workbook::read(&bytes).and_then(|imported| imported.case());
    case.map_err(|wrong| {
        if json {
            let told: Vec<String> = wrong.0.iter().map(ToString::to_string).collect();
            let refused = serde_json::json!({ "refused": { "workbook": told } });
            give(&format!("{refused:#}"));
        }
        anyhow!("{} cannot be used:\n{wrong}", file.display())
    })
}

/// Prints what a document does not know.
pub(super) fn say_unknown(unknown: &[Unknown]) {
    if unknown.is_empty() {
        return;
    }
    give("\nNot known");
    for Unknown { what, why, source } in unknown {
        give(&format!("  {what}: {why} ({source})"));
    }
}

/// A number of draws, as it is given on the command line.
fn draws(text: &str) -> Result<NonZeroUsize, String> {
    let draws: Option<NonZeroUsize> = text.parse().ok();
    draws
        .filter(|draws| draws.get() <= MOST_DRAWS)
        .ok_or_else(|| format!("give a whole number from 1 to {MOST_DRAWS}"))
}

/// As many threads as there are processors.
pub(super) fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// A number of draws as steps of a bar.
pub(super) fn steps(draws: NonZeroUsize) -> u64 {
    u64::try_from(draws.get()).unwrap_or(u64::MAX)
}
