//! What nobody should send.

use stour_advice::content::{Author, SHIPPED, Saving, StepKind, decide, propose, save};

use crate::house::{begun, page, with_advice};

#[test]
fn unknown_options_long_answers_and_fields_sent_twice_change_nothing() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "care-and-support");
        let long = "9".repeat(10_000);
        for value in [
            "nothing",
            long.as_str(),
            "<script>alert(1)</script>",
            "no\u{0}",
            "NO",
        ] {
            let answer = anybody.post(&format!("{draft}/question/now"), &[("answer_now", value)]);
            assert_eq!(answer.status, 422, "{value:.20}");
            assert!(!answer.shows("<script>alert"), "markup is not echoed");
        }
        let twice = anybody.post(
            &format!("{draft}/question/now"),
            &[("answer_now", "no"), ("answer_now", "life")],
        );
        assert_eq!(twice.status, 400);
        assert_eq!(
            anybody.get(&draft).location(),
            format!("{draft}/question/now")
        );
    });
}

#[test]
fn an_amount_of_ten_thousand_digits_and_other_nonsense_is_told_and_kept_in_its_field() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "paying-for-care");
        anybody.post(
            &format!("{draft}/question/where"),
            &[("answer_where", "home")],
        );
        anybody.post(
            &format!("{draft}/question/health"),
            &[("answer_health", "no")],
        );
        let long = "9".repeat(10_000);
        for value in [long.as_str(), "-1", "£1,2", "99999999999", "\"><b>", "1e9"] {
            let answer = anybody.post(
                &format!("{draft}/question/savings"),
                &[("answer_savings", value)],
            );
            assert_eq!(answer.status, 422, "{value:.20}");
            assert!(!answer.shows("\"><b>"));
        }
    });
}

#[test]
fn a_code_that_was_changed_or_never_was_finds_nothing() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "carer");
        let code = draft.rsplit('/').next().unwrap().to_owned();
        let flipped: String = code.chars().rev().collect();
        let shorter: String = code.chars().skip(1).collect();
        let codes = [
            flipped.as_str(),
            "0",
            "' OR 1=1 --",
            "00000000000000000000000000000000",
            "%00",
            shorter.as_str(),
        ];
        for wrong in codes {
            let path = format!("/advice/carer/{}", stour_web::words::segment(wrong));
            let answer = anybody.get(&path);
            assert_eq!(answer.status, 404, "{wrong}");
            assert!(answer.shows("no longer kept"));
            assert_eq!(
                anybody
                    .post(&format!("{path}/question/now"), &[("answer_now", "safe")])
                    .status,
                404
            );
        }
        // The right code under another flow.
        assert_eq!(
            anybody
                .get(&format!("/advice/paying-for-care/{code}"))
                .status,
            404
        );
        assert_eq!(anybody.get("/advice/nothing").status, 404);
        assert_eq!(anybody.post("/advice/nothing/start", &[]).status, 404);
        let wrong = anybody.post("/advice/return", &[("code", "<b>12")]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("whole code") && !wrong.shows("<b>12"));
        let unknown = anybody.post("/advice/return", &[("code", &flipped)]);
        assert_eq!(unknown.status, 422);
        assert!(page(&mut anybody, &format!("{draft}/question/now")).shows("safe now"));
    });
}

#[test]
fn markup_in_a_text_is_words() {
    with_advice(|site| {
        let text = SHIPPED
            .iter()
            .find(|one| one.id == "carer")
            .unwrap()
            .text
            .replace(
                "Is this your job?",
                "Is <img src=x onerror=alert(1)> your job?",
            )
            .replace(
                "You told us that you look after someone under 18.",
                "<b>bold</b> & {cares}",
            );
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
                    ("carer", 1),
                    (&Saving::Text(text.clone()), "markup"),
                    &one,
                )?;
                propose(tx, &environment, ("carer", number), &one)?;
                decide(
                    tx,
                    &environment,
                    ("carer", number),
                    (StepKind::Published, ""),
                    &other,
                )
            })
            .unwrap();
        let mut anybody = site.stranger();
        let draft = begun(&mut anybody, "carer");
        anybody.post(&format!("{draft}/question/now"), &[("answer_now", "safe")]);
        anybody.post(
            &format!("{draft}/question/cares"),
            &[("answer_cares", "adult")],
        );
        let question = page(&mut anybody, &format!("{draft}/question/paid"));
        assert!(question.shows("&lt;img src=x") && !question.shows("<img src=x"));
        anybody.post(
            &format!("{draft}/question/cares"),
            &[("answer_cares", "child")],
        );
        let outcome = page(&mut anybody, &format!("{draft}/outcome"));
        assert!(
            outcome.shows("&lt;b&gt;bold&lt;/b&gt; &amp;"),
            "{}",
            outcome.body
        );
    });
}
