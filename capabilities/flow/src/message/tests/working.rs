use stour_database::testing::each_database;
use stour_facts::{Fact, FactKind};
use stour_kernel::testing::reference_data;

use super::{adt, all, at, environment, in_hospital, migrations, take};
use crate::message::MessageState;
use crate::message::import::take_in;
use crate::spell::SpellState;

fn facts(database: &stour_database::Database, person: stour_kernel::PersonId) -> Vec<Fact> {
    database
        .read_blocking(move |tx| stour_facts::of_person(tx, person))
        .unwrap()
}

#[test]
fn admitted_moved_and_discharged_with_the_facts_of_it() {
    each_database(&migrations(), |database| {
        let environment = environment();
        take(
            &database,
            &environment,
            &[adt("A01", "1", "202611200900", "BAMU")],
        );
        let spells = in_hospital(&database);
        assert_eq!(spells.len(), 1);
        let spell = &spells[0];
        assert_eq!(
            (spell.ward.as_deref(), spell.bed.as_deref()),
            (Some("BAMU"), Some("4"))
        );
        assert_eq!(spell.admitted_at, Some(at("2026-11-20T09:00:00Z")));
        assert_eq!(
            spell.expected, None,
            "no stay like it has ended, and none is made up"
        );
        let person = spell.person;
        let open = facts(&database, person);
        assert_eq!(
            (open.len(), open[0].what.kind, open[0].version),
            (1, FactKind::Spell, 1)
        );
        assert_eq!(open[0].what.ended, None);
        assert_eq!(open[0].what.source.system, "hl7v2:R0D");

        take(
            &database,
            &environment,
            &[adt("A02", "2", "202611210900", "BELD")],
        );
        assert_eq!(in_hospital(&database)[0].ward.as_deref(), Some("BELD"));
        assert_eq!(
            facts(&database, person)[0].version,
            1,
            "a move is no fact of its own"
        );
    });
}

#[test]
fn a_discharge_is_the_next_version_of_the_fact_and_leaves_no_bed() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let before = [
            adt("A01", "1", "202611200900", "BAMU"),
            adt("A02", "2", "202611210900", "BELD"),
        ];
        take(&database, &environment, &before);
        let person = in_hospital(&database)[0].person;

        let home = adt("A03", "3", "202611231500", "BELD").replace(
            "|||||||||V77",
            "|||||||||V77|||||||||||||||||19||||||||202611200900|202611231500",
        );
        take(&database, &environment, &[home.clone(), home]);
        assert!(in_hospital(&database).is_empty());
        let closed = facts(&database, person);
        assert_eq!((closed.len(), closed[0].version), (1, 2));
        assert_eq!(closed[0].what.ended.unwrap().to_string(), "2026-11-23");
        assert_eq!(closed[0].what.outcome.as_ref().unwrap().as_str(), "19");
        let left = database
            .read_blocking(move |tx| crate::spell::of_person(tx, person))
            .unwrap();
        assert_eq!(left[0].state, SpellState::Left);
        assert_eq!(
            (left[0].ward.as_deref(), left[0].left_from.as_deref()),
            (None, Some("BELD"))
        );
        assert!(
            all(&database)
                .iter()
                .all(|one| one.state == MessageState::Applied)
        );
    });
}

#[test]
fn a_move_that_comes_before_its_admission_waits_for_it_and_counts_then() {
    each_database(&migrations(), |database| {
        let environment = environment();
        take(
            &database,
            &environment,
            &[adt("A02", "2", "202611210900", "BELD")],
        );
        let early = all(&database);
        assert_eq!(early[0].state, MessageState::SetAside);
        assert!(
            early[0]
                .fault
                .as_ref()
                .unwrap()
                .reason
                .contains("No admission")
        );
        assert!(in_hospital(&database).is_empty());
        take(
            &database,
            &environment,
            &[adt("A01", "1", "202611200900", "BAMU")],
        );
        assert_eq!(in_hospital(&database)[0].ward.as_deref(), Some("BELD"));
        assert!(
            all(&database)
                .iter()
                .all(|one| one.state == MessageState::Applied)
        );
    });
}

#[test]
fn a_cancelled_admission_takes_its_fact_back() {
    each_database(&migrations(), |database| {
        let environment = environment();
        take(
            &database,
            &environment,
            &[adt("A01", "1", "202611200900", "BAMU")],
        );
        let person = in_hospital(&database)[0].person;
        take(
            &database,
            &environment,
            &[adt("A11", "2", "202611201100", "BAMU")],
        );
        assert!(in_hospital(&database).is_empty());
        let fact = facts(&database, person).remove(0);
        assert_eq!(fact.version, 2);
        assert_eq!(fact.what.outcome.unwrap().as_str(), "cancelled");
        assert_eq!(fact.what.ended, Some(fact.what.started));
    });
}

#[test]
fn a_fault_of_one_message_sets_it_aside_and_never_stops_the_queue() {
    each_database(&migrations(), |database| {
        let environment = environment();
        // A visit that the fact log refuses: its thread has been taken out from under it.
        take(
            &database,
            &environment,
            &[adt("A01", "1", "202611200900", "BAMU")],
        );
        database
            .write_blocking(|tx| {
                tx.execute(
                    stour_database::sql!("UPDATE spell_event SET what = '{}'"),
                    stour_database::params![],
                )
            })
            .unwrap();
        let other = adt("A01", "9", "202611200900", "BAMU")
            .replace("9990000018", "9990000026")
            .replace("H123", "H999")
            .replace("V77", "V99");
        let broken = adt("A02", "2", "202611210900", "BELD");
        take(&database, &environment, &[broken, other]);
        let kept = all(&database);
        assert_eq!(kept[1].state, MessageState::SetAside);
        assert!(kept[1].fault.as_ref().unwrap().advice.contains("Report it"));
        assert_eq!(kept[2].state, MessageState::Applied);
    });
}

#[test]
fn a_message_that_names_no_visit_is_about_the_latest_or_set_aside() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let nameless = adt("A08", "2", "202611211000", "BELD").replace("|V77", "|");
        take(&database, &environment, std::slice::from_ref(&nameless));
        let kept = all(&database);
        assert_eq!(kept[0].fault.as_ref().unwrap().place(), "PV1-19");
        let admitted = adt("A01", "1", "202611200900", "BAMU").replace("|V77", "|");
        let again = nameless.replace("|2|P|", "|3|P|");
        take(&database, &environment, &[admitted, again]);
        assert_eq!(in_hospital(&database)[0].ward.as_deref(), Some("BELD"));
    });
}

#[test]
fn the_itk_examples_work_and_each_says_what_became_of_it() {
    let Some(folder) = reference_data("hl7v2/itk") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let file: Vec<u8> = files
        .iter()
        .flat_map(|file| [std::fs::read(file).unwrap(), b"\r".to_vec()].concat())
        .collect();
    each_database(&migrations(), |database| {
        let environment = environment();
        let taken = take_in(&database, &environment, &file, false).unwrap();
        assert_eq!((taken.messages, taken.new), (10, 10));
        let told: Vec<String> = all(&database)
            .iter()
            .map(|one| {
                let why = one.fault.as_ref().map(|fault| fault.reason.as_str());
                let left_out = one
                    .left_out
                    .as_deref()
                    .and_then(|text| text.split(':').next());
                let notes: Vec<&str> = why.into_iter().chain(left_out).collect();
                format!("{} {} {}", one.kind, one.state, notes.join("; "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        let expected = [
            "ADT^A01 applied",
            "ADT^A03 set-aside No admission has come for this visit.",
            "ADT^A04 applied",
            "ADT^A05 applied",
            "ADT^A28 applied PID-7",
            "ADT^A31 applied PID-7",
            "ORU^R01 ignored Messages of type ORU are not used in this release.",
            "ORU^R01 ignored Messages of type ORU are not used in this release.",
            "ORU^R01 ignored Messages of type ORU are not used in this release.",
            "ORU^R01 ignored Messages of type ORU are not used in this release.",
        ];
        assert_eq!(told, expected);
        let spells = in_hospital(&database);
        assert_eq!(spells.len(), 1);
        assert_eq!(spells[0].organisation.as_str(), "RCB");
        assert_eq!(spells[0].ward.as_deref(), Some("OBS1"));
        let again = take_in(&database, &environment, &file, false).unwrap();
        assert_eq!(again.new, 0);
    });
}
