//! Removing an entry: it is no longer in force, and its history stays.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, InsetText, Label, Markup, Size, Textarea, html};
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::edit::{self, above};
use super::filled::{BASE, WHY};
use super::input::error_of;
use super::shown::link;
use crate::change::{referring, remove_checked};
use crate::opened::{Opened, editor, only_if_may_edit, open};
use crate::register::{Register, Said};
use crate::{Author, Entry, Kind};

/// `GET …/{kind}/{number}/remove`.
pub(crate) async fn form(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    only_if_may_edit(&caller, kind)?;
    Ok(page(&caller, &opened, (kind, &entry), &[]))
}

fn page(
    caller: &Caller,
    opened: &Opened,
    (kind, entry): (&'static Kind, &Entry),
    errors: &[FieldError],
) -> Page {
    let reference = entry.reference(kind);
    let title = format!("Remove {}", entry.called(kind));
    let back = opened.page_of(kind.name, entry.number, "");
    let main = html! {
        (asked(caller, opened, (kind, entry), errors))
        p { a href=(back) { "Back to " (reference) ", removing nothing" } }
    };
    opened
        .page(title, main, above(opened, kind, entry))
        .with_errors(errors)
}

fn asked(
    caller: &Caller,
    opened: &Opened,
    (kind, entry): (&'static Kind, &Entry),
    errors: &[FieldError],
) -> Markup {
    if entry.removed {
        return html! { (InsetText::new("It was removed already.")) };
    }
    let others = referring(opened.register, &opened.around, entry);
    if !others.is_empty() {
        return html! {
            p { "It cannot be removed while others refer to it. Change or remove these first:" }
            ul.nhsuk-list.nhsuk-list--bullet { @for (kind, other, _) in others { li { (link(opened, kind, other)) } } }
        };
    }
    let why = Label {
        size: Some(Size::S),
        ..Label::new("Why it is removed")
    };
    html! {
        p { "It disappears from lists and checks. Its history stays, and its number is never given again." }
        form method="post" action=(opened.page_of(kind.name, entry.number, "/remove")) novalidate {
            (form::hidden(caller))
            input type="hidden" name=(BASE) value=(entry.version);
            (Textarea { rows: Some(2), error: error_of(errors, WHY), ..Textarea::new(WHY, why) })
            (Button { prevent_double_click: true, ..Button::warning(format!("Remove this {}", kind.one)) })
        }
    }
}

/// `POST …/{kind}/{number}/remove`.
pub(crate) async fn remove(
    register: &'static Register,
    caller: Caller,
    said: Said,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    let editor = editor(&caller, kind)?;
    if form.get(WHY).is_empty() {
        editor.permit_to(kind.edit, Resource::House).await?;
        let errors = [FieldError {
            field: WHY.to_owned(),
            message: "Say why it is removed".to_owned(),
        }];
        return Ok(page(&caller, &opened, (kind, &entry), &errors).into_response());
    }
    let base = edit::base(&editor, kind, &form).await?;
    let (by, reason) = (Author::from(caller.actor()), form.get(WHY).to_owned());
    let (id, address) = (entry.id, opened.page_of(kind.name, entry.number, ""));
    let sent = (form.key(), form.fingerprint());
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        remove_checked(tx, environment, (register, id, base), &reason, &by)?;
        Ok(format!("{address}?done=removed"))
    });
    Ok(redirect(&done.await?))
}
