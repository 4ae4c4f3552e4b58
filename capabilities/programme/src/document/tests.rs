use std::sync::Arc;

use stour_database::testing::each_database;
use stour_database::{Database, Error, Transaction, params, sql};
use stour_kernel::{Environment, FixedClock, SeededRandomness};

use super::{
    Author, Checked, DocumentError, DocumentId, Hash, LONGEST_TEXT, Refusal, document, documents,
    save, sign, signatures, start, version, versions,
};
use crate::{CommentId, WORKED, comments, say, settle};

const REABLEMENT: &str = WORKED[0].text;

/// A database, and the people who work on it.
struct Desk {
    database: Database,
    environment: Environment,
    finance: Author,
    officer: Author,
}

fn each_desk(test: impl Fn(&Desk)) {
    each_database(
        &[stour_register::MIGRATIONS, crate::MIGRATIONS],
        |database| {
            let clock = FixedClock::new("2026-11-24T09:00:00Z".parse().unwrap());
            let environment = Environment::new(Arc::new(clock), Arc::new(SeededRandomness::new(1)));
            let author = |name: &str| Author {
                user: environment.id(),
                name: name.to_owned(),
                organisation: "QVV".parse().unwrap(),
            };
            let (finance, officer) = (author("Asha"), author("Ben"));
            test(&Desk {
                database,
                environment,
                finance,
                officer,
            });
        },
    );
}

impl Desk {
    fn write<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        work: impl Fn(&mut Transaction<'_>, &Environment) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let environment = self.environment.clone();
        self.database
            .write_blocking(move |tx| work(tx, &environment))
    }

    fn start(&self, text: &str) -> Result<DocumentId, DocumentError> {
        let (text, by) = (text.to_owned(), self.finance.clone());
        self.write(move |tx, environment| {
            Ok(start(tx, environment, &Checked::of(&text)?, "Begun", &by)?)
        })
    }

    fn save(&self, id: DocumentId, base: i64, text: &str) -> Result<i64, DocumentError> {
        let (text, by) = (text.to_owned(), self.finance.clone());
        self.write(move |tx, env| {
            let checked = Checked::of(&text)?;
            save(tx, env, (id, base), (&checked, "Changed"), &by)
        })
    }

    fn sign(&self, id: DocumentId, number: i64, by: &Author) -> Result<(), DocumentError> {
        let by = by.clone();
        self.write(move |tx, environment| {
            let found = version(tx, id, number)?.ok_or(DocumentError::NotThere)?;
            let checked = Checked::of(&found.text)?;
            sign(tx, environment, (id, number), (&checked, "Agreed"), &by)
        })
    }

    fn agreed(&self, id: DocumentId) -> Option<i64> {
        let found = self.database.read_blocking(move |tx| document(tx, id));
        found.unwrap().unwrap().agreed
    }
}

fn taken_up(part: &str) -> String {
    REABLEMENT.replace("take_up = 0.3\n", &format!("take_up = {part}\n"))
}

fn refused<T>(refusal: Refusal) -> Result<T, DocumentError> {
    Err(DocumentError::Refused(refusal))
}

#[test]
fn a_document_starts_with_its_first_version_and_keeps_every_other() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        assert_eq!(desk.save(id, 1, &taken_up("0.2")), Ok(2));
        let renamed = taken_up("0.2").replace("Reablement at the front door", "Another title");
        assert_eq!(desk.save(id, 2, &renamed), Ok(3));
        let read = desk.database.read_blocking(move |tx| {
            let one = version(tx, id, 1)?;
            Ok::<_, Error>((documents(tx)?, versions(tx, id)?, one, version(tx, id, 4)?))
        });
        let (all, kept, first, absent) = read.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].title, "Another title (made up)");
        assert_eq!((all[0].latest, all[0].agreed), (3, None));
        let numbers: Vec<i64> = kept.iter().map(|version| version.number).collect();
        assert_eq!(numbers, [3, 2, 1]);
        assert_eq!(
            (kept[2].what.as_str(), kept[0].what.as_str()),
            ("Begun", "Changed")
        );
        let first = first.unwrap();
        assert_eq!(first.text, REABLEMENT);
        assert_eq!(first.hash, Hash::of(REABLEMENT));
        assert!(first.is_intact());
        assert_eq!(first.by, desk.finance);
        assert_eq!(absent, None);
    });
}

#[test]
fn a_version_that_is_not_the_next_is_refused() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        assert_eq!(desk.save(id, 1, REABLEMENT), refused(Refusal::Unchanged));
        assert_eq!(desk.save(id, 1, &taken_up("0.2")), Ok(2));
        assert_eq!(
            desk.save(id, 1, &taken_up("0.1")),
            refused(Refusal::Overtaken)
        );
        for base in [0, -1, 3, i64::MAX] {
            let saved = desk.save(id, base, &taken_up("0.1"));
            assert_eq!(saved, refused(Refusal::Overtaken), "{base}");
        }
        assert_eq!(
            desk.save(id, 2, WORKED[4].text),
            refused(Refusal::OtherKind)
        );
        let long = "#".repeat(LONGEST_TEXT + 1);
        assert_eq!(desk.save(id, 2, &long), refused(Refusal::TooLong));
        assert_eq!(desk.start(&long), refused(Refusal::TooLong));
        let absent: DocumentId = desk.environment.id();
        assert_eq!(
            desk.save(absent, 1, REABLEMENT),
            Err(DocumentError::NotThere)
        );
        for wrong in ["", "title = ", "[case]\n[gap]\n", &taken_up("3")] {
            assert!(
                matches!(desk.save(id, 2, wrong), Err(DocumentError::Mistakes(_))),
                "{wrong}"
            );
            assert!(
                matches!(desk.start(wrong), Err(DocumentError::Mistakes(_))),
                "{wrong}"
            );
        }
        let kept = desk.database.read_blocking(move |tx| versions(tx, id));
        assert_eq!(kept.unwrap().len(), 2);
        assert_eq!(desk.database.read_blocking(documents).unwrap().len(), 1);
    });
}

#[test]
fn a_version_is_signed_once_and_by_somebody_else() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        assert_eq!(
            desk.sign(id, 1, &desk.finance),
            refused(Refusal::OwnVersion)
        );
        assert_eq!(desk.agreed(id), None);
        assert_eq!(desk.sign(id, 1, &desk.officer), Ok(()));
        assert_eq!(desk.agreed(id), Some(1));
        assert_eq!(
            desk.sign(id, 1, &desk.officer),
            refused(Refusal::SignedAlready)
        );
        assert_eq!(
            desk.sign(id, 2, &desk.officer),
            Err(DocumentError::NotThere)
        );
        let second = Author {
            user: desk.environment.id(),
            ..desk.officer.clone()
        };
        assert_eq!(desk.sign(id, 1, &second), Ok(()));
        let signed = desk.database.read_blocking(move |tx| signatures(tx, id));
        let signed = signed.unwrap();
        assert_eq!(signed.len(), 2);
        assert_eq!(signed[0].hash, Hash::of(REABLEMENT));
        assert_eq!(signed[0].words, "Agreed");
        let case = stour_appraisal::Case::read(REABLEMENT).unwrap();
        let found = stour_appraisal::appraise(&case).unwrap();
        let wanted = format!(
            "public value = {}",
            found.public_value.net_present_value.as_i64()
        );
        assert!(signed[0].figures.lines().any(|line| line == wanted));
    });
}

#[test]
fn the_agreed_number_only_rises() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        desk.save(id, 1, &taken_up("0.2")).unwrap();
        desk.save(id, 2, &taken_up("0.1")).unwrap();
        desk.sign(id, 3, &desk.officer).unwrap();
        desk.sign(id, 1, &desk.officer).unwrap();
        assert_eq!(desk.agreed(id), Some(3));
        desk.save(id, 3, REABLEMENT).unwrap();
        assert_eq!(
            desk.agreed(id),
            Some(3),
            "a later version is not agreed by itself"
        );
        desk.sign(id, 4, &desk.officer).unwrap();
        assert_eq!(desk.agreed(id), Some(4));
    });
}

#[test]
fn a_text_that_was_tampered_with_is_not_signed() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        let other = taken_up("0.9");
        desk.write(move |tx, _| {
            tx.execute(
                sql!("UPDATE appraisal_document_version SET text = $1 WHERE document = $2"),
                params![other, id],
            )
        })
        .unwrap();
        assert_eq!(desk.sign(id, 1, &desk.officer), refused(Refusal::Tampered));
        assert_eq!(desk.agreed(id), None);
        let shown = desk.database.read_blocking(move |tx| version(tx, id, 1));
        assert!(!shown.unwrap().unwrap().is_intact());
    });
}

#[test]
fn a_comment_is_settled_once() {
    each_desk(|desk| {
        let id = desk.start(REABLEMENT).unwrap();
        let by = desk.officer.clone();
        let said =
            desk.write(move |tx, env| say(tx, env, (id, 1, Some("bed-days")), "Is 30% real?", &by));
        let said = said.unwrap();
        let settled = |answer: &'static str, of: DocumentId, by: &Author| {
            let by = by.clone();
            desk.write(move |tx, env| settle(tx, env, (of, said), answer, &by))
        };
        settled("As in May", id, &desk.finance).unwrap();
        let second = settled("No", id, &desk.officer);
        assert_eq!(second, Err(Refusal::SettledAlready.into()));
        let all = desk.database.read_blocking(move |tx| comments(tx, id));
        let all = all.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].line.as_deref(), Some("bed-days"));
        assert_eq!((all[0].by.as_str(), all[0].number), ("Ben", 1));
        let first = all[0].settled.as_ref().unwrap();
        assert_eq!(
            (first.by.as_str(), first.answer.as_str()),
            ("Asha", "As in May")
        );

        let other = desk.start(WORKED[4].text).unwrap();
        let misled = settled("Of another document", other, &desk.finance);
        assert_eq!(misled, Err(DocumentError::NotThere));
        let by = desk.officer.clone();
        let absent: Result<CommentId, _> =
            desk.write(move |tx, env| say(tx, env, (id, 2, None), "Of no version", &by));
        assert_eq!(absent, Err(DocumentError::NotThere));
    });
}
