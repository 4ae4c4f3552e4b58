//! What humans said of pairs, as examples to train matching with.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Error, Transaction, params, sql};
use stour_kernel::PersonId;
use stour_web::{Caller, Problem};

use super::{PairAnswer, asking};
use crate::source::RecordId;

/// An example: two things and whether they are of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What is compared.
    pub pair: LabelledPair,
    /// They are one person's.
    pub same: bool,
}

/// What a human compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelledPair {
    /// Two people.
    People(PersonId, PersonId),
    /// A record, and the person that it was linked to when a sample was checked.
    Linked(RecordId, PersonId),
}

/// Every pair that a human answered for, by the latest word on it: of two people, and of sampled links.
/// A model learns from both, since reviewed pairs alone are the hard ones. People whose records are
/// restricted, those who object to sharing, and whoever is joined with them are left out.
///
/// # Errors
/// Those of the database.
pub fn labels(tx: &mut Transaction<'_>) -> Result<Vec<Label>, Error> {
    let mut pairs: BTreeMap<(PersonId, PersonId), bool> = BTreeMap::new();
    tx.each(
        sql!(
            "SELECT d.one, d.other, d.answer FROM pair_decision d
             JOIN person a ON a.id = d.one
             JOIN person b ON b.id = d.other
             WHERE NOT EXISTS (
                 SELECT 1 FROM person g
                 WHERE (g.id IN (COALESCE(a.survivor, a.id), COALESCE(b.survivor, b.id))
                        OR g.survivor IN (COALESCE(a.survivor, a.id), COALESCE(b.survivor, b.id)))
                   AND (g.restricted = TRUE OR g.objection = TRUE))
             ORDER BY d.one, d.other, d.number"
        ),
        params![],
        |row| {
            let same = row.get::<PairAnswer>(2)? == PairAnswer::Same;
            pairs.insert((row.get(0)?, row.get(1)?), same);
            Ok(())
        },
    )?;
    let links = tx.rows(
        sql!(
            "SELECT r.record, r.candidate, r.state FROM match_review r
             JOIN person p ON p.id = r.candidate
             WHERE r.kind = 'quality' AND r.closed_at IS NOT NULL AND r.record IS NOT NULL
               AND NOT EXISTS (
                   SELECT 1 FROM person g
                   WHERE (g.id = COALESCE(p.survivor, p.id) OR g.survivor = COALESCE(p.survivor, p.id))
                     AND (g.restricted = TRUE OR g.objection = TRUE))
             ORDER BY r.closed_at, r.id"
        ),
        params![],
        |row| {
            Ok(Label {
                pair: LabelledPair::Linked(row.get(0)?, row.get(1)?),
                same: row.get::<PairAnswer>(2)? == PairAnswer::Same,
            })
        },
    )?;
    let people = pairs.into_iter().map(|((one, other), same)| Label {
        pair: LabelledPair::People(one, other),
        same,
    });
    Ok(people.chain(links).collect())
}

/// The examples as a table of identifiers: `kind,id_a,id_b,same`.
pub fn labels_csv(labels: &[Label]) -> String {
    let mut text = "kind,id_a,id_b,same\n".to_owned();
    for label in labels {
        let (kind, one, other) = match label.pair {
            LabelledPair::People(one, other) => ("people", one.to_string(), other),
            LabelledPair::Linked(record, person) => ("linked", record.to_string(), person),
        };
        let same = u8::from(label.same);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{kind},{one},{other},{same}");
    }
    text
}

/// GET /reviews/labels.csv
pub(crate) async fn csv(caller: Caller) -> Result<Response, Problem> {
    asking::require(&caller).await?;
    caller.permit(Resource::House).await?;
    let labels = caller.house().database().read(labels).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"match-labels.csv\"",
        ),
    ];
    Ok((headers, labels_csv(&labels)).into_response())
}
