use stour_web::testing::{Site, each_house};

use crate::capability;
use crate::testing::{put, shipped};

mod answering;
mod publishing;

fn each(test: impl Fn(Site)) {
    each_house(|| vec![capability()], test);
}

const DRAFT: &str = r#"
    [[committee]]
    number = 1
    name = "Cabinet"
    body = "A council"
    sort = "executive"
    members = 9
    published = "2026-11-01"
    [[meeting]]
    number = 1
    called = "Cabinet, 18 November 2026"
    committee = 1
    date = "2026-11-18"
    status = "held"
    [[agenda-item]]
    number = 1
    meeting = 1
    title = "A contract"
    state = "considered"
    [[resolution]]
    number = 1
    item = 1
    verb = "approves"
    text = "Approved the contract."
    [[key-decision]]
    number = 1
    matter = "A second contract"
    committee = 1
    exception = "none"
    state = "planned"
"#;

#[test]
fn a_meeting_is_published_with_all_that_hangs_on_it() {
    each(|site| {
        put(&site, DRAFT);
        let mut visitor = site.stranger();
        assert_eq!(visitor.get("/decisions/meetings/1").status, 404);
        let mut clerk = site.browser("democratic-services");
        let work = clerk.get("/decisions/work");
        assert!(
            work.shows("Publish this meeting and what hangs on it (3)"),
            "{}",
            work.body
        );
        assert!(work.shows("Key decision K1: A second contract"));
        let done = clerk.post("/decisions/work/publish", &[("meeting", "1")]);
        assert_eq!(done.location(), "/decisions/work?published=3");
        assert!(visitor.get("/decisions/meetings/1").shows("A contract"));
        assert_eq!(visitor.get("/decisions/resolutions/1").status, 200);
        assert_eq!(visitor.get("/decisions/forward-plan/1").status, 404);
        let one = [("kind", "key-decision"), ("number", "1")];
        assert_eq!(
            clerk.post("/decisions/work/publish", &one).location(),
            "/decisions/work?published=1"
        );
        assert_eq!(visitor.get("/decisions/forward-plan/1").status, 200);
        assert!(
            clerk
                .get("/decisions/work")
                .shows("Everything in the record is published")
        );
        assert_eq!(
            clerk
                .post("/decisions/work/publish", &[("meeting", "x")])
                .status,
            400
        );
    });
}

#[test]
fn only_those_who_keep_the_record_publish_and_only_some_read_drafts() {
    each(|site| {
        put(&site, DRAFT);
        let publish = [("meeting", "1")];
        for (role, reads) in [
            ("programme-manager", true),
            ("chief-officer", true),
            ("ward", false),
            ("resident", false),
        ] {
            let mut browser = site.browser(role);
            assert_eq!(
                browser.post("/decisions/work/publish", &publish).status,
                403,
                "{role}"
            );
            let work = browser.get("/decisions/work");
            assert_eq!(work.status == 200, reads, "{role}");
            assert!(!work.shows("Publish this meeting"), "{role}");
            assert_eq!(
                browser.get("/decisions/registers/meeting").status == 200,
                reads,
                "{role}"
            );
        }
        assert_ne!(site.stranger().get("/decisions/work").status, 200);
        assert_eq!(site.stranger().get("/decisions/meetings/1").status, 404);
    });
}

#[test]
fn what_breaks_a_rule_is_not_published() {
    each(|site| {
        put(&site, DRAFT);
        put(
            &site,
            r#"
            [[vote]]
            number = 1
            item = 1
            on = "The contract"
            method = "show-of-hands"
            for = 6
            against = 3
            result = "carried"
            "#,
        );
        let mut clerk = site.browser("democratic-services");
        // There turn out to be fewer members than votes.
        let fewer = [
            ("name", "Cabinet"),
            ("body", "A council"),
            ("sort", "executive"),
            ("members", "7"),
            ("published-day", "1"),
            ("published-month", "11"),
            ("published-year", "2026"),
            ("base-version", "1"),
            ("why-changed", "Two seats are empty"),
        ];
        let changed = clerk.post("/decisions/registers/committee/1/edit", &fewer);
        assert_eq!(changed.status, 303, "{}", changed.body);
        let refused = clerk.post("/decisions/work/publish", &[("meeting", "1")]);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(
            refused.shows("vote V1 has to be put right first"),
            "{}",
            refused.body
        );
        assert!(refused.shows("9 votes were counted, and only 7 members could vote"));
        assert_eq!(
            site.stranger().get("/decisions/meetings/1").status,
            404,
            "nothing was published"
        );
    });
}

#[test]
fn a_clerk_is_told_of_a_vote_with_more_votes_than_members() {
    each(|site| {
        put(&site, DRAFT);
        let mut clerk = site.browser("democratic-services");
        let vote = [
            ("item", "1"),
            ("on", "The contract"),
            ("method", "show-of-hands"),
            ("for", "8"),
            ("against", "2"),
            ("result", "carried"),
        ];
        let refused = clerk.post("/decisions/registers/vote/new", &vote);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.shows("10 votes were counted, and only 9 members could vote"));
        assert!(refused.shows("value=\"8\""), "what was typed is kept");
        let right = [
            ("item", "1"),
            ("on", "The contract"),
            ("method", "show-of-hands"),
            ("for", "7"),
            ("against", "2"),
            ("result", "carried"),
        ];
        assert_eq!(
            clerk.post("/decisions/registers/vote/new", &right).status,
            303
        );
        let mut manager = site.browser("programme-manager");
        assert_eq!(
            manager.post("/decisions/registers/vote/new", &right).status,
            403
        );
    });
}

const ANSWER: [(&str, &str); 6] = [
    ("version", "1"),
    ("answer", "A review was held and published."),
    ("evidence", "https://example.org/review"),
    ("on-day", "20"),
    ("on-month", "11"),
    ("on-year", "2026"),
];

#[test]
fn a_promise_is_answered_sent_back_answered_again_and_accepted() {
    each(|site| {
        shipped(&site);
        let address = "/decisions/commitments/1/answer";
        let mut manager = site.browser("programme-manager");
        assert!(manager.get(address).shows("What came of it?"));
        let done = manager.post(address, &ANSWER);
        assert_eq!(done.location(), address, "{}", done.body);
        let mut visitor = site.stranger();
        let page = visitor.get("/decisions/commitments/1");
        assert!(
            page.shows("A review was held and published.") && page.shows("477 days late"),
            "{}",
            page.body
        );
        // Who carries a promise out does not say whether that is enough.
        assert!(!manager.get(address).shows("Record that it was accepted"));
        let accepted = [
            ("version", "2"),
            ("on-day", "23"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("at", "6"),
        ];
        let accept = "/decisions/commitments/1/accept";
        assert_eq!(manager.post(accept, &accepted).status, 403);
        let mut clerk = site.browser("democratic-services");
        let why = [("version", "2"), ("why", "It says nothing of costs")];
        let back = clerk.post("/decisions/commitments/1/send-back", &why);
        assert_eq!(back.location(), address, "{}", back.body);
        assert!(
            visitor
                .get("/decisions/commitments/1")
                .shows("No published answer was seen. It was due")
        );
        let mut again = ANSWER;
        again[0].1 = "3";
        assert_eq!(manager.post(address, &again).location(), address);
        let mut late = accepted;
        late[0].1 = "4";
        let done = clerk.post(accept, &late);
        assert_eq!(done.location(), address, "{}", done.body);
        let page = visitor.get("/decisions/commitments/1");
        assert!(
            page.shows("23 November 2026") && page.shows("Accepted"),
            "{}",
            page.body
        );
        let history = clerk.get("/decisions/registers/commitment/1");
        assert!(
            history.shows("It says nothing of costs"),
            "{}",
            history.body
        );
    });
}

#[test]
fn an_answer_with_mistakes_changes_nothing_and_keeps_what_was_typed() {
    each(|site| {
        shipped(&site);
        let address = "/decisions/commitments/1/answer";
        let mut manager = site.browser("programme-manager");
        let wrong = [
            ("version", "1"),
            ("answer", "We did it."),
            ("evidence", "Ask anybody"),
            ("on-day", "25"),
            ("on-month", "11"),
            ("on-year", "2026"),
        ];
        let page = manager.post(address, &wrong);
        assert_eq!(page.status, 422, "{}", page.body);
        for part in [
            "Give the address of something published",
            "That day is still to come",
            "We did it.",
            "Ask anybody",
        ] {
            assert!(page.shows(part), "{part}: {}", page.body);
        }
        assert!(
            site.stranger()
                .get("/decisions/commitments/1")
                .shows("No published answer was seen. It was due")
        );
        // Of two who answer one promise, the second is told.
        assert_eq!(manager.post(address, &ANSWER).status, 303);
        assert_eq!(
            site.browser("chief-officer").post(address, &ANSWER).status,
            409
        );
        let empty = site
            .browser("democratic-services")
            .post("/decisions/commitments/1/send-back", &[("version", "2")]);
        assert_eq!(empty.status, 422);
        assert_eq!(site.browser("ward").post(address, &ANSWER).status, 403);
    });
}

#[test]
fn loading_again_changes_nothing_and_leaves_what_people_did() {
    each(|site| {
        shipped(&site);
        let mut manager = site.browser("programme-manager");
        assert_eq!(
            manager
                .post("/decisions/commitments/1/answer", &ANSWER)
                .status,
            303
        );
        let environment = site.environment().clone();
        let again = site
            .database()
            .write_blocking(move |tx| crate::load_shipped(tx, &environment));
        let again = again.unwrap();
        assert_eq!((again.added, again.changed), (0, 0), "{again:?}");
        assert!(
            site.stranger()
                .get("/decisions/commitments/1")
                .shows("A review was held")
        );
    });
}
