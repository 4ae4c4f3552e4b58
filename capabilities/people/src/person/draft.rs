//! A person as somebody fills in a form, and what may be wrong with it.

use std::str::FromStr;

use stour_kernel::{Code, Date, OdsCode, Postcode};
use stour_web::{Form, Mistakes, TypedDate};

use super::name::{given_names, is_invisible};
use super::{Address, Demographics, NameText, PersonName};
use crate::words;

/// The most characters of one line of an address.
const LONGEST_LINE: usize = 100;
/// The most characters of a telephone number.
const LONGEST_TELEPHONE: usize = 30;
/// The year before which nobody on a record was born.
const EARLIEST_YEAR: i16 = 1880;

/// Reads everything that a form says of a person; what is wrong is noted by field.
pub(crate) fn read(form: &Form, today: Date, mistakes: &mut Mistakes) -> Option<Demographics> {
    let name = name(form, mistakes);
    let born = birth_date(form, today, mistakes);
    let nhs_number = optional(form, "nhs-number", mistakes);
    let sex = optional(form, "sex", mistakes);
    let practice = optional(form, "practice", mistakes);
    check_codes(sex.as_ref(), practice.as_ref(), mistakes);
    let address = address(form, mistakes);
    let telephone = telephone(form.get("telephone"), mistakes);
    if !mistakes.is_empty() {
        return None;
    }
    let address = Some(address).filter(|address| *address != Address::default());
    Some(Demographics {
        nhs_number,
        born,
        sex,
        address,
        telephone,
        practice,
        ..Demographics::named(name?)
    })
}

fn name(form: &Form, mistakes: &mut Mistakes) -> Option<PersonName> {
    let family = mistakes.required(
        "family-name",
        form.get("family-name"),
        "Enter a family name",
    );
    let family =
        family.and_then(|family| check("family-name", family.parse::<NameText>(), mistakes));
    let given = check(
        "given-names",
        given_names(form.get("given-names")),
        mistakes,
    );
    let prefix = optional(form, "title", mistakes);
    Some(PersonName {
        family: family?,
        given: given?,
        prefix,
    })
}

fn optional<T: FromStr<Err: ToString>>(
    form: &Form,
    field: &str,
    mistakes: &mut Mistakes,
) -> Option<T> {
    let text = form.get(field);
    if text.is_empty() {
        None
    } else {
        check(field, text.parse(), mistakes)
    }
}

/// The value, or a note of why there is none that begins with a capital, as sentences on a page do.
fn check<T, E: ToString>(field: &str, value: Result<T, E>, mistakes: &mut Mistakes) -> Option<T> {
    value
        .map_err(|error| mistakes.add(field, words::capital(&error.to_string())))
        .ok()
}

fn birth_date(form: &Form, today: Date, mistakes: &mut Mistakes) -> Option<Date> {
    let typed = TypedDate::from_form(form, "born");
    if typed.is_empty() {
        return None;
    }
    match typed.date() {
        Ok(date) if date > today => {
            mistakes.add("born-day", "The date of birth must be in the past");
        }
        Ok(date) if date.year() < EARLIEST_YEAR => {
            mistakes.add(
                "born-year",
                "Enter the year of birth with four figures, such as 1941",
            );
        }
        Ok(date) => return Some(date),
        Err(_) => mistakes.add(
            "born-day",
            "Enter a real date of birth as day, month and year, such as 12 3 1941",
        ),
    }
    None
}

/// Notes codes that are in no list.
pub(crate) fn check_codes(sex: Option<&Code>, practice: Option<&OdsCode>, mistakes: &mut Mistakes) {
    if sex.is_some_and(|sex| !words::is_listed("administrative-sex", sex)) {
        mistakes.add("sex", "Choose a sex from the list: M, F, O, U, A or N");
    }
    if practice.is_some_and(|practice| !words::is_practice(practice)) {
        mistakes.add(
            "practice",
            "Choose a GP practice from the list, or leave it empty",
        );
    }
}

/// The address in the fields of a form; empty when none is filled in.
pub(crate) fn address(form: &Form, mistakes: &mut Mistakes) -> Address {
    let mut lines = Vec::new();
    for field in ["address-line-1", "address-line-2", "address-town"] {
        let text = form.get(field);
        check_line(field, text, mistakes);
        if !text.is_empty() {
            lines.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    Address {
        lines,
        postcode: optional::<Postcode>(form, "postcode", mistakes),
        lsoa: None,
    }
}

/// Notes what cannot be a line of an address.
pub(crate) fn check_line(field: &str, text: &str, mistakes: &mut Mistakes) {
    if text.chars().count() > LONGEST_LINE {
        mistakes.add(
            field,
            "A line of an address can have at most 100 characters",
        );
    } else if text.chars().any(is_invisible) {
        mistakes.add(
            field,
            "The address holds an invisible character: type it again",
        );
    }
}

/// A telephone number: digits, spaces, brackets, hyphens and a plus, as people write them.
pub(crate) fn telephone(text: &str, mistakes: &mut Mistakes) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|character| {
        character.is_ascii_digit() || matches!(character, ' ' | '+' | '(' | ')' | '-')
    });
    if !plain || digits < 5 || text.len() > LONGEST_TELEPHONE {
        mistakes.add(
            "telephone",
            "Enter a telephone number, such as 01202 496000 or 07700 900982",
        );
        return None;
    }
    Some(text.to_owned())
}
