//! `stour rate dsr`.

use std::collections::HashSet;

use clap::Args;
use stour_statistics::rate::Withheld;
use stour_statistics::rate::direct::{
    Band, DirectRate, EUROPEAN_2013, RepeatedBand, standardised, standardised_repeated,
};

use super::answer::{Answer, Value, Why, end, ending, keys};
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table};
use super::{Reading, bands, multiplier};

/// Directly standardised rates with Dobson's interval
///
/// The file has the columns ageband, count and pop, and esp2013 with the standard population; without
/// esp2013 that of Europe of 2013 is used, by the ages of the 19 bands from 0-4 to 90+. Rows of the same
/// area (--by) make one rate. A band that is missing, there twice or without people withholds the rate. Below 10
/// events no rate is given.
///
/// Where one person may have several events, the column eventfreq says how many, and count is of people
/// who had that many: the interval is then wider. Each band has a row for each eventfreq.
///
/// Example: stour rate dsr deaths.csv --by area,sex --confidence 0.95,0.998
#[derive(Debug, Args)]
pub(crate) struct Dsr {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// Per how many people
    #[arg(long, value_name = "NUMBER", default_value = "100000", value_parser = multiplier)]
    multiplier: f64,
    /// Take a blank count as none, as other programs do; else it withholds the rate
    #[arg(long)]
    blank_is_zero: bool,
}

/// The rates of one area for each confidence.
type Rates = Vec<DirectRate>;

impl Dsr {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self
            .reading
            .open(&["ageband", "count", "pop"], &["esp2013", "eventfreq"])?;
        let levels = &self.sureness.confidence;
        let totals = ["total_count", "total_pop"].map(str::to_owned);
        let mut answer = Answer::new([table.keys(), totals.to_vec(), ending(levels)].concat());
        let labels = bands::labels(&table, "ageband");
        for group in table.groups() {
            let found = self.rates(&table, &group, &labels, &mut answer);
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
        answer.finish(&table.name, self.reading.json)
    }

    /// The rates; or the events and people where there are too few events.
    fn rates(
        &self,
        table: &Table,
        group: &Group<'_>,
        labels: &[String],
        answer: &mut Answer,
    ) -> Result<Result<Rates, (u64, f64, Why)>, Why> {
        let rows: Vec<&Row> = first_rows(table, group);
        let bands_only = Group {
            key: group.key.clone(),
            rows: if table.has("eventfreq") {
                rows.clone()
            } else {
                group.rows.clone()
            },
        };
        bands::check(table, &bands_only, "ageband", labels, answer)?;
        let repeated = self.bands(table, group, &rows, answer)?;
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
        rows: &[&Row],
        answer: &mut Answer,
    ) -> Result<Vec<RepeatedBand>, Why> {
        let mut wrong: Option<Why> = None;
        let mut bands = Vec::new();
        for row in rows {
            let label = table.text(row, "ageband");
            let same: Vec<&Row> = group
                .rows
                .iter()
                .filter(|other| table.text(other, "ageband") == label)
                .copied()
                .collect();
            for mistake in at_odds(table, row, &same) {
                answer.mistake(mistake.clone());
                wrong.get_or_insert(mistake.into());
            }
            let people = same.iter().map(|row| self.people(table, row)).collect();
            match (people, table.amount(row, "pop"), weight(table, row)) {
                (Ok(people), Ok(population), Ok(weight)) => {
                    if population == 0.0 {
                        let mistake = Mistake::new(row, "pop is 0: there is no rate of nobody");
                        answer.mistake(mistake.clone());
                        wrong.get_or_insert(mistake.into());
                    }
                    bands.push(RepeatedBand {
                        people,
                        population,
                        weight,
                    });
                }
                (people, population, weight) => {
                    let mistakes = [people.err(), population.err(), weight.err()];
                    for mistake in mistakes.into_iter().flatten() {
                        answer.mistake(mistake.clone());
                        wrong.get_or_insert(mistake.into());
                    }
                }
            }
        }
        if let (None, false, Some(first)) = (&wrong, table.has("esp2013"), rows.first()) {
            // Without one of the bands of Europe the rate would be of some ages, and look like one of all.
            let has = |age: u32| {
                let labels = rows.iter().map(|row| table.text(row, "ageband"));
                labels.filter_map(bands::youngest).any(|from| from == age)
            };
            for (age, _) in EUROPEAN_2013.iter().filter(|(age, _)| !has(*age)) {
                let told = format!("the band from age {age} is missing ({})", group.told());
                let mistake = Mistake::new(first, told);
                answer.mistake(mistake.clone());
                wrong.get_or_insert(mistake.into());
            }
        }
        wrong.map_or(Ok(bands), Err)
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

/// The first row of each band where people are told by how many events they had; else all rows.
fn first_rows<'t>(table: &Table, group: &Group<'t>) -> Vec<&'t Row> {
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for row in &group.rows {
        if !table.has("eventfreq") || seen.insert(table.text(row, "ageband")) {
            rows.push(*row);
        }
    }
    rows
}

/// Rows of one band that say the same twice, or have other people than its first.
fn at_odds(table: &Table, first: &Row, same: &[&Row]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut seen: Vec<(&str, u64)> = Vec::new();
    for row in same {
        let events = table.text(row, "eventfreq");
        match seen.iter().find(|(other, _)| *other == events) {
            Some((_, line)) => {
                let told = format!("eventfreq {events} of this band is also on line {line}");
                mistakes.push(Mistake::new(row, told));
            }
            None => seen.push((events, row.line)),
        }
        for name in ["pop", "esp2013"] {
            if table.text(row, name) != table.text(first, name) {
                let told = format!(
                    "{name} differs from that of the same band on line {}",
                    first.line
                );
                mistakes.push(Mistake::new(row, told));
            }
        }
    }
    mistakes
}

/// The weight of a band: as the file says, or as Europe had it in 2013.
fn weight(table: &Table, row: &Row) -> Result<f64, Mistake> {
    if table.has("esp2013") {
        return table.amount(row, "esp2013");
    }
    let label = table.text(row, "ageband");
    let age = bands::of_five_years(label);
    let found = EUROPEAN_2013.iter().find(|(from, _)| Some(*from) == age);
    found.map(|(_, weight)| *weight).ok_or_else(|| {
        let told = format!(
            "the band {label} is none of the standard population (0-4, 5-9 … 90+): give a column esp2013"
        );
        Mistake::new(row, told)
    })
}
