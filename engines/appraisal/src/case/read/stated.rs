//! What a case states beside its lines: who funds it, and what was promised and measured.

use std::collections::BTreeSet;
use std::ops::Range;

use stour_kernel::Pence;
use toml::Spanned;

use super::new_id;
use crate::case::Partner;
use crate::case::funding::{Funding, FundingDocument};
use crate::case::tracked::{Tracked, TrackedDocument, against};
use crate::mistake::Checks;
use crate::said;
use crate::unknown::{MOST_ROWS, too_many};

/// The contributions, in the order of their ids.
pub(super) fn funding(
    documents: Vec<FundingDocument>,
    partners: &[Partner],
    checks: &mut Checks,
) -> Vec<Funding> {
    if let Some(beyond) = documents.get(MOST_ROWS) {
        too_many("funding", &beyond.id, checks);
    }
    let mut seen = BTreeSet::new();
    let mut found: Vec<Funding> = documents
        .into_iter()
        .map(|document| {
            let id = new_id(&document.id, &mut seen, checks);
            let amount = document.amount.get_ref().0;
            checks.ensure(amount >= Pence::ZERO, document.amount.span(), || {
                format!("the amount of {id} is {amount}: it must not be negative")
            });
            Funding {
                partner: partner(&id, document.partner, partners, checks),
                id,
                name: document.name,
                amount,
                limit: document.limit,
                period: document.period,
                source: document.source,
            }
        })
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

/// What was promised and measured, in the order of the ids.
pub(super) fn tracked(
    documents: Vec<Spanned<TrackedDocument>>,
    partners: &[Partner],
    checks: &mut Checks,
) -> Vec<Tracked> {
    if let Some(beyond) = documents.get(MOST_ROWS) {
        too_many("tracked", beyond, checks);
    }
    let mut seen = BTreeSet::new();
    let mut found: Vec<Tracked> = documents
        .into_iter()
        .map(|document| {
            let at = document.span();
            let document = document.into_inner();
            let id = new_id(&document.id, &mut seen, checks);
            said::date(&document.measured_on, checks);
            one_kind(&id, &document, at, checks);
            let (trajectory, reached) = (
                document.trajectory.into_inner(),
                document.reached.into_inner(),
            );
            let (difference, on_trajectory) = against(&trajectory, &reached, document.better);
            Tracked {
                partner: partner(&id, document.partner, partners, checks),
                id,
                name: document.name,
                unit: document.unit,
                better: document.better,
                measured_on: document.measured_on.into_inner(),
                baseline: document.baseline.into_inner(),
                trajectory,
                reached,
                difference,
                on_trajectory,
                source: document.source,
                evidence: document.evidence,
            }
        })
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

/// Notes a row without a known value, and values of two kinds.
fn one_kind(id: &str, row: &TrackedDocument, at: Range<usize>, checks: &mut Checks) {
    let values = [&row.baseline, &row.trajectory, &row.reached];
    let mut known = values
        .into_iter()
        .filter_map(|value| Some((value.get_ref().kind()?, value.span())));
    let Some((kind, _)) = known.next() else {
        checks.refuse(
            at,
            format!("{id} has no value that is known: say it in [[unknown]] instead"),
        );
        return;
    };
    for (other, place) in known {
        checks.ensure(kind == other, place, || {
            format!("{id} has {kind} and {other}: the values of a row are of one kind")
        });
    }
}

/// The partner that a row names, or a note that the case has no such partner.
fn partner(
    id: &str,
    named: Option<Spanned<String>>,
    partners: &[Partner],
    checks: &mut Checks,
) -> Option<String> {
    let named = named?;
    let is_known = partners.iter().any(|known| known.id == *named.get_ref());
    checks.ensure(is_known, named.span(), || {
        format!(
            "{id} names {:?}, which is no partner of the case",
            named.get_ref()
        )
    });
    Some(named.into_inner())
}
