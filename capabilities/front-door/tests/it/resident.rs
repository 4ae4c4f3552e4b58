use crate::house::{TYPED, person, with_front_door};

#[test]
fn a_resident_sees_their_own_requests_and_what_happened_next() {
    with_front_door(|site| {
        let own = person(&site, "Anning");
        let other = person(&site, "Hardy");
        let mut adviser = site.browser("adviser");
        let asked = adviser.post(&format!("/people/{own}/requests/new"), TYPED);
        let asked = asked.location().to_owned();
        let others = adviser.post(&format!("/people/{other}/requests/new"), TYPED);
        let fields = [
            ("version", "\"1\""),
            ("service", "reablement"),
            ("urgency", "today"),
            ("reason", "To bathe"),
        ];
        adviser.post(&format!("{asked}/referrals/new"), &fields);

        let mut resident = site.browser_as(&["resident"], "E06000058", Some(own));
        let page = resident.get("/my-requests");
        assert_eq!(page.status, 200);
        for text in [
            "What you asked for",
            "Asked on 24 November 2026",
            "She fell in the bath",
            "Passed on",
            "Reablement: asked on 24 November 2026 at 9:00am, waiting for an answer.",
        ] {
            assert!(page.shows(text), "{text} in {}", page.body);
        }
        let shown = resident.get(&asked);
        assert_eq!(shown.status, 200);
        assert!(!shown.shows("Her son"), "who asked in confidence");
        assert!(!shown.shows("<form method=\"post\" action=\"/requests"));
        let api = resident.get_json(&format!("/api{asked}"));
        assert_eq!(api["asker"], "");
        assert_eq!(resident.get(others.location()).status, 404);
        assert_eq!(resident.get("/requests").status, 403);
        assert_eq!(
            resident.get(&format!("/people/{own}/requests/new")).status,
            404
        );
        let conclude = [("version", "\"2\""), ("outcome", "nfa-other")];
        assert_eq!(
            resident
                .post(&format!("{asked}/conclude"), &conclude)
                .status,
            404
        );
    });
}

#[test]
fn a_resident_who_asked_for_nothing_is_told_so() {
    with_front_door(|site| {
        let own = person(&site, "Anning");
        let page = site
            .browser_as(&["resident"], "E06000058", Some(own))
            .get("/my-requests");
        assert_eq!(page.status, 200);
        assert!(page.shows("Nobody has recorded a request for you yet"));
        let staff = site.browser("adviser").get("/my-requests");
        assert_eq!(staff.status, 403);
        assert!(staff.shows("linked to their own record"));
    });
}

#[test]
fn what_was_asked_under_a_record_since_merged_is_still_theirs() {
    with_front_door(|site| {
        let (own, survivor) = (person(&site, "Anning"), person(&site, "Hardy"));
        let mut adviser = site.browser("adviser");
        let asked = adviser.post(&format!("/people/{own}/requests/new"), TYPED);
        let asked = asked.location().to_owned();
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                let mut seen = |person| stour_people::version_of(tx, person).unwrap().unwrap();
                let (one, other) = ((survivor, seen(survivor)), (own, seen(own)));
                stour_people::merge(tx, &environment, one, other, "One person", "A test")
            })
            .unwrap();
        let list = adviser.get("/requests");
        assert!(
            list.shows("HARDY, Mary") && list.shows(&asked),
            "{}",
            list.body
        );
        assert!(adviser.get(&asked).shows("HARDY, Mary"));
        for account in [own, survivor] {
            let mut resident = site.browser_as(&["resident"], "E06000058", Some(account));
            assert!(resident.get("/my-requests").shows("She fell in the bath"));
            assert_eq!(resident.get(&asked).status, 200);
        }
    });
}
