//! `stour rate publish`.

use std::num::NonZeroU64;

use anyhow::{Context as _, anyhow};
use clap::Args;
use stour_statistics::rate::suppress::{Cell, Published, Rule, Totals, publish};

use super::Reading;
use super::answer::{Answer, Value};
use super::bands::labels;
use super::table::{Mistake, Table};

/// Make a table of counts fit to be published: small numbers hidden, and others with them
///
/// The file has the columns row, column and count, one line for each cell; without a column there is a
/// list. Counts from --lowest to --threshold are hidden (*), and further ones until none of them can be worked out
/// from what is shown, also by a reader who knows the rule. Totals are added under the name --total. A file
/// with a mistake is not published at all. Which of the hidden are small is not said.
///
/// Example: stour rate publish admissions.csv --columns row=ward,column=reason,count=people --threshold 7 --round 5
#[derive(Debug, Args)]
pub(crate) struct Publish {
    #[command(flatten)]
    reading: Reading,
    /// Counts up to this are hidden
    #[arg(long, value_name = "COUNT")]
    threshold: u64,
    /// Counts below this are shown: 0 hides noughts as well
    #[arg(long, value_name = "COUNT", default_value = "1")]
    lowest: u64,
    /// Round what is shown to the nearest multiple of this
    #[arg(long, value_name = "NUMBER")]
    round: Option<NonZeroU64>,
    /// What the rows of totals are called
    #[arg(long, value_name = "NAME", default_value = "all")]
    total: String,
}

impl Publish {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.reading.by.is_empty(),
            "a table is published whole: name its columns with --columns row=…,column=…"
        );
        let table = self.reading.open(&["row", "count"], &["column"])?;
        let is_table = table.has("column");
        let rows = labels(&table, "row");
        let columns = if is_table {
            labels(&table, "column")
        } else {
            vec![String::new()]
        };
        let counts = self.counts(&table, &rows, &columns)?;
        let rule = Rule {
            lowest: self.lowest,
            threshold: self.threshold,
            rounding: self.round,
        };
        let totals = if is_table {
            Totals::Both
        } else {
            Totals::Columns
        };
        let published = publish(&counts, rule, totals).with_context(|| table.name.clone())?;
        let mut answer = if is_table {
            Answer::of(["row", "column", "count"])
        } else {
            Answer::of(["row", "count"])
        };
        for (row, column, cell) in self.cells(&rows, &columns, &published) {
            let mut out = vec![Value::from(row)];
            if is_table {
                out.push(Value::from(column));
            }
            out.push(match cell {
                Cell::Shown(count) => Value::Count(count),
                Cell::Primary | Cell::Secondary => Value::from("*"),
            });
            answer.push(out);
        }
        answer.finish(&table.name, self.reading.json)
    }

    /// The counts by row and column; a cell that is not there is a mistake, and no nought.
    fn counts(
        &self,
        table: &Table,
        rows: &[String],
        columns: &[String],
    ) -> anyhow::Result<Vec<Vec<u64>>> {
        let mut counts: Vec<Vec<Option<(u64, u64)>>> = vec![vec![None; columns.len()]; rows.len()];
        let mut mistakes = Vec::new();
        for line in &table.rows {
            let (row, column) = (table.text(line, "row"), table.text(line, "column"));
            if row.is_empty() || (table.has("column") && column.is_empty()) {
                mistakes.push(Mistake::new(line, "row or column is blank"));
            } else if row == self.total || column == self.total {
                let told = format!(
                    "{:?} is the name of totals, which are added here",
                    self.total
                );
                mistakes.push(Mistake::new(line, told));
            }
            let place = rows.iter().position(|name| name == row).unwrap_or(0);
            let across = columns.iter().position(|name| name == column).unwrap_or(0);
            let cell = counts
                .get_mut(place)
                .and_then(|cells| cells.get_mut(across));
            match (table.count(line, "count"), cell) {
                (Ok(count), Some(cell @ None)) => *cell = Some((count, line.line)),
                (Ok(_), Some(Some((_, before)))) => mistakes.push(Mistake::new(
                    line,
                    format!("this cell is also on line {before}"),
                )),
                (Err(mistake), _) => mistakes.push(mistake),
                (Ok(_), None) => {}
            }
        }
        let mut told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        for (row, cells) in rows.iter().zip(&counts) {
            for (column, cell) in columns.iter().zip(cells) {
                if cell.is_none() && mistakes.is_empty() {
                    told.push(format!("there is no count of {row}, {column}"));
                }
            }
        }
        if told.is_empty() {
            let known = |cells: Vec<Option<(u64, u64)>>| {
                cells
                    .into_iter()
                    .flatten()
                    .map(|(count, _)| count)
                    .collect()
            };
            return Ok(counts.into_iter().map(known).collect());
        }
        Err(anyhow!(
            "{} cannot be published:\n  {}",
            table.name,
            told.join("\n  ")
        ))
    }

    /// The cells with their names, the totals after them.
    fn cells<'a>(
        &'a self,
        rows: &'a [String],
        columns: &'a [String],
        published: &'a Published,
    ) -> Vec<(&'a str, &'a str, Cell)> {
        let mut all = Vec::new();
        let total = self.total.as_str();
        for (place, (row, cells)) in rows.iter().zip(&published.cells).enumerate() {
            let named = columns.iter().zip(cells);
            all.extend(named.map(|(column, cell)| (row.as_str(), column.as_str(), *cell)));
            let totals = published.row_totals.as_ref();
            if let Some(cell) = totals.and_then(|totals| totals.get(place)) {
                all.push((row, total, *cell));
            }
        }
        let named = columns.iter().zip(&published.column_totals);
        all.extend(named.map(|(column, cell)| (total, column.as_str(), *cell)));
        all.extend(published.total.map(|cell| (total, total, cell)));
        all
    }
}
