//! Stays added up anew from the messages as they came.

use clap::ArgMatches;
use stour_database::Database;
use stour_hl7v2::Message;
use stour_kernel::Environment;
use stour_web::{Command, CommandError, House, give};

use crate::adt::{self, Told};
use crate::error::{FlowError, reference};
use crate::hub;
use crate::spell::{Event, Rebuilt, Stored, rebuild};

/// `stour flow`, and what stands under it.
pub(crate) const COMMAND: Command = Command {
    under: &[],
    define,
    run,
};

const REBUILD: &str = "rebuild";
/// How many stays are added up in one transaction.
const AT_ONCE: i64 = 256;

fn define() -> clap::Command {
    let rebuild = clap::Command::new(REBUILD)
        .about("Add up every stay in hospital anew from the messages as they were stored")
        .long_about(
            "Add up every stay in hospital anew from the messages as they were stored, and say which show something else \
             than before: none, unless a later version reads messages better. It can be run at any time, also while messages \
             come in, and stopped at any time.\n\nExample: stour flow rebuild",
        );
    clap::Command::new("flow")
        .about("Work with stays in hospital")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(rebuild)
        .subcommand(hub::notices_command())
}

fn run(house: &House, matches: &ArgMatches) -> Result<(), CommandError> {
    if let Some((hub::NOTICES, matches)) = matches.subcommand() {
        return hub::show_notices(matches);
    }
    if matches.subcommand_name() != Some(REBUILD) {
        return Err(CommandError("Say what to do: stour flow help".to_owned()));
    }
    let rebuilt = all(house.database(), house.environment())
        .map_err(|error| CommandError(error.to_string()))?;
    give(&told(&rebuilt))
}

/// What is said of it.
pub(crate) fn told(rebuilt: &Rebuilt) -> String {
    let mut lines = vec![format!(
        "{} stays added up anew from {} messages; {} show something else than before",
        rebuilt.spells,
        rebuilt.messages,
        rebuilt.changed.len()
    )];
    if rebuilt.unread > 0 {
        lines.push(format!(
            "{} messages say nothing that can be read any more; what they said before stands",
            rebuilt.unread
        ));
    }
    lines.extend(rebuilt.changed.iter().map(ToString::to_string));
    if rebuilt.spells == 0 {
        lines.push(
            "No hospital message has told of a stay here. If the records are elsewhere, say where with --data or --database."
                .to_owned(),
        );
    }
    lines.join("\n") + "\n"
}

pub(crate) fn all(database: &Database, environment: &Environment) -> Result<Rebuilt, FlowError> {
    let (mut rebuilt, mut after) = (Rebuilt::default(), None);
    loop {
        let environment = environment.clone();
        let (last, so_far) = database.write_blocking(move |tx| {
            let mut some = Rebuilt::default();
            let last = rebuild(tx, &environment, (after, AT_ONCE), said, &mut some)?;
            Ok::<_, FlowError>((last, some))
        })?;
        rebuilt.spells += so_far.spells;
        rebuilt.messages += so_far.messages;
        rebuilt.unread += so_far.unread;
        rebuilt.changed.extend(so_far.changed);
        match last {
            Some(_) => after = last,
            None => return Ok(rebuilt),
        }
    }
}

/// What a stored message says of a visit. Of one about two people, that of the visit of this number is meant.
fn said(stored: &Stored, visit: &str) -> Result<Option<Event>, FlowError> {
    let Ok(message) = Message::parse(&stored.body) else {
        return Ok(None);
    };
    let Ok(told) = adt::read(&message, &stored.digest, reference()?) else {
        return Ok(None);
    };
    let is_alone = told.len() == 1;
    Ok(told.into_iter().find_map(|adt| match adt.told {
        Told::Visit(number, event) if is_alone || number.as_deref() == Some(visit) => Some(*event),
        _ => None,
    }))
}
