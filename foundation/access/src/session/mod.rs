//! Sessions, kept by the server: the browser holds a token and nothing else, the database its hash.

#[cfg(test)]
mod tests;

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Environment, Timestamp, UserId, hex};

use crate::actor::{Actor, SessionId};
use crate::audit::{AuditEntry, append};
use crate::purpose::Purpose;
use crate::user;

/// How often, at most, the time of last use is written.
const TOUCH: Duration = Duration::from_mins(1);
const LONGEST_AGENT: usize = 200;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without use.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

impl Default for SessionLimits {
    /// 30 minutes without use, and a long shift of 12 hours in all.
    fn default() -> SessionLimits {
        SessionLimits {
            idle: Duration::from_mins(30),
            absolute: Duration::from_hours(12),
        }
    }
}

/// A session as its owner may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier, which is no secret.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within a minute.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// The browser, as it called itself.
    pub agent: String,
    csrf_secret: Vec<u8>,
}

impl Session {
    /// The token that this session's forms carry.
    pub fn csrf_token(&self) -> String {
        crate::cookie::csrf_token(&self.csrf_secret)
    }

    /// Whether a form carries it.
    pub fn csrf_matches(&self, given: &str) -> bool {
        crate::cookie::csrf_matches(&self.csrf_secret, given)
    }

    /// Whether the time of last use is old enough to be written again with [`touch`].
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        later(self.seen_at, TOUCH) <= now
    }
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Begins a session and returns its token: 256 random bits as 64 hexadecimal digits, for the cookie and nowhere else.
/// A session that the browser had before ends, so that a token somebody planted is worth nothing.
pub fn start(
    tx: &mut Transaction<'_>,
    env: &Environment,
    limits: SessionLimits,
    by: AuditEntry,
    user: UserId,
    (agent, before): (&str, Option<&str>),
) -> Result<String> {
    if let Some(token) = before {
        tx.execute(
            sql!("DELETE FROM session WHERE token_hash = $1"),
            params![hash(token)],
        )?;
    }
    let (mut token, mut secret) = ([0_u8; 32], [0_u8; 32]);
    env.randomness.fill(&mut token);
    env.randomness.fill(&mut secret);
    let token = hex(&token);
    let (id, now): (SessionId, _) = (env.id(), env.now());
    let agent: String = agent
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_AGENT)
        .collect();
    tx.execute(
        sql!(
            "INSERT INTO session (token_hash, id, app_user, created_at, seen_at, expires_at, csrf_secret, agent) \
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7)"
        ),
        params![hash(&token), id, user, now, later(now, limits.absolute), &secret[..], agent],
    )?;
    append(tx, env, &by.on("session", id))?;
    Ok(token)
}

fn session(row: &Row<'_>) -> Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        user: row.get(1)?,
        created_at: row.get(2)?,
        seen_at: row.get(3)?,
        expires_at: row.get(4)?,
        agent: row.get(5)?,
        csrf_secret: row.get(6)?,
    })
}

/// The session of a token, and its user as they are now; none when it has ended, or the account is disabled.
pub fn find(
    tx: &mut Transaction<'_>,
    env: &Environment,
    limits: SessionLimits,
    token: &str,
) -> Result<Option<(Actor, Session)>> {
    let found = tx.optional(
        sql!(
            "SELECT id, app_user, created_at, seen_at, expires_at, agent, csrf_secret FROM session \
             WHERE token_hash = $1"
        ),
        params![hash(token)],
        session,
    )?;
    let now = env.now();
    let Some(session) =
        found.filter(|found| now < found.expires_at && now < later(found.seen_at, limits.idle))
    else {
        return Ok(None);
    };
    let Some(user) = user::find(tx, session.user)?.filter(|user| user.active) else {
        return Ok(None);
    };
    let actor = user::actor_of(tx, &user, env.today(), Some(session.id))?;
    Ok(Some((actor, session)))
}

/// Writes that a session was used now. Call it when [`Session::wants_touch`].
pub fn touch(tx: &mut Transaction<'_>, id: SessionId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("UPDATE session SET seen_at = $2 WHERE id = $1"),
        params![id, now],
    )?;
    Ok(())
}

/// Signs out: ends the session of this token. True when there was one.
pub fn end(
    tx: &mut Transaction<'_>,
    env: &Environment,
    actor: &Actor,
    token: &str,
) -> Result<bool> {
    let ended = tx.execute(
        sql!("DELETE FROM session WHERE token_hash = $1"),
        params![hash(token)],
    )?;
    if ended > 0 {
        let entry = AuditEntry::by(actor, "session.end", Purpose::System);
        append(
            tx,
            env,
            &entry.on(
                "session",
                actor.session.map(|id| id.to_string()).unwrap_or_default(),
            ),
        )?;
    }
    Ok(ended > 0)
}

/// The user's sessions that have not ended, latest use first.
pub fn of_user(
    tx: &mut Transaction<'_>,
    env: &Environment,
    limits: SessionLimits,
    user: UserId,
) -> Result<Vec<Session>> {
    let sessions = tx.rows(
        sql!(
            "SELECT id, app_user, created_at, seen_at, expires_at, agent, csrf_secret FROM session \
             WHERE app_user = $1 AND expires_at > $2 ORDER BY seen_at DESC, id DESC"
        ),
        params![user, env.now()],
        session,
    )?;
    Ok(sessions
        .into_iter()
        .filter(|session| env.now() < later(session.seen_at, limits.idle))
        .collect())
}

/// Ends one of the actor's own sessions. False when it is not theirs, or has ended.
pub fn end_own(
    tx: &mut Transaction<'_>,
    env: &Environment,
    actor: &Actor,
    id: SessionId,
) -> Result<bool> {
    let ended = tx.execute(
        sql!("DELETE FROM session WHERE id = $1 AND app_user = $2"),
        params![id, actor.user],
    )?;
    if ended > 0 {
        append(
            tx,
            env,
            &AuditEntry::by(actor, "session.end", Purpose::System).on("session", id),
        )?;
    }
    Ok(ended > 0)
}

/// Ends every session of a user but one. Returns how many.
pub(crate) fn end_all(
    tx: &mut Transaction<'_>,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<u64> {
    let keep = keep.map(|id| id.to_string()).unwrap_or_default();
    tx.execute(
        sql!("DELETE FROM session WHERE app_user = $1 AND id <> $2"),
        params![user, keep],
    )
}

/// Forgets sessions that have ended. Returns how many; run it now and then.
pub fn sweep(tx: &mut Transaction<'_>, env: &Environment, limits: SessionLimits) -> Result<u64> {
    let now = env.now();
    let idle = now.saturating_sub(limits.idle).unwrap_or(Timestamp::MIN);
    tx.execute(
        sql!("DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2"),
        params![now, idle],
    )
}
