//! The plumbing between a browser or a program and a capability: routes with actions, who asks,
//! forms, errors, pages in their shell, live pages, and the conventions of the JSON API.
//!
//! A capability hands over one [`Capability`]: its tables, routes, jobs and commands. A handler is
//! thin: it takes a [`Caller`] (or, of a public page, a [`Visitor`]), asks it for permission, calls a
//! function, and returns a [`Page`] or JSON or a [`Problem`].
//!
//! **Invariants.** A route has an action, or says why it is public, and the router does not start with an
//! action that the access register does not know. An answer for which no decision was made does not
//! leave: it becomes a fault and an alarm. Every unsafe request is checked against forgery before a
//! handler sees it. This crate knows no capability and no person beyond an identifier.

mod around;
mod body;
pub mod calendar;
mod caller;
mod capability;
mod digest;
pub mod form;
mod home;
mod house;
mod live;
mod openapi;
mod openid;
mod page;
mod problem;
mod response;
mod router;
mod sign_in;
#[cfg(feature = "testing")]
pub mod testing;
mod upload;
mod visitor;
pub mod words;

pub use body::Body;
pub use caller::Caller;
pub use capability::{
    ANYBODY, Capability, Command, CommandError, Job, Place, Route, RouteAction, give,
};
pub use form::{Form, Mistakes, TypedDate};
pub use house::{House, Parts, Settings, Tracing};
pub use live::Live;
pub use openapi::document as openapi_document;
pub use openid::{ANSWER as OPENID_ANSWER, OpenId};
pub use page::Page;
pub use problem::{FieldError, Problem};
pub use response::{if_match, redirect, tagged};
pub use router::{StartError, router};
pub use upload::{LARGEST_FILE, Upload, UploadedFile};
pub use visitor::{FORGETTING, Visitor};
