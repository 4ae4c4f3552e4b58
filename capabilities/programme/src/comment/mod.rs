//! What people say about a document or one of its lines, and how it was settled.

pub(crate) mod page;
mod store;

pub use store::{comments, say, settle};

use stour_kernel::{OdsCode, Timestamp, typed_id};

typed_id!(pub CommentId, "a comment");
stour_database::text_value!(CommentId);

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The comment.
    pub id: CommentId,
    /// The version that was looked at.
    pub number: i64,
    /// The line of a case that it is about, by id; the whole document where there is none.
    pub line: Option<String>,
    /// What is said.
    pub words: String,
    /// Who said it.
    pub by: String,
    /// For whom.
    pub organisation: OdsCode,
    /// When.
    pub at: Timestamp,
    /// How it was settled, once it was.
    pub settled: Option<Settled>,
}

/// How a comment was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// With which answer.
    pub answer: String,
}
