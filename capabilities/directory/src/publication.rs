//! What may leave the house: what is active and public, without what is sensitive or a person's own.
//!
//! The words, marks and mailboxes that decide are data, `reference/directory/publication.toml`. A listing that they
//! speak against is held until somebody decides. [`Published`] is what leaves, and only [`outgoing`] makes one.

mod clean;
mod rules;

use stour_database::Version;
use stour_kernel::{Date, Timestamp};
use stour_open_referral::{Organization, Service, Status};

use crate::error::DirectoryError;
use crate::listing::{Listing, ListingId, Role, Visibility};
use rules::Rules;

/// A listing as it may leave the house.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    service: Service,
    /// Where it comes from: the feed by its name.
    pub feed: String,
    /// What the publisher is to it.
    pub role: Role,
    /// When it was last read at its source.
    pub read_at: Option<Timestamp>,
    /// When somebody should look at it again.
    pub review_due: Option<Date>,
    /// When it was last changed here.
    pub updated_at: Timestamp,
    /// Raised by every change.
    pub version: Version,
}

impl Published {
    /// The listing.
    pub fn id(&self) -> ListingId {
        ListingId(self.service.id)
    }

    /// The service, with nothing in it that must stay.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The service, to be shown in another shape.
    pub fn into_service(self) -> Service {
        self.service
    }
}

/// What leaves of a listing; `None` when nothing does.
///
/// # Errors
/// [`DirectoryError::Reference`] when the rules cannot be read: then nothing leaves.
pub fn outgoing(listing: Listing) -> Result<Option<Published>, DirectoryError> {
    let rules = Rules::embedded()?;
    let stays = matches!(listing.visibility, Visibility::Held(_))
        || listing.service.status != Status::Active
        || listing.same_as.is_some()
        || listing.withdrawn_at.is_some()
        || rules
            .reasons(&listing.service)
            .iter()
            .any(|reason| !listing.cleared.contains(reason));
    if stays {
        return Ok(None);
    }
    let mut service = listing.service;
    clean::service(&mut service, rules);
    if listing.visibility == Visibility::WithoutPlaces {
        clean::without_places(&mut service);
    }
    Ok(Some(Published {
        service,
        feed: listing.provenance.feed,
        role: listing.provenance.role,
        read_at: listing.provenance.read_at,
        review_due: listing.review_due,
        updated_at: listing.updated_at,
        version: listing.version,
    }))
}

/// Why a service must not leave until somebody has decided; empty for most.
///
/// # Errors
/// [`DirectoryError::Reference`].
pub fn reasons(service: &Service) -> Result<Vec<String>, DirectoryError> {
    Ok(Rules::embedded()?.reasons(service))
}

/// Who may see a service by the rules and by what a person has decided about the listing before.
///
/// # Errors
/// [`DirectoryError::Reference`].
pub fn judge(service: &Service, before: Option<&Listing>) -> Result<Visibility, DirectoryError> {
    let reasons = reasons(service)?;
    let Some(before) = before else {
        return Ok(held_for(&reasons));
    };
    let new: Vec<String> = reasons
        .into_iter()
        .filter(|reason| !before.cleared.contains(reason))
        .collect();
    Ok(match (&before.visibility, new.is_empty()) {
        // A person's own reason to hold it outlives what the service says; those of the rules do not.
        (Visibility::Held(why), _) if !why.starts_with(BY_RULE) => before.visibility.clone(),
        (Visibility::WithoutPlaces, true) => Visibility::WithoutPlaces,
        _ => held_for(&new),
    })
}

/// Who may see an organisation that stands alone.
///
/// # Errors
/// [`DirectoryError::Reference`].
pub fn judge_organisation(organisation: &Organization) -> Result<Visibility, DirectoryError> {
    Ok(held_for(&Rules::embedded()?.reasons_of(organisation)))
}

/// An organisation as it may leave the house by itself.
///
/// # Errors
/// [`DirectoryError::Reference`].
pub fn organisation(mut organisation: Organization) -> Result<Organization, DirectoryError> {
    clean::organization(&mut organisation, Rules::embedded()?);
    Ok(organisation)
}

/// Whether a domain is that of a provider of private mailboxes, so that it says nothing of whose a mailbox is.
pub fn is_personal_domain(domain: &str) -> bool {
    Rules::embedded().is_ok_and(|rules| rules.is_personal_domain(domain))
}

/// How a reason of the rules begins, so that it can be told from a person's.
const BY_RULE: &str = "Held until somebody decides: ";

fn held_for(reasons: &[String]) -> Visibility {
    if reasons.is_empty() {
        return Visibility::Public;
    }
    Visibility::Held(format!("{BY_RULE}{}", reasons.join("; ")))
}

#[cfg(test)]
mod tests;
