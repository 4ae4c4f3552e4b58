//! Messages from a file, for history and for trying things out.

use std::path::PathBuf;

use bytes::Bytes;
use clap::{Arg, ArgMatches, value_parser};
use stour_database::Database;
use stour_kernel::Environment;
use stour_people::catch_up_blocking;
use stour_web::{Command, CommandError, House, give};

use super::apply::apply;
use super::receipt::{Incoming, incoming};
use super::store::{self, MessageState};
use crate::error::FlowError;

/// `stour import messages FILE`.
pub(crate) const COMMAND: Command = Command {
    under: &["import"],
    define,
    run,
};

/// How many messages are stored, and how many worked through, in one transaction.
const AT_ONCE: usize = 256;

fn define() -> clap::Command {
    clap::Command::new("messages")
        .about("Take in a file of HL7 version 2 messages as if they had been sent")
        .long_about(
            "Take in a file of HL7 version 2 messages (ER7, one after another) as if they had been \
             sent. Messages that are there already are left alone, so a file can be taken in again.\n\n\
             Example: stour import messages adt-2026-11-24.hl7",
        )
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The file"),
        )
}

fn run(house: &House, matches: &ArgMatches) -> Result<(), CommandError> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Err(CommandError("Name the file to take in.".to_owned()));
    };
    let bytes = std::fs::read(file)
        .map_err(|error| CommandError(format!("{} cannot be read: {error}", file.display())))?;
    let live = !house.settings().demonstration;
    let taken = take_in(house.database(), house.environment(), &bytes, live)
        .map_err(|error| CommandError(error.to_string()))?;
    let mut lines = vec![format!(
        "{} messages in the file, {} of them new",
        taken.messages, taken.new
    )];
    let states = taken.states.iter();
    lines.extend(states.map(|(state, count)| format!("{count} {}", state.words().to_lowercase())));
    give(&(lines.join("\n") + "\n"))
}

/// What a file held, and what became of everything that was ever taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) messages: usize,
    pub(super) new: u64,
    pub(super) states: Vec<(MessageState, i64)>,
}

/// Stores the messages of a file and works through them.
pub(super) fn take_in(
    database: &Database,
    environment: &Environment,
    file: &[u8],
    live: bool,
) -> Result<Taken, FlowError> {
    let all: Vec<&[u8]> = stour_hl7v2::messages(file).collect();
    let mut new = 0;
    for some in all.chunks(AT_ONCE) {
        let came: Vec<Incoming> = some
            .iter()
            .map(|one| incoming(Bytes::copy_from_slice(one), "a file", live))
            .collect();
        let environment = environment.clone();
        new += database.write_blocking(move |tx| store::keep(tx, &environment, &came))?;
    }
    while work(database, environment)? > 0 {}
    let states = database.read_blocking(store::counts)?;
    Ok(Taken {
        messages: all.len(),
        new,
        states,
    })
}

fn work(database: &Database, environment: &Environment) -> Result<usize, FlowError> {
    let limit = i64::try_from(AT_ONCE).unwrap_or(1);
    let environment = environment.clone();
    let count = database.write_blocking(move |tx| {
        let batch = store::waiting(tx, limit)?;
        batch
            .iter()
            .try_for_each(|waiting| apply(tx, &environment, waiting))?;
        Ok::<_, FlowError>(batch.len())
    })?;
    catch_up_blocking(database)?;
    Ok(count)
}
