//! A listing as it is searched for: all that the index needs of it, and nothing that does not leave the house.

use stour_kernel::Timestamp;
use stour_open_referral::Uuid;
use stour_search::{Entry, Facet};

use super::State;
use super::entry::Reading;
use super::labels::Labels;
use super::organisation::Said;
use crate::publication::Published;

/// A listing that leaves the house, as it is searched for.
#[derive(Debug)]
pub(super) struct Kept {
    id: Uuid,
    /// Its version and the moment of that.
    pub(super) state: (i64, Timestamp),
    pub(super) entry: Entry,
    /// What it says of its organisation.
    organisation: Option<Said>,
    /// What values are called, by the place of the facet among all.
    labels: Vec<(usize, String, String)>,
}

impl Kept {
    pub(super) fn of(published: &Published, reading: &Reading) -> Self {
        let service = published.service();
        let mut labels = Labels::default();
        let entry = reading.entry(service, &mut labels);
        let labels = labels.into_all().filter_map(|(facet, value, label)| {
            let at = Facet::ALL.iter().position(|other| *other == facet)?;
            Some((at, value, label))
        });
        Self {
            id: published.id().0,
            state: state(published),
            entry,
            organisation: service.organization.as_deref().map(Said::of),
            labels: labels.collect(),
        }
    }

    /// Notes it beside the index.
    pub(super) fn note(&self, to: &mut State) {
        let id = self.id;
        for (at, value, label) in &self.labels {
            if let Some(facet) = Facet::ALL.get(*at) {
                to.labels.note(*facet, value, label);
            }
        }
        let organisation: Option<Uuid> = self
            .entry
            .organisation
            .as_ref()
            .and_then(|id| id.parse().ok());
        let said = organisation.zip(self.organisation.clone());
        to.organisations.put(id, said, &self.entry);
        to.seen.insert(id, self.state);
    }
}

/// What tells a state of a listing from every other of it.
pub(super) fn state(published: &Published) -> (i64, Timestamp) {
    (published.version.number(), published.updated_at)
}
