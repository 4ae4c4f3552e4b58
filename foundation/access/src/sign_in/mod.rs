//! Signing in with a password. Wrong guesses slow down the address they come from, for that account and in all; nobody
//! can be locked out of their account from somewhere else.

#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::json;
use stour_database::{Database, Result, Transaction, params, sql};
use stour_kernel::{Environment, Timestamp};
use tokio::sync::Semaphore;

use crate::audit::{AuditEntry, append};
use crate::password;
use crate::purpose::Purpose;
use crate::session::{self, SessionLimits};
use crate::user::{self, User, sign_in_name};

/// Wrong guesses for one account from one address, after which it must wait.
const GUESSES: i64 = 5;
/// Wrong guesses for any account from one address: a hospital shares one address among many.
const GUESSES_OF_ADDRESS: i64 = 50;
/// How long it must wait, and how long guesses are remembered.
const WAIT: Duration = Duration::from_mins(15);
/// The account under which an address's guesses are counted together. No account has an empty name.
const ANY: &str = "";

/// Passwords that are hashed at once: each needs memory, and each is a guess that the limits above do not count yet.
static PLACES: Semaphore = Semaphore::const_new(4);

/// What somebody typed, and from where.
#[derive(Clone)]
pub struct Attempt {
    /// The sign-in name.
    pub sign_in_name: String,
    /// The password, exactly as sent.
    pub password: String,
    /// The address of the socket, or what a trusted proxy said.
    pub address: String,
    /// The browser, as it called itself.
    pub agent: String,
    /// The token of a session that the browser had before; it ends.
    pub previous_token: Option<String>,
    /// The request, as in the server's log.
    pub request_id: String,
}

/// Why somebody is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The same for an unknown name, a wrong password, an account without one, and a disabled account.
    #[error("The sign-in name or the password is not right")]
    Wrong,
    /// Too many wrong guesses. Answer 429.
    #[error("Too many attempts: wait 15 minutes, or sign in from another place")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] stour_database::Error),
}

/// Checks the password and begins a session; returns the session's token. Takes the same time whether or not the
/// account exists, and hashes on a thread for blocking work.
pub async fn sign_in(
    database: &Database,
    env: &Environment,
    limits: SessionLimits,
    attempt: Attempt,
) -> Result<String, SignInError> {
    let account = sign_in_name(&attempt.sign_in_name).replace('\0', "");
    // The semaphore is never closed.
    let _place = PLACES.acquire().await.ok();
    let (name, address, now) = (account.clone(), attempt.address.clone(), env.now());
    let found = database.read(move |tx| {
        if must_wait(tx, &name, &address, now)? {
            return Err(SignInError::TooMany);
        }
        Ok(user::credentials(tx, &name)?)
    });
    let (user, hash) = found
        .await?
        .map_or((None, None), |(user, hash)| (Some(user), hash));
    let guess = attempt.password.clone();
    let right = tokio::task::spawn_blocking(move || password::verify(&guess, hash.as_deref()))
        .await
        .unwrap_or(false);
    let user = user.filter(|user| right && user.active);
    let env = env.clone();
    let outcome = database.write(move |tx| match &user {
        Some(user) => succeeded(tx, &env, limits, user, &attempt).map(Some),
        None => failed(tx, &env, &account, &attempt).map(|()| None),
    });
    outcome.await?.ok_or(SignInError::Wrong)
}

/// Whether this address must wait before it may guess again.
fn must_wait(
    tx: &mut Transaction<'_>,
    account: &str,
    address: &str,
    now: Timestamp,
) -> Result<bool> {
    let since = now.saturating_sub(WAIT).unwrap_or(Timestamp::MIN);
    let failures = sql!(
        "SELECT account, failures FROM sign_in_failure WHERE address = $1 AND account IN ($2, $3) AND last_at > $4"
    );
    let failures = tx.rows(failures, params![address, account, ANY, since], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    })?;
    Ok(failures.iter().any(|(of, failures)| {
        *failures
            >= if of == ANY {
                GUESSES_OF_ADDRESS
            } else {
                GUESSES
            }
    }))
}

fn failed(
    tx: &mut Transaction<'_>,
    env: &Environment,
    account: &str,
    attempt: &Attempt,
) -> Result<()> {
    let now = env.now();
    let since = now.saturating_sub(WAIT).unwrap_or(Timestamp::MIN);
    for account in [account, ANY] {
        tx.execute(
            sql!(
                "INSERT INTO sign_in_failure (account, address, failures, last_at) VALUES ($1, $2, 1, $3) \
                 ON CONFLICT (account, address) DO UPDATE SET last_at = excluded.last_at, \
                 failures = CASE WHEN sign_in_failure.last_at > $4 THEN sign_in_failure.failures + 1 ELSE 1 END"
            ),
            params![account, attempt.address, now, since],
        )?;
    }
    let entry = AuditEntry::by_nobody(account, "session.start", Purpose::System)
        .on("user", "")
        .refused();
    let detail = json!({ "address": attempt.address, "how": "password" });
    append(tx, env, &entry.detail(detail).request(&attempt.request_id)).map(|_| ())
}

fn succeeded(
    tx: &mut Transaction<'_>,
    env: &Environment,
    limits: SessionLimits,
    user: &User,
    attempt: &Attempt,
) -> Result<String> {
    let forget = sql!("DELETE FROM sign_in_failure WHERE account = $1 AND address = $2");
    tx.execute(forget, params![user.sign_in_name, attempt.address])?;
    let actor = user::actor_of(tx, user, env.today(), None)?;
    let entry = AuditEntry::by(&actor, "session.start", Purpose::System)
        .detail(json!({ "address": attempt.address, "how": "password" }))
        .request(&attempt.request_id);
    session::start(
        tx,
        env,
        limits,
        entry,
        user.id,
        (&attempt.agent, attempt.previous_token.as_deref()),
    )
}
