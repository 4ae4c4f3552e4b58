//! Names as they are compared: whole, in parts, as forms of one another, by sound and by slips of the finger.

use crate::dictionary::{Dictionary, Id, place};
use crate::fold;
use crate::lists::Lists;
use crate::similarity::{bytes, is_one_slip, is_two_slips, jaro_winkler, letters, soundex};

/// Parts of a family name shorter than this (`de`, `van`) do not show that two names are related.
const SHORTEST_PART: usize = 4;
/// From this similarity on, two names are one name with a slip: a common choice (Splink's name comparison).
const CLOSE: f32 = 0.92;
/// From this similarity on, two names are alike.
const ALIKE: f32 = 0.85;

/// How two given names compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Given {
    Missing = 0,
    Same,
    Form,
    Initial,
    Close,
    Alike,
    Different,
}

/// How two family names compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Family {
    Missing = 0,
    Same,
    Part,
    Close,
    Alike,
    Different,
}

/// What depends on one distinct name alone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Name {
    start: u32,
    length: u8,
    pub(crate) is_placeholder: bool,
    letters: u32,
    pub(crate) sound: u32,
    /// A number that the same letters have, whatever the order of names.
    pub(crate) hash: u64,
    forms: [u16; 4],
    parts: (u32, u8),
    pub(crate) given_count: u32,
    pub(crate) family_count: u32,
    pub(crate) given_share: f64,
    pub(crate) family_share: f64,
}

/// Every distinct name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    raw: Dictionary,
    folded_of_raw: Vec<Id>,
    folded: Dictionary,
    entries: Vec<Name>,
    letters: Vec<u8>,
    parts: Vec<Id>,
    scratch: String,
    scratch_bytes: Vec<u8>,
}

/// A name, and the letters it is written with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'n> {
    pub(crate) name: &'n Name,
    pub(crate) bytes: &'n [u8],
    names: &'n Names,
}

impl Names {
    /// The number of a name as it is written.
    pub(crate) fn intern(&mut self, text: &str, lists: &Lists) -> Id {
        let (raw, is_new) = self.raw.intern(text);
        if !is_new {
            return self.folded_of_raw.get(place(raw)).copied().unwrap_or(0);
        }
        let mut folded = std::mem::take(&mut self.scratch);
        fold::name(text, &mut folded);
        let known = self.intern_folded(&folded, lists);
        self.scratch = folded;
        self.folded_of_raw.resize(place(raw) + 1, 0);
        if let Some(of_raw) = self.folded_of_raw.last_mut() {
            *of_raw = known;
        }
        known
    }

    /// The number of a folded name.
    pub(crate) fn intern_folded(&mut self, folded: &str, lists: &Lists) -> Id {
        let (known, is_new) = self.folded.intern(folded);
        if is_new {
            let parts = self.parts_of(folded, lists);
            let mut letters_of = std::mem::take(&mut self.scratch_bytes);
            bytes(folded, &mut letters_of);
            let mut forms = [u16::MAX; 4];
            for (form, known) in forms.iter_mut().zip(lists.forms(folded)) {
                *form = *known;
            }
            let size = self.entries.len().max(place(known) + 1);
            self.entries.resize(size, Name::default());
            if let Some(entry) = self.entries.get_mut(place(known)) {
                *entry = Name {
                    start: crate::dictionary::id(self.letters.len()),
                    length: u8::try_from(letters_of.len()).unwrap_or(u8::MAX),
                    is_placeholder: lists.is_placeholder(folded),
                    letters: letters(&letters_of),
                    sound: soundex(&letters_of),
                    hash: hash(&letters_of),
                    forms,
                    parts,
                    given_count: 0,
                    family_count: 0,
                    given_share: lists.given_share(folded),
                    family_share: lists.family_share(folded),
                };
            }
            self.letters.extend_from_slice(&letters_of);
            self.scratch_bytes = letters_of;
        }
        known
    }

    fn parts_of(&mut self, folded: &str, lists: &Lists) -> (u32, u8) {
        let words = || {
            folded
                .split(' ')
                .filter(|word| word.chars().count() >= SHORTEST_PART)
        };
        if !folded.contains(' ') {
            return (0, 0);
        }
        let parts: Vec<Id> = words()
            .take(4)
            .map(|word| self.intern_folded(word, lists))
            .collect();
        let start = crate::dictionary::id(self.parts.len());
        self.parts.extend_from_slice(&parts);
        (start, u8::try_from(parts.len()).unwrap_or(0))
    }

    /// The entry of a number; an empty one for 0.
    pub(crate) fn view(&self, id: Id) -> View<'_> {
        const NONE: Name = Name {
            start: 0,
            length: 0,
            is_placeholder: false,
            letters: 0,
            sound: 0,
            hash: 0,
            forms: [u16::MAX; 4],
            parts: (0, 0),
            given_count: 0,
            family_count: 0,
            given_share: 0.0,
            family_share: 0.0,
        };
        let name = self.entries.get(place(id)).unwrap_or(&NONE);
        let start = place(name.start);
        View {
            name,
            bytes: self
                .letters
                .get(start..start + usize::from(name.length))
                .unwrap_or_default(),
            names: self,
        }
    }

    pub(crate) fn entry_mut(&mut self, id: Id) -> Option<&mut Name> {
        self.entries.get_mut(place(id)).filter(|_| id != 0)
    }

    /// Counts every name as often again as it is known there.
    pub(crate) fn count_as(&mut self, other: &Self) {
        for (own, entry) in (0..).zip(&mut self.entries).skip(1) {
            let known = other.folded.find(self.folded.text(own));
            if let Some(known) = known.and_then(|known| other.entries.get(place(known))) {
                entry.given_count = entry.given_count.saturating_add(known.given_count);
                entry.family_count = entry.family_count.saturating_add(known.family_count);
            }
        }
    }

    /// One more than the largest number.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Fowler, Noll and Vo's hash (FNV-1a).
fn hash(letters: &[u8]) -> u64 {
    letters.iter().fold(0xCBF2_9CE4_8422_2325, |hash, letter| {
        (hash ^ u64::from(*letter)).wrapping_mul(0x0100_0000_01B3)
    })
}

impl Name {
    /// The groups of forms that the name belongs to.
    pub(crate) fn forms(&self) -> impl Iterator<Item = u16> + '_ {
        self.forms.iter().copied().filter(|form| *form != u16::MAX)
    }
}

impl<'n> View<'n> {
    fn is_known(&self) -> bool {
        !self.bytes.is_empty() && !self.name.is_placeholder
    }

    /// Whether both are the same letters.
    fn is(&self, other: View<'_>) -> bool {
        self.name.hash == other.name.hash && self.bytes == other.bytes
    }

    fn parts(&self) -> impl Iterator<Item = View<'n>> {
        let start = place(self.name.parts.0);
        let names = self.names;
        let parts = names
            .parts
            .get(start..start + usize::from(self.name.parts.1));
        parts
            .unwrap_or_default()
            .iter()
            .map(move |part| names.view(*part))
    }

    fn shares_form(&self, other: &View<'_>) -> bool {
        self.name
            .forms()
            .any(|form| other.name.forms.contains(&form))
    }
}

/// How two given names compare. A word that stands for a name not known says nothing.
pub(crate) fn given(one: View<'_>, other: View<'_>) -> Given {
    if !one.is_known() || !other.is_known() {
        return Given::Missing;
    }
    if one.is(other) {
        return if one.bytes.len() == 1 {
            Given::Initial
        } else {
            Given::Same
        };
    }
    if one.bytes.len() == 1 || other.bytes.len() == 1 {
        return if one.bytes.first() == other.bytes.first() {
            Given::Initial
        } else {
            Given::Different
        };
    }
    if one.shares_form(&other) {
        return Given::Form;
    }
    match nearness(one, other) {
        Nearness::Close => Given::Close,
        Nearness::Alike => Given::Alike,
        Nearness::Far => Given::Different,
    }
}

/// How two family names compare: a double-barrelled name is related to each of its parts.
pub(crate) fn family(one: View<'_>, other: View<'_>) -> Family {
    if !one.is_known() || !other.is_known() {
        return Family::Missing;
    }
    if one.is(other) {
        return Family::Same;
    }
    let is_part = |whole: View<'_>, name: View<'_>| {
        whole
            .parts()
            .any(|part| part.is(name) || nearness(part, name) == Nearness::Close)
    };
    let shares = || {
        one.parts().any(|part| is_part(other, part)) || is_part(one, other) || is_part(other, one)
    };
    match nearness(one, other) {
        Nearness::Close => Family::Close,
        _ if shares() => Family::Part,
        Nearness::Alike => Family::Alike,
        Nearness::Far => Family::Different,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    Close,
    Alike,
    Far,
}

fn nearness(one: View<'_>, other: View<'_>) -> Nearness {
    let sounds_alike = one.name.sound != 0 && one.name.sound == other.name.sound;
    if !sounds_alike && !may_be_alike(one, other) {
        return Nearness::Far;
    }
    let (shorter, longer) = {
        let (one, other) = (one.bytes.len(), other.bytes.len());
        (one.min(other), one.max(other))
    };
    if is_one_slip(one.bytes, other.bytes) {
        return if longer >= 4 {
            Nearness::Close
        } else {
            Nearness::Alike
        };
    }
    let similarity = jaro_winkler(one.bytes, other.bytes);
    if similarity >= CLOSE && longer >= 4 {
        Nearness::Close
    } else if similarity >= ALIKE
        || (sounds_alike && shorter >= 3)
        || (shorter >= 6 && is_two_slips(one.bytes, other.bytes))
    {
        Nearness::Alike
    } else {
        Nearness::Far
    }
}

/// A quick look: whether two names share enough letters to be alike. Never false for names that are.
fn may_be_alike(one: View<'_>, other: View<'_>) -> bool {
    let (first, second) = (one.name, other.name);
    let missing_first = (first.letters & !second.letters).count_ones();
    let missing_second = (second.letters & !first.letters).count_ones();
    if missing_first <= 2 && missing_second <= 2 {
        return true;
    }
    let (length, length_other) = (u32::from(first.length), u32::from(second.length));
    let most = length
        .saturating_sub(missing_first)
        .min(length_other.saturating_sub(missing_second));
    // Jaro's similarity is at most (most/length + most/other + 1) / 3; it must reach 0.75 where a shared
    // beginning can add to it, and 0.85 where the first letters differ.
    let needed = if one.bytes.first() == other.bytes.first() {
        125
    } else {
        155
    };
    100 * most * (length + length_other) >= needed * length * length_other
}

/// A quick look: whether two names could be the same, forms of one, or one with a slip. Never false for
/// names that are.
pub(crate) fn may_be_close(one: View<'_>, other: View<'_>) -> bool {
    let (first, second) = (one.name, other.name);
    let is_whole = first.parts.1 == 0 && second.parts.1 == 0;
    !is_whole || one.shares_form(&other) || may_be_alike(one, other)
}

#[cfg(test)]
mod tests;
