use proptest::prelude::*;

use super::withhold;

#[test]
fn a_large_table_is_shown_and_a_small_row_takes_another_with_it() {
    let rows = vec![vec![100, 60, 40], vec![200, 120, 80], vec![90, 50, 40]];
    assert_eq!(withhold(&rows, &(1..=7)), [false, false, false]);
    let rows = vec![vec![100, 60, 40], vec![200, 195, 5], vec![90, 50, 40]];
    assert_eq!(withhold(&rows, &(1..=7)), [false, true, true]);
    assert_eq!(withhold(&[vec![10, 7, 3]], &(1..=7)), [true]);
    assert!(withhold(&[], &(1..=7)).is_empty());
}

proptest! {
    /// Nothing small is shown, and what is withheld is never one row beside others with anybody in them.
    #[test]
    fn nothing_small_can_be_worked_out(
        cells in proptest::collection::vec(proptest::collection::vec(0_u64..30, 3), 0..7)
    ) {
        let rows: Vec<Vec<u64>> = cells
            .into_iter()
            .map(|cells| std::iter::once(cells.iter().sum()).chain(cells).collect())
            .collect();
        let held = withhold(&rows, &(1..=7));
        for (row, held) in rows.iter().zip(&held) {
            prop_assert!(*held || !row.iter().any(|count| (1..=7).contains(count)));
        }
        let is_alone = held.iter().filter(|held| **held).count() == 1;
        let others = rows.iter().zip(&held).filter(|(row, held)| !**held && row[0] > 0);
        prop_assert!(!is_alone || others.count() == 0);
    }
}
