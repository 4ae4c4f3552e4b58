//! `stour link explain`.

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use serde_json::json;
use stour_linkage::splink::Score;
use stour_linkage::{Explanation, Rule, RunnerUp};

use super::{Across, matching, model};
use crate::program::give;

/// Explain how two records compare
///
/// For each field: how it compares and for how many bits it counts, with the part that comes from how
/// common or rare the value is; then the prior, what relatives would share too, and what was decided, or
/// the decision that the two alone would lead to. Last, the next best record of the index for the same
/// incoming one, and by how many bits this one is ahead of it (below 0: behind). With Splink's model: the
/// parts of its match weight, as its waterfall chart shows them, the rule of trust that holds a link, if
/// one does, and the next best.
///
/// With --json, fields (each field, level, bits, `frequency_bits`), prior and `household_bits` add up to
/// weight; `runner_up` has weight and margin, and `runner_up_id` says whose they are; both are null where
/// nobody else comes near. With Splink's model the parts are in score. The same files give the same bytes.
///
/// Example: stour link explain --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --ids 1001,88
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    across: Across,
    /// One identifier of each file, in either order
    #[arg(long, value_name = "ID,ID", value_parser = pair)]
    ids: (String, String),
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Two identifiers, as they are given on the command line.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once(',') {
        Some((one, other)) if !one.is_empty() && !other.is_empty() && !other.contains(',') => {
            Ok((one.to_owned(), other.to_owned()))
        }
        _ => Err(
            "give two identifiers, one of each file, parted by a comma, such as 1001,88".to_owned(),
        ),
    }
}

impl Explain {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let (one, other) = &self.ids;
        if let Some(splink) = model::splink(&self.across.reading)? {
            return splink.explain(&self.across, (one, other), |score, held, next| {
                let runner_up = next.map(|(_, weight)| RunnerUp::of(score.weight, weight));
                let id = next.map(|(id, _)| id);
                let text = if self.json {
                    let parts = json!({
                        "score": score,
                        "rule": held.map(Rule::as_str),
                        "runner_up": runner_up,
                        "runner_up_id": id,
                    });
                    serde_json::to_string_pretty(&parts)?
                } else {
                    score_in_words(score, held, &next_in_words(runner_up, id))
                };
                give(&text);
                Ok(())
            });
        }
        let mut loaded = matching::load(&self.across, |_, _, _| {})?;
        let (incoming, index) = places((one, other), &loaded.incoming, &loaded.index)?;
        let outcomes = loaded.batch.decide(&mut loaded.model, |_, _| None);
        let outcome = outcomes.get(incoming).context("nothing was decided")?;
        let explanation = if outcome.index == Some(index) {
            loaded.batch.explain(&loaded.model, outcome)
        } else {
            loaded.batch.explain_pair(&loaded.model, outcome, index)
        };
        let next = outcome.other_than(index);
        let explained = Explained {
            explanation,
            runner_up_id: next.and_then(|(next, _)| loaded.index.get(next).map(String::as_str)),
        };
        if self.json {
            give(&serde_json::to_string_pretty(&explained)?);
        } else {
            give(&in_words(&explained));
        }
        Ok(())
    }
}

/// What the engine says of two records, and whom its runner-up is.
#[derive(Serialize)]
struct Explained<'f> {
    #[serde(flatten)]
    explanation: Explanation,
    runner_up_id: Option<&'f str>,
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
fn score_in_words(score: &Score<'_>, held: Option<Rule>, next: &str) -> String {
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
    lines.push(next.to_owned());
    lines.join("\n")
}

fn next_in_words(runner_up: Option<RunnerUp>, id: Option<&str>) -> String {
    let Some((RunnerUp { weight, margin }, id)) = runner_up.zip(id) else {
        return "Nobody else of the index comes near.".to_owned();
    };
    let place = if margin < 0.0 { "behind" } else { "ahead" };
    let margin = margin.abs();
    format!("Next best is {id} with a weight of {weight:.2}: this one is {margin:.2} bits {place}.")
}

fn in_words(explained: &Explained<'_>) -> String {
    let explanation = &explained.explanation;
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
    let (runner_up, id) = (explanation.runner_up, explained.runner_up_id);
    lines.push(next_in_words(runner_up, id));
    lines.join("\n")
}
