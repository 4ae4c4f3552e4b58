//! What care may cost a person: the means test of the Care Act with its arithmetic shown line by line, and the
//! day on which savings run down to each limit.
//!
//! [`Tables`] are what a nation and its councils publish, dated and with their source. [`Tables::on`] gives the
//! [`Rates`] that a council uses on a day; what is missing there may be supplied ([`Rates::supply`]), and is never
//! made up. [`assess`] works out what somebody pays each week ([`Assessment`]: steps whose totals are the sums of
//! their lines), [`bounds`] between
//! what and what that lies while it is not known what they keep, and [`forecast`] what becomes of their savings. Money is whole pence.
//!
//! The rules are those of the Care and Support (Charging and Assessment of Resources) Regulations 2014 and of the
//! care and support statutory guidance, annexes A to F. An estimate decides nothing: a council assesses.
//!
//! It does no I/O and has no clock. It must not know where tables are kept, who asks, or how an answer is shown.

mod assess;
mod bounds;
mod capital;
mod deferred;
mod forecast;
mod income;
mod keep;
mod line;
mod paid;
mod rate;
mod rates;
mod refusal;
mod setting;
mod situation;
mod table;

pub use assess::{Assessment, Outcome, assess};
pub use bounds::{Bounds, bounds};
pub use deferred::Deferred;
pub use forecast::{Forecast, Outlook, Phase, Plan, Week, forecast};
pub use line::{Line, Step};
pub use rate::{Amount, Kind, Rate, Standing, Status, Unit};
pub use rates::{Rates, Supplied, Used};
pub use refusal::{FieldReason, Missing, Refusal};
pub use setting::Setting;
pub use situation::{Income, NotCounted, Property, Situation};
pub use table::{IncomeKind, PropertyReason, TableError, Tables};
