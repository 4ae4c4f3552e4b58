//! The next version: worked out first, then stored in a short transaction.

use axum::response::Response;
use stour_access::Resource;
use stour_appraisal::Mistakes;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_web::{Caller, Form, Problem, redirect};

use super::opened::heavy;
use super::shell::may;
use super::{
    Author, Checked, DocumentError, DocumentId, Refusal, Version, document, save, version,
};
use crate::case::Change;

/// How often a change is made to the latest version anew, when somebody saves in between.
const TRIES: usize = 5;

/// What the next version is to be.
#[derive(Debug, Clone)]
pub(crate) enum Next {
    /// This text, in the place of the version that was seen.
    Text(String),
    /// The latest text with a change, unless somebody changed the same line since the version that was
    /// seen.
    Change(Change),
    /// The text of an earlier version, in the place of the version that was seen.
    Earlier(i64),
}

/// Why there is no next version.
#[derive(Debug)]
pub(crate) enum NotSaved {
    /// The rules of documents: the form can be shown again.
    Refused(Refusal),
    /// The engine refuses this text.
    Mistakes(String, Mistakes),
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for NotSaved {
    fn from(problem: Problem) -> Self {
        match Refusal::told_by(&problem) {
            Some(refusal) => Self::Refused(refusal),
            None => Self::Problem(problem),
        }
    }
}

impl From<NotSaved> for Problem {
    fn from(not_saved: NotSaved) -> Self {
        match not_saved {
            NotSaved::Refused(refusal) => DocumentError::Refused(refusal).into(),
            NotSaved::Mistakes(_, mistakes) => DocumentError::Mistakes(mistakes).into(),
            NotSaved::Problem(problem) => problem,
        }
    }
}

/// A text that was worked out, and the version that it follows; or the text that cannot be.
type Prepared = Result<(i64, Checked), (String, DocumentError)>;

/// Saves the next version of a document, and leads to what it changed.
///
/// # Errors
/// [`NotSaved`].
pub(crate) async fn save_next(
    caller: &Caller,
    (id, base): (DocumentId, i64),
    (next, what): (&Next, &str),
    sent: (&str, String),
) -> Result<Response, NotSaved> {
    let mut tries = TRIES;
    loop {
        tries = tries.saturating_sub(1);
        let prepared = prepare(caller, (id, base), next).await?;
        let done = store(caller, id, (&prepared, what), sent.clone()).await;
        let problem = match done {
            Ok(to) => return Ok(redirect(&to)),
            Err(problem) => problem,
        };
        let refusal = Refusal::told_by(&problem);
        let was_beaten = prepared.is_ok() && refusal == Some(Refusal::Overtaken);
        if was_beaten && matches!(next, Next::Change(_)) && tries > 0 {
            continue;
        }
        return Err(match prepared {
            // A refusal of the policies comes before anything that is wrong with the text.
            Err((text, DocumentError::Mistakes(mistakes))) if !problem.errors.is_empty() => {
                NotSaved::Mistakes(text, mistakes)
            }
            _ => problem.into(),
        });
    }
}

async fn prepare(
    caller: &Caller,
    (id, base): (DocumentId, i64),
    next: &Next,
) -> Result<Prepared, Problem> {
    // Whoever may not save is told so by the transaction, which also records it.
    if !may(caller, "case.edit") {
        return Ok(Err((String::new(), DocumentError::NotThere)));
    }
    let other = match next {
        Next::Earlier(number) => *number,
        Next::Text(_) | Next::Change(_) => base,
    };
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let now = document(tx, id)?.ok_or(DocumentError::NotThere)?;
        let latest = version(tx, id, now.latest)?.ok_or(DocumentError::NotThere)?;
        Ok::<_, DocumentError>((version(tx, id, other)?, latest))
    });
    let (other, latest) = match found.await {
        Ok(found) => found,
        Err(error) => return Ok(Err((String::new(), error))),
    };
    let next = next.clone();
    heavy(move || {
        let (follows, text) =
            text_of(&next, base, (other, latest)).map_err(|error| (String::new(), error))?;
        match Checked::of(&text) {
            Ok(checked) => Ok((follows, checked)),
            Err(error) => Err((text, error)),
        }
    })
    .await
}

/// The text of the next version, and the version that it follows. `other` is the version that was seen, or
/// the earlier one.
fn text_of(
    next: &Next,
    base: i64,
    (other, latest): (Option<Version>, Version),
) -> Result<(i64, String), DocumentError> {
    let intact = |version: &Version| {
        // Saved again, a text that was tampered with would have a fingerprint that fits.
        if version.is_intact() {
            Ok(())
        } else {
            Err(Refusal::Tampered)
        }
    };
    match next {
        Next::Text(text) => Ok((base, text.clone())),
        Next::Earlier(_) => {
            let earlier = other.ok_or(DocumentError::NotThere)?;
            intact(&earlier)?;
            Ok((base, earlier.text))
        }
        Next::Change(change) => {
            let seen = other.ok_or(DocumentError::NotThere)?;
            intact(&seen)?;
            intact(&latest)?;
            let text = change.rebase(&seen.text, &latest.text)?;
            Ok((latest.number, text))
        }
    }
}

async fn store(
    caller: &Caller,
    id: DocumentId,
    (prepared, what): (&Prepared, &str),
    sent: (&str, String),
) -> Result<String, Problem> {
    let by = Author::from(caller.actor());
    let (prepared, what) = (prepared.clone(), what.to_owned());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let (base, checked) = prepared.clone().map_err(|(_, error)| error)?;
        let number = save(tx, environment, (id, base), (&checked, &what), &by)?;
        Ok(format!("/cases/{id}/compare?from={base}&to={number}"))
    };
    caller.write(sent, Resource::House, work).await
}

/// The version that a form says it changes.
///
/// # Errors
/// 400 for a form that was not ours.
pub(crate) fn base_of(form: &Form) -> Result<i64, Problem> {
    form.get("base")
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which version it changes."))
}
