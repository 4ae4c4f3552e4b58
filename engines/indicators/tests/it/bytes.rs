//! Columns as bytes: the same come back, and what is not columns is refused or harmless.

use proptest::collection::vec;
use proptest::prelude::*;
use stour_indicators::{Columns, Day, Dimension, Tally};

use crate::world::{self, columns, date, layout, plan, rule, selectors, used, vocabulary};

fn written(columns: &Columns) -> Vec<u8> {
    let mut bytes = Vec::new();
    columns.write(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> std::io::Result<Columns> {
    Columns::read(&mut &*bytes)
}

proptest! {
    #[test]
    fn columns_come_back_equal(people in vec(world::somebody(), 0..9)) {
        let columns = columns(&people);
        prop_assert_eq!(read(&written(&columns)).unwrap(), columns);
    }

    #[test]
    fn what_ends_too_early_is_refused(people in vec(world::somebody(), 0..5), at in any::<prop::sample::Index>()) {
        let bytes = written(&columns(&people));
        prop_assert!(read(&bytes[..at.index(bytes.len())]).is_err());
    }

    #[test]
    fn bytes_that_are_wrong_are_refused_or_counted_and_stop_nothing(
        people in vec(world::somebody(), 0..5),
        (rules, select) in (vec(rule(), 8), selectors()),
        wrong in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = written(&columns(&people));
        for (at, byte) in wrong {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(columns) = read(&bytes) {
            let definitions: Vec<_> = rules.iter().map(|rule| used(rule, &select)).collect();
            let as_of = date("2017-01-31");
            let wanted = vec![(Dimension::ALL.to_vec(), true); definitions.len()];
            let mut tally = Tally::new(layout(&vocabulary(), as_of), &wanted);
            tally.count(&plan(&definitions, &vocabulary()), &columns, Day::from(as_of), 2);
            columns.days();
        }
    }
}

#[test]
fn a_length_that_is_too_great_takes_no_memory() {
    let mut bytes = u64::MAX.to_le_bytes().to_vec();
    bytes.extend([0; 100]);
    assert!(read(&bytes).is_err());
}

#[test]
fn columns_that_do_not_fit_each_other_are_refused() {
    let mut bytes = Vec::new();
    // One person, and no column about them.
    bytes.extend(1_u64.to_le_bytes());
    bytes.extend([0; 16]);
    bytes.extend([0; 12 * 8]);
    let error = read(&bytes).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
}
