//! Forms: read once, checked against forgery, and sent twice without doing anything twice.

mod date;

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use stour_design::{Markup, html};

use crate::caller::Caller;
use crate::problem::{FieldError, Problem};
use crate::visitor::Visitor;
use crate::words::capital;

pub use date::{NoDate, TypedDate};

/// The hidden field that holds the token against forgery.
pub(crate) const CSRF: &str = "csrf";
/// The hidden field that holds the key by which a form sent twice is known.
const KEY: &str = "request-key";
/// The largest form, in bytes.
pub(crate) const LIMIT: usize = 256 * 1024;

/// A form as it was sent: every field trimmed, absent ones empty. Reading it checks the token
/// against forgery, so no handler can forget to. The default is a form before anybody has typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    fields: BTreeMap<String, String>,
    key: String,
    password: String,
    /// Digest of the file that was sent with it.
    file: Option<String>,
}

impl Form {
    /// A field's text, empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The fields whose names begin so, with what follows that beginning, in the order of their names.
    pub fn with_prefix<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        let fields = self.fields.iter();
        fields.filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.as_str())))
    }

    /// A password, exactly as it was typed; it takes no part in the fingerprint.
    pub(crate) fn password(&self) -> &str {
        &self.password
    }

    /// The key by which this form is known if it is sent again.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Digest of what was filled in: the same key with another digest is a mistake.
    pub fn fingerprint(&self) -> String {
        let filled: Vec<_> = self
            .fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let sent = match &self.file {
            None => serde_json::json!(filled),
            Some(file) => serde_json::json!([filled, file]),
        };
        crate::digest::digest(&sent.to_string())
    }

    /// The form of these fields, whatever they were sent as: checked against forgery, each there once.
    pub(crate) fn admit(
        sent: impl IntoIterator<Item = (String, String)>,
        file: Option<String>,
        caller: Option<&Caller>,
    ) -> Result<Self, Problem> {
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        let mut password = None;
        for (name, value) in sent {
            let again = if name == "password" {
                password.replace(value).is_some()
            } else {
                fields.insert(name, value.trim().to_owned()).is_some()
            };
            if again {
                return Err(Problem::malformed("A field was sent twice."));
            }
        }
        let token = fields.remove(CSRF).unwrap_or_default();
        if caller.is_some_and(|caller| !caller.token_matches(&token)) {
            return Err(Problem::forged());
        }
        let key = fields.remove(KEY).unwrap_or_default();
        if key.len() > 100 {
            return Err(Problem::malformed("The request key is too long."));
        }
        Ok(Self {
            fields,
            key,
            password: password.unwrap_or_default(),
            file,
        })
    }
}

/// Whether a request says that its body is of this kind.
pub(crate) fn is_sent_as(request: &Request, kind: &str) -> bool {
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    content_type.is_some_and(|sent| sent.starts_with(kind))
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_sent_as(&request, "application/x-www-form-urlencoded") {
            return Err(Problem::malformed(
                "Send a form: application/x-www-form-urlencoded.",
            ));
        }
        let caller = request.extensions().get::<Caller>().cloned();
        let body = axum::body::to_bytes(request.into_body(), LIMIT)
            .await
            .map_err(|_| Problem::too_large())?;
        let sent = form_urlencoded::parse(&body).into_owned();
        Self::admit(sent, None, caller.as_ref())
    }
}

/// The hidden fields that every form sent by POST carries.
pub fn hidden(caller: &Caller) -> Markup {
    html! {
        input type="hidden" name=(CSRF) value=(caller.token());
        input type="hidden" name=(KEY) value=(caller.new_key());
    }
}

/// The hidden fields of a form that anybody may send: without a session there is nothing to forge, and the
/// origin is checked before a handler sees it. A form sent twice does nothing twice.
pub fn hidden_for(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name=(KEY) value=(visitor.new_key()); }
}

/// Mistakes found in a form, gathered so that all are shown at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<FieldError>);

impl Mistakes {
    /// Notes one.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// The value, or a note of why there is none: what an error says within a sentence, as a sentence.
    pub fn check<T, E: ToString>(&mut self, field: &str, value: Result<T, E>) -> Option<T> {
        value
            .map_err(|error| self.add(field, capital(&error.to_string())))
            .ok()
    }

    /// The text, or a note that it is missing.
    pub fn required<'t>(&mut self, field: &str, text: &'t str, message: &str) -> Option<&'t str> {
        if text.is_empty() {
            self.add(field, message);
            return None;
        }
        Some(text)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in order.
    pub fn all(&self) -> &[FieldError] {
        &self.0
    }

    /// The message for one field, for the component that shows it.
    pub fn of(&self, field: &str) -> Option<stour_design::Content> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str().into())
    }
}

impl From<Mistakes> for Problem {
    fn from(mistakes: Mistakes) -> Self {
        Self::invalid(mistakes.0)
    }
}
