//! Every route of the house, each behind its action.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Json, Response};
use stour_access::Action;
use thiserror::Error;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::around::{SignedIn, around, sign_in_first};
use crate::caller::Caller;
use crate::capability::{Capability, Route, RouteAction};
use crate::house::House;
use crate::problem::Problem;
use crate::{home, openapi, openid, sign_in, upload};

/// The largest request body, in bytes, whatever its kind, of routes that take no file.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Why the server does not start.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StartError {
    /// A route names an action that nobody can be allowed.
    #[error(
        "{method} {path} names the action {action:?}, which the access register does not know; the server does not start"
    )]
    UnknownAction {
        /// The route's method.
        method: String,
        /// The route's address.
        path: &'static str,
        /// What it names.
        action: &'static str,
    },
}

/// The router of a house.
///
/// # Errors
/// [`StartError::UnknownAction`]: a route without a rule must not exist.
pub fn router(house: &House, capabilities: Vec<Capability>) -> Result<Router, StartError> {
    let document = Json(openapi::document(&capabilities));
    let mut own = vec![
        Route::get("/api/openapi.json", "", move || async move { document })
            .public("describes the interface; holds no data"),
        Route::get("/assets/{name}", "", asset).public("style sheets and scripts"),
        Route::get("/health", "", home::health)
            .public("for the monitor: says only whether it works"),
        Route::get("/welcome", "", home::welcome).public("what anybody can do here"),
        Route::get("/accessibility", "", home::accessibility).public("the accessibility statement"),
    ];
    own.extend(sign_in::routes());
    own.extend(openid::routes());
    own.extend(home::routes());
    let mut router = Router::new();
    for route in own.into_iter().chain(
        capabilities
            .into_iter()
            .flat_map(|capability| capability.routes),
    ) {
        let gate = Gate {
            house: house.clone(),
            action: action_of(&route)?,
        };
        let largest = if route.takes_file {
            upload::LARGEST_BODY
        } else {
            LARGEST_BODY
        };
        let handler = route
            .handler
            .route_layer(from_fn_with_state(gate, pass))
            .route_layer(RequestBodyLimitLayer::new(largest));
        router = router.route(route.path, handler);
    }
    Ok(router
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::not_allowed() })
        .with_state(house.clone())
        .layer(CatchPanicLayer::custom(
            |_: Box<dyn std::any::Any + Send>| {
                tracing::error!("a handler panicked");
                Problem::fault().into_response()
            },
        ))
        .layer(from_fn_with_state(house.clone(), around))
        .layer(CompressionLayer::new()))
}

fn action_of(route: &Route) -> Result<Option<Action>, StartError> {
    match route.action {
        RouteAction::Public(_) => Ok(None),
        RouteAction::Named(name) => name
            .parse()
            .map(Some)
            .map_err(|_| StartError::UnknownAction {
                method: route.method.to_string(),
                path: route.path,
                action: name,
            }),
    }
}

#[derive(Clone)]
struct Gate {
    house: House,
    action: Option<Action>,
}

/// Lets a request through to its handler with a [`Caller`], and an answer back only if somebody
/// decided on it.
async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(action) = gate.action else {
        return next.run(request).await;
    };
    let Some(signed_in) = request.extensions().get::<SignedIn>().cloned() else {
        return sign_in_first(&request);
    };
    let caller = Caller::new(gate.house, signed_in, action, request.uri().path());
    request.extensions_mut().insert(caller.clone());
    let response = next.run(request).await;
    let answered = response.status().is_success() || response.status().is_redirection();
    if answered && !caller.was_decided() {
        tracing::error!(
            action = action.as_str(),
            "an answer without a decision was stopped"
        );
        return Problem::fault().into_response();
    }
    response
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = stour_design::asset(&format!("/assets/{name}")) else {
        return Problem::not_found().into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ETAG, asset.etag),
    ];
    (StatusCode::OK, headers, asset.bytes).into_response()
}
