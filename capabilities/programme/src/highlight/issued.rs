//! A report as it was issued, and what a live one is made of.

use stour_database::Transaction;
use stour_kernel::{OdsCode, Timestamp};
use stour_web::{Caller, Problem};

use super::changed::{Change, changes};
use super::make::Material;
use super::report::Report;
use super::rules::{Rules, rules};
use super::since::Since;
use super::store;
use crate::benefit::{self, Glance};
use crate::governance::shell::Opened;
use crate::plan::baseline::{Baseline, baselines};

/// A report as it was issued.
#[derive(Debug, Clone)]
pub(super) struct Issued {
    pub(super) number: i64,
    /// What it said; nothing where this release of the program cannot read it any more.
    pub(super) report: Option<Report>,
    /// Whether it is as it was stored.
    pub(super) is_intact: bool,
    /// Who issued it.
    pub(super) by: String,
    pub(super) organisation: OdsCode,
    pub(super) at: Timestamp,
}

/// What a programme's live pages are made of.
pub(super) struct Live {
    pub(super) since: Since,
    pub(super) changes: Vec<Change>,
    pub(super) baselines: Vec<Baseline>,
    pub(super) issued: Vec<Issued>,
    pub(super) glance: Glance,
    pub(super) rules: &'static Rules,
}

/// From when a live page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The last board, for those who prepare the next.
    Board,
    /// The last report, so that nothing is told twice and nothing is left out.
    Report,
}

/// Gathers what the live pages of a programme are made of.
///
/// # Errors
/// 500 when something cannot be read.
pub(super) async fn gather(caller: &Caller, opened: &Opened, from: From) -> Result<Live, Problem> {
    let rules = rules().ok_or_else(Problem::fault)?;
    let (scope, around) = (opened.scope.clone(), opened.entries.clone());
    let today = opened.today;
    let database = caller.house().database();
    let read = database.read(move |tx: &mut Transaction<'_>| {
        let last = store::last_issued(tx, &scope)?;
        let since = match from {
            From::Board => Since::board(&around, last, rules, today),
            From::Report => Since::report_or_board(&around, last, rules, today),
        };
        let changes = changes(tx, &scope, since.moment())?;
        let baselines = baselines(tx, (&scope, &around))?;
        let issued = store::all(tx, &scope)?;
        Ok::<_, stour_database::Error>((since, changes, baselines, issued))
    });
    let (since, changes, baselines, issued) = read.await?;
    let glance = benefit::glance(caller.house(), &opened.entries).await?;
    Ok(Live {
        since,
        changes,
        baselines,
        issued,
        glance,
        rules,
    })
}

impl Live {
    /// The report of the moment.
    pub(super) fn report(&self, opened: &Opened) -> Report {
        let material = Material {
            opened,
            since: &self.since,
            changes: &self.changes,
            baseline: self.baselines.first(),
            glance: &self.glance,
            rules: self.rules,
        };
        material.report()
    }
}
