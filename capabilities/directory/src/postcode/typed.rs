//! Postcodes as people type them.

use stour_kernel::{Postcode, PostcodeError};
use stour_search::Point;

use super::table::Postcodes;

/// A place that was typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located {
    /// The postcode, or the part of one, as it is written: `BH8 9RN`, `BH8`.
    pub(crate) name: String,
    /// Where, or the middle of it.
    pub(crate) point: Point,
    /// The code of the council.
    pub(crate) council: String,
    /// Whether letters and digits that look alike were exchanged.
    pub(crate) is_corrected: bool,
    /// Whether it is in use.
    pub(crate) is_live: bool,
    /// Whether only a part of a postcode was typed.
    pub(crate) is_part: bool,
}

/// Why what was typed is no place, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoPlace {
    /// It is no postcode.
    #[error(
        "{0:?} is not a postcode. Type one such as BH8 9RN, or only its first half, such as BH8"
    )]
    NotOne(String),
    /// It looks like one, but is not known.
    #[error("We do not know the postcode {0}. Check it, or type only its first half, such as {1}")]
    NotKnown(String, String),
    /// A part of one that is not known.
    #[error(
        "We know no postcodes that begin with {0}. Check it, or leave the postcode empty to search everywhere"
    )]
    PartNotKnown(String),
}

/// What is typed for what is meant.
const ALIKE: [(char, char); 8] = [
    ('O', '0'),
    ('0', 'O'),
    ('I', '1'),
    ('L', '1'),
    ('1', 'I'),
    ('S', '5'),
    ('5', 'S'),
    ('8', 'B'),
];

impl Postcodes {
    /// Finds what was typed: a whole postcode in any spelling, a district or a sector.
    pub(crate) fn locate(&self, typed: &str) -> Result<Located, NoPlace> {
        let letters: String = typed
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .take(9)
            .flat_map(char::to_uppercase)
            .collect();
        let whole: Result<Postcode, PostcodeError> = letters.parse();
        if let Ok(postcode) = &whole
            && let Some(located) = self.whole(postcode, false)
        {
            return Ok(located);
        }
        // "BH11" is a district before it is the sector BH1 1; a space says which is meant.
        let by_space = typed.trim().split_once(char::is_whitespace);
        let parts =
            by_space.map(|(outward, inward)| (outward.to_uppercase(), inward.trim().to_owned()));
        let parts = parts.unwrap_or_else(|| (letters.clone(), String::new()));
        if let Some(located) = self.begun(&parts.0, &parts.1) {
            return Ok(located);
        }
        if let Some(located) = alike(&letters)
            .iter()
            .filter_map(|letters| letters.parse().ok())
            .find_map(|postcode| self.whole(&postcode, true))
        {
            return Ok(located);
        }
        let is_short = (2..=4).contains(&letters.len());
        match whole {
            Ok(postcode) => {
                let outward = postcode.outward().to_owned();
                Err(NoPlace::NotKnown(postcode.to_string(), outward))
            }
            Err(_) if is_short && letters.chars().any(char::is_numeric) => {
                Err(NoPlace::PartNotKnown(letters))
            }
            Err(_) => Err(NoPlace::NotOne(
                typed
                    .chars()
                    .filter(|letter| !letter.is_control())
                    .take(20)
                    .collect(),
            )),
        }
    }

    fn whole(&self, postcode: &Postcode, is_corrected: bool) -> Option<Located> {
        let known = self.get(postcode)?;
        Some(Located {
            name: postcode.to_string(),
            point: known.point,
            council: known.council,
            is_corrected,
            is_live: known.is_live,
            is_part: false,
        })
    }

    /// A district, or a sector as `BH8 9` or `BH89`.
    fn begun(&self, outward: &str, inward: &str) -> Option<Located> {
        let of_sector = |outward: &str, digit: u8| {
            let known = self.part(outward, Some(digit))?;
            Some((format!("{outward} {digit}"), known))
        };
        let (name, known) = if !inward.is_empty() {
            of_sector(outward, inward.parse().ok().filter(|digit| *digit < 10)?)?
        } else if let Some(known) = self.part(outward, None) {
            (outward.to_owned(), known)
        } else {
            let last = outward.chars().next_back()?;
            let digit = u8::try_from(last.to_digit(10)?).ok()?;
            of_sector(outward.strip_suffix(last)?, digit)?
        };
        Some(Located {
            name,
            point: known.point,
            council: known.council,
            is_corrected: false,
            is_live: known.is_live,
            is_part: true,
        })
    }
}

/// Every way in which one or two of the letters and digits may be another that looks like it.
fn alike(letters: &str) -> Vec<String> {
    let once = |letters: &str| -> Vec<String> {
        let characters: Vec<char> = letters.chars().collect();
        let mut others = Vec::new();
        for (at, typed) in characters.iter().enumerate() {
            for (_, meant) in ALIKE.iter().filter(|(from, _)| from == typed) {
                let mut other = characters.clone();
                if let Some(place) = other.get_mut(at) {
                    *place = *meant;
                }
                others.push(other.into_iter().collect());
            }
        }
        others
    };
    let mut all = once(letters);
    let twice: Vec<String> = all.iter().flat_map(|letters| once(letters)).collect();
    all.extend(twice);
    all
}
