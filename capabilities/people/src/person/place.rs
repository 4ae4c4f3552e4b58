//! Where somebody lives, in the areas that services are planned by.

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, GssCode, LocalityCode, OdsCode};
use stour_partnership::Reference;

use super::{Address, Demographics};

/// Council, locality and output area. The locality is a local lookup by practice, so pages show it
/// as unverified.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The council with social services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council: Option<GssCode>,
    /// The locality of the practice, else of the output area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<LocalityCode>,
    /// The lower-layer super output area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lsoa: Option<GssCode>,
}

impl Place {
    /// The place that an address and a practice lead to by the reference tables: the council of
    /// the output area, else the one most of the postcode's sector is in, else the practice's.
    pub fn of(demographics: &Demographics, on: Date) -> Self {
        let practice = demographics.practice.as_ref();
        stour_partnership::reference().map_or_else(
            |_| Self::default(),
            |reference| Self::from_parts(reference, demographics.address.as_ref(), practice, on),
        )
    }

    pub(crate) fn from_parts(
        reference: &Reference,
        address: Option<&Address>,
        practice: Option<&OdsCode>,
        on: Date,
    ) -> Self {
        let lsoa = address.and_then(|address| address.lsoa);
        let postcode = address.and_then(|address| address.postcode);
        let council = lsoa
            .and_then(|lsoa| reference.council_at(&lsoa, on).copied())
            .or_else(|| Some(reference.likely_council(postcode.as_ref()?)?.0))
            .or_else(|| reference.council_of_practice(practice?, on).copied());
        let locality = practice
            .and_then(|practice| Some(reference.practice(practice)?.locality.clone()))
            .or_else(|| Some(reference.lsoa(&lsoa?)?.locality.clone()));
        Self {
            council,
            locality,
            lsoa,
        }
    }
}
