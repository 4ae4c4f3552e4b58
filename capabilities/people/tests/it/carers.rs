use axum::http::StatusCode;
use stour_web::testing::each_house;

use crate::people::{JOHN, capabilities, demographics, mary, put};

#[test]
fn a_carer_is_a_person_found_or_made_and_linked_once() {
    each_house(capabilities, |site| {
        let mary = put(&site, &mary(), false);
        let (record, carers) = (format!("/people/{mary}"), format!("/people/{mary}/carers"));
        let mut adviser = site.browser("adviser");
        let made = adviser.post(&carers, &JOHN);
        assert_eq!(
            (made.status, made.location()),
            (StatusCode::SEE_OTHER, record.as_str())
        );
        adviser.post_again(&carers, &JOHN);
        let shown = adviser.get(&record);
        assert!(
            shown.shows("JONES, John Paul")
                && shown.shows("Unpaid carer")
                && !shown.shows("Cares for"),
            "{}",
            shown.body
        );
        let found = adviser.get("/people?q=john+jones");
        assert!(found.shows("1 person found"));
        let alike = adviser.post(&carers, &JOHN);
        assert_eq!(alike.status, StatusCode::CONFLICT);
        let offered = adviser.get(&format!("{carers}/new?q=jones"));
        assert!(offered.shows("Link JONES, John Paul as the carer"));
        let carer = offered
            .body
            .split("name=\"carer\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let linked = adviser.post(&carers, &[("carer", &carer)]);
        assert_eq!(linked.status, StatusCode::SEE_OTHER);
        assert_eq!(
            adviser
                .get(&record)
                .body
                .matches("JONES, John Paul")
                .count(),
            1,
            "linked once"
        );
        assert!(
            adviser
                .get(&format!("/people/{carer}"))
                .shows("SMITH, Mary")
        );
        let own = adviser.post(&carers, &[("carer", &mary.to_string())]);
        assert_eq!(own.status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_hidden_carer_is_neither_linked_nor_shown() {
    each_house(capabilities, |site| {
        let mary = put(&site, &mary(), false);
        let hidden = put(&site, &demographics("Hidden", "Carer", "1950-01-01"), true);
        let carers = format!("/people/{mary}/carers");
        let mut adviser = site.browser("adviser");
        let refused = adviser.post(&carers, &[("carer", &hidden.to_string())]);
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let mut cleared = site.browser_as(&["practitioner", "restricted-records"], "R0D", None);
        assert_eq!(
            cleared
                .post(&carers, &[("carer", &hidden.to_string())])
                .status,
            StatusCode::SEE_OTHER
        );
        assert!(
            cleared
                .get(&format!("/people/{mary}"))
                .shows("HIDDEN, Carer")
        );
        assert!(
            !adviser
                .get(&format!("/people/{mary}"))
                .shows("HIDDEN, Carer")
        );
        assert_eq!(
            site.browser("ward").post(&carers, &JOHN).status,
            StatusCode::FORBIDDEN
        );
        let onto_hidden = adviser.post(&format!("/people/{hidden}/carers"), &JOHN);
        assert_eq!(onto_hidden.status, StatusCode::NOT_FOUND);
    });
}
