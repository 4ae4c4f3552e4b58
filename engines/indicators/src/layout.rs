//! What numbers are taken apart by, and in which order their pieces lie.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::columns::index;
use crate::day::Month;
use crate::vocabulary::Vocabulary;

/// What a number may be taken apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Not taken apart.
    Whole,
    /// The council at the time.
    Council,
    /// The locality at the time.
    Locality,
    /// The council and the locality together: `E06000058/poole-bay`. A practice may have people of two councils.
    LocalityInCouncil,
    /// Bands of five years, the last from 90.
    Age,
    /// Recorded as female, as male, or neither.
    Sex,
    /// Tenths of areas by deprivation.
    Deprivation,
    /// Middle-layer super output areas.
    SmallArea,
    /// The organisation that did it.
    Provider,
    /// Age bands within each council.
    AgeInCouncil,
    /// Age bands within each locality.
    AgeInLocality,
    /// Age bands within each locality of each council.
    AgeInLocalityInCouncil,
    /// Age bands within each tenth of deprivation.
    AgeInDeprivation,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 13] = [
        Self::Whole,
        Self::Council,
        Self::Locality,
        Self::LocalityInCouncil,
        Self::Age,
        Self::Sex,
        Self::Deprivation,
        Self::SmallArea,
        Self::Provider,
        Self::AgeInCouncil,
        Self::AgeInLocality,
        Self::AgeInLocalityInCouncil,
        Self::AgeInDeprivation,
    ];

    /// The dimension within which age bands are counted here; none where this is not one of them.
    const fn around_age(self) -> Option<Self> {
        match self {
            Self::AgeInCouncil => Some(Self::Council),
            Self::AgeInLocality => Some(Self::Locality),
            Self::AgeInLocalityInCouncil => Some(Self::LocalityInCouncil),
            Self::AgeInDeprivation => Some(Self::Deprivation),
            _ => None,
        }
    }
}

/// How many bands of age there are: 19 of five years, and one for ages that are not known.
pub const BANDS: usize = 20;

/// The pieces of a dimension, and which piece everything of the vocabulary belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Their codes, the empty code for what is not known.
    pub codes: Vec<String>,
    of: Vec<usize>,
}

impl Pieces {
    fn new(all: &[String]) -> Self {
        let codes: BTreeSet<&String> = all.iter().collect();
        let codes: Vec<String> = codes.into_iter().cloned().collect();
        let of = |code| codes.binary_search(code).unwrap_or_default();
        Self {
            of: all.iter().map(of).collect(),
            codes,
        }
    }

    #[inline]
    fn of(&self, number: u32) -> usize {
        self.of.get(index(number)).copied().unwrap_or_default()
    }

    /// The place of a code among them.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| known == code)
    }
}

/// What numbers are taken apart by: made from the vocabulary, so a new council needs a new layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    first: Month,
    months: usize,
    council: Pieces,
    locality: Pieces,
    locality_in_council: Pieces,
    deprivation: Pieces,
    small_area: Pieces,
    provider: Pieces,
}

impl Layout {
    /// A layout of the months from one to another. `groups` gives the tenth of deprivation and the middle-layer area
    /// of a small area, empty where they are not known.
    pub fn new(
        vocabulary: &Vocabulary,
        (first, last): (Month, Month),
        groups: impl Fn(&str) -> (String, String),
    ) -> Self {
        let (councils, localities): (Vec<_>, Vec<_>) = vocabulary
            .places()
            .map(|(council, locality)| (council.to_owned(), locality.to_owned()))
            .unzip();
        let pairs: Vec<String> = vocabulary
            .places()
            .map(|(council, locality)| format!("{council}/{locality}"))
            .collect();
        let (tenths, middle): (Vec<_>, Vec<_>) =
            vocabulary.areas().iter().map(|area| groups(area)).unzip();
        let descriptions = vocabulary.descriptions().iter();
        let providers: Vec<_> = descriptions
            .map(|description| description.organisation.clone())
            .collect();
        let months = last
            .number()
            .saturating_sub(first.number())
            .saturating_add(1);
        Self {
            first,
            months: usize::try_from(months).unwrap_or_default(),
            council: Pieces::new(&councils),
            locality: Pieces::new(&localities),
            locality_in_council: Pieces::new(&pairs),
            deprivation: Pieces::new(&tenths),
            small_area: Pieces::new(&middle),
            provider: Pieces::new(&providers),
        }
    }

    /// How many months there are.
    pub(crate) const fn span(&self) -> usize {
        self.months
    }

    /// Whether every month and piece has the place that it has in another layout: what is counted by one can be
    /// counted on by the other.
    pub(crate) fn has_places_of(&self, other: &Self) -> bool {
        let apart = [
            Dimension::Council,
            Dimension::Locality,
            Dimension::LocalityInCouncil,
            Dimension::Deprivation,
            Dimension::SmallArea,
            Dimension::Provider,
        ];
        let codes =
            |layout: &Self, dimension| layout.pieces(dimension).map(|pieces| pieces.codes.clone());
        (self.first, self.months) == (other.first, other.months)
            && apart
                .into_iter()
                .all(|dimension| codes(self, dimension) == codes(other, dimension))
    }

    /// The first month.
    pub const fn first(&self) -> Month {
        self.first
    }

    /// The months, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> + use<> {
        let first = self.first;
        (0..self.months).map(move |place| first.plus(i32::try_from(place).unwrap_or(i32::MAX)))
    }

    /// The pieces of a dimension that follows from the vocabulary.
    pub fn pieces(&self, dimension: Dimension) -> Option<&Pieces> {
        match dimension {
            Dimension::Council => Some(&self.council),
            Dimension::Locality => Some(&self.locality),
            Dimension::LocalityInCouncil => Some(&self.locality_in_council),
            Dimension::Deprivation => Some(&self.deprivation),
            Dimension::SmallArea => Some(&self.small_area),
            Dimension::Provider => Some(&self.provider),
            _ => None,
        }
    }

    /// How many pieces a dimension has.
    pub fn len(&self, dimension: Dimension) -> usize {
        match (dimension.around_age(), dimension) {
            (Some(around), _) => self.len(around) * BANDS,
            (None, Dimension::Whole) => 1,
            (None, Dimension::Age) => BANDS,
            (None, Dimension::Sex) => 3,
            (None, other) => self.pieces(other).map_or(0, |pieces| pieces.codes.len()),
        }
    }

    /// The piece that a case belongs to.
    #[inline]
    pub fn piece(&self, dimension: Dimension, case: &Case) -> Option<usize> {
        match dimension {
            Dimension::Whole => Some(0),
            Dimension::Council => Some(self.council.of(case.place)),
            Dimension::Locality => Some(self.locality.of(case.place)),
            Dimension::LocalityInCouncil => Some(self.locality_in_council.of(case.place)),
            Dimension::Age => Some(band(case.age)),
            Dimension::Sex => Some(usize::from(case.sex)),
            Dimension::Deprivation => Some(self.deprivation.of(case.area)),
            Dimension::SmallArea => Some(self.small_area.of(case.area)),
            Dimension::Provider => Some(self.provider.of(case.description?)),
            Dimension::AgeInCouncil
            | Dimension::AgeInLocality
            | Dimension::AgeInLocalityInCouncil
            | Dimension::AgeInDeprivation => {
                let around = self.piece(dimension.around_age()?, case)?;
                Some(around * BANDS + band(case.age))
            }
        }
    }

    /// The place of a month among the months.
    #[inline]
    pub(crate) fn month(&self, month: Month) -> Option<usize> {
        let place = month.number().checked_sub(self.first.number())?;
        usize::try_from(place)
            .ok()
            .filter(|place| *place < self.months)
    }
}

/// The place of an age among the bands; the last where it is not known.
#[inline]
fn band(age: Option<i32>) -> usize {
    age.and_then(|age| usize::try_from(age).ok())
        .map_or(BANDS - 1, |age| (age / 5).min(BANDS - 2))
}
