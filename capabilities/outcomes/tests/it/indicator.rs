use axum::http::StatusCode;
use stour_access::audit::looked_at;

use crate::support::{discharges, hide, house};

const PAGE: &str = "/board/indicators/still-at-home";
const PEOPLE: &str = "/board/indicators/still-at-home/people?period=latest&part=denominator";

#[test]
fn the_number_has_its_interval_counts_and_definition() {
    house(|site| {
        discharges(site, "2026-03", "E06000058", 30, 40);
        let page = site.browser("chief-officer").get(PAGE);
        for text in [
            "Still at home 91 days after leaving hospital with reablement: 75.0% (95% interval 59.8% to 85.8%)",
            "August 2025 to July 2026",
            "Bournemouth, Christchurch and Poole",
            "Unverified: localities",
            "Adult Social Care Outcomes Framework 2013-14",
            "The two cannot be compared",
        ] {
            assert!(page.shows(text), "{text}\n{}", page.body);
        }
        let json = site
            .browser("analyst")
            .get_json("/api/indicators/still-at-home");
        assert_eq!(
            (
                json["total"]["numerator"].as_u64(),
                json["total"]["denominator"].as_u64()
            ),
            (Some(30), Some(40))
        );
        assert_eq!(
            json["councils"][0]["localities"][0]["locality"],
            "poole-bay"
        );
    });
}

#[test]
fn only_whoever_may_open_the_people_can_and_the_audit_names_each_person_shown() {
    house(|site| {
        let people = discharges(site, "2026-03", "E06000058", 30, 40);
        for role in [
            "chief-officer",
            "analyst",
            "adviser",
            "practitioner",
            "governance",
            "resident",
        ] {
            let mut browser = site.browser(role);
            let answer = browser.get(PEOPLE);
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
            assert!(!answer.shows("Family"), "{role}");
        }
        let mut officer = site.browser("chief-officer");
        let counts = officer.get(PAGE);
        assert!(
            counts.shows("You see counts.") && !counts.shows("/people?"),
            "{}",
            counts.body
        );
        let mut manager = site.browser("service-manager");
        assert!(
            manager
                .get(PAGE)
                .shows("/people?period=latest&amp;part=numerator")
        );
        let list = manager.get(PEOPLE);
        assert_eq!(list.status, StatusCode::OK);
        assert!(
            list.shows("FAMILY39") || list.shows("Family39"),
            "{}",
            list.body
        );
        assert!(list.shows("Not counted: died on"), "{}", list.body);
        let numerator =
            manager.get("/board/indicators/still-at-home/people?period=2026-03&part=numerator");
        assert!(numerator.shows("30 discharges"), "{}", numerator.body);
        assert!(!numerator.shows("Not counted"), "{}", numerator.body);
        let looks = |person, browsed: usize| {
            let found = site
                .database()
                .read_blocking(move |tx| looked_at(tx, person, 50, None))
                .unwrap();
            assert_eq!(found.len(), browsed);
            assert!(
                found
                    .iter()
                    .all(|look| look.action == "indicator.people" && look.permitted)
            );
        };
        looks(people[0], 2);
        looks(people[39], 1);
    });
}

#[test]
fn people_whose_records_are_hidden_count_and_are_not_shown() {
    house(|site| {
        let people = discharges(site, "2026-03", "E06000058", 30, 40);
        hide(site, people[3], people[5]);
        let mut manager = site.browser("service-manager");
        let list = manager.get(PEOPLE);
        assert!(list.shows("40 discharges"), "{}", list.body);
        assert!(list.shows("The count includes people whose records you may not open: 2 of 40 discharges not shown."), "{}", list.body);
        for hidden in [people[3], people[5]] {
            assert!(!list.shows(&hidden.to_string()));
            let found = site
                .database()
                .read_blocking(move |tx| looked_at(tx, hidden, 50, None))
                .unwrap();
            assert!(found.is_empty());
        }
        for name in [
            "Family3<", "Family3,", "Family5<", "Family5,", "FAMILY3,", "FAMILY5,",
        ] {
            assert!(!list.shows(name), "{name}");
        }
    });
}

#[test]
fn long_lists_come_in_pages_and_only_who_is_shown_is_named() {
    house(|site| {
        let people = discharges(site, "2026-03", "E06000058", 60, 60);
        let mut manager = site.browser("service-manager");
        let first = manager.get(PEOPLE);
        assert!(first.shows("page=2"), "{}", first.body);
        let looked = |site: &stour_web::testing::Site| {
            let all = people.clone();
            site.database()
                .read_blocking(move |tx| {
                    all.iter()
                        .map(|person| looked_at(tx, *person, 9, None))
                        .collect::<Result<Vec<_>, _>>()
                })
                .unwrap()
                .iter()
                .filter(|looks| !looks.is_empty())
                .count()
        };
        assert_eq!(looked(site), 50);
        assert_eq!(
            manager.get(&format!("{PEOPLE}&page=2")).status,
            StatusCode::OK
        );
        assert_eq!(looked(site), 60);
    });
}

#[test]
fn small_numbers_are_withheld_from_those_who_see_counts_only() {
    house(|site| {
        discharges(site, "2026-02", "E06000058", 30, 40);
        discharges(site, "2026-03", "E06000059", 3, 5);
        discharges(site, "2026-04", "E06000058", 20, 25);
        discharges(site, "2026-05", "E06000058", 40, 50);
        let officer = site
            .browser("chief-officer")
            .get_json("/api/indicators/still-at-home");
        let manager = site
            .browser("service-manager")
            .get_json("/api/indicators/still-at-home");
        let periods = |json: &serde_json::Value| -> Vec<Option<u64>> {
            let periods = json["periods"].as_array().unwrap();
            periods
                .iter()
                .map(|period| period["denominator"].as_u64())
                .collect()
        };
        let months = [Some(40), Some(5), Some(25), Some(50), Some(0), Some(0)];
        assert_eq!(periods(&manager), months);
        assert_eq!(periods(&officer), [Some(70), Some(50)]);
        assert_eq!(officer["total"]["denominator"], 120);
        let withheld = |json: &serde_json::Value| {
            json["councils"]
                .to_string()
                .matches("\"withheld\":true")
                .count()
        };
        assert_eq!((withheld(&officer), withheld(&manager)), (4, 0));
        let page = site.browser("chief-officer").get(PAGE);
        assert!(page.shows("* withheld."), "{}", page.body);
        assert!(!page.shows("Every discharge that reablement followed, by what became of it"));
    });
}

#[test]
fn a_baseline_stands_beside_the_value_and_says_whose_it_is() {
    house(|site| {
        let page = site
            .browser("chief-officer")
            .get("/board/indicators/careland-share-of-spend");
        assert!(page.shows("57.0%"), "{}", page.body);
        assert!(page.shows("baseline: Dorset County Council, of what it spent, 2011-12"));
        let other = site
            .browser("chief-officer")
            .get("/board/indicators/still-at-home");
        assert!(!other.shows("baseline"), "{}", other.body);
    });
}
