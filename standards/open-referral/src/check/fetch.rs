//! How a feed is asked: by whoever calls, because this crate fetches nothing itself.

use thiserror::Error;

/// Asks the feed for what lies at an address below its own, such as `/services?page=2`.
///
/// Whoever implements it sets limits of time, size and redirects, and tells which was passed by [`Failure`].
/// Every closure of the same shape is one.
pub trait Fetch {
    /// The answer, whatever its status.
    ///
    /// # Errors
    /// When there was no answer, or none that could be read whole.
    fn fetch(&mut self, path: &str) -> Result<Answer, Failure>;
}

impl<F> Fetch for F
where
    F: FnMut(&str) -> Result<Answer, Failure>,
{
    fn fetch(&mut self, path: &str) -> Result<Answer, Failure> {
        self(path)
    }
}

/// What a feed answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`, empty where there is none.
    pub content_type: String,
    /// The header `Access-Control-Allow-Origin`, where there is one.
    pub allow_origin: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Failure {
    /// No connection, or one that broke off; why, in a few words.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// Longer than whoever asks was prepared to wait.
    #[error("no answer in time")]
    TimedOut,
    /// A body of more bytes than are read.
    #[error("the answer is larger than {} MB", .0 / 1_000_000)]
    TooLarge(u64),
    /// Redirected from one address to the next without end.
    #[error("redirected too often")]
    Redirects,
    /// Not asked any more: the feed has not answered several times, or has been asked often enough.
    #[error("not asked: {0}")]
    GivenUp(&'static str),
}
