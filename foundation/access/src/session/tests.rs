//! Sessions on both databases: beginning, use, limits and every way they end.

use std::sync::Arc;
use std::time::Duration;

use stour_database::{Database, Error, testing};
use stour_kernel::{Environment, FixedClock, SeededRandomness, UserId};

use super::{Session, SessionLimits, end, end_own, find, of_user, start, sweep, touch};
use crate::MIGRATIONS;
use crate::actor::Actor;
use crate::audit::AuditEntry;
use crate::purpose::Purpose;
use crate::user::{self, Grant, NewUser};

struct World {
    database: Database,
    env: Environment,
    clock: Arc<FixedClock>,
    user: UserId,
}

const LIMITS: SessionLimits = SessionLimits {
    idle: Duration::from_mins(30),
    absolute: Duration::from_hours(12),
};

fn by() -> AuditEntry {
    AuditEntry::by_nobody("test", "user.manage", Purpose::System)
}

fn each(test: impl Fn(&World)) {
    testing::each_database(&[MIGRATIONS], |database| {
        let clock = Arc::new(FixedClock::new("2026-11-24T09:00:00Z".parse().unwrap()));
        let env = Environment::new(clock.clone(), Arc::new(SeededRandomness::new(3)));
        let new = NewUser {
            sign_in_name: "Asha".to_owned(),
            display_name: "Asha Rowe".to_owned(),
            organisation: "RBD".parse().unwrap(),
            locality: None,
            person: None,
            roles: vec!["adviser".to_owned()],
            teams: vec!["hub".to_owned()],
        };
        let created = env.clone();
        let user = database
            .write_blocking(move |tx| user::create(tx, &created, by(), &new))
            .unwrap();
        test(&World {
            database,
            env,
            clock,
            user,
        });
    });
}

impl World {
    fn start(&self, before: Option<String>) -> String {
        let (env, user) = (self.env.clone(), self.user);
        let run = move |tx: &mut stour_database::Transaction<'_>| {
            start(
                tx,
                &env,
                LIMITS,
                by(),
                user,
                ("Firefox\n", before.as_deref()),
            )
        };
        self.database.write_blocking(run).unwrap()
    }

    fn find(&self, token: &str) -> Option<(Actor, Session)> {
        let (env, token) = (self.env.clone(), token.to_owned());
        self.database
            .read_blocking(move |tx| find(tx, &env, LIMITS, &token))
            .unwrap()
    }

    fn change(
        &self,
        change: impl Fn(
            &mut stour_database::Transaction<'_>,
            &Environment,
            UserId,
        ) -> Result<(), user::UserError>
        + Send
        + 'static,
    ) {
        let (env, user) = (self.env.clone(), self.user);
        self.database
            .write_blocking(move |tx| change(tx, &env, user))
            .unwrap();
    }
}

#[test]
fn a_session_knows_its_user_as_they_are_now() {
    each(|world| {
        let token = world.start(None);
        assert_eq!(token.len(), 64);
        let (actor, session) = world.find(&token).unwrap();
        assert_eq!(
            (actor.name.as_str(), actor.roles, actor.teams),
            (
                "Asha Rowe",
                vec!["adviser".to_owned()],
                vec!["hub".to_owned()]
            )
        );
        assert_eq!(session.agent, "Firefox");
        assert!(session.csrf_matches(&session.csrf_token()));
        assert!(!session.csrf_matches(&crate::cookie::csrf_token(b"another")));
        assert!(world.find(&token.replace('a', "b")).is_none());
    });
}

#[test]
fn no_two_tokens_are_alike_and_the_one_before_ends() {
    each(|world| {
        let first = world.start(None);
        let second = world.start(Some(first.clone()));
        assert_ne!(first, second);
        assert!(
            world.find(&first).is_none(),
            "a token from before signing in is worth nothing after it"
        );
        assert!(world.find(&second).is_some());
    });
}

#[test]
fn idle_and_absolute_limits_hold() {
    each(|world| {
        let token = world.start(None);
        world.clock.advance(Duration::from_mins(29));
        let (_, session) = world.find(&token).unwrap();
        assert!(session.wants_touch(world.env.now()));
        let now = world.env.now();
        let touched = session.id;
        world
            .database
            .write_blocking(move |tx| touch(tx, touched, now))
            .unwrap();
        world.clock.advance(Duration::from_mins(29));
        assert!(world.find(&token).is_some());
        world.clock.advance(Duration::from_mins(2));
        assert!(world.find(&token).is_none(), "31 minutes without use");

        let token = world.start(None);
        for _ in 0..25 {
            world.clock.advance(Duration::from_mins(28));
            let Some((_, session)) = world.find(&token) else {
                continue;
            };
            let now = world.env.now();
            world
                .database
                .write_blocking(move |tx| touch(tx, session.id, now))
                .unwrap();
        }
        world.clock.advance(Duration::from_mins(21));
        assert!(world.find(&token).is_none(), "more than 12 hours in all");
        let env = world.env.clone();
        assert_eq!(
            world
                .database
                .write_blocking(move |tx| sweep(tx, &env, LIMITS)),
            Ok(2)
        );
    });
}

#[test]
fn signing_out_disabling_and_changing_the_password_or_a_role_end_sessions() {
    each(|world| {
        let token = world.start(None);
        let (actor, _) = world.find(&token).unwrap();
        let (env, ended) = (world.env.clone(), token.clone());
        assert_eq!(
            world
                .database
                .write_blocking(move |tx| end(tx, &env, &actor, &ended)),
            Ok(true)
        );
        assert!(world.find(&token).is_none());

        let token = world.start(None);
        world.change(|tx, env, user| user::disable(tx, env, by(), user));
        assert!(world.find(&token).is_none());
        world.change(|tx, env, user| user::enable(tx, env, by(), user));
        assert!(
            world.find(&token).is_none(),
            "an ended session does not come back"
        );

        let kept = world.start(None);
        let other = world.start(None);
        let keep = world.find(&kept).unwrap().1.id;
        world.change(move |tx, env, user| {
            user::set_password(tx, env, by(), user, "hash", Some(keep))
        });
        assert!(world.find(&kept).is_some());
        assert!(world.find(&other).is_none());

        let grant = Grant {
            role: "ward".to_owned(),
            starts: world.env.today(),
            ends: None,
        };
        world.change(move |tx, env, user| user::grant(tx, env, by(), user, &grant));
        assert!(world.find(&kept).is_none());
    });
}

#[test]
fn a_user_lists_and_ends_their_own_sessions_only() {
    each(|world| {
        let first = world.start(None);
        let second = world.start(None);
        let (actor, _) = world.find(&first).unwrap();
        let other = world.find(&second).unwrap().1.id;
        let (env, user) = (world.env.clone(), world.user);
        let list = world
            .database
            .read_blocking(move |tx| of_user(tx, &env, LIMITS, user))
            .unwrap();
        assert_eq!(list.len(), 2);
        let stranger = Actor {
            user: world.env.id(),
            ..actor.clone()
        };
        let (env, again) = (world.env.clone(), world.env.clone());
        let refused = world
            .database
            .write_blocking(move |tx| end_own(tx, &env, &stranger, other));
        assert_eq!(refused, Ok::<_, Error>(false));
        assert_eq!(
            world
                .database
                .write_blocking(move |tx| end_own(tx, &again, &actor, other)),
            Ok(true)
        );
        assert!(world.find(&second).is_none());
        assert!(world.find(&first).is_some());
    });
}
