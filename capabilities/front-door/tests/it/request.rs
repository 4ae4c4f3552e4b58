use stour_front_door::requests_of_person;

use crate::house::{TYPED, hidden_field, person, typed_but, with_front_door};

#[test]
fn an_adviser_records_a_request_and_sees_it() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{person}"));
        assert!(record.shows("Record a request"), "{}", record.body);
        let form = adviser.get(&format!("/people/{person}/requests/new"));
        assert_eq!(form.status, 200);
        assert!(form.shows("ANNING, Mary"));
        assert!(form.shows("unverified"));
        let done = adviser.post(&format!("/people/{person}/requests/new"), TYPED);
        assert_eq!(done.status, 303, "{}", done.body);
        let page = adviser.get(done.location());
        assert_eq!(page.status, 200);
        for text in [
            "ANNING, Mary",
            "She fell in the bath",
            "A carer: Her son, 01202 496000",
            "Telephone",
            "24 November 2026",
            "Physical support: Personal care support",
            "Bournemouth, Christchurch and Poole Council",
            "Open",
            "Refer to reablement",
        ] {
            assert!(page.shows(text), "{text} in {}", page.body);
        }
        let list = adviser.get("/requests");
        assert!(list.shows("ANNING, Mary"));
        assert!(list.shows(done.location()));
    });
}

#[test]
fn what_was_asked_before_is_there_for_whoever_asks_next() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let address = format!("/people/{person}/requests");
        let mut adviser = site.browser("adviser");
        assert!(adviser.get(&format!("/people/{person}")).shows(&address));
        assert!(adviser.get(&address).shows("Nothing has been asked"));
        let done = adviser.post(&format!("{address}/new"), TYPED);
        let page = adviser.get(&address);
        assert!(page.shows("ANNING, Mary") && page.shows("She fell in the bath"));
        assert!(page.shows(done.location()));
        for role in ["ward", "chief-officer", "governance"] {
            assert_ne!(site.browser(role).get(&address).status, 200, "{role}");
        }
    });
}

#[test]
fn the_list_of_an_organisation_without_requests_says_what_to_do() {
    with_front_door(|site| {
        let list = site.browser("practitioner").get("/requests");
        assert_eq!(list.status, 200);
        assert!(list.shows("href=\"/people\""));
        assert!(!list.shows("<table"));
    });
}

#[test]
fn a_form_with_mistakes_keeps_what_was_typed() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let address = format!("/people/{person}/requests/new");
        let page = adviser.post(&address, &typed_but("route", ""));
        assert_eq!(page.status, 422);
        for text in [
            "There is a problem",
            "href=\"#route\"",
            "Select the route of access",
            "She fell in the bath and is afraid to wash",
            "Her son, 01202 496000",
            "ANNING, Mary",
        ] {
            assert!(page.shows(text), "{text} in {}", page.body);
        }
        assert!(page.shows("value=\"carer\" checked"));
        let stored = site
            .database()
            .read_blocking(move |tx| requests_of_person(tx, person));
        assert_eq!(stored.unwrap(), []);
    });
}

#[test]
fn a_form_sent_twice_records_one_request() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let address = format!("/people/{person}/requests/new");
        let first = adviser.post(&address, TYPED);
        let second = adviser.post_again(&address, TYPED);
        assert_eq!(first.location(), second.location());
        let reused = adviser.post_again(&address, &typed_but("words", "Something else"));
        assert_eq!(reused.status, 409);
        let stored = site
            .database()
            .read_blocking(move |tx| requests_of_person(tx, person));
        assert_eq!(stored.unwrap().len(), 1);
    });
}

#[test]
fn a_request_is_concluded_once_and_at_the_version_that_was_seen() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let (mut one, mut other) = (site.browser("adviser"), site.browser("adviser"));
        let request = one.post(&format!("/people/{person}/requests/new"), TYPED);
        let request = request.location().to_owned();
        let version = hidden_field(&one.get(&request).body, "version");
        let conclude = format!("{request}/conclude");

        let none = one.post(&conclude, &[("version", &version), ("outcome", "")]);
        assert_eq!(none.status, 422);
        assert!(none.shows("Select how the request ended"));

        let fields = [
            ("version", version.as_str()),
            ("outcome", "nfa-information-advice"),
        ];
        let done = other.post(&conclude, &fields);
        assert_eq!(done.status, 303);
        let late = one.post(&conclude, &fields);
        assert_eq!(late.status, 412);
        assert!(late.shows("Somebody else changed this first"));
        let page = one.get(&request);
        assert!(page.shows("NFA: Information and advice or signposting"));
        assert!(page.shows("Record another request"));
        assert!(!page.shows(&conclude));
        assert!(one.get("/requests").shows("NFA: Information and advice"));
    });
}
