//! `stour link explain`.

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use stour_linkage::splink::Score;
use stour_linkage::{Explanation, Rule};

use super::{Across, matching, model};
use crate::program::give;

/// Explain how two records compare
///
/// For each field: how it compares and for how many bits it counts, with the part that comes from how
/// common or rare the value is; then the prior, what relatives would share too, and the decision that
/// the two alone would lead to. With Splink's model: the parts of its match weight, as its waterfall chart
/// shows them, and the rule of trust that holds a link, if one does.
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
        if let Some(splink) = model::splink(&self.across.reading)? {
            return splink.explain(&self.across, (one, other), |score, held| {
                let text = if self.json {
                    let parts = json!({ "score": score, "rule": held.map(Rule::as_str) });
                    serde_json::to_string_pretty(&parts)?
                } else {
                    score_in_words(score, held)
                };
                give(&text);
                Ok(())
            });
        }
        let mut loaded = matching::load(&self.across, |_, _, _| {})?;
        let (incoming, index) = places((one, other), &loaded.incoming, &loaded.index)?;
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

/// The places of an incoming record and one of the index, by identifiers in either order.
pub(super) fn places(
    (one, other): (&str, &str),
    incoming: &[String],
    index: &[String],
) -> anyhow::Result<(usize, usize)> {
    let place = |ids: &[String], id: &str| ids.iter().position(|known| known == id);
    let found = |came: &str, known: &str| place(incoming, came).zip(place(index, known));
    found(other, one)
        .or_else(|| found(one, other))
        .with_context(|| {
            format!("{one} and {other} are not one record of each file: check the identifiers")
        })
}

/// The waterfall of a score of Splink's.
fn score_in_words(score: &Score<'_>, held: Option<Rule>) -> String {
    let line = |name: &str, level: &str, bits: f64, rarity: f64| {
        format!("{name:<24} {level:<44} {bits:>9.2} {rarity:>12.2}")
    };
    let mut lines = vec![format!(
        "{:<24} {:<44} {:>9} {:>12}",
        "comparison", "level", "bits", "by rarity"
    )];
    lines.extend(score.parts.iter().map(|part| {
        line(
            part.comparison,
            part.level,
            part.bits,
            part.term_frequency_bits,
        )
    }));
    lines.push(format!("{:<69} {:>9.2}", "prior odds", score.prior));
    lines.push(format!("{:<69} {:>9.2}", "weight", score.weight));
    lines.push(format!(
        "probability {:.9}; model: Splink's",
        score.probability
    ));
    lines
        .extend(held.map(|rule| format!("A rule of trust holds a link: {rule}. {}", rule.words())));
    lines.join("\n")
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
