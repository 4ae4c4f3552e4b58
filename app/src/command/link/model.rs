//! Models in files, and `stour link train`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use stour_linkage::Model;

use super::{Across, Reading, matching};
use crate::program::give;

/// Estimate what agreement is worth, and write it as JSON
///
/// The model can be read, kept, and given to the other commands with --model, so that a decision of today
/// can be repeated next year.
///
/// Example: stour link train --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --out model.json
#[derive(Debug, Args)]
pub(crate) struct Train {
    #[command(flatten)]
    across: Across,
    /// Where the model is written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Train {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let mut loaded = matching::load(&self.across, |_, _, _| {})?;
        loaded.batch.decide(&mut loaded.model, |_, _| None);
        std::fs::write(&self.out, loaded.model.to_json())
            .with_context(|| format!("{} cannot be written", self.out.display()))?;
        give(&format!("The model is in {}.", self.out.display()));
        Ok(())
    }
}

/// A model that is used as it is, or one to begin estimating from.
pub(super) enum Begin {
    Given(Model),
    Estimate(Model),
}

/// The model of `--model`, else the one to begin from.
pub(super) fn begin(reading: &Reading, further: &[&str]) -> anyhow::Result<Begin> {
    let Some(file) = &reading.model else {
        return Ok(Begin::Estimate(Model::new(further)?));
    };
    let model = Model::from_json(&read(file)?)
        .with_context(|| format!("{} cannot be used", file.display()))?;
    anyhow::ensure!(
        model.further().eq(further.iter().copied()),
        "{} compares further columns [{}], and --columns names [{}]: name the same ones in the same order",
        file.display(),
        model.further().collect::<Vec<_>>().join(", "),
        further.join(", ")
    );
    Ok(Begin::Given(model))
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Splink's model, when `--model` is one.
pub(super) fn splink(_: &Reading) -> anyhow::Result<Option<super::splink::Splink>> {
    Ok(None)
}
