//! A hospital says that two of its numbers are one patient.

use stour_database::testing::each_database;
use stour_database::{Database, params, sql};
use stour_kernel::{Environment, PersonId};

use super::{all, environment, migrations, take};
use crate::message::MessageState;
use crate::message::store::Kept;

/// Somebody whom the hospital knows by a number of its own.
fn known(control_id: &str, local: &str, given: &str) -> String {
    format!(
        "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|202611200900||ADT^A28|{control_id}|P|2.4\r\
         EVN||202611200900||||202611200900\r\
         PID|1||{local}^^^R0D^PI||Smith^{given}||19410203|F\r"
    )
}

/// That `retired` is `remaining`.
fn merged(trigger: &str, control_id: &str, remaining: &str, retired: &str) -> String {
    format!(
        "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|202611210900||ADT^{trigger}|{control_id}|P|2.4\r\
         EVN||202611210900||||202611210900\r\
         PID|1||{remaining}^^^R0D^PI||Smith^Ann||19410203|F\r\
         MRG|{retired}^^^R0D^PI\r"
    )
}

fn person(database: &Database, local: &'static str) -> Option<PersonId> {
    database
        .read_blocking(move |tx| {
            tx.optional(
                sql!("SELECT person FROM person_identifier WHERE system = 'R0D' AND value = $1"),
                params![local],
                |row| row.get(0),
            )
        })
        .unwrap()
}

fn reviews(database: &Database) -> Vec<(PersonId, PersonId, String)> {
    database
        .read_blocking(|tx| {
            tx.rows(
                sql!("SELECT person, candidate, rule FROM match_review WHERE kind = 'duplicate'"),
                params![],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .unwrap()
}

fn last(database: &Database, environment: &Environment, messages: &[String]) -> Kept {
    take(database, environment, messages);
    all(database).pop().unwrap()
}

#[test]
fn a_number_that_is_new_here_becomes_another_of_the_same_person() {
    for trigger in ["A40", "A47", "A34"] {
        each_database(&migrations(), |database| {
            let environment = environment();
            take(&database, &environment, &[known("1", "H1", "Ann")]);
            let ann = person(&database, "H1").unwrap();
            let told = last(&database, &environment, &[merged(trigger, "2", "H2", "H1")]);
            assert_eq!(
                (told.state, &told.fault),
                (MessageState::Applied, &None),
                "{trigger}"
            );
            assert_eq!(told.person, Some(ann));
            assert_eq!(person(&database, "H2"), Some(ann));
            last(&database, &environment, &[merged(trigger, "3", "H2", "H3")]);
            assert_eq!(person(&database, "H3"), Some(ann));
            // A message under the retired number brings nobody back.
            let late = last(&database, &environment, &[known("4", "H1", "Ann")]);
            assert_eq!(late.person, Some(ann));
            assert!(reviews(&database).is_empty());
        });
    }
}

#[test]
fn numbers_that_nobody_has_are_one_new_persons() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let told = last(&database, &environment, &[merged("A40", "1", "H2", "H1")]);
        assert_eq!(told.state, MessageState::Applied);
        assert_eq!(person(&database, "H1"), person(&database, "H2"));
        let again = last(&database, &environment, &[merged("A40", "2", "H2", "H1")]);
        assert_eq!(again.person, told.person);
        assert!(reviews(&database).is_empty());
    });
}

#[test]
fn two_people_are_never_joined_by_the_senders_word_but_compared() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let both = [known("1", "H1", "Winifred"), known("2", "H2", "Ann")];
        take(&database, &environment, &both);
        let (retired, remaining) = (
            person(&database, "H1").unwrap(),
            person(&database, "H2").unwrap(),
        );
        assert_ne!(retired, remaining);
        let told = last(&database, &environment, &[merged("A40", "3", "H2", "H1")]);
        assert_eq!(told.state, MessageState::Applied);
        assert!(told.fault.unwrap().reason.contains("wait to be compared"));
        let expected = [(retired, remaining, "merged-by-sender".to_owned())];
        assert_eq!(reviews(&database), expected);
        assert_eq!(person(&database, "H1"), Some(retired), "nothing moved");
        last(&database, &environment, &[merged("A40", "4", "H2", "H1")]);
        assert_eq!(reviews(&database).len(), 1, "asked once");
    });
}

#[test]
fn what_a_human_said_before_stands_against_the_senders_word() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let both = [known("1", "H1", "Ann"), known("2", "H2", "Anne")];
        take(&database, &environment, &both);
        let (one, other) = (
            person(&database, "H1").unwrap(),
            person(&database, "H2").unwrap(),
        );
        let (one, other) = (one.min(other), one.max(other));
        let at = environment.now();
        database
            .write_blocking(move |tx| {
                tx.execute(
                    sql!(
                        "INSERT INTO pair_decision (one, other, number, answer, reason, note, decided_at, decided_by)
                         VALUES ($1, $2, 1, 'different', 'twins', '', $3, 'a test')"
                    ),
                    params![one, other, at],
                )
            })
            .unwrap();
        let told = last(&database, &environment, &[merged("A40", "3", "H2", "H1")]);
        assert!(told.fault.unwrap().reason.contains("they are not one"));
        assert!(reviews(&database).is_empty());
    });
}

#[test]
fn a_link_and_a_merge_that_names_no_pair_are_set_aside_with_what_to_do() {
    each_database(&migrations(), |database| {
        let environment = environment();
        for (number, (message, reason)) in (1..).zip([
            (merged("A24", "x", "H2", "H1"), "keeps both"),
            (merged("A37", "x", "H2", "H1"), "keeps both"),
            (merged("A40", "x", "H1", "H1"), "are the same"),
            (
                merged("A40", "x", "H2", "H1").replace("MRG|H1", "MRG|"),
                "which number was retired",
            ),
            (
                merged("A40", "x", "H2", "H1") + "MRG|H3\r",
                "one pair of records",
            ),
            (
                merged("A40", "x", "H2^^^R0D^PI~H4", "H1^^^R0D^PI~H3"),
                "more than one pair",
            ),
        ]) {
            let message = message.replace("|x|", &format!("|{number}|"));
            let told = last(&database, &environment, &[message]);
            assert_eq!(told.state, MessageState::SetAside, "{reason}");
            let fault = told.fault.unwrap();
            assert!(fault.reason.contains(reason), "{reason}: {fault}");
            assert!(!fault.advice.is_empty());
        }
        assert_eq!(person(&database, "H2"), None);
    });
}
