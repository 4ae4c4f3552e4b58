//! `stour shares`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use stour_appraisal::{Agreement, share};
use stour_kernel::Pence;

use stour_programme::document::Kind;

use super::document;
use crate::program::give;

/// Work out what is payable under a fee guarantee, and what each partner pays of it
///
/// The agreement is a TOML file: the fee, the benefit it is guaranteed for, what counts, for how many
/// weeks, who signs, the partners, and what was measured. The answer is the pack for a review: every
/// measure with its evidence, and why it does not count where it does not. Shares are whole pence by
/// largest remainder and sum exactly. Every key is explained in docs/appraisal/README.md.
///
/// Example: stour shares docs/appraisal/agreement.toml --json
#[derive(Debug, Args)]
pub(crate) struct Shares {
    /// The agreement
    file: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

impl Shares {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let text = document::read(&self.file, Kind::Agreement)?;
        let agreement = Agreement::read(&text)
            .map_err(|wrong| document::refuse(&self.file, &wrong, self.json))?;
        let pack = share(&agreement).with_context(|| self.file.display().to_string())?;
        if self.json {
            give(&serde_json::to_string_pretty(&pack)?);
            return Ok(());
        }
        give(&format!("{}, at {}\n", pack.title, pack.assurance_date));
        give(&format!(
            "Benefit that counts, a year: {}",
            pack.counted_benefit
        ));
        give(&format!("Payable: {}\n", pack.words));
        for partner in &pack.partners {
            give(&format!(
                "  {:<28} benefit {:>18}  share {:>6.2}%  fee {:>16}",
                partner.name,
                partner.counted_benefit.to_string(),
                partner.benefit_share * 100.0,
                partner.fee.to_string()
            ));
        }
        if pack.beyond_caps != Pence::ZERO {
            give(&format!("  {:<28} {}", "beyond all caps", pack.beyond_caps));
        }
        give("");
        for measure in &pack.measures {
            let verdict = measure.why_not.as_deref().map_or_else(
                || "counts".to_owned(),
                |why| format!("does not count: {why}"),
            );
            give(&format!(
                "  {} ({}): {} a year; {verdict}. Evidence: {}",
                measure.name, measure.partner, measure.annual_benefit, measure.evidence
            ));
        }
        document::say_unknown(&pack.unknown);
        Ok(())
    }
}
