//! What is counted of advice, and that nobody is in it.

use stour_database::{params, sql};

use crate::house::{answered, begun, page, to_the_check, with_advice};

#[test]
fn flows_begun_outcomes_reached_steps_followed_and_ease_are_counted_without_a_person() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        for _ in 0..2 {
            anybody.post(&format!("{draft}/finish"), &[]);
        }
        let followed = anybody.get(&format!("{draft}/next/2"));
        assert_eq!(followed.location(), "/find?q=help%20at%20home");
        let ease = anybody.post(&format!("{draft}/ease"), &[("ease", "fairly-easy")]);
        assert_eq!(ease.location(), format!("{draft}/outcome"));
        assert!(page(&mut anybody, &format!("{draft}/outcome")).shows("Thank you for telling us"));
        anybody.post(&format!("{draft}/ease"), &[("ease", "very-easy")]);
        assert_eq!(
            anybody
                .post(&format!("{draft}/ease"), &[("ease", "lovely")])
                .status,
            422
        );
        let urgent = begun(&mut anybody, "help-tonight");
        answered(&mut anybody, &urgent, "what", &[("answer_what", "gas")]);
        let code = draft.rsplit('/').next().unwrap().to_owned();
        let facts: Vec<(String, Option<String>, String, String)> = site
            .database()
            .read_blocking(|tx| {
                tx.rows(
                    sql!("SELECT kind, person, detail, source_reference FROM fact ORDER BY id"),
                    params![],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
            })
            .unwrap();
        let kinds: Vec<&str> = facts.iter().map(|fact| fact.0.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "advice",
                "advice",
                "advice",
                "survey-answer",
                "advice",
                "advice"
            ]
        );
        for (_, person, detail, reference) in &facts {
            assert_eq!(*person, None);
            assert!(!detail.contains(&code) && !reference.contains(&code));
            assert!(
                !detail.contains("washing"),
                "answers are not in what is counted"
            );
        }
        let mut manager = site.browser("service-manager");
        let shown = page(&mut manager, "/content/outcomes");
        assert!(
            shown.shows("You may well have a right to care and support")
                && shown.shows("How easy: Fairly easy to find")
        );
        let file = page(
            &mut manager,
            "/content/outcomes.csv?from=2026-11&to=2026-11",
        );
        let mut lines: Vec<&str> = file.body.lines().collect();
        lines.sort_unstable();
        assert_eq!(
            lines,
            [
                "care-and-support,2026-11,begun,,1",
                "care-and-support,2026-11,ease,fairly-easy,1",
                "care-and-support,2026-11,next,likely: Find help near you now,1",
                "care-and-support,2026-11,outcome,likely,1",
                "flow,month,event,which,times",
                "help-tonight,2026-11,begun,,1",
                "help-tonight,2026-11,outcome,gas,1",
            ]
        );
        assert_eq!(manager.get("/content/outcomes?from=yesterday").status, 400);
        assert!(
            page(
                &mut manager,
                "/content/outcomes.csv?from=2026-10&to=2026-10"
            )
            .body
            .lines()
            .count()
                == 1
        );
        let mut adviser = site.browser("adviser");
        assert_eq!(adviser.get("/content/outcomes").status, 403);
        let stranger = anybody.get("/content/outcomes");
        assert!(
            stranger.location().starts_with("/sign-in"),
            "{}",
            stranger.location()
        );
    });
}

#[test]
fn saying_nothing_of_how_easy_it_was_is_told_beside_the_question() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        let empty = anybody.post(&format!("{draft}/ease"), &[]);
        assert_eq!(empty.status, 422);
        assert!(
            empty.shows("Choose one of the answers")
                && empty.shows("You may well have a right to care and support"),
            "{}",
            empty.body
        );
        assert!(empty.shows("id=\"ease-error\""), "{}", empty.body);
    });
}

#[test]
fn a_call_that_can_wait_is_counted_and_one_that_cannot_is_not_held_up() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let calm = begun(&mut anybody, "help-tonight");
        answered(&mut anybody, &calm, "what", &[("answer_what", "low")]);
        let outcome = page(&mut anybody, &format!("{calm}/outcome"));
        assert!(
            outcome.shows(&format!("href=\"{calm}/next/0\"")),
            "{}",
            outcome.body
        );
        let dialled = anybody.get(&format!("{calm}/next/0"));
        assert_eq!(dialled.location(), "tel:116123");
        let urgent = begun(&mut anybody, "help-tonight");
        answered(&mut anybody, &urgent, "what", &[("answer_what", "life")]);
        assert!(page(&mut anybody, &format!("{urgent}/outcome")).shows("href=\"tel:999\""));
        let counted = page(&mut site.browser("editor"), "/content/outcomes");
        assert!(
            counted.shows("Next step: Call Samaritans"),
            "{}",
            counted.body
        );
    });
}

#[test]
fn after_a_search_and_an_estimate_too_people_say_how_easy_it_was() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let estimate = [
            ("council", "E06000059"),
            ("care", "permanent"),
            ("cost", "900"),
            ("savings", "52000"),
        ];
        let answer = anybody.post("/paying-for-care", &estimate);
        assert!(answer.shows("/how-easy/estimate"), "{}", answer.body);
        for about in ["find", "estimate"] {
            let address = format!("/how-easy/{about}");
            assert!(page(&mut anybody, &address).shows("Very easy to find"));
            let none = anybody.post(&address, &[]);
            assert_eq!(none.status, 422);
            assert!(none.shows("Choose one of the answers"));
            let thanks = anybody.post(&address, &[("ease", "very-easy")]);
            assert!(page(&mut anybody, thanks.location()).shows("Thank you"));
        }
        assert_eq!(anybody.get("/how-easy/nothing").status, 404);
        let counted = page(&mut site.browser("editor"), "/content/outcomes");
        for words in [
            "Finding help nearby",
            "What care may cost was worked out",
            "How easy: Very easy to find",
        ] {
            assert!(counted.shows(words), "{words} in {}", counted.body);
        }
        assert!(!counted.shows("52000"));
    });
}
