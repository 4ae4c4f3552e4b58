use stour_database::testing::each_database;
use stour_database::{Database, Error, sql};

use super::super::rebuild;
use super::{adt, environment, in_hospital, migrations, take};

fn story() -> [String; 5] {
    [
        adt("A01", "1", "202611200900", "BAMU"),
        adt("A02", "2", "202611210900", "BELD"),
        adt("A21", "3", "202611220900", "BELD"),
        adt("A03", "4", "202611230900", "BELD"),
        adt("A13", "5", "202611230900", "BELD") + "DG1|1||N39.0^^I10||20261122|W|||||||||1\r",
    ]
}

#[test]
fn stays_added_up_anew_from_their_messages_are_what_they_were() {
    each_database(&migrations(), |database| {
        take(&database, &environment(), &story());
        let before = in_hospital(&database);
        let rebuilt = rebuild::all(&database, &environment()).unwrap();
        assert_eq!(
            (rebuilt.spells, rebuilt.messages, rebuilt.unread),
            (1, 5, 0)
        );
        assert_eq!(rebuilt.changed, []);
        assert_eq!(in_hospital(&database), before);
    });
}

#[test]
fn where_no_message_told_of_a_stay_that_is_said() {
    each_database(&migrations(), |database| {
        let says = |part: &str| {
            let rebuilt = rebuild::all(&database, &environment()).unwrap();
            rebuild::told(&rebuilt).contains(part)
        };
        assert!(says("0 stays") && says("say where with --data or --database"));
        take(&database, &environment(), &story());
        assert!(
            says("1 stays added up anew from 5 messages")
                && !says("say where with --data or --database")
        );
    });
}

#[test]
fn what_was_lost_of_a_stay_comes_back_from_its_messages() {
    each_database(&migrations(), |database| {
        take(&database, &environment(), &story());
        let before = in_hospital(&database);
        assert_eq!(before[0].diagnosis.as_ref().unwrap().code, "N39.0");
        spoil(&database);
        assert_ne!(in_hospital(&database), before);
        let rebuilt = rebuild::all(&database, &environment()).unwrap();
        assert_eq!(rebuilt.changed, [before[0].id]);
        let mut after = in_hospital(&database);
        after[0].version = before[0].version;
        assert_eq!(after, before);
    });
}

/// Puts everybody into another bed, and every message that was understood in pieces.
fn spoil(database: &Database) {
    database
        .write_blocking(|tx| {
            tx.execute(
                sql!("UPDATE spell SET ward = 'BORT', bed = '9', away = NULL, medically_fit = TRUE, ready_on = '2026-11-21',
                     diagnosis = NULL, diagnosis_coding = NULL, diagnosed_on = NULL, came_from = '19', arrived_by = 'C'"),
                &[],
            )?;
            tx.execute(sql!("UPDATE spell_event SET what = 'nothing', kind = 'A99'"), &[])?;
            Ok::<_, Error>(())
        })
        .unwrap();
}
