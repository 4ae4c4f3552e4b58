//! Places.

use super::record::entity;
use super::{Attribute, Contact, Phone, Schedule, Service};
use crate::value::{Degrees, LocationType, Text, Uuid, WebAddress};

entity! {
    /// A place where something is done (schema `location`).
    pub struct Location {
        required {
            /// The place.
            id: Uuid,
            /// What kind of place.
            location_type: LocationType,
        }
        optional {
            /// What it is called.
            name: Text,
            /// What it is.
            description: Text,
            /// North of the equator (WGS 84).
            latitude: Degrees,
            /// East of Greenwich (WGS 84).
            longitude: Degrees,
            /// How to get there (HSDS).
            transportation: Text,
            /// By which number a register knows it.
            external_identifier: Text,
            /// Which register, such as `UPRN`.
            external_identifier_type: Text,
        }
        one {}
        many {
            /// Where it is in words.
            addresses: Address,
            /// How people with a disability get about in it.
            accessibility: Accessibility,
            /// Where to telephone (HSDS).
            phones: Phone,
            /// When it is open (HSDS).
            schedules: Schedule,
            /// By which terms it is found.
            attributes: Attribute,
        }
    }
}

impl Location {
    /// Latitude and longitude in degrees, where both are known and not both nothing.
    pub fn position(&self) -> Option<(f64, f64)> {
        let (latitude, longitude) = (self.latitude?.degrees(), self.longitude?.degrees());
        let real = latitude.abs() <= 90.0 && (latitude != 0.0 || longitude != 0.0);
        real.then_some((latitude, longitude))
    }
}

entity! {
    /// An address (schema `address`). Its required lines are empty where nothing was said.
    pub struct Address {
        required {
            /// The address.
            id: Uuid,
            /// House and street.
            address_1: String,
            /// Town.
            city: String,
            /// County.
            state_province: String,
            /// Postcode.
            postal_code: String,
            /// Country, `GB`.
            country: String,
            /// What kind of address.
            address_type: LocationType,
        }
        optional {
            /// Which place's it is.
            location_id: Uuid,
            /// For whom.
            attention: Text,
            /// A second line (HSDS).
            address_2: Text,
            /// Region.
            region: Text,
        }
        one {}
        many {
            /// Terms about it.
            attributes: Attribute,
        }
    }
}

entity! {
    /// What a place offers people with a disability (schema `accessibility`).
    pub struct Accessibility {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Which place's it is.
            location_id: Uuid,
            /// What is there.
            description: Text,
            /// More about it.
            details: Text,
            /// A page about it.
            url: WebAddress,
            /// What is there, again.
            accessibility: Text,
        }
        one {}
        many {
            /// By which terms it is found.
            attributes: Attribute,
        }
    }
}

entity! {
    /// That a service takes place somewhere (schema `service_at_location`).
    pub struct ServiceAtLocation {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// The service.
            service_id: Uuid,
            /// The place.
            location_id: Uuid,
            /// What is particular to it there (HSDS).
            description: Text,
        }
        one {
            /// The place, whole.
            location: Location,
            /// The service, whole: only where this stands by itself.
            service: Service,
        }
        many {
            /// When it is open there (HSDS).
            schedules: Schedule,
            /// Whom to ask there (HSDS).
            contacts: Contact,
            /// Where to telephone there (HSDS).
            phones: Phone,
        }
    }
}
