//! `stour link explain`.

use anyhow::{Context as _, bail};
use clap::Args;
use stour_linkage::Explanation;

use super::{Across, matching};
use crate::program::give;

/// Explain how two records compare
///
/// For each field: how it compares and for how many bits it counts, with the part that comes from how
/// common or rare the value is; then the prior, what relatives would share too, and the decision that
/// the two alone would lead to.
///
/// Example: stour link explain --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --ids 1001,88
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    across: Across,
    /// One identifier of each file, in either order
    #[arg(
        long,
        value_name = "ID,ID",
        value_delimiter = ',',
        num_args = 1,
        required = true
    )]
    ids: Vec<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let [one, other] = self.ids.as_slice() else {
            bail!("--ids takes two identifiers, one of each file, parted by a comma");
        };
        let mut loaded = matching::load(&self.across, |_, _, _| {})?;
        let place = |ids: &[String], id: &str| ids.iter().position(|known| known == id);
        let found = |incoming: &str, index: &str| {
            place(&loaded.incoming, incoming).zip(place(&loaded.index, index))
        };
        let (incoming, index) = found(other, one)
            .or_else(|| found(one, other))
            .with_context(|| {
                format!("{one} and {other} are not one record of each file: check the identifiers")
            })?;
        let outcomes = loaded.batch.decide(&mut loaded.model, |_, _| None);
        let decided = outcomes.get(incoming);
        let explanation = match decided.filter(|outcome| outcome.index == Some(index)) {
            Some(outcome) => loaded.batch.explain(&loaded.model, outcome),
            None => loaded.batch.explain_pair(&loaded.model, incoming, index),
        };
        if self.json {
            give(&serde_json::to_string_pretty(&explanation)?);
        } else {
            give(&in_words(&explanation));
        }
        Ok(())
    }
}

fn in_words(explanation: &Explanation) -> String {
    let mut lines = vec![format!(
        "{:<16} {:<28} {:>9} {:>16}",
        "field", "compares", "bits", "of it by rarity"
    )];
    for field in &explanation.fields {
        lines.push(format!(
            "{:<16} {:<28} {:>9.2} {:>16.2}",
            field.field, field.level, field.bits, field.frequency_bits
        ));
    }
    lines.push(format!("{:<45} {:>9.2}", "prior odds", explanation.prior));
    lines.push(format!(
        "{:<45} {:>9.2}",
        "relatives would share it too", explanation.household_bits
    ));
    lines.push(format!("{:<45} {:>9.2}", "weight", explanation.weight));
    lines.push(format!(
        "probability {:.9}; model: {}",
        explanation.probability, explanation.model
    ));
    lines.push(explanation.sentence.clone());
    lines.join("\n")
}
