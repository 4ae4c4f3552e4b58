//! The command line.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};
use stour_web::Command as CapabilityCommand;
use thiserror::Error;

use crate::capabilities;
use crate::command::Command;
use crate::open::{Opening, Place};

/// Exit code of a command that was understood and failed.
const FAILED: u8 = 1;
/// Exit code of a command that was not understood, or could not do what it is for.
const MISUSED: u8 = 2;

/// Words that are each understood and do not go together.
#[derive(Debug, Error)]
#[error("{0}; see --help")]
pub(crate) struct Misused(pub(crate) String);

/// That what was to be checked could not be, which is not the same as that it is wrong.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct NotRun(pub(crate) String);

/// Run a health and care partnership as one system.
///
/// Try it with made-up people:      stour demo
/// Run it for real:                 stour user add … && stour serve
/// Add a published series:          stour import series FILE --layout NAME
///
/// Every command says more with --help. Progress goes to standard error, results to standard output.
/// Exit codes: 0 done, 1 failed (the message says why and what to do), 2 not understood.
#[derive(Debug, Parser)]
#[command(
    name = "stour",
    version,
    verbatim_doc_comment,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Program {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    place: Place,
}

/// The whole command line, the capabilities' commands in their places.
pub fn definition() -> clap::Command {
    let mut program = Program::command();
    for command in commands() {
        program = add(program, command.under, (command.define)());
    }
    program
}

fn commands() -> Vec<CapabilityCommand> {
    capabilities::all()
        .into_iter()
        .flat_map(|capability| capability.commands)
        .collect()
}

fn add(program: clap::Command, under: &[&'static str], command: clap::Command) -> clap::Command {
    match under {
        [] => program.subcommand(command),
        [parent, rest @ ..] => {
            let rest = rest.to_vec();
            program.mut_subcommand(parent, move |found| add(found, &rest, command))
        }
    }
}

/// Runs the program with these words.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let code = match definition().try_get_matches_from(words) {
        Ok(matches) => ended(dispatch(&matches)),
        Err(error) => help(&error),
    };
    match written() {
        Ok(()) => ExitCode::from(code),
        Err(error) => {
            tell(&format!("stour: the answer could not be written: {error}"));
            ExitCode::from(code.max(FAILED))
        }
    }
}

/// The exit code of a command that has run.
fn ended(result: anyhow::Result<()>) -> u8 {
    let Err(error) = result else { return 0 };
    tell(&format!("stour: {error:#}"));
    if error.is::<Misused>() || error.is::<NotRun>() {
        MISUSED
    } else {
        FAILED
    }
}

/// Gives the help that was asked for, or tells what was not understood.
fn help(error: &clap::Error) -> u8 {
    let printed = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            note(printed);
            0
        }
        _ => MISUSED,
    }
}

fn dispatch(matches: &ArgMatches) -> anyhow::Result<()> {
    for command in commands() {
        let name = (command.define)();
        if let Some(found) = found(matches, command.under, name.get_name()) {
            let house = Place::from_arg_matches(matches)?.house(&Opening::default())?;
            return (command.run)(&house, found).map_err(anyhow::Error::from);
        }
    }
    let program = Program::from_arg_matches(matches)?;
    program.command.run(&program.place)
}

/// The words given to one command, when it is the one that was asked for.
fn found<'m>(matches: &'m ArgMatches, under: &[&str], name: &str) -> Option<&'m ArgMatches> {
    let parent = under
        .iter()
        .try_fold(matches, |matches, name| matches.subcommand_matches(name))?;
    parent.subcommand_matches(name)
}

/// Says something to whoever watches, on standard error. Where nobody can, there is nobody to tell.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The first thing that went wrong in writing to standard output.
static UNWRITTEN: OnceLock<io::Error> = OnceLock::new();

/// Gives a result, on standard output. That it could not be written is told when the program ends.
pub fn give(text: &str) {
    note(writeln!(io::stdout().lock(), "{text}"));
}

/// Keeps what went wrong in writing an answer. A reader that has gone away is not an error.
fn note(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        // Only the first is kept: what follows is due to it.
        let _ = UNWRITTEN.set(error);
    }
}

/// Whether all that was given has been written.
fn written() -> Result<(), &'static io::Error> {
    note(io::stdout().lock().flush());
    UNWRITTEN.get().map_or(Ok(()), Err)
}
