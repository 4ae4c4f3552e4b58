//! A fee under a guarantee, shared by benefit.

mod document;
mod guarantee;
mod split;

use serde::Serialize;
use stour_kernel::Pence;

pub use document::BenefitStatus;
pub use guarantee::{FeeFunction, FeeStep, Guarantee};

use crate::mistake::{Checks, Mistakes};
use crate::unknown::Unknown;
use document::Document;
use split::{Member, split};

/// A checked partnership agreement with what was measured under it.
#[derive(Debug, Clone)]
pub struct Agreement {
    title: String,
    source: String,
    assurance_date: String,
    guarantee: Guarantee,
    partners: Vec<Partner>,
    measures: Vec<Measured>,
    unknown: Vec<Unknown>,
}

#[derive(Debug, Clone)]
struct Partner {
    id: String,
    name: String,
    cap: Option<Pence>,
    /// Billionths; used where no partner has a benefit.
    weight: i128,
}

/// A benefit that was measured, and whether it counts.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// The measure's id.
    pub id: String,
    /// What was measured.
    pub name: String,
    /// The partner that has it.
    pub partner: String,
    /// How far it has come: identified, operational or cashable.
    pub status: BenefitStatus,
    /// Pence a year, as measured at the assurance date; negative for a loss.
    pub annual_benefit: Pence,
    /// For how many weeks it has been sustained.
    pub sustained_weeks: u32,
    /// What shows it.
    pub evidence: String,
    /// Who has signed for it.
    pub signed_by: Option<String>,
    /// The day it was measured.
    pub measured_on: String,
    /// Whether it counts towards the guarantee.
    pub counts: bool,
    /// Why it does not.
    pub why_not: Option<String>,
}

/// What an agreement comes to at its assurance date: the pack for a review.
#[derive(Debug, Clone, Serialize)]
pub struct Pack {
    /// The agreement's title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// The day at which benefits are taken.
    pub assurance_date: String,
    /// What was promised for the fee, and what is paid for less.
    pub guarantee: Guarantee,
    /// The sum of the annual benefits that count, losses taken off.
    pub counted_benefit: Pence,
    /// What is missing to the guaranteed benefit; nothing where it is reached.
    pub shortfall: Pence,
    /// The part of the fee that is payable under the guarantee.
    pub payable: Pence,
    /// How that follows, in words.
    pub words: String,
    /// Each partner's part.
    pub partners: Vec<Share>,
    /// What no partner pays because each has reached its cap.
    pub beyond_caps: Pence,
    /// Every measure, with its evidence, and why it does not count where it does not.
    pub measures: Vec<Measured>,
    /// What the agreement cannot say, and why.
    pub unknown: Vec<Unknown>,
}

/// One partner's part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The partner's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its annual benefits that count, losses taken off.
    pub counted_benefit: Pence,
    /// Its part of all partners' benefits, where it has any: 0 to 1.
    pub benefit_share: f64,
    /// What it pays of the fee.
    pub fee: Pence,
    /// The most that it pays.
    pub cap: Option<Pence>,
    /// Its benefit less its fee.
    pub net: Pence,
}

impl Agreement {
    /// Reads an agreement from TOML. `docs/appraisal` lists every key.
    ///
    /// # Errors
    /// Everything that is wrong, with its line and the reason.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        let (document, mut checks) = Checks::read::<Document>(text)?;
        let agreement = document.check(&mut checks);
        checks.finish(Some(agreement))
    }
}

/// Works an agreement out: what counts, what is payable, who pays what.
///
/// # Errors
/// A sum that does not fit.
pub fn share(agreement: &Agreement) -> Result<Pack, crate::appraise::TooLarge> {
    pack(agreement).ok_or(crate::appraise::TooLarge)
}

fn pack(agreement: &Agreement) -> Option<Pack> {
    let counted = |partner: Option<&str>| {
        let measures = agreement.measures.iter().filter(|measure| {
            measure.counts && partner.is_none_or(|partner| measure.partner == partner)
        });
        Pence::checked_sum(measures.map(|measure| measure.annual_benefit))
    };
    let benefit = counted(None)?;
    let members = agreement
        .partners
        .iter()
        .map(|partner| {
            Some(Member {
                benefit: counted(Some(&partner.id))?,
                weight: partner.weight,
                cap: partner.cap,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    let payable = agreement.guarantee.payable(benefit);
    let (fees, beyond_caps) = split(&payable, &members)?;
    let gained: f64 = members
        .iter()
        .map(|member| crate::number::real(member.gain()))
        .sum();
    let partners = agreement
        .partners
        .iter()
        .zip(&members)
        .zip(fees)
        .map(|((partner, member), fee)| {
            let gain = crate::number::real(member.gain());
            Some(Share {
                id: partner.id.clone(),
                name: partner.name.clone(),
                counted_benefit: member.benefit,
                benefit_share: if gained > 0.0 { gain / gained } else { 0.0 },
                fee,
                cap: partner.cap,
                net: member.benefit.checked_sub(fee)?,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    let guaranteed = agreement.guarantee.benefit;
    Some(Pack {
        title: agreement.title.clone(),
        source: agreement.source.clone(),
        assurance_date: agreement.assurance_date.clone(),
        counted_benefit: benefit,
        shortfall: guaranteed.checked_sub(benefit)?.max(Pence::ZERO),
        payable: payable.amount,
        words: agreement.guarantee.words(benefit, payable.amount),
        partners,
        beyond_caps,
        measures: agreement.measures.clone(),
        unknown: agreement.unknown.clone(),
        guarantee: agreement.guarantee.clone(),
    })
}

#[cfg(test)]
mod tests;
