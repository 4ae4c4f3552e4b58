//! A version as a file.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_appraisal::appraise;
use stour_web::{Caller, Problem};

use super::opened::{Asked, open, worked_out};
use super::reading::Reading;
use crate::case::results;
use crate::workbook;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /cases/{id}/versions/{number}/{file}`: the text itself, whose SHA-256 is that of the version, or
/// a spreadsheet.
pub(crate) async fn show(
    caller: Caller,
    Path((id, number, file)): Path<(String, i64, String)>,
) -> Result<Response, Problem> {
    let asked = Asked {
        version: Some(number),
    };
    let opened = open(&caller, &id, asked).await?;
    let kind = opened.document.kind;
    let name = format!("{kind}-{number}");
    let (kind_of_file, bytes, ending) = match (file.strip_prefix(kind.as_str()), &opened.reading) {
        (Some(".toml"), _) => (
            "application/toml; charset=utf-8",
            opened.shown.text.clone().into_bytes(),
            "toml",
        ),
        (Some(".xlsx"), Reading::Case(case)) => {
            let (case, text) = (case.clone(), opened.shown.text.clone());
            let work = move || {
                let found = appraise(&case).map_err(|_| Problem::fault())?;
                workbook::write(&text, &results::sheets(&found)).map_err(|error| {
                    tracing::error!(%error, "a case cannot be written as a spreadsheet");
                    Problem::fault()
                })
            };
            (XLSX, worked_out(work).await??, "xlsx")
        }
        _ => return Err(Problem::not_found()),
    };
    let headers = [
        (CONTENT_TYPE, kind_of_file.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{ending}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
