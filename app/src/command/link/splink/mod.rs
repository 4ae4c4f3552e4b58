//! Models that Splink trained: its columns, its blocking rules, its weights; and the rules of trust.

mod decide;
mod group;
mod pairs;
mod read;

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;
use stour_linkage::splink::{Frequencies, LinkType, Model, Record, Score};
use stour_linkage::{Batch, Remembered, Rule, Thresholds};

use super::columns::Columns;
use super::dedupe::Loaded;
use super::matching::{Decisions, Row};
use super::table::Table;
use super::{Across, Reading};
use crate::program::tell;
use crate::progress::spinner;
use read::Set;

/// From which probabilities and with which margin something is done: those of models that are estimated
/// from records, as Splink's are.
const THRESHOLDS: Thresholds = Thresholds {
    link: 0.98,
    review: 0.2,
    margin: 3.0,
    cluster: 0.9,
};

/// A model of Splink, from a file.
pub(super) struct Splink {
    model: Model,
}

/// Two files, read, with the rules of trust to ask.
struct Both {
    index: Set,
    incoming: Set,
    batch: Batch,
    trust: Trust,
    frequencies: Frequencies,
}

/// Which rules of trust can be asked, by the columns that are named.
#[derive(Debug, Clone, Copy)]
struct Trust {
    is_asked: bool,
    knows_birth: bool,
}

impl Trust {
    fn of(columns: &Columns) -> Self {
        let is_asked = columns.are_of_people();
        if !is_asked {
            tell(
                "No rule of trust is asked, as no column is named for a name, date of birth and so on: see --columns.",
            );
        }
        Self {
            is_asked,
            knows_birth: columns.names("dob"),
        }
    }

    /// Where no column is named for dates of birth, that there is none holds nothing.
    fn counts(self, rule: Rule) -> bool {
        self.is_asked && (self.knows_birth || rule != Rule::NoDateOfBirth)
    }
}

/// Whether JSON is a model of Splink, by what only its models have.
pub(super) fn is_splink(json: &serde_json::Value) -> bool {
    let has_levels = |comparisons: &serde_json::Value| {
        let mut all = comparisons.as_array().into_iter().flatten();
        all.any(|comparison| comparison.get("comparison_levels").is_some())
    };
    json.get("link_type").is_some() || json.get("comparisons").is_some_and(has_levels)
}

impl Splink {
    /// Reads a model.
    ///
    /// # Errors
    /// When it says something that is not supported, with the place.
    pub(super) fn from_json(text: &str) -> anyhow::Result<Self> {
        Ok(Self {
            model: Model::from_json(text)?,
        })
    }

    fn columns(&self, reading: &Reading, table: &Table) -> Columns {
        let columns = reading.columns.or_same_names(&table.header);
        columns.or_id(&table.header, self.model.unique_id_column())
    }

    fn both(
        &self,
        across: &Across,
        mut look: impl FnMut(bool, &csv::StringRecord, &[std::borrow::Cow<'_, str>]),
    ) -> anyhow::Result<Both> {
        let reading = &across.reading;
        let (mut index, mut incoming) =
            (Table::open(&across.index)?, Table::open(&across.incoming)?);
        let (kinds, kinds_incoming) = (read::kinds(&mut index), read::kinds(&mut incoming));
        reading.columns.check(&[&index.header, &incoming.header])?;
        reading.check_beside(&across.index, &index.header)?;
        reading.check_beside(&across.incoming, &incoming.header)?;
        let columns = self.columns(reading, &index);
        let mut batch = Batch::new(columns.further().len());
        let bar = spinner("Reading");
        let header = index.header.clone();
        let index = self.read(
            (&across.index, index),
            (&columns, &kinds),
            reading.dates,
            |fields, record| {
                look(true, &header, fields);
                batch.index(record);
            },
        )?;
        let header = incoming.header.clone();
        let from = (across.incoming.as_path(), incoming);
        let incoming = self.read(
            from,
            (&columns, &kinds_incoming),
            reading.dates,
            |fields, record| {
                look(false, &header, fields);
                batch.incoming(record);
            },
        )?;
        bar.finish_and_clear();
        let frequencies = self
            .model
            .frequencies(index.records.iter().chain(&incoming.records));
        Ok(Both {
            index,
            incoming,
            batch,
            trust: Trust::of(&columns),
            frequencies,
        })
    }

    /// Decides on every incoming record.
    ///
    /// # Errors
    /// When a file cannot be read, or the model cannot be used on it.
    pub(super) fn decide(
        &self,
        across: &Across,
        told: impl FnOnce(&[String], &[String]) -> anyhow::Result<HashMap<(usize, usize), Remembered>>,
        look: impl FnMut(bool, &csv::StringRecord, &[std::borrow::Cow<'_, str>]),
    ) -> anyhow::Result<Decisions> {
        let both = self.both(across, look)?;
        let told = told(&both.index.ids, &both.incoming.ids)?;
        let bar = spinner("Matching");
        let mut pairs = pairs::candidates(
            &self.model,
            &both.index.records,
            &both.incoming.records,
            |_, _| true,
        )?;
        // What a human has said is remembered whatever the blocking rules would compare.
        pairs.extend(told.keys().filter_map(|(incoming, index)| {
            Some((u32::try_from(*index).ok()?, u32::try_from(*incoming).ok()?))
        }));
        pairs.sort_unstable_by_key(|(index, incoming)| (*incoming, *index));
        pairs.dedup();
        let mut rows = Vec::with_capacity(both.incoming.ids.len());
        let mut rest = pairs.as_slice();
        for incoming in 0..both.incoming.ids.len() {
            let is_of = |pair: &(u32, u32)| usize::try_from(pair.1).ok() == Some(incoming);
            let (these, others) = rest.split_at(rest.partition_point(is_of));
            rest = others;
            rows.push(self.decide_one(&both, incoming, these, &told)?);
        }
        bar.finish_and_clear();
        Ok(Decisions {
            index: both.index.ids,
            incoming: both.incoming.ids,
            rows,
        })
    }

    fn decide_one(
        &self,
        both: &Both,
        incoming: usize,
        pairs: &[(u32, u32)],
        told: &HashMap<(usize, usize), Remembered>,
    ) -> anyhow::Result<Row> {
        let mut scored = Vec::with_capacity(pairs.len());
        for (index, _) in pairs {
            let index = usize::try_from(*index)?;
            let score = self.score(both, index, incoming)?;
            scored.push((index, score, told.get(&(incoming, index)).copied()));
        }
        let held = |index: usize| {
            let held = both.batch.held(incoming, index);
            held.filter(|(_, rule)| both.trust.counts(*rule))
        };
        Ok(decide::decide(incoming, scored, &THRESHOLDS, held))
    }

    fn score(&self, both: &Both, index: usize, incoming: usize) -> anyhow::Result<Score<'_>> {
        let (one, other) = (
            both.index.records.get(index),
            both.incoming.records.get(incoming),
        );
        let (one, other) = one.zip(other).context("there is no such record")?;
        self.score_of((one, other), &both.frequencies)
            .with_context(|| {
                format!(
                    "{} and {}",
                    both.index.id(index),
                    both.incoming.id(incoming)
                )
            })
    }

    fn score_of(
        &self,
        (left, right): (&Record, &Record),
        frequencies: &Frequencies,
    ) -> anyhow::Result<Score<'_>> {
        self.model.score(left, right, frequencies).context(
            "Splink's model cannot weigh these records (a column of numbers has a heading such as height:number)",
        )
    }

    /// How two records score, one of each file; the rule of trust that holds a link; and the next best
    /// record for the same incoming one, by its identifier, with its weight.
    ///
    /// # Errors
    /// As [`Self::decide`], or when there are no such records.
    pub(super) fn explain<T>(
        &self,
        across: &Across,
        ids: (&str, &str),
        say: impl FnOnce(&Score<'_>, Option<Rule>, Option<(&str, f64)>) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let both = self.both(across, |_, _, _| {})?;
        let (incoming, index) = super::explain::places(ids, &both.incoming.ids, &both.index.ids)?;
        let score = self.score(&both, index, incoming)?;
        let held = both.batch.held(incoming, index).map(|(_, rule)| rule);
        let held = held.filter(|rule| both.trust.counts(*rule));
        let next = self.next_best(&both, incoming, index)?;
        say(
            &score,
            held,
            next.map(|(next, weight)| (both.index.id(next), weight)),
        )
    }

    /// The record of the index that scores best for an incoming one, other than this.
    fn next_best(
        &self,
        both: &Both,
        incoming: usize,
        except: usize,
    ) -> anyhow::Result<Option<(usize, f64)>> {
        let record = both
            .incoming
            .records
            .get(incoming)
            .map(std::slice::from_ref);
        let pairs = pairs::candidates(
            &self.model,
            &both.index.records,
            record.context("there is no such record")?,
            |index, _| index != except,
        )?;
        let mut best: Option<(usize, f64)> = None;
        for (index, _) in pairs {
            let index = usize::try_from(index)?;
            let weight = self.score(both, index, incoming)?.weight;
            if best.is_none_or(|(place, most)| (most, index) < (weight, place)) {
                best = Some((index, weight));
            }
        }
        Ok(best)
    }

    /// The pairs and clusters of one file.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub(super) fn dedupe(
        &self,
        path: &Path,
        reading: &Reading,
        threshold: Option<f64>,
        mut look: impl FnMut(&csv::StringRecord, &[std::borrow::Cow<'_, str>]),
    ) -> anyhow::Result<Loaded> {
        let mut table = Table::open(path)?;
        let kinds = read::kinds(&mut table);
        reading.columns.check(&[&table.header])?;
        reading.check_beside(path, &table.header)?;
        let columns = self.columns(reading, &table);
        let mut file = stour_linkage::File::new(columns.further().len());
        let bar = spinner("Reading");
        let header = table.header.clone();
        let set = self.read(
            (path, table),
            (&columns, &kinds),
            reading.dates,
            |fields, record| {
                look(&header, fields);
                file.push(record);
            },
        )?;
        bar.finish_and_clear();
        let trust = Trust::of(&columns);
        let bar = spinner("Comparing");
        let frequencies = self.model.frequencies(&set.records);
        let is_across = self.model.link_type() == LinkType::LinkOnly;
        anyhow::ensure!(
            !is_across || set.sources.iter().any(|source| !source.is_empty()),
            "the model links sets of records: {} needs a column {:?}, or use `stour link match`",
            path.display(),
            self.model.source_dataset_column()
        );
        let weighed = self.weigh(&set, is_across, &frequencies)?;
        let threshold = threshold.unwrap_or(THRESHOLDS.cluster);
        let held =
            |one: usize, other: usize| file.held(one, other).is_some_and(|rule| trust.counts(rule));
        let clusters = group::group(set.ids.len(), &weighed, threshold, held);
        bar.finish_and_clear();
        Ok(Loaded {
            ids: set.ids,
            pairs: weighed,
            clusters,
        })
    }

    /// Every pair of a file that the blocking rules admit, with its weight and probability.
    fn weigh(
        &self,
        set: &Set,
        is_across: bool,
        frequencies: &Frequencies,
    ) -> anyhow::Result<Vec<(usize, usize, f64, f64)>> {
        let ranks = set.ranks();
        let mut pairs =
            pairs::candidates(&self.model, &set.records, &set.records, |left, right| {
                ranks.get(left) < ranks.get(right)
                    && !(is_across && set.sources.get(left) == set.sources.get(right))
            })?;
        pairs.sort_unstable();
        pairs.dedup();
        let mut weighed = Vec::with_capacity(pairs.len());
        for (left, right) in pairs {
            let (left, right) = (usize::try_from(left)?, usize::try_from(right)?);
            let both = set
                .records
                .get(left)
                .zip(set.records.get(right))
                .context("there is no such record")?;
            let score = self
                .score_of(both, frequencies)
                .with_context(|| format!("{} and {}", set.id(left), set.id(right)))?;
            weighed.push((left, right, score.weight, score.probability));
        }
        Ok(weighed)
    }
}
