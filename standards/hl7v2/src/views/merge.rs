//! MRG: the identifiers that a merge retires.

use super::{
    datatypes::{Identifier, Name},
    view,
};

view! {
    /// Merge patient information. In ITK's A40 the list of MRG-1 pairs with that of PID-3 by
    /// position.
    Mrg, "MRG", []
}

impl<'m> Mrg<'m> {
    /// MRG-1, retired patient identifiers.
    pub fn identifiers(&self) -> impl Iterator<Item = Identifier<'m>> + use<'m> {
        self.0.field(1).repeats().map(Identifier::new)
    }

    /// MRG-2, retired alternate identifiers.
    pub fn alternate_identifiers(&self) -> impl Iterator<Item = Identifier<'m>> + use<'m> {
        self.0.field(2).repeats().map(Identifier::new)
    }

    /// MRG-3, the retired account.
    pub fn account(&self) -> Identifier<'m> {
        Identifier::new(self.0.field(3).repeat(1))
    }

    /// MRG-4, the retired external identifier of versions before 2.3.1.
    pub fn external_identifier(&self) -> Identifier<'m> {
        Identifier::new(self.0.field(4).repeat(1))
    }

    /// MRG-5, the retired visit number.
    pub fn visit_number(&self) -> Identifier<'m> {
        Identifier::new(self.0.field(5).repeat(1))
    }

    /// MRG-7, retired names.
    pub fn names(&self) -> impl Iterator<Item = Name<'m>> + use<'m> {
        self.0.field(7).repeats().map(Name::new)
    }
}
