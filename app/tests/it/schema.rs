//! The tables are the same on both databases.

use std::sync::Mutex;

use stour_database::testing::each_database;
use stour_database::{Error, Table, tables};

#[test]
fn both_databases_have_the_same_tables() {
    let seen: Mutex<Vec<Vec<Table>>> = Mutex::default();
    each_database(&stour::capabilities::migrations(), |database| {
        let mut found = database
            .read_blocking(tables)
            .map_err(|error: Error| error)
            .unwrap();
        found.sort_by(|left, right| left.name.cmp(&right.name));
        for table in &mut found {
            table.refers_to.sort();
        }
        seen.lock().unwrap().push(found);
    });
    let seen = seen.into_inner().unwrap();
    let [sqlite, postgres] = seen.as_slice() else {
        panic!("two databases were expected")
    };
    assert!(sqlite.len() > 30, "only {} tables", sqlite.len());
    assert_eq!(
        sqlite.iter().map(|table| &table.name).collect::<Vec<_>>(),
        postgres.iter().map(|table| &table.name).collect::<Vec<_>>()
    );
    for (left, right) in sqlite.iter().zip(postgres) {
        assert_eq!(left, right, "{}", left.name);
    }
}

#[test]
fn money_is_whole_pence_and_every_kind_is_one_of_five() {
    each_database(&stour::capabilities::migrations(), |database| {
        for table in database
            .read_blocking(tables)
            .map_err(|error: Error| error)
            .unwrap()
        {
            for column in table.columns {
                let known = ["TEXT", "BIGINT", "BOOLEAN", "DOUBLE PRECISION", "BYTEA"]
                    .contains(&column.kind.as_str());
                assert!(known, "{}.{} is {}", table.name, column.name, column.kind);
                let is_money = ["cost", "amount", "price"]
                    .iter()
                    .any(|word| column.name.contains(word));
                assert!(
                    !is_money || column.kind == "BIGINT",
                    "{}.{} is money",
                    table.name,
                    column.name
                );
            }
        }
    });
}
