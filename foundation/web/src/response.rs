//! Answers and headers that every capability uses.

use axum::http::header::{ETAG, IF_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use stour_database::Version;

use crate::problem::Problem;

/// 303: what was sent is done; go and look.
pub fn redirect(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to.to_owned())]).into_response()
}

/// The entity tag of a row's version, as a header.
pub fn tagged(version: Version) -> [(HeaderName, String); 1] {
    [(ETAG, version.to_string())]
}

/// The version that the caller saw.
///
/// # Errors
/// 428 when it is not said, 400 when it is not a version.
pub fn if_match(headers: &HeaderMap) -> Result<Version, Problem> {
    let value = headers
        .get(IF_MATCH)
        .ok_or_else(Problem::version_required)?;
    Ok(value.to_str().unwrap_or_default().parse::<Version>()?)
}
