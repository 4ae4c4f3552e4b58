//! The entities of HSDS-UK 3.0 (OpenReferralUK/uk-profile, schema folder, 10 October 2024), nested as the
//! compiled schemas nest them. A few fields of the wider standard (HSDS 3.0) that the profile allows as extra
//! fields have names here too: telephones, when and for whom a service is, and what language it speaks.

mod area;
mod contact;
mod cost;
mod location;
mod organization;
mod page;
mod record;
mod schedule;
mod service;
mod taxonomy;

pub use area::ServiceArea;
pub use contact::{Contact, Language, Phone};
pub use cost::{CostOption, Funding};
pub use location::{Accessibility, Address, Location, ServiceAtLocation};
pub use organization::{Organization, OrganizationIdentifier};
pub use page::{ApiDetails, Page};
pub use schedule::Schedule;
pub use service::Service;
pub use taxonomy::{Attribute, Taxonomy, TaxonomyTerm};
