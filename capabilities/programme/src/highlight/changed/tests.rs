use std::time::Duration;

use stour_database::testing::each_database;
use stour_kernel::{Environment, FixedClock, SeededRandomness};
use stour_register::{Author, Values, add, change, remove};

use super::changes;
use crate::plan::kinds::ACTIVITY;

fn values(fields: &[(&str, &str)]) -> Values {
    fields.iter().copied().collect()
}

#[test]
fn an_entry_is_told_once_with_what_it_was_before_and_what_it_is() {
    each_database(&[stour_register::MIGRATIONS], |database| {
        let clock = std::sync::Arc::new(FixedClock::at("2026-11-24T09:00:00Z"));
        let environment =
            Environment::new(clock.clone(), std::sync::Arc::new(SeededRandomness::new(1)));
        let found = database.write_blocking(move |tx| {
            let by = Author {
                user: None,
                name: "A manager".to_owned(),
                organisation: "QVV".parse().unwrap(),
            };
            let place = |number| ("test", ACTIVITY.name, Some(number));
            let new = |title| values(&[("title", title)]);
            let one = add(tx, &environment, place(1), (&new("one"), ""), &by)?;
            let two = add(tx, &environment, place(2), (&new("two"), ""), &by)?;
            let three = add(tx, &environment, place(3), (&new("three"), ""), &by)?;
            add(
                tx,
                &environment,
                ("other", ACTIVITY.name, Some(1)),
                (&new("x"), ""),
                &by,
            )?;
            let since = environment.now();
            clock.advance(Duration::from_mins(1));
            let to = values(&[("title", "one"), ("percent", "10")]);
            change(tx, &environment, (one.id, 1), (&to, "first"), &by)?;
            let to = values(&[("title", "one"), ("percent", "20")]);
            change(tx, &environment, (one.id, 2), (&to, "second"), &by)?;
            remove(tx, &environment, (two.id, 1), "not needed", &by)?;
            let to = values(&[("title", "otherwise")]);
            change(tx, &environment, (three.id, 1), (&to, ""), &by)?;
            change(
                tx,
                &environment,
                (three.id, 2),
                (&new("three"), "back"),
                &by,
            )?;
            add(tx, &environment, place(4), (&new("four"), ""), &by)?;
            let gone = add(tx, &environment, place(5), (&new("five"), ""), &by)?;
            remove(tx, &environment, (gone.id, 1), "a mistake", &by)?;
            changes(tx, "test", since)
        });
        let mut found = found.unwrap();
        found.sort_by_key(|change| change.now.number);
        let told: Vec<(i64, &str, usize, bool)> = found
            .iter()
            .map(|change| {
                (
                    change.now.number,
                    change.what(),
                    change.times,
                    change.is_real(),
                )
            })
            .collect();
        let expected = [
            (1, "Changed", 2, true),
            (2, "Removed", 1, true),
            (3, "Changed", 2, false),
            (4, "Added", 1, true),
            (5, "Removed", 2, false),
        ];
        assert_eq!(told, expected);
        let fields = found[0].fields(ACTIVITY);
        let expected = (
            "How much of it is done, per cent",
            String::new(),
            "20".to_owned(),
        );
        assert_eq!(fields, [expected]);
        assert_eq!(found[0].now.why, "second");
        assert_eq!(found[1].fields(ACTIVITY), []);
    });
}
