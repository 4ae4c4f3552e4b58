//! Answers: JSON that a reader may keep and ask for again only when it has changed.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use stour_kernel::{Timestamp, hex};
use stour_web::Problem;

/// How JSON, and lines of it, are called.
const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";
/// Readers may keep answers and must ask whether they still hold: what is withdrawn is gone at once.
const CACHE: (HeaderName, &str) = (header::CACHE_CONTROL, "public, no-cache");

/// JSON, or nothing where the reader has the same already. `modified` is the moment since which the answer is
/// as it is, where that is known.
pub(super) fn json(
    headers: &HeaderMap,
    body: &impl Serialize,
    modified: Option<Timestamp>,
) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer of the open feed could not be written");
        Problem::fault()
    })?;
    // Weak, since the same answer may leave compressed.
    let tag = format!("W/\"{}\"", hex(&Sha256::digest(&body)));
    let modified = modified.and_then(http_date);
    let mut response = if is_held(headers, &tag, modified.as_deref()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, JSON)], body).into_response()
    };
    let own = response.headers_mut();
    own.insert(CACHE.0, HeaderValue::from_static(CACHE.1));
    let validators = [(header::ETAG, Some(tag)), (header::LAST_MODIFIED, modified)];
    for (name, value) in validators {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            own.insert(name, value);
        }
    }
    Ok(response)
}

/// Lines of JSON as they come.
pub(super) fn lines(body: Body) -> Response {
    let cache = HeaderValue::from_static(CACHE.1);
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(LINES)),
            (CACHE.0, cache),
        ],
        body,
    )
        .into_response()
}

/// Whether the reader has this answer (RFC 9110, 13.2.2: the tag counts where it is sent).
fn is_held(headers: &HeaderMap, tag: &str, modified: Option<&str>) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::IF_NONE_MATCH) {
        Some(tags) => tags
            .split(',')
            .map(|held| held.trim().trim_start_matches("W/"))
            .any(|held| held == tag.trim_start_matches("W/") || held == "*"),
        // A reader sends back the date that it was given; another is compared by nobody.
        None => modified.is_some() && text(header::IF_MODIFIED_SINCE) == modified,
    }
}

/// `Fri, 27 Nov 2026 09:30:00 GMT` (RFC 9110, 5.6.7).
fn http_date(moment: Timestamp) -> Option<String> {
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&moment)
        .ok()
}
