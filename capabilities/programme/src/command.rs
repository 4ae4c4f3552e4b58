//! `stour programme …`.

mod export;
mod import;
mod lint;
mod load;

use stour_database::Transaction;
use stour_kernel::Date;
use stour_register::{Around, in_force};
use stour_web::{Command, CommandError, House};

use crate::registers::REGISTER;

/// Each command by itself.
fn parts() -> Vec<Command> {
    vec![
        load::command(),
        export::command(),
        import::command(),
        lint::command(),
        crate::benefit::command::command(),
        crate::plan::command::command(),
    ]
}

/// The command with all that stands under it, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &[],
        define: || {
            let whole = clap::Command::new("programme")
                .about("Work with programmes of change")
                .subcommand_required(true)
                .arg_required_else_help(true);
            parts()
                .into_iter()
                .fold(whole, |whole, part| whole.subcommand((part.define)()))
        },
        run: |house, matches| {
            let asked = matches.subcommand();
            let part = parts().into_iter().find(|part| {
                let name = (part.define)();
                asked.is_some_and(|(asked, _)| asked == name.get_name())
            });
            match (part, asked) {
                (Some(part), Some((_, matches))) => (part.run)(house, matches),
                _ => Err(CommandError(
                    "say what to do: stour programme help".to_owned(),
                )),
            }
        },
    }
}

/// All that is in force in a programme, and the day.
///
/// # Errors
/// When there is no such programme.
pub(crate) fn opened(house: &House, programme: &str) -> Result<(Around, Date), CommandError> {
    let today = house.environment().today();
    let scope = programme.to_owned();
    let entries = house
        .database()
        .read_blocking(move |tx: &mut Transaction<'_>| in_force(tx, &scope))?;
    let around = Around::new(entries).for_check(None, today);
    match (REGISTER.title)(programme, &around) {
        Some(_) => Ok((around, today)),
        None => Err(no_programme(programme)),
    }
}

fn no_programme(programme: &str) -> CommandError {
    CommandError(format!(
        "there is no programme called {programme}: load one with stour programme load"
    ))
}
