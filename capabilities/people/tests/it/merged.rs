//! Whatever is read of somebody merged is read of the survivor, and of both.

use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_facts::{NewFact, append};
use stour_kernel::PersonId;
use stour_people::{
    CARER, Demographics, MergeId, Query, Relation, Scope, know, merge, relate, search, undo_merge,
    version_of,
};
use stour_web::testing::{Site, each_house};

use crate::people::{
    at_home, capabilities, day, demographics, mary, ods, put, read, service, write,
};

/// Mary under the name she had before, known to Dorset HealthCare alone.
fn before() -> Demographics {
    Demographics {
        nhs_number: Some("999 000 0026".parse().unwrap()),
        address: at_home(&["9 Old Lane"], "DT1 1AA"),
        ..demographics("Maiden", "Mary", "1941-03-12")
    }
}

pub(crate) fn merge_two(site: &Site, survivor: PersonId, merged: PersonId) -> MergeId {
    let environment = site.environment().clone();
    write(site.database(), move |tx| {
        let one = version_of(tx, survivor)?.unwrap();
        let other = version_of(tx, merged)?.unwrap();
        merge(
            tx,
            &environment,
            (survivor, one),
            (merged, other),
            "Same NHS number on both letters",
            "A Reviewer",
        )
    })
}

/// The survivor and the one merged, each with something of its own.
fn two(site: &Site) -> (PersonId, PersonId) {
    let (survivor, merged) = (put(site, &mary(), false), put(site, &before(), false));
    let environment = site.environment().clone();
    write(site.database(), move |tx| {
        know(
            tx,
            &environment,
            merged,
            ods("RDY"),
            "service:1",
            day("2026-11-01"),
        )?;
        for (person, reference) in [(survivor, "one"), (merged, "other")] {
            let fact = NewFact {
                recorded_by: format!("Worker {reference}"),
                ..service(person, reference)
            };
            append(tx, &environment, fact).unwrap();
        }
        Ok::<_, stour_database::Error>(())
    });
    (survivor, merged)
}

#[test]
fn somebody_merged_is_found_once_by_every_name_and_leads_to_the_survivor() {
    each_house(capabilities, |site| {
        let (survivor, merged) = two(&site);
        let mut adviser = site.browser("adviser");
        adviser.get(&format!("/people/{merged}"));
        let id = merge_two(&site, survivor, merged);
        for text in [
            "mary",
            "smith",
            "maiden",
            "smith+maiden",
            "9990000026",
            "dt1",
            "bh15",
        ] {
            let found = adviser.get(&format!("/people?q={text}"));
            assert!(found.shows("1 person found"), "{text}");
            assert!(found.shows(&format!("/people/{survivor}")), "{text}");
            assert!(!found.shows(&merged.to_string()), "{text}");
        }
        let moved = adviser.get(&format!("/people/{merged}"));
        assert_eq!(moved.status, StatusCode::SEE_OTHER);
        assert_eq!(moved.location(), format!("/people/{survivor}"));
        let record = adviser.get(&format!("/people/{survivor}"));
        for text in [
            "Worker one",
            "Worker other",
            "MAIDEN, Mary",
            "9 Old Lane",
            "Same NHS number on both letters",
        ] {
            assert!(record.shows(text), "{text}");
        }
        let view = adviser.get_json(&format!("/api/people/{merged}"));
        assert_eq!(view["id"], survivor.to_string());
        assert_eq!(view["asked_for"], merged.to_string());
        let own = adviser.get_json(&format!("/api/people/{survivor}"));
        assert_eq!(own.get("asked_for"), None);
        let looks = site
            .browser("governance")
            .get(&format!("/people/{survivor}/who-has-looked"));
        assert!(
            looks.body.matches("Opened the record").count() >= 3,
            "looks at either record: {}",
            looks.body
        );
        let environment = site.environment().clone();
        write(site.database(), move |tx| {
            undo_merge(tx, &environment, id, "They are sisters", "A Reviewer")
        });
        assert!(adviser.get("/people?q=mary").shows("2 people found"));
        assert_eq!(
            adviser.get(&format!("/people/{merged}")).status,
            StatusCode::OK
        );
        let record = adviser.get(&format!("/people/{survivor}"));
        assert!(record.shows("They are sisters") && !record.shows("Worker other"));
    });
}

#[test]
fn whoever_knew_one_knows_the_person_and_what_hides_one_hides_the_person() {
    each_house(capabilities, |site| {
        let (survivor, merged) = two(&site);
        let scoped = |site: &Site, text: &str| {
            let query = Query::parse(text, day("2026-11-24")).unwrap();
            let scope = Scope::KnownTo(ods("RDY"));
            read(site.database(), move |tx| search(tx, &query, &scope, 10)).people
        };
        assert_eq!(scoped(&site, "maiden"), [merged]);
        assert!(scoped(&site, "smith").is_empty());
        merge_two(&site, survivor, merged);
        for text in ["maiden", "smith", "999 000 0018"] {
            assert_eq!(scoped(&site, text), [survivor], "{text}");
        }
        // Among many known people the index of words is read instead.
        write(site.database(), move |tx| {
            for number in 0..2001 {
                tx.execute(
                    sql!(
                        "INSERT INTO person_known_to (person, organisation, why, since, recorded_at)
                         SELECT id, 'RDY', 'test:' || CAST(CAST($1 AS BIGINT) AS TEXT), '2026-01-01', created_at
                         FROM person ORDER BY id DESC LIMIT 1"
                    ),
                    params![number],
                )?;
            }
            tx.execute(
                sql!("DELETE FROM person_known_to WHERE person <> $1 AND why = 'service:1'"),
                params![merged],
            )
        });
        for text in ["maiden", "smith"] {
            assert_eq!(scoped(&site, text), [survivor], "{text}");
        }
        let mut community = site.browser("community");
        assert_eq!(
            community.get(&format!("/people/{survivor}")).status,
            StatusCode::OK
        );
        let hidden = put(&site, &demographics("Hidden", "Mary", "1941-03-12"), true);
        let mut adviser = site.browser("adviser");
        merge_two(&site, survivor, hidden);
        let absent: PersonId = site.environment().id();
        for person in [survivor, merged, hidden, absent] {
            let answer = adviser.get(&format!("/people/{person}"));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{person}");
            let answer = adviser.get(&format!("/api/people/{person}"));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{person}");
        }
        assert!(adviser.get("/people?q=smith").shows("Nobody found"));
    });
}

#[test]
fn a_carer_of_one_is_the_persons_carer_once() {
    each_house(capabilities, |site| {
        let (survivor, merged) = two(&site);
        let carer = put(&site, &demographics("Carer", "Carl", "1950-01-01"), false);
        let environment = site.environment().clone();
        write(site.database(), move |tx| {
            for other in [survivor, merged] {
                let relation = Relation {
                    person: carer,
                    kind: CARER.parse().unwrap(),
                    other,
                    starts: day("2020-01-01"),
                    source: ods("RBD"),
                };
                relate(tx, &environment, &relation)?;
            }
            Ok::<_, stour_database::Error>(())
        });
        merge_two(&site, survivor, merged);
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{survivor}"));
        assert_eq!(record.body.matches("CARER, Carl").count(), 1);
        let record = adviser.get(&format!("/people/{carer}"));
        assert_eq!(record.body.matches("Cares for").count(), 1);
        assert!(record.shows(&format!("/people/{survivor}")));
    });
}

#[test]
fn a_resident_whose_record_was_merged_still_reads_their_own() {
    each_house(capabilities, |site| {
        let (survivor, merged) = two(&site);
        merge_two(&site, survivor, merged);
        for own in [survivor, merged] {
            let mut resident = site.browser_as(&["resident"], "10A", Some(own));
            let record = resident.get("/my-record");
            assert_eq!(record.status, StatusCode::OK);
            assert!(record.shows("999 000 0018") && record.shows("Worker other"));
            let looks = resident.get("/my-record/who-has-looked");
            assert!(looks.shows("Opened the record"));
        }
    });
}
