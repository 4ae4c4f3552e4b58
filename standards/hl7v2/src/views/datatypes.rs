//! Composite data types: CX, HD, XPN, XAD, XTN, XCN, XON and PL.

use std::borrow::Cow;

use crate::{
    segment::{Component, Repeat},
    value::Value,
};

macro_rules! datatype {
    ($(#[$doc:meta])* $name:ident { $($(#[$part:meta])* $method:ident: $component:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'m>(Repeat<'m>);

        impl<'m> $name<'m> {
            pub(super) fn new(repeat: Repeat<'m>) -> Self {
                Self(repeat)
            }

            $(
                $(#[$part])*
                pub fn $method(&self) -> Value<'m> {
                    self.0.component($component).value()
                }
            )*

            /// Any component, from 1.
            pub fn component(&self, number: usize) -> Component<'m> {
                self.0.component(number)
            }

            /// Its text as it stands in the message.
            pub fn raw(&self) -> &'m str {
                self.0.raw()
            }

            /// Whether nothing is said.
            pub fn is_absent(&self) -> bool {
                self.0.is_absent()
            }

            /// Whether the receiver is told to delete the whole of it.
            pub fn is_delete(&self) -> bool {
                self.0.is_delete()
            }
        }
    };
}

datatype! {
    /// An identifier with who assigned it (CX).
    Identifier {
        /// CX.1.
        id: 1,
        /// CX.2.
        check_digit: 2,
        /// CX.5, the kind of identifier (HL7 table 0203).
        kind: 5,
        /// CX.6, the facility that assigned it.
        facility: 6,
    }
}

impl<'m> Identifier<'m> {
    /// CX.4, who assigned it.
    pub fn authority(&self) -> Authority<'m> {
        Authority(self.0.component(4))
    }

    /// Whether it says it is an NHS number: assigned by `NHS`, as ITK has it, or of kind `NH`
    /// (HL7 table 0203, national health plan identifier). Whether it is a valid one isn't said.
    pub fn is_nhs_number(&self) -> bool {
        let is = |value: Value<'_>, wanted: &str| {
            value
                .text()
                .is_some_and(|text| text.trim().eq_ignore_ascii_case(wanted))
        };
        is(self.authority().namespace(), "NHS") || is(self.kind(), "NH")
    }
}

/// Who assigned an identifier (HD), in the subcomponents of a component.
#[derive(Debug, Clone, Copy)]
pub struct Authority<'m>(Component<'m>);

impl<'m> Authority<'m> {
    /// HD.1, a local name.
    pub fn namespace(&self) -> Value<'m> {
        self.0.subcomponent(1).value()
    }

    /// HD.2, an identifier that is unique anywhere, such as an OID.
    pub fn universal_id(&self) -> Value<'m> {
        self.0.subcomponent(2).value()
    }

    /// HD.3, what kind of identifier that is, such as `ISO`.
    pub fn universal_id_type(&self) -> Value<'m> {
        self.0.subcomponent(3).value()
    }
}

datatype! {
    /// A person's name (XPN).
    Name {
        /// XPN.1, its first subcomponent.
        family: 1,
        /// XPN.2.
        given: 2,
        /// XPN.3, further given names.
        further: 3,
        /// XPN.4, such as Junior.
        suffix: 4,
        /// XPN.5, the title.
        title: 5,
        /// XPN.7 (HL7 table 0200): `L` legal, `A` alias, `M` maiden, `D` display.
        kind: 7,
    }
}

datatype! {
    /// An address (XAD). ITK puts the lines of a British address in the first four components.
    Address {
        /// XAD.1, the first line.
        line1: 1,
        /// XAD.2, the second line.
        line2: 2,
        /// XAD.3, the town.
        town: 3,
        /// XAD.4, the county.
        county: 4,
        /// XAD.5.
        postcode: 5,
        /// XAD.6, three letters of ISO 3166.
        country: 6,
        /// XAD.7 (HL7 table 0190): `H` home, `C` current or temporary, `M` mailing.
        kind: 7,
    }
}

datatype! {
    /// A telephone number or electronic address (XTN).
    Phone {
        /// XTN.2 (HL7 table 0201), such as `PRN` primary residence.
        usage: 2,
        /// XTN.3 (HL7 table 0202), such as `PH`, `CP` mobile, `Internet`.
        equipment: 3,
        /// XTN.4, an e-mail address.
        email: 4,
    }
}

impl<'m> Phone<'m> {
    /// The number: XTN.1, else the unformatted XTN.12 of version 2.7, else country, area and local
    /// number (XTN.5 to 7) joined by spaces.
    pub fn number(&self) -> Value<'m> {
        for component in [1, 12] {
            match self.0.component(component).value() {
                Value::Absent => {}
                number => return number,
            }
        }
        let parts = [5, 6, 7].map(|component| self.0.component(component).value());
        let parts: Vec<&str> = parts.iter().filter_map(Value::text).collect();
        match parts.as_slice() {
            [] => Value::Absent,
            parts => Value::Text(Cow::Owned(parts.join(" "))),
        }
    }
}

datatype! {
    /// A person with a code, such as a clinician (XCN).
    Person {
        /// XCN.1, the code.
        id: 1,
        /// XCN.2, its first subcomponent.
        family: 2,
        /// XCN.3.
        given: 3,
        /// XCN.4, further given names.
        further: 4,
        /// XCN.6, the title. Senders slip by a component, so look at XCN.5 and 7 too.
        title: 6,
    }
}

impl<'m> Person<'m> {
    /// XCN.9, who assigned the code, such as `GMC`.
    pub fn authority(&self) -> Authority<'m> {
        Authority(self.0.component(9))
    }
}

datatype! {
    /// An organisation (XON).
    Organisation {
        /// XON.1.
        name: 1,
        /// XON.3: by ITK the ODS code.
        id: 3,
        /// XON.10, the code from version 2.5.
        identifier: 10,
    }
}

impl<'m> Organisation<'m> {
    /// The organisation's code: XON.3, else XON.10.
    pub fn code(&self) -> Value<'m> {
        match self.id() {
            Value::Absent => self.identifier(),
            id => id,
        }
    }
}

datatype! {
    /// A place in a hospital (PL).
    ///
    /// HL7 has point of care (the ward), room, bed, facility. Of ITK's examples some put the ward
    /// first and some second, after the trust's code or the name of a wing.
    Location {
        /// PL.1.
        point_of_care: 1,
        /// PL.2.
        room: 2,
        /// PL.3.
        bed: 3,
        /// PL.4, its first subcomponent: by ITK the code of the hospital site.
        facility: 4,
        /// PL.5, such as occupied.
        status: 5,
        /// PL.6.
        kind: 6,
        /// PL.7.
        building: 7,
        /// PL.8.
        floor: 8,
        /// PL.9.
        description: 9,
    }
}

impl<'m> Location<'m> {
    /// What may be the ward, to be looked up in that order in a list of the site's wards: PL.2,
    /// where ITK's examples have it, then PL.1, where HL7 has it. Which it is depends on the
    /// sender, so nothing is chosen here.
    pub fn ward_candidates(&self) -> impl Iterator<Item = Cow<'m, str>> + use<'m> {
        [self.room(), self.point_of_care()]
            .into_iter()
            .filter_map(Value::into_text)
    }
}
