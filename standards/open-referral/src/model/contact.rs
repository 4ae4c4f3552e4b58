//! Whom to ask, and in which language.

use super::Attribute;
use super::record::entity;
use crate::value::{Email, Text, Uuid};

entity! {
    /// Whom to ask (schema `contact`).
    pub struct Contact {
        required {
            /// The contact.
            id: Uuid,
        }
        optional {
            /// For which service.
            service_id: Uuid,
            /// Who it is.
            name: Text,
            /// What they do.
            title: Text,
            /// Where they work in the organisation (HSDS).
            department: Text,
            /// Where to write (HSDS).
            email: Email,
        }
        one {}
        many {
            /// Where to telephone (HSDS).
            phones: Phone,
            /// Terms about it.
            attributes: Attribute,
        }
    }
}

entity! {
    /// A telephone number (schema `phone`).
    pub struct Phone {
        required {
            /// The entry.
            id: Uuid,
            /// The number as it is dialled.
            number: Text,
        }
        optional {
            /// Whose it is.
            contact_id: Uuid,
            /// What it is for.
            description: Text,
        }
        one {}
        many {
            /// Which languages are spoken there.
            languages: Language,
        }
    }
}

entity! {
    /// A language in which a service is given (schema `language`).
    pub struct Language {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Of which service.
            service_id: Uuid,
            /// Of which telephone.
            phone_id: Uuid,
            /// Its name (HSDS).
            name: Text,
            /// Its code of ISO 639 (HSDS).
            code: Text,
            /// More about it (HSDS).
            note: Text,
        }
        one {}
        many {}
    }
}
