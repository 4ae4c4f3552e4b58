//! Accounts in the database. Every change is recorded in the audit, in the same transaction.

use serde_json::json;
use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Date, Environment, UserId};

use super::{Grant, NewUser, User, UserError, sign_in_name};
use crate::actor::{Actor, SessionId};
use crate::audit::{AuditEntry, append};
use crate::role::role_named;
use crate::session;

/// Creates an account without a password. `by` is the entry to record it with: who does it, and in which request.
pub fn create(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    new: &NewUser,
) -> Result<UserId, UserError> {
    let name = sign_in_name(&new.sign_in_name);
    if name.is_empty()
        || name.chars().count() > 100
        || name.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(UserError::BadSignInName(name));
    }
    let display_name = new.display_name.trim();
    if display_name.is_empty() || display_name.chars().count() > 200 || display_name.contains('\0')
    {
        return Err(UserError::BadDisplayName);
    }
    if user_by_sign_in_name(tx, &name)?.is_some() {
        return Err(UserError::NameTaken(name));
    }
    let id: UserId = env.id();
    tx.execute(
        sql!(
            "INSERT INTO app_user (id, sign_in_name, display_name, organisation, locality, person, active, \
             created_at, version) VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, 1)"
        ),
        params![id, name, display_name, new.organisation, new.locality, new.person, env.now()],
    )?;
    for role in &new.roles {
        insert_grant(tx, id, role, env.today(), None)?;
    }
    for team in &new.teams {
        insert_team(tx, id, team)?;
    }
    let detail =
        json!({ "sign_in_name": name, "organisation": new.organisation, "roles": new.roles });
    append(tx, env, &by.on("user", id).detail(detail))?;
    Ok(id)
}

fn insert_grant(
    tx: &mut Transaction<'_>,
    user: UserId,
    role: &str,
    starts: Date,
    ends: Option<Date>,
) -> Result<(), UserError> {
    if role_named(role).is_none() {
        return Err(UserError::NoSuchRole(role.to_owned()));
    }
    tx.execute(
        sql!(
            "INSERT INTO user_role (app_user, role, starts, ends) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (app_user, role, starts) DO UPDATE SET ends = excluded.ends"
        ),
        params![user, role, starts, ends],
    )?;
    Ok(())
}

fn insert_team(tx: &mut Transaction<'_>, user: UserId, team: &str) -> Result<()> {
    let insert = sql!(
        "INSERT INTO user_team (app_user, team) VALUES ($1, $2) ON CONFLICT (app_user, team) DO NOTHING"
    );
    tx.execute(insert, params![user, team]).map(|_| ())
}

/// Marks an account as changed and records it.
fn changed(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
) -> Result<(), UserError> {
    let rows = tx.execute(
        sql!("UPDATE app_user SET version = version + 1 WHERE id = $1"),
        params![user],
    )?;
    if rows == 0 {
        return Err(UserError::NoSuchUser);
    }
    append(tx, env, &by.on("user", user))?;
    Ok(())
}

/// Disables an account and ends its sessions at once.
pub fn disable(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
) -> Result<(), UserError> {
    changed(tx, env, by.detail(json!({ "active": false })), user)?;
    tx.execute(
        sql!("UPDATE app_user SET active = FALSE WHERE id = $1"),
        params![user],
    )?;
    session::end_all(tx, user, None)?;
    Ok(())
}

/// Enables a disabled account.
pub fn enable(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
) -> Result<(), UserError> {
    changed(tx, env, by.detail(json!({ "active": true })), user)?;
    tx.execute(
        sql!("UPDATE app_user SET active = TRUE WHERE id = $1"),
        params![user],
    )?;
    Ok(())
}

/// Stores a password's hash (from [`password::hash`](crate::password::hash)) and ends every session but `keep`.
pub fn set_password(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
    hash: &str,
    keep: Option<SessionId>,
) -> Result<(), UserError> {
    changed(tx, env, by.detail(json!({ "password": "changed" })), user)?;
    tx.execute(
        sql!("UPDATE app_user SET password_hash = $2 WHERE id = $1"),
        params![user, hash],
    )?;
    session::end_all(tx, user, keep)?;
    Ok(())
}

/// Links an account to the identity provider's name for the user, or unlinks it.
pub fn link_oidc(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
    subject: Option<&str>,
) -> Result<(), UserError> {
    let owner = sql!("SELECT id FROM app_user WHERE oidc_subject = $1 AND id <> $2");
    if tx
        .optional(owner, params![subject, user], |row| row.get::<UserId>(0))?
        .is_some()
    {
        return Err(UserError::SubjectTaken);
    }
    changed(tx, env, by.detail(json!({ "oidc_subject": subject })), user)?;
    tx.execute(
        sql!("UPDATE app_user SET oidc_subject = $2 WHERE id = $1"),
        params![user, subject],
    )?;
    Ok(())
}

/// Grants a role. The user's sessions end, so that what is open was opened with the roles that hold.
pub fn grant(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
    grant: &Grant,
) -> Result<(), UserError> {
    let detail = json!({ "granted": grant.role, "starts": grant.starts, "ends": grant.ends });
    changed(tx, env, by.detail(detail), user)?;
    insert_grant(tx, user, &grant.role, grant.starts, grant.ends)?;
    session::end_all(tx, user, None)?;
    Ok(())
}

/// Takes a role away from today on, and ends the user's sessions.
pub fn revoke(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
    role: &str,
) -> Result<(), UserError> {
    changed(tx, env, by.detail(json!({ "revoked": role })), user)?;
    tx.execute(
        sql!("UPDATE user_role SET ends = $3 WHERE app_user = $1 AND role = $2 AND (ends IS NULL OR ends > $3)"),
        params![user, role, env.today()],
    )?;
    session::end_all(tx, user, None)?;
    Ok(())
}

/// Replaces the user's teams.
pub fn set_teams(
    tx: &mut Transaction<'_>,
    env: &Environment,
    by: AuditEntry,
    user: UserId,
    teams: &[String],
) -> Result<(), UserError> {
    changed(tx, env, by.detail(json!({ "teams": teams })), user)?;
    tx.execute(
        sql!("DELETE FROM user_team WHERE app_user = $1"),
        params![user],
    )?;
    for team in teams {
        insert_team(tx, user, team)?;
    }
    Ok(())
}

fn user(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get(0)?,
        sign_in_name: row.get(1)?,
        display_name: row.get(2)?,
        organisation: row.get(3)?,
        locality: row.get(4)?,
        person: row.get(5)?,
        active: row.get(6)?,
        has_password: row.get(7)?,
        oidc_subject: row.get(8)?,
        version: row.get(9)?,
    })
}

/// The account of this identifier.
pub fn find(tx: &mut Transaction<'_>, id: UserId) -> Result<Option<User>> {
    tx.optional(
        sql!(
            "SELECT id, sign_in_name, display_name, organisation, locality, person, active, \
             password_hash IS NOT NULL, oidc_subject, version FROM app_user WHERE id = $1"
        ),
        params![id],
        user,
    )
}

/// The account of this sign-in name, in any case.
pub fn user_by_sign_in_name(tx: &mut Transaction<'_>, name: &str) -> Result<Option<User>> {
    tx.optional(
        sql!(
            "SELECT id, sign_in_name, display_name, organisation, locality, person, active, \
             password_hash IS NOT NULL, oidc_subject, version FROM app_user WHERE sign_in_name = $1"
        ),
        params![sign_in_name(name)],
        user,
    )
}

/// Accounts in order of sign-in name: at most `limit`, those after the name `after`, each with the roles held today.
pub fn list(
    tx: &mut Transaction<'_>,
    today: Date,
    after: &str,
    limit: i64,
) -> Result<Vec<(User, Vec<String>)>> {
    let users = tx.rows(
        sql!(
            "SELECT id, sign_in_name, display_name, organisation, locality, person, active, \
             password_hash IS NOT NULL, oidc_subject, version FROM app_user WHERE sign_in_name > $1 \
             ORDER BY sign_in_name LIMIT $2"
        ),
        params![after, limit],
        user,
    )?;
    users
        .into_iter()
        .map(|user| Ok((user.clone(), roles(tx, user.id, today)?)))
        .collect()
}

fn roles(tx: &mut Transaction<'_>, user: UserId, today: Date) -> Result<Vec<String>> {
    tx.rows(
        sql!(
            "SELECT DISTINCT role FROM user_role WHERE app_user = $1 AND starts <= $2 \
             AND (ends IS NULL OR ends > $2) ORDER BY role"
        ),
        params![user, today],
        |row| row.get(0),
    )
}

/// The user as somebody who asks: with the roles held today.
pub(crate) fn actor_of(
    tx: &mut Transaction<'_>,
    user: &User,
    today: Date,
    session: Option<SessionId>,
) -> Result<Actor> {
    let roles = roles(tx, user.id, today)?;
    let teams = sql!("SELECT team FROM user_team WHERE app_user = $1 ORDER BY team");
    let teams = tx.rows(teams, params![user.id], |row| row.get(0))?;
    Ok(Actor {
        user: user.id,
        name: user.display_name.clone(),
        organisation: user.organisation,
        roles,
        teams,
        locality: user.locality.clone(),
        person: user.person,
        active: user.active,
        session,
    })
}

/// The account that has this name, and its password's hash.
pub(crate) fn credentials(
    tx: &mut Transaction<'_>,
    name: &str,
) -> Result<Option<(User, Option<String>)>> {
    let Some(user) = user_by_sign_in_name(tx, name)? else {
        return Ok(None);
    };
    let hash = sql!("SELECT password_hash FROM app_user WHERE id = $1");
    let hash = tx.one(hash, params![user.id], |row| row.get(0))?;
    Ok(Some((user, hash)))
}

/// The account linked to an identity provider's name.
pub(crate) fn by_subject(tx: &mut Transaction<'_>, subject: &str) -> Result<Option<User>> {
    let id = sql!("SELECT id FROM app_user WHERE oidc_subject = $1");
    match tx.optional(id, params![subject], |row| row.get::<UserId>(0))? {
        Some(id) => find(tx, id),
        None => Ok(None),
    }
}
