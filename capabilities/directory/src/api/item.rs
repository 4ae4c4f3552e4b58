//! Entries of lists as they are given, in short and whole.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stour_database::Transaction;
use stour_kernel::Timestamp;
use stour_open_referral::{
    Attribute, Location, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm, Text, Uuid,
};

use super::asked::{Asked, Extent};
use super::catalogue::with_taxonomy;
use super::record::taxonomy_of;
use crate::error::DirectoryError;
use crate::listing::{self, ListingId};
use crate::publication::Published;

/// An entry of a list of services, or of services at locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) service: Uuid,
    /// The service at a location, in a list of those.
    pub(super) site: Option<Uuid>,
    pub(super) modified: Timestamp,
}

/// A service as it leaves the house, with what the feed knows of it besides.
fn service(published: Published) -> Service {
    let modified = published.updated_at;
    let mut service = published.into_service();
    service.last_modified = Some(modified);
    let organisation = service
        .organization
        .as_ref()
        .map(|organisation| organisation.id);
    service.organization_id = service.organization_id.or(organisation);
    name_taxonomies(&mut service.attributes);
    if let Some(organisation) = &mut service.organization {
        name_taxonomies(&mut organisation.attributes);
    }
    let places = service.service_at_locations.iter_mut();
    for location in places.filter_map(|at| at.location.as_mut()) {
        name_taxonomies(&mut location.attributes);
    }
    service
}

fn name_taxonomies(attributes: &mut [Attribute]) {
    for term in attributes
        .iter_mut()
        .filter_map(|attribute| attribute.taxonomy_term.as_mut())
    {
        term.taxonomy_id = taxonomy_of(term);
    }
}

/// One service whole; `None` where it does not leave the house.
pub(super) fn whole(tx: &mut Transaction<'_>, id: Uuid) -> Result<Option<Service>, DirectoryError> {
    Ok(listing::published_listing(tx, ListingId(id))?.map(service))
}

/// An entry as a list gives it; `None` where it does not leave the house any more.
pub(super) fn entry(
    tx: &mut Transaction<'_>,
    asked: &Asked,
    key: Key,
) -> Result<Option<Value>, DirectoryError> {
    if asked.extent == Extent::Minimal {
        let id = key.site.unwrap_or(key.service);
        return Ok(Some(json!({ "id": id, "modified_date": key.modified })));
    }
    let Some(service) = whole(tx, key.service)? else {
        return Ok(None);
    };
    let Some(site) = key.site else {
        let is_whole = matches!(asked.extent, Extent::Whole | Extent::WholeService);
        return written(&if is_whole { service } else { service.shallow() }).map(Some);
    };
    match at_location(service, site, asked.extent) {
        None => Ok(None),
        Some(at) => written(&at).map(Some),
    }
}

/// A service at a location by itself, its location and its service whole or in short.
pub(super) fn at_location(
    mut service: Service,
    site: Uuid,
    extent: Extent,
) -> Option<ServiceAtLocation> {
    let whole_location = extent == Extent::Whole;
    let whole_service = matches!(extent, Extent::Whole | Extent::WholeService);
    let sites = std::mem::take(&mut service.service_at_locations);
    let mut at = sites.into_iter().find(|at| at.id == site)?;
    at.service_id = Some(service.id);
    if let Some(location) = at.location.take() {
        at.location_id = Some(location.id);
        at.location = Some(if whole_location {
            location
        } else {
            Box::new(in_short(*location))
        });
    }
    if !whole_location {
        at.schedules.clear();
        at.contacts.clear();
        at.phones.clear();
    }
    at.service = Some(Box::new(if whole_service {
        service
    } else {
        service.shallow()
    }));
    Some(at)
}

/// A location without the lists that it holds.
fn in_short(location: Location) -> Location {
    Location {
        addresses: Vec::new(),
        accessibility: Vec::new(),
        phones: Vec::new(),
        schedules: Vec::new(),
        attributes: Vec::new(),
        ..location
    }
}

/// The taxonomies of terms in use, in the order of their identifiers.
pub(super) fn taxonomies(terms: impl Iterator<Item = TaxonomyTerm>) -> Vec<Taxonomy> {
    let mut taxonomies: BTreeMap<Uuid, Taxonomy> = BTreeMap::new();
    for term in terms.map(with_taxonomy) {
        let Some(id) = term.taxonomy_id else { continue };
        let Some(name) = term.taxonomy.clone().or_else(|| Text::new(&id.to_string())) else {
            continue;
        };
        let taxonomy = taxonomies
            .entry(id)
            .or_insert_with(|| Taxonomy::new(id, name.clone(), name));
        taxonomy.taxonomy_terms.push(term);
    }
    taxonomies.into_values().collect()
}

/// An entity as JSON.
pub(super) fn written(entity: &impl serde::Serialize) -> Result<Value, DirectoryError> {
    serde_json::to_value(entity).map_err(|error| DirectoryError::Document(error.to_string()))
}
