//! The third ladder: which budget is smaller for it?

use std::collections::BTreeMap;

use stour_kernel::Pence;

use super::{NotSigned, Signature, ValueConfirmed};

/// A line of a budget that is reduced, as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its number in the register.
    pub number: i64,
    /// Its version.
    pub version: i64,
    /// The financial year in which it is reduced first.
    pub year: String,
    /// By how much it is reduced a year.
    pub reduced_by: Pence,
}

/// A budget line is named that will be smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    value: ValueConfirmed,
    line: BudgetLine,
}

/// A finance officer signed that the line is reduced. It is not cashed until a journal says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    named: Named,
    signature: Signature,
}

/// Where a benefit stands on this ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cashable {
    /// No budget line is named for a value that is signed for.
    NotNamed,
    /// One is named.
    Named(Named),
    /// That is signed for.
    Agreed(Agreed),
}

/// The budget lines of one value: all that are named in one year together take no more than the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reductions {
    value: ValueConfirmed,
    taken: BTreeMap<String, Pence>,
}

impl ValueConfirmed {
    /// The value as what budget lines are held against.
    pub fn reductions(self) -> Reductions {
        Reductions {
            value: self,
            taken: BTreeMap::new(),
        }
    }
}

impl Reductions {
    /// Names a budget line that is reduced, beside those that were named before.
    ///
    /// # Errors
    /// [`NotSigned::NotReduced`], or [`NotSigned::MoreThanValue`] where the lines of that year would together take more than
    /// the change is worth a year; then the line counts for nothing.
    pub fn name(&mut self, line: BudgetLine) -> Result<Named, NotSigned> {
        if line.reduced_by <= Pence::ZERO {
            return Err(NotSigned::NotReduced);
        }
        let before = self.taken.get(&line.year).copied().unwrap_or(Pence::ZERO);
        let together = before.checked_add(line.reduced_by);
        match together.filter(|sum| *sum <= self.value.valued().yearly()) {
            None => Err(NotSigned::MoreThanValue),
            Some(sum) => {
                self.taken.insert(line.year.clone(), sum);
                Ok(Named {
                    value: self.value.clone(),
                    line,
                })
            }
        }
    }

    /// What the lines that were named take together in a year.
    pub fn taken(&self, year: &str) -> Pence {
        self.taken.get(year).copied().unwrap_or(Pence::ZERO)
    }
}

impl Named {
    /// The value that the line is reduced by.
    pub fn value(&self) -> &ValueConfirmed {
        &self.value
    }

    /// The line.
    pub fn line(&self) -> &BudgetLine {
        &self.line
    }

    /// Signs that the line is reduced.
    ///
    /// # Errors
    /// [`NotSigned::OwnWork`] for whoever named the line.
    pub fn signed(self, signature: Signature, authors: &[String]) -> Result<Agreed, NotSigned> {
        let signature = signature.of_another(authors)?;
        Ok(Agreed {
            named: self,
            signature,
        })
    }
}

impl Agreed {
    /// What was signed.
    pub fn named(&self) -> &Named {
        &self.named
    }

    /// Who signed it.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}
