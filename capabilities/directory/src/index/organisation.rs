//! Organisations in the same list as services. One is wherever its services are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use stour_open_referral::{Organization, Uuid};
use stour_search::{Entry, Facet, Kind, Site};

use super::labels::Labels;

/// What the id of an organisation's entry begins with, so that it is told from that of a service.
pub(crate) const PREFIX: &str = "organisation:";

/// The most sites of one organisation.
const MOST_SITES: usize = 60;

/// Every organisation that is in use, and the services by which it is known.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<Written>")]
pub(super) struct Organisations {
    known: BTreeMap<Uuid, Known>,
    of_service: BTreeMap<Uuid, Uuid>,
    changed: BTreeSet<Uuid>,
}

/// What is said of an organisation, by a service of it or by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    name: String,
    other_name: Option<String>,
    text: String,
}

impl Said {
    pub(super) fn of(organization: &Organization) -> Self {
        Self {
            name: organization.name.to_string(),
            other_name: organization
                .alternate_name
                .as_ref()
                .map(ToString::to_string),
            text: organization.description.to_string(),
        }
    }
}

/// What an organisation says of itself goes before what its services say; of these the last counts, in the order of their
/// identifiers, so that it does not matter in which order they came to be known.
#[derive(Debug, Clone, Default)]
struct Known {
    alone: Option<Said>,
    services: BTreeMap<Uuid, (Arc<Said>, Vec<Site>)>,
}

/// An organisation as it is written: what several services say of it, once.
#[derive(Serialize, Deserialize)]
struct Written {
    id: Uuid,
    alone: Option<Said>,
    said: Vec<Said>,
    /// Each service with the place among `said` of what it says.
    services: Vec<(Uuid, usize, Vec<Site>)>,
}

impl Written {
    fn of(id: Uuid, known: &Known) -> Self {
        let mut said: Vec<Said> = Vec::new();
        let services = known.services.iter().map(|(service, (says, sites))| {
            let at = said.iter().position(|other| other == says.as_ref());
            let at = at.unwrap_or_else(|| {
                said.push(Said::clone(says));
                said.len() - 1
            });
            (*service, at, sites.clone())
        });
        let services = services.collect();
        Self {
            id,
            alone: known.alone.clone(),
            said,
            services,
        }
    }
}

impl Serialize for Organisations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.known.iter().map(|(id, known)| Written::of(*id, known)))
    }
}

impl From<Vec<Written>> for Organisations {
    fn from(all: Vec<Written>) -> Self {
        let mut organisations = Self::default();
        for written in all {
            let said: Vec<Arc<Said>> = written.said.into_iter().map(Arc::new).collect();
            let mut services = BTreeMap::new();
            for (service, at, sites) in written.services {
                if let Some(said) = said.get(at) {
                    organisations.of_service.insert(service, written.id);
                    services.insert(service, (Arc::clone(said), sites));
                }
            }
            let alone = written.alone;
            organisations
                .known
                .insert(written.id, Known { alone, services });
        }
        organisations
    }
}

impl Known {
    fn said(&self) -> Option<&Said> {
        let last = self.services.values().next_back();
        self.alone
            .as_ref()
            .or_else(|| last.map(|(said, _)| said.as_ref()))
    }
}

impl Organisations {
    /// Notes what a service says of its organisation, and its sites.
    pub(super) fn put(&mut self, service: Uuid, said: Option<(Uuid, Said)>, entry: &Entry) {
        self.remove(service);
        let Some((id, said)) = said else {
            return;
        };
        let known = self.known.entry(id).or_default();
        // Most services of an organisation say the same of it, which is kept once.
        let same = known.services.values().next_back();
        let said = match same.filter(|(other, _)| **other == said) {
            Some((other, _)) => Arc::clone(other),
            None => Arc::new(said),
        };
        known.services.insert(service, (said, entry.sites.clone()));
        self.of_service.insert(service, id);
        self.changed.insert(id);
    }

    /// Forgets a service.
    pub(super) fn remove(&mut self, service: Uuid) {
        let Some(organisation) = self.of_service.remove(&service) else {
            return;
        };
        if let Some(known) = self.known.get_mut(&organisation) {
            known.services.remove(&service);
            if known.services.is_empty() && known.alone.is_none() {
                self.known.remove(&organisation);
            }
        }
        self.changed.insert(organisation);
    }

    /// What an organisation is called and what is said of it.
    pub(super) fn said(&self, id: Uuid) -> Option<(String, String)> {
        let said = self.known.get(&id)?.said()?;
        Some((said.name.clone(), said.text.clone()))
    }

    /// Takes these for the organisations that stand alone.
    pub(super) fn stand_alone(&mut self, alone: Vec<Organization>, labels: &mut Labels) {
        let now: BTreeSet<Uuid> = alone.iter().map(|organization| organization.id).collect();
        for organization in alone {
            labels.note(
                Facet::Organisation,
                &organization.id.to_string(),
                &organization.name,
            );
            let said = Some(Said::of(&organization));
            let known = self.known.entry(organization.id).or_default();
            if known.alone != said {
                self.changed.insert(organization.id);
                known.alone = said;
            }
        }
        let gone: Vec<Uuid> = self
            .known
            .iter()
            .filter(|(id, known)| known.alone.is_some() && !now.contains(id))
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            self.changed.insert(id);
            if let Some(known) = self.known.get_mut(&id) {
                known.alone = None;
                if known.services.is_empty() {
                    self.known.remove(&id);
                }
            }
        }
    }

    /// The entries of all.
    pub(super) fn entries(&mut self) -> Vec<Entry> {
        self.changed.clear();
        self.known
            .iter()
            .map(|(id, known)| entry(*id, known))
            .collect()
    }

    /// What has changed since it was last asked: the entry of an organisation, or the id of one that is no more.
    pub(super) fn changed(&mut self) -> Vec<Result<Entry, String>> {
        let changed = std::mem::take(&mut self.changed);
        changed
            .into_iter()
            .map(|id| match self.known.get(&id) {
                Some(known) => Ok(entry(id, known)),
                None => Err(format!("{PREFIX}{id}")),
            })
            .collect()
    }
}

fn entry(id: Uuid, known: &Known) -> Entry {
    let mut sites: Vec<Site> = Vec::new();
    for site in known.services.values().flat_map(|(_, sites)| sites) {
        if sites.len() < MOST_SITES && !sites.iter().any(|other| other.point == site.point) {
            sites.push(site.clone());
        }
    }
    let said = known.said();
    Entry {
        id: format!("{PREFIX}{id}"),
        kind: Kind::Organisation,
        name: said.map(|said| said.name.clone()).unwrap_or_default(),
        keywords: said
            .and_then(|said| said.other_name.clone())
            .into_iter()
            .collect(),
        text: said.map(|said| said.text.clone()).unwrap_or_default(),
        organisation: Some(id.to_string()),
        sites,
        ..Entry::default()
    }
}
