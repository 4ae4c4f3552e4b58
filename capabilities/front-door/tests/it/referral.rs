use stour_front_door::{accept, waiting_referrals};

use crate::house::{TYPED, hidden_field, person, with_front_door};

const REASON: &str = "To bathe on her own again";

#[test]
fn a_request_is_referred_to_reablement_and_the_adviser_sees_what_happens_next() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let request = adviser.post(&format!("/people/{person}/requests/new"), TYPED);
        let request = request.location().to_owned();
        let address = format!("{request}/referrals/new");
        let form = adviser.get(&address);
        assert_eq!(form.status, 200);
        for text in [
            "ANNING, Mary",
            "Refer to reablement",
            "She fell in the bath",
            "demonstration",
        ] {
            assert!(form.shows(text), "{text} in {}", form.body);
        }
        let version = hidden_field(&form.body, "version");
        let empty = [("version", version.as_str()), ("service", "reablement")];
        let mistakes = adviser.post(&address, &empty);
        assert_eq!(mistakes.status, 422);
        assert!(mistakes.shows("Enter the reason"));
        assert!(mistakes.shows("Select how soon"));

        let fields = [
            ("version", version.as_str()),
            ("service", "reablement"),
            ("urgency", "within-2-days"),
            ("reason", REASON),
        ];
        let made = adviser.post(&address, &fields);
        assert_eq!(made.location(), request);
        let stale = adviser.post(&address, &fields);
        assert_eq!(stale.status, 412);
        let page = adviser.get(&request);
        assert!(page.shows("Waiting"));
        assert!(page.shows("A service is considering this request"));

        let waiting = site
            .database()
            .read_blocking(|tx| waiting_referrals(tx, "reablement"))
            .unwrap();
        assert_eq!(waiting.len(), 1);
        let (id, seen) = (waiting[0].id, waiting[0].version);
        let shown = adviser.get(&format!("/referrals/{id}"));
        assert_eq!(shown.status, 200);
        assert!(shown.shows(REASON));
        assert!(shown.shows("Dorset HealthCare"));
        assert!(shown.shows("Withdraw this referral"));

        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| accept(tx, &environment, id, seen, "A Worker"))
            .unwrap();
        let page = adviser.get(&request);
        assert!(page.shows("Accepted"));
        assert!(page.shows("Progress to reablement/ST-Max"));
        assert!(
            !adviser
                .get(&format!("/referrals/{id}"))
                .shows("Withdraw this referral")
        );
    });
}

#[test]
fn a_referral_is_withdrawn_with_a_reason_and_the_request_is_open_again() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let request = adviser.post(&format!("/people/{person}/requests/new"), TYPED);
        let request = request.location().to_owned();
        let fields = [
            ("version", "\"1\""),
            ("service", "reablement"),
            ("urgency", "today"),
            ("reason", REASON),
        ];
        adviser.post(&format!("{request}/referrals/new"), &fields);
        let waiting = site
            .database()
            .read_blocking(|tx| waiting_referrals(tx, "reablement"))
            .unwrap();
        let address = format!("/referrals/{}/withdraw", waiting[0].id);
        let silent = adviser.post(&address, &[("version", "\"1\""), ("reason", " ")]);
        assert_eq!(silent.status, 422);
        let done = adviser.post(
            &address,
            &[("version", "\"1\""), ("reason", "She moved away")],
        );
        assert_eq!(done.status, 303);
        let page = adviser.get(&request);
        assert!(page.shows("Withdrawn"));
        assert!(page.shows("She moved away"));
        assert!(page.shows("Refer to reablement"));
        let again = adviser.post(&address, &[("version", "\"2\""), ("reason", "Again")]);
        assert_eq!(again.status, 409);
        assert!(again.shows("already been answered"));
    });
}
