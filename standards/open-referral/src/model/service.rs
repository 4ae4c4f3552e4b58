//! Services.

use stour_kernel::{Date, Timestamp};

use super::record::entity;
use super::{
    Attribute, Contact, CostOption, Funding, Language, Organization, Phone, Schedule, ServiceArea,
    ServiceAtLocation,
};
use crate::value::{Age, Email, Status, Text, Uuid, WebAddress};

entity! {
    /// Something that an organisation does for people (schema `service`).
    pub struct Service {
        required {
            /// The service.
            id: Uuid,
            /// What it is called.
            name: Text,
            /// Whether it runs.
            status: Status,
        }
        optional {
            /// Who provides it.
            organization_id: Uuid,
            /// Another name by which people know it (HSDS).
            alternate_name: Text,
            /// What it does.
            description: Text,
            /// Its page.
            url: WebAddress,
            /// Where to write.
            email: Email,
            /// How one comes to use it (HSDS).
            application_process: Text,
            /// How long one waits (HSDS).
            wait_time: Text,
            /// What it costs, in words: superseded by `cost_options`.
            fees: Text,
            /// What it costs, in words (HSDS).
            fees_description: Text,
            /// By whom it is accredited.
            accreditations: Text,
            /// Whom it is for, in words (HSDS).
            eligibility_description: Text,
            /// From which age.
            minimum_age: Age,
            /// Up to which age.
            maximum_age: Age,
            /// When somebody last checked what is said of it.
            assured_date: Date,
            /// Who checked it.
            assurer_email: Email,
            /// What has changed for a while.
            alert: Text,
            /// When anything said of it was last changed.
            last_modified: Timestamp,
        }
        one {
            /// Who provides it, whole.
            organization: Organization,
        }
        many {
            /// When it is open.
            schedules: Schedule,
            /// Where people may live who use it.
            service_areas: ServiceArea,
            /// Where it takes place.
            service_at_locations: ServiceAtLocation,
            /// In which languages.
            languages: Language,
            /// Who pays for it.
            funding: Funding,
            /// What it costs.
            cost_options: CostOption,
            /// Whom to ask.
            contacts: Contact,
            /// Where to telephone (HSDS).
            phones: Phone,
            /// By which terms it is found.
            attributes: Attribute,
        }
    }
}

impl Service {
    /// The service as a list gives it: with its organisation, without the lists it holds.
    #[must_use]
    pub fn shallow(&self) -> Self {
        let mut service = Self {
            schedules: Vec::new(),
            service_areas: Vec::new(),
            service_at_locations: Vec::new(),
            languages: Vec::new(),
            funding: Vec::new(),
            cost_options: Vec::new(),
            contacts: Vec::new(),
            phones: Vec::new(),
            attributes: Vec::new(),
            ..self.clone()
        };
        if let Some(organization) = &mut service.organization {
            organization.organization_identifiers.clear();
            organization.attributes.clear();
        }
        service
    }
}
