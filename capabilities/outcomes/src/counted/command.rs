//! `stour indicators`.

use std::io::Write as _;

use clap::{Args, FromArgMatches};
use stour_kernel::Date;
use stour_web::{Command, CommandError, House};

use super::compare::{Compared, compare};
use super::follow::{bring_and, counted, from_log};
use super::numbers;
use crate::catalogue::catalogue;

const EXAMPLE: &str = "\
Example:
  stour indicators
  stour indicators --json

The numbers are brought up to date as the program does it: from the file beside the database, and from whatever the log \
says has changed since. Then the whole log is read anew, without the file, and everybody is counted again; every cell of \
both, and how many people are on record, are compared. Each definition is checked too: unknown codes, circular \
formulas, numbers that cannot be made. It ends with 1 when anything is wrong.";

/// Check the definitions of indicators, and that the numbers kept up to date are those of a count anew
#[derive(Debug, Clone, Args)]
pub(crate) struct Indicators {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &[],
        define: || Indicators::augment_args(clap::Command::new("indicators")).after_help(EXAMPLE),
        run: |house, matches| {
            let asked = Indicators::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?;
            let found = check(house)?;
            let answer = if asked.json {
                found.json()
            } else {
                found.words()
            };
            std::io::stdout().lock().write_all(answer.as_bytes())?;
            if found.faults.is_empty() && found.compared.differing == 0 {
                Ok(())
            } else {
                Err(CommandError("The indicators are not sound.".to_owned()))
            }
        },
    }
}

/// What was found.
struct Found {
    indicators: usize,
    counted: usize,
    faults: Vec<String>,
    people: usize,
    facts: usize,
    /// The day of the file that the numbers began with, if any, and how many people were read anew since.
    origin: (Option<Date>, usize),
    compared: Compared,
}

fn check(house: &House) -> Result<Found, CommandError> {
    let catalogue = catalogue().map_err(|error| CommandError(error.to_owned()))?;
    let kept = numbers(house.database());
    let found = bring_and(house, move |tx, today| {
        // Of the same moment of the database as what was kept.
        let anew = counted(from_log(tx)?, today)?;
        Ok(kept.ask(|kept| {
            let (people, facts) = anew.size();
            Found {
                indicators: catalogue.definitions.len(),
                counted: catalogue.counted().count(),
                faults: catalogue.faults.iter().map(ToString::to_string).collect(),
                people,
                facts,
                origin: kept.origin(),
                compared: compare(kept, &anew),
            }
        }))
    });
    let found = found.map_err(|error| CommandError(error.to_string()))?;
    found.ok_or_else(|| CommandError("Nothing could be counted.".to_owned()))
}

impl Found {
    fn words(&self) -> String {
        let mut lines: Vec<String> = self.faults.clone();
        lines.push(format!(
            "{} indicators, {} of them counted from {} facts about {} people.",
            self.indicators, self.counted, self.facts, self.people
        ));
        let (made, followed) = self.origin;
        let from = made.map_or_else(
            || "from the log when this began".to_owned(),
            |made| format!("from the file of {made}"),
        );
        lines.push(format!(
            "Kept up to date: what was read {from}, and {followed} people read again since."
        ));
        let Compared {
            cells,
            on_record,
            differing,
            told,
        } = &self.compared;
        lines.push(format!(
            "Compared with the whole log, read and counted anew: {cells} cells and {on_record} counts of people on record."
        ));
        if *differing == 0 {
            lines.push("All are the same.".to_owned());
        } else {
            lines.push(format!("{differing} differ, of which the first are:"));
            lines.extend(told.iter().cloned());
        }
        format!("{}\n", lines.join("\n"))
    }

    fn json(&self) -> String {
        let (made, followed) = self.origin;
        let found = serde_json::json!({
            "indicators": self.indicators,
            "counted": self.counted,
            "faults": self.faults,
            "people": self.people,
            "facts": self.facts,
            "file": made,
            "followed": followed,
            "cells": self.compared.cells,
            "on_record": self.compared.on_record,
            "differing": self.compared.differing,
            "differences": self.compared.told,
            "agrees": self.compared.differing == 0,
        });
        format!("{found:#}\n")
    }
}
