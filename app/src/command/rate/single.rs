//! What is worked out row by row: proportions, crude rates, limits of counts.

use std::collections::HashMap;

use clap::{Args, ValueEnum};
use stour_statistics::proportion::{Error, wilson};
use stour_statistics::rate::Interval;
use stour_statistics::rate::count::{Method, byars, rate};

use super::answer::{Answer, Why, end, ending, keys};
use super::levels::{Sureness, cells};
use super::table::{Mistake, Row, Table};
use super::{Reading, multiplier};

/// Proportions with Wilson's interval
///
/// The file has the columns x (how many have it) and n (out of how many); each row is one proportion. With
/// --by, one that is there twice is a mistake.
///
/// Example: stour rate proportion smokers.csv --columns x=smokers,n=asked --by area --multiplier 100
#[derive(Debug, Args)]
pub(crate) struct Proportion {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// What the proportion is multiplied by: 100 gives percentages
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = multiplier)]
    multiplier: f64,
}

/// Crude rates: exact limits below 10 events, Byar's from there on
///
/// The file has the columns x (events) and n (people, or years lived); each row is one rate. With --by, one
/// that is there twice is a mistake.
///
/// Example: stour rate rate admissions.csv --columns x=admissions,n=people --by area,year --confidence 0.95,0.998
#[derive(Debug, Args)]
pub(crate) struct Crude {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// Per how many people
    #[arg(long, value_name = "NUMBER", default_value = "100000", value_parser = multiplier)]
    multiplier: f64,
    /// How limits are found, where it is not to depend on the count
    #[arg(long, value_name = "METHOD")]
    method: Option<Chosen>,
}

/// A method as the command line names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Chosen {
    Exact,
    Byars,
}

/// Byar's limits of counts
///
/// The file has the column x (events).
///
/// Example: stour rate byars counts.csv --columns x=deaths --confidence 0.95,0.998
#[derive(Debug, Args)]
pub(crate) struct Byars {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
}

/// The rows whose key an earlier one has, by the line of the first.
fn repeated(table: &Table) -> HashMap<u64, Mistake> {
    let mut first: HashMap<Vec<String>, &Row> = HashMap::new();
    let mut found = HashMap::new();
    if table.by.is_empty() {
        return found;
    }
    for row in &table.rows {
        let key = table.key(row);
        let Some(before) = first.get(&key) else {
            first.insert(key, row);
            continue;
        };
        let told = key.join(", ");
        for (one, other) in [(row, *before), (*before, row)] {
            let mistake = Mistake::new(one.line, format!("{told} is also on line {}", other.line));
            found.entry(one.line).or_insert(mistake);
        }
    }
    found
}

/// The value and its limits, and how they were found.
type Found = (f64, Vec<Interval>, &'static str);

/// Works out every row from two columns.
fn rows(
    reading: &Reading,
    sureness: &Sureness,
    statistic: &str,
    work: impl Fn(&Table, &Row) -> Result<Found, Why>,
) -> anyhow::Result<()> {
    let table = reading.open(&["x", "n"], &[])?;
    let columns = [table.keys(), vec!["x".to_owned(), "n".to_owned()]].concat();
    let levels = &sureness.confidence;
    let mut answer = Answer::new([columns, ending(levels)].concat());
    let repeated = repeated(&table);
    for row in &table.rows {
        let mut out = keys(&table.key(row));
        out.extend(["x", "n"].map(|name| table.text(row, name).into()));
        let found = match repeated.get(&row.line) {
            Some(mistake) => Err(Why::Wrong(mistake.clone())),
            None => work(&table, row),
        };
        match found {
            Ok((value, intervals, method)) => {
                out.extend(end(levels, Some(value), &intervals, statistic, method));
                answer.add(out, None);
            }
            Err(why) => {
                out.extend(end(levels, None, &[], statistic, ""));
                answer.add(out, Some(&why));
            }
        }
    }
    answer.finish(&table.name, reading.source.json)
}

impl Proportion {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let by = self.multiplier;
        #[expect(clippy::float_cmp, reason = "a name for exactly this number")]
        let statistic = if by == 100.0 {
            "percentage".to_owned()
        } else {
            format!("proportion of {by}")
        };
        rows(&self.reading, &self.sureness, &statistic, |table, row| {
            let (x, n) = (table.count(row, "x")?, table.count(row, "n")?);
            let wrong = |error: Error| Why::Wrong(Mistake::new(row.line, error.to_string()));
            let levels = &self.sureness.confidence;
            let all = levels
                .each(|confidence| wilson(x, n, confidence.get()))
                .map_err(wrong)?;
            let value = all.first().map_or(f64::NAN, |found| found.value);
            let interval = |found: &stour_statistics::proportion::Proportion| Interval {
                lower: Some(found.lower * by),
                upper: found.upper * by,
            };
            Ok((value * by, all.iter().map(interval).collect(), "Wilson"))
        })
    }
}

impl Crude {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let statistic = format!("rate per {}", self.multiplier);
        let method = self.method.map(|method| match method {
            Chosen::Exact => Method::Exact,
            Chosen::Byars => Method::Byars,
        });
        rows(&self.reading, &self.sureness, &statistic, |table, row| {
            let (x, n) = (table.count(row, "x")?, table.amount(row, "n")?);
            let levels = &self.sureness.confidence;
            let all = levels
                .each(|confidence| rate(x, n, self.multiplier, method, confidence))
                .map_err(|why| Why::of(why, &[row]))?;
            let value = all.first().map_or(f64::NAN, |found| found.value);
            let name = method.unwrap_or(Method::for_count(x)).name();
            Ok((
                value,
                all.iter().map(|found| found.interval).collect(),
                name,
            ))
        })
    }
}

impl Byars {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self.reading.open(&["x"], &[])?;
        let levels = &self.sureness.confidence;
        let limits = levels
            .short()
            .into_iter()
            .flat_map(|label| ["lower", "upper"].map(|side| format!("byars_{side}_{label}")));
        let columns = table
            .keys()
            .into_iter()
            .chain(["x".to_owned()])
            .chain(limits);
        let mut answer = Answer::new(columns);
        for row in &table.rows {
            let mut out = keys(&table.key(row));
            out.push(table.text(row, "x").into());
            match table.count(row, "x") {
                Ok(count) => {
                    let all = levels.each(|confidence| Ok::<_, Mistake>(byars(count, confidence)));
                    out.extend(cells(&all.unwrap_or_default()));
                    answer.add(out, None);
                }
                Err(mistake) => answer.add(out, Some(&mistake.into())),
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }
}
