//! Somebody merged is in hospital once, under the survivor's name.

use axum::http::StatusCode;
use stour_kernel::PersonId;
use stour_people::{
    Demographics, MergeId, PersonName, match_or_create, merge, undo_merge, version_of,
};
use stour_web::testing::Site;

use super::hub::{ask, ready};
use super::{admitted, adt, house, known_to, take};
use crate::spell::{SpellState, in_hospital, of_person};

/// The survivor: another record of Mrs Smith, of her practice.
fn another(site: &Site) -> PersonId {
    let environment = site.environment().clone();
    let who = Demographics {
        nhs_number: "999 000 0026".parse().ok(),
        born: "1941-02-03".parse().ok(),
        ..Demographics::named(PersonName::new("Smith", "Anna").unwrap())
    };
    let source = "J81002".parse().unwrap();
    site.database()
        .write_blocking(move |tx| match_or_create(tx, &environment, &who, source))
        .unwrap()
        .person
}

fn join(site: &Site, survivor: PersonId, person: PersonId) -> MergeId {
    let environment = site.environment().clone();
    site.database()
        .write_blocking(move |tx| {
            let versions = (version_of(tx, survivor)?, version_of(tx, person)?);
            let (one, other) = (versions.0.unwrap(), versions.1.unwrap());
            merge(
                tx,
                &environment,
                (survivor, one),
                (person, other),
                "One person",
                "A Reviewer",
            )
        })
        .unwrap()
}

#[test]
fn a_stay_begun_under_one_record_goes_on_under_the_other_and_comes_back() {
    house(|site| {
        let person = admitted(&site);
        let survivor = another(&site);
        known_to(&site, survivor, "RDY");
        let id = join(&site, survivor, person);
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/R0D/BAMU");
        assert!(
            page.shows("SMITH, Anna") && page.shows("1 person now"),
            "{}",
            page.body
        );
        assert!(page.shows(&format!("/people/{survivor}")));
        let mut community = site.browser("community");
        assert!(community.get("/in-reach").shows("SMITH, Anna"));
        // The hospital goes on speaking of the visit by its own numbers.
        take(&site, &[adt("A02", "2", "202611211500", "BELD")]);
        let inside = site.database().read_blocking(in_hospital).unwrap();
        assert_eq!(inside.len(), 1, "one visit, one spell");
        assert_eq!(
            (inside[0].person, inside[0].ward.as_deref()),
            (survivor, Some("BELD"))
        );
        take(&site, &[adt("A03", "3", "202611231500", "BELD")]);
        let spells = |who: PersonId| {
            site.database()
                .read_blocking(move |tx| of_person(tx, who))
                .unwrap()
        };
        for who in [survivor, person] {
            let spells = spells(who);
            assert_eq!(spells.len(), 1);
            assert_eq!(
                (spells[0].state, spells[0].person),
                (SpellState::Left, person)
            );
        }
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| undo_merge(tx, &environment, id, "Two people", "A Reviewer"))
            .unwrap();
        assert!(spells(survivor).is_empty());
        assert_eq!(spells(person).len(), 1);
    });
}

#[test]
fn a_notice_about_a_stay_that_is_over_waits_under_the_survivors_name() {
    house(|site| {
        let (person, stay) = ready(&site);
        let sent = ask(&mut site.browser("ward"), &stay);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        take(&site, &[adt("A03", "2", "202611231500", "BAMU")]);
        let mut council = site.browser("practitioner");
        assert!(council.get("/hub").shows("SMITH, Ann"));
        join(&site, another(&site), person);
        for role in ["practitioner", "transfer-hub"] {
            let page = site.browser(role).get("/hub");
            assert!(page.shows("SMITH, Anna"), "{role}: {}", page.body);
            assert!(page.body.contains(&stay), "{role}: {}", page.body);
        }
        assert!(council.get("/hub").body.contains("/answer"));
    });
}
