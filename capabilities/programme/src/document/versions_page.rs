//! The versions of a document: who saved and signed what, and what is different between two.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_appraisal::appraise;
use stour_database::Transaction;
use stour_design::{
    Button, Cell, Checkboxes, Choice, Column, Details, Heading, InsetText, Label, Markup, Select,
    Table, Textarea, html,
};
use stour_kernel::{Environment, Pence};
use stour_partnership::organisation_name;
use stour_web::words::moment;
use stour_web::{Caller, FieldError, Form, Mistakes, Page, Problem, form, redirect};

use super::difference::{Difference, differences, place_in_words, row_names, value_in_words};
use super::next::{Next, base_of, save_next};
use super::opened::{Asked, Opened, heavy, only_if_may, open, worked_out};
use super::reading::figures_of;
use super::shell::{self, Part, may, signed};
use super::words::kept;
use super::{
    Author, Checked, DocumentError, DocumentId, Reading, Signature, Version, sign, version,
    versions,
};
use crate::shown::{breaking, heard, money, moved, numbers};

/// `GET /cases/{id}/versions`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    page(&caller, &opened, ("", &[])).await
}

/// The page, with what was typed for a signature and what is wrong with it.
async fn page(
    caller: &Caller,
    opened: &Opened,
    (words, errors): (&str, &[FieldError]),
) -> Result<Page, Problem> {
    let id = opened.document.id;
    let database = caller.house().database();
    let all = database.read(move |tx| versions(tx, id)).await?;
    let main = html! {
        (Heading::section("Versions"))
        (table(opened, &all))
        (compare_form(opened, &all))
        (signing(caller, opened, (words, errors)))
        (again(caller, opened))
        (signatures(opened))
    };
    Ok(shell::page(opened, Part::Versions, &main).with_errors(errors))
}

fn table(opened: &Opened, all: &[Version]) -> Markup {
    let id = opened.document.id;
    let rows = all.iter().map(|version| {
        let signed = opened.signatures.iter();
        let signed = signed.filter(|one| one.number == version.number);
        let names: Vec<&str> = signed.map(|one| one.by.name.as_str()).collect();
        let (number, before) = (version.number, version.number.saturating_sub(1));
        vec![
            Cell::link(
                format!("Version {number}"),
                format!("/cases/{id}?version={number}"),
            ),
            version.what.as_str().into(),
            format!(
                "{}, {}",
                version.by.name,
                organisation_name(&version.by.organisation)
            )
            .into(),
            moment(version.at).into(),
            if names.is_empty() {
                Cell::missing("Nobody")
            } else {
                names.join(", ").into()
            },
            if before == 0 {
                Cell::missing("The first")
            } else {
                Cell::link(
                    format!("What changed since version {before}"),
                    format!("/cases/{id}/compare?from={before}&to={number}"),
                )
            },
        ]
    });
    let columns = [
        "Version",
        "What changed, and why",
        "Saved by",
        "When",
        "Signed off by",
        "Differences",
    ];
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("Versions"), columns.map(Column::from), rows) })
    }
}

fn compare_form(opened: &Opened, all: &[Version]) -> Markup {
    let items: Vec<(String, String)> = all
        .iter()
        .map(|version| {
            let number = version.number.to_string();
            let words = format!("Version {number}");
            (number, words)
        })
        .collect();
    let pairs = || {
        items
            .iter()
            .map(|(number, words)| (number.as_str(), words.as_str()))
    };
    let latest = opened.document.latest;
    let agreed = opened.document.agreed.filter(|agreed| *agreed != latest);
    let from = agreed.unwrap_or(latest.saturating_sub(1)).to_string();
    let to = latest.to_string();
    html! {
        @if all.len() > 1 {
            (Heading::section("Compare two versions"))
            form method="get" action={ "/cases/" (opened.document.id) "/compare" } {
                (Select::new("from", Label::new("From"), pairs()).selected(Some(&from)))
                (Select::new("to", Label::new("To"), pairs()).selected(Some(&to)))
                (Button::secondary("Compare"))
            }
        }
    }
}

/// The form that signs off the version that is shown, or why there is none.
fn signing(caller: &Caller, opened: &Opened, (words, errors): (&str, &[FieldError])) -> Markup {
    if !may(caller, "case.sign-off") {
        return html! {};
    }
    let version = &opened.shown;
    let user = caller.actor().user;
    let of = |field: &str| {
        let mut errors = errors.iter();
        let error = errors.find(|error| error.field == field);
        error.map(|error| error.message.as_str().into())
    };
    html! {
        (Heading::section(format!("Sign off version {}", version.number)))
        @if version.by.user == user {
            (InsetText::new("You saved this version, so somebody else must sign it off."))
        } @else if opened.signed().any(|one| one.by.user == user) {
            (InsetText::new("You have signed this version."))
        } @else {
            p { "You sign the text with this fingerprint and the figures that it comes to. The latest version that is signed off is the agreed one." }
            p { code { (version.hash) } }
            form method="post" action={ "/cases/" (opened.document.id) "/sign-off" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="number" value=(version.number);
                input type="hidden" name="hash" value=(version.hash);
                (Textarea {
                    rows: Some(2),
                    error: of("words"),
                    ..Textarea::new("words", Label::new("On what terms (optional)")).value(words)
                })
                (Checkboxes {
                    error: of("read"),
                    ..Checkboxes::new("read", "Your signature", [Choice::new("yes", "I have read this version and its figures, and sign them")])
                })
                (Button { prevent_double_click: true, ..Button::new(format!("Sign off version {}", version.number)) })
            }
        }
    }
}

/// The way back to an earlier version.
fn again(caller: &Caller, opened: &Opened) -> Markup {
    html! {
        @if may(caller, "case.edit") && !opened.is_latest() {
            (Heading::section("Go back to this version"))
            p { "Version " (opened.shown.number) " is saved again as the latest one. The versions between stay." }
            form method="post" action={ "/cases/" (opened.document.id) "/go-back" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="number" value=(opened.shown.number);
                input type="hidden" name="base" value=(opened.document.latest);
                (Button { prevent_double_click: true, ..Button::secondary(format!("Go back to version {}", opened.shown.number)) })
            }
        }
    }
}

fn signatures(opened: &Opened) -> Markup {
    html! {
        @if !opened.signatures.is_empty() {
            (Heading::section("Signatures"))
            @for signature in &opened.signatures { (signature_of(signature)) }
        }
    }
}

fn signature_of(signature: &Signature) -> Markup {
    let rows = figures_of(&signature.figures)
        .into_iter()
        .map(|(name, amount)| vec![Cell::from(name), money(amount).into()]);
    let caption = format!(
        "The figures of version {} that {} signed",
        signature.number, signature.by.name
    );
    let figures = html! { (numbers(&caption, ["Figure", "Amount"], rows)) };
    html! {
        p { "Version " (signature.number) ". " (signed(signature)) " Fingerprint of the text (SHA-256): " code { (signature.hash) } }
        (Details::new(caption, figures))
    }
}

/// Two versions.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Two {
    from: i64,
    to: i64,
}

/// `GET /cases/{id}/compare`.
pub(crate) async fn compare(
    caller: Caller,
    Path(id): Path<String>,
    Query(two): Query<Two>,
) -> Result<Page, Problem> {
    let of = |number| Asked {
        version: Some(number),
    };
    let before = open(&caller, &id, of(two.from)).await?;
    let after = open(&caller, &id, of(two.to)).await?;
    let document = after.document.id;
    let database = caller.house().database();
    let all = database.read(move |tx| versions(tx, document)).await?;
    let since = move |version: &Version| version.number > two.from && version.number <= two.to;
    let reasons: Vec<Version> = all.into_iter().filter(since).collect();
    let work = move || {
        let moves = positions(&before.reading, &after.reading)?;
        let fields = differences(&before.shown.text, &after.shown.text);
        let mut names = row_names(&before.shown.text);
        names.extend(row_names(&after.shown.text));
        let in_words = |one: Difference| {
            let value = |value: Option<String>| value.map(|it| value_in_words(&one.place, &it));
            Difference {
                place: place_in_words(&one.place, &names),
                before: value(one.before),
                after: value(one.after),
            }
        };
        let fields: Vec<Difference> = fields.into_iter().map(in_words).collect();
        Ok::<_, DocumentError>((after, moves, fields))
    };
    let (after, moves, fields) = worked_out(work).await??;
    let main = html! {
        (Heading::section(format!("From version {} to version {}", two.from, two.to)))
        ul.nhsuk-list.nhsuk-list--bullet {
            @for version in reasons.iter().rev() { li { "Version " (version.number) ", " (version.by.name) ": " (version.what) } }
        }
        (moved_positions(&moves, two))
        (changed_fields(&fields))
    };
    Ok(shell::page(&after, Part::Versions, &main))
}

/// A figure of both versions: its name, before and after.
type Moved = (String, Option<Pence>, Option<Pence>);

/// What a page compares two versions by: for a case the net present value of each partner, else the
/// figures that a signatory signs.
fn positions(before: &Reading, after: &Reading) -> Result<Vec<Moved>, DocumentError> {
    let (before, after) = (headline_figures(before)?, headline_figures(after)?);
    let mut all: Vec<Moved> = before
        .iter()
        .map(|(name, amount)| {
            let mut same = after.iter().filter(|(other, _)| other == name);
            (
                name.clone(),
                Some(*amount),
                same.next().map(|(_, amount)| *amount),
            )
        })
        .collect();
    for (name, amount) in after {
        if !all.iter().any(|(other, ..)| *other == name) {
            all.push((name, None, Some(amount)));
        }
    }
    Ok(all)
}

fn headline_figures(reading: &Reading) -> Result<Vec<(String, Pence)>, DocumentError> {
    let Reading::Case(case) = reading else {
        return Ok(figures_of(&reading.figures()?.text));
    };
    let found = appraise(case)?;
    let partners = found
        .partners
        .iter()
        .map(|partner| (partner.name.clone(), partner.public_value.net_present_value));
    let all = [
        (
            "All, public value".to_owned(),
            found.public_value.net_present_value,
        ),
        (
            "All, the public purse".to_owned(),
            found.financial.net_present_value,
        ),
    ];
    Ok(partners.chain(all).collect())
}

fn moved_positions(moves: &[Moved], two: Two) -> Markup {
    let cell = |amount: &Option<Pence>| match amount {
        Some(amount) => Cell::from(money(*amount)),
        None => Cell::missing("Not in it"),
    };
    let rows = moves.iter().map(|(name, before, after)| {
        let by = match (before, after) {
            (Some(before), Some(after)) => moved(*after, *before),
            _ => String::new(),
        };
        vec![
            Cell::from(name.as_str()),
            cell(before),
            cell(after),
            by.into(),
        ]
    });
    let (from, to) = (
        format!("Version {}", two.from),
        format!("Version {}", two.to),
    );
    html! {
        (Heading::section("What moved"))
        (numbers("What moved", ["Net", from.as_str(), to.as_str(), "Moved by"], rows))
    }
}

fn changed_fields(fields: &[Difference]) -> Markup {
    let cell = |text: &Option<String>| match text {
        Some(text) => breaking(text),
        None => Cell::missing("Not there"),
    };
    let rows = fields.iter().map(|one| {
        vec![
            Cell::from(one.place.as_str()),
            cell(&one.before),
            cell(&one.after),
        ]
    });
    html! {
        (Heading::section("What was changed"))
        @if fields.is_empty() {
            p { "Nothing but the layout of the text or its remarks." }
        } @else {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(heard("What was changed"), ["Where", "Before", "After"].map(Column::from), rows) })
        }
    }
}

/// `POST /cases/{id}/sign-off`.
pub(crate) async fn sign_off(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = form.get("words").to_owned();
    let number = number(&form, "number")?;
    let mut mistakes = Mistakes::default();
    mistakes.check("words", kept(&words));
    if form.get("read") != "yes" {
        mistakes.add(
            "read",
            "Say that you have read this version and its figures",
        );
    }
    if !mistakes.is_empty() {
        let asked = Asked {
            version: Some(number),
        };
        let opened = open(&caller, &id, asked).await?;
        only_if_may(&caller, "case.sign-off")?;
        return Ok(page(&caller, &opened, (&words, mistakes.all()))
            .await?
            .into_response());
    }
    let id: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    let seen = form.get("hash").to_owned();
    let by = Author::from(caller.actor());
    let prepared = to_sign(&caller, (id, number), seen).await?;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let checked = prepared.clone()?;
        sign(tx, environment, (id, number), (&checked, &words), &by)?;
        Ok(format!("/cases/{id}?version={number}"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// The version that a form asks to sign, worked out, if it is the one that the form showed.
async fn to_sign(
    caller: &Caller,
    (id, number): (DocumentId, i64),
    seen: String,
) -> Result<Result<Checked, Problem>, Problem> {
    // Whoever may not sign is told so by the transaction, which also records it.
    if !may(caller, "case.sign-off") {
        return Ok(Err(Problem::not_found()));
    }
    let database = caller.house().database();
    let found = database.read(move |tx| version(tx, id, number)).await?;
    let Some(version) = found else {
        return Ok(Err(Problem::not_found()));
    };
    if version.hash.to_string() != seen {
        return Ok(Err(Problem::conflict(
            "The text of this version is not the one that the form showed you.",
        )));
    }
    let checked = heavy(move || Checked::of(&version.text)).await?;
    Ok(checked.map_err(Problem::from))
}

/// `POST /cases/{id}/go-back`.
pub(crate) async fn go_back(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    let (old, base) = (number(&form, "number")?, base_of(&form)?);
    let what = format!("Went back to version {old}");
    let sent = (form.key(), form.fingerprint());
    let next = (&Next::Earlier(old), what.as_str());
    Ok(save_next(&caller, (id, base), next, sent).await?)
}

fn number(form: &Form, field: &str) -> Result<i64, Problem> {
    form.get(field)
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which version it is about."))
}
