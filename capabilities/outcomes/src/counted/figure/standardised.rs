//! Proportions with ages evened out.

use stour_indicators::{BANDS, Dimension};
use stour_statistics::rate::{Confidence, indirect};

use super::{Estimate, Figures, Which, interval, real, said, whole};
use crate::catalogue::Definition;

impl Figures<'_> {
    /// The indirectly standardised proportion of a piece, in per cent: how many count of how many would if each age had
    /// the proportion that it has in the whole partnership, times the proportion of the whole. Those whose age is not
    /// known are in neither. The limits are those of the observed count: exact below 10, Byar's from there on.
    pub(super) fn standardised_proportion(
        &self,
        definition: &Definition,
        which: Which<'_>,
        confidence: Confidence,
    ) -> Result<Estimate, String> {
        let counted = |dimension, band| self.in_band(definition, which, dimension, band);
        let bands = (0..BANDS - 1).map(|band| {
            let (here, all) = (
                counted(which.dimension, band),
                counted(Dimension::Whole, band),
            );
            indirect::Band {
                count: whole(here.numerator),
                population: real(here.denominator),
                reference_count: real(all.numerator),
                reference_population: real(all.denominator),
            }
        });
        // An age that nobody is of in the whole has nobody here either.
        let bands: Vec<indirect::Band> = bands
            .filter(|band| band.reference_population > 0.0)
            .collect();
        if bands.iter().all(|band| band.population == 0.0) {
            return Err("Nobody yet".to_owned());
        }
        let found = indirect::rate(&bands, 100.0, confidence).map_err(said)?;
        Ok(Estimate {
            value: found.ratio.value,
            interval: interval(found.ratio.interval, 1.0),
        })
    }
}
