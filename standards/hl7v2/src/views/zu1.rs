//! ZU1: what the United Kingdom adds to a visit (NHS ITK HL7 V2 message specifications).

use super::view;
use crate::value::{TimeValue, Value};

view! {
    /// Additional information about a patient's visit.
    Zu1, "ZU1", [1, 4, 5, 24]
}

impl<'m> Zu1<'m> {
    /// ZU1-1, when the decision to admit was made.
    pub fn decided_to_admit(&self) -> TimeValue {
        self.0.time(1)
    }

    /// ZU1-4, when the consultant episode began.
    pub fn episode_started(&self) -> TimeValue {
        self.0.time(4)
    }

    /// ZU1-5, when the consultant episode ended.
    pub fn episode_ended(&self) -> TimeValue {
        self.0.time(5)
    }

    /// ZU1-13, who referred.
    pub fn referral_source(&self) -> Value<'m> {
        self.0.field(13).value()
    }

    /// ZU1-22, whether the patient is medically fit: `Y` or `N`.
    pub fn medically_fit(&self) -> Value<'m> {
        self.0.field(22).value()
    }

    /// ZU1-24, the date the patient became medically fit and ready for discharge.
    pub fn ready_for_discharge(&self) -> TimeValue {
        self.0.time(24)
    }
}
