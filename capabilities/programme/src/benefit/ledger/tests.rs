use stour_access::Actor;
use stour_benefits::ClaimRefused;
use stour_database::testing::each_database;
use stour_kernel::Environment;
use stour_register::{Author, Values, add};
use stour_web::testing::foundation_migrations;

use super::store::NotEntered;
use super::*;
use crate::benefit::testing::{day, user};

fn whole(number: i64) -> Quantity {
    Quantity::from_millionths(number * 1_000_000)
}

fn actor() -> Actor {
    Actor {
        user: user(1),
        name: "Claire Mant".to_owned(),
        organisation: "QVV".parse().unwrap(),
        roles: Vec::new(),
        teams: Vec::new(),
        locality: None,
        person: None,
        active: true,
        session: None,
    }
}

fn change() -> Change {
    Change {
        measure: "series/future-care-sdec/QVV".to_owned(),
        day: day("2025-12-01"),
    }
}

fn profile(baseline: &str) -> Values {
    [
        ("title", "Same-day care"),
        ("measure", "series/future-care-sdec/QVV"),
        ("direction", "increase"),
        ("baseline", baseline),
    ]
    .into_iter()
    .collect()
}

fn figure(value: i64) -> Figure {
    Figure {
        value: whole(value),
        demand: BTreeMap::new(),
    }
}

/// A claim of a benefit whose baseline is nothing sees all of the figure; the second benefit sees 25 less of it.
fn new(benefit: EntryId, quantity: i64, value: i64) -> NewClaim {
    NewClaim {
        change: change(),
        benefit,
        quantity: whole(quantity),
        figure: figure(value),
        counterfactual: "Before and after".to_owned(),
    }
}

/// Runs a test with two benefits of two programmes that see the same change.
fn with_two(test: impl Fn(&stour_database::Database, &Environment, [EntryId; 2])) {
    with_baselines(["0", "0"], test);
}

/// The same, with the baseline of each.
fn with_baselines(
    baselines: [&'static str; 2],
    test: impl Fn(&stour_database::Database, &Environment, [EntryId; 2]),
) {
    let mut migrations = foundation_migrations();
    migrations.extend([stour_register::MIGRATIONS, crate::MIGRATIONS]);
    each_database(&migrations, |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        let reference = stour_partnership::reference().unwrap();
        let made = {
            let environment = environment.clone();
            database.write_blocking(move |tx| {
                stour_partnership::load(tx, reference)?;
                let by = Author::from(&actor());
                let mut benefit = |scope: &str, baseline: &str| {
                    let place = (scope, "benefit", None);
                    add(tx, &environment, place, (&profile(baseline), ""), &by)
                };
                let (first, second) =
                    (benefit("one", baselines[0])?, benefit("two", baselines[1])?);
                Ok::<_, stour_database::Error>([first.id, second.id])
            })
        };
        test(&database, &environment, made.unwrap());
    });
}

fn enter(
    database: &stour_database::Database,
    environment: &Environment,
    new: NewClaim,
) -> Result<(), NotEntered> {
    let environment = environment.clone();
    database.write_blocking(move |tx| claim(tx, &environment, &new, &actor()))
}

#[test]
fn programmes_together_claim_no_more_than_there_was() {
    with_two(|database, environment, [one, two]| {
        enter(database, environment, new(one, 40, 55)).unwrap();
        let refused = enter(database, environment, new(two, 20, 55)).unwrap_err();
        assert!(
            matches!(refused, NotEntered::Refused(ClaimRefused::Exceeds { over, .. }) if over == whole(5))
        );
        let twice = enter(database, environment, new(one, 1, 55)).unwrap_err();
        assert!(matches!(twice, NotEntered::Refused(ClaimRefused::Twice(_))));
        enter(database, environment, new(two, 15, 55)).unwrap();
        let all = database.read_blocking(|tx| claims(tx, &change())).unwrap();
        let scopes: Vec<&str> = all.iter().map(|claim| claim.scope.as_str()).collect();
        assert_eq!(scopes, ["one", "two"]);
        assert_eq!(ledger(whole(55), &all).unattributed(), Quantity::ZERO);
    });
}

#[test]
fn the_smallest_change_that_anybody_sees_holds() {
    with_baselines(["25", "0"], |database, environment, [one, two]| {
        enter(database, environment, new(one, 10, 55)).unwrap();
        // The second programme has another baseline and sees more.
        let refused = enter(database, environment, new(two, 25, 55)).unwrap_err();
        assert!(
            matches!(refused, NotEntered::Refused(ClaimRefused::Exceeds { over, .. }) if over == whole(5))
        );
    });
}

#[test]
fn what_is_seen_now_holds_and_not_what_was_seen_when_it_was_claimed() {
    with_baselines(["25", "0"], |database, environment, [one, two]| {
        enter(database, environment, new(one, 10, 55)).unwrap();
        // The figure is published anew and larger.
        enter(database, environment, new(two, 25, 60)).unwrap();
        let seen = |value: i64| {
            let figure = figure(value);
            database
                .read_blocking(move |tx| seen_now(tx, &change(), &figure))
                .unwrap()
        };
        let all = seen(60);
        assert_eq!(all[0].observed, whole(35));
        assert_eq!(ledger(whole(60), &all).unattributed(), Quantity::ZERO);
        // Published anew and smaller: the claims that were entered are now too much.
        assert_eq!(ledger(whole(50), &seen(50)).excess(), whole(10));
        // The first programme corrects its baseline.
        let environment = environment.clone();
        database
            .write_blocking(move |tx| {
                let by = Author::from(&actor());
                let what = (&profile("0"), "Corrected");
                stour_register::change(tx, &environment, (one, 1), what, &by)
            })
            .unwrap();
        assert_eq!(ledger(whole(60), &seen(60)).unattributed(), whole(25));
    });
}

#[test]
fn money_may_be_worked_out_of_all_that_nobody_else_claims() {
    with_two(|database, environment, [one, two]| {
        let claims = || database.read_blocking(|tx| claims(tx, &change())).unwrap();
        enter(database, environment, new(one, 40, 55)).unwrap();
        assert_eq!(share(&claims(), one), None);
        assert_eq!(share(&claims(), two), Some(Quantity::ZERO));
        enter(database, environment, new(two, 15, 55)).unwrap();
        assert_eq!(share(&claims(), one), Some(whole(40)));
        let mine = database.read_blocking(|tx| claims_of(tx, "two")).unwrap();
        assert_eq!(mine.len(), 1);
        let id = mine[0].id;
        let environment = environment.clone();
        database
            .write_blocking(move |tx| end(tx, &environment, ("two", id), "Typed wrongly", &actor()))
            .unwrap();
        assert_eq!(share(&claims(), one), None);
    });
}

#[test]
fn what_is_taken_back_can_be_claimed_again() {
    with_two(|database, environment, [one, two]| {
        enter(database, environment, new(one, 55, 55)).unwrap();
        let all = database.read_blocking(|tx| claims(tx, &change())).unwrap();
        let id = all[0].id;
        let take = |scope: &'static str| {
            let environment = environment.clone();
            database.write_blocking(move |tx| {
                end(tx, &environment, (scope, id), "Typed wrongly", &actor())
            })
        };
        assert!(matches!(take("two"), Err(stour_database::Error::NotFound)));
        take("one").unwrap();
        assert!(matches!(
            take("one"),
            Err(stour_database::Error::Constraint { .. })
        ));
        enter(database, environment, new(two, 55, 55)).unwrap();
        let all = database.read_blocking(|tx| claims(tx, &change())).unwrap();
        let ended = all[0].ended.as_ref().unwrap();
        assert_eq!(
            (ended.0.as_str(), ended.1.as_str()),
            ("Typed wrongly", "Claire Mant")
        );
    });
}
