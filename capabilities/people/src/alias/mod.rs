//! That an organisation has joined two of its numbers: it says that they are one patient.
//!
//! Where here both numbers are known to be one person's, or only one is known, the other is taken to be
//! another number of the same person, so that messages under either are about that person. Where they are
//! two people's, nothing is joined: a review is opened, and a human decides. An organisation may err, and
//! others have seen one of the two people too.

mod store;

pub use store::same_patient;

use stour_kernel::PersonId;

/// What came of an organisation's word that two of its numbers are one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// Both numbers are this person's now.
    One(PersonId),
    /// They are two people's, whom somebody is to compare.
    Review {
        /// Whose the number is that remains.
        remaining: PersonId,
        /// Whose the number is that was retired.
        retired: PersonId,
    },
    /// They are two people's, and a human has said before that these two are not one.
    Different {
        /// Whose the number is that remains.
        remaining: PersonId,
        /// Whose the number is that was retired.
        retired: PersonId,
    },
}
