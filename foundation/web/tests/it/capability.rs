//! A capability for the tests: a note that can be written.

use axum::extract::Path;
use axum::response::Response;
use stour_access::Resource;
use stour_database::{Migrations, Step, params, sql};
use stour_design::{Heading, html};
use stour_web::{
    Caller, Capability, Form, Mistakes, Page, Place, Problem, Route, Upload, form, redirect,
};

const MIGRATIONS: Migrations = Migrations {
    capability: "notes",
    steps: &[Step {
        number: 1,
        name: "note",
        sql: "CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT NOT NULL);",
    }],
};

pub(crate) fn notes() -> Capability {
    Capability {
        name: "notes",
        migrations: vec![MIGRATIONS],
        routes: vec![
            Route::get("/notes", "board.read", list),
            Route::post("/notes", "person.create", write),
            Route::post("/notes/file", "person.create", write_file).with_file(),
            Route::post("/notes/small-file", "person.create", write_file),
            Route::get("/notes/undecided", "board.read", || async {
                "nobody decided on this"
            }),
            Route::get("/notes/panic", "board.read", panics),
            Route::get("/notes/{id}", "board.read", one),
        ],
        navigation: vec![Place {
            label: "Notes",
            description: "Read notes",
            href: "/notes",
            roles: &["chief-officer"],
        }],
        ..Capability::default()
    }
}

async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let notes = caller
        .house()
        .database()
        .read(|tx| {
            tx.rows(
                sql!("SELECT text FROM note ORDER BY id"),
                params![],
                |row| row.get::<String>(0),
            )
        })
        .await?;
    Ok(Page::new(
        "Notes",
        html! { (Heading::page("Notes")) ul { @for note in notes { li { (note) } } } (form::hidden(&caller)) },
    ))
}

async fn one(caller: Caller, Path(_): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    Err(Problem::not_found())
}

async fn write(caller: Caller, form: Form) -> Result<Response, Problem> {
    let mut mistakes = Mistakes::default();
    let text = mistakes
        .required("text", form.get("text"), "Enter a note")
        .map(str::to_owned);
    let Some(text) = text else {
        return Err(mistakes.into());
    };
    let to = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::House,
            move |tx, environment| {
                let id = environment.id::<stour_kernel::ThreadId>();
                tx.execute(
                    sql!("INSERT INTO note (id, text) VALUES ($1, $2)"),
                    params![id, text],
                )?;
                if text == "refuse me" {
                    return Err(Problem::conflict("It was asked to be refused."));
                }
                Ok(format!("/notes#{id}"))
            },
        )
        .await?;
    Ok(redirect(&to))
}

async fn write_file(caller: Caller, upload: Upload) -> Result<Response, Problem> {
    let mut mistakes = Mistakes::default();
    if upload.file.is_empty() {
        mistakes.add("file", "Choose a file");
        return Err(mistakes.into());
    }
    let Upload { form, file } = upload;
    let text = format!("{}|{}|{}", form.get("text"), file.name, file.bytes.len());
    let to = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::House,
            move |tx, environment| {
                let id = environment.id::<stour_kernel::ThreadId>();
                tx.execute(
                    sql!("INSERT INTO note (id, text) VALUES ($1, $2)"),
                    params![id, text],
                )?;
                Ok::<_, Problem>(format!("/notes#{id}"))
            },
        )
        .await?;
    Ok(redirect(&to))
}

async fn panics(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    panic!("as the test wants")
}
