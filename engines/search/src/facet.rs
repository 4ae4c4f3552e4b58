//! What a list of results can be narrowed by.

use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, place};

/// One thing that entries differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// Service or organisation.
    Kind,
    /// At a place, at home, online, by telephone.
    Way,
    /// Taxonomy terms.
    Term,
    /// Organisations.
    Organisation,
    /// Whom it is for.
    Eligibility,
    /// Free or not.
    Cost,
    /// Languages.
    Language,
    /// Councils: where a site is, or whose people a service comes to.
    Council,
    /// Accessibility. An entry must have all that are chosen, at one site; of the other facets, any.
    Access,
    /// Days of the week on which it is open, `0` for Monday to `6` for Sunday.
    Day,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Kind,
        Self::Way,
        Self::Term,
        Self::Organisation,
        Self::Eligibility,
        Self::Cost,
        Self::Language,
        Self::Council,
        Self::Access,
        Self::Day,
    ];

    /// Its bit among the filters.
    pub(crate) fn bit(self) -> u32 {
        let place = Self::ALL.iter().take_while(|other| **other != self).count();
        1_u32
            .checked_shl(u32::try_from(place).unwrap_or(u32::MAX))
            .unwrap_or(0)
    }

    /// Whether each site has values of its own.
    pub(crate) const fn is_of_site(self) -> bool {
        matches!(self, Self::Council | Self::Access | Self::Day)
    }
}

/// A value of a facet and how many would be found with it, all other filters as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The code or term.
    pub value: String,
    /// How many services and organisations.
    pub count: u32,
    /// Whether the query has chosen it.
    pub is_chosen: bool,
}

/// The values of all facets, each numbered once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Values {
    /// The facet as one letter, then the value.
    texts: Dictionary,
    facets: Vec<Facet>,
}

impl Values {
    pub(crate) fn intern(&mut self, facet: Facet, value: &str) -> u32 {
        let (number, is_new) = self.texts.intern(&key(facet, value));
        if is_new {
            self.facets.push(facet);
        }
        number
    }

    pub(crate) fn find(&self, facet: Facet, value: &str) -> Option<u32> {
        self.texts.find(&key(facet, value))
    }

    pub(crate) fn facet(&self, number: u32) -> Option<Facet> {
        self.facets.get(place(number)).copied()
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.text(number).get(1..).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }
}

fn key(facet: Facet, value: &str) -> String {
    let letter = match facet {
        Facet::Kind => 'k',
        Facet::Way => 'w',
        Facet::Term => 't',
        Facet::Organisation => 'o',
        Facet::Eligibility => 'e',
        Facet::Cost => 'c',
        Facet::Language => 'l',
        Facet::Council => 'u',
        Facet::Access => 'a',
        Facet::Day => 'd',
    };
    let mut key = String::with_capacity(value.len() + 1);
    key.push(letter);
    key.push_str(value);
    key
}
