//! A suggestion beside what stands, and both put together.

use std::collections::BTreeSet;

use stour_database::{Transaction, Version};
use stour_kernel::{Date, Environment};
use stour_open_referral::{Organization, Service, Status, Text, Uuid};
use stour_web::FieldError;

use super::apply::apply;
use super::claim;
use super::fields::{Fields, fields_of};
use super::settings::{Settings, settings};
use super::suggestion::{Suggestion, SuggestionState, put};
use crate::error::DirectoryError;
use crate::listing::{self, Listing, ListingId, NewListing, Provenance, Role};

/// A field of a suggestion beside what stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) field: String,
    /// What stood when the suggestion was begun.
    pub(crate) base: String,
    /// What stands now.
    pub(crate) stands: String,
    /// What is suggested.
    pub(crate) suggested: String,
}

impl Difference {
    /// Whether somebody else changed the same field meanwhile, to something else.
    pub(crate) fn is_contested(&self) -> bool {
        self.stands != self.base && self.stands != self.suggested
    }
}

/// A suggestion with the service that it was made to and the one that stands.
#[derive(Debug, Clone)]
pub(crate) struct Beside {
    pub(crate) suggestion: Suggestion,
    /// The listing as it stands; `None` for a new one.
    pub(crate) listing: Option<Listing>,
    /// The service as it was when the suggestion was begun.
    pub(crate) base: Service,
    /// Its fields.
    pub(crate) base_fields: Fields,
    /// The fields as they stand.
    pub(crate) standing: Fields,
}

impl Beside {
    pub(crate) fn read(
        tx: &mut Transaction<'_>,
        suggestion: Suggestion,
    ) -> Result<Self, DirectoryError> {
        let settings = settings()?;
        let listing = listing::listing(tx, suggestion.listing)?;
        let Some(seen) = suggestion.seen else {
            let base = skeleton(tx, &suggestion)?;
            return Ok(Self {
                standing: Fields::new(),
                base_fields: Fields::new(),
                listing,
                base,
                suggestion,
            });
        };
        let stands = listing.ok_or(DirectoryError::NotThere)?;
        let base = listing::version(tx, suggestion.listing, seen)?;
        let base = base.ok_or(DirectoryError::NotThere)?.service;
        Ok(Self {
            standing: fields_of(&stands.service, settings),
            base_fields: fields_of(&base, settings),
            listing: Some(stands),
            base,
            suggestion,
        })
    }

    /// What the suggestion changes, and differs in from what stands.
    pub(crate) fn differences(&self) -> Vec<Difference> {
        let text = |fields: &Fields, field: &str| fields.get(field).cloned().unwrap_or_default();
        let changes = self.suggestion.changes.iter();
        changes
            .map(|(field, suggested)| Difference {
                base: text(&self.base_fields, field),
                stands: text(&self.standing, field),
                suggested: suggested.clone(),
                field: field.clone(),
            })
            .filter(|one| one.stands != one.suggested)
            .collect()
    }

    /// The fields as whoever makes the suggestion sees them.
    pub(crate) fn as_suggested(&self) -> Fields {
        let mut fields = self.base_fields.clone();
        fields.extend(self.suggestion.changes.clone());
        fields
    }

    /// The suggestion as a service of its own, and what of it cannot be.
    pub(crate) fn suggested(&self, settings: &Settings) -> (Service, Vec<FieldError>) {
        let mut service = self.base.clone();
        let mut errors = apply(&mut service, &self.suggestion.changes, settings);
        let is_named =
            self.suggestion.seen.is_some() || self.suggestion.changes.contains_key("name");
        if !is_named {
            errors.push(FieldError {
                field: "name".to_owned(),
                message: "Enter the name of the service".to_owned(),
            });
        }
        (service, errors)
    }
}

/// A new service of the organisation.
fn skeleton(tx: &mut Transaction<'_>, suggestion: &Suggestion) -> Result<Service, DirectoryError> {
    let not_named = || DirectoryError::Document("no name".to_owned());
    let name = Text::new("New listing").ok_or_else(not_named)?;
    let mut service = Service::new(suggestion.listing.0, name, Status::Active);
    let kept = claim::listings_kept(tx, &suggestion.organisation)?;
    let organisation = kept
        .into_iter()
        .find_map(|listing| listing.service.organization);
    service.organization = match organisation {
        Some(found) => Some(found),
        None => alone(tx, suggestion)?.map(Box::new),
    };
    service.organization_id = service.organization.as_ref().map(|found| found.id);
    Ok(service)
}

fn alone(
    tx: &mut Transaction<'_>,
    suggestion: &Suggestion,
) -> Result<Option<Organization>, DirectoryError> {
    let Ok(id) = suggestion.organisation.parse::<Uuid>() else {
        return Ok(None);
    };
    let found = listing::organisation(tx, ListingId(id))?;
    Ok(found.map(|found| found.organisation))
}

/// What an editor decides on a suggestion.
#[derive(Debug, Clone)]
pub(crate) struct Approval {
    /// The version of the listing that they saw; `None` for a new one.
    pub(crate) stands: Option<Version>,
    /// Contested fields of which they take what is suggested.
    pub(crate) taken: BTreeSet<String>,
    /// Contested fields of which they leave what stands.
    pub(crate) left: BTreeSet<String>,
}

/// Approves a suggestion: what it changes becomes the next version of the listing, beside all that others changed
/// meanwhile. Where both changed one field, the editor has to say which it is to be.
///
/// # Errors
/// [`DirectoryError::Version`] when the listing or the suggestion is not as the editor saw it;
/// [`DirectoryError::Refused`] for a contested field of which they have not decided, or what cannot be.
pub(crate) fn approve(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    suggestion: Suggestion,
    approval: &Approval,
    (by, why): (&str, &str),
) -> Result<Listing, DirectoryError> {
    let settings = settings()?;
    if suggestion.state != SuggestionState::Waiting {
        let why = "This suggestion was decided before. Load the page again.";
        return Err(DirectoryError::Refused(why.to_owned()));
    }
    let beside = Beside::read(tx, suggestion)?;
    let stands = beside.listing.as_ref().map(|listing| listing.version);
    if stands != approval.stands {
        return Err(stour_database::VersionError::Changed.into());
    }
    let mut changes = Fields::new();
    for difference in beside.differences() {
        let field = &difference.field;
        if approval.left.contains(field) {
            continue;
        }
        if difference.is_contested() && !approval.taken.contains(field) {
            return Err(DirectoryError::Refused(format!(
                "Somebody else changed “{}” meanwhile. Say which it is to be.",
                super::fields::label(field, settings)
            )));
        }
        changes.insert(field.clone(), difference.suggested);
    }
    let mut service = match &beside.listing {
        Some(listing) => listing.service.clone(),
        None => beside.base.clone(),
    };
    let errors = apply(&mut service, &changes, settings);
    if let Some(error) = errors.first() {
        let field = super::fields::label(&error.field, settings);
        return Err(DirectoryError::Refused(format!(
            "{field}: {}.",
            error.message
        )));
    }
    let reason = format!(
        "Suggested by {}{}",
        beside.suggestion.made_by_name,
        if why.is_empty() {
            String::new()
        } else {
            format!(": {why}")
        }
    );
    let saved = save_assured(
        tx,
        environment,
        beside.listing.as_ref(),
        service,
        (by, &reason),
    )?;
    let before = beside.suggestion;
    let after = Suggestion {
        state: SuggestionState::Approved,
        listing_name: saved.service.name.as_str().to_owned(),
        decided: Some((by.to_owned(), why.to_owned())),
        ..before.clone()
    };
    put(tx, environment, &before, &after)?;
    Ok(saved)
}

/// Stores a service whose provider stands for it today.
pub(crate) fn save_assured(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    before: Option<&Listing>,
    mut service: Service,
    (by, why): (&str, &str),
) -> Result<Listing, DirectoryError> {
    let today = environment.today();
    service.assured_date = Some(today);
    service.last_modified = Some(environment.now());
    let id = before.map_or(ListingId(service.id), |before| before.id);
    let own = Provenance {
        role: Role::Owner,
        ..Provenance::own(id)
    };
    let new = NewListing {
        id,
        provenance: before.map_or(own, |before| before.provenance.clone()),
        service,
        review_due: Some(review_due(today)?),
        seen: before.map(|before| before.version),
    };
    listing::save(tx, environment, new, by, why)
}

fn review_due(today: Date) -> Result<Date, DirectoryError> {
    let days = settings()?.review_after_days;
    let hours = u64::from(days) * 24;
    Ok(today
        .checked_add(std::time::Duration::from_hours(hours))
        .unwrap_or(today))
}
