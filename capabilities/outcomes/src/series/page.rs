//! The page of a series, and the whole of it as a file.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_web::{Caller, Page, Problem};

use super::judgement::Method;
use super::note_page::may;
use super::read;
use super::view::{Said, Window};
use crate::commentary::form::commentary;
use crate::indicator::download::{Form, base};
use crate::shown::{chart_kind, profile};

/// What may stand after the question mark.
pub(crate) type Asked = Query<BTreeMap<String, String>>;

/// The rules and the chart that were asked for.
pub(super) fn method(asked: &BTreeMap<String, String>) -> Method {
    let asked = |name: &str| asked.get(name).map(String::as_str);
    Method {
        profile: profile(asked("profile")),
        kind: chart_kind(asked("chart")),
    }
}

/// `GET /board/series/{measure}/{area}`, and the same with `.csv`, `.xlsx` or `.json` after it.
pub(crate) async fn show(
    caller: Caller,
    Path((measure, area)): Path<(String, String)>,
    Query(asked): Asked,
) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let method = method(&asked);
    let (area, form) = Form::split(&area);
    let whole = read::one(caller.house(), measure, area.to_owned(), method).await?;
    if let Some(form) = form {
        return whole.answer(form, method, base(caller.house()));
    }
    let window = asked.get("period").map(String::as_str);
    let about = format!("series/{}/{}", whole.series.measure, whole.series.area);
    let said = Said {
        commentary: commentary(&caller, &about).await?,
        today: caller.today(),
        may: may(&caller),
    };
    let main = whole.page(Window::named(window, whole.measure.every), method, &said);
    let page = Page::new(whole.headline(), main);
    let of_measure = format!("/board/series/{}", whole.series.measure);
    Ok(page
        .under([
            ("Board", "/board"),
            (whole.measure.title.as_str(), of_measure.as_str()),
        ])
        .into_response())
}
