//! `stour link match`.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use stour_linkage::{Batch, Decision, Model, Outcome, Remembered};

use super::Across;
use super::columns::Columns;
use super::model;
use super::table::Table;
use crate::program::give;
use crate::progress::spinner;

/// Match incoming records to an index
///
/// Writes one row for each incoming record: incoming_id, decision, index_id, weight, probability, step,
/// reason. The decision is `link`, `review` (index_id is the record to look at) or `new`. The weight is in
/// bits. The step is human, cross-check (NHS number, date of birth and a part of the name), exact,
/// probabilistic, trust (a rule of trust held it) or none.
///
/// Example: stour link match --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --out decisions.csv
#[derive(Debug, Args)]
pub(crate) struct Match {
    #[command(flatten)]
    across: Across,
    /// Where the decisions are written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What people have decided before: a file with incoming_id, index_id and answer, same or different
    #[arg(long, value_name = "FILE")]
    remembered: Option<PathBuf>,
    /// Write the model that was estimated here too
    #[arg(long, value_name = "FILE")]
    save_model: Option<PathBuf>,
    /// Print how many were decided how as JSON
    #[arg(long)]
    json: bool,
}

/// Two files of records, read.
pub(super) struct Loaded {
    pub(super) batch: Batch,
    pub(super) index: Vec<String>,
    pub(super) incoming: Vec<String>,
    pub(super) model: Model,
}

impl Match {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        if let Some(splink) = model::splink(&self.across.reading)? {
            return splink.match_files(&self.across, &self.out);
        }
        let mut loaded = load(&self.across, |_, _, _| {})?;
        let told = match &self.remembered {
            Some(file) => remembered(file, &loaded)?,
            None => HashMap::new(),
        };
        let bar = spinner("Matching");
        let outcomes = loaded.batch.decide(&mut loaded.model, |incoming, index| {
            told.get(&(incoming, index)).copied()
        });
        write(&self.out, &loaded, &outcomes)?;
        bar.finish_and_clear();
        if let Some(file) = &self.save_model {
            std::fs::write(file, loaded.model.to_json())
                .with_context(|| format!("{} cannot be written", file.display()))?;
        }
        self.tell(&outcomes);
        Ok(())
    }

    fn tell(&self, outcomes: &[Outcome]) {
        let count = |decision: Decision| {
            outcomes
                .iter()
                .filter(|outcome| outcome.decision == decision)
                .count()
        };
        let (link, review, new) = (
            count(Decision::Link),
            count(Decision::Review),
            count(Decision::New),
        );
        if self.json {
            give(
                &json!({ "incoming": outcomes.len(), "link": link, "review": review, "new": new })
                    .to_string(),
            );
        } else {
            give(&format!(
                "{} incoming records: {link} linked, {review} to review, {new} new. Decisions are in {}.",
                outcomes.len(),
                self.out.display()
            ));
        }
    }
}

/// Reads both files and estimates or reads the model. `look` sees the fields of every row: whether it
/// is of the index, the heading and the fields.
pub(super) fn load(
    across: &Across,
    mut look: impl FnMut(bool, &csv::StringRecord, &[std::borrow::Cow<'_, str>]),
) -> anyhow::Result<Loaded> {
    let reading = &across.reading;
    let (index, incoming) = (Table::open(&across.index)?, Table::open(&across.incoming)?);
    reading.columns.check(&[&index.header, &incoming.header])?;
    let columns = reading.columns.or_same_names(&index.header);
    let further: Vec<&str> = columns.further();
    let begin = model::begin(reading, &further)?;
    let mut batch = Batch::new(further.len());
    let (mut index_ids, mut incoming_ids) = (Vec::new(), Vec::new());
    let bar = spinner("Reading");
    let header = index.header.clone();
    index.each(&columns, reading.dates, |id, fields, record| {
        look(true, &header, fields);
        index_ids.push(id.to_owned());
        batch.index(record);
        Ok(())
    })?;
    let header = incoming.header.clone();
    incoming.each(&columns, reading.dates, |id, fields, record| {
        look(false, &header, fields);
        incoming_ids.push(id.to_owned());
        batch.incoming(record);
        Ok(())
    })?;
    bar.finish_and_clear();
    let model = match begin {
        model::Begin::Given(model) => model,
        model::Begin::Estimate(model) => {
            let bar = spinner("Estimating what agreement is worth");
            let model = batch.train(&model);
            bar.finish_and_clear();
            model
        }
    };
    Ok(Loaded {
        batch,
        index: index_ids,
        incoming: incoming_ids,
        model,
    })
}

fn write(file: &Path, loaded: &Loaded, outcomes: &[Outcome]) -> anyhow::Result<()> {
    let name = file.display();
    let out = File::create(file).with_context(|| format!("{name} cannot be written"))?;
    let mut out = csv::Writer::from_writer(BufWriter::with_capacity(1 << 18, out));
    out.write_record([
        "incoming_id",
        "decision",
        "index_id",
        "weight",
        "probability",
        "step",
        "reason",
    ])?;
    let number =
        |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:.9}"));
    for outcome in outcomes {
        let incoming = loaded
            .incoming
            .get(outcome.incoming)
            .map_or("", String::as_str);
        let index = match outcome.decision {
            Decision::New => "",
            _ => outcome
                .index
                .and_then(|index| loaded.index.get(index))
                .map_or("", String::as_str),
        };
        out.write_record([
            incoming,
            outcome.decision.as_str(),
            index,
            &number(outcome.weight),
            &number(outcome.probability),
            outcome.step.as_str(),
            &outcome.reason(),
        ])?;
    }
    out.flush()
        .with_context(|| format!("{name} cannot be written"))
}

/// What people have decided, by the places of the two records. A pair that the files do not have is left out.
fn remembered(file: &Path, loaded: &Loaded) -> anyhow::Result<HashMap<(usize, usize), Remembered>> {
    let places = |ids: &[String]| -> HashMap<String, usize> {
        ids.iter()
            .enumerate()
            .map(|(place, id)| (id.clone(), place))
            .collect()
    };
    let (index, incoming) = (places(&loaded.index), places(&loaded.incoming));
    let name = file.display();
    let mut rows =
        csv::Reader::from_path(file).with_context(|| format!("{name} cannot be read"))?;
    let columns: Columns = "id=incoming_id".parse()?;
    columns.check(&[rows.headers()?])?;
    let mut told = HashMap::new();
    for row in rows.deserialize::<Told>() {
        let row =
            row.with_context(|| format!("{name} must have incoming_id, index_id and answer"))?;
        let answer = match row.answer.as_str() {
            "same" => Remembered::Same,
            "different" => Remembered::Different,
            other => bail!("{name}: an answer is same or different, not {other:?}"),
        };
        if let (Some(incoming), Some(index)) =
            (incoming.get(&row.incoming_id), index.get(&row.index_id))
        {
            told.insert((*incoming, *index), answer);
        }
    }
    Ok(told)
}

#[derive(serde::Deserialize)]
struct Told {
    incoming_id: String,
    index_id: String,
    answer: String,
}
