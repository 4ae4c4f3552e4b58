//! Accounts on both databases: names, roles by date, and the audit of every change.

use stour_database::{Database, params, sql, testing};
use stour_kernel::{Environment, UserId};

use super::{
    Grant, NewUser, UserError, actor_of, by_subject, create, find, grant, link_oidc, list, revoke,
    set_teams,
};
use crate::MIGRATIONS;
use crate::audit::AuditEntry;
use crate::purpose::Purpose;

fn by() -> AuditEntry {
    AuditEntry::by_nobody("command line", "user.manage", Purpose::System)
}

fn new(name: &str) -> NewUser {
    NewUser {
        sign_in_name: name.to_owned(),
        display_name: "Asha Rowe".to_owned(),
        organisation: "RBD".parse().unwrap(),
        locality: Some("north-poole".parse().unwrap()),
        person: None,
        roles: vec!["adviser".to_owned(), "ward".to_owned()],
        teams: Vec::new(),
    }
}

fn each(test: impl Fn(&Database, &Environment)) {
    testing::each_database(&[MIGRATIONS], |database| {
        test(
            &database,
            &Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 5),
        );
    });
}

fn make(database: &Database, env: &Environment, new: NewUser) -> Result<UserId, UserError> {
    let env = env.clone();
    database.write_blocking(move |tx| create(tx, &env, by(), &new))
}

#[test]
fn an_account_is_created_listed_and_audited() {
    each(|database, env| {
        let id = make(database, env, new(" Asha.Rowe ")).unwrap();
        let user = database
            .read_blocking(move |tx| find(tx, id))
            .unwrap()
            .unwrap();
        assert_eq!(
            (user.sign_in_name.as_str(), user.active, user.has_password),
            ("asha.rowe", true, false)
        );
        let today = env.today();
        let all = database
            .read_blocking(move |tx| list(tx, today, "", 10))
            .unwrap();
        assert_eq!(all, [(user, vec!["adviser".to_owned(), "ward".to_owned()])]);
        let audited = sql!(
            "SELECT count(*) FROM audit_entry WHERE resource_kind = 'user' AND resource_id = $1"
        );
        let audited =
            database.read_blocking(move |tx| tx.one(audited, params![id], |row| row.get::<i64>(0)));
        assert_eq!(audited, Ok(1));
    });
}

#[test]
fn bad_names_and_roles_are_refused_and_nothing_is_kept() {
    each(|database, env| {
        make(database, env, new("asha")).unwrap();
        assert_eq!(
            make(database, env, new("ASHA")),
            Err(UserError::NameTaken("asha".to_owned()))
        );
        assert_eq!(
            make(database, env, new("a b")),
            Err(UserError::BadSignInName("a b".to_owned()))
        );
        let nameless = NewUser {
            display_name: "  ".to_owned(),
            ..new("ben")
        };
        assert_eq!(
            make(database, env, nameless),
            Err(UserError::BadDisplayName)
        );
        let king = NewUser {
            roles: vec!["adviser".to_owned(), "king".to_owned()],
            ..new("ben")
        };
        assert_eq!(
            make(database, env, king),
            Err(UserError::NoSuchRole("king".to_owned()))
        );
        let count = sql!("SELECT count(*) FROM app_user");
        assert_eq!(
            database.read_blocking(move |tx| tx.one(count, params![], |row| row.get::<i64>(0))),
            Ok(1)
        );
    });
}

#[test]
fn roles_are_held_from_one_day_to_another() {
    each(|database, env| {
        let id = make(database, env, new("asha")).unwrap();
        let (today, env) = (env.today(), env.clone());
        let tomorrow = today.tomorrow().unwrap();
        database
            .write_blocking(move |tx| {
                let later = Grant {
                    role: "analyst".to_owned(),
                    starts: tomorrow,
                    ends: Some(tomorrow.tomorrow().unwrap()),
                };
                grant(tx, &env, by(), id, &later)?;
                revoke(tx, &env, by(), id, "ward")?;
                set_teams(tx, &env, by(), id, &["blue".to_owned(), "blue".to_owned()])
            })
            .unwrap();
        let held = |on: stour_kernel::Date| {
            let held = database.read_blocking(move |tx| {
                let user = find(tx, id)?.unwrap();
                actor_of(tx, &user, on, None)
            });
            held.unwrap()
        };
        assert_eq!(held(today).roles, ["adviser"]);
        assert_eq!(held(today).teams, ["blue"]);
        assert_eq!(held(tomorrow).roles, ["adviser", "analyst"]);
        assert_eq!(held(tomorrow.tomorrow().unwrap()).roles, ["adviser"]);
    });
}

#[test]
fn an_identity_belongs_to_one_account() {
    each(|database, env| {
        let (first, second) = (
            make(database, env, new("a")).unwrap(),
            make(database, env, new("b")).unwrap(),
        );
        let link = |id, subject: Option<&'static str>| {
            let env = env.clone();
            database.write_blocking(move |tx| link_oidc(tx, &env, by(), id, subject))
        };
        link(first, Some("sub-1")).unwrap();
        assert_eq!(link(second, Some("sub-1")), Err(UserError::SubjectTaken));
        assert_eq!(link(env.id(), None), Err(UserError::NoSuchUser));
        assert_eq!(
            database
                .read_blocking(|tx| by_subject(tx, "sub-1"))
                .unwrap()
                .unwrap()
                .id,
            first
        );
    });
}
