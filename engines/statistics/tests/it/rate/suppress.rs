//! No hidden number can be worked out from what is published: tried by every table that a reader could
//! believe in.

use std::num::NonZeroU64;

use proptest::prelude::*;
use stour_statistics::rate::suppress::{Cell, Published, Refused, Rule, Totals, publish};

fn rule(lowest: u64, threshold: u64) -> Rule {
    Rule::new(lowest, threshold, None).unwrap()
}

/// What a reader knows of one number: what it is, or that it is at least so much, or nothing.
type Known = (Option<u64>, u64);

fn known(cell: Option<Cell>, lowest: u64) -> Known {
    match cell {
        Some(Cell::Shown(value)) => (Some(value), 0),
        Some(Cell::Primary | Cell::Secondary) => (None, lowest),
        None => (None, 0),
    }
}

fn fits(known: Known, value: u64) -> bool {
    known.0.is_none_or(|is| is == value) && value >= known.1
}

/// Every table a reader could believe in, with no number above `most`: hands over its counts.
struct Reader<'p> {
    published: &'p Published,
    lowest: u64,
    most: u64,
    rows: usize,
    columns: usize,
    /// For every number, totals too: the least and the most it was seen to be.
    seen: Vec<(u64, u64)>,
}

impl Reader<'_> {
    fn new(published: &Published, lowest: u64, most: u64) -> Reader<'_> {
        let (rows, columns) = (published.cells.len(), published.cells[0].len());
        Reader {
            published,
            lowest,
            most,
            rows,
            columns,
            seen: vec![(u64::MAX, 0); (rows + 1) * (columns + 1)],
        }
    }

    fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        match (row == self.rows, column == self.columns) {
            (false, false) => Some(self.published.cells[row][column]),
            (false, true) => self.published.row_totals.as_ref().map(|totals| totals[row]),
            (true, false) => Some(self.published.column_totals[column]),
            (true, true) => self.published.total,
        }
    }

    fn known(&self, row: usize, column: usize) -> Known {
        known(self.cell(row, column), self.lowest)
    }

    fn try_all(&mut self, numbers: &mut Vec<u64>) {
        let (row, column) = (numbers.len() / self.columns, numbers.len() % self.columns);
        if column == 0 && row > 0 {
            let sum: u64 = numbers[(row - 1) * self.columns..].iter().sum();
            if !fits(self.known(row - 1, self.columns), sum) {
                return;
            }
        }
        if row == self.rows {
            self.note(numbers);
            return;
        }
        let (is, least) = self.known(row, column);
        let range = is.map_or(least..=self.most, |is| is..=is);
        for value in range {
            numbers.push(value);
            self.try_all(numbers);
            numbers.pop();
        }
    }

    fn note(&mut self, numbers: &[u64]) {
        let width = self.columns + 1;
        let mut whole = vec![0; (self.rows + 1) * width];
        for (place, value) in numbers.iter().enumerate() {
            let (row, column) = (place / self.columns, place % self.columns);
            for (row, column) in [
                (row, column),
                (row, self.columns),
                (self.rows, column),
                (self.rows, self.columns),
            ] {
                whole[row * width + column] += value;
            }
        }
        let fits_all = (0..=self.rows).all(|row| {
            (0..width).all(|column| fits(self.known(row, column), whole[row * width + column]))
        });
        if fits_all {
            for (seen, value) in self.seen.iter_mut().zip(whole) {
                *seen = (seen.0.min(value), seen.1.max(value));
            }
        }
    }

    /// The hidden numbers that can be nothing but one value.
    fn worked_out(mut self) -> Vec<(usize, usize)> {
        self.try_all(&mut Vec::new());
        let mut found = Vec::new();
        for row in 0..=self.rows {
            for column in 0..=self.columns {
                let (least, most) = self.seen[row * (self.columns + 1) + column];
                let is_hidden = matches!(
                    self.cell(row, column),
                    Some(Cell::Primary | Cell::Secondary)
                );
                if is_hidden && least >= most {
                    found.push((row, column));
                }
            }
        }
        found
    }
}

fn tables(rows: usize, columns: usize, most: u64) -> impl Strategy<Value = Vec<Vec<u64>>> {
    prop::collection::vec(prop::collection::vec(0..=most, columns), rows)
}

fn check(table: &[Vec<u64>], rule: Rule, totals: Totals) {
    let published = publish(table, rule, totals).unwrap();
    let most = table.iter().flatten().max().unwrap() + 1;
    let worked_out = Reader::new(&published, rule.lowest(), most).worked_out();
    assert!(
        worked_out.is_empty(),
        "{table:?}\n{published:?}\n{worked_out:?}"
    );
    // Everything small is hidden, and nothing below the lowest.
    for (row, cells) in published.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let value = table[row][column];
            match cell {
                Cell::Shown(shown) => assert!(*shown == value && !rule.hides(value)),
                Cell::Primary => assert!(rule.hides(value)),
                Cell::Secondary => assert!(value >= rule.lowest() && !rule.hides(value)),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_worked_out_of_two_rows(table in tables(2, 3, 6), threshold in 1_u64..4) {
        check(&table, rule(1, threshold), Totals::Both);
        check(&table, rule(0, threshold), Totals::Both);
        check(&table, rule(1, threshold), Totals::Columns);
    }

    #[test]
    fn nothing_is_worked_out_of_three_rows(table in tables(3, 3, 4)) {
        check(&table, rule(1, 2), Totals::Both);
    }

    #[test]
    fn nothing_is_worked_out_of_a_list(table in tables(5, 1, 6), threshold in 1_u64..4) {
        check(&table, rule(1, threshold), Totals::Columns);
        check(&table, rule(0, threshold), Totals::Columns);
        check(&table, rule(1, threshold), Totals::Both);
    }
}

#[test]
fn a_reader_who_knows_the_rule_is_not_helped_by_it() {
    // Two numbers that add up to 2 and are at least 1 are both 1: more must be hidden.
    let table = vec![vec![1], vec![1], vec![50], vec![60]];
    let published = publish(&table, rule(1, 7), Totals::Columns).unwrap();
    assert_eq!(
        published.cells,
        [
            [Cell::Primary],
            [Cell::Primary],
            [Cell::Secondary],
            [Cell::Shown(60)]
        ]
    );
    assert_eq!(published.column_totals, [Cell::Shown(112)]);
}

#[test]
fn the_brute_force_finds_what_primary_hiding_alone_gives_away() {
    let published = Published {
        cells: vec![vec![Cell::Primary], vec![Cell::Shown(9)]],
        row_totals: None,
        column_totals: vec![Cell::Shown(12)],
        total: None,
    };
    assert_eq!(Reader::new(&published, 1, 20).worked_out(), [(0, 0)]);
}

#[test]
fn what_is_shown_is_rounded_and_a_lone_number_takes_its_total_with_it() {
    let rounded = Rule::new(1, 7, NonZeroU64::new(5)).unwrap();
    let published = publish(&[vec![12, 13], vec![0, 28]], rounded, Totals::Both).unwrap();
    assert_eq!(
        published.cells,
        [
            [Cell::Shown(10), Cell::Shown(15)],
            [Cell::Shown(0), Cell::Shown(30)]
        ]
    );
    assert_eq!(published.total, Some(Cell::Shown(55)));
    let lone = publish(&[vec![3]], rounded, Totals::Columns).unwrap();
    assert_eq!(lone.column_totals, [Cell::Primary]);
    let lone = publish(&[vec![3], vec![0]], rounded, Totals::Columns).unwrap();
    assert_eq!(
        (lone.cells[1][0], lone.column_totals[0]),
        (Cell::Shown(0), Cell::Primary)
    );
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(publish(&[], rule(1, 7), Totals::Both), Err(Refused::Empty));
    let nothing = Refused::HidesNothing {
        lowest: 3,
        threshold: 2,
    };
    assert_eq!(Rule::new(3, 2, None), Err(nothing));
    assert_eq!(
        publish(&[vec![1, 2], vec![3]], rule(1, 7), Totals::Both),
        Err(Refused::Uneven {
            row: 1,
            found: 1,
            expected: 2
        })
    );
    assert_eq!(
        publish(&[vec![u64::MAX], vec![1]], rule(1, 7), Totals::Columns),
        Err(Refused::TooLarge)
    );
}
