//! DG1: what a patient has, one segment for each diagnosis.

use super::view;
use crate::value::{TimeValue, Value};

view! {
    /// A diagnosis.
    Dg1, "DG1", [5]
}

impl<'m> Dg1<'m> {
    /// DG1-2, the coding system as it was named before version 2.3; now the third part of DG1-3.
    pub fn coding_method(&self) -> Value<'m> {
        self.0.field(2).value()
    }

    /// DG1-3, the code.
    pub fn code(&self) -> Value<'m> {
        self.0.field(3).component(1).value()
    }

    /// DG1-3, the coding system of the code (HL7 table 0396): `I10` for ICD-10.
    pub fn coding_system(&self) -> Value<'m> {
        self.0.field(3).component(3).value()
    }

    /// DG1-5, when it was made.
    pub fn made(&self) -> TimeValue {
        self.0.time(5)
    }

    /// DG1-6, `A` on admission, `W` working, `F` final (HL7 table 0052).
    pub fn kind(&self) -> Value<'m> {
        self.0.field(6).value()
    }

    /// DG1-15, `1` for the primary diagnosis, more for the others (HL7 table 0359).
    pub fn priority(&self) -> Value<'m> {
        self.0.field(15).value()
    }
}
