use crate::house::{TYPED, hidden_person, person, with_front_door};

#[test]
fn only_those_who_work_the_front_door_may_record_and_read() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let form = format!("/people/{person}/requests/new");
        let request = site.browser("adviser").post(&form, TYPED);
        let request = request.location().to_owned();
        let referral = format!("{request}/referrals/new");
        for role in ["adviser", "practitioner", "community", "transfer-hub"] {
            let mut browser = site.browser(role);
            for address in [&form, &request, &referral, "/requests"] {
                assert_eq!(browser.get(address).status, 200, "{role} {address}");
            }
            assert_eq!(browser.post(&form, TYPED).status, 303, "{role}");
        }
        let outside = [
            "ward",
            "chief-officer",
            "analyst",
            "service-manager",
            "governance",
            "administrator",
            "integration",
            "resident",
        ];
        for role in outside {
            let mut browser = site.browser(role);
            for address in [&form, &request, &referral] {
                assert_eq!(browser.get(address).status, 404, "{role} {address}");
            }
            assert_eq!(browser.get("/requests").status, 403, "{role}");
            assert_eq!(browser.post(&form, TYPED).status, 404, "{role}");
            let conclude = [("version", "\"1\""), ("outcome", "nfa-other")];
            let refused = browser.post(&format!("{request}/conclude"), &conclude);
            assert_eq!(refused.status, 404, "{role}");
        }
        let mut stranger = site.stranger();
        for address in [&form, &request, "/requests", "/my-requests"] {
            assert_ne!(stranger.get(address).status, 200, "{address}");
        }
    });
}

#[test]
fn a_hidden_person_and_what_was_asked_for_them_answer_as_if_absent() {
    with_front_door(|site| {
        let hidden = hidden_person(&site, "Hardy");
        let absent: stour_kernel::PersonId = site.environment().id();
        let cleared = &["adviser", "restricted-records"];
        let mut cleared = site.browser_as(cleared, "E06000058", None);
        let done = cleared.post(&format!("/people/{hidden}/requests/new"), TYPED);
        assert_eq!(done.status, 303, "{}", done.body);
        let request = done.location().to_owned();
        assert_eq!(cleared.get(&request).status, 200);

        let mut adviser = site.browser("adviser");
        let bytes = |answer: stour_web::testing::Answer| (answer.status, answer.body);
        let pairs = [
            (
                format!("/people/{hidden}/requests/new"),
                format!("/people/{absent}/requests/new"),
            ),
            (
                format!("/people/{hidden}/requests"),
                format!("/people/{absent}/requests"),
            ),
            (request.clone(), format!("/requests/{absent}")),
            (
                format!("{request}/referrals/new"),
                format!("/requests/{absent}/referrals/new"),
            ),
        ];
        for (there, nowhere) in pairs {
            let (hidden, absent) = (adviser.get(&there), adviser.get(&nowhere));
            assert_eq!(hidden.status, 404);
            assert_eq!(bytes(hidden), bytes(absent), "{there}");
        }
        let hidden = adviser.post(&format!("/people/{hidden}/requests/new"), TYPED);
        let absent = adviser.post(&format!("/people/{absent}/requests/new"), TYPED);
        assert_eq!(bytes(hidden), bytes(absent));
        assert!(!adviser.get("/requests").shows("HARDY"));
        assert!(cleared.get("/requests").shows("HARDY"));
    });
}
