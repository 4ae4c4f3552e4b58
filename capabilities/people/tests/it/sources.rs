//! Where each value comes from.

use std::time::Duration;

use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_kernel::{PersonId, Timestamp};
use stour_people::{
    Demographics, Destination, MatchOutcome, PeopleError, RecordId, know, match_or_create,
    move_record, store_missing_entries,
};
use stour_web::testing::{Site, each_house};

use crate::people::{at_home, capabilities, day, demographics, mary, ods, put, read, write};

fn says(site: &Site, who: &Demographics, source: &str) -> (PersonId, MatchOutcome) {
    let (environment, who, source) = (site.environment().clone(), who.clone(), ods(source));
    let matched = write(site.database(), move |tx| {
        match_or_create(tx, &environment, &who, source)
    });
    (matched.person, matched.outcome)
}

/// Mary as a hospital has her, under another name at another address.
fn at_hospital() -> Demographics {
    Demographics {
        nhs_number: mary().nhs_number,
        address: at_home(&["2 Low Road"], "DT1 1AA"),
        telephone: Some("07700 900123".to_owned()),
        ..demographics("Jones", "Mary", "1941-03-12")
    }
}

#[test]
fn each_value_shows_its_source_its_day_and_what_others_say() {
    each_house(capabilities, |site| {
        let (person, _) = says(&site, &mary(), "J81002");
        site.clock().advance(Duration::from_hours(24));
        assert_eq!(says(&site, &at_hospital(), "RBD").0, person);
        let environment = site.environment().clone();
        write(site.database(), move |tx| {
            know(
                tx,
                &environment,
                person,
                ods("RDY"),
                "service:1",
                day("2026-11-01"),
            )
        });
        site.clock().advance(Duration::from_hours(3));
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{person}"));
        for text in [
            "Where each value comes from",
            "Orchid House Surgery",
            "JONES, Mary",
            "2 Low Road, DT1 1AA",
            "Dorset County Hospital NHS Foundation Trust, 25 November 2026",
            "The same: Dorset County Hospital",
            "From the organisation that the partnership trusts most",
            "has sent nothing about this person",
            "last heard from, about anybody, 3 hours ago",
            "never heard from, about anybody",
            "a GP practice, then a council",
            "By NHS number and date of birth",
        ] {
            assert!(record.shows(text), "{text}: {}", record.body);
        }
        assert!(record.body.contains("responsive"), "rows stack on a phone");
        // The whole record as it was known on the first day: the hospital had said nothing.
        let then = adviser.get(&format!(
            "/people/{person}?known-day=24&known-month=11&known-year=2026"
        ));
        assert!(then.shows("This is what was known on 24 November 2026"));
        for of_now in [
            "Carers and people close",
            "Household</h2>",
            "has sent nothing about this person",
            "Add a carer",
        ] {
            assert!(
                record.shows(of_now) && !then.shows(of_now),
                "{of_now}: {}",
                then.body
            );
        }
        assert!(then.shows("are shown for today only"));
        let today = adviser.get(&format!(
            "/people/{person}?known-day=25&known-month=11&known-year=2026"
        ));
        assert!(today.shows("Carers and people close") && !today.shows("not what is known now"));
        let to_come = adviser.get(&format!(
            "/people/{person}?known-day=26&known-month=11&known-year=2026"
        ));
        assert!(
            to_come.shows("Enter a day in the past") && !to_come.shows("not what is known now")
        );
        assert!(
            !then.shows("JONES, Mary") && !then.shows("2 Low Road") && !then.shows("07700 900123")
        );
        let before = adviser.get(&format!(
            "/people/{person}?known-day=23&known-month=11&known-year=2026"
        ));
        assert!(before.shows("Nothing was known of this person on 23 November 2026"));
        assert!(before.shows("Nothing was recorded by the end of that day."));
        assert!(!before.shows("Nothing is recorded yet."));
    });
}

#[test]
fn the_record_of_one_stored_before_sources_were_kept_stands_and_grows() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        write(site.database(), move |tx| {
            for statement in [
                sql!(
                    "DELETE FROM source_record WHERE record IN (SELECT record FROM record_link WHERE person = $1)"
                ),
                sql!("DELETE FROM record_link WHERE person = $1"),
                sql!("DELETE FROM match_entry WHERE person = $1"),
            ] {
                tx.execute(statement, params![person])?;
            }
            Ok::<_, stour_database::Error>(())
        });
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{person}"));
        assert!(record.shows("Where each value comes from") && record.shows("999 000 0018"));
        assert!(record.shows("Kept from before sources were"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        for job in capabilities()
            .into_iter()
            .flat_map(|capability| capability.jobs)
            .filter(|job| job.name == "lines to match by")
        {
            runtime.block_on((job.run)(site.house().clone()));
        }
        let environment = site.environment().clone();
        let left = write(site.database(), move |tx| {
            store_missing_entries(tx, &environment, 10)
        });
        assert_eq!(left, 0, "the job has caught up, and ended");
        // The first word of somebody else is kept beside what stood.
        assert_eq!(says(&site, &at_hospital(), "RBD").0, person);
        let record = adviser.get(&format!("/people/{person}"));
        for text in [
            "SMITH, Mary",
            "JONES, Mary",
            "1 High Street, Poole, BH15 1AA",
            "2 Low Road",
        ] {
            assert!(record.shows(text), "{text}");
        }
        assert!(adviser.get("/people?q=jones").shows("1 person found"));
    });
}

fn records(site: &Site, person: PersonId) -> Vec<RecordId> {
    read(site.database(), move |tx| {
        tx.rows(
            sql!("SELECT record FROM record_link WHERE person = $1 AND ended_at IS NULL ORDER BY linked_at, id"),
            params![person],
            |row| row.get(0),
        )
    })
}

#[test]
fn a_record_linked_wrongly_goes_where_it_belongs_and_takes_what_it_said_along() {
    each_house(capabilities, |site| {
        let (person, _) = says(&site, &mary(), "J81002");
        says(&site, &at_hospital(), "RBD");
        let hospital = records(&site, person)[1];
        let moves = |to: Destination, record: RecordId| {
            let environment = site.environment().clone();
            site.database().write_blocking(move |tx| {
                move_record(tx, &environment, record, to, "Another Mary", "A Reviewer")
            })
        };
        let parted = moves(Destination::New, hospital).unwrap();
        assert_ne!(parted, person);
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{person}"));
        assert!(!record.shows("JONES, Mary") && !record.shows("2 Low Road"));
        let other = adviser.get(&format!("/people/{parted}"));
        assert!(other.shows("JONES, Mary") && other.shows("Decided by a person"));
        assert!(
            other.shows("Not confirmed"),
            "the number stays with the record that it was relied on by"
        );
        assert_eq!(
            moves(Destination::New, hospital),
            Err(PeopleError::LastRecord)
        );
        let unknown: RecordId = site.environment().id();
        assert_eq!(moves(Destination::New, unknown), Err(PeopleError::NoRecord));
        let practice = records(&site, person)[0];
        assert_eq!(
            moves(Destination::Person(person), practice),
            Err(PeopleError::LastRecord)
        );
        assert_eq!(
            moves(Destination::Person(parted), practice),
            Err(PeopleError::LastRecord)
        );
    });
}

#[test]
fn what_was_last_received_is_for_those_who_see_messages() {
    each_house(capabilities, |site| {
        let empty = site.browser("integration").get("/people/feeds");
        assert!(
            empty.shows("Nothing has been received yet"),
            "{}",
            empty.status
        );
        says(&site, &mary(), "RBD");
        site.clock().advance(Duration::from_hours(3));
        let feeds = site.browser("integration").get("/people/feeds");
        assert!(feeds.shows("Dorset County Hospital") && feeds.shows("3 hours ago"));
        assert!(feeds.shows("Nothing yet"));
        for role in ["adviser", "ward", "resident", "chief-officer"] {
            assert_eq!(
                site.browser(role).get("/people/feeds").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
    });
}

#[test]
fn a_feed_that_has_fallen_quiet_is_said_to_be_so() {
    each_house(capabilities, |site| {
        let (mary, _) = says(&site, &mary(), "RBD");
        says(&site, &demographics("Legg", "Ida", "1950-01-01"), "R0D");
        // Thirty days on which Dorset County Hospital sent twelve records, and the other none.
        write(site.database(), move |tx| {
            for number in 1..=30 * 12 {
                let ago = Duration::from_hours(number * 2);
                let at: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
                tx.execute(
                    sql!(
                        "INSERT INTO source_record (record, number, source, local, content, recorded_at, recorded_by)
                         SELECT record, CAST($2 AS BIGINT), source, local, content, CAST($3 AS TEXT), recorded_by
                         FROM source_record WHERE source = 'RBD' AND number = 1
                         AND record IN (SELECT record FROM record_link WHERE person = $1)"
                    ),
                    params![mary, i64::try_from(number).unwrap() + 1, at.checked_sub(ago).unwrap()],
                )?;
            }
            Ok::<_, stour_database::Error>(())
        });
        let usual = site.browser("integration").get("/people/feeds");
        assert!(usual.shows("quieter than usual when"), "{}", usual.body);
        assert!(!usual.shows("Quieter than usual"), "{}", usual.body);
        for text in ["Compared with usual", "As usual", "Too few to say"] {
            assert!(usual.shows(text), "{text}: {}", usual.body);
        }
        site.clock().advance(Duration::from_hours(26));
        let quiet = site.browser("integration").get("/people/feeds");
        assert!(
            quiet.shows("0 in the last 24 hours, usually 12 or more"),
            "{}",
            quiet.body
        );
        assert_eq!(quiet.body.matches("Quieter than usual").count(), 1);
    });
}
