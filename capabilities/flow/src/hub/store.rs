//! Notices in the database.

use serde_json::json;
use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp};
use stour_people::{forget, know};

use super::NoticeId;
use super::course::Course;
use super::notice::{
    Assessment, Content, Discharge, Kind, LONGEST, Notice, REJECTIONS, Step, Withdrawal, too_long,
};
use super::state::{
    Answer, Answered, Before, NotSo, NoticeState, Received, Sent, StateName, Withdrawn,
};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;
use crate::spell::{self, Spell, SpellId};

impl From<NotSo> for FlowError {
    fn from(why: NotSo) -> Self {
        Self::NotNow(why.to_string())
    }
}

fn stored(row: &Row<'_>) -> Result<Notice, Error> {
    let undecodable = |column| Error::Decode {
        column,
        expected: "what a notice says",
    };
    let content: String = row.get(5)?;
    let name: StateName = row.get(6)?;
    let (sent, received, answered): (Timestamp, Option<Timestamp>, Option<Timestamp>) =
        (row.get(7)?, row.get(8)?, row.get(9)?);
    let (reason, words): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
    let state = match name {
        StateName::Sent => NoticeState::Sent(Sent { at: sent }),
        StateName::Received => NoticeState::Received(Received {
            sent,
            at: received.ok_or_else(|| undecodable(8))?,
        }),
        StateName::Accepted | StateName::Rejected => NoticeState::Answered(Answered {
            sent,
            received,
            at: answered.ok_or_else(|| undecodable(9))?,
            answer: match reason {
                Some(reason) => Answer::Reject {
                    reason,
                    words: words.unwrap_or_default(),
                },
                None => Answer::Accept { words },
            },
        }),
        StateName::Withdrawn => NoticeState::Withdrawn(Withdrawn {
            before: Before {
                sent,
                received,
                accepted: answered,
            },
            at: row
                .get::<Option<Timestamp>>(12)?
                .ok_or_else(|| undecodable(12))?,
        }),
    };
    Ok(Notice {
        id: row.get(0)?,
        spell: row.get(1)?,
        person: row.get(2)?,
        hospital: row.get(3)?,
        council: row.get(4)?,
        content: serde_json::from_str::<Content>(&content).map_err(|_| undecodable(5))?,
        state,
        version: row.get(13)?,
    })
}

/// One.
///
/// # Errors
/// Those of the database.
pub fn notice(tx: &mut Transaction<'_>, id: NoticeId) -> Result<Option<Notice>, Error> {
    tx.optional(
        sql!(
            "SELECT id, spell, person, hospital, council, content, state, sent_at, received_at, answered_at,
                    reason, words, withdrawn_at, version
             FROM notice WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// Those of a stay, in the order in which they were sent.
///
/// # Errors
/// Those of the database.
pub fn of_stay(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Notice>, Error> {
    tx.rows(
        sql!(
            "SELECT id, spell, person, hospital, council, content, state, sent_at, received_at, answered_at,
                    reason, words, withdrawn_at, version
             FROM notice WHERE spell = $1 ORDER BY sent_at, id"
        ),
        params![spell],
        stored,
    )
}

/// Those of everybody in hospital, and those that wait for an answer, in the order in which they were sent.
///
/// # Errors
/// Those of the database.
pub fn of_hub(tx: &mut Transaction<'_>) -> Result<Vec<Notice>, Error> {
    tx.rows(
        sql!(
            "SELECT id, spell, person, hospital, council, content, state, sent_at, received_at, answered_at,
                    reason, words, withdrawn_at, version
             FROM notice
             WHERE state IN ('sent', 'received')
                OR spell IN (SELECT s.id FROM spell s WHERE s.state = 'in-hospital')
             ORDER BY sent_at, id"
        ),
        params![],
        stored,
    )
}

/// Every version of the notices of a stay, in the order in which they were made.
///
/// # Errors
/// Those of the database.
pub fn steps(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT v.notice, v.state, v.reason, v.words, v.name, v.organisation, v.at
             FROM notice_version v JOIN notice n ON n.id = v.notice
             WHERE n.spell = $1 ORDER BY v.at, v.notice, v.number"
        ),
        params![spell],
        |row| {
            Ok(Step {
                notice: row.get(0)?,
                state: row.get(1)?,
                reason: row.get(2)?,
                words: row.get(3)?,
                name: row.get(4)?,
                organisation: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}

/// The kinds of organisation that care for adults.
const CARES: [&str; 2] = ["unitary-council", "county-council"];

/// The councils of a day that care for adults, by name.
pub(super) fn councils(today: Date) -> Result<Vec<(OdsCode, String)>, FlowError> {
    let cares = reference()?
        .organisations_at(today)
        .filter(|organisation| CARES.contains(&organisation.kind.as_str()));
    let mut councils: Vec<(OdsCode, String)> =
        cares.map(|one| (one.code, one.name.clone())).collect();
    councils.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(councils)
}

fn opened(tx: &mut Transaction<'_>, id: SpellId) -> Result<(Spell, Vec<Notice>), FlowError> {
    let spell = spell::one(tx, id)?.ok_or(FlowError::NotFound)?;
    let notices = of_stay(tx, id)?;
    Ok((spell, notices))
}

/// Sends an assessment notice about a stay to a council.
///
/// # Errors
/// [`FlowError::NotNow`] when one counts already, the person is not in hospital, or what it says is wrong.
pub fn send_assessment(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, council): (SpellId, OdsCode),
    said: &Assessment,
    by: &By,
) -> Result<NoticeId, FlowError> {
    let (spell, notices) = opened(tx, id)?;
    Course(&notices).may_ask(spell.state)?;
    let known = councils(environment.today())?;
    if !known.iter().any(|(code, _)| *code == council) {
        let why = "Choose a council that cares for adults.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let content = Content::Assessment(said.clone());
    insert(tx, environment, (&spell, council), content, by)
}

/// Sends a discharge notice to the council that has the assessment notice, at the version of it that the caller saw.
///
/// # Errors
/// [`FlowError::NotNow`] when there is no assessment notice that counts, a discharge notice counts already, the person is not
/// in hospital, or what it says is wrong; [`FlowError::Version`].
pub fn send_discharge(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (SpellId, Version),
    said: &Discharge,
    by: &By,
) -> Result<NoticeId, FlowError> {
    let (spell, notices) = opened(tx, id)?;
    let assessment = Course(&notices).may_tell(spell.state)?;
    assessment.version.expect(seen)?;
    let content = Content::Discharge(said.clone());
    insert(tx, environment, (&spell, assessment.council), content, by)
}

/// Takes notices of a stay back and tells the council, at the version of the assessment notice that the caller saw.
///
/// # Errors
/// [`FlowError::NotNow`] when there is nothing to take back or what it says is wrong; [`FlowError::Version`].
pub fn withdraw(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (SpellId, Version),
    said: &Withdrawal,
    by: &By,
) -> Result<NoticeId, FlowError> {
    let (spell, notices) = opened(tx, id)?;
    let course = Course(&notices);
    let assessment = course.assessment().ok_or(NotSo::NothingToWithdraw)?;
    assessment.version.expect(seen)?;
    for ended in course.ended_by(said.scope)? {
        let state = ended.state.clone().withdraw(environment.now())?;
        let words = Some("Withdrawn by the hospital".to_owned());
        change(tx, environment, (ended, state), words, by)?;
    }
    let content = Content::Withdrawal(said.clone());
    insert(tx, environment, (&spell, assessment.council), content, by)
}

/// Somebody at the council confirms that a notice arrived, at the version that they saw.
///
/// # Errors
/// [`FlowError::NotFound`] for another council's notice; [`FlowError::NotNow`]; [`FlowError::Version`].
pub fn receive(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (NoticeId, Version),
    by: &By,
) -> Result<(), FlowError> {
    let notice = theirs(tx, (id, seen), by)?;
    let state = notice.state.clone().receive(environment.now())?;
    change(tx, environment, (&notice, state), None, by)
}

/// The council answers a notice, at the version that the caller saw. Who rejects an assessment notice ends the discharge
/// notice that rests on it.
///
/// # Errors
/// [`FlowError::NotFound`] for another council's notice; [`FlowError::NotNow`] when it was answered or withdrawn before, or a
/// rejection does not say why; [`FlowError::Version`].
pub fn answer(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (NoticeId, Version),
    answer: &Answer,
    by: &By,
) -> Result<(), FlowError> {
    let notice = theirs(tx, (id, seen), by)?;
    if let Some(wrong) = wrongs_of(answer, environment.today())?.first() {
        return Err(FlowError::NotNow(format!("{}.", wrong.1)));
    }
    let (is_rejection, words) = match answer {
        Answer::Accept { words } => (false, words.clone()),
        Answer::Reject { words, .. } => (true, Some(words.clone())),
    };
    let now = environment.now();
    let state = notice.state.clone().answer(answer.clone(), now)?;
    change(tx, environment, (&notice, state), words, by)?;
    if is_rejection {
        let notices = of_stay(tx, notice.spell)?;
        if let Some(ended) = Course(&notices).ended_by_rejecting(&notice) {
            let state = ended.state.clone().withdraw(now)?;
            let words = Some("Ended: the assessment notice was rejected".to_owned());
            change(tx, environment, (ended, state), words, by)?;
        }
    }
    settle(tx, environment, &notice)
}

/// What is wrong with an answer: the field, and what to do.
pub(super) fn wrongs_of(
    answer: &Answer,
    today: Date,
) -> Result<Vec<(&'static str, String)>, FlowError> {
    let mut wrongs = Vec::new();
    let words = match answer {
        Answer::Accept { words } => words.as_deref().unwrap_or_default(),
        Answer::Reject { reason, words } => {
            let is_listed = has(reference()?, REJECTIONS, reason, today);
            if !is_listed {
                wrongs.push(("reason", "Select why the notice is rejected".to_owned()));
            }
            if words.is_empty() {
                let why = "Say why in words, so that the hospital knows what to do";
                wrongs.push(("words", why.to_owned()));
            }
            words.as_str()
        }
    };
    let long = too_long("words", words, LONGEST);
    wrongs.extend(long.map(|wrong| (wrong.field, wrong.why)));
    Ok(wrongs)
}

fn theirs(
    tx: &mut Transaction<'_>,
    (id, seen): (NoticeId, Version),
    by: &By,
) -> Result<Notice, FlowError> {
    let notice = notice(tx, id)?
        .filter(|notice| notice.council == by.organisation)
        .ok_or(FlowError::NotFound)?;
    notice.version.expect(seen)?;
    Ok(notice)
}

fn insert(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (spell, council): (&Spell, OdsCode),
    content: Content,
    by: &By,
) -> Result<NoticeId, FlowError> {
    if let Some(wrong) = content.wrongs(environment.today(), reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    let (id, now): (NoticeId, Timestamp) = (environment.id(), environment.now());
    let sent = Notice {
        id,
        spell: spell.id,
        person: spell.person,
        hospital: spell.organisation,
        council,
        content,
        state: NoticeState::Sent(Sent { at: now }),
        version: Version::FIRST,
    };
    tx.execute(
        sql!(
            "INSERT INTO notice (id, spell, person, hospital, council, kind, content, state, sent_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'sent', $8, $9)"
        ),
        params![
            id,
            sent.spell,
            sent.person,
            sent.hospital,
            council,
            sent.kind(),
            json!(sent.content).to_string(),
            now,
            sent.version
        ],
    )?;
    keep(tx, (&sent, None, now), by)?;
    settle(tx, environment, &sent)?;
    touch(tx, "wards")?;
    Ok(id)
}

fn change(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (before, state): (&Notice, NoticeState),
    said: Option<String>,
    by: &By,
) -> Result<(), FlowError> {
    let version = before.version.next();
    let (received, answered, withdrawn) = times(&state);
    let (reason, words) = match &state {
        NoticeState::Answered(answered) => match &answered.answer {
            Answer::Accept { words } => (None, words.as_deref()),
            Answer::Reject { reason, words } => (Some(reason.as_str()), Some(words.as_str())),
        },
        _ => (None, None),
    };
    let changed = tx.execute(
        sql!(
            "UPDATE notice SET state = $3, received_at = $4, answered_at = $5, reason = $6, words = $7,
                 withdrawn_at = $8, version = $9
             WHERE id = $1 AND version = $2"
        ),
        params![
            before.id,
            before.version,
            state.name(),
            received,
            answered,
            reason,
            words,
            withdrawn,
            version
        ],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    let now = Notice {
        state,
        version,
        ..before.clone()
    };
    keep(tx, (&now, said, environment.now()), by)?;
    touch(tx, "wards")?;
    Ok(())
}

const fn times(state: &NoticeState) -> (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>) {
    match state {
        NoticeState::Sent(_) => (None, None, None),
        NoticeState::Received(received) => (Some(received.at), None, None),
        NoticeState::Answered(answered) => (answered.received, Some(answered.at), None),
        NoticeState::Withdrawn(withdrawn) => (
            withdrawn.before.received,
            withdrawn.before.accepted,
            Some(withdrawn.at),
        ),
    }
}

fn keep(
    tx: &mut Transaction<'_>,
    (notice, said, at): (&Notice, Option<String>, Timestamp),
    by: &By,
) -> Result<(), Error> {
    let reason = match &notice.state {
        NoticeState::Answered(Answered {
            answer: Answer::Reject { reason, .. },
            ..
        }) => Some(reason.as_str()),
        _ => None,
    };
    tx.execute(
        sql!(
            "INSERT INTO notice_version (notice, number, state, reason, words, name, said_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            notice.id,
            notice.version,
            notice.state.name(),
            reason,
            said,
            by.name,
            by.user,
            by.organisation,
            at
        ],
    )?;
    Ok(())
}

/// A council knows somebody while a notice about the stay is with it or was accepted by it.
fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    about: &Notice,
) -> Result<(), FlowError> {
    let why = format!("notice:{}", about.spell);
    let today = environment.today();
    let counts = |notice: &Notice| {
        notice.council == about.council
            && (notice.state.is_open()
                || (notice.kind() != Kind::Withdrawal && notice.state.is_in_force()))
    };
    if of_stay(tx, about.spell)?.iter().any(counts) {
        know(tx, environment, about.person, about.council, &why, today)?;
    } else {
        forget(tx, about.person, about.council, &why, today)?;
    }
    Ok(())
}
