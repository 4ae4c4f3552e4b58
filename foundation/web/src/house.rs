//! What every handler can reach.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use stour_access::Access;
use stour_database::Database;
use stour_kernel::Environment;

use crate::capability::{Capability, Place};
use crate::live::Live;
use crate::openid::OpenId;

/// The running product: its database, its access rules, its clock. Clones share it.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    parts: Parts,
    live: Live,
    navigation: Vec<Place>,
}

/// What a house is made of.
pub struct Parts {
    /// Where everything is stored.
    pub database: Database,
    /// Who may do what, and the audit.
    pub access: Access,
    /// The clock, randomness and identity.
    pub environment: Environment,
    /// How this house is set up.
    pub settings: Settings,
}

/// How a house is set up.
#[derive(Clone, Default)]
pub struct Settings {
    /// The data are made up: every page says so.
    pub demonstration: bool,
    /// The folder for files beside the database.
    pub data: PathBuf,
    /// The address that residents and staff use, for links that leave the site.
    pub address: String,
    /// Another service that signs people in.
    pub openid: Option<OpenId>,
    /// Where hospital messages arrive, when they do.
    pub mllp: Option<SocketAddr>,
    /// The service by which NHS numbers are traced.
    pub tracing: Option<Tracing>,
    /// How many families may live at one address before it counts as shared rather than as a home; five
    /// unless told.
    pub families_at_home: Option<usize>,
}

/// A service by which NHS numbers are traced: the Personal Demographics Service by its FHIR R4 API, or
/// one that answers as it does.
#[derive(Clone, Default)]
pub struct Tracing {
    /// The address before `/Patient`.
    pub address: String,
    /// The ODS code of the organisation whose staff ask; empty when the service needs none.
    pub organisation: String,
    /// The access token, when one is configured as it is.
    pub token: Option<String>,
    /// A program that prints an access token.
    pub token_command: Option<PathBuf>,
}

impl House {
    /// Puts a house together.
    pub fn new(parts: Parts, capabilities: &[Capability]) -> Self {
        let own = [Place {
            label: "Policies",
            description: "Read the rules of who may do what, as they are in force.",
            href: "/policies",
            roles: &["governance"],
        }];
        let navigation = capabilities
            .iter()
            .flat_map(|capability| capability.navigation.clone())
            .chain(own)
            .collect();
        Self(Arc::new(Inner {
            parts,
            live: Live::default(),
            navigation,
        }))
    }

    /// Where everything is stored.
    pub fn database(&self) -> &Database {
        &self.0.parts.database
    }

    /// Who may do what, and the audit.
    pub fn access(&self) -> &Access {
        &self.0.parts.access
    }

    /// The clock, randomness and identity.
    pub fn environment(&self) -> &Environment {
        &self.0.parts.environment
    }

    /// How this house is set up.
    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }

    /// What open pages watch.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// The places for somebody with these roles.
    pub(crate) fn places<'h>(&'h self, roles: &'h [String]) -> impl Iterator<Item = &'h Place> {
        let held = |place: &&Place| {
            place
                .roles
                .iter()
                .any(|role| roles.iter().any(|held| held == role))
        };
        self.0.navigation.iter().filter(held)
    }
}
