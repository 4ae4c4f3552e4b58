//! The inputs of a form of an entry: one for each field, by what it holds.

use stour_design::{
    Checkboxes, Choice, Content, DateInput, DatePart, Details, Fieldset, Input, Label, Legend,
    Markup, Radios, Select, Size, Textarea, Width, html,
};
use stour_web::FieldError;

use super::filled::{Filled, WHY};
use crate::known::{Known, choices, label, label_of};
use crate::{Field, Holds, Kind, Need};

/// The most codes that are shown all at once.
const MOST_RADIOS: usize = 6;
/// The most characters of a title among those to choose from.
const LONGEST_CHOICE: usize = 90;

/// The inputs of all fields.
pub(crate) fn inputs(
    kind: &Kind,
    known: &Known<'_>,
    filled: &Filled,
    errors: &[FieldError],
) -> Markup {
    html! {
        @for field in kind.fields {
            (input(field, known, filled, error_of(errors, field.name)))
        }
        @if kind.fields.iter().any(|field| field.holds == Holds::Owner) {
            (Details::new("Who can be an owner", html! {
                ul.nhsuk-list.nhsuk-list--bullet { @for name in known.owners() { li { (name) } } }
            }))
        }
    }
}

/// The input in which somebody says why.
pub(crate) fn why(is_asked: bool, filled: &Filled, errors: &[FieldError]) -> Markup {
    let label = if is_asked {
        "Why you make this change"
    } else {
        "Why you add this, or where it comes from (optional)"
    };
    html! {
        (Textarea {
            rows: Some(2),
            error: error_of(errors, WHY),
            ..Textarea::new(WHY, Label { size: Some(Size::S), ..Label::new(label) })
                .hint("Everybody who reads the register sees this in its history.")
                .value(filled.get(WHY))
        })
    }
}

/// The message for a field.
pub(crate) fn error_of(errors: &[FieldError], field: &str) -> Option<Content> {
    let error = errors.iter().find(|error| error.field == field);
    error.map(|error| error.message.as_str().into())
}

/// The same mistakes for the summary above a form: one in a date leads to the first of its parts.
pub(crate) fn summed_up(kind: &Kind, errors: &[FieldError]) -> Vec<FieldError> {
    let leads_to = |error: &FieldError| match kind.field(&error.field).map(|field| field.holds) {
        Some(Holds::Date) => format!("{}-day", error.field),
        Some(Holds::Month) => format!("{}-month", error.field),
        _ => error.field.clone(),
    };
    let lead = |error: &FieldError| FieldError {
        field: leads_to(error),
        message: error.message.clone(),
    };
    errors.iter().map(lead).collect()
}

fn input(field: &Field, known: &Known<'_>, filled: &Filled, error: Option<Content>) -> Markup {
    let text = filled.get(field.name);
    let hint = hint(field);
    let label = || Label {
        size: Some(Size::S),
        ..Label::new(called(field))
    };
    let legend = || Legend {
        size: Some(Size::S),
        ..Legend::new(called(field))
    };
    let line = |width: Option<Width>| Input {
        hint: hint.clone(),
        error: error.clone(),
        width,
        ..Input::new(field.name, label()).value(text)
    };
    match field.holds {
        Holds::Line | Holds::Owner => html! { (line(None)) },
        Holds::Text => html! {
            (Textarea { hint, error, ..Textarea::new(field.name, label()).value(text) })
        },
        Holds::Whole => html! {
            (Input { inputmode: Some("numeric".to_owned()), ..line(Some(Width::Ten)) })
        },
        Holds::Decimal => html! {
            (Input { inputmode: Some("decimal".to_owned()), ..line(Some(Width::Ten)) })
        },
        Holds::Money => html! {
            (Input {
                prefix: Some("£".into()),
                inputmode: Some("decimal".to_owned()),
                ..line(Some(Width::Ten))
            })
        },
        Holds::YesNo => {
            let mut items = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
            if field.need != Need::Must {
                items.push(Choice::new("", "Not given"));
            }
            html! {
                (Radios { hint, error, inline: true, ..Radios::new(field.name, legend(), items).selected(Some(text)) })
            }
        }
        Holds::Date => {
            let parts = ["-day", "-month", "-year"].map(|part| filled.part(field, part));
            html! {
                (DateInput { hint, error, ..DateInput::new(field.name, legend()).values(parts) })
            }
        }
        Holds::Month => html! { (month(field, filled, legend(), (hint, error))) },
        Holds::Code(list) => html! { (code(field, (list, text), known, (hint, error))) },
        Holds::Entry(kind) => html! { (entry(field, (kind, text), known, (hint, error))) },
        Holds::Entries(kind) => html! { (entries(field, (kind, filled), known, (hint, error))) },
    }
}

/// A field's label, with what an empty one means.
fn called(field: &Field) -> String {
    match field.need {
        Need::Must => field.label.to_owned(),
        Need::Should => format!("{} (can be given later)", field.label),
        Need::May => format!("{} (optional)", field.label),
    }
}

fn hint(field: &Field) -> Option<Content> {
    let own = (!field.hint.is_empty()).then_some(field.hint);
    let of_kind = match field.holds {
        Holds::Owner => {
            Some("The name as it is among those who can be an owner. Put “;” between several.")
        }
        Holds::Month => Some("For example, September 2013"),
        Holds::Date => Some("For example, 30 10 2024"),
        _ => None,
    };
    let both: Vec<&str> = [own, of_kind]
        .into_iter()
        .flatten()
        .map(|hint| hint.trim_end_matches('.'))
        .collect();
    (!both.is_empty()).then(|| both.join(". ").into())
}

type Told = (Option<Content>, Option<Content>);

fn month(field: &Field, filled: &Filled, legend: Legend, (hint, error): Told) -> Markup {
    let part = |part: &str, label: &str, width| DatePart {
        value: Some(filled.part(field, part).to_owned()),
        ..DatePart::new(format!("{}{part}", field.name), label, width)
    };
    let parts = vec![
        part("-month", "Month", Width::Ten),
        part("-year", "Year", Width::Four),
    ];
    html! {
        (DateInput { hint, error, parts, ..DateInput::new(field.name, legend) })
    }
}

/// The codes in force; one that stands there already and is not among them can stay.
fn code(
    field: &Field,
    (list, text): (&str, &str),
    known: &Known<'_>,
    (hint, error): Told,
) -> Markup {
    let mut items = choices(list, known.today);
    if !text.is_empty() && !items.iter().any(|(code, _)| code == text) {
        let why = if label_of(list, text).is_some() {
            "no longer used"
        } else {
            "not in the list"
        };
        items.push((text.to_owned(), format!("{} ({why})", label(list, text))));
    }
    if items.len() <= MOST_RADIOS {
        let legend = Legend {
            size: Some(Size::S),
            ..Legend::new(called(field))
        };
        let mut items: Vec<Choice> = items
            .into_iter()
            .map(|(code, label)| Choice::new(code, label))
            .collect();
        if field.need != Need::Must {
            items.push(Choice::new("", "Not given"));
        }
        return html! {
            (Radios { hint, error, ..Radios::new(field.name, legend, items).selected(Some(text)) })
        };
    }
    select(field, (items, text), (hint, error))
}

fn select(
    field: &Field,
    (items, text): (Vec<(String, String)>, &str),
    (hint, error): Told,
) -> Markup {
    let none = match field.need {
        Need::Must => "Choose one",
        Need::Should | Need::May => "Not given",
    };
    let items = [(String::new(), none.to_owned())].into_iter().chain(items);
    let label = Label {
        size: Some(Size::S),
        ..Label::new(called(field))
    };
    html! {
        (Select { hint, error, ..Select::new(field.name, label, items).selected(Some(text)) })
    }
}

/// An entry to choose: its number, and what it is called.
fn choosable(kind: &str, known: &Known<'_>) -> Vec<(i64, String)> {
    let entries = known.around.of_kind(kind);
    entries
        .map(|entry| {
            (
                entry.number,
                short(&known.called(kind, entry.number), LONGEST_CHOICE),
            )
        })
        .collect()
}

fn entry(field: &Field, (kind, text): (&str, &str), known: &Known<'_>, told: Told) -> Markup {
    let mut items: Vec<(String, String)> = choosable(kind, known)
        .into_iter()
        .map(|(number, called)| (number.to_string(), called))
        .collect();
    if let (Ok(number), false) = (
        text.parse::<i64>(),
        items.iter().any(|(number, _)| number == text),
    ) {
        items.push((text.to_owned(), known.called(kind, number)));
    }
    select(field, (items, text), told)
}

fn entries(
    field: &Field,
    (kind, filled): (&str, &Filled),
    known: &Known<'_>,
    (hint, error): Told,
) -> Markup {
    let legend = Legend {
        size: Some(Size::S),
        ..Legend::new(called(field))
    };
    let mut all = choosable(kind, known);
    for number in filled.ticked(field) {
        if all.iter().all(|(known, _)| *known != number) {
            all.push((number, known.called(kind, number)));
        }
    }
    let boxes: Vec<Choice> = all
        .into_iter()
        .map(|(number, called)| Choice {
            name: Some(format!("{}-n{number}", field.name)),
            checked: filled.is_ticked(field, number),
            ..Choice::new("yes", called)
        })
        .collect();
    if boxes.is_empty() {
        let one = known.kind(kind).map_or("", |kind| kind.one);
        return html! {
            (Fieldset::new(legend, html! { p { "There is no " (one) " to choose yet." } }))
        };
    }
    html! {
        (Checkboxes { hint, error, small: true, ..Checkboxes::new(field.name, legend, boxes) })
    }
}

/// A text of at most so many characters, with a sign that there is more.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let begun: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", begun.trim_end())
}
