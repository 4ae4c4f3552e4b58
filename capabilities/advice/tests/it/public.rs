//! What somebody sees who follows a flow.

use crate::house::{answered, begun, page, to_the_check, with_advice};

#[test]
fn a_flow_is_followed_to_its_outcome_with_reasons_and_things_to_do() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let list = page(&mut anybody, "/advice");
        for title in [
            "Do I need care and support?",
            "Help tonight",
            "Who pays for care?",
        ] {
            assert!(list.shows(title), "{title}");
        }
        let start = page(&mut anybody, "/advice/care-and-support");
        assert!(start.shows("Start now") && start.shows("Care Act 2014"));
        let draft = to_the_check(&mut anybody);
        let check = page(&mut anybody, &format!("{draft}/check"));
        assert!(check.shows("Making food and eating") && check.shows("question/care?from=check"));
        let done = anybody.post(&format!("{draft}/finish"), &[]);
        assert_eq!(done.location(), format!("{draft}/outcome"));
        let outcome = page(&mut anybody, &format!("{draft}/outcome"));
        assert!(outcome.shows("You may well have a right to care and support"));
        assert!(
            outcome.shows("these are hard: making food and eating and washing."),
            "{}",
            outcome.body
        );
        assert!(outcome.shows("You named 2."));
        assert!(outcome.shows(&format!("{draft}/ask")));
        assert!(!outcome.shows("{unmet}"));
    });
}

#[test]
fn every_question_page_has_one_heading_a_way_back_and_its_errors_first() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "care-and-support");
        let first = page(&mut anybody, &format!("{draft}/question/now"));
        assert_eq!(first.body.matches("<h1").count(), 1, "{}", first.body);
        assert!(first.shows("href=\"/advice/care-and-support\""));
        let wrong = anybody.post(&format!("{draft}/question/now"), &[]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("There is a problem") && wrong.shows("Choose one of the answers"));
        assert!(wrong.shows("href=\"#answer_now\"") && wrong.shows("id=\"answer_now\""));
        answered(&mut anybody, &draft, "now", &[("answer_now", "no")]);
        let second = page(&mut anybody, &format!("{draft}/question/health"));
        assert_eq!(second.body.matches("<h1").count(), 1, "{}", second.body);
        assert!(second.shows(&format!("href=\"{draft}/question/now\"")));
    });
}

#[test]
fn an_urgent_answer_leads_at_once_to_whom_to_call() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "care-and-support");
        let to = answered(&mut anybody, &draft, "now", &[("answer_now", "life")]);
        assert_eq!(to, format!("{draft}/outcome"));
        let outcome = page(&mut anybody, &to);
        assert!(outcome.shows("Call 999 now") && outcome.shows("tel:999"));
        // It is no cage: the answer can be changed.
        assert!(outcome.shows(&format!("{draft}/question/now")));
        let to = answered(&mut anybody, &draft, "now", &[("answer_now", "no")]);
        assert_eq!(to, format!("{draft}/question/health"));
    });
}

#[test]
fn earlier_answers_are_kept_when_one_is_changed() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        // Going back one by one shows what was answered, and goes on to the question after it.
        let care = page(&mut anybody, &format!("{draft}/question/care"));
        assert!(
            care.shows("name=\"answer_care_food\" type=\"checkbox\" value=\"yes\" checked"),
            "{}",
            care.body
        );
        let to = answered(&mut anybody, &draft, "care", &[("answer_care_none", "yes")]);
        assert_eq!(to, format!("{draft}/question/home"));
        // Nothing is hard any more, so fewer questions are on the way; what was answered to the others is not lost.
        let check = page(&mut anybody, &format!("{draft}/check"));
        assert!(!check.shows("What makes these things hard?"));
        let to = answered(
            &mut anybody,
            &draft,
            "care",
            &[("answer_care_food", "yes"), ("from", "check")],
        );
        assert_eq!(to, format!("{draft}/check"));
        let check = page(&mut anybody, &format!("{draft}/check"));
        assert!(check.shows("I cannot do them without help"));
    });
}

#[test]
fn a_question_that_is_not_on_the_way_leads_to_where_the_answers_lead() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "care-and-support");
        for path in [
            "question/impact",
            "question/nothing",
            "check",
            "outcome",
            "next/0",
        ] {
            let answer = anybody.get(&format!("{draft}/{path}"));
            assert_eq!(answer.location(), format!("{draft}/question/now"), "{path}");
        }
        let sent = anybody.post(
            &format!("{draft}/question/impact"),
            &[("answer_impact", "lot")],
        );
        assert_eq!(sent.location(), format!("{draft}/question/now"));
        let sent = anybody.post(&format!("{draft}/finish"), &[]);
        assert_eq!(sent.location(), format!("{draft}/question/now"));
    });
}

#[test]
fn whoever_helps_somebody_answers_everything_on_one_page() {
    with_advice(|site| {
        let mut adviser = site.browser("adviser");
        assert!(page(&mut adviser, "/advice/paying-for-care").shows("?view=all"));
        let all = page(&mut adviser, "/advice/paying-for-care?view=all");
        for question in [
            "What kind of care is it?",
            "How much do you have in savings?",
            "Do you own a home?",
        ] {
            assert!(all.shows(question));
        }
        let wrong = adviser.post(
            "/advice/paying-for-care/all",
            &[
                ("answer_where", "home"),
                ("answer_health", "no"),
                ("answer_savings", "a lot"),
            ],
        );
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("Enter an amount in pounds") && wrong.shows("value=\"a lot\""));
        let done = adviser.post(
            "/advice/paying-for-care/all",
            &[
                ("answer_where", "care-home"),
                ("answer_health", "no"),
                ("answer_savings", "16,500"),
                ("answer_home-owner", "no"),
            ],
        );
        assert!(done.location().ends_with("/outcome"), "{}", done.location());
        let outcome = page(&mut adviser, done.location());
        assert!(outcome.shows("You may pay a part") && outcome.shows("£16,500.00"));
        // What is missing is asked on its own page.
        let some = adviser.post("/advice/paying-for-care/all", &[("answer_where", "home")]);
        assert!(
            some.location().ends_with("/question/health"),
            "{}",
            some.location()
        );
        let draft = some
            .location()
            .trim_end_matches("/question/health")
            .to_owned();
        let again = page(&mut adviser, &format!("{draft}?view=all"));
        assert!(again.shows("value=\"home\" checked"), "{}", again.body);
    });
}

#[test]
fn a_sensitive_flow_can_be_left_at_once_and_a_date_may_be_left_out() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let start = page(&mut anybody, "/advice/worried-about-someone");
        assert!(start.shows("data-exit") && start.shows("private window"));
        let draft = begun(&mut anybody, "worried-about-someone");
        for path in ["/question/now", "/outcome"] {
            let _ = anybody.get(&format!("{draft}{path}"));
        }
        assert!(page(&mut anybody, &format!("{draft}/question/now")).shows("data-exit"));
        assert!(!page(&mut anybody, "/advice/carer").shows("data-exit"));
        let draft = begun(&mut anybody, "coming-out-of-hospital");
        answered(&mut anybody, &draft, "now", &[("answer_now", "well")]);
        answered(&mut anybody, &draft, "where", &[("answer_where", "in")]);
        let wrong = anybody.post(
            &format!("{draft}/question/leaving"),
            &[
                ("date_leaving-day", "31"),
                ("date_leaving-month", "2"),
                ("date_leaving-year", "2026"),
            ],
        );
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("real date") && wrong.shows("value=\"31\""));
        let to = answered(&mut anybody, &draft, "leaving", &[]);
        assert_eq!(to, format!("{draft}/question/talked"));
        answered(
            &mut anybody,
            &draft,
            "leaving",
            &[
                ("date_leaving-day", "25"),
                ("date_leaving-month", "11"),
                ("date_leaving-year", "2026"),
            ],
        );
        answered(&mut anybody, &draft, "talked", &[("answer_talked", "no")]);
        answered(&mut anybody, &draft, "need", &[("answer_need_care", "yes")]);
        answered(&mut anybody, &draft, "someone", &[("answer_someone", "no")]);
        let outcome = page(&mut anybody, &format!("{draft}/outcome"));
        assert!(
            outcome.shows("very soon, on 25 November 2026"),
            "{}",
            outcome.body
        );
    });
}
