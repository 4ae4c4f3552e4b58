//! A record, ready to be compared.

use super::sql::Slot;

/// A record with everything that the model computes from it alone.
///
/// It belongs to the model that made it.
#[derive(Debug, Clone)]
pub struct Record {
    slots: Vec<Slot>,
}

impl Record {
    pub(super) fn new(slots: Vec<Slot>) -> Self {
        Self { slots }
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }
}
