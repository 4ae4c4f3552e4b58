//! `stour series rebase` and `stour series annotate`.

use std::io::Write as _;

use clap::{Args, FromArgMatches};
use stour_database::Transaction;
use stour_kernel::Date;
use stour_web::{Command, CommandError, House};

use super::note::{Note, Noted, by_command, note};
use super::read;
use crate::words;

const REBASE: &str = "\
Example:
  stour series rebase no-criteria-to-reside R0D --from 2024-11-04 \\
      --reason \"The transfer hub opened; agreed by the urgent care board\" --by \"Dr A. Officer\"

The mean and the limits of the chart start afresh on that day, for a reason that a person gives: the system never does it \
by itself. Saying it again changes nothing. It is written into the audit. The area is the publisher's code, or “together” for \
the whole partnership.";

const ANNOTATE: &str = "\
Example:
  stour series annotate no-criteria-to-reside R0D --on 2024-11-04 \\
      --what \"Home first began in the east\" --by \"Dr A. Officer\"

A note is marked on the chart and listed under it. It changes no limit and no verdict. Saying it again changes nothing. It is \
written into the audit.";

/// Start the limits of a series afresh from a day, for a reason
#[derive(Debug, Clone, Args)]
struct RebaseSeries {
    /// The measure, by its id
    measure: String,
    /// The area, by the publisher's code, or “together”
    area: String,
    /// The first day of the new limits
    #[arg(long, value_name = "DAY")]
    from: Date,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// Say what was done or happened beside a series
#[derive(Debug, Clone, Args)]
struct AnnotateSeries {
    /// The measure, by its id
    measure: String,
    /// The area, by the publisher's code, or “together”
    area: String,
    /// When
    #[arg(long, value_name = "DAY")]
    on: Date,
    /// What
    #[arg(long, value_name = "TEXT")]
    what: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &[],
        define: || {
            clap::Command::new("series")
                .about("Say what changed beside a published series, for a reason")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    RebaseSeries::augment_args(clap::Command::new("rebase")).after_help(REBASE),
                )
                .subcommand(
                    AnnotateSeries::augment_args(clap::Command::new("annotate"))
                        .after_help(ANNOTATE),
                )
        },
        run: |house, matches| {
            let unread = |error: clap::Error| CommandError(error.to_string());
            let asked: Note = match matches.subcommand() {
                Some(("rebase", words)) => RebaseSeries::from_arg_matches(words)
                    .map_err(unread)?
                    .into(),
                Some((_, words)) => AnnotateSeries::from_arg_matches(words)
                    .map_err(unread)?
                    .into(),
                None => {
                    return Err(CommandError(
                        "Say rebase or annotate; see --help.".to_owned(),
                    ));
                }
            };
            writeln!(std::io::stdout().lock(), "{}", said(house, &asked)?)?;
            Ok(())
        },
    }
}

impl From<RebaseSeries> for Note {
    fn from(asked: RebaseSeries) -> Self {
        Self {
            measure: asked.measure,
            area: asked.area,
            day: asked.from,
            text: asked.reason.trim().to_owned(),
            by: asked.by.trim().to_owned(),
            is_rebase: true,
        }
    }
}

impl From<AnnotateSeries> for Note {
    fn from(asked: AnnotateSeries) -> Self {
        Self {
            measure: asked.measure,
            area: asked.area,
            day: asked.on,
            text: asked.what.trim().to_owned(),
            by: asked.by.trim().to_owned(),
            is_rebase: false,
        }
    }
}

/// What was done, in words.
fn said(house: &House, asked: &Note) -> Result<String, CommandError> {
    if asked.text.is_empty() || asked.by.is_empty() {
        return Err(CommandError(
            "Say why or what, and who: neither may be empty.".to_owned(),
        ));
    }
    let environment = house.environment().clone();
    let work = {
        let asked = asked.clone();
        move |tx: &mut Transaction<'_>| {
            let span = read::span(tx, &asked.measure, &asked.area)?;
            note(
                tx,
                &environment,
                &asked,
                Some(&by_command(asked.is_rebase)),
                span,
            )
        }
    };
    let of = format!("{} of {}", asked.measure, asked.area);
    let what = if asked.is_rebase {
        "The limits start afresh"
    } else {
        "It is noted"
    };
    let day = words::day(asked.day);
    match house.database().write_blocking(work)? {
        Noted::Recorded => Ok(format!("{what} on {day} for {of}.")),
        Noted::Before => Ok(format!(
            "That was recorded before: nothing has changed for {of} on {day}."
        )),
        Noted::NoSeries => Err(CommandError(format!(
            "There is no series {of}. Import it first with stour import series."
        ))),
        Noted::NoFigures => Err(CommandError(format!(
            "The series {of} has no figures on both sides of {day}. Check the day."
        ))),
        Noted::Otherwise(other) => Err(CommandError(format!(
            "The limits of {of} start afresh on {day} already: {} ({}). That is not overwritten.",
            other.reason, other.decided_by
        ))),
    }
}

#[cfg(test)]
mod tests;
