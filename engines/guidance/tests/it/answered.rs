//! What fits each type of question as an answer, and what is said of what does not.

use stour_guidance::{Answer, Choice, Flow};

use crate::{flow, outcome};

/// The one question of a flow, of a type and with some keys.
fn asked(of: &str, keys: &str) -> Flow {
    let text = format!(
        "[[question]]\nid = \"first\"\ntype = \"{of}\"\nask = \"First?\"\nthen = \"end\"\n{keys}\n{}",
        outcome("end")
    );
    Flow::read(&flow(&text)).unwrap()
}

/// What a question makes of what was sent: as it is kept, or what is said.
fn read(flow: &Flow, sent: &[&str]) -> Result<Vec<String>, String> {
    let question = &flow.questions[0];
    let offered: Vec<&Choice> = question.choices.iter().collect();
    let sent: Vec<String> = sent.iter().map(|one| (*one).to_owned()).collect();
    let answer = question
        .read(&sent, &offered)
        .map_err(|fault| fault.to_string())?;
    // What is kept is read again as the same answer.
    assert_eq!(
        question.read(&answer.written(), &offered),
        Ok(answer.clone())
    );
    Ok(answer.written())
}

fn is(flow: &Flow, sent: &[&str], kept: &[&str]) {
    assert_eq!(
        read(flow, sent),
        Ok(kept.iter().map(|one| (*one).to_owned()).collect()),
        "{sent:?}"
    );
}

fn not(flow: &Flow, sent: &[&str], says: &str) {
    let said = read(flow, sent).unwrap_err();
    assert!(said.contains(says), "{sent:?}: {said}");
}

#[test]
fn options_are_chosen_as_they_are_offered() {
    let options = "option = [{ id = \"a\", label = \"A\" }, { id = \"b\", label = \"B\" }, { id = \"none\", label = \"None of these\", alone = true }]";
    let several = asked("several", options);
    is(&several, &["b", "a"], &["a", "b"]);
    is(&several, &["a", "a"], &["a"]);
    is(&several, &["none"], &["none"]);
    not(&several, &["none", "a"], "Choose \"None of these\" alone");
    not(&several, &["a", "z"], "listed");
    not(&several, &[], "Choose one of the answers");
    not(&several, &["", " "], "Choose one of the answers");
    is(
        &asked("several", &format!("required = false\n{options}")),
        &[],
        &[],
    );
    let yes_no = asked("yes-no", "");
    is(&yes_no, &["yes"], &["yes"]);
    not(&yes_no, &["Yes"], "listed");
    not(&yes_no, &["yes", "no"], "listed");
}

#[test]
fn numbers_ages_and_amounts_have_bounds() {
    let number = asked("number", "least = 2\nmost = 5");
    is(&number, &[" 5 "], &["5"]);
    not(&number, &["1"], "Enter 2 or more");
    not(&number, &["6"], "Enter 5 or less");
    not(&number, &["2.5"], "whole number in digits");
    not(&number, &["two"], "whole number in digits");
    not(&number, &["3", "4"], "Give one answer");
    not(&number, &[""], "Answer this question");
    let age = asked("age", "");
    is(&age, &["0"], &["0"]);
    is(&age, &["120"], &["120"]);
    not(&age, &["121"], "Enter 120 or less");
    not(&age, &["-1"], "Enter 0 or more");
    not(&age, &[&"9".repeat(10_000)], "whole number in digits");
    let money = asked("money", "most = \"£23,250\"");
    is(&money, &["23250"], &["£23,250.00"]);
    is(&money, &["£1.05"], &["£1.05"]);
    not(&money, &["23250.01"], "Enter £23,250.00 or less");
    not(&money, &["-£1"], "Enter £0.00 or more");
    not(&money, &["about 5"], "amount in pounds");
}

#[test]
fn dates_postcodes_and_words_are_read() {
    let date = asked("date", "least = \"2026-01-01\"\nmost = \"2026-12-31\"");
    is(&date, &["2026-12-31"], &["2026-12-31"]);
    not(&date, &["2025-12-31"], "1 January 2026 or later");
    not(&date, &["2027-01-01"], "31 December 2026 or earlier");
    not(&date, &["2026-02-30"], "real date");
    let postcode = asked("postcode", "");
    is(&postcode, &["bh89rn"], &["BH8 9RN"]);
    not(&postcode, &["BH8"], "full postcode");
    let text = asked("text", "most = 5");
    is(&text, &["héllo"], &["héllo"]);
    is(&text, &["<b>\u{0}"], &["<b>"]);
    not(&text, &["\u{1}\u{2}"], "Answer this question");
    is(&asked("text", "required = false"), &["\u{1}"], &[]);
    not(&text, &["hello!"], "Use 5 characters or fewer");
    not(
        &asked("text", ""),
        &[&"x".repeat(10_000)],
        "Use 500 characters or fewer",
    );
}

#[test]
fn answers_are_said_in_words() {
    let date = asked("date", "");
    let day = Answer::Date("2026-03-07".parse().unwrap());
    assert_eq!(date.questions[0].in_words(&day), ["7 March 2026"]);
    let several = asked(
        "several",
        "option = [{ id = \"b\", label = \"Bee\" }, { id = \"a\", label = \"Ay\" }]",
    );
    let both = Answer::Several(["a".to_owned(), "b".to_owned()].into());
    // In the order of the question, not of the ids.
    assert_eq!(several.questions[0].in_words(&both), ["Bee", "Ay"]);
    assert!(several.questions[0].in_words(&Answer::Passed).is_empty());
}
