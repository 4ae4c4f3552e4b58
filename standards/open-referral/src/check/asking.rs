//! Asking a feed within bounds, and what every answer shows.

use serde_json::Value;
use thiserror::Error;

use super::fetch::{Answer, Failure, Fetch};
use super::plain::shortened;

/// Answers that failed one after the other until the feed counts as gone.
const PATIENCE: usize = 3;

/// Why an answer is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Unread {
    #[error("{0}")]
    Failure(#[from] Failure),
    #[error("status {0}")]
    Status(u16),
    #[error("the answer is not JSON but begins with {0:?}")]
    NotJson(String),
    #[error("the answer has no list {0:?}, which a page must have")]
    NoPage(&'static str),
}

impl Unread {
    /// Whether the feed says that there is nothing at this address, rather than that something went wrong.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Status(404 | 405 | 410 | 501))
    }
}

/// A feed as it is being asked.
pub(super) struct Asking<'f> {
    fetch: &'f mut dyn Fetch,
    limit: usize,
    asked: usize,
    bytes: usize,
    silences: usize,
    log: Vec<String>,
    seen: Seen,
}

/// What all answers have shown together.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Answers, whatever their status.
    pub(super) answers: usize,
    /// Answers that pages of other sites may not read.
    pub(super) not_for_other_sites: usize,
    /// Answers with JSON that are not called so.
    pub(super) not_called_json: usize,
}

impl<'f> Asking<'f> {
    pub(super) fn new(fetch: &'f mut dyn Fetch, limit: usize) -> Self {
        Self {
            fetch,
            limit,
            asked: 0,
            bytes: 0,
            silences: 0,
            log: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// Asks for JSON.
    pub(super) fn json(&mut self, path: &str) -> Result<Value, Unread> {
        let answer = self.ask(path)?;
        if !(200..300).contains(&answer.status) {
            return Err(Unread::Status(answer.status));
        }
        let body = answer
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&answer.body);
        let value = serde_json::from_slice(body).map_err(|_| {
            let begins = body.get(..body.len().min(200)).unwrap_or_default();
            let begins = String::from_utf8_lossy(begins);
            Unread::NotJson(shortened(begins.trim()).chars().take(40).collect())
        })?;
        if !answer.content_type.contains("json") {
            self.seen.not_called_json += 1;
        }
        Ok(value)
    }

    /// Asks for anything.
    pub(super) fn ask(&mut self, path: &str) -> Result<Answer, Failure> {
        if self.silences >= PATIENCE {
            return Err(Failure::GivenUp(
                "the feed has not answered three times in a row",
            ));
        }
        if self.asked >= self.limit {
            return Err(Failure::GivenUp(
                "the feed has been asked as often as is allowed",
            ));
        }
        self.asked += 1;
        self.log.push(path.to_owned());
        let answer = self.fetch.fetch(path);
        match &answer {
            Ok(answer) => {
                self.silences = 0;
                self.seen.answers += 1;
                self.bytes = self.bytes.saturating_add(answer.body.len());
                if answer.allow_origin.as_deref().map(str::trim) != Some("*") {
                    self.seen.not_for_other_sites += 1;
                }
            }
            Err(Failure::Unreachable(_) | Failure::TimedOut) => self.silences += 1,
            Err(_) => self.silences = 0,
        }
        answer
    }

    /// What was asked since this was last called.
    pub(super) fn log(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log)
    }

    /// How often the feed was asked.
    pub(super) fn asked(&self) -> usize {
        self.asked
    }

    /// Bytes of all answers so far.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// What all answers have shown.
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }
}
