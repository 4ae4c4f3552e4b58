//! A small server on the loopback address, and the CPU time that it needs for a request.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use stour_database::{Database, Error};
use stour_kernel::{Environment, PersonId};
use tokio::net::TcpListener;

use crate::report::Measured;
use crate::store::{Person, find, insert};
use crate::{cpu, store};

const SECONDS: u32 = 5;

/// What the load asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// JSON in, the same JSON out: what HTTP itself costs.
    Echo,
    /// A person by id.
    Read,
    /// A person and an audit entry, stored for good.
    Insert,
}

pub(crate) const REQUESTS: [Request; 3] = [Request::Echo, Request::Read, Request::Insert];

impl Request {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Echo => "echo",
            Self::Read => "read",
            Self::Insert => "insert",
        }
    }
}

impl FromStr for Request {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        REQUESTS
            .into_iter()
            .find(|request| request.name() == text)
            .with_context(|| format!("no request is called {text}"))
    }
}

/// The id under which the load finds a person to read.
pub(crate) const KNOWN: &str = "01890000-0000-7000-8000-000000000001";

#[derive(Clone)]
struct App {
    db: Database,
    env: Environment,
}

fn refused(_: Error) -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}

async fn echo(Json(person): Json<Person>) -> Json<Person> {
    Json(person)
}

async fn read(
    State(app): State<App>,
    Path(id): Path<PersonId>,
) -> Result<Json<Option<Person>>, StatusCode> {
    app.db
        .read(move |tx| find(tx, id))
        .await
        .map(Json)
        .map_err(refused)
}

async fn create(
    State(app): State<App>,
    Json(person): Json<Person>,
) -> Result<(StatusCode, Json<PersonId>), StatusCode> {
    let env = app.env;
    app.db
        .write(move |tx| insert(tx, &env, &person))
        .await
        .map(|id| (StatusCode::CREATED, Json(id)))
        .map_err(refused)
}

/// Serves, has another process load the server, and counts only this process's CPU time.
pub(crate) async fn measure(
    db: &Database,
    env: &Environment,
    request: Request,
) -> Result<Measured> {
    let known: PersonId = KNOWN.parse()?;
    db.write(move |tx| store::ensure(tx, known)).await?;
    let app = App {
        db: db.clone(),
        env: env.clone(),
    };
    let routes = Router::new()
        .route("/echo", post(echo))
        .route("/person/{id}", get(read))
        .route("/insert", post(create))
        .with_state(app);
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    // Once to warm up: statements are prepared and connections made.
    load(address, request, 1).await?;
    let (began, cpu_before) = (Instant::now(), cpu::used()?);
    let count = load(address, request, SECONDS).await?;
    let (wall, cpu) = (began.elapsed(), cpu::used()?.saturating_sub(cpu_before));
    server.abort();
    Ok(Measured { count, wall, cpu })
}

async fn load(address: SocketAddr, request: Request, seconds: u32) -> Result<u32> {
    let mut child = Command::new(std::env::current_exe()?);
    child
        .args(["--load", &address.to_string(), request.name()])
        .arg(seconds.to_string())
        .stdout(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || child.output()).await??;
    ensure!(output.status.success(), "the load failed");
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
