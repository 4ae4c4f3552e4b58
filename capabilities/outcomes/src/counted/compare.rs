//! Whether numbers kept up to date are those of a count anew: every cell, found by its codes, as two vocabularies may
//! have numbered the same in another order.

use std::collections::BTreeSet;

use stour_indicators::{BANDS, Definition, Dimension, Layout, Month};

use super::state::State;
use crate::catalogue;

/// How many differences are told in words.
const TOLD: usize = 20;

/// What two counts have in common.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// How many cells of either were compared, with the values measured in them.
    pub(super) cells: usize,
    /// How many counts of people on record were.
    pub(super) on_record: usize,
    /// How many of all these differ.
    pub(super) differing: usize,
    /// The first of the differences, in words.
    pub(super) told: Vec<String>,
}

/// A piece of a dimension: its code, and its place in the layout of each; none where one does not have it.
struct Both {
    code: String,
    places: [Option<usize>; 2],
}

/// Compares what was kept with what was counted anew.
pub(super) fn compare(kept: &State, anew: &State) -> Compared {
    let mut found = Compared::default();
    let sizes = [kept.size().1, anew.size().1];
    if sizes[0] != sizes[1] {
        found.differ(|| format!("facts: {} kept, {} anew", sizes[0], sizes[1]));
    }
    let layouts = [kept, anew].map(|state| state.tally().layout());
    let months: BTreeSet<Month> = layouts.iter().flat_map(|layout| layout.months()).collect();
    for dimension in Dimension::ALL {
        let pieces = pieces(layouts, dimension);
        for (place, definition) in kept.definitions.iter().enumerate() {
            if kept.tally().has(place, dimension) || anew.tally().has(place, dimension) {
                let of = (place, definition, dimension);
                found.table([kept, anew], of, (&months, &pieces));
            }
        }
    }
    for (dimension, code, [one, other]) in kept.on_record.beside(&anew.on_record) {
        found.on_record += one.len();
        if one != other {
            found.differ(|| {
                format!("people on record of {dimension:?} {code:?}: {one:?} kept, {other:?} anew")
            });
        }
    }
    found
}

impl Compared {
    fn table(
        &mut self,
        [kept, anew]: [&State; 2],
        (place, definition, dimension): (usize, &Definition, Dimension),
        (months, pieces): (&BTreeSet<Month>, &[Both]),
    ) {
        let catalogued = kept.catalogue.named(&definition.id);
        let values = catalogued.is_some_and(catalogue::Definition::needs_values);
        for month in months {
            for piece in pieces {
                let [one, other] = [(kept, piece.places[0]), (anew, piece.places[1])];
                let cell = |(state, piece): (&State, Option<usize>)| {
                    let cell = |piece| state.tally().cell(place, *month, dimension, piece);
                    piece.map(cell).unwrap_or_default()
                };
                let each = |(state, piece): (&State, Option<usize>)| {
                    let each = |piece| state.tally().values(place, [*month], dimension, piece);
                    piece.map(each).unwrap_or_default()
                };
                self.cells += 1;
                if cell(one) != cell(other) || values && each(one) != each(other) {
                    self.differ(|| {
                        let (one, other) = (cell(one), cell(other));
                        format!(
                            "{} from {}, {dimension:?} {:?}: {} of {} kept, {} of {} anew",
                            definition.id,
                            month.first().date().unwrap_or_default(),
                            piece.code,
                            one.numerator,
                            one.denominator,
                            other.numerator,
                            other.denominator,
                        )
                    });
                }
            }
        }
    }

    fn differ(&mut self, what: impl FnOnce() -> String) {
        self.differing += 1;
        if self.told.len() < TOLD {
            self.told.push(what());
        }
    }
}

/// Every piece that either layout has.
fn pieces(layouts: [&Layout; 2], dimension: Dimension) -> Vec<Both> {
    let within = match dimension {
        Dimension::AgeInCouncil => Dimension::Council,
        Dimension::AgeInLocality => Dimension::Locality,
        Dimension::AgeInLocalityInCouncil => Dimension::LocalityInCouncil,
        Dimension::AgeInDeprivation => Dimension::Deprivation,
        other => other,
    };
    let known = layouts.map(|layout| layout.pieces(within));
    let (Some(one), Some(other)) = (known[0], known[1]) else {
        // Ages and sexes have the same places everywhere.
        let all = (0..layouts[0].len(dimension)).map(|place| Both {
            code: place.to_string(),
            places: [Some(place); 2],
        });
        return all.collect();
    };
    let codes: BTreeSet<&String> = one.codes.iter().chain(&other.codes).collect();
    let both = codes
        .into_iter()
        .map(|code| (code, [one, other].map(|pieces| pieces.place(code))));
    if within == dimension {
        let all = both.map(|(code, places)| Both {
            code: code.clone(),
            places,
        });
        return all.collect();
    }
    let bands = |(code, places): (&String, [Option<usize>; 2])| {
        let code = code.clone();
        (0..BANDS).map(move |band| Both {
            code: format!("{code}, band {band}"),
            places: places.map(|place| place.map(|place| place * BANDS + band)),
        })
    };
    both.flat_map(bands).collect()
}
