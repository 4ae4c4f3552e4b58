//! `stour rate publish`.

use std::collections::HashMap;
use std::num::NonZeroU64;

use anyhow::{Context as _, anyhow};
use clap::Args;
use stour_statistics::rate::suppress::{Cell, Published, Rule, Totals, publish};

use super::Source;
use super::answer::{Answer, Value};
use super::bands::labels;
use super::table::{Mistake, Table, Wanted};
use crate::command::records::Mistakes;
use crate::program::Misused;

/// Hiding what could be worked out takes too long beyond this.
const MOST_CELLS: usize = 20_000;

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
    source: Source,
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
        let rule = Rule::new(self.lowest, self.threshold, self.round)
            .map_err(|wrong| Misused(wrong.to_string()))?;
        let table = self.source.open(&Wanted {
            needed: &["row", "count"],
            others: &["column"],
            by: &[],
            or_area: false,
            standard: None,
        })?;
        let is_table = table.has("column");
        let rows = labels(&table, "row");
        let columns = if is_table {
            labels(&table, "column")
        } else {
            vec![String::new()]
        };
        anyhow::ensure!(
            rows.len().saturating_mul(columns.len()) <= MOST_CELLS,
            "{}: {} rows by {} columns are more than the {MOST_CELLS} cells that are published at once",
            table.name,
            rows.len(),
            columns.len()
        );
        let counts = self.counts(&table, &rows, &columns)?;
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
        answer.finish(&table.name, self.source.json)
    }

    /// The counts by row and column; a cell that is not there is a mistake, and no nought.
    fn counts(
        &self,
        table: &Table,
        rows: &[String],
        columns: &[String],
    ) -> anyhow::Result<Vec<Vec<u64>>> {
        let (places, across) = (places(rows), places(columns));
        let mut counts: Vec<Vec<Option<(u64, u64)>>> = vec![vec![None; columns.len()]; rows.len()];
        let mut mistakes = Mistakes::default();
        for line in &table.rows {
            let (row, column) = (table.text(line, "row"), table.text(line, "column"));
            if row.is_empty() || (table.has("column") && column.is_empty()) {
                mistakes.add(Mistake::new(line.line, "row or column is blank"));
            } else if row == self.total || column == self.total {
                let told = format!(
                    "{:?} is the name of totals, which are added here: leave them out of the file",
                    self.total
                );
                mistakes.add(Mistake::new(line.line, told));
            }
            let place = places.get(row).zip(across.get(column));
            let cell = place.and_then(|(row, column)| counts.get_mut(*row)?.get_mut(*column));
            match (table.count(line, "count"), cell) {
                (Ok(count), Some(cell @ None)) => *cell = Some((count, line.line)),
                (Ok(_), Some(Some((_, before)))) => mistakes.add(Mistake::new(
                    line.line,
                    format!("this cell is also on line {before}"),
                )),
                (Err(mistake), _) => mistakes.add(mistake),
                (Ok(_), None) => {}
            }
        }
        let mistakes = mistakes
            .or(())
            .err()
            .unwrap_or_else(|| absent(rows, columns, &counts));
        if mistakes.is_empty() {
            let known = |cells: Vec<Option<(u64, u64)>>| {
                let counts = cells.into_iter().flatten();
                counts.map(|(count, _)| count).collect()
            };
            return Ok(counts.into_iter().map(known).collect());
        }
        Err(anyhow!("{} cannot be published:\n{mistakes}", table.name))
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

fn places(labels: &[String]) -> HashMap<&str, usize> {
    let labels = labels.iter().enumerate();
    labels
        .map(|(place, label)| (label.as_str(), place))
        .collect()
}

/// Cells that the file does not have, which are no noughts.
fn absent<T>(rows: &[String], columns: &[String], counts: &[Vec<Option<T>>]) -> Mistakes {
    let mut mistakes = Mistakes::default();
    for (row, cells) in rows.iter().zip(counts) {
        for (column, _) in columns.iter().zip(cells).filter(|(_, cell)| cell.is_none()) {
            let told = format!("there is no count of {row}, {column}");
            mistakes.add(Mistake::of_file(told));
        }
    }
    mistakes
}
