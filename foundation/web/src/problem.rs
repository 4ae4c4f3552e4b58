//! What goes wrong, said once: as RFC 9457 JSON to a machine, as a page to a person, each with what
//! to do next.
//!
//! A handler returns `Result<_, Problem>`; [`IntoResponse`] puts the problem on the response, and
//! the outermost layer, which knows who asks and in what form, renders it. A store function that
//! can refuse for a reason of the field has an error type of its own and says here, by `From`,
//! which problem that is.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use stour_database::{CursorError, VersionError};
use utoipa::ToSchema;

/// One field of a form, or of a JSON body, that must be put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field's name, which is also its id on the page.
    pub field: String,
    /// What is wrong and what to do, as the page shows it.
    pub message: String,
}

/// Why a request was not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// What kind of problem: the last part of its `type` address.
    pub kind: &'static str,
    /// The problem in a few words.
    pub title: &'static str,
    /// This case, and what to do next. Never personal data.
    pub detail: String,
    /// Fields to put right.
    pub errors: Vec<FieldError>,
}

impl Problem {
    fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            kind,
            title,
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// 404: it is not there, or must seem not to be.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "Page not found",
            "If you typed the address, check it is right. If you followed a link, what it led to may have moved.",
        )
    }

    /// 405: the address is there, the method is not.
    pub fn not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "not-allowed",
            "This cannot be done here",
            "The address exists, but not for this kind of request.",
        )
    }

    /// 401: nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not-signed-in",
            "You need to sign in",
            "Sign in, then try again.",
        )
    }

    /// 403: the policies refuse.
    pub fn forbidden(why: impl Into<String>) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "You cannot do this",
            why,
        )
    }

    /// 403: a form that this server did not make, or not for this session.
    pub fn forged() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forged",
            "This form has expired",
            "Go back, load the page again and send the form once more. Nothing was changed.",
        )
    }

    /// 400: the request cannot be read.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The request could not be read",
            detail,
        )
    }

    /// 422: fields to put right.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = "Put right what is listed, then try again. Nothing was changed.";
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "There is a problem",
            detail,
        );
        Self { errors, ..problem }
    }

    /// 409: it cannot be done in the state that things are in.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "conflict",
            "This cannot be done now",
            detail,
        )
    }

    /// 412: somebody else changed it first.
    pub fn changed() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "changed",
            "Somebody else changed this first",
            "Load it again, look at what is different, and make your change once more.",
        )
    }

    /// 428: a change without the version that it saw.
    pub fn version_required() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "version-required",
            "Say which version you are changing",
            "Send the ETag that came with it as If-Match.",
        )
    }

    /// 413: the body is larger than is taken.
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "What you sent is too large",
            "Send less at a time; for many records, use the command line's import.",
        )
    }

    /// 429: too many attempts.
    pub fn too_many(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many",
            "Too many attempts",
            detail,
        )
    }

    /// 503: a part of the system is away.
    pub fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The service is not available",
            "Try again in a few minutes. What you had sent may not be saved: check before you send it again.",
        )
    }

    /// 507: no room to store.
    pub fn storage_full() -> Self {
        Self::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "storage-full",
            "There is no room to save this",
            "Nothing was saved. Tell whoever runs this service that its disk is full.",
        )
    }

    /// 500: a fault of ours; the request's number finds it in the log.
    pub fn fault() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "fault",
            "There is a problem with the service",
            "Try again later. If it goes on, tell whoever runs this service the number below.",
        )
    }

    /// The body of the JSON form.
    pub fn json(&self, request: &str) -> serde_json::Value {
        let mut body = serde_json::json!({
            "type": format!("/problems/{}", self.kind),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "instance": request,
        });
        if let (false, Some(object)) = (self.errors.is_empty(), body.as_object_mut()) {
            object.insert("errors".to_owned(), serde_json::json!(self.errors));
        }
        body
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE
            || self.status == StatusCode::TOO_MANY_REQUESTS
        {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<stour_database::Error> for Problem {
    fn from(error: stour_database::Error) -> Self {
        use stour_database::Error;
        match &error {
            Error::NotFound => Self::not_found(),
            Error::Conflict => Self::conflict("Many people are changing this at once. Try again."),
            Error::DiskFull => Self::storage_full(),
            Error::Unavailable(_) | Error::Stopped | Error::TimedOut => {
                tracing::error!(%error, "the database did not answer");
                Self::unavailable()
            }
            Error::Constraint { .. }
            | Error::Decode { .. }
            | Error::Statement(_)
            | Error::Panicked => {
                tracing::error!(%error, "a database operation failed");
                Self::fault()
            }
        }
    }
}

impl From<VersionError> for Problem {
    fn from(error: VersionError) -> Self {
        match error {
            VersionError::Changed => Self::changed(),
            VersionError::Malformed => Self::malformed(error.to_string()),
        }
    }
}

impl From<CursorError> for Problem {
    fn from(error: CursorError) -> Self {
        Self::malformed(error.to_string())
    }
}

impl From<stour_facts::FactError> for Problem {
    fn from(error: stour_facts::FactError) -> Self {
        match error {
            stour_facts::FactError::Database(error) => error.into(),
            ends @ stour_facts::FactError::EndsBeforeStart { .. } => {
                Self::conflict(ends.to_string())
            }
        }
    }
}
