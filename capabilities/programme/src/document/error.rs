//! Why a document is not saved or signed.

use stour_appraisal::{Mistakes, TooLarge};
use stour_database::Error;
use stour_web::{FieldError, Problem};

/// Why a document is not saved or signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Its text cannot be used.
    #[error("{0}")]
    Mistakes(Mistakes),
    /// The rules of documents do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A sum of it does not fit.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// There is no such document or version.
    #[error("there is no such document or version")]
    NotThere,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What the rules of documents do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody saved another version first.
    #[error(
        "Somebody saved another version while you worked on this one. Look at what changed, and repeat your change."
    )]
    Overtaken,
    /// Nothing is different from the version before.
    #[error("Nothing has changed, so there is no new version to save.")]
    Unchanged,
    /// A case would become a gap, or a gap an agreement.
    #[error("A document stays what it is: start another for a case, a gap or an agreement.")]
    OtherKind,
    /// Too long.
    #[error("The document is longer than 2 megabytes.")]
    TooLong,
    /// More lines and years than a page works out.
    #[error(
        "The case has more than 50,000 lines times years. The command line works it out: stour appraise."
    )]
    TooHeavy,
    /// A second answer to a comment.
    #[error("Somebody has settled this comment already.")]
    SettledAlready,
    /// A signature under one's own version.
    #[error("You saved this version, so somebody else must sign it off.")]
    OwnVersion,
    /// A second signature of the same person under one version.
    #[error("You have signed this version already.")]
    SignedAlready,
    /// The text is not the one that was saved.
    #[error(
        "The text of this version no longer has the fingerprint that it was saved with. Do not sign it: tell whoever runs this service."
    )]
    Tampered,
    /// A line that somebody else has taken out.
    #[error("Somebody has taken this line out of the case.")]
    NoSuchLine,
    /// A second line of the same id.
    #[error("The case has another line with this id.")]
    LineExists,
    /// A number that the document does not hold by itself.
    #[error(
        "One of the numbers is not in the document by itself (a multiple of a whole line or of a population, or take-up year by year). Change the line instead."
    )]
    NotWritten,
}

impl Refusal {
    /// Those after which a form can be shown again: all but that of a text that was tampered with.
    const OF_FORMS: [Self; 11] = [
        Self::Overtaken,
        Self::Unchanged,
        Self::OtherKind,
        Self::TooLong,
        Self::TooHeavy,
        Self::SettledAlready,
        Self::OwnVersion,
        Self::SignedAlready,
        Self::NoSuchLine,
        Self::LineExists,
        Self::NotWritten,
    ];

    /// What kind of problem it is, for a program.
    const fn kind(self) -> &'static str {
        match self {
            Self::Overtaken => "overtaken",
            Self::Unchanged => "unchanged",
            Self::OtherKind => "other-kind",
            Self::TooLong => "too-long",
            Self::TooHeavy => "too-heavy",
            Self::SettledAlready => "settled-already",
            Self::OwnVersion => "own-version",
            Self::SignedAlready => "signed-already",
            Self::Tampered => "tampered",
            Self::NoSuchLine => "no-such-line",
            Self::LineExists => "line-exists",
            Self::NotWritten => "not-written",
        }
    }

    /// The refusal that a problem is, where its form can be shown again with what was typed.
    pub(crate) fn told_by(problem: &Problem) -> Option<Self> {
        let mut all = Self::OF_FORMS.into_iter();
        all.find(|refusal| refusal.kind() == problem.kind)
    }

    /// The refusal as a form tells it that has kept what was typed.
    pub(crate) fn with_what_was_typed(self) -> String {
        match self {
            Self::Overtaken => "Somebody saved another version in the meantime; “Versions” says what changed. What you typed is kept here: save again to put it in the place of theirs.".to_owned(),
            other => other.to_string(),
        }
    }
}

impl From<Mistakes> for DocumentError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Mistakes(mistakes)
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Mistakes(mistakes) => Self::invalid(by_line(&mistakes)),
            DocumentError::Refused(refusal) => Self {
                kind: refusal.kind(),
                ..Self::conflict(refusal.to_string())
            },
            DocumentError::TooLarge(error) => Self::conflict(error.to_string()),
            DocumentError::NotThere => Self::not_found(),
            DocumentError::Database(error) => error.into(),
        }
    }
}

/// The mistakes of a text as errors of the field that holds it.
pub(crate) fn by_line(mistakes: &Mistakes) -> Vec<FieldError> {
    let of = |mistake: &stour_appraisal::Mistake| FieldError {
        field: "text".to_owned(),
        message: format!("Line {}: {}", mistake.line, mistake.reason),
    };
    mistakes.0.iter().map(of).collect()
}
