//! What surrounds every request: its number, who asks, the check against forgery, the time limit,
//! the shell around a page, the form of an error, and the headers that a browser is to obey.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Json, Response};
use stour_access::cookie::{self, origin_matches};
use stour_access::{Actor, Session, SessionLimits, session};
use stour_design::{Heading, NavLink, Shell, SummaryList, UserBadge, html};
use stour_kernel::typed_id;

use crate::capability::ANYBODY;
use crate::form::CSRF;
use crate::house::House;
use crate::page::Page;
use crate::problem::Problem;
use crate::response::redirect;

/// How long a handler may take before its answer is given up.
const LIMIT: Duration = Duration::from_mins(1);

/// Who is signed in, for this request.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) actor: Arc<Actor>,
    pub(crate) session: Arc<Session>,
    pub(crate) request: Arc<str>,
}

/// The number of this request, as the log and the audit have it.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// The headers of every answer. Nothing loads from another host, nothing runs inline, nothing is
/// kept by a cache, no other site may frame a page.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=31536000; includeSubDomains",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

/// Where addresses of open data begin: pages of every site may read what they answer, and nobody is signed in there.
const OPEN: &str = "/open-referral/";

/// The headers of every answer of open data, errors included.
const OPEN_HEADERS: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Last-Modified"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "cross-origin",
    ),
];

pub(crate) async fn around(
    State(house): State<House>,
    mut request: Request,
    next: Next,
) -> Response {
    let id: Arc<str> = house.environment().id::<RequestNumber>().to_string().into();
    let ask = Ask::of(&request);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    if ask.is_open() && request.method() == Method::OPTIONS {
        return finish(&house, &ask, None, &id, may_be_read());
    }
    let who = if ask.is_asset || ask.is_open() {
        Ok(None)
    } else {
        who(&house, request.headers(), &id).await
    };
    let signed_in = match &who {
        Ok(signed_in) => signed_in.clone(),
        Err(_) => None,
    };
    if let Some(signed_in) = &signed_in {
        request.extensions_mut().insert(signed_in.clone());
    }
    let response = match who {
        Err(problem) => problem.into_response(),
        Ok(_) if !comes_from_here(&request) => Problem::forged().into_response(),
        Ok(_) => tokio::time::timeout(LIMIT, next.run(request))
            .await
            .unwrap_or_else(|_| Problem::unavailable().into_response()),
    };
    finish(&house, &ask, signed_in.as_ref(), &id, response)
}

/// To a browser that asks, before a page of another site reads open data, whether it may.
fn may_be_read() -> Response {
    let headers = [
        (header::ALLOW, "GET, HEAD, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// What must be known of a request after a handler has taken it.
struct Ask {
    path: String,
    is_asset: bool,
    wants_json: bool,
    is_fragment: bool,
}

impl Ask {
    fn of(request: &Request) -> Self {
        let path = request.uri().path().to_owned();
        let accepts = request
            .headers()
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Self {
            is_asset: path.starts_with("/assets/"),
            wants_json: path.starts_with("/api/")
                || path.starts_with(OPEN)
                || accepts.starts_with("application/json"),
            is_fragment: request.headers().contains_key("x-fragment"),
            path,
        }
    }

    fn is_open(&self) -> bool {
        self.path.starts_with(OPEN)
    }
}

async fn who(
    house: &House,
    headers: &HeaderMap,
    id: &Arc<str>,
) -> Result<Option<SignedIn>, Problem> {
    let Some(token) = session_token(headers) else {
        return Ok(None);
    };
    let (environment, limits) = (house.environment().clone(), SessionLimits::default());
    let found = house
        .database()
        .read(move |tx| session::find(tx, &environment, limits, &token))
        .await?;
    let Some((actor, session)) = found else {
        return Ok(None);
    };
    let now = house.environment().now();
    if session.wants_touch(now) {
        let id = session.id;
        house
            .database()
            .write(move |tx| session::touch(tx, id, now))
            .await?;
    }
    Ok(Some(SignedIn {
        actor: Arc::new(actor),
        session: Arc::new(session),
        request: Arc::clone(id),
    }))
}

/// The session's token in the request's cookies.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<String> {
    let mut cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies.find_map(cookie::token_in).map(str::to_owned)
}

/// Whether a request that may change something was made by a page of this site. A browser always
/// says where a form comes from; a program that says nothing has no cookie to abuse.
fn comes_from_here(request: &Request) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        return true;
    }
    let text = |name: HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin_matches(origin, host),
        (Some(_), None) => false,
        (None, _) => !request.headers().contains_key(header::COOKIE),
    }
}

/// For somebody who is not signed in: a page leads to the sign-in page and back, a program is told.
pub(crate) fn sign_in_first(request: &Request) -> Response {
    let ask = Ask::of(request);
    if ask.wants_json || request.method() != Method::GET {
        return Problem::not_signed_in().into_response();
    }
    if ask.path == "/" {
        return redirect("/welcome");
    }
    let back = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", back)
        .finish();
    redirect(&format!("/sign-in?{query}"))
}

fn finish(
    house: &House,
    ask: &Ask,
    who: Option<&SignedIn>,
    id: &str,
    mut response: Response,
) -> Response {
    let headers = response.headers().clone();
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(page) = response.extensions_mut().remove::<Page>() {
        response = shell(house, ask, who, page);
        keep(&headers, &mut response);
    } else if let Some(problem) = problem.or_else(|| unexplained(&response)) {
        response = if ask.wants_json {
            as_json(&problem, id)
        } else {
            shell(house, ask, who, problem_page(&problem, id))
        };
        keep(&headers, &mut response);
    }
    let headers = response.headers_mut();
    for (name, value) in OPEN_HEADERS.into_iter().filter(|_| ask.is_open()) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// Errors that a library answered with: an address that does not parse, a body too large.
fn unexplained(response: &Response) -> Option<Problem> {
    match response.status() {
        StatusCode::NOT_FOUND => Some(Problem::not_found()),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::too_large()),
        status if status.is_client_error() => {
            Some(Problem::malformed("Check the address and what you sent."))
        }
        status if status.is_server_error() => Some(Problem::fault()),
        _ => None,
    }
}

/// Headers that a handler set itself stay: cookies, entity tags, when to try again.
fn keep(headers: &HeaderMap, response: &mut Response) {
    for name in [
        header::SET_COOKIE,
        header::ETAG,
        header::RETRY_AFTER,
        header::ALLOW,
    ] {
        for value in headers.get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
}

fn as_json(problem: &Problem, id: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (problem.status, kind, Json(problem.json(id))).into_response()
}

fn problem_page(problem: &Problem, id: &str) -> Page {
    let main = html! {
        (Heading::page(problem.title))
        p { (problem.detail) }
        @if !problem.errors.is_empty() {
            (SummaryList::new(problem.errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect::<Vec<_>>()))
        }
        @if problem.status.is_server_error() { p { "Request number: " (id) } }
        p { a href="/" { "Go to the home page" } }
    };
    Page {
        status: problem.status,
        ..Page::new(problem.title, main)
    }
}

fn shell(house: &House, ask: &Ask, who: Option<&SignedIn>, page: Page) -> Response {
    let anybody = [ANYBODY.to_owned()];
    let places: Vec<_> = house
        .places(who.map_or(&anybody, |who| &who.actor.roles))
        .collect();
    // Of a place and one within it, the page is in the inner one.
    let here = places
        .iter()
        .map(|place| place.href)
        .filter(|href| ask.path.starts_with(href))
        .max_by_key(|href| href.len());
    let navigation = places
        .iter()
        .map(|place| NavLink::new(place.label, place.href, here == Some(place.href)))
        .collect();
    let shell = Shell {
        title: page.title,
        has_errors: page.has_errors,
        user: who.map(|who| UserBadge { name: who.actor.name.clone(), role: roles(&who.actor) }),
        csrf: who.map(|who| (CSRF.to_owned(), who.session.csrf_token())),
        sign_in: Some("/sign-in".to_owned()),
        navigation,
        banner: house.settings().demonstration.then(|| {
            "Demonstration: the people are made up. Published figures are real and say where they come from.".into()
        }),
        breadcrumb: page.breadcrumb,
        back_link: page.back_link,
        wide: page.wide,
        quick_exit: page.quick_exit,
        accessibility_href: Some("/accessibility".to_owned()),
        ..Shell::default()
    };
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let body = if ask.is_fragment {
        page.main
    } else {
        shell.render(&page.main)
    };
    (page.status, html, body.into_string()).into_response()
}

fn roles(actor: &Actor) -> String {
    let names = actor.roles.iter().map(|role| role.replace('-', " "));
    names.collect::<Vec<_>>().join(", ")
}

typed_id!(RequestNumber, "a request");
