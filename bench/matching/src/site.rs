//! The house's own router in this process, and somebody who is signed in.

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use stour_access::audit::{AuditEntry, AuditTrail};
use stour_access::user::{self, NewUser, UserError};
use stour_access::{Access, Policies, Purpose, SessionLimits, cookie, session};
use stour_database::Database;
use stour_kernel::Environment;
use stour_web::{House, Parts, Settings, router};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// Makes the tables, and loads the organisations that accounts belong to.
pub(crate) fn migrate(database: &Database, environment: &Environment) -> Result<()> {
    let migrations = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_access::MIGRATIONS,
        stour_people::MIGRATIONS,
    ];
    database.migrate(&migrations, environment.now())?;
    let reference = stour_partnership::reference()?;
    database.write_blocking(move |tx| stour_partnership::load(tx, reference))?;
    Ok(())
}

/// A router, and an adviser's session.
pub(crate) struct Site {
    router: Router,
    runtime: Runtime,
    cookie: String,
    csrf: String,
}

impl Site {
    pub(crate) fn new(database: &Database, environment: &Environment) -> Result<Self> {
        let trail = AuditTrail::start(database.clone(), environment.clone(), None)?;
        let capabilities = || vec![stour_people::capability(&[])];
        let parts = Parts {
            database: database.clone(),
            access: Access::new(Policies::embedded()?, trail),
            environment: environment.clone(),
            settings: Settings::default(),
        };
        let house = House::new(parts, &capabilities());
        let (token, csrf) = sign_in(database, environment)?;
        Ok(Self {
            router: router(&house, capabilities())?,
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()?,
            cookie: format!("{}={token}", cookie::COOKIE),
            csrf,
        })
    }

    /// Sends a new person; a request of its own for each number.
    pub(crate) fn create(&self, number: usize, body: &serde_json::Value) -> Result<StatusCode> {
        let request = Request::post("/api/people")
            .header(header::HOST, "stour.test")
            .header(header::ORIGIN, "https://stour.test")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", &self.csrf)
            .header("idempotency-key", format!("bench-key-{number}"))
            .body(Body::from(body.to_string()))?;
        let answer = self
            .runtime
            .block_on(self.router.clone().oneshot(request))?;
        Ok(answer.status())
    }
}

/// A new adviser's session, and the token that its forms carry.
fn sign_in(database: &Database, environment: &Environment) -> Result<(String, String)> {
    let new = NewUser {
        sign_in_name: "bench".to_owned(),
        display_name: "Bench".to_owned(),
        organisation: "E06000058".parse()?,
        roles: vec!["adviser".to_owned()],
        teams: Vec::new(),
        locality: None,
        person: None,
    };
    let (environment, limits) = (environment.clone(), SessionLimits::default());
    let (token, found) = database.write_blocking(move |tx| {
        let by = || AuditEntry::by_nobody("bench", "user.manage", Purpose::System);
        let user = user::create(tx, &environment, by(), &new)?;
        let token = session::start(tx, &environment, limits, by(), user, ("bench", None))?;
        let found = session::find(tx, &environment, limits, &token)?;
        Ok::<_, UserError>((token, found))
    })?;
    let (_, session) = found.context("a session")?;
    Ok((token, session.csrf_token()))
}
