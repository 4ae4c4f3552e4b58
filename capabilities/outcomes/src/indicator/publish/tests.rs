use proptest::prelude::*;

use super::*;

fn rule() -> SmallNumbers {
    SmallNumbers {
        from: 1,
        to: 7,
        rule: String::new(),
    }
}

/// Which of some parts are withheld beside their sum.
fn withheld(parts: &[(i64, i64)]) -> Vec<bool> {
    let rule = rule();
    let mut sums = Sums::new(&rule);
    let of = |(above, below): (i64, i64)| [above, below, below - above];
    let all = parts
        .iter()
        .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let whole = sums.push_decided(of(all), false);
    let parts = parts.iter().map(|part| sums.push(of(*part), false));
    let parts: Vec<usize> = parts.collect();
    sums.add_up(whole, parts);
    sums.settle().split_off(1)
}

#[test]
fn counts_from_one_to_seven_are_withheld_with_one_that_would_give_them_away() {
    assert_eq!(
        withheld(&[(80, 100), (9, 20), (7, 19), (0, 0)]),
        [false, true, true, false]
    );
    assert_eq!(
        withheld(&[(3, 19), (1, 19), (90, 100)]),
        [true, true, true],
        "3 and 1 add up to another small number"
    );
    assert_eq!(
        withheld(&[(95, 100), (60, 80), (70, 90)]),
        [true, true, false],
        "five of a hundred are small too"
    );
    assert_eq!(withheld(&[(8, 8), (90, 100)]), [false, false]);
}

#[test]
fn ones_that_are_all_there_is_are_not_known_to_be_ones() {
    let mut parts = vec![(1, 20); 8];
    parts.push((40, 90));
    assert_eq!(withheld(&parts), [true; 9]);
}

#[test]
fn a_whole_that_is_withheld_is_not_had_by_adding_up() {
    let rule = rule();
    let mut sums = Sums::new(&rule);
    let whole = sums.push_decided([30, 37, 7], true);
    let parts = [[10, 18, 8], [20, 19, 0]].map(|part| sums.push(part, false));
    sums.add_up(whole, parts.to_vec());
    assert_eq!(sums.settle(), [true, true, false]);
}

#[test]
fn what_seems_many_and_is_few_is_withheld() {
    let rule = rule();
    let mut sums = Sums::new(&rule);
    sums.push([24, 24, 0], true);
    assert_eq!(sums.settle(), [true]);
}

/// A table of places by months, with the sum of each row and each column.
fn table(rows: &[Vec<(i64, i64)>]) -> (Vec<Counts>, Vec<(usize, Vec<usize>)>) {
    let mut counts: Vec<Counts> = Vec::new();
    let mut sums = Vec::new();
    let add =
        |one: Counts, other: Counts| [one[0] + other[0], one[1] + other[1], one[2] + other[2]];
    let width = rows[0].len();
    for row in rows {
        let own: Vec<Counts> = row.iter().map(|(a, b)| [*a, *b, b - a]).collect();
        counts.extend(&own);
    }
    for row in 0..rows.len() {
        let places: Vec<usize> = (0..width).map(|column| row * width + column).collect();
        let sum = places
            .iter()
            .fold([0; 3], |sum, place| add(sum, counts[*place]));
        sums.push((counts.len(), places));
        counts.push(sum);
    }
    for column in 0..width {
        let places: Vec<usize> = (0..rows.len()).map(|row| row * width + column).collect();
        let sum = places
            .iter()
            .fold([0; 3], |sum, place| add(sum, counts[*place]));
        sums.push((counts.len(), places));
        counts.push(sum);
    }
    (counts, sums)
}

proptest! {
    /// In a table with both its sums, nothing that is withheld can be had from one sum, nor is it a small number
    /// together with the others of it.
    #[test]
    fn nothing_small_can_be_worked_out(
        rows in (2_usize..5).prop_flat_map(|width| {
            proptest::collection::vec(proptest::collection::vec((0_i64..40, 0_i64..40), width), 2..6)
        })
    ) {
        let rows: Vec<Vec<(i64, i64)>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(|(a, b)| (a.min(b), b)).collect())
            .collect();
        let (counts, all) = table(&rows);
        let rule = rule();
        let mut sums = Sums::new(&rule);
        for counts in &counts {
            sums.push(*counts, false);
        }
        for (whole, parts) in &all {
            sums.add_up(*whole, parts.clone());
        }
        let held = sums.settle();
        let is_small = |counts: &Counts| counts.iter().any(|count| (1..=7).contains(count));
        for (counts, held) in counts.iter().zip(&held) {
            prop_assert!(*held || !is_small(counts));
        }
        for (whole, parts) in &all {
            let hidden: Vec<Counts> = parts.iter().filter(|part| held[**part]).map(|part| counts[*part]).collect();
            if held[*whole] {
                prop_assert!(!hidden.is_empty() || counts[*whole] == [0; 3] || parts.iter().all(|part| counts[*part] == [0; 3]));
                continue;
            }
            prop_assert_ne!(hidden.len(), 1);
            for half in 0..3 {
                let sum: i64 = hidden.iter().map(|counts| counts[half]).sum();
                prop_assert!(!(1..=7).contains(&sum), "{sum} is left over of {whole}");
            }
        }
    }
}
