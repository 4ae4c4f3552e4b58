//! What is worked out of measured values: means, percentiles, groups of equal size.

use clap::{Args, ValueEnum};
use stour_statistics::rate::group::{First, groups};
use stour_statistics::rate::mean::{mean, percentile};

use super::answer::{Answer, Value, Why, end, ending, keys};
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table, Wanted};
use super::{Reading, Source};

/// Means with Student's interval
///
/// The file has the column x; rows of the same area (--by) make one mean.
///
/// Example: stour rate mean stays.csv --columns x=days --by ward
#[derive(Debug, Args)]
pub(crate) struct MeanOf {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
}

/// Medians and other percentiles
///
/// The file has the column x; rows of the same area (--by) go together. Between two values the percentile is
/// in proportion.
///
/// Example: stour rate percentile stays.csv --columns x=days --by ward --at 0.5,0.9
#[derive(Debug, Args)]
pub(crate) struct Percentile {
    #[command(flatten)]
    reading: Reading,
    /// Which percentiles: 0.5 is the median
    #[arg(long, value_name = "SHARE,…", value_delimiter = ',', required = true, value_parser = share)]
    at: Vec<f64>,
}

/// Put areas into groups of equal size by a value, such as tenths by deprivation
///
/// The file has the column value. All its columns are given again, with the group of each row. With --by rows of
/// the same region are grouped among themselves. Equal values share a group, so that
/// groups may differ in size.
///
/// Example: stour rate quantile areas.csv --columns value=deprivation --groups 10 --first highest
#[derive(Debug, Args)]
pub(crate) struct Quantile {
    #[command(flatten)]
    source: Source,
    /// The columns that say among which others a row is grouped, such as region [default: all rows]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    by: Vec<String>,
    /// How many groups
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=1000))]
    groups: u16,
    /// Which values are group 1: of a score of deprivation the highest, of a rank the lowest
    #[arg(long, value_name = "END")]
    first: End,
}

/// An end of the values, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum End {
    Highest,
    Lowest,
}

fn share(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "give a number from 0 to 1, such as 0.5".to_owned())
}

/// The values of a group of rows. All its mistakes are noted; the first withholds the group.
fn values(table: &Table, rows: &[&Row], name: &str, answer: &mut Answer) -> Result<Vec<f64>, Why> {
    let read: Vec<Result<f64, Mistake>> = rows.iter().map(|row| table.number(row, name)).collect();
    for mistake in read.iter().filter_map(|read| read.as_ref().err()) {
        answer.mistake(mistake.clone());
    }
    Ok(read.into_iter().collect::<Result<Vec<f64>, Mistake>>()?)
}

impl MeanOf {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self.reading.open(&["x"], &[])?;
        let levels = &self.sureness.confidence;
        let sums = ["value_sum", "value_count", "stdev"].map(str::to_owned);
        let mut answer = Answer::new([table.keys(), sums.to_vec(), ending(levels)].concat());
        for group in table.groups() {
            let found = values(&table, &group.rows, "x", &mut answer).and_then(|values| {
                levels
                    .each(|confidence| mean(&values, confidence))
                    .map_err(|why| Why::of(why, &group.rows))
            });
            let mut out = keys(&group.key);
            let (statistic, method) = ("mean", "Student's t-distribution");
            match found.as_deref() {
                Ok(all @ [first, ..]) => {
                    let count = Value::Number(first.sum);
                    out.extend([count, whole(first.count), Value::Number(first.deviation)]);
                    let intervals: Vec<_> = all.iter().map(|mean| mean.interval).collect();
                    out.extend(end(
                        levels,
                        Some(first.value),
                        &intervals,
                        statistic,
                        method,
                    ));
                    answer.add(out, None);
                }
                Ok([]) => {}
                Err(why) => {
                    out.extend([Value::Nothing, Value::Nothing, Value::Nothing]);
                    out.extend(end(levels, None, &[], statistic, method));
                    answer.add(out, Some(why));
                }
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }
}

fn whole(count: usize) -> Value {
    Value::Count(u64::try_from(count).unwrap_or(u64::MAX))
}

impl Percentile {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self.reading.open(&["x"], &[])?;
        let columns = ["value_count", "percentile", "value"].map(str::to_owned);
        let mut answer = Answer::new([table.keys(), columns.to_vec()].concat());
        for group in table.groups() {
            let all = values(&table, &group.rows, "x", &mut answer);
            for share in &self.at {
                let found = all.clone().and_then(|values| {
                    percentile(&values, *share).map_err(|why| Why::of(why, &group.rows))
                });
                let mut out = keys(&group.key);
                out.extend([whole(group.rows.len()), Value::Number(*share)]);
                out.push(found.as_ref().ok().copied().into());
                answer.add(out, found.as_ref().err());
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }
}

impl Quantile {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self.source.open(&Wanted {
            needed: &["value"],
            others: &[],
            by: &self.by,
            or_area: false,
            standard: None,
        })?;
        let added = ["quantile", "nquantiles", "groupvars", "invert"];
        if let Some(taken) = table
            .header
            .iter()
            .find(|name| added.contains(&name.as_str()))
        {
            anyhow::bail!("{} has a column {taken} already: rename it", table.name);
        }
        let columns = table.header.iter().map(String::as_str).chain(added);
        let mut answer = Answer::new(columns);
        // Rows are given in the order of the file, whatever group they are in.
        let mut found: Vec<(u64, Vec<Value>, Option<Why>)> = Vec::new();
        for group in table.groups() {
            found.extend(self.group(&table, &group, &mut answer));
        }
        found.sort_by_key(|(line, ..)| *line);
        for (_, cells, why) in found {
            answer.add(cells, why.as_ref());
        }
        answer.finish(&table.name, self.source.json)
    }

    fn group(
        &self,
        table: &Table,
        group: &Group<'_>,
        answer: &mut Answer,
    ) -> Vec<(u64, Vec<Value>, Option<Why>)> {
        let first = match self.first {
            End::Highest => First::Highest,
            End::Lowest => First::Lowest,
        };
        let found = values(table, &group.rows, "value", answer).and_then(|values| {
            groups(&values, usize::from(self.groups), first)
                .map_err(|why| Why::of(why, &group.rows))
        });
        let by = table.keys().join(", ");
        let rows = group.rows.iter().enumerate().map(|(place, row)| {
            let mut cells: Vec<Value> = keys(&row.fields);
            let quantile = found.as_ref().ok().and_then(|found| found.get(place));
            cells.push(quantile.map_or(Value::Nothing, |group| whole(*group)));
            cells.push(Value::Count(u64::from(self.groups)));
            cells.push(Value::from(by.as_str()));
            cells.push(Value::Yes(self.first == End::Highest));
            (row.line, cells, found.as_ref().err().cloned())
        });
        rows.collect()
    }
}
