//! A sample of what was linked without a human, for humans to look at: a wrong link is seen by nobody else.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{Environment, OdsCode, PersonId};

use super::{NewReview, ReviewKind, open_review};
use crate::source::{LinkId, RecordId};

/// A link that could be looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) record: RecordId,
    pub(crate) person: PersonId,
    pub(crate) source: OdsCode,
    pub(crate) step: String,
    pub(crate) weight: Option<f64>,
    pub(crate) probability: Option<f64>,
    pub(crate) model: Option<String>,
    pub(crate) explanation: Option<String>,
}

/// Draws about `size` links that nobody has looked at, as many of each step as there are to be had, by
/// chance that follows from `seed`. Looks at every open link, so hand it a transaction that reads.
pub(crate) fn draw(tx: &mut Transaction<'_>, size: usize, seed: u64) -> Result<Vec<Drawn>, Error> {
    let mut lots: BTreeMap<String, Vec<(u64, LinkId)>> = BTreeMap::new();
    tx.each(
        sql!(
            "SELECT l.id, l.step FROM record_link l
             WHERE l.ended_at IS NULL
               AND l.step IN ('local-number', 'cross-check', 'exact', 'probabilistic')
               AND NOT EXISTS (SELECT 1 FROM match_review r WHERE r.record = l.record AND r.kind = 'quality')
               AND EXISTS (SELECT 1 FROM record_link o
                           WHERE o.person = l.person AND o.ended_at IS NULL AND o.record <> l.record)"
        ),
        params![],
        |row| {
            let link: LinkId = row.get(0)?;
            let lot = lot(seed, &link.to_string());
            lots.entry(row.get(1)?).or_default().push((lot, link));
            Ok(())
        },
    )?;
    let chosen = share(lots, size);
    let mut drawn = Vec::with_capacity(chosen.len());
    for link in chosen {
        drawn.push(read(tx, link)?);
    }
    Ok(drawn)
}

/// As many of each step as there are to be had; what a small step leaves goes to the others.
fn share(lots: BTreeMap<String, Vec<(u64, LinkId)>>, size: usize) -> Vec<LinkId> {
    let mut steps: Vec<Vec<(u64, LinkId)>> = lots.into_values().collect();
    steps.sort_by_key(Vec::len);
    let (mut left, mut chosen) = (size, Vec::new());
    let count = steps.len();
    for (place, mut lots) in steps.into_iter().enumerate() {
        let of_this = left.div_ceil(count.saturating_sub(place).max(1));
        lots.sort_unstable();
        let taken = lots.into_iter().take(of_this).map(|(_, link)| link);
        let before = chosen.len();
        chosen.extend(taken);
        left = left.saturating_sub(chosen.len().saturating_sub(before));
    }
    chosen
}

/// A number for a link that follows from the seed and looks like chance (FNV-1a, then the finaliser of
/// `SplitMix64`).
fn lot(seed: u64, link: &str) -> u64 {
    let bytes = seed.to_be_bytes().into_iter().chain(link.bytes());
    let mut mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn read(tx: &mut Transaction<'_>, link: LinkId) -> Result<Drawn, Error> {
    tx.one(
        sql!(
            "SELECT l.record, l.person, s.source, l.step, l.weight, l.probability, l.model, l.explanation
             FROM record_link l JOIN source_record s ON s.record = l.record AND s.number = 1
             WHERE l.id = $1"
        ),
        params![link],
        |row| {
            Ok(Drawn {
                record: row.get(0)?,
                person: row.get(1)?,
                source: row.get(2)?,
                step: row.get(3)?,
                weight: row.get(4)?,
                probability: row.get(5)?,
                model: row.get(6)?,
                explanation: row.get(7)?,
            })
        },
    )
}

/// Puts what was drawn into the queue; says how many that were. Whose sample is open, or whose link was
/// looked at meanwhile, is left out.
pub(crate) fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    drawn: &[Drawn],
) -> Result<usize, Error> {
    let mut opened = 0_usize;
    for one in drawn {
        let new = NewReview {
            kind: ReviewKind::Quality,
            person: one.person,
            candidate: one.person,
            record: Some(one.record),
            source: one.source,
            rule: one.step.clone(),
            weight: one.weight,
            probability: one.probability,
            model: one.model.clone(),
            explanation: one.explanation.clone(),
        };
        if open_review(tx, environment, &new)?.is_some() {
            opened = opened.saturating_add(1);
        }
    }
    Ok(opened)
}

#[cfg(test)]
mod tests;
