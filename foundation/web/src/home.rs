//! The home page, the health check and the accessibility statement.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde::Serialize;
use stour_access::Resource;
use stour_design::{Card, Details, Heading, InsetText, Markup, Size, html};

use utoipa::ToSchema;

use crate::caller::Caller;
use crate::capability::{ANYBODY, Place, Route};
use crate::house::House;
use crate::page::Page;
use crate::problem::Problem;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/", "home.read", home),
        Route::get("/api/session", "home.read", session),
        Route::get("/policies", "policy.read", policies),
    ]
}

/// What anybody can do here without signing in: the way in for residents.
pub(crate) async fn welcome(State(house): State<House>) -> Page {
    let anybody = [ANYBODY.to_owned()];
    let places: Vec<_> = house.places(&anybody).collect();
    let main = html! {
        (Heading::page("Help with health and care"))
        p.nhsuk-lede-text { "Find help nearby, see what you may be able to get, and work out what it costs. You do not have to sign in, and we do not track you." }
        (cards(&places))
        p { "Do you work here, or do you have an account? " a href="/sign-in" { "Sign in" } "." }
        p { "In an emergency call 999. If you need medical help and it is not an emergency, go to " a href="https://111.nhs.uk" { "NHS 111 online" } " or call 111." }
    };
    Page::new("Help with health and care", main)
}

fn cards(places: &[&Place]) -> Markup {
    html! {
        ul.nhsuk-grid-row.nhsuk-card-group {
            @for place in places {
                li.nhsuk-grid-column-one-half.nhsuk-card-group__item {
                    (Card::link(Heading { size: Some(Size::M), ..Heading::section(place.label) }, place.href, place.description))
                }
            }
        }
    }
}

async fn home(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let places: Vec<_> = caller.house().places(&caller.actor().roles).collect();
    let main = html! {
        (Heading::page(format!("Hello, {}", caller.actor().name)))
        @if caller.actor().roles.is_empty() {
            (InsetText::new("Your account has no roles yet. Ask whoever runs this service to give you one."))
        } @else if places.is_empty() {
            (InsetText::new("Your work is done on the command line: “stour user --help” says how to manage accounts. No page is for your role alone."))
        }
        (cards(&places))
    };
    Ok(Page::new("Home", main))
}

/// Who is signed in, and the token that a program sends as `X-CSRF-Token` with everything it changes.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedInAs {
    /// The user's name.
    name: String,
    /// The ODS code of the organisation worked for.
    organisation: String,
    /// Roles held today.
    roles: Vec<String>,
    /// For the `X-CSRF-Token` header.
    csrf_token: String,
}

/// Who is signed in
#[utoipa::path(get, path = "/api/session", tag = "session", responses((status = 200, body = SignedInAs)))]
pub(crate) async fn session(caller: Caller) -> Result<Json<SignedInAs>, Problem> {
    caller.permit(Resource::House).await?;
    let actor = caller.actor();
    Ok(Json(SignedInAs {
        name: actor.name.clone(),
        organisation: actor.organisation.to_string(),
        roles: actor.roles.clone(),
        csrf_token: caller.token(),
    }))
}

/// The policies in force, word for word, for those who answer for them.
async fn policies(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let main = html! {
        (Heading::page("Who may do what"))
        p { "These are the rules that are in force now, as the service reads them. Every page, list and record asks them. Whoever runs the service can replace them; the service does not start on a mistake." }
        @for document in caller.house().access().policies().documents() {
            (Details::new(document.name.as_str(), html! {
                div.stour-scroll tabindex="0" role="region" aria-label=(document.name) { pre { code { (document.text) } } }
            }))
        }
    };
    Ok(Page::new("Who may do what", main))
}

/// 200 while the database answers and no audit sink is in trouble; says nothing else.
pub(crate) async fn health(State(house): State<House>) -> Response {
    let database = house.database().read(stour_database::topics).await.is_ok();
    let alarms = house.access().trail().alarms().total();
    let status = if database {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        Json(serde_json::json!({ "database": database, "alarms": alarms })),
    )
        .into_response()
}

pub(crate) async fn accessibility() -> Page {
    let main = html! {
        (Heading::page("Accessibility statement"))
        p { "This statement is about Stour, the service you are using now. It is run by the organisation that gave you its address." }
        p { "We want as many people as possible to be able to use it. You should be able to:" }
        ul {
            li { "zoom in up to 400% without text leaving the screen" }
            li { "use every page with only a keyboard" }
            li { "use every page with a screen reader, and without scripts" }
            li { "read every chart as a table, and tell its marks apart without colour" }
        }
        (Heading::section("How accessible it is"))
        p { "Every page is checked by machine against the Web Content Accessibility Guidelines version 2.2, level AA, each time the service is changed, and no fault is known. It has not yet been tested by disabled users or by an independent auditor, so we do not claim that it complies in full." }
        (Heading::section("If something does not work for you"))
        p { "Tell the organisation that runs this service, and say what you need: for example large print, easy read, audio or braille. Its contact details are on the letter or page that sent you here." }
        p { "If you are not content with the answer, you can contact the " a href="https://www.equalityadvisoryservice.com/" { "Equality Advisory and Support Service" } "." }
    };
    Page::new("Accessibility statement", main)
}
