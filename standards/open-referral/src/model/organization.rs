//! Organisations.

use super::record::entity;
use super::{Attribute, Contact, Phone};
use crate::value::{Email, Text, Uri, Uuid, WebAddress};

entity! {
    /// Who provides services (schema `organization`).
    pub struct Organization {
        required {
            /// The organisation.
            id: Uuid,
            /// What it is called.
            name: Text,
            /// What it is; where nothing was said, its name.
            description: Text,
        }
        optional {
            /// Another name by which people know it (HSDS).
            alternate_name: Text,
            /// Where to write.
            email: Email,
            /// Its site.
            website: WebAddress,
            /// A picture.
            logo: WebAddress,
            /// What names it everywhere, such as its address at a register.
            uri: Uri,
            /// What it is a part of.
            parent_organization_id: Uuid,
            /// Its form in law (HSDS).
            legal_status: Text,
        }
        one {}
        many {
            /// By which numbers registers know it.
            organization_identifiers: OrganizationIdentifier,
            /// Whom to ask (HSDS).
            contacts: Contact,
            /// Where to telephone (HSDS).
            phones: Phone,
            /// By which terms it is found.
            attributes: Attribute,
        }
    }
}

entity! {
    /// A number by which a register knows an organisation (schema `organization_identifier`).
    pub struct OrganizationIdentifier {
        required {
            /// The entry.
            id: Uuid,
            /// What kind of number, in words.
            identifier_type: Text,
            /// The number.
            identifier: Text,
        }
        optional {
            /// Whose number it is.
            organization_id: Uuid,
            /// The register, such as `GB-COH` (org-id.guide).
            identifier_scheme: Text,
        }
        one {}
        many {
            /// Terms about it.
            attributes: Attribute,
        }
    }
}
