//! What is searched for: services and organisations, as plain values.

use serde::{Deserialize, Serialize};

use crate::point::Point;

/// A service or an organisation. Codes and terms are texts of whoever builds the index; their labels are theirs too.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Its id; another entry with it takes its place.
    pub id: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Other names, and the labels of its terms: words that weigh nearly as much as the name.
    pub keywords: Vec<String>,
    /// What is said of it, as plain text.
    pub text: String,
    /// The id of its organisation.
    pub organisation: Option<String>,
    /// What its organisation is called.
    pub organisation_name: String,
    /// The taxonomy terms that it has, with those above them.
    pub terms: Vec<String>,
    /// Other names of its terms, by which needs may know them.
    pub codes: Vec<String>,
    /// Whom it is for.
    pub eligibility: Vec<String>,
    /// Languages in which it is given.
    pub languages: Vec<String>,
    /// What it costs, when that is known.
    pub cost: Option<Cost>,
    /// How it is given other than at a site.
    pub ways: Vec<Way>,
    /// The councils whose people it serves where it comes to them; `None` for everybody.
    pub covers: Option<Vec<String>>,
    /// Accessibility features wherever it is given.
    pub access: Vec<String>,
    /// When it is open where a site does not say otherwise.
    pub openings: Vec<Opening>,
    /// Who is old enough, and not too old.
    pub ages: Ages,
    /// Where it is given.
    pub sites: Vec<Site>,
}

/// A place where a service is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Where it is.
    pub point: Point,
    /// The code of the council there.
    pub council: Option<String>,
    /// Accessibility features of this site.
    pub access: Vec<String>,
    /// When it is open here; without any, as the service says.
    pub openings: Vec<Opening>,
}

/// The day on which an entry was made, as a day of [`Opening`] and of a query.
pub const TODAY: u8 = 7;

/// Hours of a day of an ordinary week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// 0 for Monday to 6 for Sunday; [`TODAY`] for the day on which the entry was made, which need not be like others.
    pub day: u8,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight, not included; 1440 for the end of the day.
    pub until: u16,
}

/// Ages in years, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages {
    /// The youngest.
    pub from: u8,
    /// The oldest.
    pub to: u8,
}

impl Default for Ages {
    fn default() -> Self {
        Self {
            from: 0,
            to: u8::MAX,
        }
    }
}

/// What an entry is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that is done for people.
    #[default]
    Service,
    /// Who does it.
    Organisation,
}

/// What a service costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cost {
    /// Nothing.
    Free,
    /// Something.
    Paid,
}

/// How a service is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// At a site; so is whatever has one.
    Place,
    /// In somebody's own home.
    Home,
    /// Over the internet.
    Online,
    /// By telephone.
    Telephone,
}

impl Kind {
    /// As a value of [`Facet::Kind`](crate::Facet::Kind).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Organisation => "organisation",
        }
    }
}

impl Cost {
    /// As a value of [`Facet::Cost`](crate::Facet::Cost).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
        }
    }
}

impl Way {
    /// As a value of [`Facet::Way`](crate::Facet::Way).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Home => "home",
            Self::Online => "online",
            Self::Telephone => "telephone",
        }
    }
}

impl Entry {
    /// How it is given, a site included.
    pub(crate) fn all_ways(&self) -> impl Iterator<Item = Way> + '_ {
        let at_place = (!self.sites.is_empty()).then_some(Way::Place);
        let others = self.ways.iter().copied().filter(|way| *way != Way::Place);
        at_place.into_iter().chain(others)
    }

    /// Whether it is also found by those whom no site of it is near.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.sites.is_empty() || self.ways.iter().any(|way| *way != Way::Place)
    }
}
