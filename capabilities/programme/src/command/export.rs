//! `stour programme export`.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};
use stour_register::{Kind, Known, file};
use stour_web::{Command, CommandError, House, give};

use super::opened;
use crate::registers::REGISTER;

const EXAMPLE: &str = "\
Examples:
  stour programme export better-together --json
  stour programme export better-together --kind risk --csv > risks.csv
  stour programme export better-together --xlsx better-together.xlsx

What goes out can be changed and taken in again: stour programme import.";

/// Give all that a programme keeps, or one of its registers
#[derive(Debug, Clone, Args)]
struct Export {
    /// The programme's short name
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    /// Only this register, such as risk
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
struct Form {
    /// As JSON, on standard output
    #[arg(long)]
    json: bool,
    /// As CSV, on standard output; of one register
    #[arg(long, requires = "kind")]
    csv: bool,
    /// As an Excel workbook with a sheet for each register, into this file
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
}

/// The command, for the program's command line.
pub(super) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Export::augment_args(clap::Command::new("export")).after_help(EXAMPLE),
        run: |house, matches| {
            Export::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?
                .run(house)
        },
    }
}

/// A register by its name.
///
/// # Errors
/// When there is none, with the names that there are.
pub(super) fn kind_of(name: &str) -> Result<&'static Kind, CommandError> {
    REGISTER.kind(name).ok_or_else(|| {
        let names: Vec<&str> = crate::kinds().map(|kind| kind.name).collect();
        CommandError(format!(
            "there is no register called {name}: they are {}",
            names.join(", ")
        ))
    })
}

impl Export {
    fn run(&self, house: &House) -> Result<(), CommandError> {
        let (around, today) = opened(house, &self.programme)?;
        let kinds: Vec<&'static Kind> = match &self.kind {
            Some(name) => vec![kind_of(name)?],
            None => crate::kinds().collect(),
        };
        if let Some(path) = &self.form.xlsx {
            let known = Known::of(&REGISTER, &around, today);
            let bytes =
                file::workbook(&known, &kinds).map_err(|error| CommandError(error.to_string()))?;
            return std::fs::write(path, bytes).map_err(|error| {
                CommandError(format!("{} cannot be written: {error}", path.display()))
            });
        }
        match kinds.as_slice() {
            [only] if self.form.csv => give(&file::csv(only, &around)),
            kinds => give(&format!("{:#}\n", file::json(kinds, &around))),
        }
    }
}
