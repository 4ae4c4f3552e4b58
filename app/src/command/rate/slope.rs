//! `stour rate sii`.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use stour_statistics::rate::slope::{
    Error, Group as Quantile, Index, Inequality, Kind, Settings, inequality,
};

use super::Reading;
use super::answer::{Answer, Value, Why, keys};
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table};
use crate::program::Misused;

/// The slope and the relative index of inequality
///
/// The file has the columns quantile (1 for the most deprived), population and value, and either `lower_cl` and
/// `upper_cl` (95% limits) or se (standard error, of the logarithm of a rate and the logit of a proportion). Where
/// a file has both, se counts; --transform takes limits alone. Rows of the same area (--by) make one index.
/// Limits are of simulated draws: the same seed gives the same ones. With --reliability the simulation is
/// made ten times, and `sii_mad` and `rii_mad` say how far limits differ on average: the more draws, the
/// less.
///
/// Example: stour rate sii life.csv --by area --kind other --seed 7 --confidence 0.95,0.998
#[derive(Debug, Args)]
pub(crate) struct Sii {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// What the values are: their errors are taken as logarithms of rates and logits of proportions
    #[arg(long, value_name = "KIND")]
    kind: Values,
    /// Fit the line to logarithms of rates or logits of proportions as well
    #[arg(long)]
    transform: bool,
    /// What the slope is multiplied by; a negative number also turns the relative index over
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = any, allow_negative_numbers = true)]
    multiplier: f64,
    /// How many times values are drawn
    #[arg(long, value_name = "N", default_value = "100000", value_parser = clap::value_parser!(u32).range(1000..=2_000_000))]
    draws: u32,
    /// What the random numbers are made from
    #[arg(long, value_name = "S", default_value = "1")]
    seed: u64,
    /// Simulate ten times and say how far the limits differ
    #[arg(long)]
    reliability: bool,
}

/// What values are, as the command line names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Values {
    /// Above 0
    Rate,
    /// Between 0 and 1, not percentages
    Proportion,
    /// Taken as they are, such as life expectancy
    Other,
}

fn any(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| *number != 0.0 && number.is_finite())
        .ok_or_else(|| "give a number other than 0, such as 100".to_owned())
}

impl Sii {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        if self.transform && matches!(self.kind, Values::Other) {
            let wrong = "--transform is for --kind rate and --kind proportion";
            return Err(Misused(wrong.to_owned()).into());
        }
        let needed = &["quantile", "population", "value"];
        let table = self.reading.open(needed, &["lower_cl", "upper_cl", "se"])?;
        let has_limits = table.has("lower_cl") && table.has("upper_cl");
        if !has_limits && (!table.has("se") || self.transform) {
            anyhow::bail!(
                "{} needs the columns lower_cl and upper_cl, or without --transform the column se",
                table.name
            );
        }
        let mut answer = Answer::new([table.keys(), self.columns()].concat());
        for group in table.groups() {
            let found = self.index(&table, &group, &mut answer);
            let mut out = keys(&group.key);
            match found {
                Ok(found) => {
                    out.extend(self.cells(&found.slope));
                    out.extend(self.cells(&found.relative));
                    out.push(Value::Number(found.intercept));
                    out.push(Value::from(self.sureness.confidence.told().as_str()));
                    out.extend([Value::Count(u64::from(self.draws)), Value::Count(self.seed)]);
                    answer.add(out, None);
                }
                Err(why) => answer.add(out, Some(&why)),
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }

    fn columns(&self) -> Vec<String> {
        let levels = &self.sureness.confidence;
        let mut columns = Vec::new();
        for name in ["sii", "rii"] {
            columns.push(name.to_owned());
            columns.extend(levels.columns(&format!("{name}_")));
            if self.reliability {
                let mad = |label: String| format!("{name}_mad_{label}");
                columns.extend(levels.short().into_iter().map(mad));
            }
        }
        columns.extend(["intercept", "confidence", "draws", "seed"].map(str::to_owned));
        columns
    }

    fn cells(&self, index: &Index) -> Vec<Value> {
        let count = self.sureness.confidence.count();
        let mut cells = vec![Value::Number(index.value)];
        let limits = index.lower.iter().zip(&index.upper).take(count);
        cells.extend(limits.flat_map(|(lower, upper)| [*lower, *upper].map(Value::Number)));
        if let Some(differences) = index.reliability {
            cells.extend(differences.into_iter().take(count).map(Value::Number));
        }
        cells
    }

    fn index(
        &self,
        table: &Table,
        group: &Group<'_>,
        answer: &mut Answer,
    ) -> Result<Inequality, Why> {
        let rows = in_order(table, group, answer)?;
        let read: Vec<Result<Quantile, Mistake>> =
            rows.iter().map(|row| self.quantile(table, row)).collect();
        for mistake in read.iter().filter_map(|read| read.as_ref().err()) {
            answer.mistake(mistake.clone());
        }
        let quantiles: Vec<Quantile> = read.into_iter().collect::<Result<_, _>>()?;
        let settings = Settings {
            kind: match self.kind {
                Values::Rate => Kind::Rate,
                Values::Proportion => Kind::Proportion,
                Values::Other => Kind::Other,
            },
            transformed: self.transform,
            multiplier: self.multiplier,
            draws: usize::try_from(self.draws).unwrap_or(usize::MAX),
            seed: self.seed,
            reliability: self.reliability,
        };
        let levels = self.sureness.confidence.both();
        let levels = levels.ok_or_else(|| Why::Rule("no confidence was given".to_owned()))?;
        inequality(&quantiles, &settings, levels).map_err(|why| Why::of(why, &rows))
    }

    fn quantile(&self, table: &Table, row: &Row) -> Result<Quantile, Mistake> {
        let population = table.amount(row, "population")?;
        if population == 0.0 {
            let told = format!(
                "{} is 0: every group needs people",
                table.label("population")
            );
            return Err(Mistake::new(row.line, told));
        }
        // A standard error that is given is taken before one that follows from limits.
        let value = table.number(row, "value")?;
        let error = if table.has("se") && !self.transform {
            Error::Standard(table.amount(row, "se")?)
        } else {
            limits(table, row, value)?
        };
        Ok(Quantile {
            population,
            value,
            error,
        })
    }
}

/// The limits of a value, which must hold it.
fn limits(table: &Table, row: &Row, value: f64) -> Result<Error, Mistake> {
    let (lower, upper) = (
        table.number(row, "lower_cl")?,
        table.number(row, "upper_cl")?,
    );
    if lower <= value && value <= upper {
        return Ok(Error::Limits { lower, upper });
    }
    let told = format!("the value {value} is not within its limits, {lower} to {upper}");
    Err(Mistake::new(row.line, told))
}

/// The rows from group 1 on. All mistakes are noted; the first withholds the index.
fn in_order<'t>(
    table: &Table,
    group: &Group<'t>,
    answer: &mut Answer,
) -> Result<Vec<&'t Row>, Why> {
    let mut mistakes = Vec::new();
    let mut rows: BTreeMap<u64, &Row> = BTreeMap::new();
    for row in &group.rows {
        match table.count(row, "quantile") {
            Ok(quantile) => match rows.get(&quantile) {
                Some(before) => mistakes.push(Mistake::new(
                    row.line,
                    format!("group {quantile} is also on line {}", before.line),
                )),
                None => {
                    rows.insert(quantile, row);
                }
            },
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if let Some(nought) = rows.get(&0) {
        let told = "group 0 is none: the most deprived group is 1";
        mistakes.push(Mistake::new(nought.line, told));
    }
    let last = rows.last_key_value().map_or(0, |(quantile, _)| *quantile);
    if let Some(first) = group.rows.first() {
        // Beyond 100 groups no index is given whatever is missing.
        let absent = (1..=last.min(100)).find(|wanted| !rows.contains_key(wanted));
        if let Some(absent) = absent {
            let told = group.told();
            mistakes.push(Mistake::new(
                first.line,
                format!("group {absent} is missing ({told})"),
            ));
        }
    }
    for mistake in &mistakes {
        answer.mistake(mistake.clone());
    }
    match mistakes.into_iter().next() {
        Some(first) => Err(first.into()),
        None => Ok(rows.into_values().collect()),
    }
}
