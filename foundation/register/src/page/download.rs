//! Registers as files.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_web::{Caller, Problem};

use crate::Kind;
use crate::file;
use crate::known::Known;
use crate::opened::{Opened, open};
use crate::register::{Register, Said};

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET …/{kind}/export.csv`.
pub(crate) async fn csv(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let text = file::csv(kind, &opened.around);
    let name = format!("{}-{}.csv", opened.scope, kind.name);
    Ok(sent(CSV, &name, text.into_bytes()))
}

/// `GET …/{kind}/export.xlsx`.
pub(crate) async fn xlsx(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let name = format!("{}-{}.xlsx", opened.scope, kind.name);
    workbook(&caller, opened, vec![kind], name).await
}

/// The workbook of all kinds.
pub(crate) async fn whole(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let name = format!("{}.xlsx", opened.scope);
    workbook(&caller, opened, (register.kinds)(), name).await
}

async fn workbook(
    caller: &Caller,
    opened: Opened,
    kinds: Vec<&'static Kind>,
    name: String,
) -> Result<Response, Problem> {
    let today = caller.today();
    // Hundreds of rows take a moment, and the threads that answer requests do not wait for it.
    let made = tokio::task::spawn_blocking(move || {
        let known = Known::of(opened.register, &opened.around, today);
        file::workbook(&known, &kinds)
    });
    let made = made.await.map_err(|_| Problem::fault())?;
    let bytes = made.map_err(|error| {
        Problem::conflict(format!(
            "This cannot be a workbook: {error}. Take it as CSV."
        ))
    })?;
    Ok(sent(XLSX, &name, bytes))
}

fn sent(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    // A scope may be called whatever its address can say; the name of a file is plainer.
    let name: String = name
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.'))
        .collect();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}
