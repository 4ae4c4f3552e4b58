//! The first page of a document, of whatever kind.

use axum::extract::{Path, Query};
use stour_web::{Caller, Page, Problem};

use super::opened::{Asked, open};
use super::reading::Reading;
use crate::{agreement, case, gap};

/// `GET /cases/{id}`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    match &opened.reading {
        Reading::Case(_) => case::summary_page::show(&caller, &opened).await,
        Reading::Gap(gap) => gap::show(&caller, &opened, gap).await,
        Reading::Agreement(agreement) => agreement::show(&caller, &opened, agreement),
    }
}
