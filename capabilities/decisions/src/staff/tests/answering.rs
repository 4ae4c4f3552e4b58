//! Who may say that a promise was kept, and by what.

use super::{ANSWER, each};
use crate::testing::{put, shipped};

const ACCEPTED: [(&str, &str); 4] = [
    ("version", "2"),
    ("on-day", "24"),
    ("on-month", "11"),
    ("on-year", "2026"),
];

/// The day of acceptance as the form of the register asks for it.
const ACCEPTED_ON: [(&str, &str); 3] = [
    ("accepted-day", "23"),
    ("accepted-month", "11"),
    ("accepted-year", "2026"),
];

#[test]
fn whoever_answered_does_not_say_that_the_answer_was_accepted() {
    each(|site| {
        shipped(&site);
        let answer = "/decisions/commitments/1/answer";
        let accept = "/decisions/commitments/1/accept";
        // Somebody who keeps the record and answers by its form.
        let mut clerk = site.browser("democratic-services");
        let form = [
            ("text", "To review the programme"),
            ("committee", "2"),
            ("state", "answered"),
            ("answer", "A review was held and published."),
            ("evidence", "https://example.org/review"),
            ("answered-day", "20"),
            ("answered-month", "11"),
            ("answered-year", "2026"),
            ("published-day", "1"),
            ("published-month", "11"),
            ("published-year", "2026"),
            ("base-version", "1"),
            ("why-changed", "Answered"),
        ];
        let saved = clerk.post("/decisions/registers/commitment/1/edit", &form);
        assert_eq!(saved.status, 303, "{}", saved.body);
        let refused = clerk.post(accept, &ACCEPTED);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.shows("You gave this answer"), "{}", refused.body);
        let mut itself = form;
        itself[2].1 = "accepted";
        itself[11].1 = "2";
        let by_form = [&itself[..], &ACCEPTED_ON].concat();
        let refused = clerk.post("/decisions/registers/commitment/1/edit", &by_form);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.shows("You gave this answer"), "{}", refused.body);
        // It may be sent back by the same, and answered by somebody else.
        let why = [("version", "2"), ("why", "It was not what was asked")];
        let back = clerk.post("/decisions/commitments/1/send-back", &why);
        assert_eq!(back.status, 303, "{}", back.body);
        let mut again = ANSWER;
        again[0].1 = "3";
        let mut manager = site.browser("programme-manager");
        assert_eq!(manager.post(answer, &again).location(), answer);
        let mut later = ACCEPTED;
        later[0].1 = "4";
        let done = clerk.post(accept, &later);
        assert_eq!(done.location(), answer, "{}", done.body);
    });
}

#[test]
fn the_form_of_the_register_keeps_the_rules_of_a_commitment() {
    each(|site| {
        shipped(&site);
        let mut clerk = site.browser("democratic-services");
        let leap = [
            ("text", "To review the programme"),
            ("committee", "2"),
            ("state", "accepted"),
            ("answer", "A review was held and published."),
            ("evidence", "/decisions/items/99"),
            ("answered-day", "25"),
            ("answered-month", "11"),
            ("answered-year", "2026"),
            ("accepted-day", "24"),
            ("accepted-month", "11"),
            ("accepted-year", "2026"),
            ("base-version", "1"),
            ("why-changed", "Done"),
        ];
        let refused = clerk.post("/decisions/registers/commitment/1/edit", &leap);
        assert_eq!(refused.status, 422, "{}", refused.body);
        for part in [
            "Record the answer first",
            "Nobody outside can read that page",
            "That day is still to come",
            "It cannot be accepted before it was answered",
        ] {
            assert!(refused.shows(part), "{part}: {}", refused.body);
        }
    });
}

#[test]
fn a_page_of_the_record_shows_an_answer_while_the_public_can_read_it() {
    each(|site| {
        shipped(&site);
        put(
            &site,
            r#"
            [[meeting]]
            number = 50
            called = "A draft"
            committee = 2
            status = "held"
            "#,
        );
        let address = "/decisions/commitments/1/answer";
        let mut manager = site.browser("programme-manager");
        let mut hidden = ANSWER;
        hidden[2].1 = "/decisions/meetings/50";
        let refused = manager.post(address, &hidden);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.shows("Nobody outside can read that page"));
        let mut shown = ANSWER;
        shown[2].1 = "/decisions/meetings/6";
        assert_eq!(manager.post(address, &shown).location(), address);
        let page = site.stranger().get("/decisions/commitments/1");
        assert!(
            page.shows("href=\"/decisions/meetings/6\""),
            "{}",
            page.body
        );
    });
}

#[test]
fn a_file_keeps_the_rules_of_a_commitment() {
    each(|site| {
        let text = |state: &str| {
            format!(
                r#"
                scope = "decisions"
                organisation = "E06000058"
                why = "Test"
                [[committee]]
                number = 1
                name = "Cabinet"
                body = "A council"
                sort = "executive"
                [[commitment]]
                number = 1
                text = "A review"
                committee = 1
                {state}
                "#
            )
        };
        let load = |state: &str| {
            let (environment, text) = (site.environment().clone(), text(state));
            site.database()
                .write_blocking(move |tx| crate::load_text(tx, &environment, &text))
        };
        let hidden = load(
            "state = \"answered\"\nanswer = \"Done\"\nanswered = \"2026-11-20\"\nevidence = \"/decisions/items/9\"",
        );
        let refused = hidden.unwrap_err().to_string();
        assert!(refused.contains("Nobody outside"), "{refused}");
        load("state = \"open\"").unwrap();
        let accepted = load(
            "state = \"accepted\"\nanswer = \"Done\"\nanswered = \"2026-11-20\"\naccepted = \"2026-11-21\"\nevidence = \"https://example.org/\"",
        );
        let refused = accepted.unwrap_err().to_string();
        assert!(refused.contains("Record the answer first"), "{refused}");
    });
}
