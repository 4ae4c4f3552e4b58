//! How two records compare: one level for each comparison.

use crate::birth::{Born, born};
use crate::dictionary::Id;
use crate::model::{
    BIRTH_ORDER, BORN, EMAIL, EXTRA, FAMILY, FIELDS, GIVEN, MIDDLE, NAME_ORDER, NUMBER, RESIDENCE,
    SEX, TELEPHONE,
};
use crate::names::{Family, Given, family, given};
use crate::places::{Residence, residence};
use crate::record::{NumberClaim, NumberStatus, Sex};
use crate::similarity::{is_one_slip, is_two_slips};
use crate::store::{NameRow, Store};

/// A record in its store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side<'s> {
    pub(crate) store: &'s Store,
    pub(crate) at: Id,
}

/// The level of each comparison, 0 where something is missing, and the values that agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pattern {
    pub(crate) levels: [u8; FIELDS],
    /// The names of the second record that were compared.
    pub(crate) name: NameRow,
    /// The home of the second record that was compared.
    pub(crate) home: Id,
    /// Both live at an address of many.
    pub(crate) is_communal: bool,
    /// A further column that identifies people, as a number of another register does, agrees.
    agrees_elsewhere: bool,
}

impl Pattern {
    pub(crate) fn level(&self, field: usize) -> u8 {
        self.levels.get(field).copied().unwrap_or(0)
    }

    /// Whether the NHS number, or a further column that identifies people, agrees.
    pub(crate) fn has_identifier(&self) -> bool {
        self.level(NUMBER) == 1 || self.agrees_elsewhere
    }

    fn set(&mut self, field: usize, level: u8) {
        if let Some(place) = self.levels.get_mut(field) {
            *place = level;
        }
    }
}

/// Compares two records. Where one has several names, homes or numbers, those that agree best count.
pub(crate) fn compare(one: Side<'_>, other: Side<'_>) -> Pattern {
    let mut pattern = Pattern::default();
    names(one, other, &mut pattern);
    let (row, row_other) = (one.store.row(one.at), other.store.row(other.at));
    let date = born(
        one.store.births.get(row.born),
        other.store.births.get(row_other.born),
    );
    pattern.set(BORN, level_of_born(date));
    pattern.set(SEX, sex(row.sex, row_other.sex));
    pattern.set(NUMBER, numbers(one, other));
    homes(one, other, &mut pattern);
    pattern.set(TELEPHONE, telephones(one, other));
    pattern.set(EMAIL, emails(one, other));
    let orders = (row.birth_order, row_other.birth_order);
    pattern.set(
        BIRTH_ORDER,
        match orders {
            (0, _) | (_, 0) => 0,
            (one, other) => {
                if one == other {
                    1
                } else {
                    2
                }
            }
        },
    );
    for (column, extra) in one.store.extras.iter().enumerate() {
        let Some(extra_other) = other.store.extras.get(column) else {
            break;
        };
        let text = |extra: &crate::store::Extra, at| {
            extra
                .rows
                .get(crate::dictionary::place(at))
                .copied()
                .unwrap_or(0)
        };
        let one_text = extra.texts.text(text(extra, one.at));
        let other_text = extra_other.texts.text(text(extra_other, other.at));
        let level = texts(one_text, other_text);
        pattern.set(EXTRA + column, level);
        pattern.agrees_elsewhere |= matches!(level, 1 | 2) && extra_other.identifies();
    }
    pattern
}

pub(crate) const fn level_of_born(born: Born) -> u8 {
    match born {
        Born::Missing => 0,
        Born::Same => 1,
        Born::Turned => 2,
        Born::Slip => 3,
        Born::Default => 4,
        Born::TwoParts => 5,
        Born::Year => 6,
        Born::Different => 7,
    }
}

pub(crate) const fn level_of_given(given: Given) -> u8 {
    match given {
        Given::Missing => 0,
        Given::Same => 1,
        Given::Form => 2,
        Given::Initial => 3,
        Given::Close => 4,
        Given::Alike => 5,
        Given::Different => 6,
    }
}

pub(crate) const fn level_of_family(family: Family) -> u8 {
    match family {
        Family::Missing => 0,
        Family::Same => 1,
        Family::Part => 2,
        Family::Close => 3,
        Family::Alike => 4,
        Family::Different => 5,
    }
}

pub(crate) const fn level_of_residence(residence: Residence) -> u8 {
    match residence {
        Residence::Missing => 0,
        Residence::Home => 1,
        Residence::Nearly => 2,
        Residence::Postcode => 3,
        Residence::Address => 4,
        Residence::District => 5,
        Residence::Elsewhere => 6,
    }
}

/// Names in any order: the pair of names that agrees best, turned round where that agrees and they do
/// not as they stand.
fn names(one: Side<'_>, other: Side<'_>, pattern: &mut Pattern) {
    let mut best = (u8::MAX, [0_u8; 4], NameRow::default());
    for name in one.store.names_of(one.at) {
        for name_other in other.store.names_of(other.at) {
            let levels = name_levels((one.store, name), (other.store, name_other));
            let [given, family, order, _] = levels;
            // Lower levels agree better; what is missing stands between agreement and difference.
            let cost = |level: u8, missing: u8| if level == 0 { missing } else { level };
            let cost = cost(given, 4) + cost(family, 3) + order;
            if cost < best.0 {
                best = (cost, levels, name_other);
            }
        }
    }
    let (_, [given, family, order, middle], name) = best;
    pattern.set(GIVEN, given);
    pattern.set(FAMILY, family);
    pattern.set(NAME_ORDER, order);
    pattern.set(MIDDLE, middle);
    pattern.name = if order == 2 {
        NameRow {
            given: name.family,
            family: name.given,
            ..name
        }
    } else {
        name
    };
}

fn name_levels((one, name): (&Store, NameRow), (other, name_other): (&Store, NameRow)) -> [u8; 4] {
    let (first, last) = (one.names.view(name.given), one.names.view(name.family));
    let (first_other, last_other) = (
        other.names.view(name_other.given),
        other.names.view(name_other.family),
    );
    let (straight, straight_family) = (given(first, first_other), family(last, last_other));
    let middle = middle(given(
        one.names.view(name.middle),
        other.names.view(name_other.middle),
    ));
    let fits = |given: Given, family: Family| {
        matches!(given, Given::Same | Given::Form | Given::Close)
            && matches!(family, Family::Same | Family::Part | Family::Close)
    };
    if !fits(straight, straight_family)
        && straight != Given::Same
        && straight_family != Family::Same
    {
        let (turned, turned_family) = (given(first, last_other), family(last, first_other));
        if fits(turned, turned_family) {
            return [
                level_of_given(turned),
                level_of_family(turned_family),
                2,
                middle,
            ];
        }
    }
    let is_known = straight != Given::Missing && straight_family != Family::Missing;
    [
        level_of_given(straight),
        level_of_family(straight_family),
        u8::from(is_known),
        middle,
    ]
}

const fn middle(given: Given) -> u8 {
    match given {
        Given::Missing => 0,
        Given::Same | Given::Form | Given::Close => 1,
        Given::Initial => 2,
        Given::Alike | Given::Different => 3,
    }
}

const fn sex(one: Sex, other: Sex) -> u8 {
    match (one, other) {
        (Sex::Female, Sex::Female) | (Sex::Male, Sex::Male) => 1,
        (Sex::Female, Sex::Male) | (Sex::Male, Sex::Female) => 2,
        _ => 0,
    }
}

/// 1 the same, 2 one slip apart, 3 different. A number that cannot be right can be a slip of the right
/// one, and says nothing else.
fn numbers(one: Side<'_>, other: Side<'_>) -> u8 {
    let mut level = 0;
    for claim in one.store.numbers_of(one.at) {
        for claim_other in other.store.numbers_of(other.at) {
            let this = number(claim, claim_other, other.store.has_other_numbers());
            if level == 0 || (this != 0 && this < level) {
                level = this;
            }
        }
    }
    level
}

fn number(one: NumberClaim, other: NumberClaim, is_unchecked: bool) -> u8 {
    let is_valid = is_unchecked
        || one.status != NumberStatus::Invalid && other.status != NumberStatus::Invalid;
    if one.digits == other.digits {
        return u8::from(is_valid);
    }
    if is_one_slip(&digits(one.digits), &digits(other.digits)) {
        2
    } else if is_valid {
        3
    } else {
        0
    }
}

fn digits(mut number: u64) -> [u8; 12] {
    let mut digits = [0; 12];
    for digit in digits.iter_mut().rev() {
        *digit = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
    digits
}

fn homes(one: Side<'_>, other: Side<'_>, pattern: &mut Pattern) {
    let mut best = (0, 0);
    for home in one.store.homes_of(one.at) {
        for home_other in other.store.homes_of(other.at) {
            let there = residence((&one.store.places, home), (&other.store.places, home_other));
            let level = level_of_residence(there);
            if best.0 == 0 || (level != 0 && level < best.0) {
                best = (level, home_other);
            }
        }
    }
    // Where many live who are not related, living there says nothing.
    let is_communal = matches!(best.0, 1..=4) && other.store.places.is_communal(best.1);
    pattern.is_communal = is_communal;
    pattern.set(RESIDENCE, if is_communal { 0 } else { best.0 });
    pattern.home = best.1;
}

fn telephones(one: Side<'_>, other: Side<'_>) -> u8 {
    let is_one_store = std::ptr::eq(one.store, other.store);
    let mut level = 0;
    for telephone in one.store.telephones_of(one.at) {
        for telephone_other in other.store.telephones_of(other.at) {
            if is_one_store {
                if telephone == telephone_other {
                    return 1;
                }
            } else if one.store.contacts.text(telephone)
                == other.store.contacts.text(telephone_other)
            {
                return 1;
            }
            level = 2;
        }
    }
    level
}

fn emails(one: Side<'_>, other: Side<'_>) -> u8 {
    let mut level = 0;
    for email in one.store.emails_of(one.at) {
        for email_other in other.store.emails_of(other.at) {
            let (email, email_other) = (
                one.store.contacts.text(email),
                other.store.contacts.text(email_other),
            );
            let local = |email: &str| email.split('@').next().map(str::to_owned);
            let this = if email == email_other {
                1
            } else if local(email) == local(email_other)
                || is_two_slips(cut(email), cut(email_other))
            {
                2
            } else {
                3
            };
            level = if level == 0 { this } else { level.min(this) };
        }
    }
    level
}

fn cut(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    bytes.get(..crate::similarity::LONGEST).unwrap_or(bytes)
}

/// A further column: 1 the same, 2 close, 3 different.
fn texts(one: &str, other: &str) -> u8 {
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    if one == other {
        return 1;
    }
    let (one, other) = (cut(one), cut(other));
    if is_one_slip(one, other) || (one.len().min(other.len()) >= 6 && is_two_slips(one, other)) {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests;
