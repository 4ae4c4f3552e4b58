//! What it costs, and who pays.

use stour_kernel::Date;

use super::record::entity;
use crate::value::{Amount, Text, Uuid};

entity! {
    /// A price (schema `cost_option`).
    pub struct CostOption {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Of which service.
            service_id: Uuid,
            /// From which day.
            valid_from: Date,
            /// Up to which day.
            valid_to: Date,
            /// For whom or for what.
            option: Text,
            /// How much.
            amount: Amount,
            /// In which currency, `GBP` (HSDS).
            currency: Text,
            /// For what, such as an hour.
            amount_description: Text,
        }
        one {}
        many {}
    }
}

entity! {
    /// Who pays for a service (schema `funding`).
    pub struct Funding {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Of which service.
            service_id: Uuid,
            /// Who pays, in words.
            source: Text,
        }
        one {}
        many {}
    }
}
