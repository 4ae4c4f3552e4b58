//! The life of reviews in the database.

use stour_database::testing::each_database;
use stour_database::{Database, Version, VersionError, params, sql};
use stour_kernel::{Environment, FixedClock, PersonId, SeededRandomness, UserId};
use stour_web::testing::{NOW, foundation_migrations};

use super::super::{
    Answer, NewAnswer, PairAnswer, Refusal, ReviewError, ReviewId, ReviewState, answer,
    decisions_about, labels, review, sides,
};
use super::{new_review, ods, open, put, who, write};
use crate::MIGRATIONS;
use crate::merge::{merges_of, resolve};
use crate::person::{
    Address, Demographics, MatchOutcome, PeopleError, facts_for_access, match_or_create, version_of,
};
use crate::source::Entry;

const SAME: Answer = Answer::Pair(PairAnswer::Same);
const DIFFERENT: Answer = Answer::Pair(PairAnswer::Different);

fn each(test: impl Fn(&Database, &Environment)) {
    let migrations = [foundation_migrations(), vec![MIGRATIONS]].concat();
    each_database(&migrations, |database| {
        let clock = std::sync::Arc::new(FixedClock::new(NOW.parse().unwrap()));
        let randomness = std::sync::Arc::new(SeededRandomness::new(1));
        test(&database, &Environment::new(clock, randomness));
    });
}

fn user(number: u8) -> UserId {
    format!("0193a1b2-0000-7000-8000-0000000000{number:02x}")
        .parse()
        .unwrap()
}

fn said(answer: Answer, by: u8, second: bool) -> NewAnswer {
    NewAnswer {
        answer,
        reason: format!("{answer}-confirmed"),
        note: "By telephone".to_owned(),
        second,
        by: user(by),
        name: format!("Reviewer {by}"),
    }
}

/// Answers at the versions that stand now.
fn give(
    (database, environment): (&Database, &Environment),
    id: ReviewId,
    new: NewAnswer,
) -> Result<ReviewState, ReviewError> {
    let environment = environment.clone();
    database.write_blocking(move |tx| {
        let known = review(tx, id)?.ok_or(ReviewError::NotThere)?;
        let seen = sides(tx, &known)?.map(|(_, version)| version);
        answer(tx, &environment, (id, known.version), seen, &new)
    })
}

struct Two {
    person: PersonId,
    candidate: PersonId,
    review: ReviewId,
}

fn two(database: &Database, environment: &Environment) -> Two {
    let at = (database, environment);
    let person = put(at, &who("Smith", "Marie", "D1"), "RBD", false);
    let candidate = put(at, &who("Smith", "Mary", "U1"), "R0D", false);
    let review = open(at, new_review(person, candidate)).unwrap();
    Two {
        person,
        candidate,
        review,
    }
}

fn standing(database: &Database, person: PersonId) -> PersonId {
    write(database, move |tx| resolve(tx, person)).unwrap()
}

#[test]
fn the_same_are_joined_and_what_was_said_is_remembered() {
    each(|database, environment| {
        let at = (database, environment);
        let Two {
            person,
            candidate,
            review,
        } = two(database, environment);
        assert_eq!(
            give(at, review, said(SAME, 1, false)),
            Ok(ReviewState::Same)
        );
        assert_eq!(standing(database, person), candidate);
        let merges = write(database, move |tx| merges_of(tx, candidate));
        assert_eq!(merges.len(), 1);
        assert!(merges[0].reason.contains("By telephone") && merges[0].by == "Reviewer 1");
        let again = give(at, review, said(DIFFERENT, 2, false));
        assert_eq!(again, Err(Refusal::Closed.into()));
        assert_eq!(
            open(at, new_review(person, candidate)),
            None,
            "they are one"
        );
        let labels = write(database, labels);
        assert_eq!(
            labels.iter().map(|label| label.same).collect::<Vec<_>>(),
            [true]
        );
    });
}

#[test]
fn nothing_is_taught_of_whoever_is_joined_with_a_restricted_record() {
    each(|database, environment| {
        let at = (database, environment);
        let Two {
            candidate, review, ..
        } = two(database, environment);
        give(at, review, said(DIFFERENT, 1, false)).unwrap();
        assert_eq!(write(database, labels).len(), 1);
        let hidden = put(at, &who("Smith", "Maria", "X1"), "RDY", true);
        let joins = open(at, new_review(hidden, candidate)).unwrap();
        give(at, joins, said(SAME, 1, false)).unwrap();
        assert_eq!(write(database, labels), []);
    });
}

#[test]
fn what_a_human_said_is_different_is_not_asked_again_whoever_is_joined_later() {
    each(|database, environment| {
        let at = (database, environment);
        let first = two(database, environment);
        let done = give(at, first.review, said(DIFFERENT, 1, false));
        assert_eq!(done, Ok(ReviewState::Different));
        assert_eq!(standing(database, first.person), first.person);
        for (one, other) in [
            (first.person, first.candidate),
            (first.candidate, first.person),
        ] {
            assert_eq!(open(at, new_review(one, other)), None, "a re-run");
        }
        let third = put(at, &who("Smith", "M", "X1"), "RDY", false);
        let joins = open(at, new_review(third, first.candidate)).unwrap();
        give(at, joins, said(SAME, 1, false)).unwrap();
        assert_eq!(
            open(at, new_review(first.person, third)),
            None,
            "the word holds for who was joined"
        );
        let person = first.person;
        let about = write(database, move |tx| decisions_about(tx, person));
        assert_eq!(about, [(first.candidate, PairAnswer::Different)]);
    });
}

/// Somebody restricted, the person who was made when another organisation spoke of somebody alike, and the
/// review of the two.
fn beside_a_restricted_record(database: &Database, environment: &Environment) -> Two {
    let at = (database, environment);
    let candidate = put(at, &who("Smith", "Mary", "U1"), "R0D", true);
    let environment = environment.clone();
    let matched = write(database, move |tx| {
        match_or_create(tx, &environment, &who("Smith", "Mary", "D1"), ods("RBD"))
    });
    let review = read_review(database, matched.person);
    Two {
        person: matched.person,
        candidate,
        review,
    }
}

fn read_review(database: &Database, person: PersonId) -> ReviewId {
    write(database, move |tx| {
        tx.one(
            sql!("SELECT id FROM match_review WHERE person = $1 AND rule = 'restricted'"),
            params![person],
            |row| row.get(0),
        )
    })
}

/// Whether a person is hidden, as pages ask and as matching does.
fn hidden(database: &Database, person: PersonId) -> [bool; 2] {
    write(database, move |tx| {
        let facts = facts_for_access(tx, person)?.unwrap();
        let line = tx.one(
            sql!(
                "SELECT e.line FROM person p JOIN match_entry e ON e.person = COALESCE(p.survivor, p.id)
                 WHERE p.id = $1"
            ),
            params![person],
            |row| row.get::<String>(0),
        )?;
        Ok::<_, stour_database::Error>([facts.restricted, Entry::read(&line).is_restricted()])
    })
}

#[test]
fn who_was_hidden_beside_a_restricted_record_is_so_until_the_two_are_known_to_be_two() {
    each(|database, environment| {
        let at = (database, environment);
        let two = beside_a_restricted_record(database, environment);
        assert_ne!(two.person, two.candidate);
        assert_eq!(hidden(database, two.person), [true, true]);
        let version_now = || write(database, move |tx| version_of(tx, two.person)).unwrap();
        let version = version_now();
        let first = give(at, two.review, said(DIFFERENT, 1, true));
        assert_eq!(first, Ok(ReviewState::Second));
        assert_eq!(
            hidden(database, two.person),
            [true, true],
            "not decided yet"
        );
        let second = give(at, two.review, said(DIFFERENT, 2, false));
        assert_eq!(second, Ok(ReviewState::Different));
        assert_eq!(hidden(database, two.person), [false, false]);
        assert_eq!(hidden(database, two.candidate), [true, true]);
        assert_ne!(
            version_now(),
            version,
            "whoever had the record open looks again"
        );
    });
}

#[test]
fn who_was_hidden_stays_so_as_the_same_person_and_who_is_restricted_by_others_does_too() {
    each(|database, environment| {
        let at = (database, environment);
        let one = beside_a_restricted_record(database, environment);
        give(at, one.review, said(SAME, 1, false)).unwrap();
        assert_eq!(hidden(database, one.person), [true, true]);
        // Restricted by an organisation's word, and compared for another reason.
        let person = put(at, &who("Legg", "Ida", "D2"), "RBD", true);
        let other = put(at, &who("Legg", "Ada", "U2"), "R0D", false);
        let review = open(at, new_review(person, other)).unwrap();
        give(at, review, said(DIFFERENT, 1, false)).unwrap();
        assert_eq!(hidden(database, person), [true, true]);
    });
}

#[test]
fn whom_a_human_has_parted_no_program_joins_again_on_what_comes_without_a_number() {
    each(|database, environment| {
        let at = (database, environment);
        let known = who("Smith", "Mary", "U1");
        let unnumbered = Demographics {
            local: None,
            address: Some(Address {
                lines: vec!["4 Sea View".to_owned(), "Weymouth".to_owned()],
                postcode: Some("DT4 7AA".parse().unwrap()),
                lsoa: None,
            }),
            ..who("Smith", "Marie", "-")
        };
        let one = put(at, &known, "R0D", false);
        let other = put(at, &unnumbered, "RDY", false);
        let says = |who: &Demographics, source| {
            let (environment, who) = (environment.clone(), who.clone());
            write(database, move |tx| {
                match_or_create(tx, &environment, &who, ods(source))
            })
        };
        let now = Demographics {
            local: None,
            ..known.clone()
        };
        let review = open(at, new_review(other, one)).unwrap();
        give(at, review, said(DIFFERENT, 1, false)).unwrap();
        let of_another = says(&now, "RBD");
        assert_eq!(of_another.person, one, "who was never said to be two");
        assert_eq!(says(&unnumbered, "RDY").person, other, "the same words");
        let held = says(&now, "RDY");
        assert!(matches!(held.outcome, MatchOutcome::Created { .. }));
        let asked = write(database, move |tx| {
            tx.one(
                sql!("SELECT candidate, rule FROM match_review WHERE person = $1"),
                params![held.person],
                |row| Ok((row.get::<PersonId>(0)?, row.get::<String>(1)?)),
            )
        });
        assert_eq!(asked, (one, "told-different".to_owned()));
    });
}

#[test]
fn more_that_comes_wakes_what_waits_for_it() {
    each(|database, environment| {
        let at = (database, environment);
        let Two {
            person,
            candidate,
            review: id,
        } = two(database, environment);
        assert_eq!(open(at, new_review(person, candidate)), None, "it is open");
        let more = said(Answer::More, 1, false);
        assert_eq!(give(at, id, more), Ok(ReviewState::More));
        let state = || write(database, move |tx| review(tx, id)).unwrap().state;
        assert_eq!(state(), ReviewState::More);
        assert_eq!(open(at, new_review(candidate, person)), None);
        assert_eq!(state(), ReviewState::Open);
        assert_eq!(
            give(at, id, said(DIFFERENT, 1, false)),
            Ok(ReviewState::Different)
        );
    });
}

#[test]
fn a_second_opinion_is_somebody_elses_and_until_then_nothing_happens() {
    each(|database, environment| {
        let at = (database, environment);
        let two = two(database, environment);
        let first = give(at, two.review, said(SAME, 1, true));
        assert_eq!(first, Ok(ReviewState::Second));
        assert_eq!(standing(database, two.person), two.person);
        let own = give(at, two.review, said(SAME, 1, false));
        assert_eq!(own, Err(Refusal::Own.into()));
        let second = give(at, two.review, said(SAME, 2, false));
        assert_eq!(second, Ok(ReviewState::Same));
        assert_eq!(standing(database, two.person), two.candidate);
    });
}

#[test]
fn an_answer_at_a_version_that_has_passed_changes_nothing() {
    each(|database, environment| {
        let Two {
            person,
            candidate,
            review: id,
        } = two(database, environment);
        let later = Version::FIRST.next();
        for (seen, sides) in [
            (later, [Version::FIRST, Version::FIRST]),
            (Version::FIRST, [later, Version::FIRST]),
            (Version::FIRST, [Version::FIRST, later]),
        ] {
            let (environment, new) = (environment.clone(), said(SAME, 1, false));
            let refused = database
                .write_blocking(move |tx| answer(tx, &environment, (id, seen), sides, &new));
            let changed = PeopleError::Version(VersionError::Changed);
            assert_eq!(refused, Err(ReviewError::People(changed)));
        }
        assert_eq!(standing(database, person), person);
        let about = write(database, move |tx| decisions_about(tx, candidate));
        assert_eq!(about, [], "nothing is remembered of what was refused");
    });
}

#[test]
fn a_pair_that_was_joined_meanwhile_takes_no_answer() {
    each(|database, environment| {
        let at = (database, environment);
        let first = two(database, environment);
        let third = put(at, &who("Smith", "M", "X1"), "RDY", false);
        let others = [
            open(at, new_review(first.person, third)).unwrap(),
            open(at, new_review(third, first.candidate)).unwrap(),
        ];
        give(at, first.review, said(SAME, 1, false)).unwrap();
        give(at, others[0], said(SAME, 1, false)).unwrap();
        let refused = give(at, others[1], said(SAME, 1, false));
        assert_eq!(refused, Err(Refusal::Joined.into()));
    });
}
