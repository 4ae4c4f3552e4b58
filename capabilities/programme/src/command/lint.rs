//! `stour programme lint`.

use std::fmt::Write as _;

use clap::{Args, FromArgMatches};
use stour_register::{Finding, lint};
use stour_web::{Command, CommandError, House, give};

use super::opened;
use crate::registers::REGISTER;

const EXAMPLE: &str = "\
Example:
  stour programme lint better-together

Told are fields that should be given and are not, owners whom nobody knows, references to what is not there, and what the \
check of each register finds. The exit code is 1 when there is anything to tell.";

/// Say what is incomplete or wrong in the registers of a programme
#[derive(Debug, Clone, Args)]
struct Lint {
    /// The programme's short name
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(super) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Lint::augment_args(clap::Command::new("lint")).after_help(EXAMPLE),
        run: |house, matches| {
            Lint::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?
                .run(house)
        },
    }
}

impl Lint {
    fn run(&self, house: &House) -> Result<(), CommandError> {
        let (around, today) = opened(house, &self.programme)?;
        let found = lint(&REGISTER, &around, today);
        if self.json {
            let text = serde_json::to_string_pretty(&found);
            let text = text.map_err(|error| CommandError(error.to_string()))?;
            give(&format!("{text}\n"))?;
        } else {
            give(&in_words(&found))?;
        }
        match found.len() {
            0 => Ok(()),
            1 => Err(CommandError(format!(
                "1 thing in {} is to be completed or put right",
                self.programme
            ))),
            count => Err(CommandError(format!(
                "{count} things in {} are to be completed or put right",
                self.programme
            ))),
        }
    }
}

fn in_words(found: &[Finding]) -> String {
    if found.is_empty() {
        return "Nothing is missing or wrong.\n".to_owned();
    }
    found.iter().fold(String::new(), |mut words, one| {
        // Writing to a String cannot fail.
        let _ = writeln!(words, "{} ({}): {}", one.reference, one.kind, one.message);
        words
    })
}
