//! Proportions with ages evened out.

use stour_indicators::{BANDS, Dimension};
use stour_statistics::rate::{Confidence, indirect};

use super::{Estimate, Figures, Which, interval, real, said, whole};
use crate::catalogue::Definition;

impl Figures<'_> {
    /// The indirectly standardised proportion of a piece, in per cent: how many count of how many would if each age had
    /// the proportion that it has in the whole partnership, times the proportion of the whole, which so keeps its own.
    /// Those whose age is not known are in the proportion of the whole and on neither side of what is expected. The
    /// limits are those of the observed count: exact below 10, Byar's from there on.
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
        let found = indirect::ratio(&bands, 1.0, confidence).map_err(said)?;
        let everybody = Which {
            dimension: Dimension::Whole,
            code: "",
            ..which
        };
        let all = self.cell(definition, everybody);
        let per_cent = 100.0 * real(all.numerator) / real(all.denominator);
        Ok(Estimate {
            value: per_cent * found.value,
            interval: interval(found.interval, 1.0)
                .map(|(lower, upper)| (per_cent * lower, per_cent * upper)),
        })
    }
}
