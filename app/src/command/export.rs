//! `stour export`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use stour_access::audit;
use stour_database::{Database, Error};
use stour_facts::{Fact, FactKind, each_latest};
use stour_kernel::Date;

use crate::capabilities;
use crate::open::{Opening, Place};
use crate::operator;
use crate::program::tell;
use crate::progress::spinner;

/// Write out what is stored, for other programs
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    Facts(Facts),
    Openapi(Openapi),
}

/// The fact log: what is now believed to have happened
///
/// One row for each thing, in its latest version, by kind and day of start. People stand as identifiers,
/// never by name or NHS number; even so this is personal data. The export is written to the audit before
/// it begins.
///
/// Example: stour export facts --kind service --from 2026-04-01 --to 2026-07-01 services.csv
#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// The file to write, which must not exist; - for standard output
    file: PathBuf,
    /// One kind only: request, assessment, service, review, attendance, spell,
    /// day-without-criteria-to-reside, survey-answer or cost
    #[arg(long, value_name = "KIND")]
    kind: Option<FactKind>,
    /// The first day of start
    #[arg(long, value_name = "DATE", default_value = "0001-01-01")]
    from: Date,
    /// The first day that is too late
    #[arg(long, value_name = "DATE", default_value = "9999-12-31")]
    to: Date,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values with a line of headings
    Csv,
    /// A JSON object on each line
    Ndjson,
}

/// The description of the JSON API
///
/// Example: stour export openapi openapi.json
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// The file to write, which must not exist; - for standard output
    #[arg(default_value = "-")]
    file: PathBuf,
}

impl Export {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        match self {
            Self::Facts(facts) => facts.run(place),
            Self::Openapi(openapi) => openapi.run(),
        }
    }
}

impl Openapi {
    fn run(&self) -> anyhow::Result<()> {
        let document = stour_web::openapi_document(&capabilities::all());
        let mut out = output(&self.file)?;
        writeln!(out, "{}", serde_json::to_string_pretty(&document)?)?;
        out.flush().context("the file could not be written")
    }
}

/// Where an export goes.
fn output(file: &Path) -> anyhow::Result<Box<dyn Write>> {
    if file == Path::new("-") {
        return Ok(Box::new(BufWriter::new(std::io::stdout())));
    }
    let made = File::create_new(file);
    let made = made.with_context(|| {
        format!(
            "cannot write {}: give a file that is not there yet",
            file.display()
        )
    })?;
    Ok(Box::new(BufWriter::new(made)))
}

/// A fact as a row.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    thread: String,
    version: i64,
    kind: &'static str,
    person: Option<String>,
    organisation: String,
    commissioner: Option<String>,
    locality: Option<String>,
    council: Option<String>,
    started: Date,
    ended: Option<Date>,
    outcome: Option<String>,
    cost_pence: Option<i64>,
    source_system: String,
    source_reference: String,
    detail: String,
    recorded_at: String,
    recorded_by: String,
}

impl From<Fact> for Row {
    fn from(fact: Fact) -> Self {
        let what = fact.what;
        Self {
            id: fact.id.to_string(),
            thread: fact.thread.to_string(),
            version: fact.version,
            kind: what.kind.as_str(),
            person: what.person.map(|person| person.to_string()),
            organisation: what.organisation.to_string(),
            commissioner: what.commissioner.map(|code| code.to_string()),
            locality: what.locality.map(|code| code.to_string()),
            council: what.council.map(|code| code.to_string()),
            started: what.started,
            ended: what.ended,
            outcome: what.outcome.map(|code| code.to_string()),
            cost_pence: what.cost.map(stour_kernel::Pence::as_i64),
            source_system: what.source.system,
            source_reference: what.source.reference,
            detail: what.detail.to_string(),
            recorded_at: fact.recorded_at.to_string(),
            recorded_by: what.recorded_by,
        }
    }
}

impl Facts {
    fn run(&self, place: &Place) -> anyhow::Result<()> {
        if self.from >= self.to {
            bail!("--from {} is not before --to {}", self.from, self.to);
        }
        if place.is_absent() {
            bail!(
                "there is no database at {}; say where with --data or --database",
                place.url()
            );
        }
        let house = place.house(&Opening::default())?;
        let mut out = Output::begin(&self.file, self.format)?;
        self.record(&house)?;
        let mark = spinner("Writing facts");
        let (send, receive) = sync_channel(1024);
        let reading = self.read(house.database().clone(), send);
        let written = write_all(&receive, &mut out, &mark);
        // A reader whose rows nobody takes ends by itself.
        drop(receive);
        let read = reading
            .join()
            .map_err(|_| anyhow::anyhow!("the reading was cut short"))?;
        mark.finish_and_clear();
        let count = written?;
        read.context("the facts could not all be read; what was written is not whole")?;
        out.finish()?;
        tell(&format!("{count} facts were written."));
        Ok(())
    }

    fn record(&self, house: &stour_web::House) -> anyhow::Result<()> {
        let detail = serde_json::json!({
            "kind": self.kind.map(FactKind::as_str), "from": self.from, "to": self.to, "file": self.file.display().to_string(),
        });
        let environment = house.environment().clone();
        let entry = operator::entry("facts.export").detail(detail);
        let recorded = house
            .database()
            .write_blocking(move |tx| audit::append(tx, &environment, &entry).map(|_| ()));
        recorded.context("the export could not be written to the audit, so nothing was exported")
    }

    /// Reads on a thread of its own; the rows wait for whoever writes them.
    fn read(
        &self,
        database: Database,
        send: SyncSender<Row>,
    ) -> std::thread::JoinHandle<Result<(), Error>> {
        let (kinds, span) = (
            self.kind
                .map_or_else(|| FactKind::ALL.to_vec(), |kind| vec![kind]),
            (self.from, self.to),
        );
        std::thread::spawn(move || {
            let mut begun = false;
            database.read_unhurried(move |tx| {
                if std::mem::replace(&mut begun, true) {
                    return Err(Error::Unavailable(
                        "the reading was cut off half way; run the export again".to_owned(),
                    ));
                }
                for kind in &kinds {
                    each_latest(tx, *kind, span, |fact| {
                        // Nobody takes rows once writing has failed, and that is told there.
                        let _ = send.send(Row::from(fact));
                    })?;
                }
                Ok(())
            })
        })
    }
}

fn write_all(
    rows: &Receiver<Row>,
    out: &mut Output,
    mark: &indicatif::ProgressBar,
) -> anyhow::Result<u64> {
    let mut count = 0;
    for row in rows {
        out.write(&row)?;
        count += 1;
        if count % 10_000 == 0 {
            mark.set_message(format!("Writing facts: {count}"));
        }
    }
    Ok(count)
}

/// Rows on their way into a file.
enum Output {
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    Ndjson(Box<dyn Write>),
}

impl Output {
    fn begin(file: &Path, format: Format) -> anyhow::Result<Self> {
        let out = output(file)?;
        Ok(match format {
            Format::Csv => Self::Csv(Box::new(csv::Writer::from_writer(out))),
            Format::Ndjson => Self::Ndjson(out),
        })
    }

    fn write(&mut self, row: &Row) -> anyhow::Result<()> {
        match self {
            Self::Csv(out) => out.serialize(row)?,
            Self::Ndjson(out) => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        let mut out = match self {
            Self::Csv(out) => out
                .into_inner()
                .map_err(|error| anyhow::anyhow!("{error}"))?,
            Self::Ndjson(out) => out,
        };
        out.flush().context("the file could not be written")
    }
}
