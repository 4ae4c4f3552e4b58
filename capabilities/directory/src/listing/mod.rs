//! A listing: one service of one feed, or one kept here, with where it comes from and every state it was in.

mod difference;
mod moments;
mod organisation;
pub(crate) mod page;
mod store;
mod version;

pub use difference::{Change, difference};
pub(crate) use moments::moments;
pub use organisation::{
    OrganisationListing, organisation, published_organisations, save_organisation,
};
pub use store::{
    Changed, TOPIC, by_source, changed_since, decide, follow, followers, held, listing,
    listings_of_organisation, mark_read, published, published_listing, save, withdraw_unread,
};
pub(crate) use store::{Stored, to_publish};
pub use version::{ListingVersion, version, versions};

use std::fmt::{self, Display};
use std::str::FromStr;

use stour_database::Version;
use stour_kernel::{Date, Timestamp};
use stour_open_referral::{Service, Uuid, ValueError};

/// The identifier of a listing: also that of its service in the Open Referral API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingId(pub Uuid);

stour_database::text_value!(ListingId);

impl Display for ListingId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for ListingId {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        text.parse().map(Self)
    }
}

/// The feed of what is kept here and comes from no other system.
pub const OWN: &str = "own";

/// What whoever publishes a record is to it (Open Referral UK guidance on aggregation, "provenance").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// They provide the service.
    Owner,
    /// They inspect it.
    Regulator,
    /// They check what is said of it.
    Assurer,
    /// None of these.
    Nobody,
}

impl Role {
    /// Every role, the one whose word counts most first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Regulator, Self::Assurer, Self::Nobody];

    /// The word of the standard.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Regulator => "regulator",
            Self::Assurer => "assurer",
            Self::Nobody => "none",
        }
    }
}

impl FromStr for Role {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text);
        known.ok_or("a role is owner, regulator, assurer or none")
    }
}

impl Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

stour_database::text_value!(Role);

/// Where a listing comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The feed by its name, [`OWN`] for what is kept here.
    pub feed: String,
    /// What the feed calls it.
    pub source_id: String,
    /// Where it was read.
    pub url: Option<String>,
    /// What the publisher is to it.
    pub role: Role,
    /// When it was last read there.
    pub read_at: Option<Timestamp>,
}

impl Provenance {
    /// Of something kept here.
    pub fn own(id: ListingId) -> Self {
        Self {
            feed: OWN.to_owned(),
            source_id: id.to_string(),
            url: None,
            role: Role::Nobody,
            read_at: None,
        }
    }
}

/// Whether the public may see a listing. The rules of [`publication`](crate::publication) hold what is
/// sensitive; a person decides about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// It may be seen.
    Public,
    /// It may be seen, but nothing of where it is.
    WithoutPlaces,
    /// It may not be seen, and why.
    Held(String),
}

impl Visibility {
    /// The word of a row.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::WithoutPlaces => "without-places",
            Self::Held(_) => "held",
        }
    }

    /// Why it is held.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Held(why) => Some(why),
            Self::Public | Self::WithoutPlaces => None,
        }
    }

    /// The words of a row; `None` for words that no row has.
    pub fn of(word: &str, why: Option<String>) -> Option<Self> {
        match word {
            "public" => Some(Self::Public),
            "without-places" => Some(Self::WithoutPlaces),
            "held" => Some(Self::Held(why.unwrap_or_default())),
            _ => None,
        }
    }
}

/// A listing as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The listing.
    pub id: ListingId,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The service with all that belongs to it.
    pub service: Service,
    /// Who may see it.
    pub visibility: Visibility,
    /// Reasons to hold it that a person has looked at and let pass.
    pub cleared: Vec<String>,
    /// The listing that is shown in its place, once somebody decided that both are one.
    pub same_as: Option<ListingId>,
    /// When somebody should look at it again.
    pub review_due: Option<Date>,
    /// When its feed was first found not to have it any more.
    pub withdrawn_at: Option<Timestamp>,
    /// Raised by every change.
    pub version: Version,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What [`save`] stores: a new listing, or the next state of one.
#[derive(Debug, Clone, PartialEq)]
pub struct NewListing {
    /// The listing.
    pub id: ListingId,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The service with all that belongs to it.
    pub service: Service,
    /// When somebody should look at it again.
    pub review_due: Option<Date>,
    /// The version that this change was made to; `None` for a listing that is new.
    pub seen: Option<Version>,
}

#[cfg(test)]
mod tests;
