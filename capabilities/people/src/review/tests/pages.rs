//! One pair in the browser.

use axum::http::{Method, StatusCode};
use stour_web::testing::{Answer, Browser, each_house};

use super::{Filled, Pair, capabilities, pair, pair_of};

fn look(browser: &mut Browser<'_>, pair: &Pair) -> Answer {
    let page = browser.get(&pair.address());
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page
}

#[test]
fn both_sides_stand_beside_each_other_and_every_look_is_written_down() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let mut records = site.browser("records");
        let page = look(&mut records, &pair);
        for text in [
            "Are these two records one person’s?",
            "the records agree too much to be ignored and too little to be joined",
            "Different: Given names",
            "<mark>Marie</mark>",
            "<mark>Mary</mark>",
            "University Hospitals Dorset",
            "24 November 2026",
            "What the model says",
            "Date of birth speaks most for one person, nothing against",
            "89.6%",
            "Ask for a second opinion",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        assert!(
            !page.shows("<details open") && page.shows("<details"),
            "the model’s view is folded"
        );
        for person in [pair.person, pair.candidate] {
            let looks = site
                .browser("governance")
                .get(&format!("/people/{person}/who-has-looked"));
            assert!(
                looks.shows("Compared the record with another"),
                "{}",
                looks.body
            );
        }
    });
}

#[test]
fn an_answer_leads_to_the_next_pair_and_is_kept() {
    each_house(capabilities, |site| {
        let (first, second) = (pair(&site), pair_of(&site, "Jones", [false, false]));
        let mut records = site.browser("records");
        let page = look(&mut records, &first);
        let filled = Filled::on(&page, "same", "same-mistyped").with("note", "Heard wrongly");
        let done = records.post(&first.address(), &filled.fields());
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let next = records.get(done.location());
        assert_eq!(
            next.location(),
            format!(
                "{}?answered={}&became=joined",
                second.address(),
                first.review
            )
        );
        let shown = records.get(next.location());
        assert!(shown.shows("The two records are now joined."));
        assert!(shown.shows("Your answer is kept") && shown.shows(&first.address()));
        let closed = records.get(&first.address());
        for text in [
            "These two records are joined",
            "what differs was mistyped. Heard wrongly",
            "/merges",
        ] {
            assert!(closed.shows(text), "{text}: {}", closed.body);
        }
        assert!(!closed.shows("Save and go on"));
        let again = records.post_again(&first.address(), &filled.fields());
        assert_eq!(again.location(), done.location(), "sent twice, done once");
        let last = look(&mut records, &second);
        let filled = Filled::on(&last, "different", "different-relatives");
        let done = records.post(&second.address(), &filled.fields());
        let queue = records.get(done.location());
        assert_eq!(
            queue.location(),
            format!("/reviews?answered={}&became=apart", second.review)
        );
        let queue = records.get(queue.location());
        assert!(queue.shows("Nothing waits") && queue.shows("The two records stay apart."));
        let looks = site
            .browser("governance")
            .get(&format!("/people/{}/who-has-looked", first.candidate));
        assert!(
            looks.shows("Joined the record with another"),
            "{}",
            looks.body
        );
    });
}

#[test]
fn a_second_opinion_is_given_without_seeing_the_first() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let mut first = site.browser("records");
        let page = look(&mut first, &pair);
        let filled = Filled::on(&page, "same", "same-other")
            .with("note", "A secret view")
            .with("second", "yes");
        let sent = first.post(&pair.address(), &filled.fields());
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let next = first.get(sent.location());
        assert!(
            first
                .get(next.location())
                .shows("The pair waits for a second opinion.")
        );
        let own = look(&mut first, &pair);
        assert!(own.shows("A secret view") && own.shows("must be somebody else’s"));
        assert!(!own.shows("Save and go on"));
        assert!(first.get("/reviews").shows("Not by you"));
        assert_eq!(first.get("/reviews/next").location(), "/reviews");
        let mut second = site.browser("records");
        let blind = look(&mut second, &pair);
        assert!(
            !blind.shows("A secret view") && !blind.shows("Test records-0"),
            "{}",
            blind.body
        );
        assert!(blind.shows("Somebody has answered") && !blind.shows("Ask for a second opinion"));
        let filled = Filled::on(&blind, "same", "same-moved");
        second.post(&pair.address(), &filled.fields());
        let closed = look(&mut second, &pair);
        assert!(closed.shows("A secret view") && closed.shows("they moved"));
    });
}

#[test]
fn of_answers_that_differ_everybody_is_told_that_a_third_decides() {
    const THIRD: &str = "Two people have answered, and they differ: a third person must decide";
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let [mut first, mut second, mut third] = [(); 3].map(|()| site.browser("records"));
        let page = look(&mut first, &pair);
        let filled = Filled::on(&page, "same", "same-moved").with("second", "yes");
        first.post(&pair.address(), &filled.fields());
        assert!(!first.get("/reviews").shows("Answers differ"));
        let page = look(&mut second, &pair);
        assert!(page.shows("Second opinion wanted") && !page.shows(THIRD));
        let filled = Filled::on(&page, "different", "different-twins");
        let sent = second.post(&pair.address(), &filled.fields());
        let next = second.get(sent.location());
        assert!(
            second
                .get(next.location())
                .shows("the pair waits for a third person")
        );
        for browser in [&mut first, &mut second] {
            let page = look(browser, &pair);
            assert!(page.shows("Answers differ</strong>") && page.shows(THIRD));
            for false_now in [
                "Second opinion wanted",
                "when you have given yours",
                "must be somebody else’s",
            ] {
                assert!(!page.shows(false_now), "{false_now}: {}", page.body);
            }
            assert!(browser.get("/reviews").shows("Answers differ</strong>"));
        }
        let page = look(&mut third, &pair);
        assert!(page.shows("yours decides") && page.shows("Answers differ</strong>"));
        let filled = Filled::on(&page, "different", "different-twins");
        let done = third.post(&pair.address(), &filled.fields());
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let closed = look(&mut first, &pair);
        assert!(closed.shows("Two people") && !closed.shows(THIRD));
    });
}

#[test]
fn what_is_wrong_with_an_answer_is_told_and_nothing_is_kept() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let mut records = site.browser("records");
        let page = look(&mut records, &pair);
        let filled = Filled::on(&page, "same", "same-moved");
        let long = "x".repeat(1_001);
        for (name, value, message) in [
            ("answer", "", "Choose an answer"),
            ("answer", "maybe", "Choose an answer"),
            ("reason-same", "", "Choose why"),
            ("reason-same", "different-twins", "Choose why"),
            ("reason-same", "'; DROP TABLE person;--", "Choose why"),
            ("reason-same", "same-other", "Say in the note"),
            ("note", long.as_str(), "at most 1,000 characters"),
            ("note", "a\u{202E}b", "invisible character"),
        ] {
            let wrong = Filled(filled.0.clone()).with(name, value);
            let answer = records.post(&pair.address(), &wrong.fields());
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{name}={value}"
            );
            assert!(answer.shows(message), "{name}={value}: {}", answer.body);
        }
        for (name, value, status) in [
            ("version", "", 428),
            ("version", "7", 400),
            ("version", "\"9\"", 412),
            ("version-person", "\"9\"", 412),
            ("version-candidate", "", 428),
        ] {
            let wrong = Filled(filled.0.clone()).with(name, value);
            let answer = records.post(&pair.address(), &wrong.fields());
            assert_eq!(
                answer.status.as_u16(),
                status,
                "{name}={value}: {}",
                answer.body
            );
        }
        let form = [(
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        )];
        let forged = "csrf=somebody-elses&request-key=12345678&answer=same&reason-same=same-moved";
        let answer = records.send(Method::POST, &pair.address(), &form, forged.to_owned());
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            look(&mut records, &pair).shows("Save and go on"),
            "still to be answered"
        );
    });
}

#[test]
fn a_pair_with_a_restricted_side_is_there_only_for_whoever_may_see_both() {
    each_house(capabilities, |site| {
        for (family, restricted) in [("Left", [true, false]), ("Right", [false, true])] {
            let hidden = pair_of(&site, family, restricted);
            let knows = if restricted[0] { "RBD" } else { "R0D" };
            let mut cleared = site.browser_as(&["records", "restricted-records"], knows, None);
            let shown = look(&mut cleared, &hidden);
            assert!(cleared.get("/reviews").shows(&hidden.address()));
            let sent = Filled::on(&shown, "same", "same-moved");
            let elsewhere = if restricted[0] { "R0D" } else { "RBD" };
            for mut other in [
                site.browser("records"),
                site.browser_as(&["records", "restricted-records"], elsewhere, None),
            ] {
                let page = other.get(&hidden.address());
                let absent = other.get("/reviews/0193a1b2-0000-7000-8000-00000000ffff");
                assert_eq!(page.status, StatusCode::NOT_FOUND);
                let steady = |answer: &Answer| {
                    let number = answer.headers["x-request-id"].to_str().unwrap().to_owned();
                    answer.body.replace(&number, "NUMBER")
                };
                assert_eq!(steady(&page), steady(&absent), "as one that is not there");
                let queue = other.get("/reviews");
                assert!(!queue.shows(&hidden.address()) && !queue.shows(&family.to_uppercase()));
                assert!(queue.shows("Nothing waits"), "nor counted: {}", queue.body);
                assert_eq!(other.get("/reviews/next").location(), "/reviews");
                let answer = other.post(&hidden.address(), &sent.fields());
                assert_eq!(answer.status, StatusCode::NOT_FOUND);
                for side in [hidden.person, hidden.candidate] {
                    let with = format!("/people/{}/merge?with={side}", hidden.candidate);
                    assert!(other.get(&with).status.is_client_error());
                }
            }
            let done = cleared.post(&hidden.address(), &sent.fields());
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        }
    });
}

#[test]
fn identifiers_that_are_not_are_absent() {
    each_house(capabilities, |site| {
        let mut records = site.browser("records");
        for id in ["..", "%00", "0", "null", "'", &"9".repeat(2_000)] {
            let paths = [
                format!("/reviews/{id}"),
                format!("/people/{id}/merges"),
                format!("/people/{id}/merge"),
                format!("/people/{id}/merges/{id}"),
            ];
            for path in paths {
                assert_eq!(records.get(&path).status, StatusCode::NOT_FOUND, "{path}");
            }
            let posted = records.post(&format!("/reviews/{id}"), &[("answer", "same")]);
            assert_eq!(posted.status, StatusCode::NOT_FOUND, "{id}");
        }
        for from in ["zz", "%00", "00"] {
            let page = records.get(&format!("/reviews?from={from}"));
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{from}");
        }
        assert_eq!(
            records.get("/reviews?answered=%3Cscript%3E").status,
            StatusCode::OK
        );
    });
}
