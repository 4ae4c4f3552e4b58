//! PV1 and PV2: the stay or attendance.

use super::{
    datatypes::{Identifier, Location, Person},
    view,
};
use crate::value::{TimeValue, Value};

view! {
    /// Patient visit.
    Pv1, "PV1", [44, 45]
}

impl<'m> Pv1<'m> {
    /// PV1-2: `I` inpatient, `O` outpatient, `E` emergency, `P` pre-admission and others.
    pub fn class(&self) -> Value<'m> {
        self.0.field(2).value()
    }

    /// PV1-3, where the patient is.
    pub fn location(&self) -> Location<'m> {
        Location::new(self.0.field(3).repeat(1))
    }

    /// PV1-4, by ITK the NHS admission method.
    pub fn admission_type(&self) -> Value<'m> {
        self.0.field(4).value()
    }

    /// PV1-6, where the patient was before.
    pub fn prior_location(&self) -> Location<'m> {
        Location::new(self.0.field(6).repeat(1))
    }

    /// PV1-7.
    pub fn attending(&self) -> impl Iterator<Item = Person<'m>> + use<'m> {
        self.0.field(7).repeats().map(Person::new)
    }

    /// PV1-8.
    pub fn referring(&self) -> impl Iterator<Item = Person<'m>> + use<'m> {
        self.0.field(8).repeats().map(Person::new)
    }

    /// PV1-9, by ITK the consultant.
    pub fn consulting(&self) -> impl Iterator<Item = Person<'m>> + use<'m> {
        self.0.field(9).repeats().map(Person::new)
    }

    /// PV1-10, hospital service: by ITK the specialty, such as `300` general medicine.
    pub fn specialty(&self) -> Value<'m> {
        self.0.field(10).value()
    }

    /// PV1-11, a place the patient is in for a while.
    pub fn temporary_location(&self) -> Location<'m> {
        Location::new(self.0.field(11).repeat(1))
    }

    /// PV1-14, by ITK the NHS source of admission.
    pub fn admission_source(&self) -> Value<'m> {
        self.0.field(14).value()
    }

    /// PV1-18.
    pub fn patient_type(&self) -> Value<'m> {
        self.0.field(18).value()
    }

    /// PV1-19, the identifier of the visit.
    pub fn visit_number(&self) -> Identifier<'m> {
        Identifier::new(self.0.field(19).repeat(1))
    }

    /// PV1-36, by ITK the NHS discharge destination.
    pub fn discharge_disposition(&self) -> Value<'m> {
        self.0.field(36).value()
    }

    /// PV1-37, where the patient was discharged to.
    pub fn discharged_to(&self) -> Value<'m> {
        self.0.field(37).value()
    }

    /// PV1-42, where the patient will be.
    pub fn pending_location(&self) -> Location<'m> {
        Location::new(self.0.field(42).repeat(1))
    }

    /// PV1-44.
    pub fn admitted(&self) -> TimeValue {
        self.0.time(44)
    }

    /// PV1-45.
    pub fn discharged(&self) -> TimeValue {
        self.0.time(45)
    }
}

view! {
    /// Patient visit, additional information.
    Pv2, "PV2", [8, 9]
}

impl<'m> Pv2<'m> {
    /// PV2-1, where the patient was expected to be.
    pub fn prior_pending_location(&self) -> Location<'m> {
        Location::new(self.0.field(1).repeat(1))
    }

    /// PV2-3, why the patient was admitted: the text if there is one, else the code.
    pub fn admission_reason(&self) -> Value<'m> {
        let reason = self.0.field(3);
        match reason.component(2).value() {
            Value::Absent => reason.value(),
            text => text,
        }
    }

    /// PV2-8.
    pub fn expected_admission(&self) -> TimeValue {
        self.0.time(8)
    }

    /// PV2-9. ITK requires it in A16, a pending discharge; hospitals send it in A01 and A08 too.
    pub fn expected_discharge(&self) -> TimeValue {
        self.0.time(9)
    }

    /// PV2-10, expected length of stay in days.
    pub fn expected_length_of_stay(&self) -> Value<'m> {
        self.0.field(10).value()
    }

    /// PV2-38, how the patient came: a code of HL7 table 0430. The field is there since version 2.4.
    pub fn mode_of_arrival(&self) -> Value<'m> {
        self.0.field(38).value()
    }
}
