//! `stour decisions …`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, FromArgMatches, Subcommand};
use serde::Serialize;
use stour_database::Transaction;
use stour_kernel::Date;
use stour_register::{Around, LoadError, Loaded, in_force};
use stour_web::{Command, CommandError, House, give};

use crate::popolo::Popolo;
use crate::record::{Record, Seen};
use crate::running::running;
use crate::site::export;
use crate::{SCOPE, load_shipped, load_text, tables};

/// The commands, for the program's command line.
pub(crate) fn commands() -> Vec<Command> {
    vec![Command {
        under: &[],
        define: || Decisions::augment_args(clap::Command::new("decisions")).after_help(EXAMPLE),
        run: |house, matches| {
            Decisions::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?
                .run(house)
        },
    }]
}

const EXAMPLE: &str = "\
Example:
  stour decisions load
  stour decisions export popolo > decisions.json
  stour decisions export commitments > commitments.csv
  stour decisions clocks";

/// Work with the record of what committees decided
#[derive(Debug, Args)]
struct Decisions {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Load the record that comes with the product, or entries from files; loading twice changes nothing
    Load {
        /// Files in TOML; without one, the record that comes with the product
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Give the published record as data
    Export {
        /// popolo (JSON), or a table as CSV: meetings, reports, interests, recommendations, decisions, delegations,
        /// votes, key-decisions, call-ins, commitments, health-reports
        what: String,
    },
    /// Say which clocks run: key decisions, call-ins, promises, answers to health reports, and authority that ends
    ///
    /// Exit code 1 when something is overdue or planned too early.
    Clocks {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

impl Decisions {
    fn run(self, house: &House) -> Result<(), CommandError> {
        match self.what {
            What::Load { files } => load(house, files),
            What::Export { what } => given(house, &what),
            What::Clocks { json } => clocks(house, json),
        }
    }
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
enum NotLoaded {
    #[error("{0}: {1}")]
    File(String, LoadError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Database(#[from] stour_database::Error),
}

fn load(house: &House, files: Vec<PathBuf>) -> Result<(), CommandError> {
    let texts = files
        .into_iter()
        .map(|path| {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(&path);
            text.map(|text| (name.clone(), text))
                .map_err(|error| CommandError(format!("{name} cannot be read: {error}")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let environment = house.environment().clone();
    let loaded = house.database().write_blocking(move |tx| {
        if texts.is_empty() {
            return Ok(load_shipped(tx, &environment)?);
        }
        let mut all = Loaded::default();
        for (name, text) in &texts {
            let loaded = load_text(tx, &environment, text);
            all = all.and(loaded.map_err(|error| NotLoaded::File(name.clone(), error))?);
        }
        Ok::<_, NotLoaded>(all)
    });
    let loaded = loaded.map_err(|error| CommandError(error.to_string()))?;
    let mut words = format!(
        "{} added, {} changed, {} as they were\n",
        loaded.added, loaded.changed, loaded.unchanged
    );
    if !loaded.left_to_people.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            words,
            "left as people have changed them since: {}",
            loaded.left_to_people.join(", ")
        );
    }
    give(&words)
}

fn record(house: &House, seen: Seen) -> Result<(Record, Date), CommandError> {
    let today = house.environment().today();
    let entries = house
        .database()
        .read_blocking(|tx: &mut Transaction<'_>| in_force(tx, SCOPE))?;
    Ok((Record::of(&Around::new(entries), seen, today), today))
}

fn given(house: &House, what: &str) -> Result<(), CommandError> {
    let (record, today) = record(house, Seen::Published)?;
    if what == "popolo" {
        return give(&json(&Popolo::of(&record))?);
    }
    let table = tables::csv(&record, what, today).ok_or_else(|| {
        let names: Vec<&str> = export::FILES.iter().map(|(name, _)| *name).collect();
        CommandError(format!(
            "there is no {what:?}: choose popolo or one of {}",
            names.join(", ")
        ))
    })?;
    give(&table)
}

fn json<T: Serialize>(value: &T) -> Result<String, CommandError> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n")
        .map_err(|error| CommandError(error.to_string()))
}

fn clocks(house: &House, as_json: bool) -> Result<(), CommandError> {
    let (record, today) = record(house, Seen::Everything)?;
    let running = running(&record, today);
    let late = running.iter().filter(|one| one.late).count();
    if as_json {
        give(&json(&running)?)?;
    } else {
        let mut words = String::new();
        for one in &running {
            // Writing to a String cannot fail.
            let _ = writeln!(
                words,
                "{} {}: {} ({})",
                one.kind, one.number, one.what, one.stands
            );
        }
        if running.is_empty() {
            words.push_str("no clock is running\n");
        }
        give(&words)?;
    }
    match late {
        0 => Ok(()),
        1 => Err(CommandError("1 is overdue or planned too early".to_owned())),
        late => Err(CommandError(format!(
            "{late} are overdue or planned too early"
        ))),
    }
}
