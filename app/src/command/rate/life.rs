//! `stour rate life-table`.

use clap::Args;
use stour_statistics::rate::life::{AGES, Band, Expectancy, expectancies};

use super::Reading;
use super::answer::{Answer, Value, Why, end, ending, keys};
use super::bands;
use super::levels::Sureness;
use super::table::{Group, Mistake, Row, Table};

/// Life expectancy at each age, by Chiang with Silcocks's variance
///
/// The file has the columns startage, pops and deaths. Rows of the same area (--by) make one table; it needs
/// the 20 bands that begin at 0, 1, 5, 10 and so on to 90, in any order; startage may also be written 1-4 or
/// 90+. No life expectancy is given for 5,000 people or fewer, when nobody died in the last band, or
/// where its 95% interval is wider than 20 years.
///
/// Example: stour rate life-table deaths.csv --by area,sex --at 0,65
#[derive(Debug, Args)]
pub(crate) struct LifeTable {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sureness: Sureness,
    /// At which ages only [default: all]
    #[arg(long, value_name = "AGE,…", value_delimiter = ',', value_parser = age)]
    at: Vec<u32>,
}

fn age(text: &str) -> Result<u32, String> {
    let age: Option<u32> = text.parse().ok();
    age.filter(|age| AGES.contains(age))
        .ok_or_else(|| "give an age at which a band begins: 0, 1, 5, 10 … 90".to_owned())
}

impl LifeTable {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = self.reading.open(&["startage", "pops", "deaths"], &[])?;
        let levels = &self.sureness.confidence;
        let mut columns = [table.keys(), vec!["startage".to_owned()], ending(levels)].concat();
        columns.extend(["pops_used", "deaths_used"].map(str::to_owned));
        let mut answer = Answer::new(columns);
        for group in table.groups() {
            let found = self.tables(&table, &group, &mut answer);
            let wanted = AGES.iter().enumerate();
            for (place, age) in
                wanted.filter(|(_, age)| self.at.is_empty() || self.at.contains(age))
            {
                let at: Result<Vec<Expectancy>, Why> = found.clone().map(|all| {
                    let of = |table: &Vec<Expectancy>| table.get(place).copied();
                    all.iter().filter_map(of).collect()
                });
                self.add(&group, *age, &at, &mut answer);
            }
        }
        answer.finish(&table.name, self.reading.source.json)
    }

    fn add(
        &self,
        group: &Group<'_>,
        age: u32,
        at: &Result<Vec<Expectancy>, Why>,
        answer: &mut Answer,
    ) {
        let mut out = keys(&group.key);
        out.push(Value::Count(u64::from(age)));
        let levels = &self.sureness.confidence;
        let statistic = format!("life expectancy at {age}");
        let method = "Chiang, using Silcocks et al for confidence limits";
        let all = at.as_deref().unwrap_or_default();
        let intervals: Vec<_> = all.iter().map(|found| found.interval).collect();
        let shown = all.first().map(Expectancy::shown).transpose();
        let value = shown.ok().flatten();
        out.extend(end(levels, value, &intervals, &statistic, method));
        if let Some(first) = all.first() {
            out.extend([Value::Number(first.population), Value::Count(first.deaths)]);
        }
        let wide = shown.err().map(|why| Why::of(why, &[]));
        answer.add(out, at.as_ref().err().or(wide.as_ref()));
    }

    /// The table for each confidence.
    fn tables(
        &self,
        table: &Table,
        group: &Group<'_>,
        answer: &mut Answer,
    ) -> Result<Vec<Vec<Expectancy>>, Why> {
        let rows = in_order(table, group, answer)?;
        let band = |row: &&Row| {
            let population = table.amount(row, "pops")?;
            let deaths = table.count(row, "deaths")?;
            Ok(Band { deaths, population })
        };
        let read: Vec<Result<Band, Mistake>> = rows.iter().map(band).collect();
        for mistake in read.iter().filter_map(|read| read.as_ref().err()) {
            answer.mistake(mistake.clone());
        }
        let bands: Vec<Band> = read.into_iter().collect::<Result<_, _>>()?;
        let levels = &self.sureness.confidence;
        levels
            .each(|sure| expectancies(&bands, sure))
            .map_err(|why| Why::of(why, &rows))
    }
}

/// The row of each band by age. All mistakes are noted; the first withholds the table.
fn in_order<'t>(
    table: &Table,
    group: &Group<'t>,
    answer: &mut Answer,
) -> Result<Vec<&'t Row>, Why> {
    let mut mistakes = Vec::new();
    let mut places: [Option<&Row>; AGES.len()] = [None; AGES.len()];
    for row in &group.rows {
        let label = table.text(row, "startage");
        let age = bands::youngest(label);
        let place = AGES.iter().position(|start| Some(*start) == age);
        match place.and_then(|place| places.get_mut(place)) {
            None => mistakes.push(Mistake::new(
                row.line,
                format!("startage is {label:?}, which begins no band of a life table"),
            )),
            Some(Some(before)) => mistakes.push(Mistake::new(
                row.line,
                format!("the band {label} is also on line {}", before.line),
            )),
            Some(empty) => *empty = Some(row),
        }
    }
    if let Some(first) = group.rows.first() {
        let absent = AGES.iter().zip(&places).filter(|(_, row)| row.is_none());
        let told = |(age, _): (&u32, _)| {
            let told = group.told();
            Mistake::new(
                first.line,
                format!("the band from age {age} is missing ({told})"),
            )
        };
        mistakes.extend(absent.map(told));
    }
    for mistake in &mistakes {
        answer.mistake(mistake.clone());
    }
    match mistakes.into_iter().next() {
        Some(first) => Err(first.into()),
        None => Ok(places.into_iter().flatten().collect()),
    }
}
