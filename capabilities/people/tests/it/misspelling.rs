//! Searches that were spelt wrongly.

use axum::http::StatusCode;
use stour_database::testing::each_database;
use stour_kernel::PersonId;
use stour_people::{MIGRATIONS, NewPerson, Query, Scope, insert_all, search_near};
use stour_web::testing::each_house;

use crate::people::{
    at_home, capabilities, day, demographics, environment, new_person, ods, put, read, write,
};

const PEOPLE: [(&str, &str, &str); 7] = [
    ("Smith", "John", "1941-03-12"),
    ("Smythe", "Joan", "1950-01-02"),
    ("Phillips", "Catherine", "1960-05-06"),
    ("O'Brien", "Siân", "1970-07-08"),
    ("Robinson", "Robert", "1980-09-10"),
    ("Müller", "Zoë", "1990-11-12"),
    ("Ng", "Li", "2000-01-02"),
];

#[test]
fn what_was_meant_is_found_and_what_is_right_already_is_left_to_the_first_search() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let environment = environment();
        let people: Vec<NewPerson> = PEOPLE
            .iter()
            .map(|(family, given, born)| {
                let mut person = new_person(&environment, demographics(family, given, born));
                person.demographics.address = at_home(&["1 High Street"], "BH8 9RN");
                person
            })
            .collect();
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        write(&database, move |tx| insert_all(tx, &environment, &people));
        let find = |text: &str, scope: Scope| {
            let query = Query::parse(text, day("2026-11-24")).unwrap();
            let found = read(&database, move |tx| search_near(tx, &query, &scope, 10));
            let place = |person: &PersonId| ids.iter().position(|id| id == person).unwrap();
            found.people.iter().map(place).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("jonh smiht", Some(0)),
            ("smiht", Some(0)),
            ("jon smyth", Some(1)),
            ("filips", Some(2)),
            ("philips kathryn", Some(2)),
            ("kate phillips", Some(2)),
            ("bob robnson", Some(4)),
            ("obrian sian", Some(3)),
            ("o'brian", Some(3)),
            ("mueller zoe", Some(5)),
            ("muler", Some(5)),
            ("robisnon 1980", Some(4)),
            ("robisnon 1981", None),
            ("robisnon bh8", Some(4)),
            ("robisnon dt1", None),
            ("smith john", Some(1)),
            ("nh", None),
            ("quixote", None),
            ("12 03 1941", None),
        ] {
            let nearest = |scope| find(text, scope).first().copied();
            assert_eq!(nearest(Scope::Everybody), expected, "{text}");
            let known = nearest(Scope::KnownTo(ods("RBD")));
            assert_eq!(known, expected, "{text}, among those known");
            assert!(find(text, Scope::KnownTo(ods("R0D"))).is_empty(), "{text}");
        }
    });
}

#[test]
fn the_page_says_that_nobody_is_called_so_and_shows_who_is_close() {
    each_house(capabilities, |site| {
        let smith = put(&site, &demographics("Smith", "John", "1941-03-12"), false);
        put(&site, &demographics("Smyth", "Hidden", "1941-03-13"), true);
        let mut adviser = site.browser("adviser");
        let page = adviser.get("/people?q=jonh+smiht");
        assert!(page.shows("Nobody is called exactly this"), "{}", page.body);
        assert!(page.shows("SMITH, John") && page.shows(&format!("/people/{smith}")));
        let one = adviser.get("/people?q=smithe");
        assert!(
            one.shows("SMITH, John") && !one.shows("Hidden"),
            "a restricted record is not close"
        );
        let nobody = adviser.get("/people?q=smyth+hidden");
        assert!(nobody.shows("Nobody found") && nobody.shows("nor anybody whose name is close"));
        let looked = site
            .browser("governance")
            .get(&format!("/people/{smith}/who-has-looked"));
        assert!(looked.shows("Found the record in a search"));
        let found = adviser.get_json("/api/people?q=jonh+smiht");
        assert_eq!(
            (&found["is_near"], found["people"].as_array().unwrap().len()),
            (&true.into(), 1)
        );
        assert_eq!(
            adviser.get_json("/api/people?q=john+smith")["is_near"],
            false
        );
        let mut elsewhere = site.browser_as(&["ward"], "RBD", None);
        let page = elsewhere.get("/people?q=jonh+smiht");
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows("Nobody found") && !page.shows("SMITH"));
    });
}
