//! A client of the PDS FHIR R4 API.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use stour_kernel::{Environment, NhsNumber, ThreadId};
use stour_web::Tracing;

use super::patient::{code, diagnostics, found, patient, unreadable};
use super::{Asked, Found, OfNumber, Register, TraceError};
use crate::event::may_send;

const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes: fifty patients take less.
const LARGEST: u64 = 4 * 1024 * 1024;
/// How often a question is put when the service is busy or away.
const TRIES: u32 = 3;
/// The longest pause before it is put again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The Personal Demographics Service. Its methods wait for the network: call them where that is allowed.
pub(crate) struct Pds {
    service: Tracing,
    environment: Environment,
    agent: ureq::Agent,
    /// The same for every question about one person.
    correlation: ThreadId,
    /// The pause when the service does not say how long to wait.
    pause: Duration,
}

impl Pds {
    /// A client for the questions about one person.
    pub(crate) fn new(service: Tracing, environment: &Environment) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        Self {
            service,
            environment: environment.clone(),
            agent,
            correlation: environment.id(),
            pause: Duration::from_secs(1),
        }
    }

    /// The same, pausing for so long before a question is put again.
    #[cfg(test)]
    pub(super) fn pausing(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    fn ask(&self, path: &str, query: &[(&str, String)]) -> Result<(u16, Value), TraceError> {
        let token = self.token()?;
        let mut tries = 1;
        loop {
            let answer = self.put(path, query, token.as_deref());
            let pause = match &answer {
                Ok((429 | 408 | 500.., _, pause)) => pause.unwrap_or(self.pause),
                Err(TraceError::Away(_)) => self.pause,
                _ => return answer.map(|(status, body, _)| (status, body)),
            };
            if tries == TRIES {
                return match answer? {
                    (429, ..) => Err(TraceError::Busy),
                    (status, ..) => Err(TraceError::Away(format!("status {status}"))),
                };
            }
            tries += 1;
            std::thread::sleep(pause.min(LONGEST_PAUSE));
        }
    }

    fn put(
        &self,
        path: &str,
        query: &[(&str, String)],
        token: Option<&str>,
    ) -> Result<(u16, Value, Option<Duration>), TraceError> {
        let base = self.service.address.trim_end_matches('/');
        if !may_send(base) {
            let why = "its address must begin with https, or be on this machine";
            return Err(TraceError::Away(why.to_owned()));
        }
        let request: ThreadId = self.environment.id();
        let mut asking = self
            .agent
            .get(format!("{base}{path}"))
            .query_pairs(query.iter().map(|(name, value)| (*name, value.as_str())))
            .header("Accept", "application/fhir+json")
            .header("X-Request-ID", request.to_string())
            .header("X-Correlation-ID", self.correlation.to_string());
        if !self.service.organisation.is_empty() {
            asking = asking.header("NHSD-End-User-Organisation-ODS", &self.service.organisation);
        }
        if let Some(token) = token {
            asking = asking.header("Authorization", format!("Bearer {token}"));
        }
        let away = |error: ureq::Error| TraceError::Away(error.to_string());
        let answer = asking.call().map_err(away)?;
        let status = answer.status().as_u16();
        let pause = answer.headers().get("retry-after");
        let pause = pause.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let body = answer.into_body().into_with_config().limit(LARGEST);
        let body = body.read_to_vec().map_err(away)?;
        // A gateway in between may answer in HTML.
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok((status, body, pause.map(Duration::from_secs)))
    }

    /// The access token: as configured, or what the configured program prints. The program is asked
    /// for each person traced and is expected to keep a token for as long as it is good.
    fn token(&self) -> Result<Option<String>, TraceError> {
        let Some(program) = &self.service.token_command else {
            return Ok(self.service.token.clone());
        };
        let denied = |why: String| TraceError::Denied(format!("{}: {why}", program.display()));
        let done = Command::new(program)
            .output()
            .map_err(|error| denied(error.to_string()))?;
        let token = String::from_utf8_lossy(&done.stdout).trim().to_owned();
        if !done.status.success() || token.is_empty() {
            return Err(denied(format!("{}, and no token", done.status)));
        }
        Ok(Some(token))
    }
}

fn refused(status: u16, body: &Value) -> TraceError {
    let (code, why) = (code(body).to_owned(), diagnostics(body).to_owned());
    match status {
        401 | 403 => TraceError::Denied(format!("{code} {why}")),
        400..=499 if !code.is_empty() => TraceError::Refused { code, why },
        _ => unreadable(&format!("status {status}")),
    }
}

impl Register for Pds {
    fn by_number(&self, number: NhsNumber) -> Result<OfNumber, TraceError> {
        let (status, body) = self.ask(&format!("/Patient/{}", number.digits()), &[])?;
        match (status, code(&body)) {
            (200, _) => Ok(OfNumber::Held(Box::new(patient(&body)?))),
            (404, "INVALIDATED_RESOURCE") => Ok(OfNumber::Invalidated),
            (404, "RESOURCE_NOT_FOUND") => Ok(OfNumber::Unknown),
            _ => Err(refused(status, &body)),
        }
    }

    fn by_details(&self, asked: &Asked) -> Result<Found, TraceError> {
        // One unique match or the answer that there are too many: what the service lets systems ask for
        // that have no strongly authenticated user, and what shows nobody else to the one who asks.
        let one = || ("_max-results", "1".to_owned());
        let family = ("family", asked.name.family.to_string());
        let born = ("birthdate", format!("eq{}", asked.born));
        let given = asked.name.given.first().map(ToString::to_string);
        // As the service advises for a unique match: three letters of the given name, the area of the
        // postcode, and earlier names and addresses too.
        let mut narrow = vec![
            one(),
            ("_history", "true".to_owned()),
            family.clone(),
            born.clone(),
        ];
        narrow.extend(given.as_ref().map(|given| ("given", start(given, 3))));
        narrow.extend(asked.sex.as_ref().and_then(|sex| gender(sex.as_str())));
        let postcode = asked.postcode.filter(|postcode| !postcode.is_pseudo());
        narrow.extend(postcode.map(|postcode| {
            // A wildcard stands after two characters at the least.
            let area = postcode.area();
            let begins = if area.len() < 2 {
                postcode.outward()
            } else {
                area
            };
            ("address-postalcode", format!("{begins}*"))
        }));
        match self.search(&narrow)? {
            Found::Nobody => {}
            found => return Ok(found),
        }
        // Sounds alike, names the other way round, and no place: only so are restricted people found.
        let Some(given) = given else {
            return Ok(Found::Nobody);
        };
        self.search(&[
            one(),
            ("_fuzzy-match", "true".to_owned()),
            family,
            ("given", given),
            born,
        ])
    }
}

impl Pds {
    fn search(&self, query: &[(&str, String)]) -> Result<Found, TraceError> {
        let (status, body) = self.ask("/Patient", query)?;
        if status == 200 {
            found(&body)
        } else {
            Err(refused(status, &body))
        }
    }
}

/// The first letters with a wildcard, which stands after two at the least.
fn start(name: &str, letters: usize) -> String {
    let start: String = name.chars().take(letters).collect();
    if start.chars().count() < 2 {
        start
    } else {
        format!("{start}*")
    }
}

fn gender(sex: &str) -> Option<(&'static str, String)> {
    let gender = match sex {
        "M" => "male",
        "F" => "female",
        _ => return None,
    };
    Some(("gender", gender.to_owned()))
}
