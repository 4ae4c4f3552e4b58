//! What the pages of benefits have in common: the programme, its benefits beside their figures, and what their ladders stand
//! on.

use stour_register::Entry;
use stour_web::{Caller, Problem};

use super::evidence::Evidence;
use super::kind;
use super::ladder::{Climb, climb};
use super::measured::{Measured, measured};
use crate::governance::shell::{Opened, open};

/// A programme with its benefits.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) opened: Opened,
    /// By number.
    pub(crate) all: Vec<Measured>,
    pub(crate) evidence: Evidence,
}

impl View {
    /// Asks for permission and reads everything.
    ///
    /// # Errors
    /// 403, or 404 when there is no such programme.
    pub(crate) async fn of(caller: &Caller, programme: &str) -> Result<Self, Problem> {
        let opened = open(caller, programme).await?;
        let all = measured(caller.house(), &opened.entries).await?;
        let scope = opened.scope.clone();
        let database = caller.house().database();
        let evidence = database.read(move |tx| Evidence::read(tx, &scope)).await?;
        Ok(Self {
            opened,
            all,
            evidence,
        })
    }

    /// One benefit by its number.
    ///
    /// # Errors
    /// 404.
    pub(crate) fn one(&self, number: i64) -> Result<(&Measured, &Entry), Problem> {
        let measured = self.all.iter().find(|one| one.benefit.number == number);
        let entry = self.opened.entries.entry(kind::KIND.name, number);
        measured.zip(entry).ok_or_else(Problem::not_found)
    }

    /// How far a benefit has come.
    pub(crate) fn climb(&self, one: &Measured) -> Climb {
        climb(one, &self.opened.entries, &self.evidence)
    }

    /// The address of a benefit, and of what is below it.
    pub(crate) fn address(&self, number: i64, below: &str) -> String {
        self.opened.address(&format!("/benefits/{number}{below}"))
    }
}
