//! A page before the shell is put around it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stour_design::{BackLink, Breadcrumb, ErrorSummary, Markup, html};

use crate::problem::FieldError;

/// The content of a page. As a response it waits for the outermost layer, which knows who asks, to
/// put the shell around it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The status, 200 unless told.
    pub status: StatusCode,
    /// What the page is called.
    pub title: String,
    /// The content, beginning with the page's one `h1`.
    pub main: Markup,
    /// The pages above this one.
    pub breadcrumb: Option<Breadcrumb>,
    /// The page before this one.
    pub back_link: Option<BackLink>,
    /// Uses the whole width of the screen.
    pub wide: bool,
    /// The form on the page was sent with mistakes.
    pub has_errors: bool,
    /// Shows a button that leaves for another site at once.
    pub quick_exit: bool,
}

impl Page {
    /// A page with this title and content.
    pub fn new(title: impl Into<String>, main: Markup) -> Self {
        Self {
            status: StatusCode::OK,
            title: title.into(),
            main,
            breadcrumb: None,
            back_link: None,
            wide: false,
            has_errors: false,
            quick_exit: false,
        }
    }

    /// Shows the way back.
    #[must_use]
    pub fn back(self, to: impl Into<String>) -> Self {
        Self {
            back_link: Some(BackLink::to(to.into())),
            ..self
        }
    }

    /// Shows the pages above this one: text and address of each.
    #[must_use]
    pub fn under<const N: usize>(self, above: [(&str, &str); N]) -> Self {
        Self {
            breadcrumb: Some(Breadcrumb::new(above)),
            ..self
        }
    }

    /// Uses the whole width of the screen.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// Shows a button that leaves for another site at once: for pages that somebody may not be safe reading.
    #[must_use]
    pub fn quick_exit(self) -> Self {
        Self {
            quick_exit: true,
            ..self
        }
    }

    /// A form sent with mistakes: 422, "Error" in the title, and the list of them first.
    #[must_use]
    pub fn with_errors(self, errors: &[FieldError]) -> Self {
        if errors.is_empty() {
            return self;
        }
        let summary = ErrorSummary::new(
            errors
                .iter()
                .map(|error| (error.field.as_str(), error.message.as_str()))
                .collect::<Vec<_>>(),
        );
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            has_errors: true,
            main: html! { (summary) (self.main) },
            ..self
        }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
