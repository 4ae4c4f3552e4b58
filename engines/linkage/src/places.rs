//! Where people live, as it is compared: a home is an address with its postcode, and many may share it.

use hashbrown::HashMap;

use crate::dictionary::{Dictionary, Id, id, place};
use crate::fold;
use crate::lists::Lists;
use crate::similarity::{bytes, is_one_slip, is_two_slips, jaro_winkler, letters, shared};

/// From this similarity on, two addresses with the same numbers are one with a slip.
const CLOSE: f32 = 0.9;

/// How two residences compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Residence {
    Missing = 0,
    Home,
    Nearly,
    Postcode,
    Address,
    District,
    Elsewhere,
}

/// One distinct postcode.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Postcode {
    /// The part before the space, as a number of its own; 0 where it cannot be told.
    pub(crate) district: Id,
    pub(crate) count: u32,
}

/// One distinct address, without its postcode.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Address {
    numbers: u32,
    letters: u32,
    is_communal: bool,
    pub(crate) count: u32,
}

/// An address and a postcode together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Home {
    pub(crate) address: Id,
    pub(crate) postcode: Id,
    pub(crate) count: u32,
}

/// Every distinct address, postcode and home.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    addresses: Dictionary,
    address_entries: Vec<Address>,
    postcodes: Dictionary,
    postcode_entries: Vec<Postcode>,
    districts: Dictionary,
    homes: HashMap<(Id, Id), Id>,
    /// The entry of number 1 comes first.
    home_entries: Vec<Home>,
    scratch: String,
}

/// How many people at one home are too many to be a family, as far as the records tell: above it an
/// address is shared by people who are not related, as in a care home. Local setting, unverified.
pub(crate) const FAMILY_AT_MOST: u32 = 20;

impl Places {
    /// The number of a home; 0 when neither address nor postcode says anything.
    pub(crate) fn intern(&mut self, address: &str, postcode: &str, lists: &Lists) -> Id {
        let mut folded = std::mem::take(&mut self.scratch);
        fold::text(address, &mut folded);
        let (address, is_new) = self.addresses.intern(&folded);
        if is_new {
            self.address_entries
                .resize(place(address) + 1, Address::default());
            if let Some(entry) = self.address_entries.last_mut() {
                *entry = Address {
                    numbers: numbers(&folded),
                    letters: letters(folded.as_bytes()),
                    is_communal: lists.is_communal(&folded),
                    count: 0,
                };
            }
        }
        fold::code(postcode, &mut folded);
        // Pseudo-postcodes of no fixed abode and of abroad say nothing (ODS: ZZ99).
        let postcode = if folded.starts_with("ZZ99") {
            0
        } else {
            self.postcode(&folded)
        };
        self.scratch = folded;
        self.home(address, postcode)
    }

    fn postcode(&mut self, folded: &str) -> Id {
        let (postcode, is_new) = self.postcodes.intern(folded);
        if is_new {
            let outward = folded.len().checked_sub(3).filter(|length| *length >= 2);
            let outward = outward.and_then(|length| folded.get(..length));
            let district = outward.map_or(0, |outward| self.districts.intern(outward).0);
            self.postcode_entries
                .resize(place(postcode) + 1, Postcode::default());
            if let Some(entry) = self.postcode_entries.last_mut() {
                *entry = Postcode { district, count: 0 };
            }
        }
        postcode
    }

    fn home(&mut self, address: Id, postcode: Id) -> Id {
        if address == 0 && postcode == 0 {
            return 0;
        }
        let entries = &mut self.home_entries;
        *self.homes.entry((address, postcode)).or_insert_with(|| {
            entries.push(Home {
                address,
                postcode,
                count: 0,
            });
            id(entries.len())
        })
    }

    /// Counts one person more, or fewer, at a home.
    pub(crate) fn count(&mut self, home: Id, change: impl Fn(&mut u32)) {
        let entry = home
            .checked_sub(1)
            .and_then(|home| self.home_entries.get_mut(place(home)));
        let Some(entry) = entry else {
            return;
        };
        change(&mut entry.count);
        let (address, postcode) = (entry.address, entry.postcode);
        if let Some(entry) = self.address_entries.get_mut(place(address)) {
            change(&mut entry.count);
        }
        if let Some(entry) = self.postcode_entries.get_mut(place(postcode)) {
            change(&mut entry.count);
        }
    }

    /// Counts every home, address and postcode as often again as it is known there.
    pub(crate) fn count_as(&mut self, other: &Self) {
        let address_there = |address| other.addresses.find(self.addresses.text(address));
        let postcode_there = |postcode| other.postcodes.find(self.postcodes.text(postcode));
        for entry in &mut self.home_entries {
            let there = (
                address_there(entry.address).unwrap_or(0),
                postcode_there(entry.postcode).unwrap_or(0),
            );
            let is_known =
                (entry.address == 0) == (there.0 == 0) && (entry.postcode == 0) == (there.1 == 0);
            if is_known && let Some(home) = other.homes.get(&there) {
                entry.count = entry.count.saturating_add(other.get(*home).count);
            }
        }
        for (address, entry) in (0..).zip(&mut self.address_entries).skip(1) {
            let there = address_there(address).map_or(0, |there| other.address_entry(there).count);
            entry.count = entry.count.saturating_add(there);
        }
        for (postcode, entry) in (0..).zip(&mut self.postcode_entries).skip(1) {
            let there =
                postcode_there(postcode).map_or(0, |there| other.postcode_entry(there).count);
            entry.count = entry.count.saturating_add(there);
        }
    }

    pub(crate) fn get(&self, home: Id) -> Home {
        let entry = home
            .checked_sub(1)
            .and_then(|home| self.home_entries.get(place(home)));
        entry.copied().unwrap_or_default()
    }

    pub(crate) fn address_entry(&self, address: Id) -> Address {
        self.address_entries
            .get(place(address))
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn postcode_entry(&self, postcode: Id) -> Postcode {
        self.postcode_entries
            .get(place(postcode))
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn address_text(&self, address: Id) -> &str {
        self.addresses.text(address)
    }

    pub(crate) fn postcode_text(&self, postcode: Id) -> &str {
        self.postcodes.text(postcode)
    }

    pub(crate) fn district_text(&self, postcode: Id) -> &str {
        self.districts.text(self.postcode_entry(postcode).district)
    }

    /// The district of a postcode, as a part of a key; 0 when it has none.
    pub(crate) fn district(&self, postcode: Id) -> u64 {
        u64::from(self.postcode_entry(postcode).district)
    }

    /// The number of a postcode that is known, from its folded text; else 0.
    pub(crate) fn known_postcode(&self, folded: &str) -> Id {
        self.postcodes.find(folded).unwrap_or(0)
    }

    /// The number of a district that is known; else 0.
    pub(crate) fn district_of(&self, text: &str) -> Id {
        self.districts.find(text).unwrap_or(0)
    }

    /// The number of an address that is known, from its folded text.
    pub(crate) fn address(&self, folded: &str) -> Option<Id> {
        self.addresses.find(folded)
    }

    /// Whether so many people live here, by word or by count, that sharing the home says nothing.
    pub(crate) fn is_communal(&self, home: Id) -> bool {
        let home = self.get(home);
        home.address != 0
            && (self.address_entry(home.address).is_communal || home.count > FAMILY_AT_MOST)
    }

    /// How many distinct postcodes there are.
    pub(crate) fn postcodes_len(&self) -> usize {
        self.postcodes.len()
    }

    /// How many distinct addresses there are.
    pub(crate) fn addresses_len(&self) -> usize {
        self.addresses.len()
    }
}

/// All digits of an address, in a number.
fn numbers(folded: &str) -> u32 {
    folded
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(1, |number: u32, digit| {
            number
                .wrapping_mul(10)
                .wrapping_add(u32::from(digit - b'0'))
        })
}

/// How two homes compare, each with the places that know it.
pub(crate) fn residence(
    (one, of_one): (&Places, Id),
    (other, of_other): (&Places, Id),
) -> Residence {
    if of_one == 0 || of_other == 0 {
        return Residence::Missing;
    }
    let (home, home_other) = (one.get(of_one), other.get(of_other));
    let (postcode, postcode_other) = (
        one.postcode_text(home.postcode),
        other.postcode_text(home_other.postcode),
    );
    let has_postcodes = !postcode.is_empty() && !postcode_other.is_empty();
    let far = || distant((one, home.postcode), (other, home_other.postcode));
    let (address, address_other) = ((one, home.address), (other, home_other.address));
    if has_postcodes && postcode == postcode_other {
        return match likeness(address, address_other) {
            Likeness::Same => Residence::Home,
            Likeness::Close => Residence::Nearly,
            Likeness::Missing | Likeness::Different => Residence::Postcode,
        };
    }
    if has_postcodes && !is_nearly(postcode.as_bytes(), postcode_other.as_bytes()) {
        return if is_same(address, address_other) {
            Residence::Address
        } else {
            far()
        };
    }
    match likeness(address, address_other) {
        Likeness::Same | Likeness::Close if has_postcodes => Residence::Nearly,
        Likeness::Same | Likeness::Close => Residence::Address,
        _ if has_postcodes => far(),
        Likeness::Different => Residence::Elsewhere,
        Likeness::Missing => Residence::Missing,
    }
}

/// One slip apart, or one the beginning of the other.
pub(crate) fn is_nearly(one: &[u8], other: &[u8]) -> bool {
    // A slip is in one place, so that the first or the last letter is the same.
    (one.first() == other.first() || one.last() == other.last())
        && (shared(one, other) == one.len().min(other.len()) || is_one_slip(one, other))
}

/// Whether two addresses are the same, and known.
fn is_same((one, address): (&Places, Id), (other, address_other): (&Places, Id)) -> bool {
    if std::ptr::eq(one, other) {
        return address != 0 && address == address_other;
    }
    let text = one.address_text(address);
    !text.is_empty() && text == other.address_text(address_other)
}

fn distant((one, postcode): (&Places, Id), (other, postcode_other): (&Places, Id)) -> Residence {
    let (district, district_other) = (
        one.district_text(postcode),
        other.district_text(postcode_other),
    );
    if !district.is_empty() && district == district_other {
        Residence::District
    } else {
        Residence::Elsewhere
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Missing,
    Same,
    Close,
    Different,
}

fn likeness((one, address): (&Places, Id), (other, address_other): (&Places, Id)) -> Likeness {
    if address == 0 || address_other == 0 {
        return Likeness::Missing;
    }
    if is_same((one, address), (other, address_other)) {
        return Likeness::Same;
    }
    let (entry, entry_other) = (
        one.address_entry(address),
        other.address_entry(address_other),
    );
    let same_numbers = entry.numbers == entry_other.numbers;
    // A quick look: a slip changes at most two kinds of letter, and a similarity of 0.9 allows few more.
    let unshared = (entry.letters ^ entry_other.letters).count_ones();
    if unshared > if same_numbers { 10 } else { 4 } {
        return Likeness::Different;
    }
    let (text, text_other) = (one.address_text(address), other.address_text(address_other));
    if !same_numbers && text.len().abs_diff(text_other.len()) > 2 {
        return Likeness::Different;
    }
    let (mut bytes_one, mut bytes_other) = (Vec::new(), Vec::new());
    bytes(text, &mut bytes_one);
    bytes(text_other, &mut bytes_other);
    let slips = bytes_one == bytes_other
        || (bytes_one.len() >= 6 && is_two_slips(&bytes_one, &bytes_other));
    if slips || (same_numbers && jaro_winkler(&bytes_one, &bytes_other) >= CLOSE) {
        Likeness::Close
    } else {
        Likeness::Different
    }
}

#[cfg(test)]
mod tests;
