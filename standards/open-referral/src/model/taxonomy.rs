//! Terms by which services are found.

use super::record::entity;
use crate::value::{Text, Uri, Uuid, WebAddress};

entity! {
    /// A list of terms (schema `taxonomy`).
    pub struct Taxonomy {
        required {
            /// The list.
            id: Uuid,
            /// What it is called.
            name: Text,
            /// What it is.
            description: Text,
        }
        optional {
            /// Where it is published.
            uri: WebAddress,
            /// Which version.
            version: Text,
        }
        one {}
        many {
            /// Its terms.
            taxonomy_terms: TaxonomyTerm,
        }
    }
}

entity! {
    /// A term (schema `taxonomy_term`).
    pub struct TaxonomyTerm {
        required {
            /// The term.
            id: Uuid,
            /// Its label.
            name: Text,
            /// What it means; where nothing was said, its label.
            description: Text,
        }
        optional {
            /// The broader term.
            parent_id: Uuid,
            /// The list it is of, by name.
            taxonomy: Text,
            /// The list it is of.
            taxonomy_id: Uuid,
            /// What names it everywhere.
            term_uri: Uri,
            /// Its code in the list.
            code: Text,
            /// Its label, again.
            term: Text,
        }
        one {}
        many {}
    }
}

entity! {
    /// That a term describes something (schema `attribute`).
    pub struct Attribute {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// What it describes.
            link_id: Uuid,
            /// The term.
            taxonomy_term_id: Uuid,
            /// In which way it describes it.
            link_type: Text,
        }
        one {
            /// The term, whole.
            taxonomy_term: TaxonomyTerm,
        }
        many {}
    }
}
