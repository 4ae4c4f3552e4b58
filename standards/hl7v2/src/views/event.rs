//! EVN: what happened, when.

use super::{datatypes::Person, view};
use crate::value::{TimeValue, Value};

view! {
    /// Event type.
    Evn, "EVN", [2, 3, 6]
}

impl<'m> Evn<'m> {
    /// EVN-1, kept for old versions; from 2.4 the event is in MSH-9.2 and this is often empty.
    pub fn code(&self) -> Value<'m> {
        self.0.field(1).value()
    }

    /// EVN-2, when the event was recorded.
    pub fn recorded(&self) -> TimeValue {
        self.0.time(2)
    }

    /// EVN-3, when a pending event is planned.
    pub fn planned(&self) -> TimeValue {
        self.0.time(3)
    }

    /// EVN-4.
    pub fn reason(&self) -> Value<'m> {
        self.0.field(4).value()
    }

    /// EVN-5, who recorded it.
    pub fn operators(&self) -> impl Iterator<Item = Person<'m>> + use<'m> {
        self.0.field(5).repeats().map(Person::new)
    }

    /// EVN-6, when the event happened. ITK requires it, since messages arrive out of order.
    pub fn occurred(&self) -> TimeValue {
        self.0.time(6)
    }

    /// EVN-7.
    pub fn facility(&self) -> Value<'m> {
        self.0.field(7).value()
    }
}
