//! JSON bodies of the API.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::caller::Caller;
use crate::problem::{FieldError, Problem};

/// The header that carries the token against forgery for a session that lives in a cookie.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";
const KEY_HEADER: &str = "idempotency-key";
/// The largest body, in bytes.
const LIMIT: usize = 1024 * 1024;

/// A JSON body, checked against forgery, with the key by which it is known if it is sent again.
#[derive(Debug, Clone)]
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    key: String,
    fingerprint: String,
}

impl<T> Body<T> {
    /// The `Idempotency-Key` header.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Digest of what was sent.
    pub fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let key = admitted(&parts)?;
        let bytes = axum::body::to_bytes(body, LIMIT)
            .await
            .map_err(|_| Problem::too_large())?;
        let fingerprint = crate::digest::digest(&String::from_utf8_lossy(&bytes));
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            Problem::invalid(vec![FieldError {
                field: "body".to_owned(),
                message: error.to_string(),
            }])
        })?;
        Ok(Self {
            value,
            key,
            fingerprint,
        })
    }
}

/// Checks everything but the body, and returns the key of the request.
fn admitted(parts: &Parts) -> Result<String, Problem> {
    let text = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if !text(header::CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/json"))
    {
        return Err(Problem::malformed(
            "Send JSON with Content-Type: application/json.",
        ));
    }
    let caller = parts
        .extensions
        .get::<Caller>()
        .ok_or_else(Problem::not_signed_in)?;
    if !caller.token_matches(text(CSRF_HEADER).unwrap_or_default()) {
        return Err(Problem::forged());
    }
    text(KEY_HEADER).filter(|key| (8..=100).contains(&key.len())).map(str::to_owned).ok_or_else(|| {
        Problem::malformed("Send an Idempotency-Key header of 8 to 100 characters, a new one for each thing you do.")
    })
}
