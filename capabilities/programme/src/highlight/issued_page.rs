//! A report as it was issued.

use axum::extract::Path;
use axum::response::Response;
use stour_design::{WarningCallout, html};
use stour_partnership::organisation_name;
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::issued::Issued;
use super::report::Report;
use super::shown::{file, whole};
use super::store;
use crate::governance::shell::{self, Opened, Part};

/// `GET /programmes/{programme}/report/{number}`.
pub(super) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let (opened, issued) = open(&caller, &programme, number).await?;
    let report = read(&issued)?;
    let main = html! {
        div.stour-dense {
            p {
                "Issued by " (issued.by) ", " (organisation_name(&issued.organisation)) ", on " (moment(issued.at))
                ". It says what was so then; links lead to what is so now."
            }
            p.stour-no-print { a href=(opened.address(&format!("/report/{number}/report.csv"))) { "Take it away as CSV" } ", or print this page." }
        }
        @if !issued.is_intact {
            (WarningCallout::new("This report is not the one that was issued", html! {
                p { "Its fingerprint is no longer the one that it was stored with. Do not rely on it, and tell whoever runs this service." }
            }).below_title())
        }
        (whole(&opened, report))
    };
    let title = format!("Report {number}");
    Ok(shell::page_below(&opened, Part::Report, &title, &main))
}

/// `GET /programmes/{programme}/report/{number}/report.csv`.
pub(super) async fn csv(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let (opened, issued) = open(&caller, &programme, number).await?;
    Ok(file(&opened, read(&issued)?))
}

async fn open(caller: &Caller, programme: &str, number: i64) -> Result<(Opened, Issued), Problem> {
    let opened = shell::open(caller, programme).await?;
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let issued = database
        .read(move |tx| store::one(tx, &scope, number))
        .await?;
    Ok((opened, issued.ok_or_else(Problem::not_found)?))
}

fn read(issued: &Issued) -> Result<&Report, Problem> {
    issued.report.as_ref().ok_or_else(|| {
        Problem::conflict("This report was issued by another release of the program, and this one cannot read it.")
    })
}
