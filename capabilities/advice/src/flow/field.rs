//! The field of a question, and what was sent by it.

use stour_design::{
    Behaviour, Checkboxes, Choice as Box_, ChoiceItem, Content, Heading, Input, Label, Legend,
    Markup, Radios, Render as _, Textarea, Width, html,
};
use stour_guidance::{Answer, Choice, Kind, Question};
use stour_web::{Form, TypedDate};

use super::light;

/// What was typed or chosen, right or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    /// Everything but a date, as texts.
    pub(crate) texts: Vec<String>,
    date: TypedDate,
}

impl Sent {
    /// What a form holds for a question.
    pub(crate) fn of_form(question: &Question, form: &Form) -> Self {
        let name = name(question);
        match question.kind {
            Kind::Several => {
                // Only the options that there are: nothing else that was sent is looked at.
                let unknown = form.get(&name);
                let chosen = question.choices.iter().filter_map(|choice| {
                    let field = format!("{name}_{}", choice.id);
                    (!form.get(&field).is_empty()).then(|| choice.id.clone())
                });
                let mut texts: Vec<String> = chosen.collect();
                texts.extend((!unknown.is_empty()).then(|| unknown.to_owned()));
                Self {
                    texts,
                    date: TypedDate::default(),
                }
            }
            Kind::Date { .. } => {
                let date = TypedDate::from_form(form, &name);
                let texts = match date.date() {
                    _ if date.is_empty() => Vec::new(),
                    Ok(date) => vec![date.to_string()],
                    Err(error) => vec![error.to_string()],
                };
                Self { texts, date }
            }
            _ => {
                let text = form.get(&name);
                let texts = if text.is_empty() {
                    Vec::new()
                } else {
                    vec![text.to_owned()]
                };
                Self {
                    texts,
                    date: TypedDate::default(),
                }
            }
        }
    }

    /// An answer that was given before.
    pub(crate) fn of_answer(answer: &Answer) -> Self {
        let date = match answer {
            Answer::Date(date) => TypedDate::of(*date),
            _ => TypedDate::default(),
        };
        Self {
            texts: answer.written(),
            date,
        }
    }

    fn one(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }
}

/// The name of a question's field. Ids have no underscore, so no two fields have one name.
pub(crate) fn name(question: &Question) -> String {
    match question.kind {
        Kind::Date { .. } => format!("date_{}", question.id),
        _ => format!("answer_{}", question.id),
    }
}

/// How a question is asked: as the heading of its page, or as one of several on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It is the page.
    Alone,
    /// It stands among others.
    Among,
}

/// The field of a question, with what was sent before and what was wrong with it.
pub(crate) fn field(
    question: &Question,
    offered: &[&Choice],
    asked: Asked,
    (sent, error): (&Sent, Option<Content>),
) -> Markup {
    let heading_apart = !question.body.0.is_empty() && asked == Asked::Alone;
    let hint = hint(question, asked);
    let field = match question.kind {
        Kind::Choice | Kind::YesNo | Kind::Several | Kind::Date { .. } => {
            let legend = match asked {
                Asked::Alone if heading_apart => Legend {
                    visually_hidden: true,
                    ..Legend::new(question.ask.as_str())
                },
                Asked::Alone => Legend::page(question.ask.as_str()),
                Asked::Among => Legend::new(question.ask.as_str()),
            };
            grouped(question, offered, legend, (hint, sent, error))
        }
        _ => {
            let label = match asked {
                Asked::Alone if heading_apart => Label::hidden(question.ask.as_str()),
                Asked::Alone => Label::page(question.ask.as_str()),
                Asked::Among => Label {
                    size: Some(stour_design::Size::M),
                    ..Label::new(question.ask.as_str())
                },
            };
            single(question, label, (hint, sent, error))
        }
    };
    html! {
        @if heading_apart {
            (Heading::page(question.ask.as_str()))
            (light(&question.body))
        }
        (field)
    }
}

/// What helps to answer. Among others, what to know first belongs to it too, since a heading comes before it.
fn hint(question: &Question, asked: Asked) -> Option<Content> {
    if asked == Asked::Among && !question.body.0.is_empty() {
        return Some(Content::from(html! {
            (light(&question.body))
            @if let Some(hint) = &question.hint { p { (hint) } }
        }));
    }
    question.hint.as_deref().map(Content::from)
}

fn grouped(
    question: &Question,
    offered: &[&Choice],
    legend: Legend,
    (hint, sent, error): (Option<Content>, &Sent, Option<Content>),
) -> Markup {
    let name = name(question);
    if let Kind::Date { .. } = question.kind {
        let input = sent.date.input(&name, legend);
        return stour_design::DateInput {
            hint,
            error,
            ..input
        }
        .render();
    }
    let is_several = question.kind == Kind::Several;
    let mut items: Vec<ChoiceItem> = Vec::new();
    for choice in offered {
        if choice.alone && items.len() > 1 {
            items.push(ChoiceItem::Divider("or".to_owned()));
        }
        let checked = sent.texts.contains(&choice.id);
        let value = if is_several {
            "yes"
        } else {
            choice.id.as_str()
        };
        items.push(ChoiceItem::Choice(Box_ {
            hint: choice.hint.as_deref().map(Content::from),
            name: is_several.then(|| format!("{name}_{}", choice.id)),
            behaviour: choice.alone.then_some(Behaviour::Exclusive),
            behaviour_group: is_several.then(|| name.clone()),
            checked,
            ..Box_::new(value, choice.label.as_str())
        }));
    }
    if is_several {
        Checkboxes {
            hint,
            error,
            ..Checkboxes::new(name, legend, items)
        }
        .render()
    } else {
        Radios {
            hint,
            error,
            ..Radios::new(name, legend, items)
        }
        .render()
    }
}

fn single(
    question: &Question,
    label: Label,
    (hint, sent, error): (Option<Content>, &Sent, Option<Content>),
) -> Markup {
    let name = name(question);
    if let Kind::Text { longest } = question.kind
        && longest > 100
    {
        return Textarea {
            hint,
            error,
            ..Textarea::new(name, label).value(sent.one())
        }
        .render();
    }
    let input = Input {
        hint,
        error,
        ..Input::new(name, label).value(sent.one())
    };
    match question.kind {
        Kind::Money { .. } => Input {
            prefix: Some("£".into()),
            inputmode: Some("decimal".to_owned()),
            spellcheck: Some(false),
            ..Input {
                value: Some(sent.one().trim_start_matches('£').to_owned()),
                ..input
            }
            .width(Width::Ten)
        }
        .render(),
        Kind::Number { .. } | Kind::Age { .. } => Input {
            inputmode: Some("numeric".to_owned()),
            spellcheck: Some(false),
            ..input.width(Width::Five)
        }
        .render(),
        Kind::Postcode => Input {
            autocomplete: Some("postal-code".to_owned()),
            spellcheck: Some(false),
            ..input.width(Width::Ten)
        }
        .render(),
        _ => input.render(),
    }
}
