//! Somebody merged is in hospital once, under the survivor's name.

use stour_kernel::PersonId;
use stour_people::{Demographics, PersonName, match_or_create, merge, undo_merge, version_of};
use stour_web::testing::Site;

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

#[test]
fn a_stay_begun_under_one_record_goes_on_under_the_other_and_comes_back() {
    house(|site| {
        let person = admitted(&site);
        let survivor = another(&site);
        known_to(&site, survivor, "RDY");
        let environment = site.environment().clone();
        let id = site
            .database()
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
            .unwrap();
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
