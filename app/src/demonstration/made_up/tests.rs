use stour_database::testing::each_database;
use stour_kernel::Environment;
use stour_programme::REGISTER;
use stour_register::{Around, in_force, lint};

use super::{add_to, dated};

#[test]
fn the_made_up_programme_keeps_the_rules_of_every_kind() {
    each_database(&[stour_register::MIGRATIONS], |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        let today = environment.today();
        let entries = database.write_blocking(move |tx| {
            add_to(tx, &environment, today)?;
            Ok::<_, anyhow::Error>(in_force(tx, "made-up")?)
        });
        let around = Around::new(entries.unwrap()).for_check(None, today);
        let found = lint(&REGISTER, &around, today);
        assert!(found.is_empty(), "{found:#?}");
        for entry in around.all() {
            let kind = REGISTER.kind(&entry.kind);
            let kind = kind.unwrap_or_else(|| panic!("nothing is called {}", entry.kind));
            for (field, _) in entry.values.iter() {
                assert!(
                    kind.field(field).is_some(),
                    "a {} has no {field}",
                    entry.kind
                );
            }
        }
        assert_eq!(around.of_kind("activity").count(), 9);
        let programme = around.entry("programme", 1).unwrap();
        assert!(programme.get("title").contains("made up"));
        assert!(programme.get("unverified").contains("made up"));
    });
}

#[test]
fn days_are_counted_from_the_day_of_the_demonstration() {
    let today = "2026-11-24".parse().unwrap();
    let read = |text| dated(text, today).unwrap();
    assert_eq!(read("@-24"), "2026-10-31");
    assert_eq!(read("@+7"), "2026-12-01");
    assert_eq!(read("@m+7"), "2026-12");
    assert_eq!(read("a@b"), "a@b");
    assert!(dated("@soon", today).is_err());
}
