//! Taking in a file, and what became of it.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Error, Transaction};
use stour_design::{
    Button, Checkboxes, Choice, FileUpload, InsetText, Label, Markup, Size, Textarea, html,
};
use stour_kernel::Environment;
use stour_web::{Caller, FieldError, Page, Problem, Upload, form, redirect};

use super::filled::WHY;
use super::input::error_of;
use crate::file::{FileError, Imported, Rows, import, read};
use crate::known::lower_first;
use crate::opened::{Opened, editor, only_if_may_edit, open};
use crate::register::{Register, Said};
use crate::{Author, Kind};

/// The field of the file.
const FILE: &str = "file";
/// The box that asks only what would happen.
const CHECK: &str = "only-check";

/// `GET …/{kind}/import`.
pub(crate) async fn form(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    only_if_may_edit(&caller, kind)?;
    Ok(page(&caller, &opened, kind, &Sent::default()))
}

/// What stands in the form, what is wrong with it, and what would become of the file.
#[derive(Default)]
struct Sent<'a> {
    why: &'a str,
    errors: Vec<FieldError>,
    checked: Option<Imported>,
}

fn page(caller: &Caller, opened: &Opened, kind: &'static Kind, sent: &Sent<'_>) -> Page {
    let many = lower_first(kind.many);
    let errors = &sent.errors;
    let label = |words: &str| Label {
        size: Some(Size::S),
        ..Label::new(words)
    };
    let main = html! {
        @if let Some(checked) = &sent.checked { (would(checked)) }
        p { "A file exported from here can be changed and sent back. A row with the number of an entry changes it; a row without one is added. Columns may come in any order, and what has no column stays as it is." }
        p { "Rows that cannot be taken in, such as one with an owner whom nobody knows, are set aside with the reason, to be mended or dropped. The others are taken in together, or none of them." }
        ul.nhsuk-list.nhsuk-list--bullet {
            li { a href=(opened.list(kind, "/export.xlsx")) { "The " (many) " as an Excel workbook" } }
            li { a href=(opened.list(kind, "/export.csv")) { "The " (many) " as CSV" } }
        }
        form method="post" action=(opened.list(kind, "/import")) enctype="multipart/form-data" novalidate {
            (form::hidden(caller))
            (FileUpload {
                accept: Some(".csv,.xlsx".to_owned()),
                error: error_of(errors, FILE),
                ..FileUpload::new(FILE, label("The file (.xlsx or .csv)"))
            })
            (Textarea {
                rows: Some(2),
                error: error_of(errors, WHY),
                ..Textarea::new(WHY, label("Why you make these changes, or where they come from")).value(sent.why)
            })
            (Checkboxes::new(CHECK, "", [Choice::new("yes", "Only tell me what would happen")]))
            (Button { prevent_double_click: true, ..Button::new("Send the file") })
        }
        p { a href=(opened.list(kind, "/aside")) { "Rows that were set aside" } }
    };
    let title = format!("Take in {many} from a file");
    opened
        .page(title, main, [opened.above(kind)])
        .with_errors(errors)
}

/// What would become of a file.
fn would(checked: &Imported) -> Markup {
    let counts = [
        checked.added.len(),
        checked.changed.len(),
        checked.unchanged,
        checked.aside.len(),
    ];
    html! {
        (InsetText::new(html! {
            p { "Nothing is saved yet. Sent without that box ticked: " (outcome(counts)) }
            @if !checked.aside.is_empty() {
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for (line, reasons) in &checked.aside { li { "Line " (line) ": " (reasons.join(". ")) "." } }
                }
            }
        }))
    }
}

/// What became of the rows of a file, in a sentence: how many were added, changed, said nothing new, were set aside.
pub(crate) fn outcome([added, changed, unchanged, aside]: [usize; 4]) -> String {
    let rows = |count: usize| match count {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    format!(
        "{} added, {} changed, {} saying nothing new, {} set aside.",
        rows(added),
        rows(changed),
        rows(unchanged),
        rows(aside)
    )
}

/// `POST …/{kind}/import`.
pub(crate) async fn send(
    register: &'static Register,
    caller: Caller,
    said: Said,
    upload: Upload,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let editor = editor(&caller, kind)?;
    editor.permit_to(kind.edit, Resource::House).await?;
    let why = upload.form.get(WHY).to_owned();
    let mut sent = Sent {
        why: &why,
        ..Sent::default()
    };
    let rows = match rows(kind, &upload).await? {
        Ok(rows) => Some(rows),
        Err(error) => {
            sent.errors.push(FieldError {
                field: FILE.to_owned(),
                message: error.to_string(),
            });
            None
        }
    };
    if why.is_empty() {
        sent.errors.push(FieldError {
            field: WHY.to_owned(),
            message: "Say why you make these changes, or where they come from".to_owned(),
        });
    }
    let Some(rows) = rows.filter(|_| sent.errors.is_empty()) else {
        return Ok(page(&caller, &opened, kind, &sent).into_response());
    };
    let take = Take {
        register,
        scope: opened.scope.clone(),
        kind,
        rows,
        file: upload.file.name.clone(),
        why: why.clone(),
        by: Author::from(caller.actor()),
    };
    if !upload.form.get(CHECK).is_empty() {
        sent.checked = Some(take.check(&caller).await?);
        return Ok(page(&caller, &opened, kind, &sent).into_response());
    }
    let address = opened.list(kind, "/aside");
    let key = (upload.form.key(), upload.form.fingerprint());
    let done = editor.write(key, Resource::House, move |tx, environment| {
        let imported = take.import(tx, environment)?;
        Ok(format!(
            "{address}?added={}&changed={}&unchanged={}&aside={}",
            imported.added.len(),
            imported.changed.len(),
            imported.unchanged,
            imported.aside.len()
        ))
    });
    Ok(redirect(&done.await?))
}

/// The rows of a file, read away from the threads that answer requests.
async fn rows(kind: &'static Kind, upload: &Upload) -> Result<Result<Rows, FileError>, Problem> {
    let bytes = upload.file.bytes.clone();
    tokio::task::spawn_blocking(move || read(kind, &bytes))
        .await
        .map_err(|_| Problem::fault())
}

/// A file that is to be taken in.
struct Take {
    register: &'static Register,
    scope: String,
    kind: &'static Kind,
    rows: Rows,
    file: String,
    why: String,
    by: Author,
}

/// Ends a transaction in which nothing is to be saved.
enum Undone {
    Checked(Imported),
    Database(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl Take {
    fn import(
        &self,
        tx: &mut Transaction<'_>,
        environment: &Environment,
    ) -> Result<Imported, Error> {
        let place = (self.register, self.scope.as_str(), self.kind);
        let what = (&self.rows, self.file.as_str(), self.why.as_str());
        import(tx, environment, place, what, &self.by)
    }

    /// What would become of the file: it is taken in by a transaction that is given up.
    async fn check(self, caller: &Caller) -> Result<Imported, Problem> {
        let environment = caller.environment().clone();
        let database = caller.house().database();
        let done = database.write(move |tx| match self.import(tx, &environment) {
            Ok(imported) => Err::<(), _>(Undone::Checked(imported)),
            Err(error) => Err(Undone::Database(error)),
        });
        match done.await {
            Err(Undone::Checked(imported)) => Ok(imported),
            Err(Undone::Database(error)) => Err(error.into()),
            Ok(()) => Err(Problem::fault()),
        }
    }
}

#[cfg(test)]
mod tests;
