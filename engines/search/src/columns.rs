//! What is known of each entry, column by column, and of each place at which it can be had.

use serde::{Deserialize, Serialize};

use crate::dictionary::{Rows, number, place, quantity};
use crate::entry::{Ages, Entry, Opening};
use crate::facet::{Facet, Values};
use crate::point::Spot;
use crate::posting::Posting;

/// The number of a presence that is no site.
const NO_SITE: u32 = u32::MAX;

/// Columns of entries. An entry that was removed keeps its row until the index is made compact.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Columns {
    ids: Vec<Box<str>>,
    names: Vec<Box<str>>,
    beginnings: Vec<u64>,
    is_live: Vec<bool>,
    ages: Vec<Ages>,
    lengths: Vec<u32>,
    values: Rows<u32>,
    presences: Rows<Presence>,
    site_values: Rows<u32>,
    openings: Rows<Opening>,
    live: usize,
    total_length: u64,
}

/// One place at which an entry can be had, or that it can be had anywhere.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Presence {
    pub(crate) spot: Spot,
    /// The number of the site among those of the entry.
    site: u32,
    /// Its row of values and openings.
    pub(crate) row: u32,
    /// Whether people of every council are served.
    pub(crate) is_everywhere: bool,
}

impl Presence {
    pub(crate) fn site(&self) -> Option<usize> {
        (self.site != NO_SITE).then(|| place(self.site))
    }
}

impl Columns {
    /// Adds an entry with the length of its text; its row.
    pub(crate) fn push(&mut self, entry: &Entry, length: u32, values: &mut Values) -> u32 {
        let row = number(self.ids.len());
        self.ids.push(entry.id.as_str().into());
        self.names.push(entry.name.as_str().into());
        self.beginnings.push(beginning(&entry.name));
        self.is_live.push(true);
        self.ages.push(entry.ages);
        self.lengths.push(length);
        self.live += 1;
        self.total_length += u64::from(length);
        let of_entry = entry_values(entry, values);
        self.values.push(of_entry);
        let sites = (0_u32..).zip(&entry.sites).map(|(at, site)| {
            let codes = site.council.as_deref();
            let openings = if site.openings.is_empty() {
                &entry.openings
            } else {
                &site.openings
            };
            let access = entry.access.iter().chain(&site.access);
            let of_site = site_values(codes, access, openings, values);
            (Spot::new(site.point), at, false, of_site, openings)
        });
        let mut presences: Vec<_> = sites.collect();
        if entry.is_elsewhere() {
            let codes = entry.covers.iter().flatten().map(String::as_str);
            let of_site = site_values(codes, entry.access.iter(), &entry.openings, values);
            let is_everywhere = entry.covers.is_none();
            presences.push((
                Spot::nowhere(),
                NO_SITE,
                is_everywhere,
                of_site,
                &entry.openings,
            ));
        }
        let mut at = Vec::with_capacity(presences.len());
        for (spot, site, is_everywhere, of_site, openings) in presences {
            at.push(Presence {
                spot,
                site,
                row: self.site_values.len(),
                is_everywhere,
            });
            self.site_values.push(of_site);
            self.openings.push(openings.iter().copied());
        }
        self.presences.push(at);
        row
    }

    /// Adds a row of another index, whose values are numbered `values` here.
    pub(crate) fn push_row(&mut self, other: &Self, row: u32, values: &[u32]) {
        let at = place(row);
        let here = |value: &u32| values.get(place(*value)).copied().unwrap_or(u32::MAX);
        self.ids
            .push(other.ids.get(at).cloned().unwrap_or_default());
        self.names
            .push(other.names.get(at).cloned().unwrap_or_default());
        self.beginnings
            .push(other.beginnings.get(at).copied().unwrap_or_default());
        self.is_live.push(true);
        self.ages.push(other.ages(row));
        self.lengths.push(other.length(row));
        self.live += 1;
        self.total_length += u64::from(other.length(row));
        self.values.push(other.values.row(row).iter().map(here));
        let mut presences = Vec::new();
        for presence in other.presences(row) {
            let mut presence = *presence;
            let theirs = presence.row;
            presence.row = self.site_values.len();
            presences.push(presence);
            self.site_values
                .push(other.site_values.row(theirs).iter().map(here));
            self.openings
                .push(other.openings.row(theirs).iter().copied());
        }
        self.presences.push(presences);
    }

    pub(crate) fn remove(&mut self, row: u32) {
        if let Some(is_live) = self.is_live.get_mut(place(row))
            && *is_live
        {
            *is_live = false;
            self.live -= 1;
            self.total_length -= u64::from(self.length(row));
        }
    }

    pub(crate) fn is_live(&self, row: u32) -> bool {
        self.is_live.get(place(row)).copied().unwrap_or(false)
    }

    /// How many of the postings are of entries that are still here.
    pub(crate) fn count_live(&self, postings: &[Posting]) -> usize {
        if self.live == self.ids.len() {
            return postings.len();
        }
        let live = postings.iter().filter(|posting| self.is_live(posting.row));
        live.count()
    }

    /// The number of entries that are here.
    pub(crate) const fn live(&self) -> usize {
        self.live
    }

    /// The number of rows, those of removed entries included.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let rows = (0_u32..).zip(&self.is_live);
        rows.filter(|(_, is_live)| **is_live).map(|(row, _)| row)
    }

    pub(crate) fn id(&self, row: u32) -> &str {
        self.ids.get(place(row)).map_or("", AsRef::as_ref)
    }

    pub(crate) fn ages(&self, row: u32) -> Ages {
        self.ages.get(place(row)).copied().unwrap_or_default()
    }

    pub(crate) fn length(&self, row: u32) -> u32 {
        self.lengths.get(place(row)).copied().unwrap_or_default()
    }

    pub(crate) fn average_length(&self) -> f64 {
        let total = u32::try_from(self.total_length).unwrap_or(u32::MAX);
        (f64::from(total) / quantity(self.live)).max(1.0)
    }

    pub(crate) fn values(&self, row: u32) -> &[u32] {
        self.values.row(row)
    }

    /// Of each of so many values, whether an entry that is here has it.
    pub(crate) fn values_in_use(&self, count: usize) -> Vec<bool> {
        let mut in_use = vec![false; count];
        for row in self.rows() {
            let sites = self.presences(row).iter();
            let of_sites = sites.flat_map(|presence| self.site_values(presence));
            for value in self.values(row).iter().chain(of_sites) {
                if let Some(in_use) = in_use.get_mut(place(*value)) {
                    *in_use = true;
                }
            }
        }
        in_use
    }

    pub(crate) fn presences(&self, row: u32) -> &[Presence] {
        self.presences.row(row)
    }

    pub(crate) fn site_values(&self, presence: &Presence) -> &[u32] {
        self.site_values.row(presence.row)
    }

    pub(crate) fn openings(&self, presence: &Presence) -> &[Opening] {
        self.openings.row(presence.row)
    }

    /// The order of names, then ids.
    pub(crate) fn by_name(&self, one: u32, other: u32) -> core::cmp::Ordering {
        let beginning = |row: u32| self.beginnings.get(place(row));
        let name = |row: u32| self.names.get(place(row)).map_or("", AsRef::as_ref);
        let folded = |row: u32| name(row).chars().flat_map(char::to_lowercase);
        beginning(one)
            .cmp(&beginning(other))
            .then_with(|| folded(one).cmp(folded(other)))
            .then_with(|| name(one).cmp(name(other)))
            .then_with(|| self.id(one).cmp(self.id(other)))
    }
}

/// The first eight bytes of a name in small letters, as one number that orders as they do.
fn beginning(name: &str) -> u64 {
    let mut bytes = [0; 8];
    let mut encoded = [0; 4];
    let mut at = bytes.iter_mut();
    for letter in name.chars().flat_map(char::to_lowercase) {
        for byte in letter.encode_utf8(&mut encoded).bytes() {
            match at.next() {
                Some(place) => *place = byte,
                None => return u64::from_be_bytes(bytes),
            }
        }
    }
    u64::from_be_bytes(bytes)
}

fn entry_values(entry: &Entry, values: &mut Values) -> Vec<u32> {
    let mut of = vec![values.intern(Facet::Kind, entry.kind.as_str())];
    of.extend(
        entry
            .all_ways()
            .map(|way| values.intern(Facet::Way, way.as_str())),
    );
    of.extend(
        entry
            .cost
            .map(|cost| values.intern(Facet::Cost, cost.as_str())),
    );
    let texts = [
        (Facet::Term, &entry.terms),
        (Facet::Eligibility, &entry.eligibility),
        (Facet::Language, &entry.languages),
    ];
    for (facet, texts) in texts {
        of.extend(texts.iter().map(|text| values.intern(facet, text)));
    }
    let organisation = entry.organisation.as_deref();
    of.extend(organisation.map(|id| values.intern(Facet::Organisation, id)));
    distinct(of)
}

fn site_values<'e>(
    councils: impl IntoIterator<Item = &'e str>,
    access: impl Iterator<Item = &'e String>,
    openings: &[Opening],
    values: &mut Values,
) -> Vec<u32> {
    let councils = councils.into_iter();
    let mut of: Vec<u32> = councils
        .map(|council| values.intern(Facet::Council, council))
        .collect();
    of.extend(access.map(|feature| values.intern(Facet::Access, feature)));
    let days = openings.iter().map(|opening| opening.day.to_string());
    of.extend(days.map(|day| values.intern(Facet::Day, &day)));
    distinct(of)
}

fn distinct(mut values: Vec<u32>) -> Vec<u32> {
    values.sort_unstable();
    values.dedup();
    values
}
