//! The words every other part of Stour is written in: identifiers, money, dates and code lists,
//! and the three things that are parameters rather than globals: the clock, randomness and
//! identity ([`Environment`]).
//!
//! Every value here is checked once, where text becomes a value, and is right from then on. The
//! crate must not know of databases, the web, organisations by name or any list of codes: those
//! are data, loaded by others into these shapes. It does no I/O except to read the system's clock
//! and its random source, each in one place.

mod clock;
mod code;
mod code_list;
mod environment;
mod gss_code;
mod hex;
mod id;
mod locality_code;
mod nhs_number;
mod ods_code;
mod pence;
mod period;
mod postcode;
mod postcode_part;
mod randomness;
mod short_text;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;

pub use clock::{Clock, FixedClock, SystemClock, london, london_date};
pub use code::{Code, CodeError};
pub use code_list::{CodeEntry, CodeList, CodeListError, CodeMap, CodeMapEntry, TranslationError};
pub use environment::Environment;
pub use gss_code::{GssCode, GssCodeError};
pub use hex::hex;
pub use id::{FactId, Id, IdError, IdSequence, PersonId, ThreadId, TypedId, UserId};
pub use jiff::{Timestamp, civil::Date};
pub use locality_code::{LocalityCode, LocalityCodeError};
pub use nhs_number::{NhsNumber, NhsNumberError};
pub use ods_code::{OdsCode, OdsCodeError};
pub use pence::{Pence, PenceError};
pub use period::{Period, PeriodError};
pub use postcode::{Postcode, PostcodeError};
pub use postcode_part::PostcodePart;
pub use randomness::{Randomness, SeededRandomness, SystemRandomness};

/// What `typed_id!` needs in the crates that use it; not for use by hand.
#[doc(hidden)]
pub use serde as __serde;
