//! Editors, and that two people have always looked.

use stour_advice::content::SHIPPED;
use stour_web::testing::{Answer, Browser};

use crate::house::{begun, page, with_advice};

fn carer() -> &'static str {
    SHIPPED.iter().find(|one| one.id == "carer").unwrap().text
}

fn save_text(browser: &mut Browser<'_>, base: &str, text: &str) -> Answer {
    browser.post(
        "/content/carer/text",
        &[
            ("base", base),
            ("text", text),
            ("what", "A test of a change"),
        ],
    )
}

#[test]
fn a_change_is_proposed_approved_by_somebody_else_published_and_taken_back() {
    with_advice(|site| {
        let (mut one, mut other, mut anybody) = (
            site.browser("editor"),
            site.browser("editor"),
            site.stranger(),
        );
        assert!(page(&mut one, "/content").shows("Am I a carer, and what help can I get?"));
        let shown = page(&mut one, "/content/carer");
        assert!(shown.shows("<svg") && shown.shows("Not checked against the source yet"));
        let changed = carer().replace("Is this your job?", "Are you paid for it?");
        let saved = save_text(&mut one, "1", &changed);
        assert_eq!(
            saved.location(),
            "/content/carer/versions?version=2",
            "{}",
            saved.body
        );
        // Saved is not proposed, and not published.
        assert_eq!(
            other
                .post("/content/carer/approve", &[("number", "2")])
                .status,
            409
        );
        assert_eq!(
            one.post("/content/carer/propose", &[("number", "2")])
                .status,
            303
        );
        assert_eq!(
            one.post("/content/carer/propose", &[("number", "2")])
                .status,
            409
        );
        let own = one.post("/content/carer/approve", &[("number", "2")]);
        assert_eq!(own.status, 409);
        assert!(own.shows("somebody else"));
        let preview = page(&mut other, "/content/carer/preview?version=2");
        assert!(preview.shows("Are you paid for it?") && preview.shows("ways through it"));
        let compare = page(&mut other, "/content/carer/compare?from=1&to=2");
        assert!(
            compare.shows("Are you paid for it?")
                && compare.shows("Is this your job?")
                && compare.shows("taken out")
        );
        let draft = begun(&mut anybody, "carer");
        assert_eq!(
            other
                .post(
                    "/content/carer/approve",
                    &[("number", "2"), ("words", "Read twice")]
                )
                .status,
            303
        );
        anybody.post(&format!("{draft}/question/now"), &[("answer_now", "safe")]);
        anybody.post(
            &format!("{draft}/question/cares"),
            &[("answer_cares", "adult")],
        );
        assert!(
            page(&mut anybody, &format!("{draft}/question/paid")).shows("Are you paid for it?")
        );
        let history = page(&mut one, "/content/carer/versions");
        assert!(history.shows("Read twice") && history.shows("The public reads it"));
        // The way back, at once.
        assert_eq!(
            other
                .post("/content/carer/publish-again", &[("number", "1")])
                .status,
            422
        );
        assert_eq!(
            other
                .post(
                    "/content/carer/publish-again",
                    &[("number", "1"), ("words", "The new words are wrong")]
                )
                .status,
            303
        );
        assert!(page(&mut anybody, &format!("{draft}/question/paid")).shows("Is this your job?"));
        assert_eq!(
            other
                .post(
                    "/content/carer/publish-again",
                    &[("number", "1"), ("words", "Again")]
                )
                .status,
            409
        );
    });
}

#[test]
fn a_version_that_is_not_taken_says_why_and_cannot_be_published_by_the_way_back() {
    with_advice(|site| {
        let (mut one, mut other) = (site.browser("editor"), site.browser("editor"));
        save_text(
            &mut one,
            "1",
            &carer().replace("Is this your job?", "Paid?"),
        );
        one.post("/content/carer/propose", &[("number", "2")]);
        assert_eq!(
            other
                .post("/content/carer/decline", &[("number", "2")])
                .status,
            422
        );
        assert_eq!(
            other
                .post(
                    "/content/carer/decline",
                    &[("number", "2"), ("words", "Too short")]
                )
                .status,
            303
        );
        assert!(page(&mut one, "/content/carer/versions?version=2").shows("Too short"));
        let again = other.post(
            "/content/carer/publish-again",
            &[("number", "2"), ("words", "Now")],
        );
        assert_eq!(again.status, 409);
        assert_eq!(
            other
                .post("/content/carer/approve", &[("number", "2")])
                .status,
            409
        );
        // It can be proposed once more.
        assert_eq!(
            one.post("/content/carer/propose", &[("number", "2")])
                .status,
            303
        );
        assert_eq!(
            other
                .post("/content/carer/approve", &[("number", "99")])
                .status,
            404
        );
    });
}

#[test]
fn mistakes_are_told_by_line_and_nothing_is_saved() {
    with_advice(|site| {
        let mut editor = site.browser("editor");
        let wrong = carer().replace("to = \"paid\"", "to = \"nowhere\"");
        let line = wrong
            .lines()
            .take_while(|line| !line.contains("nowhere"))
            .count();
        let answer = save_text(&mut editor, "1", &wrong);
        assert_eq!(answer.status, 422);
        assert!(
            answer.shows("there is no question and no outcome"),
            "{}",
            answer.body
        );
        // The line is that of the option, which begins a little before.
        assert!(
            (line.saturating_sub(4)..=line + 1).any(|line| answer.shows(&format!("Line {line}: ")))
        );
        assert!(answer.shows("nowhere"), "what was typed is kept");
        for (text, says) in [
            ("", "missing field"),
            ("nonsense", "Line 1"),
            ("[flow]\nid = 3", "Line"),
        ] {
            let answer = save_text(&mut editor, "1", text);
            assert_eq!(answer.status, 422);
            assert!(answer.shows(says), "{says}: {}", answer.body);
        }
        let other = carer().replace("id = \"carer\"", "id = \"other\"");
        assert!(save_text(&mut editor, "1", &other).shows("id of another flow"));
        assert!(save_text(&mut editor, "1", carer()).shows("Nothing has changed"));
        let unsaid = editor.post(
            "/content/carer/text",
            &[
                ("base", "1"),
                ("text", &carer().replace("job?", "work?")),
                ("what", ""),
            ],
        );
        assert!(unsaid.shows("Say what you changed"));
        assert_eq!(editor.get("/content/carer?version=2").status, 404);
        assert_eq!(editor.get("/content/nothing").status, 404);
    });
}

/// The fields of the form of one question's words, with one of them changed.
fn words<'f>(base: &'f str, ask: &'f str, hint: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("base", base),
        ("part", "impact"),
        ("what", "Plainer words"),
        ("words_question_impact_ask", ask),
        ("words_question_impact_hint", hint),
        ("words_question_impact_option_lot_label", "A lot"),
        (
            "words_question_impact_option_lot_says",
            "caring changes your life a lot",
        ),
        ("words_question_impact_option_some_label", "Some"),
        (
            "words_question_impact_option_some_says",
            "caring changes your life in some ways",
        ),
        ("words_question_impact_option_little_label", "Not much"),
        (
            "words_question_impact_option_little_says",
            "caring does not change your life much",
        ),
        (
            "words_question_impact_option_not-sure_label",
            "I am not sure",
        ),
        (
            "words_question_impact_option_not-sure_says",
            "you are not sure how much caring changes your life",
        ),
    ]
}

const ASK: &str = "How much does caring change your life?";
const HINT: &str =
    "Think of your health, your home, your money, your work and the people you love.";

#[test]
fn two_editors_never_lose_each_others_words() {
    with_advice(|site| {
        let (mut one, mut other) = (site.browser("editor"), site.browser("editor"));
        let parts = page(&mut one, "/content/carer/words");
        assert!(parts.shows("words?part=impact"));
        let form = page(&mut one, "/content/carer/words?part=impact");
        assert!(form.shows("words_question_impact_ask") && form.shows(ASK));
        // Both saw version 1. One changes the question, the other its hint: both stand.
        let done = one.post(
            "/content/carer/words",
            &words("1", "Does caring change your life?", HINT),
        );
        assert_eq!(
            done.location(),
            "/content/carer/versions?version=2",
            "{}",
            done.body
        );
        let done = other.post(
            "/content/carer/words",
            &words("1", ASK, "Think of your \"self\".\nAnd more."),
        );
        assert_eq!(
            done.location(),
            "/content/carer/versions?version=3",
            "{}",
            done.body
        );
        let text = page(&mut one, "/content/carer/flow.toml?version=3").body;
        assert!(text.contains("ask = \"Does caring change your life?\""));
        assert!(
            text.contains("Think of your \"self\".\nAnd more."),
            "{text}"
        );
        assert!(text.starts_with("# The test for carers"), "comments stay");
        // The same words, changed by both: the second is told, and what was typed is kept.
        let lost = other.post(
            "/content/carer/words",
            &words("1", "Is your life changed?", HINT),
        );
        assert_eq!(lost.status, 422);
        assert!(
            lost.shows("Somebody saved another version") && lost.shows("Is your life changed?")
        );
        // A whole text that was begun on version 1 is told of too; saved again, it takes the place of the later ones.
        let text = carer().replace("Is this your job?", "Paid?");
        let late = save_text(&mut other, "1", &text);
        assert_eq!(late.status, 422);
        assert!(
            late.shows("Somebody saved version 3 meanwhile")
                && late.shows("name=\"base\" value=\"3\"")
        );
        assert_eq!(save_text(&mut other, "3", &text).status, 303);
        let empty = other.post("/content/carer/words", &words("4", "", HINT));
        assert_eq!(empty.status, 422);
    });
}

#[test]
fn only_editors_keep_advice_and_those_who_answer_for_it_may_read() {
    with_advice(|site| {
        for role in [
            "adviser",
            "practitioner",
            "ward",
            "resident",
            "provider",
            "finance",
        ] {
            let mut browser = site.browser(role);
            assert_eq!(browser.get("/content").status, 403, "{role}");
            assert_eq!(browser.get("/content/carer/text").status, 403, "{role}");
            assert_eq!(save_text(&mut browser, "1", carer()).status, 403, "{role}");
        }
        for role in ["service-manager", "chief-officer", "analyst"] {
            let mut browser = site.browser(role);
            let shown = page(&mut browser, "/content/carer");
            assert!(!shown.shows("Change the words"), "{role}");
            assert_eq!(browser.get("/content/carer/text").status, 403, "{role}");
            assert_eq!(browser.get("/content/carer/words").status, 403, "{role}");
            assert_eq!(
                save_text(&mut browser, "1", "nonsense").status,
                403,
                "{role}"
            );
            let versions = page(&mut browser, "/content/carer/versions");
            assert!(!versions.shows("Propose version"), "{role}");
            let changed = carer().replace("Is this your job?", "Paid?");
            assert_eq!(save_text(&mut browser, "1", &changed).status, 403, "{role}");
            assert_eq!(
                browser
                    .post("/content/carer/approve", &[("number", "1")])
                    .status,
                403,
                "{role}"
            );
        }
        let mut stranger = site.stranger();
        assert!(
            stranger
                .get("/content/carer")
                .location()
                .starts_with("/sign-in")
        );
        let dot = page(&mut site.browser("editor"), "/content/carer/graph.dot");
        assert!(dot.shows("digraph \"carer\"") && dot.shows("\"now\" -> \"call-999\""));
    });
}
