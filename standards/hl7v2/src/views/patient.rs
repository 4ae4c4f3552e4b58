//! PID and PD1: who the patient is.

use super::{
    datatypes::{Address, Identifier, Name, Organisation, Person, Phone},
    view,
};
use crate::value::{TimeValue, Value};

view! {
    /// Patient identification.
    Pid, "PID", [7, 29]
}

impl<'m> Pid<'m> {
    /// PID-2, the external identifier of versions before 2.3.1.
    pub fn external_identifier(&self) -> Identifier<'m> {
        Identifier::new(self.0.field(2).repeat(1))
    }

    /// PID-3, the patient's identifiers, each with who assigned it.
    pub fn identifiers(&self) -> impl Iterator<Item = Identifier<'m>> + use<'m> {
        self.0.field(3).repeats().map(Identifier::new)
    }

    /// PID-4, alternate identifiers of versions before 2.3.1.
    pub fn alternate_identifiers(&self) -> impl Iterator<Item = Identifier<'m>> + use<'m> {
        self.0.field(4).repeats().map(Identifier::new)
    }

    /// PID-5, names.
    pub fn names(&self) -> impl Iterator<Item = Name<'m>> + use<'m> {
        self.0.field(5).repeats().map(Name::new)
    }

    /// PID-7, when the patient was born.
    pub fn birth(&self) -> TimeValue {
        self.0.time(7)
    }

    /// PID-8: by ITK the NHS codes `0`, `1` male, `2` female, `9`; elsewhere `M`, `F`, `U`.
    pub fn sex(&self) -> Value<'m> {
        self.0.field(8).value()
    }

    /// PID-11, addresses.
    pub fn addresses(&self) -> impl Iterator<Item = Address<'m>> + use<'m> {
        self.0.field(11).repeats().map(Address::new)
    }

    /// PID-13, home telephones and electronic addresses.
    pub fn home_phones(&self) -> impl Iterator<Item = Phone<'m>> + use<'m> {
        self.0.field(13).repeats().map(Phone::new)
    }

    /// PID-14, work telephones.
    pub fn work_phones(&self) -> impl Iterator<Item = Phone<'m>> + use<'m> {
        self.0.field(14).repeats().map(Phone::new)
    }

    /// PID-15, the patient's language.
    pub fn language(&self) -> Value<'m> {
        self.0.field(15).value()
    }

    /// PID-16.
    pub fn marital_status(&self) -> Value<'m> {
        self.0.field(16).value()
    }

    /// PID-17.
    pub fn religion(&self) -> Value<'m> {
        self.0.field(17).value()
    }

    /// PID-22, ethnic category.
    pub fn ethnic_category(&self) -> Value<'m> {
        self.0.field(22).value()
    }

    /// PID-29, when the patient died.
    pub fn death(&self) -> TimeValue {
        self.0.time(29)
    }

    /// PID-30, whether the patient has died: `Y` or `N`.
    pub fn has_died(&self) -> Value<'m> {
        self.0.field(30).value()
    }

    /// PID-32, how far the identity can be relied on.
    pub fn identity_reliability(&self) -> Value<'m> {
        self.0.field(32).value()
    }
}

view! {
    /// Additional demographics.
    Pd1, "PD1", []
}

impl<'m> Pd1<'m> {
    /// PD1-3, the patient's general practice.
    pub fn practices(&self) -> impl Iterator<Item = Organisation<'m>> + use<'m> {
        self.0.field(3).repeats().map(Organisation::new)
    }

    /// PD1-4, the patient's general practitioner.
    pub fn practitioners(&self) -> impl Iterator<Item = Person<'m>> + use<'m> {
        self.0.field(4).repeats().map(Person::new)
    }
}
