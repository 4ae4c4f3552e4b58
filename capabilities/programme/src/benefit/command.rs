//! `stour programme benefits`.

use std::fmt::Write as _;

use clap::{Args, FromArgMatches};
use serde_json::{Value, json};
use stour_benefits::{Movement, Standing};
use stour_web::{Command, CommandError, House, give};

use super::glance::{Glance, glance};
use super::kind::KIND;
use super::measured::Measured;
use super::shown::message;

const EXAMPLE: &str = "\
Examples:
  stour programme benefits future-care
  stour programme benefits future-care --json

Figures are those of the outcomes capability: published series that were imported (stour import series), and indicators \
counted from the records. Nobody types one into a benefit.";

/// Say where the benefits of a programme stand
#[derive(Debug, Clone, Args)]
struct Benefits {
    /// The programme's short name
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Benefits::augment_args(clap::Command::new("benefits")).after_help(EXAMPLE),
        run: |house, matches| {
            let asked = Benefits::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?;
            let found = found(house, &asked.programme)?;
            give(&if asked.json {
                format!("{:#}\n", in_json(&found))
            } else {
                in_words(&found)
            })
        },
    }
}

fn found(house: &House, programme: &str) -> Result<Glance, CommandError> {
    let (around, _) = crate::command::opened(house, programme)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let glance = runtime.block_on(glance(house, &around));
    glance.map_err(|problem| CommandError(problem.detail))
}

fn in_words(glance: &Glance) -> String {
    let mut text = format!("{}.\n", glance.sentence);
    for one in &glance.all {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}{} {}: {}",
            KIND.prefix,
            one.benefit.number,
            one.benefit.title,
            message(one)
        );
    }
    text
}

fn in_json(glance: &Glance) -> Value {
    let counts = glance.counts();
    json!({
        "message": glance.sentence,
        "ahead": counts.ahead,
        "as_expected": counts.as_expected,
        "behind": counts.behind,
        "without_target": counts.without_target,
        "not_measured": counts.not_measured,
        "benefits": glance.all.iter().map(one_in_json).collect::<Vec<_>>(),
    })
}

/// Numbers are texts, as exact as they are kept.
fn one_in_json(one: &Measured) -> Value {
    let found = one.found.as_ref();
    let standing = one.standing().map(|standing| match standing {
        Standing::Ahead => "ahead",
        Standing::AsExpected => "as expected",
        Standing::Behind => "behind",
    });
    let movement = found.and_then(|found| found.movement);
    let movement = movement.map(|movement| match movement {
        Movement::Better => "better",
        Movement::Same => "the same",
        Movement::Worse => "worse",
    });
    let worth = found.and_then(|found| found.worth.as_ref());
    json!({
        "number": one.benefit.number,
        "title": one.benefit.title,
        "measure": one.benefit.measure,
        "unit": one.unit_words(),
        "baseline": one.benefit.baseline.map(|baseline| baseline.value.to_string()),
        "value": found.map(|found| found.value.to_string()),
        "period": found.map(|found| found.period.clone()),
        "expected": found.and_then(|found| found.expected).map(|expected| expected.value.to_string()),
        "better_by": found.and_then(|found| found.better_by).map(|better| better.to_string()),
        "since_baseline": movement,
        "standing": standing,
        "pence_a_year": worth.map(|worth| worth.rate.yearly.as_i64()),
    })
}
