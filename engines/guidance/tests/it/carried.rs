//! Answers to one version, carried over to another.

use stour_guidance::{Flow, reworded, wordings};

use crate::{answers, flow, outcome, shipped, today};

const TWO: &str = r#"[[question]]
id = "first"
type = "choice"
ask = "One?"
then = "two"
option = [{ id = "a", label = "A" }, { id = "b", label = "B" }]

[[question]]
id = "two"
type = "number"
ask = "Two?"
then = "end"
"#;

fn read(rest: &str) -> Flow {
    Flow::read(&flow(&format!("{rest}{}", outcome("end")))).unwrap()
}

#[test]
fn answers_that_still_fit_are_kept_and_others_are_named() {
    let before = read(TWO);
    let given = answers(&[("first", &["a"]), ("two", &["5"]), ("stale", &["x"])]);
    let same = before.carry(&before, &given, today());
    assert!(same.again.is_empty());
    assert_eq!(same.kept, answers(&[("first", &["a"]), ("two", &["5"])]));
    // An option, a bound, a type, a meaning and a question that are not what they were.
    for (old, new, again) in [
        ("id = \"a\"", "id = \"z\"", "One?"),
        ("type = \"number\"", "type = \"number\"\nmost = 4", "Two?"),
        ("type = \"number\"", "type = \"age\"", "Two?"),
        ("ask = \"One?\"", "meaning = 2\nask = \"First?\"", "One?"),
        ("id = \"two\"", "id = \"deux\"", "Two?"),
    ] {
        let text = TWO.replace(old, new).replace(
            "then = \"two\"",
            if new.contains("deux") {
                "then = \"deux\""
            } else {
                "then = \"two\""
            },
        );
        let carried = read(&text).carry(&before, &given, today());
        assert_eq!(carried.again, [again], "{new}");
        assert_eq!(carried.kept.0.len(), 1, "{new}");
    }
    // Other words alone lose nothing.
    let words = read(
        &TWO.replace("One?", "Which one?")
            .replace("label = \"A\"", "label = \"The first\""),
    );
    assert!(words.carry(&before, &given, today()).again.is_empty());
}

#[test]
fn an_option_that_is_no_longer_offered_on_the_way_is_asked_again() {
    let text = "[[question]]\nid = \"zero\"\ntype = \"yes-no\"\nask = \"Zero?\"\nthen = \"first\"\n"
        .to_owned() + TWO;
    let before = read(&text);
    let after = read(&text.replace("label = \"A\"", "label = \"A\", show_if = \"zero\""));
    let given = answers(&[("zero", &["no"]), ("first", &["a"]), ("two", &["5"])]);
    let carried = after.carry(&before, &given, today());
    assert_eq!(carried.again, ["One?"]);
    let given = answers(&[("zero", &["yes"]), ("first", &["a"]), ("two", &["5"])]);
    assert!(after.carry(&before, &given, today()).again.is_empty());
}

#[test]
fn words_are_changed_where_they_stand_and_all_else_stays() {
    let text = shipped("carer");
    let all = wordings(&text).unwrap();
    assert!(all.len() > 60);
    // Nothing changed is the same text, byte for byte.
    let same: Vec<(String, String)> = all
        .iter()
        .map(|one| (one.place.clone(), one.text.clone()))
        .collect();
    assert_eq!(reworded(&text, &same).unwrap(), text);
    // Each piece changed alone, to words that TOML has to escape, is read back, and every other piece stays.
    for one in &all {
        for words in [
            "New \"words\" \\ here",
            "Two\n\nlines",
            "Quotes \"\"\" inside\nand more",
            "Ends with a \"quote\"\nhere\"",
        ] {
            let changed = reworded(&text, &[(one.place.clone(), words.to_owned())]).unwrap();
            let read: Vec<_> = wordings(&changed).unwrap();
            assert_eq!(read.len(), all.len());
            for (now, before) in read.iter().zip(&all) {
                let expected = if now.place == one.place {
                    words
                } else {
                    before.text.as_str()
                };
                assert_eq!(now.text.trim(), expected.trim(), "{} {words:?}", one.place);
            }
        }
    }
    assert_eq!(
        reworded(
            &text,
            &[("question nothing ask".to_owned(), "x".to_owned())]
        )
        .unwrap(),
        text
    );
}
