//! A service that answers as the PDS FHIR R4 API documents, about made-up people: for tests, and for
//! trying tracing out before a real one is to be had. It only answers; it never changes anybody.
//!
//! What the specification does not say is decided here: how a score follows from a match (1 for what is
//! exactly so, 0.9 with a wildcard or by history, 0.8 by a fuzzy search), and that names are compared
//! without case and diacritics.

mod search;
mod write;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use stour_kernel::{Date, Environment, NhsNumber, OdsCode, Postcode};

use write::{Refusal, patient};

/// Where the API stands below the host, as the real one does.
pub const PATH: &str = "/personal-demographics/FHIR/R4";

/// Somebody whom the service knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// The NHS number.
    pub number: NhsNumber,
    /// The family name.
    pub family: String,
    /// The given names in order.
    pub given: Vec<String>,
    /// Earlier family names, which a search of the history finds.
    pub earlier: Vec<String>,
    /// The date of birth.
    pub born: Date,
    /// The date of death.
    pub died: Option<Date>,
    /// `male`, `female`, `other` or `unknown`.
    pub gender: String,
    /// The lines of the home address.
    pub lines: Vec<String>,
    /// Its postcode.
    pub postcode: Option<Postcode>,
    /// A telephone number.
    pub telephone: Option<String>,
    /// The general practice.
    pub practice: Option<OdsCode>,
    /// Where the person lives is left out of every answer.
    pub restricted: bool,
    /// Whether the record still stands.
    pub standing: Standing,
}

/// Whether a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Current,
    /// It was withdrawn and nothing took its place.
    Invalidated,
    /// The record of this number took its place.
    Superseded(NhsNumber),
}

/// How the service is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// The access token that a question must carry; any or none unless told.
    pub token: Option<String>,
    /// How many questions it answers in a second; every one unless told. PDS allows five unless agreed
    /// otherwise.
    pub each_second: Option<u32>,
    /// Whether those who ask may have several people at once, as strongly authenticated staff may.
    pub several: bool,
}

struct Service {
    patients: Vec<Patient>,
    by_number: HashMap<NhsNumber, usize>,
    by_birth: BTreeMap<Date, Vec<usize>>,
    rules: Rules,
    environment: Environment,
    /// A second, and how many questions came in it.
    rate: Mutex<(i64, u32)>,
}

/// The service, with these people.
pub fn router(patients: Vec<Patient>, rules: Rules, environment: &Environment) -> Router {
    let mut by_birth: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (place, patient) in patients.iter().enumerate() {
        by_birth.entry(patient.born).or_default().push(place);
    }
    let numbered = patients.iter().enumerate();
    let service = Service {
        by_number: numbered
            .map(|(place, patient)| (patient.number, place))
            .collect(),
        patients,
        by_birth,
        rules,
        environment: environment.clone(),
        rate: Mutex::new((0, 0)),
    };
    let routes = Router::new()
        .route("/Patient", get(find))
        .route("/Patient/{id}", get(retrieve))
        .with_state(Arc::new(service));
    Router::new().nest(PATH, routes)
}

type Answer = Result<Value, Refusal>;

async fn retrieve(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let answer = service.admit(&headers).and_then(|()| {
        let number = id.parse().map_err(|_| Refusal::resource_id(&id))?;
        let held = service.standing(number)?;
        Ok(patient(held, true))
    });
    respond(&headers, answer)
}

async fn find(
    State(service): State<Arc<Service>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = service
        .admit(&headers)
        .and_then(|()| search::search(&service, &query.unwrap_or_default()));
    respond(&headers, answer)
}

impl Service {
    /// Checks the headers, the token and the rate.
    fn admit(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let request = text(headers, "x-request-id");
        let Some(request) = request else {
            return Err(Refusal::missing("X-Request-ID"));
        };
        if !is_uuid(request) {
            return Err(Refusal::value(request, "X-Request-ID"));
        }
        if let Some(token) = &self.rules.token
            && text(headers, "authorization") != Some(&format!("Bearer {token}"))
        {
            return Err(Refusal::denied());
        }
        let Some(limit) = self.rules.each_second else {
            return Ok(());
        };
        let second = self.environment.now().as_second();
        let mut rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        if rate.0 != second {
            *rate = (second, 0);
        }
        rate.1 = rate.1.saturating_add(1);
        if rate.1 > limit {
            return Err(Refusal::too_many_requests());
        }
        Ok(())
    }

    /// The record of a number, or the one that took its place.
    fn standing(&self, number: NhsNumber) -> Result<&Patient, Refusal> {
        let mut number = number;
        // A chain that leads back to itself is a mistake in the file: it ends as unknown.
        for _ in 0..10 {
            let Some(held) = self.held(number) else {
                return Err(Refusal::not_found());
            };
            match held.standing {
                Standing::Current => return Ok(held),
                Standing::Invalidated => return Err(Refusal::invalidated()),
                Standing::Superseded(by) => number = by,
            }
        }
        Err(Refusal::not_found())
    }

    fn held(&self, number: NhsNumber) -> Option<&Patient> {
        self.patients.get(*self.by_number.get(&number)?)
    }
}

/// 32 hexadecimal digits in five groups, of whatever version.
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| {
        let plain = group.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then_some(group.len())
    });
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The answer in FHIR's media type, with the numbers of the question.
fn respond(asked: &HeaderMap, answer: Answer) -> Response {
    let (status, body) = match answer {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => (refusal.status, refusal.outcome()),
    };
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/fhir+json"),
    );
    for name in ["x-request-id", "x-correlation-id"] {
        if let Some(value) = asked.get(name) {
            headers.insert(HeaderName::from_static(name), value.clone());
        }
    }
    if body.get("resourceType").and_then(Value::as_str) == Some("Patient") {
        headers.insert(header::ETAG, HeaderValue::from_static("W/\"1\""));
    }
    response
}
