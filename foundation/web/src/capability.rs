//! A capability is one list: its tables, routes, place in the navigation, jobs and commands.

use std::future::Future;
use std::io::Write as _;
use std::pin::Pin;

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use clap::ArgMatches;
use stour_database::Migrations;

use crate::house::House;

/// What a capability brings to the house.
#[derive(Default)]
pub struct Capability {
    /// Its name, which is also its folder.
    pub name: &'static str,
    /// Its tables.
    pub migrations: Vec<Migrations>,
    /// What it answers.
    pub routes: Vec<Route>,
    /// Its places in the navigation and on the home page.
    pub navigation: Vec<Place>,
    /// What it says of its JSON routes.
    pub openapi: utoipa::openapi::OpenApi,
    /// What it does in the background while the server runs.
    pub jobs: Vec<Job>,
    /// What it adds to the command line.
    pub commands: Vec<Command>,
}

/// One method of one address, and the action that a caller must be allowed, or why it is public. There is no way
/// to make one without saying which.
#[derive(Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, with axum's placeholders.
    pub path: &'static str,
    /// What the caller does by it.
    pub action: RouteAction,
    pub(crate) takes_file: bool,
    pub(crate) handler: MethodRouter<House>,
}

/// What a caller does by a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteAction {
    /// An action of the access register, by its dotted name.
    Named(&'static str),
    /// Open to anybody, and why.
    Public(&'static str),
}

impl Route {
    /// A page or list to read.
    pub fn get<H, T>(path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let handler = on(MethodFilter::GET, handler);
        Self {
            method: Method::GET,
            path,
            action: RouteAction::Named(action),
            takes_file: false,
            handler,
        }
    }

    /// Something to do.
    pub fn post<H, T>(path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let handler = on(MethodFilter::POST, handler);
        Self {
            method: Method::POST,
            path,
            action: RouteAction::Named(action),
            takes_file: false,
            handler,
        }
    }

    /// Something to change, at the version that the caller saw.
    pub fn put<H, T>(path: &'static str, action: &'static str, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let handler = on(MethodFilter::PUT, handler);
        Self {
            method: Method::PUT,
            path,
            action: RouteAction::Named(action),
            takes_file: false,
            handler,
        }
    }

    /// The same route, which takes an [`Upload`](crate::Upload): a body as large as a file is let through.
    #[must_use]
    pub fn with_file(self) -> Self {
        Self {
            takes_file: true,
            ..self
        }
    }

    /// The same route, open to anybody; say why.
    #[must_use]
    pub fn public(self, why: &'static str) -> Self {
        Self {
            action: RouteAction::Public(why),
            ..self
        }
    }
}

/// Stands among the roles of a [`Place`] that is shown to people who have not signed in.
pub const ANYBODY: &str = "anybody";

/// A place in the navigation, shown to those who may go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub label: &'static str,
    /// What one does there, for the home page.
    pub description: &'static str,
    /// Where it is.
    pub href: &'static str,
    /// The roles it is for; [`ANYBODY`] for a place of the public pages.
    pub roles: &'static [&'static str],
}

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Something that runs while the server does.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// What it is, for the log.
    pub name: &'static str,
    /// Runs until the process ends.
    pub run: fn(House) -> Running,
}

/// A command of the `stour` program.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The commands above it: `["import"]` for `stour import series`.
    pub under: &'static [&'static str],
    /// Its name, arguments and help.
    pub define: fn() -> clap::Command,
    /// Runs it with a house whose database is open and migrated, on a thread that may block.
    pub run: fn(&House, &ArgMatches) -> Result<(), CommandError>,
}

/// Why a command failed, in a sentence for standard error that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CommandError(pub String);

impl From<stour_database::Error> for CommandError {
    fn from(error: stour_database::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Gives the answer of a command, on standard output. A reader that has gone away is not an error.
///
/// # Errors
/// When it cannot be written, for instance to a full disk.
pub fn give(answer: &str) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(answer.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(CommandError(format!(
            "the answer could not be written: {error}"
        ))),
        _ => Ok(()),
    }
}
