//! The highlight report of the moment, issuing it, and those that were issued.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Cell, Column, Heading, Markup, Table, TableCaption, Textarea, html};
use stour_kernel::Environment;
use stour_partnership::organisation_name;
use stour_register::{Author, latest_since};
use stour_web::words::moment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::issued::{From, Issued, gather};
use super::report::Report;
use super::shown::{file, tag, whole};
use super::store;
use crate::document::Hash;
use crate::document::words::said;
use crate::governance::EDIT;
use crate::governance::shell::{self, Opened, Part, may};

/// `GET /programmes/{programme}/report`.
pub(super) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let live = gather(&caller, &opened, From::Report).await?;
    let report = live.report(&opened);
    let shown = (&report, live.issued.as_slice());
    Ok(page(&caller, &opened, shown, ("", &Mistakes::default())))
}

/// `GET /programmes/{programme}/report.csv`.
pub(super) async fn csv(
    caller: Caller,
    Path(programme): Path<String>,
) -> Result<Response, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let live = gather(&caller, &opened, From::Report).await?;
    Ok(file(&opened, &live.report(&opened)))
}

fn page(
    caller: &Caller,
    opened: &Opened,
    (report, issued): (&Report, &[Issued]),
    (summary, mistakes): (&str, &Mistakes),
) -> Page {
    let main = html! {
        p.stour-no-print {
            "The report as it stands now. It is made of what is recorded, and changes with it until it is issued. "
            a href=(opened.address("/report.csv")) { "Take it away as CSV" } ", or print this page."
        }
        (whole(opened, report))
        div.stour-no-print {
            @if may(caller, EDIT) { (issue_form(caller, opened, report, (summary, mistakes))) }
            (list(opened, issued))
        }
    };
    shell::page(opened, Part::Report, &main).with_errors(mistakes.all())
}

fn issue_form(
    caller: &Caller,
    opened: &Opened,
    report: &Report,
    (summary, mistakes): (&str, &Mistakes),
) -> Markup {
    html! {
        (Heading { id: Some("issue".to_owned()), ..Heading::section("Issue this report") })
        p { "An issued report is kept as it is now, with your name and the day. Nobody can change it." }
        form method="post" action=(opened.address("/report")) novalidate {
            (form::hidden(caller))
            input type="hidden" name="seen" value=(Hash::of(&report.json()));
            (Textarea {
                error: mistakes.of("summary"),
                hint: Some("What the board should know first, in a few sentences".into()),
                rows: Some(4),
                ..Textarea::new("summary", "Summary").value(summary)
            })
            (Button { prevent_double_click: true, ..Button::new("Issue the report") })
        }
    }
}

fn list(opened: &Opened, issued: &[Issued]) -> Markup {
    let columns = ["Report", "Status", "Issued by", "When"];
    let rows = issued.iter().map(|one| {
        vec![
            Cell::link(
                format!("Report {}", one.number),
                opened.address(&format!("/report/{}", one.number)),
            ),
            match &one.report {
                Some(report) => html! { (tag(report.rag)) }.into(),
                None => Cell::missing("Cannot be read"),
            },
            format!("{}, {}", one.by, organisation_name(&one.organisation)).into(),
            moment(one.at).into(),
        ]
    });
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from("Issued reports")
    };
    html! {
        (Heading::section("Issued reports"))
        @if issued.is_empty() {
            p { "None was issued yet." }
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns.map(Column::from), rows) })
        }
    }
}

/// `POST /programmes/{programme}/report`.
pub(super) async fn issue(
    caller: Caller,
    Path(programme): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    if !may(&caller, EDIT) {
        return Err(Problem::forbidden("Programme managers issue reports."));
    }
    let read_at = caller.house().environment().now();
    let live = gather(&caller, &opened, From::Report).await?;
    let report = live.report(&opened);
    let mut mistakes = Mistakes::default();
    let summary = form.get("summary").to_owned();
    if summary.is_empty() {
        mistakes.add(
            "summary",
            "Say in a few sentences what the board should know first",
        );
    } else if let Err(error) = said(&summary, "summary") {
        mistakes.add("summary", error.message);
    }
    let seen = form.get("seen").to_owned();
    if !mistakes.is_empty() {
        let shown = (&report, live.issued.as_slice());
        let page = page(&caller, &opened, shown, (&summary, &mistakes));
        return Ok(page.into_response());
    }
    // What is frozen is what somebody has read. It is asked where it is stored, so that a form sent twice is one report.
    let is_seen = seen == Hash::of(&report.json()).to_string();
    let mut frozen = report.clone();
    frozen.summary.clone_from(&summary);
    let by = Author::from(caller.actor());
    let (scope, address) = (opened.scope.clone(), opened.address("/report"));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        // What somebody saved since it was read is in no report: the next begins with this one.
        if !is_seen || !latest_since(tx, &scope, read_at)?.is_empty() {
            return Err(Problem::changed());
        }
        let number = store::issue(tx, environment, &scope, &frozen, &by)?;
        Ok(format!("{address}/{number}"))
    };
    let sent = (form.key(), form.fingerprint());
    match caller.write(sent, Resource::House, work).await {
        Ok(to) => Ok(redirect(&to)),
        Err(problem) if problem == Problem::changed() => {
            mistakes.add("summary", "Something changed in the programme since you opened this page. Read the report again, then issue it");
            let shown = (&report, live.issued.as_slice());
            Ok(page(&caller, &opened, shown, (&summary, &mistakes)).into_response())
        }
        Err(problem) => Err(problem),
    }
}
