//! A council or locality of the reference data.

use stour_indicators::Dimension;
use stour_kernel::{Date, GssCode, LocalityCode, Period};
use stour_partnership::{Area, Locality, Place, Practice, Reference};

use super::living::Living;
use crate::indicator::piece::Piece;

/// A council or locality, as numbers are taken apart by it and as people live in it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// As numbers are taken apart by it.
    pub(super) piece: Piece,
    /// As people live in it.
    pub(super) place: Place,
    /// When there is such a place.
    pub(super) valid: Period,
    /// Who lives in it.
    pub(super) living: Living,
}

impl Known {
    /// The place that an address names: `locality:poole-bay`. None of one that the reference data does not have.
    pub(super) fn named(reference: &Reference, text: &str) -> Option<Self> {
        let (kind, code) = text.split_once(':')?;
        match kind {
            "council" => Self::council(reference, reference.area(&code.parse().ok()?)?),
            "locality" => Self::locality(reference, reference.locality(&code.parse().ok()?)?),
            _ => None,
        }
    }

    /// A council with social services.
    pub(super) fn council(reference: &Reference, area: &Area) -> Option<Self> {
        if !reference
            .councils_at(area.valid.start())
            .any(|council| council.code == area.code)
        {
            return None;
        }
        let place = Place::Council(area.code);
        Some(Self {
            living: Living::of_place(reference, &place)?,
            piece: Piece {
                dimension: Dimension::Council,
                code: area.code.to_string(),
                name: area.name.clone(),
            },
            place,
            valid: area.valid,
        })
    }

    /// A locality.
    pub(super) fn locality(reference: &Reference, locality: &Locality) -> Option<Self> {
        let place = Place::Locality(locality.code.clone());
        Some(Self {
            living: Living::of_place(reference, &place)?,
            piece: Piece {
                dimension: Dimension::Locality,
                code: locality.code.to_string(),
                name: locality.name.clone(),
            },
            place,
            valid: locality.valid,
        })
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.piece.name
    }

    /// Whether it is a locality, which nobody has verified.
    pub(super) fn is_locality(&self) -> bool {
        self.piece.dimension == Dimension::Locality
    }

    /// Whether there is no such place any more on a day.
    pub(super) fn has_ended(&self, on: Date) -> bool {
        self.valid.end().is_some_and(|end| end <= on)
    }

    /// The councils of today that its people live in.
    pub(super) fn councils(&self, reference: &Reference) -> Vec<Self> {
        let codes = self.living.councils.keys();
        let found = codes.map(|code| Self::council(reference, reference.area(code)?));
        found.flatten().collect()
    }

    /// Where its profile is.
    pub(super) fn address(&self) -> String {
        format!("{}/{}", super::PLACES, self.piece.address())
    }

    /// Whether a practice is one of it.
    pub(super) fn has(&self, practice: &Practice) -> bool {
        match &self.place {
            Place::Council(code) => [practice.council, practice.council_2013].contains(code),
            Place::Locality(code) => practice.locality == *code,
            _ => false,
        }
    }

    /// The places of the other kind that it has people in, with how many of its own live in each.
    pub(super) fn others(&self, reference: &Reference) -> Vec<(Self, u32)> {
        let council = |code: &GssCode| Self::council(reference, reference.area(code)?);
        let locality = |code: &LocalityCode| Self::locality(reference, reference.locality(code)?);
        if self.is_locality() {
            let councils = self.living.councils.iter();
            let found = councils.map(|(code, people)| Some((council(code)?, *people)));
            found.flatten().collect()
        } else {
            let localities = self.living.localities.iter();
            let found = localities.map(|(code, people)| Some((locality(code)?, *people)));
            found.flatten().collect()
        }
    }
}
