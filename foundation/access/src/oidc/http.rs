//! The provider is asked over https, or plainly when it is on this machine. No redirects: an answer from elsewhere is no
//! answer. Bounded in time and size.

use std::error::Error;
use std::fmt::Write as _;
use std::time::Duration;

use openidconnect::http::uri::Uri;
use openidconnect::{HttpRequest, HttpResponse};

const PATIENCE: Duration = Duration::from_secs(10);
const LARGEST_ANSWER: u64 = 1024 * 1024;

/// The provider could not be asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    #[error("plain http is for this machine only: use https")]
    Plain,
    #[error(transparent)]
    Failed(#[from] ureq::Error),
    #[error(transparent)]
    Malformed(#[from] openidconnect::http::Error),
}

pub(super) fn call(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    if !may_ask(request.uri()) {
        return Err(HttpError::Plain);
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent.run(request)?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    if let Some(kind) = answer.headers().get("content-type") {
        response = response.header("content-type", kind);
    }
    let body = answer
        .into_body()
        .into_with_config()
        .limit(LARGEST_ANSWER)
        .read_to_vec()?;
    Ok(response.body(body)?)
}

fn may_ask(uri: &Uri) -> bool {
    let here = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && here)
}

/// An error and what caused it, in one line.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        // Writing to a String cannot fail.
        let _ = write!(text, ": {cause}");
        next = cause.source();
    }
    text
}
