use stour_kernel::Pence;
use stour_register::Around;

use super::{FIGURE, TABLE, Table};
use crate::testing::entry;

fn table(stated: &str) -> Table {
    let line = |number, table, amount| {
        entry(
            FIGURE,
            number,
            [("label", "a line"), ("table", table), ("amount", amount)],
        )
    };
    let entries = vec![
        entry(TABLE, 1, [("title", "Costs"), ("stated-total", stated)]),
        line(1, "1", "12.50"),
        line(2, "1", "7.50"),
        line(3, "2", "1000"),
    ];
    Table::all(&Around::new(entries)).remove(0)
}

#[test]
fn a_total_is_that_of_its_own_lines_and_held_against_what_is_stated() {
    assert_eq!(table("20").total(), Some(Pence(2_000)));
    assert_eq!(table("20").disagreement(), None);
    assert_eq!(table("18").disagreement(), Some(Pence(200)));
    assert_eq!(table("21.01").disagreement(), Some(Pence(-101)));
    assert_eq!(table("").disagreement(), None);
    assert_eq!(table("").stated, None);
}
