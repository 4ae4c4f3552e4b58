//! `stour indicators`.

use std::io::Write as _;

use clap::{Args, FromArgMatches};
use stour_web::{Command, CommandError, House};

use super::follow::bring_blocking;
use super::numbers;
use crate::catalogue::catalogue;

const EXAMPLE: &str = "\
Example:
  stour indicators
  stour indicators --json

Everybody's facts are counted anew, from the file beside the database and from the log after it, and the result is compared, \
cell by cell, with what was kept up to date as facts arrived. Each definition is checked too: unknown codes, circular \
formulas, numbers that cannot be made. It ends with 1 when anything is wrong.";

/// Check the definitions of indicators, and that the numbers kept up to date are those of a count anew
#[derive(Debug, Clone, Args)]
pub(crate) struct Indicators {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &[],
        define: || Indicators::augment_args(clap::Command::new("indicators")).after_help(EXAMPLE),
        run: |house, matches| {
            let asked = Indicators::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?;
            let found = check(house)?;
            let answer = if asked.json {
                found.json()
            } else {
                found.words()
            };
            std::io::stdout().lock().write_all(answer.as_bytes())?;
            if found.faults.is_empty() && found.agrees {
                Ok(())
            } else {
                Err(CommandError("The indicators are not sound.".to_owned()))
            }
        },
    }
}

/// What was found.
struct Found {
    indicators: usize,
    counted: usize,
    faults: Vec<String>,
    people: usize,
    facts: usize,
    agrees: bool,
}

fn check(house: &House) -> Result<Found, CommandError> {
    let catalogue = catalogue().map_err(|error| CommandError(error.to_owned()))?;
    bring_blocking(house).map_err(|error| CommandError(error.to_string()))?;
    let found = numbers(house.database()).ask(|state| {
        let (people, facts) = state.size();
        Ok::<_, CommandError>(Found {
            indicators: catalogue.definitions.len(),
            counted: catalogue.counted().count(),
            faults: catalogue.faults.iter().map(ToString::to_string).collect(),
            people,
            facts,
            agrees: state
                .agrees()
                .map_err(|error| CommandError(error.to_string()))?,
        })
    });
    found.ok_or_else(|| CommandError("Nothing could be counted.".to_owned()))?
}

impl Found {
    fn words(&self) -> String {
        let mut lines: Vec<String> = self.faults.clone();
        lines.push(format!(
            "{} indicators, {} of them counted from {} facts about {} people.",
            self.indicators, self.counted, self.facts, self.people
        ));
        lines.push(if self.agrees {
            "A count anew gives the same numbers in every cell.".to_owned()
        } else {
            "A count anew gives other numbers than those kept up to date.".to_owned()
        });
        format!("{}\n", lines.join("\n"))
    }

    fn json(&self) -> String {
        let found = serde_json::json!({
            "indicators": self.indicators,
            "counted": self.counted,
            "faults": self.faults,
            "people": self.people,
            "facts": self.facts,
            "agrees": self.agrees,
        });
        format!("{found:#}\n")
    }
}
