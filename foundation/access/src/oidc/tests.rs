//! Signing in through a provider: the way round, and everything that is not proof.

mod provider;

use stour_database::{Database, params, sql, testing};
use stour_kernel::Environment;

use super::{OidcError, OidcSettings, Pending, Provider, Return};
use crate::MIGRATIONS;
use crate::audit::AuditEntry;
use crate::purpose::Purpose;
use crate::session::{self, SessionLimits};
use crate::user::{self, NewUser};
use provider::{Fault, Mock};

fn settings(issuer: &str) -> OidcSettings {
    OidcSettings {
        issuer: issuer.to_owned(),
        client_id: "stour".to_owned(),
        client_secret: Some("secret of ours".to_owned()),
        redirect: "http://127.0.0.1:8080/sign-in/return".to_owned(),
    }
}

fn by() -> AuditEntry {
    AuditEntry::by_nobody("test", "user.manage", Purpose::System)
}

fn each(test: impl Fn(&Database, &Environment, &Mock, &Provider)) {
    testing::each_database(&[MIGRATIONS], |database| {
        let env = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 13);
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
                user::link_oidc(tx, &made, by(), id, Some("subject-1"))
            })
            .unwrap();
        let mock = Mock::start(env.now().as_second());
        let provider = Provider::discover(settings(&mock.issuer)).unwrap();
        test(&database, &env, &mock, &provider);
    });
}

fn finish(
    database: &Database,
    env: &Environment,
    provider: &Provider,
    state: &str,
    pending: &Pending,
) -> Result<String, OidcError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let back = Return {
        state: state.to_owned(),
        code: "code-1".to_owned(),
        pending: pending.clone(),
        address: "10.0.0.1".to_owned(),
        agent: "Firefox".to_owned(),
        previous_token: None,
        request_id: "r".to_owned(),
    };
    runtime.block_on(provider.finish(database, env, SessionLimits::default(), back))
}

fn refusals(database: &Database) -> i64 {
    let refused = sql!(
        "SELECT count(*) FROM audit_entry WHERE action = 'session.start' AND decision = 'refuse'"
    );
    database
        .read_blocking(move |tx| tx.one(refused, params![], |row| row.get(0)))
        .unwrap()
}

#[test]
fn somebody_with_a_linked_account_is_signed_in() {
    each(|database, env, mock, provider| {
        let (url, pending) = provider.begin(env).unwrap();
        assert!(
            url.starts_with(&format!("{}/authorize?", mock.issuer)),
            "{url}"
        );
        for part in [
            "response_type=code",
            "code_challenge_method=S256",
            "scope=openid",
            "client_id=stour",
        ] {
            assert!(url.contains(part), "{part} in {url}");
        }
        assert!(!url.contains(&pending.verifier), "the verifier stays here");
        let pending = Pending::from_cookie(&pending.to_cookie()).unwrap();
        mock.will_answer(Fault::None, &pending.nonce);
        let token = finish(database, env, provider, &pending.state, &pending).unwrap();
        assert!(
            mock.requests()
                .iter()
                .any(|body| body.contains(&format!("code_verifier={}", pending.verifier)))
        );
        let again = env.clone();
        let found = database
            .read_blocking(move |tx| session::find(tx, &again, SessionLimits::default(), &token));
        assert_eq!(found.unwrap().unwrap().0.name, "Asha Rowe");
    });
}

#[test]
fn a_statement_that_is_not_proof_is_refused_and_recorded() {
    each(|database, env, mock, provider| {
        let faults = [
            Fault::Nonce,
            Fault::Audience,
            Fault::Issuer,
            Fault::Expired,
            Fault::Future,
            Fault::Signature,
            Fault::OtherKey,
            Fault::Unsigned,
            Fault::SignedWithSecret,
        ];
        for (number, fault) in (1..).zip(faults) {
            let (_, pending) = provider.begin(env).unwrap();
            mock.will_answer(fault, &pending.nonce);
            let refused = finish(database, env, provider, &pending.state, &pending);
            assert!(
                matches!(refused, Err(OidcError::NotTrusted(_))),
                "{fault:?}: {refused:?}"
            );
            assert_eq!(refusals(database), number, "{fault:?}");
        }
        for fault in [Fault::NoStatement, Fault::Error] {
            let (_, pending) = provider.begin(env).unwrap();
            mock.will_answer(fault, &pending.nonce);
            let refused = finish(database, env, provider, &pending.state, &pending);
            assert!(
                matches!(refused, Err(OidcError::Provider(_))),
                "{fault:?}: {refused:?}"
            );
        }
    });
}

#[test]
fn an_answer_to_somebody_elses_sign_in_is_refused_without_asking() {
    each(|database, env, mock, provider| {
        let (_, pending) = provider.begin(env).unwrap();
        let (_, other) = provider.begin(env).unwrap();
        let before = mock.requests().len();
        let refused = finish(database, env, provider, &other.state, &pending);
        assert!(matches!(refused, Err(OidcError::NotBegun)));
        assert_eq!(mock.requests().len(), before);
    });
}

#[test]
fn an_identity_without_an_account_or_with_a_disabled_one_is_refused_clearly() {
    each(|database, env, mock, provider| {
        let made = env.clone();
        database
            .write_blocking(move |tx| {
                let id = user::user_by_sign_in_name(tx, "asha")?.unwrap().id;
                user::disable(tx, &made, by(), id)
            })
            .unwrap();
        let (_, pending) = provider.begin(env).unwrap();
        mock.will_answer(Fault::None, &pending.nonce);
        let refused = finish(database, env, provider, &pending.state, &pending);
        assert!(matches!(refused, Err(OidcError::NoAccount)), "{refused:?}");
        assert_eq!(refusals(database), 1);
    });
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let refused = Provider::discover(settings("http://login.example.org"))
        .err()
        .unwrap();
    assert!(
        refused
            .to_string()
            .contains("plain http is for this machine only"),
        "{refused}"
    );
    assert!(matches!(
        Provider::discover(settings("not an address")),
        Err(OidcError::Settings(_))
    ));
}

#[test]
fn a_cookie_that_is_not_ours_is_no_pending_sign_in() {
    for value in [
        "",
        "a.b.c",
        "a.b",
        &format!("{0}.{0}", "0".repeat(64)),
        &format!("{0}.{0}.{0}.{0}", "0".repeat(64)),
    ] {
        assert!(Pending::from_cookie(value).is_none(), "{value}");
    }
}
