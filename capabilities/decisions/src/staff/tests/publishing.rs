//! What is refused and what is left alone when something is published.

use super::each;
use crate::testing::put;

const HANGING: &str = r#"
    [[committee]]
    number = 1
    name = "Cabinet"
    body = "A council"
    sort = "executive"
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
    [[agenda-item]]
    number = 2
    meeting = 1
    title = "To be told later"
    state = "considered"
    published = "2026-12-01"
    [[key-decision]]
    number = 1
    matter = "A second contract"
    committee = 1
    exception = "none"
    state = "planned"
    published = "2026-12-02"
"#;

#[test]
fn what_would_stay_hidden_is_not_published_and_says_what_comes_first() {
    each(|site| {
        put(&site, HANGING);
        let mut clerk = site.browser("democratic-services");
        let refused = clerk.post("/decisions/work/publish", &[("meeting", "1")]);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.shows("publish C1 first"), "{}", refused.body);
        let committee = [("kind", "committee"), ("number", "1")];
        assert_eq!(
            clerk.post("/decisions/work/publish", &committee).location(),
            "/decisions/work?published=1"
        );
        assert_eq!(
            clerk
                .post("/decisions/work/publish", &[("meeting", "1")])
                .location(),
            "/decisions/work?published=2"
        );
        assert_eq!(site.stranger().get("/decisions/items/1").status, 200);
    });
}

#[test]
fn a_day_that_somebody_has_set_stays() {
    each(|site| {
        put(&site, HANGING);
        let mut clerk = site.browser("democratic-services");
        let committee = [("kind", "committee"), ("number", "1")];
        clerk.post("/decisions/work/publish", &committee);
        let work = clerk.get("/decisions/work");
        assert!(
            work.shows("Publish this meeting and what hangs on it (2)")
                && work.shows("from 1 December 2026"),
            "{}",
            work.body
        );
        clerk.post("/decisions/work/publish", &[("meeting", "1")]);
        let planned = [("kind", "key-decision"), ("number", "1")];
        assert_eq!(
            clerk.post("/decisions/work/publish", &planned).location(),
            "/decisions/work?published=0"
        );
        let mut visitor = site.stranger();
        assert_eq!(visitor.get("/decisions/items/2").status, 404);
        assert_eq!(visitor.get("/decisions/forward-plan/1").status, 404);
        let work = clerk.get("/decisions/work");
        assert!(
            work.shows("from 1 December 2026") && work.shows("from 2 December 2026"),
            "{}",
            work.body
        );
    });
}
