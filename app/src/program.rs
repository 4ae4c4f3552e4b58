//! The command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};
use stour_web::Command as CapabilityCommand;
use thiserror::Error;

use crate::capabilities;
use crate::command::Command;
use crate::open::{Opening, Place};

/// Exit code of a command that was understood and failed.
const FAILED: u8 = 1;
/// Exit code of a command that was not understood.
const MISUSED: u8 = 2;

/// Words that are each understood and do not go together.
#[derive(Debug, Error)]
#[error("{0}; see --help")]
pub(crate) struct Misused(pub(crate) String);

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
    let matches = match definition().try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            return if asked {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(MISUSED)
            };
        }
    };
    match dispatch(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("stour: {error:#}"));
            ExitCode::from(if error.is::<Misused>() {
                MISUSED
            } else {
                FAILED
            })
        }
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

/// Says something to whoever watches, on standard error.
#[expect(clippy::print_stderr, reason = "this is the command line")]
pub fn tell(text: &str) {
    eprintln!("{text}");
}

/// Gives a result, on standard output. A reader that has gone away is not an error.
pub fn give(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
