//! `stour rate dsr`.

use std::collections::{HashMap, HashSet};

use clap::{Args, ValueEnum};
use stour_statistics::rate::Withheld;
use stour_statistics::rate::direct::{
    Band, DirectRate, EUROPEAN_2013, RepeatedBand, standardised, standardised_repeated,
};

use super::answer::{Answer, Value, Why, end, ending, keys};
use super::bands::AGE_BAND;
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table, Wanted};
use super::{Reading, bands, multiplier};

/// Directly standardised rates with Dobson's interval
///
/// The file has the columns ageband, count and pop. The standard population is a column of the file
/// (--standard-by) or a published one (--standard), which needs its own bands: esp2013 has 19, from 0-4 to 90+.
/// Rows of the same area (--by) make one rate. A band that is missing, there twice or without people withholds
/// the rate. Below 10 events no rate is given.
///
/// Where one person may have several events, the column eventfreq says how many, and count is of people
/// who had that many: the interval is then wider. Each band has a row for each eventfreq.
///
/// Example: stour rate dsr deaths.csv --by area,sex --standard esp2013 --confidence 0.95,0.998
#[derive(Debug, Args)]
pub(crate) struct Dsr {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    #[command(flatten)]
    standard: Standard,
    /// Per how many people
    #[arg(long, value_name = "NUMBER", default_value = "100000", value_parser = multiplier)]
    multiplier: f64,
    /// Take a blank count as none, as other programs do; else it withholds the rate
    #[arg(long)]
    blank_is_zero: bool,
}

/// Whose ages a rate is standardised to.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Standard {
    /// The column with the standard population of each band
    #[arg(long, value_name = "COLUMN")]
    standard_by: Option<String>,
    /// A published standard population
    #[arg(long, value_name = "NAME")]
    standard: Option<Population>,
}

/// A published standard population, as the command line names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Population {
    /// European Standard Population of 2013, Eurostat
    Esp2013,
}

impl Population {
    /// The youngest age and the weight of each band.
    fn bands(self) -> &'static [(u32, f64)] {
        match self {
            Self::Esp2013 => &EUROPEAN_2013,
        }
    }
}

/// What the column of the standard population is called here.
const STANDARD: &str = "standard";

/// What is known of a file as a whole.
struct File {
    /// The labels of its bands.
    labels: Vec<String>,
    /// By line, the bands whose standard population is not that of the file's first band of the name.
    odd: HashMap<u64, Mistake>,
}

/// The rates of one area for each confidence.
type Rates = Vec<DirectRate>;

impl Dsr {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let column = self.standard.standard_by.as_deref();
        let table = self.reading.source.open(&Wanted {
            standard: column.map(|column| (STANDARD, column)),
            ..self
                .reading
                .wanted(&[AGE_BAND, "count", "pop"], &["eventfreq"])
        })?;
        let levels = &self.sureness.confidence;
        let totals = ["total_count", "total_pop"].map(str::to_owned);
        let mut answer = Answer::new([table.keys(), totals.to_vec(), ending(levels)].concat());
        let file = File {
            labels: bands::of_file(&table)?,
            odd: other_standards(&table),
        };
        for group in table.groups() {
            let found = self.rates(&table, &group, &file, &mut answer);
            let mut out = keys(&group.key);
            let statistic = format!("dsr per {}", self.multiplier);
            match found {
                Ok(Ok(all)) => {
                    let first = all.first();
                    out.push(first.map_or(Value::Nothing, |rate| Value::Count(rate.total_count)));
                    out.push(first.map(|rate| rate.total_population).into());
                    let intervals: Vec<_> = all.iter().map(|rate| rate.interval).collect();
                    let value = first.map(|rate| rate.value);
                    out.extend(end(levels, value, &intervals, &statistic, "Dobson"));
                    answer.add(out, None);
                }
                Ok(Err((total, population, why))) => {
                    let statistic = "dsr NA for total count < 10";
                    out.extend([Value::Count(total), Value::Number(population)]);
                    out.extend(end(levels, None, &[], statistic, "Dobson"));
                    answer.add(out, Some(&why));
                }
                Err(why) => {
                    out.extend([Value::Nothing, Value::Nothing]);
                    out.extend(end(levels, None, &[], &statistic, "Dobson"));
                    answer.add(out, Some(&why));
                }
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }

    /// The rates; or the events and people where there are too few events.
    fn rates(
        &self,
        table: &Table,
        group: &Group<'_>,
        file: &File,
        answer: &mut Answer,
    ) -> Result<Result<Rates, (u64, f64, Why)>, Why> {
        let by_band = by_band(table, group);
        let rows: Vec<&Row> = by_band
            .iter()
            .filter_map(|same| same.first().copied())
            .collect();
        let bands_only = Group {
            key: group.key.clone(),
            rows: rows.clone(),
        };
        bands::check(table, &bands_only, &file.labels, answer)?;
        let repeated = self.bands(table, group, &by_band, file, answer)?;
        let levels = &self.sureness.confidence;
        let found = if table.has("eventfreq") {
            levels.each(|sure| standardised_repeated(&repeated, self.multiplier, sure))
        } else {
            let plain: Vec<Band> = repeated
                .iter()
                .map(|band| Band {
                    count: band.people.iter().map(|(_, people)| people).sum(),
                    population: band.population,
                    weight: band.weight,
                })
                .collect();
            levels.each(|sure| standardised(&plain, self.multiplier, sure))
        };
        match found {
            Ok(rates) => Ok(Ok(rates)),
            Err(why @ Withheld::TooFewEvents { total, .. }) => {
                let population = repeated.iter().map(|band| band.population).sum();
                Ok(Err((total, population, Why::of(why, &rows))))
            }
            Err(why) => Err(Why::of(why, &rows)),
        }
    }

    /// The bands. All mistakes are noted; the first withholds the rate.
    fn bands(
        &self,
        table: &Table,
        group: &Group<'_>,
        by_band: &[Vec<&Row>],
        file: &File,
        answer: &mut Answer,
    ) -> Result<Vec<RepeatedBand>, Why> {
        let mut mistakes = Vec::new();
        let mut bands = Vec::new();
        for same in by_band {
            let Some(first) = same.first() else { continue };
            mistakes.extend(at_odds(table, first, same));
            let odd = same.iter().filter_map(|row| file.odd.get(&row.line));
            mistakes.extend(odd.cloned());
            let people: Result<_, Mistake> =
                same.iter().map(|row| self.people(table, row)).collect();
            let population = table.amount(first, "pop").and_then(|people| {
                let told = || format!("{} is 0: there is no rate of nobody", table.label("pop"));
                (people > 0.0)
                    .then_some(people)
                    .ok_or_else(|| Mistake::new(first.line, told()))
            });
            match (people, population, self.weight(table, first)) {
                (Ok(people), Ok(population), Ok(weight)) => bands.push(RepeatedBand {
                    people,
                    population,
                    weight,
                }),
                (people, population, weight) => {
                    let wrong = [people.err(), population.err(), weight.err()];
                    mistakes.extend(wrong.into_iter().flatten());
                }
            }
        }
        if mistakes.is_empty() {
            mistakes.extend(self.absent(table, group));
        }
        for mistake in &mistakes {
            answer.mistake(mistake.clone());
        }
        match mistakes.into_iter().next() {
            Some(first) => Err(first.into()),
            None => Ok(bands),
        }
    }

    /// The bands of a published standard population that a group lacks: without one of them the rate would be
    /// of some ages, and look like one of all.
    fn absent(&self, table: &Table, group: &Group<'_>) -> Vec<Mistake> {
        let (Some(standard), Some(first)) = (self.standard.standard, group.rows.first()) else {
            return Vec::new();
        };
        let labels = group.rows.iter().map(|row| table.text(row, AGE_BAND));
        let there: HashSet<u32> = labels.filter_map(bands::youngest).collect();
        let absent = standard
            .bands()
            .iter()
            .filter(|(age, _)| !there.contains(age));
        let told = |(age, _): &(u32, f64)| {
            let told = format!("the band from age {age} is missing ({})", group.told());
            Mistake::new(first.line, told)
        };
        absent.map(told).collect()
    }

    /// The weight of a band: as the file says, or as the published standard population has it.
    fn weight(&self, table: &Table, row: &Row) -> Result<f64, Mistake> {
        let Some(standard) = self.standard.standard else {
            return table.amount(row, STANDARD);
        };
        let label = table.text(row, AGE_BAND);
        let age = bands::of_five_years(label);
        let found = standard.bands().iter().find(|(from, _)| Some(*from) == age);
        found.map(|(_, weight)| *weight).ok_or_else(|| {
            let told = format!(
                "the band {label} is none of the standard population (0-4, 5-9 … 90+): give one with \
                 --standard-by"
            );
            Mistake::new(row.line, told)
        })
    }

    /// How many people had how many events.
    fn people(&self, table: &Table, row: &Row) -> Result<(u64, u64), Mistake> {
        let count = if self.blank_is_zero && table.text(row, "count").is_empty() {
            0
        } else {
            table.count(row, "count")?
        };
        let events = if table.has("eventfreq") {
            table.count(row, "eventfreq")?
        } else {
            1
        };
        Ok((events, count))
    }
}

/// The rows of each band, where people are told by how many events they had; else each row by itself.
fn by_band<'t>(table: &Table, group: &Group<'t>) -> Vec<Vec<&'t Row>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut bands: Vec<Vec<&Row>> = Vec::new();
    for row in &group.rows {
        let next = bands.len();
        let place = if table.has("eventfreq") {
            *places.entry(table.text(row, AGE_BAND)).or_insert(next)
        } else {
            next
        };
        match bands.get_mut(place) {
            Some(band) => band.push(row),
            None => bands.push(vec![row]),
        }
    }
    bands
}

/// Rows whose band has another standard population than where the file has it first: rates by two standards
/// do not compare.
fn other_standards(table: &Table) -> HashMap<u64, Mistake> {
    let mut first: HashMap<&str, (&Row, f64)> = HashMap::new();
    let mut odd = HashMap::new();
    for row in &table.rows {
        let band = table.text(row, AGE_BAND);
        let (true, Ok(weight)) = (table.has(STANDARD), table.amount(row, STANDARD)) else {
            continue;
        };
        let (before, standard) = *first.entry(band).or_insert((row, weight));
        if standard.total_cmp(&weight).is_ne() {
            let told = format!(
                "{} of the band {band} is {weight}, and {standard} on line {}",
                table.label(STANDARD),
                before.line
            );
            odd.insert(row.line, Mistake::new(row.line, told));
        }
    }
    odd
}

/// Rows of one band that say the same twice, or have other people than its first.
fn at_odds(table: &Table, first: &Row, same: &[&Row]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut seen: HashMap<&str, u64> = HashMap::new();
    for row in same {
        let events = table.text(row, "eventfreq");
        if let Some(line) = seen.get(events) {
            let told = format!("eventfreq {events} of this band is also on line {line}");
            mistakes.push(Mistake::new(row.line, told));
        } else {
            seen.insert(events, row.line);
        }
        if table.text(row, "pop") != table.text(first, "pop") {
            let told = format!(
                "{} differs from that of the same band on line {}",
                table.label("pop"),
                first.line
            );
            mistakes.push(Mistake::new(row.line, told));
        }
    }
    mistakes
}
