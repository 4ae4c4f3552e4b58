//! Adding an entry.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, html};
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::aside;
use super::filled::{Filled, WHY};
use super::input::{inputs, summed_up, why};
use crate::aside::Aside;
use crate::change::add_numbered;
use crate::known::number_in;
use crate::opened::{Opened, editor, only_if_may_edit, open};
use crate::register::{Register, Said};
use crate::{Author, Kind, Values};

/// `GET …/{kind}/new`. Fields may be filled by the query of the address.
pub(crate) async fn form(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    only_if_may_edit(&caller, kind)?;
    let row = asked.get(aside::ROW).map_or("", String::as_str);
    let row = aside::mended(&caller, &opened, kind, row).await?;
    let mut given: Values = kind
        .fields
        .iter()
        .filter_map(|field| Some((field.name, asked.get(field.name)?)))
        .collect();
    if let Some(row) = &row {
        given = row.given.iter().map(|(name, text)| (name, text)).collect();
    }
    let filled = Filled::of(&opened.known(&caller), kind, &given);
    Ok(page(&caller, &opened, kind, (&filled, row.as_ref(), &[])))
}

fn page(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    (filled, row, errors): (&Filled, Option<&Aside>, &[FieldError]),
) -> Page {
    let title = format!("Add {}", kind.a());
    let known = opened.known(caller);
    let main = html! {
        (aside::told(row))
        form method="post" action=(opened.list(kind, "/new")) novalidate {
            (form::hidden(caller))
            (aside::hidden(row))
            (inputs(kind, &known, filled, errors))
            (why(false, filled, errors))
            (Button { prevent_double_click: true, ..Button::new(format!("Add this {}", kind.one)) })
        }
        p { a href=(opened.list(kind, "")) { "Back to " (crate::known::lower_first(kind.many)) ", adding nothing" } }
    };
    opened
        .page(title, main, [opened.above(kind)])
        .with_errors(&summed_up(kind, errors))
}

/// `POST …/{kind}/new`.
pub(crate) async fn add(
    register: &'static Register,
    caller: Caller,
    said: Said,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let filled = Filled::sent(&form);
    let typed = filled.values(kind);
    let row = aside::mended(&caller, &opened, kind, form.get(aside::ROW)).await?;
    let mended = row
        .as_ref()
        .map(|row| (row.id, number_in(kind, &row.number)));
    let (scope, by) = (opened.scope.clone(), Author::from(caller.actor()));
    let reason = match form.get(WHY) {
        "" => "Added in the register".to_owned(),
        why => why.to_owned(),
    };
    let sent = (form.key(), form.fingerprint());
    let editor = editor(&caller, kind)?;
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        let number = mended.and_then(|(_, number)| number);
        let place = (register, scope.as_str(), kind, number);
        let entry = add_numbered(tx, environment, place, (&typed, &reason), &by)?;
        if let Some((row, _)) = mended {
            let which = (scope.as_str(), kind.name, row);
            aside::mend(tx, environment, which, &by)?;
        }
        Ok(format!(
            "{}?done=added",
            register.entry(&scope, kind.name, entry.number)
        ))
    });
    match done.await {
        Ok(to) => Ok(redirect(&to)),
        Err(problem) if !problem.errors.is_empty() => {
            let filled = (&filled, row.as_ref(), problem.errors.as_slice());
            Ok(page(&caller, &opened, kind, filled).into_response())
        }
        Err(problem) => Err(problem),
    }
}
