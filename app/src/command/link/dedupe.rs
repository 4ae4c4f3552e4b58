//! `stour link dedupe`.

use std::fs::File as Out;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use stour_linkage::{Clustering, File, Model, Pair, cluster};

use super::Reading;
use super::model::{self, Begin};
use super::table::Table;
use crate::program::give;
use crate::progress::spinner;

/// Find records of one person within a file
///
/// Writes id and cluster: records with the same cluster are of one person, and the cluster is named by
/// the first of its records. With --pairs, writes every pair that was weighed and is not hopeless: id_a,
/// id_b, weight (in bits) and probability. Where a column is named as source, no two records of one source are put together, unless NHS
/// number, date of birth and a part of the name agree.
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
    #[arg(long, value_name = "PROBABILITY", value_parser = probability)]
    threshold: Option<f64>,
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number > 0.0 && number <= 1.0 => Ok(number),
        _ => Err("give a probability above 0 and at most 1, such as 0.9".to_owned()),
    }
}

/// A file of records, read, with its pairs and clusters.
pub(super) struct Loaded {
    pub(super) ids: Vec<String>,
    pub(super) pairs: Vec<Pair>,
    pub(super) clusters: Vec<usize>,
}

impl Dedupe {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        if let Some(splink) = model::splink(&self.reading)? {
            return splink.dedupe(
                &self.file,
                &self.reading,
                (&self.out, self.pairs.as_deref()),
                self.threshold,
            );
        }
        let loaded = load(&self.file, &self.reading, self.threshold, |_, _| {})?;
        write_clusters(&self.out, &loaded.ids, &loaded.clusters)?;
        if let Some(file) = &self.pairs {
            let rows = loaded
                .pairs
                .iter()
                .map(|pair| (pair.one, pair.other, pair.weight, pair.probability));
            write_pairs(file, &loaded.ids, rows)?;
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
    let table = Table::open(path)?;
    reading.columns.check(&[&table.header])?;
    let columns = reading.columns.or_same_names(&table.header);
    let further = columns.further();
    let begin = model::begin(reading, &further)?;
    let mut file = File::new(further.len());
    let mut ids = Vec::new();
    let bar = spinner("Reading");
    let header = table.header.clone();
    table.each(&columns, reading.dates, |id, fields, record| {
        look(&header, fields);
        ids.push(id.to_owned());
        file.push(record);
        Ok(())
    })?;
    bar.finish_and_clear();
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
    Ok(Loaded {
        ids,
        pairs,
        clusters,
    })
}

/// Writes `id,cluster`.
pub(super) fn write_clusters(
    file: &Path,
    ids: &[String],
    clusters: &[usize],
) -> anyhow::Result<()> {
    let mut out = writer(file)?;
    out.write_record(["id", "cluster"])?;
    for (id, cluster) in ids.iter().zip(clusters) {
        out.write_record([id, ids.get(*cluster).unwrap_or(id)])?;
    }
    out.flush()
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// Writes `id_a,id_b,weight,probability`.
pub(super) fn write_pairs(
    file: &Path,
    ids: &[String],
    pairs: impl Iterator<Item = (usize, usize, f64, f64)>,
) -> anyhow::Result<()> {
    let mut out = writer(file)?;
    out.write_record(["id_a", "id_b", "weight", "probability"])?;
    for (one, other, weight, probability) in pairs {
        let id = |place: usize| ids.get(place).map_or("", String::as_str);
        out.write_record([
            id(one),
            id(other),
            &format!("{weight:.9}"),
            &format!("{probability:.9}"),
        ])?;
    }
    out.flush()
        .with_context(|| format!("{} cannot be written", file.display()))
}

fn writer(file: &Path) -> anyhow::Result<csv::Writer<BufWriter<Out>>> {
    let out = Out::create(file).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(csv::Writer::from_writer(BufWriter::with_capacity(
        1 << 18,
        out,
    )))
}
