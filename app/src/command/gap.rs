//! `stour gap`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use stour_appraisal::{Draws, Gap, close_gap};

use stour_programme::document::Kind;

use super::document::{self, Drawing};
use crate::program::give;
use crate::progress::bar;

/// Work out a funding gap: what demand will cost, what there is to pay it, and what measures would close
///
/// The gap is a TOML file with budgets, demand by age and need, stated pressures and measures. Measures
/// are shown one by one, as a waterfall, with what they do to each other as a step of its own. Every key
/// is explained in docs/appraisal/README.md.
///
/// Example: stour gap docs/appraisal/gap-2013.toml --json
#[derive(Debug, Args)]
pub(crate) struct GapCommand {
    /// The gap
    file: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    drawing: Drawing,
}

impl GapCommand {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let text = document::read(&self.file, Kind::Gap)?;
        let gap =
            Gap::read(&text).map_err(|wrong| document::refuse(&self.file, &wrong, self.json))?;
        let draws = self.drawing.wanted().map(|(count, seed)| Draws {
            count,
            seed,
            threads: document::threads(),
        });
        let bar = bar(
            "Drawing",
            draws.map_or(0, |draws| document::steps(draws.count)),
        );
        let result = close_gap(&gap, draws, &|done| bar.inc(done));
        bar.finish_and_clear();
        let result = result.with_context(|| self.file.display().to_string())?;
        if self.json {
            give(&serde_json::to_string_pretty(&result)?);
            return Ok(());
        }
        give(&format!("{}\n", result.title));
        for year in &result.years {
            give(&format!(
                "  {:<9} needed {:>20}  funded {:>20}  gap {:>18}",
                year.year,
                year.needed.to_string(),
                year.funded.to_string(),
                year.gap.to_string()
            ));
        }
        give(&format!(
            "\nHow the gap of {} would close",
            result.target_year
        ));
        for step in &result.waterfall {
            give(&format!(
                "  {:<52}{:>20}",
                step.name,
                step.amount.to_string()
            ));
        }
        if let (Some(draws), Some(left)) = (draws, &result.remaining.value) {
            give(&format!(
                "\n{} draws, seed {}: {} to {} is left in 80 of 100, middle {}; a gap in {:.1} of 100",
                draws.count,
                draws.seed,
                left.p10,
                left.p90,
                left.p50,
                left.probability_above_zero * 100.0
            ));
        } else if let (Some(_), Some(why_not)) = (draws, &result.remaining.why_not) {
            give(&format!("\nNothing was drawn: {why_not}"));
        }
        document::say_unknown(&result.unknown);
        Ok(())
    }
}
