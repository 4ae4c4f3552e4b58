//! The start of a postcode, as people type it to search.

use std::str::FromStr;

use crate::postcode::{compact, is_inward_start, is_outward};
use crate::short_text::ShortText;
use crate::text::text_value;
use crate::{Postcode, PostcodeError};

/// The start of a postcode for searching: an area `BH`, a district `BH8`, a sector `BH8 9`, or
/// more. `BH1` finds the district BH1 and not BH11. Without a space `BH11` can be the district
/// BH11 or the sector BH1 1, and finds both; `BH1 1` finds only the sector.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostcodePart {
    text: ShortText<8>,
    prefixes: Vec<ShortText<8>>,
}

impl PostcodePart {
    /// What was typed, in capitals with at most one space.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Whether the postcode starts so.
    pub fn matches(&self, postcode: &Postcode) -> bool {
        self.prefixes()
            .any(|prefix| postcode.as_str().starts_with(prefix))
    }

    /// The ways a matching postcode in its written form (`BH8 9RN`) can start: each is the start
    /// of a range in an index on the written form. Between one and ten of them.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.prefixes.iter().map(ShortText::as_str)
    }
}

impl FromStr for PostcodePart {
    type Err = PostcodeError;

    fn from_str(text: &str) -> Result<Self, PostcodeError> {
        let text = text.trim();
        let halves = text.split_once(char::is_whitespace);
        let (typed, readings) = if let Some((outward, inward)) = halves {
            let (outward, inward) = (compact(outward)?, compact(inward)?);
            (
                format!("{outward} {inward}"),
                reading(&outward, &inward).into_iter().collect(),
            )
        } else {
            let typed = compact(text)?;
            let readings = unspaced_readings(&typed);
            (typed, readings)
        };
        let prefixes: Vec<_> = readings
            .iter()
            .filter_map(|text| ShortText::new(text))
            .collect();
        match ShortText::new(&typed) {
            Some(text) if !prefixes.is_empty() => Ok(Self { text, prefixes }),
            _ => Err(PostcodeError::Part),
        }
    }
}

text_value!(PostcodePart, PostcodeError);

fn reading(outward: &str, inward: &str) -> Option<String> {
    (is_outward(outward) && is_inward_start(outward, inward)).then(|| format!("{outward} {inward}"))
}

/// Every way to read a text without a space: letters alone as an area, else each place where the
/// first half can end.
fn unspaced_readings(typed: &str) -> Vec<String> {
    let is_letters = typed.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_letters && (1..=2).contains(&typed.len()) {
        let districts = (0..=9).map(|digit| format!("{typed}{digit}"));
        return districts.filter(|district| is_outward(district)).collect();
    }
    (1..=typed.len())
        .filter_map(|end| typed.split_at_checked(end))
        .filter_map(|(outward, inward)| reading(outward, inward))
        .collect()
}

#[cfg(test)]
mod tests;
