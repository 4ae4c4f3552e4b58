//! What if: inputs at other values, beside the case as it is.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_appraisal::{Appraisal, Case, InputValue, Notation, appraise};
use stour_design::{
    Button, Cell, Column, Content, Details, Heading, Input, InsetText, Label, Markup, Table, Width,
    html,
};
use stour_kernel::Pence;
use stour_web::{Caller, FieldError, Form, Page, Problem, form};

use super::change::{Change, is_written};
use super::input::{named, read, typed, value_of, with};
use super::summary_page::{Beside, beside};
use crate::document::next::{Next, NotSaved, base_of, save_next};
use crate::document::opened::{Asked, Opened, open, open_to_edit, worked_out};
use crate::document::shell::{self, Part, may};
use crate::document::words::said;
use crate::document::{DocumentError, Reading, Refusal};
use crate::shown::{heard, measured, money, moved, numbers, paid_back};

/// Fields of the address that are no inputs.
const NOT_INPUTS: [&str; 1] = ["version"];

/// `GET /cases/{id}/what-if`: the inputs that are different are in the address, so that it can be sent
/// to somebody.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Query(sent): Query<BTreeMap<String, String>>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    let Reading::Case(case) = opened.reading.clone() else {
        return Err(Problem::not_found());
    };
    let tried = Tried::of(&case, &sent);
    page(&caller, &opened, (&case, &tried), opened.document.latest).await
}

/// The page; what is kept from it changes the version `base`.
async fn page(
    caller: &Caller,
    opened: &Opened,
    (case, tried): (&Case, &Tried),
    base: i64,
) -> Result<Page, Problem> {
    let (case, changed) = (case.clone(), tried.changed.clone());
    let beside = beside(opened).await?;
    let work = move || match with(&case, &changed) {
        Ok(then) if !changed.is_empty() => Ok::<_, DocumentError>(Some(appraise(&then)?)),
        _ => Ok(None),
    };
    let then = worked_out(work).await??;
    let main = html! {
        @if let Some(then) = &then {
            (compared(tried, &beside, then))
            (make_it_so(caller, opened, tried, base))
        }
        (what_if_form(opened, tried))
    };
    Ok(shell::page(opened, Part::WhatIf, &main).with_errors(&tried.errors))
}

/// What somebody tries: inputs, as the case has them and as they were typed.
struct Tried {
    inputs: Vec<InputValue>,
    typed: BTreeMap<String, String>,
    /// Those that differ from the case.
    changed: BTreeMap<String, f64>,
    errors: Vec<FieldError>,
    /// Why it is to be kept, where that was sent with a mistake.
    why: String,
}

impl Tried {
    fn of(case: &Case, sent: &BTreeMap<String, String>) -> Self {
        let inputs = case.inputs();
        let mut tried = Self {
            typed: BTreeMap::new(),
            changed: BTreeMap::new(),
            errors: Vec::new(),
            why: String::new(),
            inputs,
        };
        for (field, text) in sent {
            let text = text.trim();
            if text.is_empty() || NOT_INPUTS.contains(&field.as_str()) {
                continue;
            }
            tried.take(field, text);
        }
        tried
    }

    fn take(&mut self, field: &str, text: &str) {
        let Some(input) = self.inputs.iter().find(|input| input.name == field) else {
            self.errors.push(FieldError {
                field: "inputs".to_owned(),
                message: format!("The case has no input {field}"),
            });
            return;
        };
        self.typed.insert(field.to_owned(), text.to_owned());
        match read(input, text) {
            Ok(value) if typed(input, value) == typed(input, input.agreed) => {}
            Ok(value) => {
                self.changed.insert(field.to_owned(), value);
            }
            // Among many fields, an error says of which it speaks.
            Err(reason) => self.errors.push(FieldError {
                field: field.to_owned(),
                message: format!("{}: {reason}", named(input)),
            }),
        }
    }

    fn error(&self, field: &str) -> Option<Content> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field)?;
        Some(error.message.as_str().into())
    }

    /// Each input that differs, in a sentence: "Days in hospital not needed: take-up 20% and not 30%".
    fn sentences(&self) -> Vec<String> {
        let different = self
            .inputs
            .iter()
            .filter_map(|input| Some((input, *self.changed.get(&input.name)?)));
        different
            .map(|(input, value)| {
                format!(
                    "{} {} and not {}",
                    named(input),
                    value_of(input, value),
                    value_of(input, input.agreed)
                )
            })
            .collect()
    }
}

fn compared(tried: &Tried, beside: &Beside, then: &Appraisal) -> Markup {
    let now = &beside.now;
    let mut columns = vec!["Net present value"];
    if beside.agreed.is_some() {
        columns.push("Agreed version");
    }
    columns.extend(["This version", "What if", "What if moves it by"]);
    let row = |name: &str, agreed: Option<Pence>, before: Pence, after: Pence| {
        let agreed = beside.agreed.is_some().then(|| {
            agreed.map_or_else(|| Cell::missing("Not in it"), |agreed| money(agreed).into())
        });
        let rest = [money(before), money(after), moved(after, before)].map(Cell::from);
        let cells = [Cell::from(name)].into_iter().chain(agreed);
        cells.chain(rest).collect::<Vec<Cell>>()
    };
    let partners = now.partners.iter().zip(&then.partners).map(|(now, then)| {
        let mut agreed = beside.agreed.iter().flat_map(|agreed| &agreed.partners);
        let agreed = agreed.find(|agreed| agreed.id == now.id);
        row(
            &now.name,
            agreed.map(|agreed| agreed.public_value.net_present_value),
            now.public_value.net_present_value,
            then.public_value.net_present_value,
        )
    });
    let all = |name: &str, of: fn(&Appraisal) -> Pence| {
        row(name, beside.agreed.as_ref().map(of), of(now), of(then))
    };
    let rows: Vec<Vec<Cell>> = partners
        .chain([
            all("All, public value", |it| it.public_value.net_present_value),
            all("All, the public purse", |it| it.financial.net_present_value),
        ])
        .collect();
    html! {
        (Heading::section("What if"))
        ul.nhsuk-list.nhsuk-list--bullet { @for sentence in tried.sentences() { li { (sentence) } } }
        (numbers("Net present value of each partner, now and then", columns, rows))
        p {
            "Benefits for each pound of costs: "
            (measured(&then.public_value.benefit_cost_ratio, |it| format!("£{it:.2}")))
            ", in this version "
            (measured(&now.public_value.benefit_cost_ratio, |it| format!("£{it:.2}")))
            ". " (paid_back(&then.public_value.payback_year)) "; this version: " (paid_back(&now.public_value.payback_year)) "."
        }
        (years(now, then))
    }
}

/// The net amount of each partner in each year, now and then.
fn years(now: &Appraisal, then: &Appraisal) -> Markup {
    let labels: Vec<&str> = now
        .partners
        .first()
        .into_iter()
        .flat_map(|partner| partner.years.iter().map(|year| year.year.as_str()))
        .collect();
    let columns = ["Partner", "Case"].into_iter().chain(labels);
    let row = |name: &str, which: &str, partner: &stour_appraisal::Position| -> Vec<Cell> {
        let nets = partner.years.iter().map(|year| Cell::from(money(year.net)));
        let which = Cell {
            numeric: Some(false),
            ..which.into()
        };
        [name.into(), which].into_iter().chain(nets).collect()
    };
    let rows: Vec<Vec<Cell>> = now
        .partners
        .iter()
        .zip(&then.partners)
        .flat_map(|(now, then)| {
            [
                row(&now.name, "This version", now),
                row(&now.name, "What if", then),
            ]
        })
        .collect();
    html! {
        (Heading::subsection("Net amounts by year, not discounted"))
        (numbers("Net amounts by year, now and then", columns, rows))
    }
}

/// A button that writes what was tried into the case, where the case can hold it.
fn make_it_so(caller: &Caller, opened: &Opened, tried: &Tried, base: i64) -> Markup {
    let mut errors = tried.errors.iter();
    let is_wrong = errors.any(|error| error.field != "what");
    if !may(caller, "case.edit") || !opened.is_latest() || is_wrong {
        return html! {};
    }
    let text: toml::Table = opened.shown.text.parse().unwrap_or_default();
    if !tried.changed.keys().all(|input| is_written(&text, input)) {
        return html! {
            (InsetText::new("To keep this, change the lines themselves: what is marked “to try only” is no number of the document."))
        };
    }
    html! {
        (Heading::subsection("Keep it"))
        form method="post" action={ "/cases/" (opened.document.id) "/what-if" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(base);
            @for (input, value) in &tried.changed { input type="hidden" name={ "input-" (input) } value=(value); }
            (Input {
                hint: Some("For whoever reads the list of versions.".into()),
                error: tried.error("what"),
                ..Input::new("what", "What changes, and why").value(&tried.why)
            })
            (Button { prevent_double_click: true, ..Button::new("Save as a new version") })
        }
    }
}

/// More inputs than this are folded away, line by line.
const MANY: usize = 60;

/// Every input with its value, and a field for another.
fn what_if_form(opened: &Opened, tried: &Tried) -> Markup {
    let text: toml::Table = opened.shown.text.parse().unwrap_or_default();
    let groups = tried.inputs.chunk_by(|one, next| one.of == next.of);
    html! {
        (Heading::section(if tried.changed.is_empty() { "Try other values" } else { "Try more" }))
        p { "Fill in what would be different. Nothing is saved, and the address of the page that follows can be sent to somebody." }
        form #inputs.stour-inputs method="get" action={ "/cases/" (opened.document.id) "/what-if" } novalidate {
            @if !opened.is_latest() { input type="hidden" name="version" value=(opened.shown.number); }
            @for group in groups { (inputs_of(tried, group, &text)) }
            (Button::new("See what follows"))
            @if !tried.typed.is_empty() { p { a href={ "/cases/" (opened.document.id) "/what-if" } { "Start again" } } }
        }
    }
}

/// The inputs of one line or group of people.
fn inputs_of(tried: &Tried, group: &[InputValue], text: &toml::Table) -> Markup {
    let name = group.first().map_or("", |input| input.of.as_str());
    let rows = group.iter().map(|input| {
        let what = stour_web::words::capital(&input.what);
        let only_tried = !is_written(text, &input.name);
        vec![
            Cell::from(html! { (what) @if only_tried { span.nhsuk-u-secondary-text-colour { " (to try only)" } } }),
            value_of(input, input.agreed).into(),
            html! { (field(tried, input)) }.into(),
        ]
    });
    let columns = vec![
        Column::from("Input"),
        Column::numeric("This version"),
        "What if".into(),
    ];
    let table = Table {
        compact: true,
        responsive: true,
        ..Table::new(heard(&format!("Inputs of {name}")), columns, rows)
    };
    let is_open = tried.inputs.len() <= MANY
        || group
            .iter()
            .any(|input| tried.typed.contains_key(&input.name));
    html! {
        (Details { open: is_open, ..Details::expander(name, html! { (table) }) })
    }
}

fn field(tried: &Tried, input: &InputValue) -> Input {
    Input {
        id: Some(input.name.clone()),
        label: Label::hidden(format!("What if, {}", named(input))),
        width: Some(Width::Ten),
        inputmode: Some("decimal".to_owned()),
        prefix: (input.written == Notation::Pounds).then(|| "£".into()),
        suffix: (input.written == Notation::Proportion).then(|| "%".into()),
        error: tried.error(&input.name),
        ..Input::new(input.name.as_str(), "")
            .value(tried.typed.get(&input.name).map_or("", String::as_str))
    }
}

/// `POST /cases/{id}/what-if`: what was tried becomes the next version.
pub(crate) async fn keep(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let base = base_of(&form)?;
    let inputs = form.with_prefix("input-").map(|(input, value)| {
        let value = value.parse().ok().filter(|value: &f64| value.is_finite());
        let value = value.ok_or_else(|| Problem::malformed("The form has a value that is none."));
        Ok((input.to_owned(), value?))
    });
    let inputs = inputs.collect::<Result<BTreeMap<String, f64>, Problem>>()?;
    let (follows, wrong) = match said(form.get("what"), "what") {
        Ok(what) => {
            let document = id.parse().map_err(|_| Problem::not_found())?;
            let next = (
                &Next::Change(Change::SetInputs(inputs.clone())),
                what.as_str(),
            );
            let sent = (form.key(), form.fingerprint());
            match save_next(&caller, (document, base), next, sent).await {
                Ok(done) => return Ok(done),
                Err(NotSaved::Refused(refusal @ Refusal::Overtaken)) => {
                    let wrong = FieldError {
                        field: "what".to_owned(),
                        message: refusal.with_what_was_typed(),
                    };
                    (None, wrong)
                }
                Err(other) => return Err(other.into()),
            }
        }
        Err(wrong) => (Some(base), wrong),
    };
    let opened = open_to_edit(&caller, &id).await?;
    let Reading::Case(case) = opened.reading.clone() else {
        return Err(Problem::not_found());
    };
    let all = case.inputs();
    let sent = all
        .iter()
        .filter_map(|input| Some((input.name.clone(), typed(input, *inputs.get(&input.name)?))));
    let mut tried = Tried::of(&case, &sent.collect());
    if follows.is_none() && tried.changed.is_empty() {
        // The latest version has these values already, so that there is nothing to keep.
        return Err(Problem::conflict(wrong.message));
    }
    tried.errors.push(wrong);
    form.get("what").clone_into(&mut tried.why);
    let base = follows.unwrap_or(opened.document.latest);
    let page = page(&caller, &opened, (&case, &tried), base).await?;
    Ok(page.into_response())
}
