//! Signing in with a password: right and wrong, slowed down, and the same for names that do not exist.

use stour_database::{Database, testing};
use stour_kernel::Environment;

use super::{Attempt, GUESSES, GUESSES_OF_ADDRESS, SignInError, sign_in};
use crate::audit::AuditEntry;
use crate::purpose::Purpose;
use crate::session::{self, SessionLimits};
use crate::user::{self, NewUser};
use crate::{MIGRATIONS, password};

const PASSWORD: &str = "river chalk heron";

fn by() -> AuditEntry {
    AuditEntry::by_nobody("test", "user.manage", Purpose::System)
}

fn each(test: impl Fn(&Database, &Environment, &tokio::runtime::Runtime)) {
    testing::each_database(&[MIGRATIONS], |database| {
        let env = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 9);
        let hash = password::hash(PASSWORD, &*env.randomness).unwrap();
        let made = env.clone();
        database
            .write_blocking(move |tx| {
                let new = NewUser {
                    sign_in_name: "asha".to_owned(),
                    display_name: "Asha Rowe".to_owned(),
                    organisation: "RBD".parse().unwrap(),
                    locality: None,
                    person: None,
                    roles: vec![],
                    teams: vec![],
                };
                let id = user::create(tx, &made, by(), &new)?;
                user::set_password(tx, &made, by(), id, &hash, None)?;
                let off = NewUser {
                    sign_in_name: "left".to_owned(),
                    ..new
                };
                let id = user::create(tx, &made, by(), &off)?;
                user::set_password(tx, &made, by(), id, &hash, None)?;
                user::disable(tx, &made, by(), id)
            })
            .unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        test(&database, &env, &runtime);
    });
}

fn attempt(name: &str, password: &str, address: &str) -> Attempt {
    Attempt {
        sign_in_name: name.to_owned(),
        password: password.to_owned(),
        address: address.to_owned(),
        agent: "Firefox".to_owned(),
        previous_token: None,
        request_id: "r".to_owned(),
    }
}

#[test]
fn the_right_password_begins_a_session_and_nothing_else_does() {
    each(|database, env, runtime| {
        let limits = SessionLimits::default();
        let token = runtime
            .block_on(sign_in(
                database,
                env,
                limits,
                attempt(" ASHA ", PASSWORD, "10.0.0.1"),
            ))
            .unwrap();
        let again = env.clone();
        let found = database
            .read_blocking(move |tx| session::find(tx, &again, limits, &token))
            .unwrap();
        assert_eq!(found.unwrap().0.name, "Asha Rowe");
        for (name, password) in [
            ("asha", "river chalk hero"),
            ("nobody", PASSWORD),
            ("left", PASSWORD),
            ("as\0ha", "x"),
            ("", ""),
        ] {
            let refused = runtime.block_on(sign_in(
                database,
                env,
                limits,
                attempt(name, password, "10.0.0.1"),
            ));
            assert_eq!(refused, Err(SignInError::Wrong), "{name}");
        }
    });
}

#[test]
fn guessing_is_slowed_down_where_it_comes_from_and_nowhere_else() {
    each(|database, env, runtime| {
        let limits = SessionLimits::default();
        let wrong = |address: &str| {
            runtime.block_on(sign_in(
                database,
                env,
                limits,
                attempt("asha", "wrong wrong wrong", address),
            ))
        };
        let right = |address: &str| {
            runtime.block_on(sign_in(
                database,
                env,
                limits,
                attempt("asha", PASSWORD, address),
            ))
        };
        for _ in 0..GUESSES {
            assert_eq!(wrong("10.0.0.1"), Err(SignInError::Wrong));
        }
        assert_eq!(wrong("10.0.0.1"), Err(SignInError::TooMany));
        assert_eq!(
            right("10.0.0.1"),
            Err(SignInError::TooMany),
            "not even the right one, from there"
        );
        assert!(right("10.0.0.2").is_ok(), "she signs in from elsewhere");
    });
}

#[test]
fn an_address_that_tries_many_names_is_slowed_down_for_all() {
    each(|database, env, runtime| {
        let limits = SessionLimits::default();
        for number in 0..GUESSES_OF_ADDRESS {
            let guess = attempt(&format!("user{number}"), "wrong wrong wrong", "10.0.0.1");
            assert_eq!(
                runtime.block_on(sign_in(database, env, limits, guess)),
                Err(SignInError::Wrong)
            );
        }
        let right = runtime.block_on(sign_in(
            database,
            env,
            limits,
            attempt("asha", PASSWORD, "10.0.0.1"),
        ));
        assert_eq!(right, Err(SignInError::TooMany));
    });
}

#[test]
fn guesses_made_at_once_are_slowed_down_too() {
    each(|database, env, runtime| {
        let guess = |_| {
            let (database, env) = (database.clone(), env.clone());
            let guess = attempt("asha", "wrong wrong wrong", "10.0.0.1");
            runtime.spawn(
                async move { sign_in(&database, &env, SessionLimits::default(), guess).await },
            )
        };
        let guesses: Vec<_> = (0..30).map(guess).collect();
        let wrong = guesses
            .into_iter()
            .map(|guess| runtime.block_on(guess).unwrap())
            .filter(|answer| *answer == Err(SignInError::Wrong))
            .count();
        assert!((5..=8).contains(&wrong), "{wrong} of 30 guesses were tried");
    });
}
