//! Open Referral UK, the English profile of the Human Services Data Specification: versions 1.0 and 3.0
//! read leniently, as real feeds write them, and 3.0 written strictly, empty optional fields left out. It also
//! says when something is open ([`opening`]), and checks anybody's feed through what fetches it ([`check`]).
//!
//! This crate must not know how services are stored, searched or shown, and fetches nothing.

pub mod check;
mod model;
pub mod opening;
mod reading;
mod value;

pub use model::{
    Accessibility, Address, ApiDetails, Attribute, Contact, CostOption, Funding, Language,
    Location, Organization, OrganizationIdentifier, Page, Phone, Schedule, Service, ServiceArea,
    ServiceAtLocation, Taxonomy, TaxonomyTerm,
};
pub use reading::{
    Read, Repair, SetAside, read_organization, read_service, read_taxonomy, read_taxonomy_term,
};
pub use value::{
    Age, Amount, ByDay, ByMonthDay, DayRule, Degrees, Email, Extra, Frequency, LocationType,
    Status, Text, Uri, Uuid, ValueError, WebAddress, Weekday,
};
