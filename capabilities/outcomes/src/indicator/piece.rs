//! What a number is taken apart into: councils, localities, ages, tenths of deprivation, who did it.

use std::collections::BTreeSet;

use stour_indicators::{BANDS, Case, Dimension, Layout};
use stour_kernel::{GssCode, LocalityCode, OdsCode};
use stour_partnership::Reference;

use crate::catalogue::Apart;
use crate::counted::State;

/// One piece of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) dimension: Dimension,
    /// Its code, or the place of a band among bands.
    pub(crate) code: String,
    /// Its name on a page.
    pub(crate) name: String,
}

impl Piece {
    /// The piece of a dimension with a code.
    fn new(reference: &Reference, dimension: Dimension, code: &str) -> Self {
        Self {
            dimension,
            code: code.to_owned(),
            name: name(reference, dimension, code),
        }
    }

    /// The name of a piece by its code.
    pub(crate) fn known(reference: &Reference, dimension: Dimension, code: &str) -> String {
        name(reference, dimension, code)
    }

    /// The piece that an address names: `locality:poole-bay`. None of one that is not there.
    pub(crate) fn named(state: &State, reference: &Reference, text: &str) -> Option<Self> {
        let (dimension, code) = text.split_once(':')?;
        if dimension == WITHIN {
            let (council, _) = code.split_once('/')?;
            let within = localities(state, reference, council);
            return within.into_iter().find(|piece| piece.code == code);
        }
        let apart = ALL.iter().find(|(_, name)| *name == dimension)?.0;
        all(state, reference, apart)
            .into_iter()
            .find(|piece| piece.code == code)
    }

    /// Its code by itself: of a locality within a council, the locality's.
    pub(crate) fn own_code(&self) -> &str {
        match self.dimension {
            Dimension::LocalityInCouncil => self.code.split_once('/').map_or("", |(_, own)| own),
            _ => &self.code,
        }
    }

    /// As addresses have it.
    pub(crate) fn address(&self) -> String {
        if self.dimension == Dimension::LocalityInCouncil {
            return format!("{WITHIN}:{}", self.code);
        }
        let dimension = ALL
            .iter()
            .find(|(apart, _)| apart.dimension() == self.dimension);
        format!("{}:{}", dimension.map_or("", |(_, name)| name), self.code)
    }

    /// Whether a case belongs to it.
    pub(crate) fn has(&self, layout: &Layout, case: &Case) -> bool {
        let place = match self.dimension {
            Dimension::Age | Dimension::Sex => self.code.parse().ok(),
            other => layout
                .pieces(other)
                .and_then(|pieces| pieces.place(&self.code)),
        };
        place.is_some() && layout.piece(self.dimension, case) == place
    }

    /// Whether what it is made of is not known.
    pub(crate) fn is_unknown(&self) -> bool {
        if self.dimension == Dimension::LocalityInCouncil {
            return self.own_code().is_empty();
        }
        ALL.iter().any(|(apart, _)| {
            apart.dimension() == self.dimension
                && unknown(*apart).is_some_and(|(code, _)| code == self.code)
        })
    }
}

/// The part of a locality that lies in a council, in addresses and files.
pub(crate) const WITHIN: &str = "within";

/// What numbers are taken apart by, with the name of each in addresses and files.
pub(crate) const ALL: [(Apart, &str); 7] = [
    (Apart::Council, "council"),
    (Apart::Locality, "locality"),
    (Apart::Age, "age"),
    (Apart::Sex, "sex"),
    (Apart::Deprivation, "deprivation"),
    (Apart::SmallArea, "small-area"),
    (Apart::Provider, "provider"),
];

/// The name of a dimension in addresses and files.
pub(crate) fn dimension_name(apart: Apart) -> &'static str {
    ALL.iter()
        .find(|(known, _)| *known == apart)
        .map_or("", |(_, name)| name)
}

/// The heading of a table of pieces.
pub(crate) const fn heading(apart: Apart) -> &'static str {
    match apart {
        Apart::Council => "Council",
        Apart::Locality => "Locality",
        Apart::Age => "Age",
        Apart::Sex => "Sex",
        Apart::Deprivation => "Deprivation of the area",
        Apart::SmallArea => "Area",
        Apart::Provider => "Organisation",
    }
}

/// The code of the piece of which the thing is not known, and what that thing is; none where there is no such piece.
pub(crate) const fn unknown(apart: Apart) -> Option<(&'static str, &'static str)> {
    match apart {
        Apart::Council => Some(("", "the council")),
        Apart::Locality => Some(("", "the locality")),
        Apart::Age => Some(("19", "the age")),
        Apart::Sex => Some(("0", "the sex")),
        Apart::Deprivation => Some(("", "how deprived the area is")),
        Apart::SmallArea => Some(("", "the area")),
        Apart::Provider => None,
    }
}

/// Every piece of a dimension, in order; the one that is not known last.
pub(crate) fn all(state: &State, reference: &Reference, apart: Apart) -> Vec<Piece> {
    let dimension = apart.dimension();
    let layout = state.tally().layout();
    let mut codes: Vec<String> = match layout.pieces(dimension) {
        Some(pieces) => pieces.codes.clone(),
        None if dimension == Dimension::Sex => ["1", "2", "0"].map(str::to_owned).to_vec(),
        None => (0..BANDS).map(|band| band.to_string()).collect(),
    };
    codes.sort_by_key(String::is_empty);
    codes
        .iter()
        .map(|code| Piece::new(reference, dimension, code))
        .collect()
}

/// The localities of a council, each as far as it lies in it.
pub(crate) fn localities(state: &State, reference: &Reference, council: &str) -> Vec<Piece> {
    let places = state
        .vocabulary()
        .places()
        .filter(|(own, _)| *own == council);
    let codes: BTreeSet<&str> = places.map(|(_, locality)| locality).collect();
    let mut codes: Vec<&str> = codes.into_iter().collect();
    codes.sort_by_key(|code: &&str| code.is_empty());
    let within = |code| Piece {
        dimension: Dimension::LocalityInCouncil,
        code: format!("{council}/{code}"),
        name: name(reference, Dimension::Locality, code),
    };
    codes.into_iter().map(within).collect()
}

fn name(reference: &Reference, dimension: Dimension, code: &str) -> String {
    let unknown = |what: &str| format!("{what} not known");
    match dimension {
        Dimension::Council => {
            let area = code
                .parse::<GssCode>()
                .ok()
                .and_then(|code| reference.area(&code));
            area.map_or_else(|| unknown("Council"), |area| area.name.clone())
        }
        Dimension::Locality => {
            let locality = code
                .parse::<LocalityCode>()
                .ok()
                .and_then(|code| reference.locality(&code));
            locality.map_or_else(|| unknown("Locality"), |locality| locality.name.clone())
        }
        Dimension::Provider => {
            let known = code
                .parse::<OdsCode>()
                .ok()
                .and_then(|code| reference.organisation(&code));
            known.map_or_else(|| code.to_owned(), |organisation| organisation.name.clone())
        }
        Dimension::Deprivation => match code.parse::<u8>() {
            Ok(1) => "Most deprived tenth".to_owned(),
            Ok(10) => "Least deprived tenth".to_owned(),
            Ok(tenth) => format!("Tenth {tenth}"),
            Err(_) => unknown("Area"),
        },
        Dimension::Age => match code.parse::<usize>() {
            Ok(band) if band < BANDS - 2 => format!("{} to {}", band * 5, band * 5 + 4),
            Ok(band) if band == BANDS - 2 => "90 and over".to_owned(),
            _ => unknown("Age"),
        },
        Dimension::Sex => match code {
            "1" => "Female".to_owned(),
            "2" => "Male".to_owned(),
            _ => unknown("Sex"),
        },
        _ if code.is_empty() => unknown("Area"),
        _ => code.to_owned(),
    }
}

/// Counts as real numbers: far below what one holds exactly.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts are far below 2^53"
)]
pub(crate) const fn real(count: i64) -> f64 {
    count as f64
}
