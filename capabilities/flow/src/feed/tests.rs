use std::collections::BTreeSet;

use stour_database::testing::each_database;
use stour_kernel::{OdsCode, Timestamp};

use super::store::{Feed, feeds, note_silence};
use super::{Silence, hear, silences};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn trust(code: &str) -> OdsCode {
    code.parse().unwrap()
}

#[test]
fn a_hospital_is_silent_after_an_hour_and_one_never_heard_of_is_said_so() {
    let heard = at("2026-11-24T10:00:00Z");
    let feeds = [Feed {
        organisation: trust("R0D"),
        heard_at: heard,
    }];
    let shown = BTreeSet::from([trust("R0D")]);
    let silent = |now: &str| silences(&shown, &feeds, at(now));
    assert_eq!(silent("2026-11-24T10:59:59Z"), []);
    let since = Some(heard);
    let organisation = trust("R0D");
    let expected = [Silence {
        organisation,
        since,
    }];
    assert_eq!(silent("2026-11-24T11:00:00Z"), expected);
    let other = BTreeSet::from([trust("RBD")]);
    let never = silences(&other, &feeds, heard);
    assert_eq!(never.len(), 1);
    assert_eq!(never[0].since, None);
}

#[test]
fn the_latest_message_counts_in_whatever_order_they_are_worked_through() {
    let migrations = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_people::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    each_database(&migrations, |database| {
        for (moment, latest) in [
            ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"),
            ("2026-11-24T10:00:30Z", "2026-11-24T10:00:00Z"),
            ("2026-11-24T10:05:00Z", "2026-11-24T10:05:00Z"),
            ("2026-11-24T08:00:00Z", "2026-11-24T10:05:00Z"),
        ] {
            let moment = at(moment);
            database
                .write_blocking(move |tx| hear(tx, trust("R0D"), moment))
                .unwrap();
            let known = database.read_blocking(feeds).unwrap();
            assert_eq!(known.len(), 1);
            assert_eq!(known[0].heard_at, at(latest));
        }
        let note = |now: &str| {
            let now = at(now);
            database
                .write_blocking(move |tx| note_silence(tx, now))
                .unwrap()
        };
        assert!(!note("2026-11-24T11:04:59Z"));
        assert!(note("2026-11-24T11:05:00Z"), "it has fallen silent");
        assert!(!note("2026-11-24T11:06:00Z"), "which is known");
        database
            .write_blocking(|tx| hear(tx, trust("R0D"), at("2026-11-24T11:07:00Z")))
            .unwrap();
        assert!(note("2026-11-24T11:07:10Z"), "it is heard of again");
    });
}
