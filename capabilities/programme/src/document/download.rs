//! A version as a file.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_appraisal::appraise;
use stour_web::{Caller, Problem};

use super::DocumentError;
use super::opened::{Asked, heavy, open, worked_out};
use super::reading::Reading;
use crate::case::results;
use crate::workbook;

/// Lines times years beyond which a workbook would take many seconds, and hundreds of megabytes, to make.
const MOST_CELLS: usize = 20_000;
const TOML: &str = "application/toml; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /cases/template.xlsx`: a workbook with nothing but its headings and a guide.
pub(crate) async fn template(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let bytes = worked_out(workbook::template).await?.map_err(unwritten)?;
    Ok(file(XLSX, "business-case.xlsx", bytes))
}

fn unwritten(error: workbook::WorkbookError) -> Problem {
    match error {
        // Remarks and spaces that a cell does not keep: the author can mend it.
        told @ (workbook::WorkbookError::NotTheSame(_) | workbook::WorkbookError::NoPlace(_)) => {
            Problem::conflict(format!("This version cannot be a spreadsheet: {told}."))
        }
        error => {
            tracing::error!(%error, "a case cannot be written as a spreadsheet");
            Problem::fault()
        }
    }
}

fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// `GET /cases/{id}/versions/{number}/{file}`: the text itself, whose SHA-256 is that of the version, or
/// a spreadsheet.
pub(crate) async fn show(
    caller: Caller,
    Path((id, number, file_name)): Path<(String, i64, String)>,
) -> Result<Response, Problem> {
    let asked = Asked {
        version: Some(number),
    };
    let opened = open(&caller, &id, asked).await?;
    let kind = opened.document.kind;
    match (file_name.strip_prefix(kind.as_str()), &opened.reading) {
        (Some(".toml"), _) => {
            let name = format!("{kind}-{number}.toml");
            Ok(file(TOML, &name, opened.shown.text.clone().into_bytes()))
        }
        (Some(".xlsx"), Reading::Case(case)) => {
            let cells = case.lines().saturating_mul(case.year_labels().len());
            if cells > MOST_CELLS {
                return Err(Problem::conflict(
                    "This case is too large for a spreadsheet. Take it as a text (.toml).",
                ));
            }
            let (case, text) = (case.clone(), opened.shown.text.clone());
            let work = move || {
                let found = appraise(&case).map_err(DocumentError::from)?;
                workbook::write(&text, &results::sheets(&found)).map_err(unwritten)
            };
            let bytes = heavy(work).await??;
            Ok(file(XLSX, &format!("{kind}-{number}.xlsx"), bytes))
        }
        _ => Err(Problem::not_found()),
    }
}
