//! `stour directory reminders`.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches};
use stour_web::{Command, CommandError, House, give};

use super::review::due;

pub(super) const REMINDERS: Command = Command {
    under: &["directory"],
    define,
    run,
};

fn define() -> clap::Command {
    clap::Command::new("reminders")
        .about("Write a reminder for each listing that is to be looked at again")
        .long_about(
            "Write a reminder for each listing that is to be looked at again soon, or was to be: to whom, subject and \
             text. Nothing is sent.\n\nExample: stour directory reminders --json",
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print the reminders as JSON"),
        )
}

fn run(house: &House, matches: &ArgMatches) -> Result<(), CommandError> {
    let today = house.environment().today();
    let reviews = house.database().read_blocking(move |tx| due(tx, today));
    let reviews = reviews.map_err(|error| CommandError(error.to_string()))?;
    if matches.get_flag("json") {
        let all = serde_json::to_string_pretty(&reviews);
        let all = all.map_err(|error| CommandError(error.to_string()))?;
        return give(&format!("{all}\n"));
    }
    let mut all = String::new();
    for review in &reviews {
        let to = match (&review.keeper, &review.email) {
            (Some(keeper), Some(email)) => format!("{keeper} <{email}>"),
            (Some(keeper), None) => format!("{keeper}, whose address is not known"),
            (None, _) => "nobody keeps it yet".to_owned(),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            all,
            "To: {to}\nSubject: {}\n\n{}\n",
            review.subject, review.text
        );
    }
    if reviews.is_empty() {
        "No listing is due.\n".clone_into(&mut all);
    }
    give(&all)
}
