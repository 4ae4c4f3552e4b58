//! Who lives with whom.

use stour_people::Demographics;
use stour_web::testing::each_house;

use crate::merged::merge_two;
use crate::people::{at_home, capabilities, demographics, put};

fn living(family: &str, given: &str, lines: &[&str]) -> Demographics {
    Demographics {
        address: at_home(lines, "BH15 1AA"),
        ..demographics(family, given, "1950-01-02")
    }
}

#[test]
fn a_record_shows_who_else_is_recorded_at_its_address() {
    each_house(capabilities, |site| {
        let home = ["1 High Street", "Poole"];
        let mary = put(&site, &living("Smith", "Mary", &home), false);
        let john = put(
            &site,
            &living("Smith", "John", &["1 HIGH STREET,", "poole"]),
            false,
        );
        put(
            &site,
            &living("Brown", "Nextdoor", &["2 High Street", "Poole"]),
            false,
        );
        let mut adviser = site.browser("adviser");
        let page = adviser.get(&format!("/people/{mary}"));
        assert!(
            page.shows("Household") && page.shows("SMITH, John"),
            "{}",
            page.body
        );
        assert!(page.shows(&format!("href=\"/people/{john}\"")) && !page.shows("BROWN"));
        // Who was shown in the list is in the audit about them.
        let looked = site
            .browser("governance")
            .get(&format!("/people/{john}/who-has-looked"));
        assert!(
            looked.shows("Found the record in a search"),
            "{}",
            looked.body
        );
        let alone = put(
            &site,
            &living("Only", "One", &["3 High Street", "Poole"]),
            false,
        );
        assert!(
            adviser
                .get(&format!("/people/{alone}"))
                .shows("Nobody else whom you may find")
        );
    });
}

#[test]
fn a_restricted_person_lives_with_nobody_and_nobody_with_them() {
    each_house(capabilities, |site| {
        let home = ["1 High Street", "Poole"];
        let mary = put(&site, &living("Smith", "Mary", &home), false);
        let hidden = put(&site, &living("Smith", "Hidden", &home), true);
        let mut both = site.browser_as(&["practitioner", "restricted-records"], "R0D", None);
        let page = both.get(&format!("/people/{mary}"));
        assert!(
            page.shows("SMITH, Mary") && !page.shows("Hidden"),
            "{}",
            page.body
        );
        let own = both.get(&format!("/people/{hidden}"));
        assert!(
            own.shows("SMITH, Hidden") && !own.shows("Household"),
            "{}",
            own.body
        );
    });
}

#[test]
fn whoever_is_joined_with_a_restricted_record_lives_with_nobody_either() {
    each_house(capabilities, |site| {
        let home = ["1 High Street", "Poole"];
        let mary = put(&site, &living("Smith", "Mary", &home), false);
        let joined = put(&site, &living("Smith", "Hidden", &home), false);
        let mut both = site.browser_as(&["practitioner", "restricted-records"], "R0D", None);
        let page = format!("/people/{mary}");
        assert!(both.get(&page).shows("SMITH, Hidden"));
        let hidden = put(&site, &living("Smith", "Hidden", &home), true);
        merge_two(&site, joined, hidden);
        let page = both.get(&page);
        assert!(
            page.shows("SMITH, Mary") && !page.shows("Hidden"),
            "{}",
            page.body
        );
    });
}

#[test]
fn a_care_home_is_a_shared_address() {
    each_house(capabilities, |site| {
        let home = ["The Limes", "4 High Street", "Poole"];
        let families = ["Ash", "Brown", "Cole", "Dean", "Evans", "Ford"];
        let people = families.map(|family| put(&site, &living(family, "Ann", &home), false));
        let page = site
            .browser("adviser")
            .get(&format!("/people/{}", people[0]));
        assert!(
            page.shows("Lives at a shared address") && !page.shows("BROWN, Ann"),
            "{}",
            page.body
        );
    });
}
