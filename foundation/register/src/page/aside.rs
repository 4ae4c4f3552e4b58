//! Rows of files that were set aside: mended by a form that holds what they say, or dropped with a reason.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Label, Markup, NotificationBanner, Select, Size,
    Table, Textarea, html,
};
use stour_kernel::Environment;
use stour_web::words::moment;
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::filled::WHY;
use super::history::heard;
use super::import::outcome;
use super::input::{error_of, short};
use crate::aside::{Aside, AsideId, aside, settle, waiting};
use crate::known::number_in;
use crate::opened::{Opened, editor, may, open};
use crate::register::{Register, Said};
use crate::{Author, Kind};

/// The field that chooses a row, and the hidden field of a form that mends one.
pub(crate) const ROW: &str = "row-set-aside";
/// The most characters of what a row says.
const LONGEST_SHOWN: usize = 200;

/// `GET …/{kind}/aside`.
pub(crate) async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    page(&caller, &opened, kind, (&asked, "", &[])).await
}

async fn page(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    (asked, why, errors): (&BTreeMap<String, String>, &str, &[FieldError]),
) -> Result<Page, Problem> {
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let rows = database
        .read(move |tx| waiting(tx, &scope, kind.name).map_err(Problem::from))
        .await?;
    let main = html! {
        (taken(asked))
        @if rows.is_empty() {
            p { "No rows wait to be mended. " a href=(opened.list(kind, "")) { "See all " (crate::known::lower_first(kind.many)) } "." }
        } @else {
            p { "These rows of files were not taken in. Mend each by a form that holds what it says, or drop it." }
            (table(caller, opened, kind, &rows))
            @if may(caller, kind.edit) { (drop_form(caller, opened, kind, (&rows, asked, why, errors))) }
        }
    };
    let title = format!("Rows set aside: {}", crate::known::lower_first(kind.many));
    Ok(opened
        .page(title, main, [opened.above(kind)])
        .with_errors(errors))
}

/// What became of a file that was just sent, or of a row.
fn taken(asked: &BTreeMap<String, String>) -> Markup {
    let count = |name: &str| asked.get(name).and_then(|text| text.parse().ok());
    let counts = ["added", "changed", "unchanged", "aside"].map(count);
    html! {
        @if let [Some(added), Some(changed), Some(unchanged), Some(aside)] = counts {
            (NotificationBanner::success(format!("The file is taken in: {}", outcome([added, changed, unchanged, aside]))))
        } @else if asked.get("done").is_some_and(|done| done == "dropped") {
            (NotificationBanner::success("The row is dropped."))
        }
    }
}

fn called(row: &Aside) -> String {
    format!("Line {} of {}", row.line, row.file)
}

fn table(caller: &Caller, opened: &Opened, kind: &'static Kind, rows: &[Aside]) -> Markup {
    let cells = rows.iter().map(|row| {
        let reasons = html! {
            ul.nhsuk-list { @for (_, reason) in &row.reasons { li { (reason) } } }
        };
        let mend = if may(caller, kind.edit) {
            Cell::link("Mend", mend_address(opened, kind, row))
        } else {
            Cell::missing("For those who keep it")
        };
        vec![
            Cell::from(called(row)),
            short(&says(kind, row), LONGEST_SHOWN).into(),
            reasons.into(),
            format!("{} on {}", row.by, moment(row.at)).into(),
            mend,
        ]
    });
    let columns = [
        "Row",
        "What it says",
        "Why it was set aside",
        "Sent by",
        "What to do",
    ];
    html! {
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(heard("Rows set aside", "aside"), columns.map(Column::from), cells)
        })
    }
}

/// What a row says, field by field.
fn says(kind: &Kind, row: &Aside) -> String {
    let fields = row.given.iter().map(|(name, text)| {
        let label = kind.field(name).map_or(name.as_str(), |field| field.label);
        format!("{label}: {text}")
    });
    fields.collect::<Vec<_>>().join("; ")
}

/// The form that holds what a row says: of its entry where there is one, else of a new one.
fn mend_address(opened: &Opened, kind: &Kind, row: &Aside) -> String {
    let entry = number_in(kind, &row.number)
        .filter(|number| opened.around.entry(kind.name, *number).is_some());
    let form = match entry {
        Some(number) => opened.page_of(kind.name, number, "/edit"),
        None => opened.list(kind, "/new"),
    };
    format!("{form}?{ROW}={}", row.id)
}

type Shown<'a> = (
    &'a [Aside],
    &'a BTreeMap<String, String>,
    &'a str,
    &'a [FieldError],
);

fn drop_form(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    (rows, asked, why, errors): Shown<'_>,
) -> Markup {
    let items = rows.iter().map(|row| (row.id.to_string(), called(row)));
    let items = [(String::new(), "Choose a row".to_owned())]
        .into_iter()
        .chain(items);
    let label = |words: &str| Label {
        size: Some(Size::S),
        ..Label::new(words)
    };
    let chosen = asked.get(ROW).map(String::as_str);
    html! {
        (Heading::section("Drop a row"))
        form method="post" action=(opened.list(kind, "/aside")) novalidate {
            (form::hidden(caller))
            (Select { error: error_of(errors, ROW), ..Select::new(ROW, label("Row"), items).selected(chosen) })
            (Textarea { rows: Some(2), error: error_of(errors, WHY), ..Textarea::new(WHY, label("Why it is dropped")).value(why) })
            (Button { prevent_double_click: true, ..Button::secondary("Drop this row") })
        }
    }
}

/// `POST …/{kind}/aside`: drops a row.
pub(crate) async fn drop(
    register: &'static Register,
    caller: Caller,
    said: Said,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let editor = editor(&caller, kind)?;
    let row = form.get(ROW).parse::<AsideId>();
    let why = form.get(WHY).to_owned();
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: &str| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        });
    };
    if row.is_err() {
        wrong(ROW, "Choose the row to drop");
    }
    if why.is_empty() {
        wrong(WHY, "Say why it is dropped");
    }
    let (Ok(row), true) = (row, errors.is_empty()) else {
        editor.permit_to(kind.edit, Resource::House).await?;
        let asked = BTreeMap::from([(ROW.to_owned(), form.get(ROW).to_owned())]);
        let page = page(&caller, &opened, kind, (&asked, &why, &errors)).await?;
        return Ok(page.into_response());
    };
    let (scope, by) = (opened.scope.clone(), Author::from(caller.actor()));
    let address = opened.list(kind, "/aside");
    let sent = (form.key(), form.fingerprint());
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        let which = (scope.as_str(), kind.name, row);
        if settle(tx, environment, which, &format!("dropped: {why}"), &by)? {
            Ok(format!("{address}?done=dropped"))
        } else {
            Err(settled_already())
        }
    });
    Ok(redirect(&done.await?))
}

/// Notes that a row was mended, in the transaction that saves what it says.
///
/// # Errors
/// 409, when it no longer waits.
pub(crate) fn mend(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    which: (&str, &str, AsideId),
    by: &Author,
) -> Result<(), Problem> {
    if settle(tx, environment, which, "mended", by)? {
        Ok(())
    } else {
        Err(settled_already())
    }
}

/// Somebody else was quicker.
fn settled_already() -> Problem {
    Problem::conflict("Somebody has mended or dropped this row already.")
}

/// The row that a form is to mend, where its address or its hidden field names one.
///
/// # Errors
/// 404, when it no longer waits.
pub(crate) async fn mended(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    id: &str,
) -> Result<Option<Aside>, Problem> {
    if id.is_empty() {
        return Ok(None);
    }
    let id: AsideId = id.parse().map_err(|_| Problem::not_found())?;
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let found = database
        .read(move |tx| aside(tx, (&scope, kind.name), id).map_err(Problem::from))
        .await?;
    found.map(Some).ok_or_else(settled_already)
}

/// What a form says of the row that it mends, with the hidden field that names it.
pub(crate) fn told(row: Option<&Aside>) -> Markup {
    html! {
        @if let Some(row) = row {
            (InsetText::new(html! {
                p { (called(row)) " was set aside:" }
                ul.nhsuk-list.nhsuk-list--bullet { @for (_, reason) in &row.reasons { li { (reason) } } }
                p { "The form holds what it says. Put it right and save it." }
            }))
        }
    }
}

/// The hidden field by which a form says which row it mends.
pub(crate) fn hidden(row: Option<&Aside>) -> Markup {
    html! { @if let Some(row) = row { input type="hidden" name=(ROW) value=(row.id); } }
}
