//! Signing in through another service, by OpenID Connect.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{COOKIE, HeaderMap, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use stour_access::oidc::{OidcError, OidcSettings, Pending, Provider, Return};
use stour_access::{SessionLimits, cookie};

use crate::around::{RequestId, session_token};
use crate::capability::Route;
use crate::house::House;
use crate::problem::Problem;
use crate::response::redirect;
use crate::sign_in::{Address, Next, agent, local};

/// Where the other service sends people back to.
pub const ANSWER: &str = "/sign-in/openid/answer";

/// What must be remembered while somebody is away at the other service, for ten minutes.
const REMEMBERED: &str = "__Host-stour-openid";

/// Another service that signs people in.
#[derive(Clone)]
pub struct OpenId {
    /// What the sign-in page calls it.
    pub name: String,
    /// How it is reached, and how it knows us.
    pub settings: OidcSettings,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/openid", "", begin).public("nobody is signed in yet"),
        Route::get(ANSWER, "", finish).public("nobody is signed in yet"),
    ]
}

/// The other service as it describes itself now: its keys change, so it is asked each time.
async fn provider(house: &House) -> Result<Provider, Problem> {
    let settings = house
        .settings()
        .openid
        .as_ref()
        .map(|openid| openid.settings.clone());
    let settings = settings.ok_or_else(Problem::not_found)?;
    tokio::task::spawn_blocking(move || Provider::discover(settings))
        .await
        .map_err(|_| Problem::unavailable())?
        .map_err(problem)
}

async fn begin(State(house): State<House>, Query(query): Query<Next>) -> Result<Response, Problem> {
    let (address, pending) = provider(&house)
        .await?
        .begin(house.environment())
        .map_err(problem)?;
    let next = form_urlencoded::byte_serialize(local(&query.next).as_bytes()).collect::<String>();
    let value = format!("{}|{next}", pending.to_cookie());
    let cookie =
        format!("{REMEMBERED}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
    Ok(([(SET_COOKIE, cookie)], redirect(&address)).into_response())
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
}

async fn finish(
    State(house): State<House>,
    Extension(request): Extension<RequestId>,
    address: Address,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Problem> {
    let (pending, next) = remembered(&headers).ok_or_else(|| problem(OidcError::NotBegun))?;
    let back = Return {
        state: answer.state,
        code: answer.code,
        pending,
        address: address.0,
        agent: agent(&headers),
        previous_token: session_token(&headers),
        request_id: request.0.to_string(),
    };
    let provider = provider(&house).await?;
    let token = provider
        .finish(
            house.database(),
            house.environment(),
            SessionLimits::default(),
            back,
        )
        .await
        .map_err(problem)?;
    let forget = format!("{REMEMBERED}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    let cookies = AppendHeaders([
        (SET_COOKIE, cookie::session_cookie(&token)),
        (SET_COOKIE, forget),
    ]);
    Ok((cookies, redirect(local(&next))).into_response())
}

/// What was remembered when this browser was sent away, and where it had wanted to go.
fn remembered(headers: &HeaderMap) -> Option<(Pending, String)> {
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|text| text.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(REMEMBERED)?.strip_prefix('='))?;
    let (pending, next) = value.split_once('|')?;
    let next = form_urlencoded::parse(format!("next={next}").as_bytes())
        .next()?
        .1
        .into_owned();
    Some((Pending::from_cookie(pending)?, next))
}

fn problem(error: OidcError) -> Problem {
    match error {
        OidcError::Database(error) => error.into(),
        OidcError::NotBegun => Problem::malformed(
            "This sign-in was not begun in this browser, or too long ago. Go to the sign-in page and begin again.",
        ),
        OidcError::NoAccount => Problem::forbidden(
            "We know who you are, but you have no account here. Ask whoever runs this service to link one to your identity.",
        ),
        error @ (OidcError::Settings(_) | OidcError::Provider(_) | OidcError::NotTrusted(_)) => {
            tracing::error!(%error, "signing in through another service failed");
            Problem::unavailable()
        }
    }
}
