//! `stour import series`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, FromArgMatches};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use stour_access::Purpose;
use stour_access::audit::{self, AuditEntry};
use stour_database::{Error, Transaction};
use stour_kernel::Environment;
use stour_statistics::xmr::Profile;
use stour_web::{Command, CommandError, House, give};

use super::refusal::{Refusal, Refused};
use super::rows::{self, Columns};
use crate::measure::{Measure, measure, measures};
use crate::series::{NewPoints, Recorded, SeriesChange, judge, record};
use crate::words;

/// Who does what a command does.
const BY: &str = "command line";

const EXAMPLE: &str = "\
Example:
  stour import series dorset_trust_criteria_to_reside.csv \\
      --measure no-criteria-to-reside --area nhs_trust22_code \\
      --date date --value do_not_meet_criteria_to_reside

The file is CSV in UTF-8 with a line of headings; columns may come in any order, and others are left alone. Dates are \
written 2025-08-31. The area is the publisher's code of an organisation or area of the partnership: R0D, E54000041.

All of a file is recorded or, when any line is wrong, none of it: each mistake is listed with its line, its field, the \
reason and what to do. Importing a file again changes nothing. A value that is published anew is kept beside the one \
before, with the day we learnt it. A zero among far higher days is recorded as it came and shown as a missing return.";

/// Add a published series, or what is new in one
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportSeries {
    /// The CSV file
    file: PathBuf,
    /// Which measure its values are of, by the id in reference/measures.toml
    #[arg(long, value_name = "MEASURE")]
    measure: String,
    /// The heading of the column with the code of the organisation or area
    #[arg(long, value_name = "COLUMN")]
    area: String,
    /// The heading of the column with the date
    #[arg(long, value_name = "COLUMN", default_value = "date")]
    date: String,
    /// The heading of the column with the value
    #[arg(long, value_name = "COLUMN", default_value = "value")]
    value: String,
    /// The publication it comes from, if it is not the one that the measure names
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    /// Check the file and say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &["import"],
        define: || ImportSeries::augment_args(clap::Command::new("series")).after_help(EXAMPLE),
        run: |house, matches| {
            let asked = ImportSeries::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?;
            let (answer, result) = asked.run(house);
            result.and(give(&answer))
        },
    }
}

/// What an import did, or why it did nothing.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    measure: &'a str,
    file: String,
    dry_run: bool,
    rows: u64,
    series: Vec<SeriesAnswer>,
}

#[derive(Debug, Serialize)]
struct SeriesAnswer {
    area: String,
    name: String,
    first: Option<String>,
    last: Option<String>,
    values: usize,
    added: u64,
    changed: u64,
    unchanged: u64,
    zeros_that_are_missing_returns: Vec<String>,
}

impl ImportSeries {
    /// What goes to standard output, and how it ended.
    fn run(&self, house: &House) -> (String, Result<(), CommandError>) {
        match self.attempt(house) {
            Ok(answer) => (answer, Ok(())),
            Err(Failed::Refused(refused)) if self.json => {
                let body = serde_json::json!({ "refused": refused });
                (
                    format!("{body:#}\n"),
                    Err(CommandError(
                        "The file was refused. Nothing was recorded.".to_owned(),
                    )),
                )
            }
            Err(Failed::Refused(refused)) => {
                (String::new(), Err(CommandError(refused.to_string())))
            }
            Err(Failed::Command(error)) => (String::new(), Err(error)),
        }
    }

    fn attempt(&self, house: &House) -> Result<String, Failed> {
        let measure = measure(&self.measure).ok_or_else(|| unknown_measure(&self.measure))?;
        let new = self.read(house, measure)?;
        let (environment, keep, rows) = (house.environment().clone(), !self.dry_run, new.rows);
        let work = move |tx: &mut Transaction<'_>| recorded(tx, &environment, &new, keep);
        let recorded = if keep {
            house.database().write_blocking(work)
        } else {
            house.database().read_blocking(work)
        }
        .map_err(|error| Failed::Command(error.into()))?;
        let series = recorded
            .series
            .iter()
            .map(|change| answered(measure, change));
        let answer = Answer {
            measure: &measure.id,
            file: file_name(&self.file),
            dry_run: self.dry_run,
            rows,
            series: series.collect(),
        };
        Ok(if self.json {
            in_json(&answer)?
        } else {
            in_words(&answer)
        })
    }

    fn read(&self, house: &House, measure: &'static Measure) -> Result<NewPoints, Failed> {
        let columns = Columns {
            area: self.area.clone(),
            date: self.date.clone(),
            value: self.value.clone(),
        };
        let reference = stour_partnership::reference()
            .map_err(|error| Failed::Command(CommandError(error.to_string())))?;
        let unreadable = |error: std::io::Error| {
            let remedy = "Check that it is there and that you may read it.";
            Refused::from(Refusal::file(
                format!("{}: {error}.", self.file.display()),
                remedy,
            ))
        };
        let file = File::open(&self.file).map_err(unreadable)?;
        let bar = bar(file.metadata().map_err(unreadable)?.len());
        let today = house.environment().today();
        let read = rows::read(file, measure, &columns, reference, today, &mut |bytes| {
            bar.set_position(bytes);
        });
        bar.finish_and_clear();
        let read = read?;
        Ok(NewPoints {
            measure,
            file: file_name(&self.file),
            source: self
                .source
                .clone()
                .unwrap_or_else(|| measure.source.clone()),
            rows: read.rows,
            areas: Arc::new(read.areas),
            by: BY.to_owned(),
        })
    }
}

enum Failed {
    Refused(Refused),
    Command(CommandError),
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Records what is new and, when anything was, that it was done.
fn recorded(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewPoints,
    keep: bool,
) -> Result<Recorded, Error> {
    let recorded = record(tx, environment, new, keep)?;
    if let Some(import) = recorded.import {
        let total = |of: fn(&SeriesChange) -> u64| recorded.series.iter().map(of).sum::<u64>();
        let detail = serde_json::json!({
            "measure": new.measure.id,
            "file": new.file,
            "rows": new.rows,
            "added": total(|change| change.added),
            "changed": total(|change| change.changed),
        });
        let entry = AuditEntry::by_nobody(BY, "series.import", Purpose::System)
            .on("import", import)
            .detail(detail);
        audit::append(tx, environment, &entry)?;
    }
    Ok(recorded)
}

fn unknown_measure(id: &str) -> Failed {
    let known: Vec<&str> = measures()
        .unwrap_or_default()
        .iter()
        .map(|measure| measure.id.as_str())
        .collect();
    Failed::Command(CommandError(format!(
        "There is no measure {id:?}. The measures are: {}. Add one to reference/measures.toml.",
        known.join(", ")
    )))
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Progress on standard error; nothing where that is not a terminal.
fn bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes).with_message("Reading");
    let style = ProgressStyle::with_template("{msg:<28} {wide_bar} {bytes}/{total_bytes} {eta:>4}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn answered(measure: &Measure, change: &SeriesChange) -> SeriesAnswer {
    let zeros = judge(measure, &change.points, &[], Profile::default())
        .map(|judgement| judgement.zeros().map(|at| at.to_string()).collect())
        .unwrap_or_default();
    SeriesAnswer {
        area: change.area.code.clone(),
        name: change.area.name.clone(),
        first: change.points.keys().next().map(ToString::to_string),
        last: change.points.keys().next_back().map(ToString::to_string),
        values: change.points.len(),
        added: change.added,
        changed: change.changed,
        unchanged: change.unchanged,
        zeros_that_are_missing_returns: zeros,
    }
}

fn in_json(answer: &Answer<'_>) -> Result<String, Failed> {
    serde_json::to_string_pretty(answer)
        .map(|text| text + "\n")
        .map_err(|error| Failed::Command(CommandError(error.to_string())))
}

fn in_words(answer: &Answer<'_>) -> String {
    let done = if answer.dry_run {
        "Nothing was recorded. It would give"
    } else {
        "Imported"
    };
    let mut lines = vec![format!(
        "{done} {} from {} of {}: {}.",
        words::series(words::number(answer.series.len())),
        words::counted(answer.rows, "row"),
        answer.file,
        answer.measure
    )];
    for series in &answer.series {
        let span = match (&series.first, &series.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "no values".to_owned(),
        };
        lines.push(format!(
            "  {} {}: {span}, {}; {} new, {} changed, {} as before.",
            series.area,
            series.name,
            words::counted(words::number(series.values), "value"),
            words::count(series.added),
            words::count(series.changed),
            words::count(series.unchanged),
        ));
        let zeros = &series.zeros_that_are_missing_returns;
        if !zeros.is_empty() {
            lines.push(format!(
                "    {} that cannot be true, shown as missing: {}.",
                words::counted(words::number(zeros.len()), "zero"),
                zeros.join(", ")
            ));
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
