//! `stour link dedupe`.

use std::path::{Path, PathBuf};

use clap::Args;
use stour_linkage::{Clustering, File, Model, cluster};

use super::Reading;
use super::model::{self, Begin};
use super::output;
use super::table::{Table, warn_of_repeats};
use crate::program::{give, tell};
use crate::progress::spinner;

/// Find records of one person within a file
///
/// Writes id and cluster: records with the same cluster are of one person, and the cluster is named by
/// the first of its records. With --pairs, writes every pair that was weighed and is not hopeless: `id_a`,
/// `id_b`, weight (in bits) and probability. Where a column is named as source, no two records of one
/// source are put together, unless NHS number, date of birth and a part of the name agree.
///
/// With Splink's model, --pairs writes every pair that its blocking rules admit, with Splink's weights. Two
/// groups are put together by one pair from the threshold on (0.9 unless another is given), unless a rule
/// of trust keeps a member of the one from a member of the other.
///
/// Example: stour link dedupe people.csv --columns id=rec,given=first,family=last,dob=born --out clusters.csv
#[derive(Debug, Args)]
pub(crate) struct Dedupe {
    /// The file of records
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// Where the clusters are written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where the pairs are written
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// From this probability on, two records are put together
    #[arg(long, value_name = "PROBABILITY", value_parser = probability, allow_negative_numbers = true)]
    threshold: Option<f64>,
}

/// A probability, as it is given on the command line.
pub(super) fn probability(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number > 0.0 && number <= 1.0 => Ok(number),
        _ => Err("give a probability above 0 and at most 1, such as 0.9".to_owned()),
    }
}

/// A file of records, read, with its pairs (of two places, the weight and the probability) and clusters.
pub(super) struct Loaded {
    pub(super) ids: Vec<String>,
    pub(super) pairs: Vec<(usize, usize, f64, f64)>,
    pub(super) clusters: Vec<usize>,
}

impl Dedupe {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let written = [Some(&self.out), self.pairs.as_ref()];
        let written: Vec<&Path> = written
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
            .collect();
        let read = [Some(&self.file), self.reading.model.as_ref()];
        let read: Vec<&Path> = read.into_iter().flatten().map(PathBuf::as_path).collect();
        output::check(&written, &read)?;
        let loaded = load(&self.file, &self.reading, self.threshold, |_, _| {})?;
        let id = |place: usize| loaded.ids.get(place).map_or("", String::as_str);
        output::rows(&self.out, ["id", "cluster"], |out| {
            let mut rows = loaded.clusters.iter().enumerate();
            rows.try_for_each(|(place, cluster)| out.write_record([id(place), id(*cluster)]))
        })?;
        if let Some(file) = &self.pairs {
            output::rows(file, ["id_a", "id_b", "weight", "probability"], |out| {
                let mut pairs = loaded.pairs.iter();
                pairs.try_for_each(|(one, other, weight, probability)| {
                    let numbers = [format!("{weight:.9}"), format!("{probability:.9}")];
                    out.write_record(
                        [id(*one), id(*other)]
                            .into_iter()
                            .chain(numbers.iter().map(String::as_str)),
                    )
                })
            })?;
        }
        let people = loaded
            .clusters
            .iter()
            .enumerate()
            .filter(|(place, first)| place == *first)
            .count();
        give(&format!(
            "{} records are of {people} people. Clusters are in {}.",
            loaded.ids.len(),
            self.out.display()
        ));
        Ok(())
    }
}

/// Reads a file and finds who is one. `look` sees the heading and the fields of every row.
pub(super) fn load(
    path: &Path,
    reading: &Reading,
    threshold: Option<f64>,
    mut look: impl FnMut(&csv::StringRecord, &[std::borrow::Cow<'_, str>]),
) -> anyhow::Result<Loaded> {
    if let Some(splink) = model::splink(reading)? {
        return splink.dedupe(path, reading, threshold, look);
    }
    let table = Table::open(path)?;
    reading.columns.check(&[&table.header])?;
    let columns = reading.columns.or_same_names(&table.header);
    tell(&reading.used(path, &table.header, &columns)?);
    let further = columns.further();
    let begin = model::begin(reading, &further)?;
    let mut file = File::new(further.len());
    let mut ids = Vec::new();
    let bar = spinner("Reading");
    let header = table.header.clone();
    let seen = table.each(&columns, reading.dates, |id, fields, record| {
        look(&header, fields);
        ids.push(id.to_owned());
        file.push(record);
        Ok(())
    })?;
    bar.finish_and_clear();
    seen.tell();
    warn_of_repeats(path, &ids);
    let bar = spinner("Comparing");
    let mut model: Model = match begin {
        Begin::Given(model) => model,
        Begin::Estimate(model) => file.train(&model),
    };
    let pairs = file.pairs(&mut model);
    let how = Clustering {
        threshold: threshold.unwrap_or(model.thresholds.cluster),
        one_of_each_source: false,
    };
    let clusters = cluster(&file, &model, &pairs, how);
    bar.finish_and_clear();
    let pairs = pairs
        .iter()
        .map(|pair| (pair.one, pair.other, pair.weight, pair.probability));
    Ok(Loaded {
        ids,
        pairs: pairs.collect(),
        clusters,
    })
}
