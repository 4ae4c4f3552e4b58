//! A document as a page shows it: one version, what it comes to, and the agreed version beside it.

use serde::Deserialize;
use stour_access::Resource;
use stour_web::{Caller, Problem};
use tokio::sync::Semaphore;

use super::reading::{Reading, read};
use super::shell::may;
use super::{
    Document, DocumentError, DocumentId, Signature, Version, document, signatures, version,
};

/// Which version an address asks for; the latest where it asks for none.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Asked {
    pub(crate) version: Option<i64>,
}

/// What is shown.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) document: Document,
    /// The version that the page is about.
    pub(crate) shown: Version,
    pub(crate) reading: Reading,
    /// The version that was signed off last, where it is not the one that is shown.
    pub(crate) agreed: Option<(Version, Reading)>,
    /// Under every version, newest first.
    pub(crate) signatures: Vec<Signature>,
    /// Whether the text is the one that was saved, and the one that each signatory signed.
    pub(crate) is_intact: bool,
    /// Whether the version comes to the figures that were signed, where it was.
    pub(crate) is_as_signed: bool,
}

/// Asks for permission and opens a document.
///
/// # Errors
/// 403, 404, or 409 for a text that cannot be read any more.
pub(crate) async fn open(caller: &Caller, id: &str, asked: Asked) -> Result<Opened, Problem> {
    caller.permit_to("case.read", Resource::House).await?;
    let id: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let document = document(tx, id)?.ok_or(DocumentError::NotThere)?;
        let number = asked.version.unwrap_or(document.latest);
        let shown = version(tx, id, number)?.ok_or(DocumentError::NotThere)?;
        let agreed = match document.agreed {
            Some(agreed) if agreed != number => version(tx, id, agreed)?,
            _ => None,
        };
        let signatures = signatures(tx, id)?;
        Ok::<_, DocumentError>((document, shown, agreed, signatures))
    });
    let (document, shown, agreed, signatures) = found.await?;
    let work = move || {
        let reading = read(&shown.text)?;
        let agreed = agreed
            .map(|version| {
                let reading = read(&version.text)?;
                Ok::<_, DocumentError>((version, reading))
            })
            .transpose()?;
        let of_shown: Vec<&Signature> = signatures
            .iter()
            .filter(|one| one.number == shown.number)
            .collect();
        let is_as_signed = match of_shown.as_slice() {
            [] => true,
            signed => {
                let figures = reading.figures()?.text;
                signed.iter().all(|one| one.figures == figures)
            }
        };
        let is_intact = shown.is_intact()
            && of_shown
                .iter()
                .all(|signature| signature.hash == shown.hash);
        Ok(Opened {
            document,
            shown,
            reading,
            agreed,
            signatures,
            is_intact,
            is_as_signed,
        })
    };
    worked_out(work).await?.map_err(unreadable)
}

/// Opens the latest version for somebody who may change it.
///
/// # Errors
/// As [`open`], and 403 for those who may only read.
pub(crate) async fn open_to_edit(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let opened = open(caller, id, Asked::default()).await?;
    only_if_may(caller, "case.edit")?;
    Ok(opened)
}

/// Only for those who may do this with documents; others may read them.
///
/// # Errors
/// 403.
pub(crate) fn only_if_may(caller: &Caller, action: &str) -> Result<(), Problem> {
    if may(caller, action) {
        return Ok(());
    }
    Err(Problem::forbidden(
        "You may read business cases and comment on them.",
    ))
}

/// A text that was saved and that the engine refuses now is nobody's slip in a form.
fn unreadable(error: DocumentError) -> Problem {
    match error {
        DocumentError::Mistakes(mistakes) => Problem::conflict(format!(
            "This version was saved by another release of the program, and this one cannot work it out: {mistakes}"
        )),
        other => other.into(),
    }
}

/// Runs a computation away from the threads that answer requests.
///
/// # Errors
/// 500 when it panics.
pub(crate) async fn worked_out<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Problem::fault())
}

/// Runs a computation that may take seconds: so many at once that they leave processors to others.
///
/// # Errors
/// As [`worked_out`].
pub(crate) async fn heavy<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    static AT_ONCE: Semaphore = Semaphore::const_new(2);
    let turn = AT_ONCE.acquire().await.map_err(|_| Problem::fault())?;
    // The turn ends with the work, which goes on when nobody waits for it any more.
    worked_out(move || {
        let _turn = turn;
        work()
    })
    .await
}

impl Opened {
    /// Whether the page shows the latest version.
    pub(crate) fn is_latest(&self) -> bool {
        self.shown.number == self.document.latest
    }

    /// The signatures under the version that is shown.
    pub(crate) fn signed(&self) -> impl Iterator<Item = &Signature> {
        let shown = self.shown.number;
        self.signatures
            .iter()
            .filter(move |one| one.number == shown)
    }

    /// The agreed version, where it is a funding gap.
    pub(crate) fn agreed_gap(&self) -> Option<stour_appraisal::Gap> {
        match &self.agreed {
            Some((_, Reading::Gap(gap))) => Some(gap.clone()),
            _ => None,
        }
    }

    /// The agreed version, where it is an agreement on shares.
    pub(crate) fn agreed_agreement(&self) -> Option<&stour_appraisal::Agreement> {
        match &self.agreed {
            Some((_, Reading::Agreement(agreement))) => Some(agreement),
            _ => None,
        }
    }

    /// The address of a part of the document, of the version that is shown.
    pub(crate) fn address(&self, part: &str) -> String {
        let path = format!("/cases/{}{part}", self.document.id);
        if self.is_latest() {
            path
        } else {
            format!("{path}?version={}", self.shown.number)
        }
    }
}
