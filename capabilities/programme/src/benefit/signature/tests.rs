use stour_access::Actor;
use stour_database::testing::each_database;
use stour_kernel::Environment;
use stour_register::{Author, Values, add};
use stour_web::testing::foundation_migrations;

use super::*;
use crate::benefit::testing::user;

fn actor(number: u64) -> Actor {
    Actor {
        user: user(number),
        name: format!("User {number}"),
        organisation: "QVV".parse().unwrap(),
        roles: Vec::new(),
        teams: Vec::new(),
        locality: None,
        person: None,
        active: true,
        session: None,
    }
}

#[test]
fn nobody_signs_the_same_twice_and_others_may() {
    let mut migrations = foundation_migrations();
    migrations.extend([stour_register::MIGRATIONS, crate::MIGRATIONS]);
    each_database(&migrations, |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        let reference = stour_partnership::reference().unwrap();
        let made = environment.clone();
        let benefit = database
            .write_blocking(move |tx| {
                stour_partnership::load(tx, reference)?;
                let by = Author::from(&actor(1));
                let what = ("one", "benefit", None);
                let entry = add(tx, &made, what, (&Values::default(), ""), &by)?;
                Ok::<_, stour_database::Error>(entry.id)
            })
            .unwrap();
        let put = |by: u64, figures: &'static str| {
            let environment = environment.clone();
            database.write_blocking(move |tx| {
                let what = (benefit, Ladder::Operational);
                sign(tx, &environment, what, (figures, "Seen"), &actor(by))
            })
        };
        put(2, "9.64").unwrap();
        assert!(matches!(
            put(2, "9.64"),
            Err(stour_database::Error::Constraint { .. })
        ));
        put(3, "9.64").unwrap();
        put(2, "9.5").unwrap();
        let kept = database.read_blocking(|tx| signatures(tx, "one")).unwrap();
        assert_eq!(kept.len(), 3);
        assert!(
            kept.iter()
                .all(|one| one.words == "Seen" && one.ladder == Ladder::Operational)
        );
        let none = database.read_blocking(|tx| signatures(tx, "two")).unwrap();
        assert!(none.is_empty());
    });
}
