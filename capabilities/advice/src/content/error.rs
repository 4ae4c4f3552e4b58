//! Why a text is not saved or published.

use stour_database::Error;
use stour_guidance::Mistakes;
use stour_web::{FieldError, Problem};

/// Why a text is not saved or published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// It cannot be used as it is.
    #[error("{0}")]
    Mistakes(Mistakes),
    /// The rules of texts do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such text or version.
    #[error("there is no such text or version")]
    NotThere,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What the rules of texts do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody saved another version first, and changed the same words.
    #[error(
        "Somebody saved another version while you worked on this one. Look at what changed, and repeat your change."
    )]
    Overtaken,
    /// Nothing is different.
    #[error("Nothing has changed, so there is no new version to save.")]
    Unchanged,
    /// The text is that of another flow.
    #[error("The text has the id of another flow: the id of a flow stays what it is.")]
    OtherFlow,
    /// One's own version.
    #[error("You saved this version, so somebody else must look at it.")]
    OwnVersion,
    /// It does not wait for a decision.
    #[error("This version does not wait for a decision. Propose it first.")]
    NotProposed,
    /// It waits already, or the public reads it already.
    #[error("This version is proposed or published already.")]
    Already,
    /// It was never published.
    #[error("Only a version that was published before can be published again at once.")]
    NeverPublished,
}

impl Refusal {
    const ALL: [Self; 7] = [
        Self::Overtaken,
        Self::Unchanged,
        Self::OtherFlow,
        Self::OwnVersion,
        Self::NotProposed,
        Self::Already,
        Self::NeverPublished,
    ];

    /// What kind of problem it is, for a program.
    const fn kind(self) -> &'static str {
        match self {
            Self::Overtaken => "overtaken",
            Self::Unchanged => "unchanged",
            Self::OtherFlow => "other-flow",
            Self::OwnVersion => "own-version",
            Self::NotProposed => "not-proposed",
            Self::Already => "already",
            Self::NeverPublished => "never-published",
        }
    }

    /// The refusal that a problem is, so that its form can be shown again with what was typed.
    pub(crate) fn told_by(problem: &Problem) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|refusal| refusal.kind() == problem.kind)
    }
}

impl From<Mistakes> for ContentError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Mistakes(mistakes)
    }
}

impl From<ContentError> for Problem {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Mistakes(mistakes) => Self::invalid(by_line(&mistakes)),
            ContentError::Refused(refusal) => Self {
                kind: refusal.kind(),
                ..Self::conflict(refusal.to_string())
            },
            ContentError::NotThere => Self::not_found(),
            ContentError::Database(error) => error.into(),
        }
    }
}

/// The mistakes of a text as errors of the field that holds it.
pub(crate) fn by_line(mistakes: &Mistakes) -> Vec<FieldError> {
    let of = |mistake: &stour_guidance::Mistake| FieldError {
        field: "text".to_owned(),
        message: format!("Line {}: {}", mistake.line, mistake.reason),
    };
    mistakes.0.iter().map(of).collect()
}
