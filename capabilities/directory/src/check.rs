//! Checking a feed over HTTP: the limits of what is fetched. What is checked is in `stour_open_referral`.

use std::time::Duration;

use stour_kernel::Date;
use stour_open_referral::check::{Answer, Failure, Plan, Report, check};
use thiserror::Error;

/// How long one answer may take: the slowest feeds give a page in some seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest answer that is read, in bytes.
const LARGEST: u64 = 16_000_000;
/// The longest pause that a busy feed is given before it is asked again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How often one question is put to a feed that says it is busy.
const TRIES: u32 = 3;
/// Redirections that are followed.
const REDIRECTS: u32 = 5;

/// Which feed is checked, and how thoroughly.
#[derive(Debug, Clone)]
pub struct FeedCheck {
    address: String,
    details: usize,
    requests: usize,
    patience: Duration,
}

/// Why an address cannot be that of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no address of a feed: give it as https://example.org/open-referral/v3, without what comes after a ?"
)]
pub struct NoFeedAddress(String);

impl FeedCheck {
    /// A check of the feed at an address, of which so many services are read whole and which is asked so
    /// often at the most.
    ///
    /// # Errors
    /// When the address is none of the web.
    pub fn new(address: &str, details: usize, requests: usize) -> Result<Self, NoFeedAddress> {
        let wrong = || NoFeedAddress(address.to_owned());
        let trimmed = address.trim().trim_end_matches('/');
        let rest = trimmed
            .strip_prefix("https://")
            .or_else(|| trimmed.strip_prefix("http://"));
        let is_plain = |rest: &str| {
            !rest.is_empty()
                && !rest.contains(|letter: char| letter.is_whitespace() || "?#@".contains(letter))
        };
        if !rest.is_some_and(is_plain) {
            return Err(wrong());
        }
        Ok(Self {
            address: trimmed.to_owned(),
            details,
            requests,
            patience: PATIENCE,
        })
    }

    /// The same, waiting no longer than this for an answer.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Checks it; `progress` is told each address before it is asked. Waits for the network.
    pub fn run(&self, today: Date, progress: &mut dyn FnMut(&str)) -> Report {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(self.patience))
            .max_redirects(REDIRECTS)
            .http_status_as_error(false)
            .user_agent(concat!(
                "stour/",
                env!("CARGO_PKG_VERSION"),
                " directory check"
            ))
            .build()
            .into();
        let plan = Plan {
            feed: self.address.clone(),
            today,
            details: self.details,
            requests: self.requests,
        };
        check(&plan, &mut |path: &str| {
            progress(path);
            self.ask(&agent, path)
        })
    }

    fn ask(&self, agent: &ureq::Agent, path: &str) -> Result<Answer, Failure> {
        let mut tries = 1;
        loop {
            let (answer, pause) = self.put(agent, path)?;
            if !matches!(answer.status, 429 | 503) || tries == TRIES {
                return Ok(answer);
            }
            tries += 1;
            std::thread::sleep(pause.min(LONGEST_PAUSE));
        }
    }

    fn put(&self, agent: &ureq::Agent, path: &str) -> Result<(Answer, Duration), Failure> {
        let asking = agent.get(format!("{}{path}", self.address));
        let response = asking
            .header("Accept", "application/json")
            .call()
            .map_err(failure)?;
        let status = response.status().as_u16();
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let (content_type, allow_origin) = (
            header("content-type"),
            header("access-control-allow-origin"),
        );
        let pause = header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
        let body = response.into_body().into_with_config().limit(LARGEST);
        let answer = Answer {
            status,
            content_type: content_type.unwrap_or_default(),
            allow_origin,
            body: body.read_to_vec().map_err(failure)?,
        };
        Ok((answer, Duration::from_secs(pause.unwrap_or(1))))
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Timeout(_) => Failure::TimedOut,
        ureq::Error::TooManyRedirects => Failure::Redirects,
        ureq::Error::BodyExceedsLimit(limit) => Failure::TooLarge(limit),
        other => Failure::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
