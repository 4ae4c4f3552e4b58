use stour_database::testing::each_database;
use stour_kernel::{Environment, Id};

use super::{LoadError, Loaded, load, scope_of};
use crate::testing::{REGISTER, author, migrations};
use crate::{Author, Changed, change, in_force, numbered, remove, versions};

const FILE: &str = r#"
scope = "test"
organisation = "QVV"
why = "A paper, 28 June 2013"

[[board]]
number = 1
title = "Programme Board"

[[risk]]
number = 1
title = "Stakeholders disagree"
owner = ["Sponsors", "Somebody unknown"]
cost = 3600000
weight = 9.70
closed = false
raised = 2013-06-28
within = "B1"
related = [8, 12]

[[risk]]
number = 8
title = "Nobody owns this"
"#;

fn environment() -> Environment {
    Environment::fixed("2026-11-24T09:00:00Z")
}

/// Somebody with an account.
fn person() -> Author {
    Author {
        user: Some(environment().id::<Id>().to_string().parse().unwrap()),
        ..author("Ann")
    }
}

#[test]
fn a_file_is_loaded_and_loading_it_again_changes_nothing() {
    each_database(&migrations(), |database| {
        let environment = environment();
        database
            .write_blocking(move |tx| {
                let first = load(tx, &environment, &REGISTER, "test", FILE)?;
                assert_eq!((first.added, first.changed, first.unchanged), (3, 0, 0));
                let before = in_force(tx, "test")?;
                let again = load(tx, &environment, &REGISTER, "test", FILE)?;
                let nothing = Loaded {
                    unchanged: 3,
                    ..Loaded::default()
                };
                assert_eq!(again, nothing);
                assert_eq!(in_force(tx, "test")?, before);
                let risk = numbered(tx, ("test", "risk"), 1)?.unwrap();
                let fields = [
                    "owner", "cost", "weight", "closed", "raised", "within", "related",
                ];
                assert_eq!(
                    fields.map(|field| risk.get(field)),
                    [
                        "Sponsors; Somebody unknown",
                        "3600000",
                        "9.7",
                        "no",
                        "2013-06-28",
                        "1",
                        "8, 12"
                    ]
                );
                assert_eq!(risk.why, "A paper, 28 June 2013");
                assert_eq!(risk.by.user, None);
                Ok::<_, LoadError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_later_edition_changes_what_is_different_and_leaves_what_people_changed() {
    each_database(&migrations(), |database| {
        let environment = environment();
        database
            .write_blocking(move |tx| {
                load(tx, &environment, &REGISTER, "test", FILE)?;
                let risk = |tx: &mut _, number| numbered(tx, ("test", "risk"), number);
                let first = risk(tx, 1)?.unwrap();
                let mut values = first.values.clone();
                values.set("owner", "Sponsors");
                let base = (first.id, 1);
                let changed = change(tx, &environment, base, (&values, "I know"), &person())?;
                assert!(matches!(changed, Changed::Saved(..)));
                // The same edition says nothing new of it.
                let again = load(tx, &environment, &REGISTER, "test", FILE)?;
                assert_eq!((again.changed, again.left_to_people.len()), (0, 0));
                let later = FILE
                    .replace("Stakeholders disagree", "Stakeholders do not agree")
                    .replace("Nobody owns this", "Still nobody owns this");
                let loaded = load(tx, &environment, &REGISTER, "test", &later)?;
                assert_eq!((loaded.added, loaded.changed, loaded.unchanged), (0, 1, 1));
                assert_eq!(loaded.left_to_people, ["R1"]);
                assert_eq!(risk(tx, 1)?.unwrap().values, values);
                let eighth = risk(tx, 8)?.unwrap();
                assert_eq!(eighth.get("title"), "Still nobody owns this");
                assert_eq!(versions(tx, eighth.id)?.len(), 2);
                // What somebody removed stays removed.
                let removed = (eighth.id, eighth.version);
                remove(tx, &environment, removed, "Not ours", &person())?.unwrap();
                let loaded = load(tx, &environment, &REGISTER, "test", FILE)?;
                assert_eq!(loaded.left_to_people, ["R8"]);
                assert!(risk(tx, 8)?.unwrap().removed);
                Ok::<_, LoadError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_file_that_cannot_be_kept_says_where_and_why() {
    each_database(&migrations(), |database| {
        let refused = |text: String| {
            let environment = environment();
            let refused = database.write_blocking(move |tx| {
                load(tx, &environment, &REGISTER, "test", &text).map(|_| ())
            });
            let count = database.read_blocking(|tx| in_force(tx, "test")).unwrap();
            assert_eq!(count.len(), 0, "nothing of a file that is refused is kept");
            refused.unwrap_err().to_string()
        };
        let with = |line: &str| FILE.replace("title = \"Nobody owns this\"", line);
        assert_eq!(
            refused(with("name = \"x\"\ncost = \"much\"")),
            "the risk 8: cost: Enter what it would cost in pounds, such as £3,600,000 or 12.50; name: a risk has no such field; title: it must be given"
        );
        assert_eq!(
            refused(FILE.replace("number = 8\n", "")),
            "the risk \"Nobody owns this\": number: every entry has its number, from 1"
        );
        assert_eq!(
            refused(FILE.replace("[[board]]", "[[bored]]")),
            "nothing called \"bored\" is kept here: the kinds are risk, board"
        );
        assert_eq!(
            refused(FILE.replace("\"test\"", "\"other\"")),
            "the file is for \"other\", not for \"test\""
        );
        assert!(refused("x".to_owned()).starts_with("the file cannot be read"));
    });
    assert_eq!(scope_of(FILE).as_deref(), Ok("test"));
}
