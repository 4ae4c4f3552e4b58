//! The page of a series, and the whole of it as a file.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_web::{Caller, Page, Problem};

use super::read;
use super::view::Window;
use crate::shown::profile;

/// What may stand after the question mark.
pub(crate) type Asked = Query<BTreeMap<String, String>>;

/// `GET /board/series/{measure}/{area}`, and the same with `.csv` after it.
pub(crate) async fn show(
    caller: Caller,
    Path((measure, area)): Path<(String, String)>,
    Query(asked): Asked,
) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let asked = |name: &str| asked.get(name).map(String::as_str);
    let profile = profile(asked("profile"));
    if let Some(area) = area.strip_suffix(".csv") {
        let whole = read::one(caller.house(), measure, area.to_owned(), profile).await?;
        let name = format!("{}-{}.csv", whole.series.measure, whole.series.area);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
        ];
        return Ok((headers, whole.csv()).into_response());
    }
    let whole = read::one(caller.house(), measure, area, profile).await?;
    let page = Page::new(
        whole.headline(),
        whole.page(Window::named(asked("period")), profile),
    );
    Ok(page.under([("Board", "/board")]).into_response())
}
