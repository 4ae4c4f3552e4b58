//! How long answers are kept, for whom, and how they are found again.

use std::time::Duration;

use stour_advice::content::{Author, SHIPPED, Saving, StepKind, decide, propose, save};
use stour_advice::draft::delete_expired;
use stour_database::{params, sql};
use stour_web::testing::Site;

use crate::house::{answered, begun, page, to_the_check, with_advice};

const DAY: Duration = Duration::from_hours(24);

fn kept(site: &Site) -> i64 {
    site.database()
        .read_blocking(|tx| {
            tx.one(
                sql!("SELECT count(*) FROM advice_draft"),
                params![],
                |row| row.get(0),
            )
        })
        .unwrap()
}

#[test]
fn answers_are_found_again_by_their_code_until_their_day_has_come() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "worried-about-someone");
        answered(&mut anybody, &draft, "now", &[("answer_now", "no")]);
        let code = draft.rsplit('/').next().unwrap();
        let shown = page(&mut anybody, &format!("{draft}/question/who"));
        let groups: Vec<String> = code
            .as_bytes()
            .chunks(4)
            .map(|four| String::from_utf8_lossy(four).into_owned())
            .collect();
        assert!(shown.shows(&groups.join(" ")));
        let found = anybody.post(
            "/advice/return",
            &[("code", &groups.join(" ").to_uppercase())],
        );
        assert_eq!(found.location(), draft);
        assert_eq!(
            anybody.get(&draft).location(),
            format!("{draft}/question/who")
        );
        // A sensitive flow keeps them for one day after the last answer.
        site.clock().advance(DAY);
        assert_eq!(anybody.get(&draft).status, 303);
        answered(&mut anybody, &draft, "who", &[("answer_who", "me")]);
        site.clock().advance(DAY);
        assert_eq!(anybody.get(&draft).status, 303);
        site.clock().advance(DAY);
        assert_eq!(anybody.get(&draft).status, 404);
        let again = anybody.post(
            &format!("{draft}/question/what"),
            &[("answer_what_hurt", "yes")],
        );
        assert_eq!(again.status, 404);
        assert_eq!(kept(site), 1);
        let today = site.environment().today();
        let deleted = site
            .database()
            .write_blocking(move |tx| delete_expired(tx, today))
            .unwrap();
        assert_eq!((deleted, kept(site)), (1, 0));
    });
}

#[test]
fn answers_are_deleted_when_somebody_says_so() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        let done = anybody.post(&format!("{draft}/delete"), &[]);
        assert_eq!(done.location(), "/advice/deleted");
        assert!(page(&mut anybody, "/advice/deleted").shows("We have deleted your answers"));
        assert_eq!(kept(site), 0);
        assert_eq!(anybody.get(&format!("{draft}/check")).status, 404);
        // Deleting again, or what never was, is no mistake.
        assert_eq!(
            anybody.post(&format!("{draft}/delete"), &[]).location(),
            "/advice/deleted"
        );
    });
}

#[test]
fn a_form_sent_twice_begins_one_draft_and_two_windows_lose_nothing() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let first = anybody.post("/advice/carer/start", &[]);
        let second = anybody.post_again("/advice/carer/start", &[]);
        assert_eq!(first.location(), second.location());
        assert_eq!(kept(site), 1);
        let draft = first
            .location()
            .trim_end_matches("/question/now")
            .to_owned();
        answered(&mut anybody, &draft, "now", &[("answer_now", "safe")]);
        answered(&mut anybody, &draft, "cares", &[("answer_cares", "adult")]);
        // A window that still shows the first question sends it again.
        answered(&mut anybody, &draft, "now", &[("answer_now", "safe")]);
        assert_eq!(
            anybody.get(&draft).location(),
            format!("{draft}/question/paid")
        );
    });
}

#[test]
fn a_resident_who_is_signed_in_sees_own_answers_and_nobody_elses() {
    with_advice(|site| {
        let mut one = site.browser_as(&["resident"], "E06000058", None);
        let draft = begun(&mut one, "carer");
        assert!(page(&mut one, "/advice").shows(&format!("href=\"{draft}\"")));
        let mut other = site.browser_as(&["resident"], "E06000058", None);
        assert!(!page(&mut other, "/advice").shows(&draft));
        let mut stranger = site.stranger();
        assert!(!page(&mut stranger, "/advice").shows(&draft));
        // What staff fill in for somebody is not theirs.
        let mut adviser = site.browser("adviser");
        // Another form first, since every browser of the tests numbers its forms from one.
        adviser.post("/advice/return", &[("code", "none")]);
        let done = adviser.post("/advice/carer/all", &[("answer_now", "safe")]);
        assert_eq!(done.status, 303);
        assert!(!page(&mut adviser, "/advice").shows("Your answers"));
    });
}

fn publish(site: &Site, text: String) {
    let environment = site.environment().clone();
    let by = |name: &str| Author {
        user: None,
        name: name.to_owned(),
        organisation: "QVV".parse().unwrap(),
    };
    let (one, other) = (by("One"), by("Another"));
    site.database()
        .write_blocking(move |tx| {
            let number = save(
                tx,
                &environment,
                ("care-and-support", 1),
                (&Saving::Text(text.clone()), "Other answers"),
                &one,
            )?;
            propose(tx, &environment, ("care-and-support", number), &one)?;
            decide(
                tx,
                &environment,
                ("care-and-support", number),
                (StepKind::Published, ""),
                &other,
            )
        })
        .unwrap();
}

#[test]
fn answers_to_an_earlier_version_are_carried_over_and_what_does_not_fit_is_named() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        let text = SHIPPED
            .iter()
            .find(|one| one.id == "care-and-support")
            .unwrap()
            .text;
        // The answer "food" is called otherwise from now on.
        let text = text.replace("id = \"food\"", "id = \"meals\"");
        publish(site, text.replace("(food, washing", "(meals, washing"));
        let changed = page(&mut anybody, &draft);
        assert!(
            changed.shows("Some questions have changed")
                && changed.shows("Which of these are hard for you?"),
            "{}",
            changed.body
        );
        assert!(changed.shows(&format!("{draft}/question/care")));
        assert_eq!(
            anybody.get(&format!("{draft}/outcome")).location(),
            format!("{draft}/question/care")
        );
        let to = answered(
            &mut anybody,
            &draft,
            "care",
            &[("answer_care_meals", "yes"), ("answer_care_washing", "yes")],
        );
        // Everything after it was kept.
        assert_eq!(to, format!("{draft}/question/home"));
        let outcome = page(&mut anybody, &format!("{draft}/outcome"));
        assert!(outcome.shows("You may well have a right"));
        assert_eq!(anybody.get(&draft).location(), format!("{draft}/check"));
    });
}
