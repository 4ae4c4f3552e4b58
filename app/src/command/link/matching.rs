//! `stour link match`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use serde_json::json;
use stour_linkage::{Batch, Decision, Model, Outcome, Remembered, Step};

use super::Across;
use super::model;
use super::output;
use super::table::{Table, warn_of_repeats};
use crate::command::records::Records;
use crate::program::{give, tell};
use crate::progress::spinner;

/// Match incoming records to an index
///
/// Writes one row for each incoming record: `incoming_id`, decision, `index_id`, weight, probability, step,
/// reason. The decision is `link`, `review` (`index_id` is the record to look at) or `new`. The weight is in
/// bits. The step is human, cross-check (NHS number, date of birth and a part of the name), exact,
/// probabilistic, trust (a rule of trust held it) or none.
///
/// The reason names the fields that agree and differ. Before them, where something held a link, stands
/// what it was: restricted, place-withheld, two-traced-numbers, activity-after-death, twins, birth-order,
/// dates-of-birth, no-date-of-birth, middle-names, placeholder-name, sex-and-given-name,
/// nothing-of-the-family, communal-address, number-alone, number-of-another, runner-up, told-different or
/// unsure.
///
/// Example: stour link match --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --out decisions.csv
#[derive(Debug, Args)]
pub(crate) struct Match {
    #[command(flatten)]
    across: Across,
    /// Where the decisions are written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What people have decided before: a file with `incoming_id`, `index_id` and answer, same or different
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

/// What is written of one incoming record.
pub(super) struct Row {
    pub(super) incoming: usize,
    pub(super) decision: Decision,
    pub(super) index: Option<usize>,
    pub(super) weight: Option<f64>,
    pub(super) probability: Option<f64>,
    pub(super) step: Step,
    pub(super) reason: String,
}

impl Row {
    /// An incoming record that is like nobody.
    pub(super) const fn nobody(incoming: usize) -> Self {
        Self {
            incoming,
            decision: Decision::New,
            index: None,
            weight: None,
            probability: None,
            step: Step::None,
            reason: String::new(),
        }
    }
}

impl From<&Outcome> for Row {
    fn from(outcome: &Outcome) -> Self {
        Self {
            incoming: outcome.incoming,
            decision: outcome.decision,
            index: outcome.index,
            weight: outcome.weight,
            probability: outcome.probability,
            step: outcome.step,
            reason: outcome.reason(),
        }
    }
}

/// What was decided with a model of Splink, and the identifiers of both files.
pub(super) struct Decisions {
    pub(super) index: Vec<String>,
    pub(super) incoming: Vec<String>,
    pub(super) rows: Vec<Row>,
}

impl Match {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let across = &self.across;
        let read = [
            Some(&across.index),
            Some(&across.incoming),
            self.remembered.as_ref(),
            across.reading.model.as_ref(),
        ];
        let read: Vec<&Path> = read.into_iter().flatten().map(PathBuf::as_path).collect();
        let written = [Some(&self.out), self.save_model.as_ref()];
        let written: Vec<&Path> = written
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
            .collect();
        output::check(&written, &read)?;
        let told = |index: &[String], incoming: &[String]| match &self.remembered {
            Some(file) => remembered(file, index, incoming),
            None => Ok(HashMap::new()),
        };
        if let Some(splink) = model::splink(&across.reading)? {
            ensure!(
                self.save_model.is_none(),
                "--save-model: with Splink's model nothing is estimated that could be saved"
            );
            let decided = splink.decide(across, told, |_, _, _| {})?;
            let counts = self.write(&decided.index, &decided.incoming, decided.rows.into_iter())?;
            self.tell(counts);
            return Ok(());
        }
        let mut loaded = load(across, |_, _, _| {})?;
        let told = told(&loaded.index, &loaded.incoming)?;
        let bar = spinner("Matching");
        let outcomes = loaded.batch.decide(&mut loaded.model, |incoming, index| {
            told.get(&(incoming, index)).copied()
        });
        let counts = self.write(
            &loaded.index,
            &loaded.incoming,
            outcomes.iter().map(Row::from),
        )?;
        bar.finish_and_clear();
        if let Some(file) = &self.save_model {
            output::text(file, &loaded.model.to_json())?;
        }
        self.tell(counts);
        Ok(())
    }

    /// Writes the decisions, and counts how many were to link, to review and new.
    fn write(
        &self,
        index: &[String],
        incoming: &[String],
        rows: impl Iterator<Item = Row>,
    ) -> anyhow::Result<[usize; 3]> {
        let heading = [
            "incoming_id",
            "decision",
            "index_id",
            "weight",
            "probability",
            "step",
            "reason",
        ];
        let number =
            |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:.9}"));
        let mut counts = [0; 3];
        output::rows(&self.out, heading, |out| {
            let [link, review, new] = &mut counts;
            for row in rows {
                *match row.decision {
                    Decision::Link => &mut *link,
                    Decision::Review => &mut *review,
                    Decision::New => &mut *new,
                } += 1;
                let found = row.index.filter(|_| row.decision != Decision::New);
                out.write_record([
                    incoming.get(row.incoming).map_or("", String::as_str),
                    row.decision.as_str(),
                    found
                        .and_then(|found| index.get(found))
                        .map_or("", String::as_str),
                    &number(row.weight),
                    &number(row.probability),
                    row.step.as_str(),
                    &row.reason,
                ])?;
            }
            Ok(())
        })?;
        Ok(counts)
    }

    fn tell(&self, [link, review, new]: [usize; 3]) {
        let all = link + review + new;
        if self.json {
            give(
                &json!({ "incoming": all, "link": link, "review": review, "new": new }).to_string(),
            );
        } else {
            give(&format!(
                "{all} incoming records: {link} linked, {review} to review, {new} new. Decisions are in {}.",
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
    let used = [
        reading.used(&across.index, &index.header, &columns)?,
        reading.used(&across.incoming, &incoming.header, &columns)?,
    ];
    for text in &used {
        tell(text);
    }
    let further: Vec<&str> = columns.further();
    let begin = model::begin(reading, &further)?;
    let mut batch = Batch::new(further.len());
    let (mut index_ids, mut incoming_ids) = (Vec::new(), Vec::new());
    let bar = spinner("Reading");
    let header = index.header.clone();
    let seen_index = index.each(&columns, reading.dates, |id, fields, record| {
        look(true, &header, fields);
        index_ids.push(id.to_owned());
        batch.index(record);
        Ok(())
    })?;
    let header = incoming.header.clone();
    let seen_incoming = incoming.each(&columns, reading.dates, |id, fields, record| {
        look(false, &header, fields);
        incoming_ids.push(id.to_owned());
        batch.incoming(record);
        Ok(())
    })?;
    bar.finish_and_clear();
    seen_index.tell();
    seen_incoming.tell();
    warn_of_repeats(&across.index, &index_ids);
    warn_of_repeats(&across.incoming, &incoming_ids);
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

/// What people have decided, by the places of the two records. A pair that the files do not have is left out.
fn remembered(
    file: &Path,
    index: &[String],
    incoming: &[String],
) -> anyhow::Result<HashMap<(usize, usize), Remembered>> {
    let places = |ids: &[String]| -> HashMap<String, usize> {
        ids.iter()
            .enumerate()
            .map(|(place, id)| (id.clone(), place))
            .collect()
    };
    let (index, incoming) = (places(index), places(incoming));
    let name = file.display();
    let in_file = || name.to_string();
    let records = Records::open(file).with_context(in_file)?;
    let place = |column| records.place(column, "--remembered").with_context(in_file);
    let (incoming_id, index_id) = (place("incoming_id")?, place("index_id")?);
    let answer = place("answer")?;
    let rows = records
        .rows()
        .map_err(|mistakes| mistakes.refuse(file, false))?;
    let mut told = HashMap::new();
    let mut of_nobody = 0_usize;
    for row in &rows {
        let field = |place: usize| row.fields.get(place).map_or("", String::as_str);
        let answer = match field(answer) {
            "same" => Remembered::Same,
            "different" => Remembered::Different,
            other => bail!(
                "{name}: line {}: an answer is same or different, not {other:?}",
                row.line
            ),
        };
        match (incoming.get(field(incoming_id)), index.get(field(index_id))) {
            (Some(incoming), Some(index)) => {
                told.insert((*incoming, *index), answer);
            }
            _ => of_nobody += 1,
        }
    }
    let lines = rows.len();
    if of_nobody > 0 {
        tell(&format!(
            "{name}: {of_nobody} of {lines} answers left out: no file has the record that is named."
        ));
    }
    Ok(told)
}
