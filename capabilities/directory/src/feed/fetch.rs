//! Asking a feed, politely.

use std::time::Duration;

use axum::http::{Response, Uri};
use serde_json::Value;
use ureq::Body;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The largest answer that is read, in bytes: a hundred services with long descriptions take less.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How often a question is put when the feed is busy or away.
const TRIES: u32 = 4;
/// The longest pause before it is put again.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How often a question is sent on to another address.
const SENT_ON: u32 = 3;
/// How much of such an address is told, in characters.
const SHOWN: usize = 200;

/// Why a feed gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FetchError {
    /// It is away, busy for too long, or broke off.
    #[error("it did not answer: {0}")]
    Away(String),
    /// It says that there is no such thing.
    #[error("it answered {0}")]
    Refused(u16),
    /// It sends on to where nobody said that it may be read from.
    #[error("it sends us on to {0}, which is not read: give the feed that address if it is right")]
    Elsewhere(String),
    /// It answered something else than JSON.
    #[error("its answer is no JSON: {0}")]
    NoJson(String),
}

/// A client that pauses between questions that were not answered, longer each time.
pub(super) struct Client {
    agent: ureq::Agent,
    pause: Duration,
}

impl Client {
    /// A client whose first pause is so long.
    pub(super) fn new(pause: Duration) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // Where it sends us on to is looked at first: a feed must not make us ask our own network.
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("stour-directory")
            .build()
            .into();
        Self { agent, pause }
    }

    /// The JSON at an address.
    pub(super) fn get(&self, address: &str, query: &[(&str, String)]) -> Result<Value, FetchError> {
        let mut pause = self.pause;
        let mut tries = 1;
        loop {
            let (why, wait) = match self.once(address, query) {
                Ok(answer) => return answer,
                Err(away) => away,
            };
            if tries == TRIES {
                return Err(FetchError::Away(why));
            }
            tries += 1;
            std::thread::sleep(wait.unwrap_or(pause).min(LONGEST_PAUSE));
            pause = pause.saturating_mul(2);
        }
    }

    fn ask<'q>(
        &self,
        address: &str,
        query: impl Iterator<Item = (&'q str, &'q str)>,
    ) -> Result<Response<Body>, ureq::Error> {
        let asking = self.agent.get(address).header("Accept", "application/json");
        let asking = asking.query_pairs(query).config();
        let is_secure = address.starts_with("https:");
        asking.https_only(is_secure).build().call()
    }

    /// An answer that stands, or why to ask again, and when the feed said to.
    fn once(
        &self,
        address: &str,
        query: &[(&str, String)],
    ) -> Result<Result<Value, FetchError>, (String, Option<Duration>)> {
        let away = |error: ureq::Error| (error.to_string(), None);
        let pairs = query.iter().map(|(name, value)| (*name, value.as_str()));
        let mut answer = self.ask(address, pairs).map_err(away)?;
        let mut from = address.to_owned();
        let mut times = 0;
        while let Some(to) = sent_on(&answer) {
            times += 1;
            let Some(next) = followed(&from, &to).filter(|_| times <= SENT_ON) else {
                let shown = to.chars().take(SHOWN).collect();
                return Ok(Err(FetchError::Elsewhere(shown)));
            };
            answer = self.ask(&next, std::iter::empty()).map_err(away)?;
            from = next;
        }
        let status = answer.status().as_u16();
        let wait = answer.headers().get("retry-after");
        let wait = wait.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        match status {
            408 | 429 | 500.. => Err((format!("status {status}"), wait.map(Duration::from_secs))),
            200..=299 => {
                let body = answer.into_body().into_with_config().limit(LARGEST);
                let body = body.read_to_vec().map_err(away)?;
                let read = serde_json::from_slice(&body);
                Ok(read.map_err(|error| FetchError::NoJson(error.to_string())))
            }
            status => Ok(Err(FetchError::Refused(status))),
        }
    }
}

/// Where an answer sends on to.
fn sent_on(answer: &Response<Body>) -> Option<String> {
    let sends = matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let to = answer.headers().get("location").filter(|_| sends)?;
    Some(to.to_str().ok()?.to_owned())
}

/// The address that one sends on to, where it may be followed: on the same computer, by the same door or by a safer
/// one.
fn followed(from: &str, to: &str) -> Option<String> {
    let from: Uri = from.parse().ok()?;
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    let (to, _) = to.split_once('#').unwrap_or((to, ""));
    let whole = if to.starts_with("//") {
        format!("{scheme}:{to}")
    } else if to.starts_with('/') {
        format!("{scheme}://{authority}{to}")
    } else if to.starts_with('?') {
        format!("{scheme}://{authority}{}{to}", from.path())
    } else if to.contains("://") {
        to.to_owned()
    } else {
        let (step, _) = from.path().rsplit_once('/')?;
        format!("{scheme}://{authority}{step}/{to}")
    };
    let to: Uri = whole.parse().ok()?;
    let port = |uri: &Uri| {
        let own = if uri.scheme_str() == Some("https") {
            443
        } else {
            80
        };
        uri.port_u16().unwrap_or(own)
    };
    let same_host = from.host()?.eq_ignore_ascii_case(to.host()?);
    let same_door = from.scheme() == to.scheme() && port(&from) == port(&to);
    let safer = scheme == "http" && to.scheme_str() == Some("https");
    let is_plain = !to.authority()?.as_str().contains('@');
    (same_host && is_plain && (same_door || safer)).then_some(whole)
}
