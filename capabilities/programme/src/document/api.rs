//! Documents for programs: read, started and saved as JSON.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_appraisal::{appraise, close_gap, share};
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_web::{Body, Caller, Problem, if_match};
use utoipa::ToSchema;

use super::opened::{Asked, Opened, heavy, open, worked_out};
use super::shell::may;
use super::words::said;
use super::{
    Author, Checked, Document, DocumentError, DocumentId, Reading, documents, save, start,
};

/// A document in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentJson {
    /// Its identifier.
    id: String,
    /// `case`, `gap` or `agreement`.
    kind: String,
    /// The title of its latest version.
    title: String,
    /// The number of its latest version.
    latest: i64,
    /// The highest number of a version that was signed off.
    agreed: Option<i64>,
    /// When its latest version was saved.
    changed_at: String,
}

impl From<&Document> for DocumentJson {
    fn from(document: &Document) -> Self {
        Self {
            id: document.id.to_string(),
            kind: document.kind.to_string(),
            title: document.title.clone(),
            latest: document.latest,
            agreed: document.agreed,
            changed_at: document.changed_at.to_string(),
        }
    }
}

/// One version of a document, and what it comes to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenedJson {
    #[serde(flatten)]
    document: DocumentJson,
    /// The version that is shown.
    version: i64,
    /// The SHA-256 of its text.
    hash: String,
    /// Its text, in TOML.
    text: String,
    /// What it comes to, as `stour appraise`, `stour gap` and `stour shares` print it. Amounts are pence.
    #[schema(value_type = Object)]
    result: serde_json::Value,
}

/// A text to be saved.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextJson {
    /// The document in TOML.
    text: String,
    /// What changes, and why.
    what: String,
}

/// The documents that changed last, at most 1,000.
#[utoipa::path(
    get, path = "/api/cases", tag = "programme",
    responses((status = 200, description = "The documents, that changed last first", body = [DocumentJson]))
)]
pub(crate) async fn list(caller: Caller) -> Result<Json<Vec<DocumentJson>>, Problem> {
    caller.permit(Resource::House).await?;
    let all = caller.house().database().read(documents).await?;
    Ok(Json(all.iter().map(DocumentJson::from).collect()))
}

/// One document in its latest version, worked out.
#[utoipa::path(
    get, path = "/api/cases/{id}", tag = "programme",
    params(("id" = String, Path, description = "The document")),
    responses(
        (status = 200, description = "The document; its version in ETag", body = OpenedJson),
        (status = 404, description = "There is no such document"),
    )
)]
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    answer(&caller, &id, StatusCode::OK).await
}

async fn answer(caller: &Caller, id: &str, status: StatusCode) -> Result<Response, Problem> {
    let opened = open(caller, id, Asked::default()).await?;
    let tag = format!("\"{}\"", opened.document.latest);
    let json = worked_out(move || json(&opened)).await??;
    Ok((status, [(header::ETAG, tag)], Json(json)).into_response())
}

fn json(opened: &Opened) -> Result<OpenedJson, DocumentError> {
    let result = match &opened.reading {
        Reading::Case(case) => serde_json::to_value(appraise(case)?),
        Reading::Gap(gap) => serde_json::to_value(close_gap(gap, None, &|_| {})?),
        Reading::Agreement(agreement) => serde_json::to_value(share(agreement)?),
    };
    Ok(OpenedJson {
        document: DocumentJson::from(&opened.document),
        version: opened.shown.number,
        hash: opened.shown.hash.to_string(),
        text: opened.shown.text.clone(),
        // A result of numbers, texts and lists is always JSON.
        result: result.unwrap_or_default(),
    })
}

/// Starts a document.
#[utoipa::path(
    post, path = "/api/cases", tag = "programme", request_body = TextJson,
    params(("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each document")),
    responses(
        (status = 201, description = "Started; its address is in Location, its version in ETag", body = OpenedJson),
        (status = 422, description = "What is wrong with the text, by line"),
    )
)]
pub(crate) async fn create(caller: Caller, body: Body<TextJson>) -> Result<Response, Problem> {
    let by = Author::from(caller.actor());
    let (what, checked) = worked(&caller, body.value.clone()).await?;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let checked = checked.clone()?;
        let id = start(tx, environment, &checked, &what, &by)?;
        Ok(id.to_string())
    };
    let sent = (body.key(), body.fingerprint());
    let id = caller.write(sent, Resource::House, work).await?;
    let location = [(header::LOCATION, format!("/api/cases/{id}"))];
    Ok((location, answer(&caller, &id, StatusCode::CREATED).await?).into_response())
}

/// Saves the next version of a document.
#[utoipa::path(
    put, path = "/api/cases/{id}", tag = "programme", request_body = TextJson,
    params(
        ("id" = String, Path, description = "The document"),
        ("If-Match" = String, Header, description = "The ETag of the version that is changed"),
        ("Idempotency-Key" = String, Header, description = "8 to 100 characters, a new one for each version"),
    ),
    responses(
        (status = 200, description = "Saved; its new version in ETag", body = OpenedJson),
        (status = 404, description = "There is no such document"),
        (status = 409, description = "Somebody saved another version first, or nothing has changed"),
        (status = 422, description = "What is wrong with the text, by line"),
        (status = 428, description = "If-Match is missing"),
    )
)]
pub(crate) async fn put(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<TextJson>,
) -> Result<Response, Problem> {
    let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
    let seen = if_match(&headers)?;
    let by = Author::from(caller.actor());
    let (what, checked) = worked(&caller, body.value.clone()).await?;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let (base, checked) = (seen.number(), checked.clone()?);
        save(tx, environment, (document, base), (&checked, &what), &by)?;
        Ok(document.to_string())
    };
    let sent = (body.key(), body.fingerprint());
    caller.write(sent, Resource::House, work).await?;
    answer(&caller, &id, StatusCode::OK).await
}

/// The reason, and the text worked out; what is wrong with the text is told after the policies have
/// decided.
async fn worked(
    caller: &Caller,
    sent: TextJson,
) -> Result<(String, Result<Checked, DocumentError>), Problem> {
    let what = said(&sent.what, "what").map_err(|error| Problem::invalid(vec![error]))?;
    if !may(caller, "case.edit") {
        return Ok((what, Err(DocumentError::NotThere)));
    }
    let checked = heavy(move || Checked::of(&sent.text)).await?;
    Ok((what, checked))
}
