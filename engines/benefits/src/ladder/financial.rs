//! The second ladder: what is the change worth a year?

use stour_kernel::Pence;

use super::{Confirmed, NotSigned, Signature};

/// Which version of which conversion gave the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Its number in the register.
    pub number: i64,
    /// Its version.
    pub version: i64,
}

/// The change has a value by a dated conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valued {
    confirmed: Confirmed,
    conversion: Conversion,
    yearly: Pence,
}

/// A finance officer signed the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueConfirmed {
    valued: Valued,
    signature: Signature,
}

/// Where a benefit stands on this ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Financial {
    /// No conversion has given a value to a change that is signed for.
    NotValued,
    /// It has a value.
    Valued(Valued),
    /// That is signed for.
    Confirmed(ValueConfirmed),
}

impl Confirmed {
    /// Gives the change its value a year, by a version of a conversion.
    pub fn valued(self, conversion: Conversion, yearly: Pence) -> Valued {
        Valued {
            confirmed: self,
            conversion,
            yearly,
        }
    }
}

impl Valued {
    /// The change that has the value.
    pub fn change(&self) -> &Confirmed {
        &self.confirmed
    }

    /// Which conversion gave it.
    pub fn conversion(&self) -> &Conversion {
        &self.conversion
    }

    /// What it is worth a year.
    pub fn yearly(&self) -> Pence {
        self.yearly
    }

    /// Signs the value.
    ///
    /// # Errors
    /// [`NotSigned::OwnWork`] for whoever wrote the benefit or the conversion.
    pub fn signed(
        self,
        signature: Signature,
        authors: &[String],
    ) -> Result<ValueConfirmed, NotSigned> {
        let signature = signature.of_another(authors)?;
        Ok(ValueConfirmed {
            valued: self,
            signature,
        })
    }
}

impl ValueConfirmed {
    /// What was signed.
    pub fn valued(&self) -> &Valued {
        &self.valued
    }

    /// Who signed it.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}
