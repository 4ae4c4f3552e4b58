//! The words of a flow, to be changed one by one with all else left as its authors wrote it.

use std::ops::Range;

use crate::document::{Document, Words};
use crate::mistake::{Checks, Mistakes};

/// One piece of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Where it stands, such as `question reason ask`.
    pub place: String,
    /// The id of the question or outcome that it belongs to; `flow` for the flow itself.
    pub part: String,
    /// What it is, in words.
    pub what: String,
    /// What it says.
    pub text: String,
    at: Range<usize>,
}

/// The words of a flow, in the order of its text.
///
/// # Errors
/// A text that is no flow.
pub fn wordings(text: &str) -> Result<Vec<Wording>, Mistakes> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let mut checks = Checks::new(text);
        checks.refuse(&error.span().unwrap_or(0..0), error.message());
        checks.into_mistakes()
    })?;
    let mut all = Vec::new();
    let mut note = |part: &str, key: &str, what: &str, words: Option<&Words>| {
        if let Some(words) = words {
            all.push(Wording {
                place: format!("{part} {key}"),
                part: part.split(' ').nth(1).unwrap_or(part).to_owned(),
                what: what.to_owned(),
                text: words.get_ref().clone(),
                at: words.span(),
            });
        }
    };
    let flow = document.flow.get_ref();
    note("flow", "title", "Title", Some(&flow.title));
    note("flow", "summary", "Summary", Some(&flow.summary));
    note("flow", "audience", "For whom", Some(&flow.audience));
    for question in document.question.iter().map(toml::Spanned::get_ref) {
        let part = format!("question {}", question.id.get_ref());
        note(&part, "ask", "Question", Some(&question.ask));
        note(&part, "hint", "Hint", question.hint.as_ref());
        note(&part, "body", "What to know first", question.body.as_ref());
        for option in &question.option {
            let id = option.id.get_ref();
            note(
                &part,
                &format!("option {id} label"),
                "Answer",
                option.label.as_ref(),
            );
            note(
                &part,
                &format!("option {id} hint"),
                "Hint of the answer",
                option.hint.as_ref(),
            );
            note(
                &part,
                &format!("option {id} says"),
                "How reasons speak of it",
                option.says.as_ref(),
            );
        }
    }
    for outcome in document.outcome.iter().map(toml::Spanned::get_ref) {
        let part = format!("outcome {}", outcome.id.get_ref());
        note(&part, "title", "Title", Some(&outcome.title));
        note(&part, "body", "What it means", Some(&outcome.body));
        note(
            &part,
            "because",
            "Heading above the reasons",
            outcome.because.as_ref(),
        );
        for (place, reason) in (1_usize..).zip(&outcome.reason) {
            note(
                &part,
                &format!("reason {place}"),
                "Reason",
                Some(&reason.say),
            );
        }
        for (place, step) in (1_usize..).zip(&outcome.next) {
            note(
                &part,
                &format!("next {place} label"),
                "Next step",
                Some(&step.label),
            );
            note(
                &part,
                &format!("next {place} why"),
                "Why",
                step.why.as_ref(),
            );
        }
    }
    Ok(all)
}

/// The text with these words in the places of those before, each by its place. Words that are not changed, and
/// places that are not there, leave the text as it is.
///
/// # Errors
/// A text that is no flow.
pub fn reworded(text: &str, changes: &[(String, String)]) -> Result<String, Mistakes> {
    let mut all = wordings(text)?;
    // From the end, so that earlier places stay where they are.
    all.sort_by_key(|wording| std::cmp::Reverse(wording.at.start));
    let mut result = text.to_owned();
    for wording in all {
        let change = changes.iter().find(|(place, _)| *place == wording.place);
        if let Some((_, words)) = change
            && words.trim() != wording.text.trim()
            && result.get(wording.at.clone()).is_some()
        {
            result.replace_range(wording.at, &written(words.trim()));
        }
    }
    Ok(result)
}

/// Words as TOML writes them: over several lines as they are, where that can be.
fn written(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let plain = |one: char| !one.is_control() || one == '\n';
    let spread = words.contains('\n')
        && !words.contains('\\')
        && !words.contains("\"\"\"")
        && !words.ends_with('"')
        && words.chars().all(plain);
    if spread {
        format!("\"\"\"\n{words}\n\"\"\"")
    } else {
        let mut text = String::from("\"");
        for one in words.chars() {
            match one {
                '"' => text.push_str("\\\""),
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                one if one.is_control() => {}
                one => text.push(one),
            }
        }
        text.push('"');
        text
    }
}
