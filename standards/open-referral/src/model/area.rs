//! Where people may live who use a service.

use super::record::entity;
use crate::value::{Text, Uri, Uuid};

entity! {
    /// An area that a service is for (schema `service_area`).
    pub struct ServiceArea {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Of which service.
            service_id: Uuid,
            /// Its name.
            name: Text,
            /// Its outline, in the form that `extent_type` says.
            extent: Text,
            /// In which form the outline is, such as `geojson`.
            extent_type: Text,
            /// What names it everywhere.
            uri: Uri,
            /// The area in words.
            service_area: Text,
        }
        one {}
        many {}
    }
}
