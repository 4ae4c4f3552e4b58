//! Organisations in the same list as services. One is wherever its services are.

use std::collections::{BTreeMap, BTreeSet};

use stour_open_referral::{Organization, Service, Uuid};
use stour_search::{Entry, Facet, Kind, Site};

use super::labels::Labels;

/// What the id of an organisation's entry begins with, so that it is told from that of a service.
pub(crate) const PREFIX: &str = "organisation:";

/// The most sites of one organisation.
const MOST_SITES: usize = 60;

/// Every organisation that is in use, and the services by which it is known.
#[derive(Debug, Default)]
pub(super) struct Organisations {
    known: BTreeMap<Uuid, Known>,
    of_service: BTreeMap<Uuid, Uuid>,
    changed: BTreeSet<Uuid>,
}

#[derive(Debug)]
struct Known {
    name: String,
    other_name: Option<String>,
    text: String,
    services: BTreeMap<Uuid, Vec<Site>>,
    is_alone: bool,
}

impl Known {
    fn of(organization: &Organization) -> Self {
        Self {
            name: organization.name.to_string(),
            other_name: organization
                .alternate_name
                .as_ref()
                .map(ToString::to_string),
            text: organization.description.to_string(),
            services: BTreeMap::new(),
            is_alone: false,
        }
    }
}

impl Organisations {
    /// Notes what a service says of its organisation.
    pub(super) fn put(&mut self, service: &Service, entry: &Entry) {
        self.remove(service.id);
        let Some(organization) = &service.organization else {
            return;
        };
        let said = Known::of(organization);
        let known = self
            .known
            .entry(organization.id)
            .or_insert_with(|| Known::of(organization));
        if !known.is_alone {
            (known.name, known.other_name, known.text) = (said.name, said.other_name, said.text);
        }
        known.services.insert(service.id, entry.sites.clone());
        self.of_service.insert(service.id, organization.id);
        self.changed.insert(organization.id);
    }

    /// Forgets a service.
    pub(super) fn remove(&mut self, service: Uuid) {
        let Some(organisation) = self.of_service.remove(&service) else {
            return;
        };
        if let Some(known) = self.known.get_mut(&organisation) {
            known.services.remove(&service);
            if known.services.is_empty() && !known.is_alone {
                self.known.remove(&organisation);
            }
        }
        self.changed.insert(organisation);
    }

    /// What an organisation is called and what is said of it.
    pub(super) fn said(&self, id: Uuid) -> Option<(String, String)> {
        let known = self.known.get(&id)?;
        Some((known.name.clone(), known.text.clone()))
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
            let said = Known::of(&organization);
            let known = self.known.entry(organization.id).or_insert_with(|| {
                self.changed.insert(organization.id);
                Known::of(&organization)
            });
            if known.name != said.name || known.text != said.text || !known.is_alone {
                self.changed.insert(organization.id);
            }
            (known.name, known.other_name, known.text) = (said.name, said.other_name, said.text);
            known.is_alone = true;
        }
        let gone: Vec<Uuid> = self
            .known
            .iter()
            .filter(|(id, known)| known.is_alone && !now.contains(id))
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            self.changed.insert(id);
            if let Some(known) = self.known.get_mut(&id) {
                known.is_alone = false;
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
    for site in known.services.values().flatten() {
        if sites.len() < MOST_SITES && !sites.iter().any(|other| other.point == site.point) {
            sites.push(site.clone());
        }
    }
    Entry {
        id: format!("{PREFIX}{id}"),
        kind: Kind::Organisation,
        name: known.name.clone(),
        keywords: known.other_name.iter().cloned().collect(),
        text: known.text.clone(),
        organisation: Some(id.to_string()),
        sites,
        ..Entry::default()
    }
}
