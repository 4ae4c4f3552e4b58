//! MSH: who sent what, to whom, when.

use super::view;
use crate::value::{TimeValue, Value};

view! {
    /// Message header.
    Msh, "MSH", [7]
}

impl<'m> Msh<'m> {
    /// MSH-3, first component.
    pub fn sending_application(&self) -> Value<'m> {
        self.0.field(3).value()
    }

    /// MSH-4, first component: in England usually an ODS code.
    pub fn sending_facility(&self) -> Value<'m> {
        self.0.field(4).value()
    }

    /// MSH-5, first component.
    pub fn receiving_application(&self) -> Value<'m> {
        self.0.field(5).value()
    }

    /// MSH-6, first component.
    pub fn receiving_facility(&self) -> Value<'m> {
        self.0.field(6).value()
    }

    /// MSH-7, when the message was made.
    pub fn made(&self) -> TimeValue {
        self.0.time(7)
    }

    /// MSH-9.1, such as `ADT`.
    pub fn kind(&self) -> Value<'m> {
        self.0.field(9).component(1).value()
    }

    /// MSH-9.2, the trigger event, such as `A01`.
    pub fn event(&self) -> Value<'m> {
        self.0.field(9).component(2).value()
    }

    /// MSH-9.3, such as `ADT_A01`.
    pub fn structure(&self) -> Value<'m> {
        self.0.field(9).component(3).value()
    }

    /// MSH-10, the message's identifier to its sender.
    pub fn control_id(&self) -> Value<'m> {
        self.0.field(10).value()
    }

    /// MSH-11.1: `P` production, `T` training, `D` debugging.
    pub fn processing_id(&self) -> Value<'m> {
        self.0.field(11).value()
    }

    /// MSH-12.1, such as `2.4`.
    pub fn version(&self) -> Value<'m> {
        self.0.field(12).value()
    }

    /// MSH-13, for senders that number their messages.
    pub fn sequence_number(&self) -> Value<'m> {
        self.0.field(13).value()
    }

    /// MSH-18, first repeat.
    pub fn character_set(&self) -> Value<'m> {
        self.0.field(18).value()
    }
}
