//! An answer as a reviewer fills it in, and what may be wrong with it.

use stour_design::{
    CharacterCount, Checkboxes, Choice, Legend, Limit, Markup, Radios, Select, Size, Textarea, html,
};
use stour_kernel::Date;
use stour_web::{Form, Mistakes};

use super::{Answer, PairAnswer, REASONS};

/// The most characters of a note.
pub(crate) const LONGEST_NOTE: u32 = 1_000;

/// The groups of the list of reasons: one for each answer, and one for undoing.
pub(crate) const UNDO: &str = "undo";

/// An answer, read from a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) answer: Answer,
    pub(crate) reason: String,
    pub(crate) note: String,
    pub(crate) second: bool,
}

/// Reads an answer; what is wrong is noted by field.
pub(crate) fn read(form: &Form, on: Date, mistakes: &mut Mistakes) -> Option<Draft> {
    let Ok(answer) = form.get("answer").parse::<Answer>() else {
        mistakes.add("answer", "Choose an answer");
        note(form, "", mistakes);
        return None;
    };
    let field = format!("reason-{answer}");
    let (reason, note) = reason(form, (answer.as_str(), &field), on, mistakes)?;
    Some(Draft {
        answer,
        reason,
        note,
        second: form.get("second") == "yes",
    })
}

/// Reads a reason of a group, and the note that some reasons need.
pub(crate) fn reason(
    form: &Form,
    (group, field): (&str, &str),
    on: Date,
    mistakes: &mut Mistakes,
) -> Option<(String, String)> {
    let chosen = form.get(field);
    let listed = reasons(group, on);
    let is_listed = listed.iter().any(|(code, _)| code == chosen);
    if chosen.is_empty() || !is_listed {
        mistakes.add(field, "Choose why");
    }
    let note = note(form, chosen, mistakes);
    mistakes
        .is_empty()
        .then(|| (chosen.to_owned(), note.to_owned()))
}

fn note<'f>(form: &'f Form, reason: &str, mistakes: &mut Mistakes) -> &'f str {
    let note = form.get("note");
    let is_odd = |character: char| {
        crate::person::is_invisible(character) && !matches!(character, '\n' | '\r' | '\t')
    };
    if note.encode_utf16().count() > usize::try_from(LONGEST_NOTE).unwrap_or(usize::MAX) {
        mistakes.add("note", "A note can have at most 1,000 characters");
    } else if note.chars().any(is_odd) {
        mistakes.add(
            "note",
            "The note holds an invisible character: type it again",
        );
    } else if note.is_empty() && reason.ends_with("-other") {
        mistakes.add("note", "Say in the note what the reason is");
    }
    note
}

/// The codes and words of the reasons of a group that can be chosen on a day.
pub(crate) fn reasons(group: &str, on: Date) -> Vec<(String, String)> {
    let Ok(reference) = stour_partnership::reference() else {
        return Vec::new();
    };
    let Some(list) = reference.code_list(REASONS) else {
        return Vec::new();
    };
    list.choices(on)
        .into_iter()
        .filter(|(code, _)| list.group_at(code, on) == Some(group))
        .map(|(code, label)| (code.to_string(), label.to_owned()))
        .collect()
}

/// A list to choose a reason of a group from.
pub(crate) fn select(
    field: &str,
    group: &str,
    form: Option<&Form>,
    on: Date,
    mistakes: &Mistakes,
) -> Select {
    let choices = [(String::new(), String::new())]
        .into_iter()
        .chain(reasons(group, on));
    Select::new(field, "Why", choices)
        .selected(Some(form.map_or("", |form| form.get(field))))
        .error(mistakes.of(field))
}

/// The field of the note.
pub(crate) fn note_field(form: Option<&Form>, mistakes: &Mistakes) -> CharacterCount {
    let textarea = Textarea {
        rows: Some(3),
        ..Textarea::new("note", "Note (optional, unless the reason asks for one)")
    };
    CharacterCount::new(
        textarea
            .value(form.map_or("", |form| form.get("note")))
            .error(mistakes.of("note")),
        Limit::Characters(LONGEST_NOTE),
    )
}

/// What the three answers say.
pub(crate) struct AnswerWords {
    pub(crate) question: &'static str,
    pub(crate) same: &'static str,
    pub(crate) same_means: &'static str,
    pub(crate) different: &'static str,
    pub(crate) different_means: &'static str,
}

/// The fields of an answer.
pub(crate) fn fields(
    words: &AnswerWords,
    form: Option<&Form>,
    on: Date,
    mistakes: &Mistakes,
    asks_for_second: bool,
) -> Markup {
    let texts = |answer| match answer {
        Answer::Pair(PairAnswer::Same) => (words.same, words.same_means),
        Answer::Pair(PairAnswer::Different) => (words.different, words.different_means),
        Answer::More => (
            "I need to know more",
            "The pair stays in the queue, marked as waiting",
        ),
    };
    let choices = Answer::ALL.map(|answer| {
        let (label, means) = texts(answer);
        let field = format!("reason-{answer}");
        let why = select(&field, answer.as_str(), form, on, mistakes);
        Choice::new(answer.as_str(), label)
            .hint(means)
            .reveal(html! { (why) })
    });
    let legend = Legend {
        size: Some(Size::M),
        ..Legend::new(words.question)
    };
    html! {
        (Radios::new("answer", legend, choices)
            .selected(form.map(|form| form.get("answer")))
            .error(mistakes.of("answer")))
        (note_field(form, mistakes))
        @if asks_for_second {
            (Checkboxes {
                small: true,
                legend: None,
                ..Checkboxes::new("second", "", [Choice::new("yes", "Ask for a second opinion")
                    .hint("Somebody else answers too, without seeing what you say, before anything happens")
                    .checked(form.is_some_and(|form| form.get("second") == "yes"))])
            })
        }
    }
}
