use stour_database::Database;
use stour_database::testing::each_database;
use stour_linkage::Thresholds;

use super::*;
use crate::source::{catch_up_blocking, everybody};

fn write<T: Send + 'static>(
    database: &Database,
    work: impl FnMut(&mut Transaction<'_>) -> Result<T> + Send + 'static,
) -> T {
    database.write_blocking(work).unwrap()
}

fn named(version: &str) -> Model {
    Model {
        version: version.to_owned(),
        thresholds: Thresholds {
            link: 0.9999,
            ..Thresholds::default()
        },
        ..Model::default()
    }
}

/// Stores a model, and chooses it if it shall match.
fn made(
    (database, environment): (&Database, &Environment),
    version: &str,
    is_chosen: bool,
) -> MatchModelId {
    let (model, environment) = (named(version), environment.clone());
    write(database, move |tx| {
        let id = put(tx, &environment, &model, ("a test", "One.\nTwo."))?;
        if is_chosen {
            assert!(choose(tx, &environment, id, "a test")?);
        }
        Ok(id)
    })
}

fn matches(database: &Database) -> String {
    catch_up_blocking(database).unwrap();
    everybody::copy(database).model().version.clone()
}

#[test]
fn the_model_that_was_chosen_last_matches() {
    each_database(&[stour_facts::MIGRATIONS, crate::MIGRATIONS], |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        assert_eq!(matches(&database), "default-1", "none was chosen");
        let first = made((&database, &environment), "first", false);
        assert_eq!(matches(&database), "default-1", "none was chosen");
        made((&database, &environment), "second", true);
        assert_eq!(matches(&database), "second");
        assert_eq!(everybody::copy(&database).model(), &named("second"));
        let clock = environment.clone();
        let again = move |tx: &mut Transaction<'_>| choose(tx, &clock, first, "another");
        assert!(write(&database, again));
        assert_eq!(
            matches(&database),
            "first",
            "the same clock, a later choice"
        );
        let chosen = write(&database, chosen).unwrap();
        assert_eq!((chosen.id, chosen.note.as_str()), (first, "One.\nTwo."));
        assert_eq!(chosen.chosen_by.as_deref(), Some("another"));
    });
}

#[test]
fn a_model_that_cannot_be_read_or_is_not_there_changes_nothing() {
    each_database(&[stour_facts::MIGRATIONS, crate::MIGRATIONS], |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        made((&database, &environment), "good", true);
        assert_eq!(matches(&database), "good");
        let broken = made((&database, &environment), "broken", false);
        let absent: MatchModelId = environment.id();
        let clock = environment.clone();
        write(&database, move |tx| {
            tx.execute(
                sql!("UPDATE match_model SET json = '{}' WHERE id = $1"),
                params![broken],
            )?;
            assert!(choose(tx, &clock, broken, "a test")?);
            assert!(!choose(tx, &clock, absent, "a test")?);
            Ok(())
        });
        assert_eq!(matches(&database), "good");
        made((&database, &environment), "better", true);
        assert_eq!(matches(&database), "better");
    });
}
