//! The record as data: Popolo JSON, and tables as CSV.

use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_web::{Problem, Visitor};

use super::open;
use crate::{popolo, tables};

/// The tables that can be had, by the last part of their address, with what each holds.
pub(crate) const FILES: [(&str, &str); 11] = [
    ("meetings", "meetings"),
    ("reports", "reports to meetings"),
    ("interests", "declarations of interest"),
    ("recommendations", "recommendations and outcomes"),
    ("decisions", "decisions"),
    ("delegations", "delegations"),
    ("votes", "votes"),
    ("key-decisions", "key decisions"),
    ("call-ins", "call-ins"),
    ("commitments", "commitments"),
    ("health-reports", "health reports and answers"),
];

/// `GET /decisions/popolo.json`.
#[utoipa::path(
    get,
    path = "/decisions/popolo.json",
    tag = "decisions",
    responses((status = 200, description = "The published record in the names of Popolo: organizations, persons, posts, memberships, events, motions and vote_events. A count that was not recorded is null.", body = popolo::Popolo)),
)]
pub(crate) async fn popolo(visitor: Visitor) -> Result<Json<popolo::Popolo>, Problem> {
    let record = open(&visitor).await?;
    Ok(Json(popolo::Popolo::of(&record)))
}

/// `GET /decisions/export/{kind}`.
pub(crate) async fn csv(visitor: Visitor, Path(kind): Path<String>) -> Result<Response, Problem> {
    let record = open(&visitor).await?;
    let body = tables::csv(&record, &kind, visitor.today()).ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{kind}.csv\""),
        ),
    ];
    Ok((headers, body).into_response())
}
