//! Signing in and out.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::HeaderName;
use axum::http::header::{HeaderMap, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use stour_access::{Attempt, Resource, SessionLimits, SignInError, cookie, session, sign_in};
use stour_design::{Button, Heading, Input, Markup, Width, html};

use crate::around::{RequestId, session_token};
use crate::caller::Caller;
use crate::capability::Route;
use crate::form::{Form, Mistakes};
use crate::house::House;
use crate::page::Page;
use crate::problem::Problem;
use crate::response::redirect;

/// Tells a browser to forget what it kept of this site.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", "", show).public("nobody is signed in yet"),
        Route::post("/sign-in", "", send).public("nobody is signed in yet"),
        Route::post("/sign-out", "home.read", sign_out),
    ]
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    pub(crate) next: String,
}

/// Only a path of this site: an address elsewhere would make the sign-in page a trap.
pub(crate) fn local(next: &str) -> &str {
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if is_local && next.chars().all(|character| !character.is_control()) {
        next
    } else {
        "/"
    }
}

async fn show(State(house): State<House>, Query(query): Query<Next>) -> Page {
    page(&house, &query.next, "", &Mistakes::default())
}

fn page(house: &House, next: &str, name: &str, mistakes: &Mistakes) -> Page {
    Page::new("Sign in", form(house, local(next), name, mistakes)).with_errors(mistakes.all())
}

fn form(house: &House, next: &str, name: &str, mistakes: &Mistakes) -> Markup {
    html! {
        (Heading::page("Sign in"))
        form method="post" action="/sign-in" novalidate {
            input type="hidden" name="next" value=(next);
            (Input {
                autocomplete: Some("username".to_owned()),
                spellcheck: Some(false),
                width: Some(Width::Twenty),
                ..Input::new("sign-in-name", "Sign-in name").value(name).error(mistakes.of("sign-in-name"))
            })
            (Input {
                kind: Some("password".to_owned()),
                autocomplete: Some("current-password".to_owned()),
                width: Some(Width::Twenty),
                ..Input::new("password", "Password").error(mistakes.of("password"))
            })
            (Button::new("Sign in"))
        }
        @if let Some(openid) = &house.settings().openid {
            p { a href=(format!("/sign-in/openid?{}", with_next(next))) { "Sign in with " (openid.name) } }
        }
        @if house.settings().demonstration {
            p { "This is a demonstration. The sign-in names and their password were printed when it was started." }
        }
    }
}

fn with_next(next: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish()
}

/// The address of the socket that a request came from.
pub(crate) struct Address(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(socket.map_or_else(
            || "unknown".to_owned(),
            |ConnectInfo(socket)| socket.ip().to_string(),
        )))
    }
}

async fn send(
    State(house): State<House>,
    Extension(request): Extension<RequestId>,
    address: Address,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let (name, password) = (form.get("sign-in-name"), form.password());
    let mut mistakes = Mistakes::default();
    mistakes.required("sign-in-name", name, "Enter your sign-in name");
    mistakes.required("password", password, "Enter your password");
    if !mistakes.is_empty() {
        return Ok(page(&house, form.get("next"), name, &mistakes).into_response());
    }
    let attempt = Attempt {
        sign_in_name: name.to_owned(),
        password: password.to_owned(),
        address: address.0,
        agent: agent(&headers),
        previous_token: session_token(&headers),
        request_id: request.0.to_string(),
    };
    match sign_in(
        house.database(),
        house.environment(),
        SessionLimits::default(),
        attempt,
    )
    .await
    {
        Ok(token) => Ok(welcome(&token, form.get("next"))),
        Err(SignInError::Wrong) => {
            mistakes.add(
                "sign-in-name",
                "The sign-in name or the password is not right. Check both and try again.",
            );
            Ok(page(&house, form.get("next"), name, &mistakes).into_response())
        }
        Err(error @ SignInError::TooMany) => Err(Problem::too_many(format!("{error}."))),
        Err(SignInError::Database(error)) => Err(error.into()),
    }
}

/// What the browser calls itself, for the list of one's own sessions.
pub(crate) fn agent(headers: &HeaderMap) -> String {
    headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn welcome(token: &str, next: &str) -> Response {
    (
        [(SET_COOKIE, cookie::session_cookie(token))],
        redirect(local(next)),
    )
        .into_response()
}

async fn sign_out(caller: Caller, headers: HeaderMap, _form: Form) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    if let Some(token) = session_token(&headers) {
        let (environment, actor) = (caller.environment().clone(), caller.actor().clone());
        let ended = caller
            .house()
            .database()
            .write(move |tx| session::end(tx, &environment, &actor, &token))
            .await?;
        tracing::debug!(ended, "signed out");
    }
    let clear = [
        (SET_COOKIE, cookie::cleared_cookie()),
        (CLEAR_SITE_DATA, "\"cache\", \"storage\"".to_owned()),
    ];
    Ok((AppendHeaders(clear), redirect("/sign-in")).into_response())
}
