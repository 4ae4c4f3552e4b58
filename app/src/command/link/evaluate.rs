//! `stour link evaluate`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use serde::Serialize;
use stour_linkage::Decision;

use super::{Across, Reading, dedupe, matching, model};
use crate::program::give;

/// Measure matching against a known truth
///
/// --truth names the column that says who a record is really of; it is not compared. With --index and
/// --incoming, incoming records are matched to the index; with one FILE, its records are matched with one
/// another and pairs in one cluster count as links. With --household, false links within one household
/// are counted too. Records that were held for review are neither right nor wrong.
///
/// Precision is the share of the links made that are right (null in JSON where none was made); recall, the
/// share of the true links that were made (a record held for review was not linked); F1 is their harmonic
/// mean. `present` counts the incoming records whose person is in the index, or with one FILE the true
/// pairs. False links are also given for each million records, and `linked_rightly_share` and
/// `review_share` are shares of all incoming records.
///
/// Example: stour link evaluate --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --truth person
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// One file whose records are matched with one another
    #[arg(conflicts_with_all = ["index", "incoming"], required_unless_present = "index")]
    file: Option<PathBuf>,
    /// The file of people who are known
    #[arg(long, value_name = "FILE", requires = "incoming")]
    index: Option<PathBuf>,
    /// The file of records that come in
    #[arg(long, value_name = "FILE", requires = "index")]
    incoming: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// The column that says who a record is really of
    #[arg(long, value_name = "COLUMN")]
    truth: String,
    /// The column that says in which household somebody lives
    #[arg(long, value_name = "COLUMN")]
    household: Option<String>,
    /// From this probability on, two records of one FILE are put together
    #[arg(long, value_name = "PROBABILITY", conflicts_with_all = ["index", "incoming"], value_parser = dedupe::probability, allow_negative_numbers = true)]
    threshold: Option<f64>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// How well it went.
#[derive(Debug, Default, Serialize)]
struct Measured {
    /// Records that came in, or of the file.
    records: u64,
    /// Of these, or of all pairs, those that have a true link.
    present: u64,
    linked_rightly: u64,
    linked_wrongly: u64,
    /// None where no links were made.
    precision: Option<f64>,
    recall: f64,
    f1: f64,
    false_links_per_million: f64,
    false_links_in_one_household: Option<u64>,
    review: u64,
    review_share: f64,
    /// Of all incoming records; with one file links are pairs, and there is no such share.
    linked_rightly_share: Option<f64>,
}

/// Who each record is really of, and where they live.
#[derive(Default)]
struct Truth {
    people: Vec<String>,
    households: Vec<String>,
}

impl Evaluate {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let mut measured = match (&self.file, &self.index, &self.incoming) {
            (Some(file), _, _) => self.within(file)?,
            (_, Some(index), Some(incoming)) => self.across(index, incoming)?,
            _ => bail!("name one FILE, or --index and --incoming"),
        };
        measured.finish();
        if self.json {
            give(&serde_json::to_string_pretty(&measured)?);
        } else {
            give(&measured.in_words());
        }
        Ok(())
    }

    fn note(
        &self,
        truth: &mut Truth,
        header: &csv::StringRecord,
        fields: &[std::borrow::Cow<'_, str>],
    ) {
        let get = |name: &str| {
            let place = header.iter().position(|column| column == name)?;
            fields.get(place).map(|field| field.clone().into_owned())
        };
        truth.people.extend(get(&self.truth));
        truth
            .households
            .extend(self.household.as_deref().and_then(get));
    }

    /// How the files are read: each must have the columns that say what is true.
    fn reading(&self) -> Reading {
        let mut reading = self.reading.clone();
        reading.beside.push(("--truth", self.truth.clone()));
        let household = self.household.clone();
        reading
            .beside
            .extend(household.map(|column| ("--household", column)));
        reading
    }

    fn across(&self, index: &Path, incoming: &Path) -> anyhow::Result<Measured> {
        let across = Across {
            index: index.to_owned(),
            incoming: incoming.to_owned(),
            reading: self.reading(),
        };
        let (mut known, mut came) = (Truth::default(), Truth::default());
        let look =
            |is_index: bool, header: &csv::StringRecord, fields: &[std::borrow::Cow<'_, str>]| {
                let truth = if is_index { &mut known } else { &mut came };
                self.note(truth, header, fields);
            };
        let decided: Vec<(Decision, Option<usize>)> =
            if let Some(splink) = model::splink(&self.reading)? {
                let decided = splink.decide(&across, |_, _| Ok(HashMap::new()), look)?;
                decided
                    .rows
                    .iter()
                    .map(|row| (row.decision, row.index))
                    .collect()
            } else {
                let mut loaded = matching::load(&across, look)?;
                let outcomes = loaded.batch.decide(&mut loaded.model, |_, _| None);
                outcomes
                    .iter()
                    .map(|outcome| (outcome.decision, outcome.index))
                    .collect()
            };
        let there: std::collections::HashSet<&String> = known.people.iter().collect();
        let mut measured = Measured {
            records: count(came.people.len()),
            ..Measured::default()
        };
        measured.present = count(
            came.people
                .iter()
                .filter(|person| there.contains(person))
                .count(),
        );
        measured.false_links_in_one_household = self.household.as_ref().map(|_| 0);
        for (incoming, (decision, index)) in decided.into_iter().enumerate() {
            match decision {
                Decision::Review => measured.review += 1,
                Decision::New => {}
                Decision::Link => {
                    let index = index.unwrap_or(usize::MAX);
                    let same =
                        |known: &[String], came: &[String]| known.get(index) == came.get(incoming);
                    let is_right = same(&known.people, &came.people);
                    measured.link(is_right, same(&known.households, &came.households));
                }
            }
        }
        measured.linked_rightly_share = Some(share(measured.linked_rightly, measured.records));
        Ok(measured)
    }

    fn within(&self, file: &Path) -> anyhow::Result<Measured> {
        let mut truth = Truth::default();
        let loaded = dedupe::load(file, &self.reading(), self.threshold, |header, fields| {
            self.note(&mut truth, header, fields);
        })?;
        let mut measured = Measured {
            records: count(truth.people.len()),
            ..Measured::default()
        };
        measured.false_links_in_one_household = self.household.as_ref().map(|_| 0);
        let mut sizes: HashMap<&String, u64> = HashMap::new();
        truth
            .people
            .iter()
            .for_each(|person| *sizes.entry(person).or_default() += 1);
        measured.present = sizes.values().map(|size| size * (size - 1) / 2).sum();
        let mut clusters: HashMap<usize, Vec<usize>> = HashMap::new();
        for (record, cluster) in loaded.clusters.iter().enumerate() {
            clusters.entry(*cluster).or_default().push(record);
        }
        for members in clusters.values() {
            for (place, one) in members.iter().enumerate() {
                for other in members.iter().skip(place + 1) {
                    let same = |of: &[String]| of.get(*one) == of.get(*other);
                    measured.link(same(&truth.people), same(&truth.households));
                }
            }
        }
        Ok(measured)
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn share(part: u64, whole: u64) -> f64 {
    let float = |count: u64| u32::try_from(count).map_or(f64::MAX, f64::from);
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole)
    }
}

impl Measured {
    fn link(&mut self, is_right: bool, is_household: bool) {
        if is_right {
            self.linked_rightly += 1;
        } else {
            self.linked_wrongly += 1;
            if let Some(within) = &mut self.false_links_in_one_household {
                *within += u64::from(is_household);
            }
        }
    }

    fn finish(&mut self) {
        let made = self.linked_rightly + self.linked_wrongly;
        self.precision = (made > 0).then(|| share(self.linked_rightly, made));
        self.recall = share(self.linked_rightly, self.present);
        let precision = self.precision.unwrap_or_default();
        let sum = precision + self.recall;
        self.f1 = if sum > 0.0 {
            2.0 * precision * self.recall / sum
        } else {
            0.0
        };
        self.false_links_per_million = 1e6 * share(self.linked_wrongly, self.records);
        self.review_share = share(self.review, self.records);
    }

    fn in_words(&self) -> String {
        let household = self
            .false_links_in_one_household
            .map_or_else(String::new, |within| {
                format!(" ({within} within one household)")
            });
        let precision = self
            .precision
            .map_or_else(|| "none made".to_owned(), |share| format!("{share:.6}"));
        format!(
            "{} records, {} true links. {} linked rightly, {} wrongly{household}, {} held for review.\n\
             Precision {precision}, recall {:.6}, F1 {:.6}; {:.1} false links in a million records; {:.2}% to review.",
            self.records,
            self.present,
            self.linked_rightly,
            self.linked_wrongly,
            self.review,
            self.recall,
            self.f1,
            self.false_links_per_million,
            100.0 * self.review_share
        )
    }
}
