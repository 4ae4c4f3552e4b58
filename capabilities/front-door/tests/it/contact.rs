use stour_front_door::requests_of_person;

use crate::house::{hidden_field, person, with_front_door};

const SENT: &[(&str, &str)] = &[
    ("about", "me"),
    ("words", "I cannot get out of the bath on my own"),
    ("name", "Mary Anning"),
    ("telephone", "01297 000000"),
    ("postcode", "dt63lg"),
];

fn sent_but<'t>(field: &'t str, value: &'t str) -> Vec<(&'t str, &'t str)> {
    let others = SENT.iter().copied().filter(|(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

#[test]
fn what_a_visitor_asks_reaches_an_adviser_who_finds_the_person() {
    with_front_door(|site| {
        let anning = person(&site, "Anning");
        let mut visitor = site.stranger();
        let form = visitor.get("/ask-for-help");
        assert_eq!(form.status, 200);
        assert!(form.shows("Exit this page"));
        let done = visitor.post("/ask-for-help", SENT);
        assert_eq!(done.status, 303, "{}", done.body);
        let confirmed = visitor.get(done.location());
        assert!(confirmed.shows("Your reference is"));
        assert!(!confirmed.shows("Anning") && !confirmed.shows("01297"));

        let mut adviser = site.browser("adviser");
        assert!(adviser.get("/requests").shows("1 person"));
        assert!(adviser.get("/contacts").shows("Mary Anning"));
        let contact = done.location().replace("/ask-for-help", "/contacts");
        let page = adviser.get(&contact);
        for text in ["out of the bath", "01297 000000", "DT6 3LG", "Themselves"] {
            assert!(page.shows(text), "{text} in {}", page.body);
        }
        let found = adviser.get(&format!("{contact}/person"));
        assert!(found.shows("ANNING, Mary"), "{}", found.body);
        let version = hidden_field(&found.body, "version");
        let choice = [
            ("version", version.as_str()),
            ("person", &anning.to_string()),
        ];
        let recorded = adviser.post(&format!("{contact}/request"), &choice);
        assert_eq!(recorded.status, 303, "{}", recorded.body);
        let request = adviser.get(recorded.location());
        assert!(request.shows("out of the bath") && request.shows("Web form"));
        assert!(request.shows("postcode DT6 3LG"));
        assert!(
            adviser
                .get(&contact)
                .shows("See the request that it became")
        );
        assert!(adviser.get("/contacts").shows("Nobody is waiting"));

        let again = adviser.post(&format!("{contact}/request"), &choice);
        assert_eq!(again.status, 412);
        let stored = site
            .database()
            .read_blocking(move |tx| requests_of_person(tx, anning));
        assert_eq!(stored.unwrap().len(), 1);
    });
}

#[test]
fn a_form_sent_twice_is_one_contact() {
    with_front_door(|site| {
        let mut visitor = site.stranger();
        let first = visitor.post("/ask-for-help", SENT);
        let second = visitor.post_again("/ask-for-help", SENT);
        assert_eq!(first.location(), second.location());
        let other = visitor.post_again("/ask-for-help", &sent_but("words", "Something else"));
        assert_eq!(other.status, 409);
    });
}

#[test]
fn every_mistake_is_told_and_nothing_is_kept() {
    with_front_door(|site| {
        let long = "x".repeat(10_000);
        let wrong: [(&str, &str, &str); 9] = [
            ("about", "", "Select who needs help"),
            ("about", "the king", "Select who needs help"),
            ("words", "", "Enter what you need help with"),
            ("words", &long, "must be 2000 characters or fewer"),
            ("name", "", "Enter your name"),
            (
                "telephone",
                "",
                "Enter a telephone number or an email address",
            ),
            (
                "telephone",
                "<script>alert(1)</script>",
                "Enter a telephone number",
            ),
            ("postcode", "nowhere", "Enter a full postcode"),
            ("company", "Buy now", "Leave this field empty"),
        ];
        let mut visitor = site.stranger();
        for (field, value, message) in wrong {
            let page = visitor.post("/ask-for-help", &sent_but(field, value));
            assert_eq!(page.status, 422, "{field}={}", value.len());
            assert!(page.shows(message), "{message}");
            assert!(!page.body.contains("<script>alert"));
        }
        assert!(
            site.browser("adviser")
                .get("/contacts")
                .shows("Nobody is waiting")
        );
    });
}

#[test]
fn whoever_asks_for_another_without_authority_is_told_what_can_be_said() {
    with_front_door(|site| {
        let mut visitor = site.stranger();
        let for_another = |agreement: &'static str| {
            let mut fields = sent_but("about", "other");
            fields.push(("other", "Joseph Anning"));
            fields.push(("agreement", agreement));
            fields
        };
        let page = visitor.post("/ask-for-help", &for_another(""));
        assert!(page.shows("Select whether they know"));
        for (agreement, answer) in [
            ("agrees", "We may ask them whether they agree"),
            ("not-asked", "We cannot tell you about them"),
            ("refuses", "unless they agree"),
            ("may-decide", "lasting power of attorney"),
        ] {
            let done = visitor.post("/ask-for-help", &for_another(agreement));
            assert_eq!(done.status, 303, "{}", done.body);
            assert!(visitor.get(done.location()).shows(answer), "{agreement}");
        }
    });
}

#[test]
fn a_contact_is_closed_with_a_reason_by_those_who_deal_with_requests() {
    with_front_door(|site| {
        let done = site.stranger().post("/ask-for-help", SENT);
        let contact = done.location().replace("/ask-for-help", "/contacts");
        for role in ["ward", "chief-officer", "governance", "resident", "editor"] {
            for address in ["/contacts", &contact, &format!("{contact}/person")] {
                let answer = site.browser(role).get(address);
                assert!(
                    answer.status == 403 || answer.status == 404,
                    "{role} {address}"
                );
            }
        }
        let mut adviser = site.browser("adviser");
        let version = hidden_field(&adviser.get(&contact).body, "version");
        let close = format!("{contact}/close");
        let none = adviser.post(&close, &[("version", &version), ("why", " ")]);
        assert!(none.shows("Enter why no request is needed"));
        let closed = adviser.post(&close, &[("version", &version), ("why", "Sent twice")]);
        assert_eq!(closed.status, 303);
        assert!(adviser.get(&contact).shows("Sent twice"));
    });
}

#[test]
fn a_resident_who_asks_for_herself_has_a_request_at_once() {
    with_front_door(|site| {
        let anning = person(&site, "Anning");
        let mut resident = site.browser_as(&["resident"], "E06000058", Some(anning));
        let done = resident.post("/ask-for-help", SENT);
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(
            done.location().starts_with("/requests/"),
            "{}",
            done.location()
        );
        assert!(resident.get(done.location()).shows("out of the bath"));
        let stored = site
            .database()
            .read_blocking(move |tx| requests_of_person(tx, anning));
        assert_eq!(stored.unwrap().len(), 1);
    });
}
