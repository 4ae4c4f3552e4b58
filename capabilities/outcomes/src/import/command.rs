//! `stour import series`.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, FromArgMatches};
use indicatif::{ProgressBar, ProgressStyle};
use stour_access::Purpose;
use stour_access::audit::{self, AuditEntry};
use stour_database::{Error, Transaction};
use stour_kernel::Environment;
use stour_web::{Command, CommandError, House, give};

use super::answer::{Answer, answers, lists};
use super::layout::{Layout, layouts};
use super::refusal::{Refusal, Refused};
use super::rows::{self, Read};
use crate::measure::{Measure, measure, measures};
use crate::series::{NewPoints, NewSeries, Recorded, SeriesChange, record};

/// Who does what a command does.
const BY: &str = "command line";

const EXAMPLE: &str = "\
Examples:
  stour import series dorset_dtoc_days_by_reason_2011_2019.csv --layout delayed-days-by-reason
  stour import series dorset_trust_criteria_to_reside.csv \\
      --measure no-criteria-to-reside --area nhs_trust22_code \\
      --date date --value do_not_meet_criteria_to_reside

The file is CSV in UTF-8 with a line of headings; columns may come in any order, and others are left alone. A layout says \
what the columns of a published file are; without one, name the columns. Dates are then written 2025-08-31. The area is the \
publisher's code of an organisation or area of the partnership, or of one that it is compared with: R0D, E54000041.

All of a file is recorded or, when any line is wrong, none of it: each mistake is listed with its line, its field, the \
reason and what to do. Figures that the publisher marks as missing are counted with the reason and the first line. Importing a \
file again changes nothing. A value that is published anew is kept beside the one before, with the day we learnt it. A zero \
among far higher days is recorded as it came and shown as a missing return.";

/// Add a published series, or what is new in one
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportSeries {
    /// The CSV file
    file: PathBuf,
    /// How the file is laid out: a layout of reference/series-layouts
    #[arg(long, value_name = "NAME", conflicts_with_all = ["measure", "area"])]
    layout: Option<String>,
    /// Which measure its values are of, by the id in reference/measures.toml
    #[arg(long, value_name = "MEASURE", required_unless_present = "layout")]
    measure: Option<String>,
    /// The heading of the column with the code of the organisation or area
    #[arg(long, value_name = "COLUMN", required_unless_present = "layout")]
    area: Option<String>,
    /// The heading of the column with the date
    #[arg(long, value_name = "COLUMN", default_value = "date")]
    date: String,
    /// The heading of the column with the value
    #[arg(long, value_name = "COLUMN", default_value = "value")]
    value: String,
    /// The publication it comes from, if it is not the one that the layout or the measure names
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

/// Imports a published file by a layout, and says how many series it gave.
///
/// # Errors
/// Why the file was refused, as the command says it.
pub fn import(house: &House, file: PathBuf, layout: &str) -> Result<usize, CommandError> {
    counted(ImportSeries::by_layout(file, layout).attempt(house))
}

/// Imports the published figures that come with the program ([`SHIPPED`]), and says how many series they gave. Doing it
/// again changes nothing.
///
/// # Errors
/// Why a file was refused, as the command says it.
pub fn import_shipped(house: &House) -> Result<usize, CommandError> {
    let mut series = 0;
    for (name, layout, text) in SHIPPED {
        let asked = ImportSeries::by_layout(PathBuf::from(name), layout);
        let read = asked.layout().and_then(|layout| {
            let reference = reference()?;
            let today = house.environment().today();
            let read = rows::read(text.as_bytes(), &layout, reference, today, &mut |_| {});
            Ok((layout, read?))
        });
        series += counted(read.and_then(|(layout, read)| asked.record(house, &layout, read)))?;
    }
    Ok(series)
}

/// Files of published figures that are part of the program: their names, how they are laid out, and their texts.
const SHIPPED: [(&str, &str, &str); 1] = [(
    "future-care.csv",
    "future-care",
    include_str!("../../../../reference/published/future-care.csv"),
)];

fn counted(answer: Result<Answer, Failed>) -> Result<usize, CommandError> {
    match answer {
        Ok(answer) => Ok(answer.series()),
        Err(Failed::Refused(refused)) => Err(CommandError(refused.to_string())),
        Err(Failed::Command(error)) => Err(error),
    }
}

fn reference() -> Result<&'static stour_partnership::Reference, Failed> {
    let reference = stour_partnership::reference();
    reference.map_err(|error| Failed::Command(CommandError(error.to_string())))
}

impl ImportSeries {
    /// What goes to standard output, and how it ended.
    fn run(&self, house: &House) -> (String, Result<(), CommandError>) {
        let said = |answer: &Answer| {
            if self.json {
                in_json(answer)
            } else {
                Ok(answer.in_words())
            }
        };
        match self.attempt(house).and_then(|answer| said(&answer)) {
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

    /// What imports a file by a layout and answers nothing.
    fn by_layout(file: PathBuf, layout: &str) -> Self {
        Self {
            file,
            layout: Some(layout.to_owned()),
            measure: None,
            area: None,
            date: String::new(),
            value: String::new(),
            source: None,
            json: false,
            dry_run: false,
        }
    }

    fn attempt(&self, house: &House) -> Result<Answer, Failed> {
        let layout = self.layout()?;
        let read = self.read(house, &layout)?;
        self.record(house, &layout, read)
    }

    fn record(&self, house: &House, layout: &Layout, read: Read) -> Result<Answer, Failed> {
        let all: Vec<NewPoints> = read
            .series
            .into_iter()
            .map(|(measure, series)| self.new_points(layout, measure, read.rows, series))
            .collect();
        let (environment, keep) = (house.environment().clone(), !self.dry_run);
        let work = {
            let all = all.clone();
            move |tx: &mut Transaction<'_>| {
                let each = all.iter().map(|new| recorded(tx, &environment, new, keep));
                each.collect::<Result<Vec<_>, Error>>()
            }
        };
        let recorded = if keep {
            house.database().write_blocking(work)
        } else {
            house.database().read_blocking(work)
        }
        .map_err(|error| Failed::Command(error.into()))?;
        let series = all.iter().zip(&recorded);
        Ok(Answer {
            file: file_name(&self.file),
            layout: self.layout.clone(),
            dry_run: self.dry_run,
            rows: read.rows,
            measures: all.iter().map(|new| new.measure.id.clone()).collect(),
            series: series
                .flat_map(|(new, recorded)| answers(new.measure, &recorded.series))
                .collect(),
            withheld: read.withheld,
            left_out: read.left_out,
        })
    }

    /// The layout that was named, or that of the columns that were.
    fn layout(&self) -> Result<Cow<'static, Layout>, Failed> {
        if let Some(name) = &self.layout {
            let all = layouts().map_err(|error| {
                Failed::Command(CommandError(format!("reference/series-layouts/{error}")))
            })?;
            let found = all.iter().find(|layout| layout.named.name == *name);
            return found
                .map(Cow::Borrowed)
                .ok_or_else(|| unknown_layout(name, all));
        }
        let id = self.measure.as_deref().unwrap_or_default();
        let measure = measure(id).ok_or_else(|| unknown_measure(id))?;
        let area = self.area.as_deref().unwrap_or_default();
        Ok(Cow::Owned(Layout::of_flags(
            id,
            &measure.source,
            (area, &self.date, &self.value),
        )))
    }

    fn read(&self, house: &House, layout: &Layout) -> Result<Read, Failed> {
        let reference = reference()?;
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
        let read = rows::read(file, layout, reference, today, &mut |bytes| {
            bar.set_position(bytes);
        });
        bar.finish_and_clear();
        Ok(read?)
    }

    fn new_points(
        &self,
        layout: &Layout,
        measure: &'static Measure,
        rows: u64,
        series: Vec<NewSeries>,
    ) -> NewPoints {
        let of_layout = match &layout.named.sum_note {
            Some(note) => format!("{}. {note}", layout.table.source),
            None => layout.table.source.clone(),
        };
        NewPoints {
            measure,
            file: file_name(&self.file),
            source: self.source.clone().unwrap_or(of_layout),
            rows,
            series: Arc::new(series),
            by: BY.to_owned(),
        }
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
            "lists": lists(&recorded.series),
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

fn unknown_layout(name: &str, all: &[Layout]) -> Failed {
    let known = all
        .iter()
        .map(|layout| format!("\n  {}: {}", layout.named.name, layout.named.title));
    Failed::Command(CommandError(format!(
        "There is no layout {name:?}. The layouts are:{}\nAdd one to reference/series-layouts.",
        known.collect::<String>()
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

fn in_json(answer: &Answer) -> Result<String, Failed> {
    serde_json::to_string_pretty(answer)
        .map(|text| text + "\n")
        .map_err(|error| Failed::Command(CommandError(error.to_string())))
}

#[cfg(test)]
mod tests;
