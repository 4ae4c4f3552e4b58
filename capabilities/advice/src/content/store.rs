//! Storing texts: every version and every decision stays.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_guidance::{Flow, reworded, wordings};
use stour_kernel::Environment;

use super::{
    Author, Content, ContentError, Hash, Refusal, SHIPPED, SHIPPED_VERSION, StepKind, StepTaken,
    Version, shipped, standing,
};

/// What is saved: a whole text, or other words in some places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// The text in the place of the one that its author saw, which must still be the latest.
    Text(String),
    /// Words by their places (see [`wordings`]). Where somebody else saved meanwhile, the words are put into
    /// the latest text, unless they changed the same ones.
    Words(Vec<(String, String)>),
}

/// Saves the next version of a text after `base`, the one that its author saw. The flow is checked first.
///
/// # Errors
/// [`ContentError::Mistakes`]; [`Refusal`]: overtaken, unchanged, another flow; [`ContentError::NotThere`].
pub fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (content, base): (&str, i64),
    (saving, what): (&Saving, &str),
    by: &Author,
) -> Result<i64, ContentError> {
    let last = latest(tx, content)?;
    let before = match last {
        Some(number) => Some(version(tx, content, number)?.ok_or(ContentError::NotThere)?),
        None => None,
    };
    let text = match (saving, &before) {
        (Saving::Text(text), None) => text.clone(),
        (Saving::Text(text), Some(before)) if before.number == base => text.clone(),
        (Saving::Text(_), Some(_)) => return Err(Refusal::Overtaken.into()),
        (Saving::Words(_), None) => return Err(ContentError::NotThere),
        (Saving::Words(words), Some(before)) => {
            let seen = version(tx, content, base)?.ok_or(ContentError::NotThere)?;
            rebased(words, &seen.text, &before.text)?
        }
    };
    if before.is_some_and(|before| before.text.trim_end() == text.trim_end()) {
        return Err(Refusal::Unchanged.into());
    }
    if Flow::read(&text)?.id != content {
        return Err(Refusal::OtherFlow.into());
    }
    let number = last.unwrap_or(0).saturating_add(1);
    tx.execute(
        sql!(
            "INSERT INTO content_version
                 (content, number, text, hash, what, saved_by, saved_by_name, organisation, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            content,
            number,
            text,
            Hash::of(&text),
            what,
            by.user.map(|user| user.to_string()).unwrap_or_default(),
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(number)
}

/// The latest text with these words, when nobody changed the same words meanwhile.
fn rebased(words: &[(String, String)], seen: &str, latest: &str) -> Result<String, ContentError> {
    let (seen, now) = (wordings(seen)?, wordings(latest)?);
    let text_at = |all: &[stour_guidance::Wording], place: &str| {
        let found = all.iter().find(|wording| wording.place == place);
        found.map(|wording| wording.text.trim().to_owned())
    };
    let mut changes = Vec::new();
    for (place, new) in words {
        let (before, now) = (text_at(&seen, place), text_at(&now, place));
        // Browsers end lines in their own way.
        let new = new.replace("\r\n", "\n");
        if before.as_deref() == Some(new.trim()) {
            continue;
        }
        if before != now {
            return Err(Refusal::Overtaken.into());
        }
        changes.push((place.clone(), new));
    }
    Ok(reworded(latest, &changes)?)
}

/// Puts a version forward to be looked at.
///
/// # Errors
/// [`Refusal::Already`]; [`ContentError::NotThere`].
pub fn propose(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (content, number): (&str, i64),
    by: &Author,
) -> Result<(), ContentError> {
    version(tx, content, number)?.ok_or(ContentError::NotThere)?;
    let (published, waiting) = standing(shipped(content).is_some(), &steps(tx, content)?);
    if published == Some(number) || waiting == Some(number) {
        return Err(Refusal::Already.into());
    }
    take(
        tx,
        environment,
        (content, number),
        (StepKind::Proposed, ""),
        by,
    )
}

/// Decides on a version that was proposed: publishes it, or does not take it. Whoever saved it decides
/// nothing.
///
/// # Errors
/// [`Refusal`]: one's own version, not proposed; [`ContentError::NotThere`].
pub fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (content, number): (&str, i64),
    (kind, words): (StepKind, &str),
    by: &Author,
) -> Result<(), ContentError> {
    let version = version(tx, content, number)?.ok_or(ContentError::NotThere)?;
    if by.user.is_some_and(|user| version.is_of(user)) {
        return Err(Refusal::OwnVersion.into());
    }
    let (_, waiting) = standing(shipped(content).is_some(), &steps(tx, content)?);
    if waiting != Some(number) {
        return Err(Refusal::NotProposed.into());
    }
    // A later release may refuse what an earlier one took.
    let _checked = Flow::read(&version.text)?;
    take(tx, environment, (content, number), (kind, words), by)
}

/// Publishes a version again that the public read before: the way back when something is wrong.
///
/// # Errors
/// [`Refusal`]: never published, published now; [`ContentError::NotThere`].
pub fn publish_again(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (content, number): (&str, i64),
    words: &str,
    by: &Author,
) -> Result<(), ContentError> {
    let version = version(tx, content, number)?.ok_or(ContentError::NotThere)?;
    let steps = steps(tx, content)?;
    let is_shipped = shipped(content).is_some();
    let (published, _) = standing(is_shipped, &steps);
    if published == Some(number) {
        return Err(Refusal::Already.into());
    }
    let was = steps
        .iter()
        .any(|step| step.number == number && step.kind == StepKind::Published);
    if !(was || is_shipped && number == SHIPPED_VERSION) {
        return Err(Refusal::NeverPublished.into());
    }
    let _checked = Flow::read(&version.text)?;
    take(
        tx,
        environment,
        (content, number),
        (StepKind::Published, words),
        by,
    )
}

fn take(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (content, number): (&str, i64),
    (kind, words): (StepKind, &str),
    by: &Author,
) -> Result<(), ContentError> {
    let place: i64 = tx.one(
        sql!("SELECT COALESCE(max(place), 0) + 1 FROM content_step WHERE content = $1"),
        params![content],
        |row| row.get(0),
    )?;
    tx.execute(
        sql!(
            "INSERT INTO content_step
                 (content, place, number, step, words, taken_by, taken_by_name, organisation, taken_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            content,
            place,
            number,
            kind,
            words,
            by.user.map(|user| user.to_string()).unwrap_or_default(),
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(())
}

fn author(row: &Row<'_>, from: usize) -> Result<Author, Error> {
    let user: String = row.get(from)?;
    Ok(Author {
        user: user.parse().ok(),
        name: row.get(from.saturating_add(1))?,
        organisation: row.get(from.saturating_add(2))?,
    })
}

fn version_of(row: &Row<'_>) -> Result<Version, Error> {
    Ok(Version {
        number: row.get(0)?,
        text: row.get(1)?,
        hash: row.get(2)?,
        what: row.get(3)?,
        by: Some(author(row, 4)?),
        at: Some(row.get(7)?),
    })
}

/// The version that the program brings.
fn shipped_version(content: &str) -> Option<Version> {
    let shipped = shipped(content)?;
    Some(Version {
        number: SHIPPED_VERSION,
        text: shipped.text.to_owned(),
        hash: Hash::of(shipped.text),
        what: "As the program brings it".to_owned(),
        by: None,
        at: None,
    })
}

/// The number of the latest version, if there is such a text.
fn latest(tx: &mut Transaction<'_>, content: &str) -> Result<Option<i64>, Error> {
    let saved: Option<i64> = tx.one(
        sql!("SELECT max(number) FROM content_version WHERE content = $1"),
        params![content],
        |row| row.get(0),
    )?;
    Ok(saved.or_else(|| shipped(content).map(|_| SHIPPED_VERSION)))
}

/// One version, if there is such.
///
/// # Errors
/// Those of the database.
pub fn version(
    tx: &mut Transaction<'_>,
    content: &str,
    number: i64,
) -> Result<Option<Version>, Error> {
    if number == SHIPPED_VERSION
        && let Some(version) = shipped_version(content)
    {
        return Ok(Some(version));
    }
    tx.optional(
        sql!(
            "SELECT number, text, hash, what, saved_by, saved_by_name, organisation, saved_at
             FROM content_version WHERE content = $1 AND number = $2"
        ),
        params![content, number],
        version_of,
    )
}

/// Every version of a text, the latest first, at most 1,000.
///
/// # Errors
/// Those of the database.
pub fn versions(tx: &mut Transaction<'_>, content: &str) -> Result<Vec<Version>, Error> {
    let mut all = tx.rows(
        sql!(
            "SELECT number, text, hash, what, saved_by, saved_by_name, organisation, saved_at
             FROM content_version WHERE content = $1 ORDER BY number DESC LIMIT 1000"
        ),
        params![content],
        version_of,
    )?;
    all.extend(shipped_version(content));
    Ok(all)
}

/// Everything that was decided on a text, in order.
///
/// # Errors
/// Those of the database.
pub fn steps(tx: &mut Transaction<'_>, content: &str) -> Result<Vec<StepTaken>, Error> {
    tx.rows(
        sql!(
            "SELECT number, step, words, taken_by, taken_by_name, organisation, taken_at
             FROM content_step WHERE content = $1 ORDER BY place"
        ),
        params![content],
        |row| {
            Ok(StepTaken {
                number: row.get(0)?,
                kind: row.get(1)?,
                words: row.get(2)?,
                by: author(row, 3)?,
                at: row.get(6)?,
            })
        },
    )
}

/// Every text: those that the program brings in their order, then those that people here began.
///
/// # Errors
/// Those of the database.
pub fn contents(tx: &mut Transaction<'_>) -> Result<Vec<Content>, Error> {
    let saved: Vec<String> = tx.rows(
        sql!("SELECT DISTINCT content FROM content_version ORDER BY content"),
        params![],
        |row| row.get(0),
    )?;
    let own = saved.into_iter().filter(|id| shipped(id).is_none());
    let ids: Vec<String> = SHIPPED
        .iter()
        .map(|one| one.id.to_owned())
        .chain(own)
        .collect();
    let mut all = Vec::new();
    for id in ids {
        let (published, waiting) = standing(shipped(&id).is_some(), &steps(tx, &id)?);
        if let Some(latest) = latest(tx, &id)? {
            all.push(Content {
                id,
                latest,
                published,
                waiting,
            });
        }
    }
    Ok(all)
}
