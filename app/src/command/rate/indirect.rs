//! `stour rate isr`.

use clap::Args;
use stour_statistics::rate::indirect::{Band, IndirectRatio, rate, ratio};

use super::answer::{Answer, Value, Why, end, ending, keys};
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table};
use super::{Reading, bands, multiplier};

/// Indirectly standardised rates and ratios
///
/// The file has the columns ageband, count, pop, refcount and refpop: what happened here and in the reference.
/// Rows of the same area (--by) make one rate. Limits are exact below 10 events and Byar's from there on.
///
/// Each area has the weights of its own ages: compare it with the reference, not one area with
/// another. Nothing here puts areas in order by these values.
///
/// Example: stour rate isr admissions.csv --by practice --ratio
#[derive(Debug, Args)]
pub(crate) struct Isr {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// Give the ratio of observed to expected and not a rate
    #[arg(long)]
    ratio: bool,
    /// Per how many people; for a ratio what it is multiplied by [default: 100000, for a ratio 1]
    #[arg(long, value_name = "NUMBER", value_parser = multiplier)]
    multiplier: Option<f64>,
}

/// What was found for each confidence, and the rate of the reference where a rate is wanted.
type Found = (Vec<IndirectRatio>, Option<f64>);

impl Isr {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let needed = &["ageband", "count", "pop", "refcount", "refpop"];
        let table = self.reading.open(needed, &[])?;
        let by = self
            .multiplier
            .unwrap_or(if self.ratio { 1.0 } else { 1e5 });
        let statistic = if self.ratio {
            format!("indirectly standardised ratio x {by}")
        } else {
            format!("indirectly standardised rate per {by}")
        };
        let levels = &self.sureness.confidence;
        let mut columns = table.keys();
        columns.extend(["observed", "expected"].map(str::to_owned));
        if !self.ratio {
            columns.push("ref_rate".to_owned());
        }
        let mut answer = Answer::new([columns, ending(levels)].concat());
        let labels = bands::of_file(&table)?;
        for group in table.groups() {
            let found = self.found(&table, &group, &labels, by, &mut answer);
            let mut out = keys(&group.key);
            let (all, reference) = found.as_ref().map_or((&[][..], None), |(all, reference)| {
                (all.as_slice(), *reference)
            });
            let first = all.first();
            out.push(first.map_or(Value::Nothing, |ratio| Value::Count(ratio.observed)));
            out.push(first.map(|ratio| ratio.expected).into());
            if !self.ratio {
                out.push(reference.into());
            }
            let intervals: Vec<_> = all.iter().map(|ratio| ratio.interval).collect();
            let method = first.map_or("", |ratio| ratio.method.name());
            let value = first.map(|ratio| ratio.value);
            out.extend(end(levels, value, &intervals, &statistic, method));
            answer.add(out, found.as_ref().err());
        }
        answer.finish(&table.name, self.reading.source.json)
    }

    fn found(
        &self,
        table: &Table,
        group: &Group<'_>,
        labels: &[String],
        by: f64,
        answer: &mut Answer,
    ) -> Result<Found, Why> {
        bands::check(table, group, labels, answer)?;
        let read: Vec<Result<Band, Mistake>> =
            group.rows.iter().map(|row| band(table, row)).collect();
        for mistake in read.iter().filter_map(|read| read.as_ref().err()) {
            answer.mistake(mistake.clone());
        }
        let bands: Vec<Band> = read.into_iter().collect::<Result<_, _>>()?;
        let levels = &self.sureness.confidence;
        if self.ratio {
            let all = levels.each(|sure| ratio(&bands, by, sure));
            return Ok((all.map_err(|why| Why::of(why, &group.rows))?, None));
        }
        let all = levels
            .each(|sure| rate(&bands, by, sure))
            .map_err(|why| Why::of(why, &group.rows))?;
        let reference = all.first().map(|rate| rate.reference_rate);
        Ok((all.iter().map(|rate| rate.ratio).collect(), reference))
    }
}

fn band(table: &Table, row: &Row) -> Result<Band, Mistake> {
    let found = Band {
        count: table.count(row, "count")?,
        population: table.amount(row, "pop")?,
        reference_count: table.amount(row, "refcount")?,
        reference_population: table.amount(row, "refpop")?,
    };
    for (name, people) in [
        ("pop", found.population),
        ("refpop", found.reference_population),
    ] {
        if people == 0.0 {
            let told = format!("{} is 0: there is no rate of nobody", table.label(name));
            return Err(Mistake::new(row.line, told));
        }
    }
    Ok(found)
}
