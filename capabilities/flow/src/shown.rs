//! How hospital flow shows things on its pages.

use std::collections::BTreeMap;

use stour_access::{PersonFacts, Resource};
use stour_design::{Markup, Tag, TagColour, html};
use stour_kernel::{Code, Date, OdsCode, PersonId, london_date};
use stour_people::{PersonSummary, summaries};
use stour_web::{Caller, Problem};

use crate::spell::{ExpectedDate, SaidBy, Spell, Twice};

pub(crate) use stour_partnership::organisation_name;
pub(crate) use stour_web::words::{day, moment, segment};

/// Whether the reference data has the organisation.
pub(crate) fn is_in_partnership(code: &OdsCode) -> bool {
    stour_partnership::reference().is_ok_and(|all| all.organisation(code).is_some())
}

/// A ward's name on a day, and whether any list has it.
pub(crate) fn ward_name(organisation: &OdsCode, ward: &str, on: Date) -> (String, bool) {
    let reference = stour_partnership::reference().ok();
    match reference.and_then(|all| all.ward(organisation, ward, on)) {
        Some(known) => (format!("{}, {}", known.name, known.site_name), true),
        None if ward.is_empty() => ("No ward given".to_owned(), true),
        None => (ward.to_owned(), false),
    }
}

/// A ward's name, marked when no list has it.
pub(crate) fn ward(organisation: &OdsCode, code: &str, on: Date) -> Markup {
    let (name, _) = ward_name(organisation, code, on);
    html! { (name) (ward_mark(organisation, code, on)) }
}

/// What a reader must know of a ward that no list has.
pub(crate) fn ward_mark(organisation: &OdsCode, code: &str, on: Date) -> Markup {
    let (_, listed) = ward_name(organisation, code, on);
    html! {
        @if !is_in_partnership(organisation) { " " (Tag::new("Not in this partnership", TagColour::Grey)) }
        @else if !listed { " " (Tag::new("Not in the list of wards", TagColour::Yellow)) }
    }
}

/// The words for a code of a list; the code where the list does not have it.
pub(crate) fn label(list: &str, code: &str) -> String {
    let reference = stour_partnership::reference().ok();
    let parsed = code.parse::<Code>().ok();
    let label = reference.and_then(|all| all.code_list(list)?.label(&parsed?));
    label.map_or_else(|| code.to_owned(), str::to_owned)
}

/// When somebody is expected to go home, and who says so.
pub(crate) fn expected(date: Option<&ExpectedDate>, today: Date) -> Markup {
    let Some(date) = date else {
        return html! { "No date is known yet" };
    };
    html! {
        (day(date.on))
        @if date.on < today { " " (Tag::new("Passed", TagColour::Orange)) }
        @match date.by {
            SaidBy::System => {
                " " (Tag::new("System’s estimate", TagColour::Grey))
                br; span.nhsuk-u-font-size-16 { (date.basis) }
            },
            SaidBy::Message => { br; span.nhsuk-u-font-size-16 { "by " (date.basis) ", from the hospital" } },
            SaidBy::Staff => { br; span.nhsuk-u-font-size-16 { "by " (date.basis) } },
        }
    }
}

/// Nights since admission, as `3 days`.
pub(crate) fn days_in(spell: &Spell, today: Date) -> String {
    let Some(admitted) = spell.admitted_at.map(london_date) else {
        return String::new();
    };
    match days_since(admitted, today) {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Where else somebody in a bed is said to be, at the same time.
pub(crate) fn besides(spell: &Spell, twice: &Twice, today: Date) -> Markup {
    html! {
        @for here in twice.besides(spell) {
            br; (Tag::new("Also shown elsewhere", TagColour::Red))
            br; span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal {
                "on " (ward_name(&here.organisation, &here.ward, today).0) ", " (organisation_name(&here.organisation))
                ". Which of the two is so is not known: ask both wards."
            }
        }
    }
}

/// How long somebody has been in hospital is looked at after so many days (NHS England: patients in hospital for 7, 14 and 21
/// days or longer).
pub(crate) const LONG_STAYS: [i32; 3] = [7, 14, 21];

/// The longest of those that a stay has reached.
pub(crate) fn long_stay(spell: &Spell, today: Date) -> Option<i32> {
    let days = days_since(london_date(spell.admitted_at?), today);
    LONG_STAYS.into_iter().rev().find(|limit| days >= *limit)
}

fn days_since(day: Date, today: Date) -> i32 {
    today.since(day).map_or(0, |span| span.get_days())
}

/// A mark on stays that are long.
pub(crate) fn long_stay_mark(spell: &Spell, today: Date) -> Markup {
    html! {
        @if let Some(days) = long_stay(spell, today) {
            br; (long_stay_tag(days, format!("{days} days or longer")))
        }
    }
}

/// A mark of a stay that has reached one of [`LONG_STAYS`].
pub(crate) fn long_stay_tag(reached: i32, words: String) -> Tag {
    let colour = if LONG_STAYS.last().is_some_and(|longest| reached >= *longest) {
        TagColour::Red
    } else {
        TagColour::Orange
    };
    Tag::new(words, colour)
}

/// Whether somebody is fit or ready to go.
pub(crate) fn readiness(spell: &Spell) -> Markup {
    match (spell.ready_on, spell.medically_fit) {
        (Some(ready), _) => html! { (Tag::new("Ready", TagColour::Green)) " since " (day(ready)) },
        (None, Some(true)) => html! { (Tag::new("Medically fit", TagColour::Green)) },
        (None, Some(false)) => html! { "Not yet" },
        (None, None) => html! { "Not said" },
    }
}

/// Those of a list of people whom the caller may see, with what tells them apart.
pub(crate) async fn permitted(
    caller: &Caller,
    list: Resource,
    people: Vec<PersonFacts>,
) -> Result<BTreeMap<PersonId, PersonSummary>, Problem> {
    let permit = caller.permit_people(list, people).await?;
    let database = caller.house().database();
    Ok(database.read(move |tx| summaries(tx, &permit)).await?)
}

/// Lines under each other.
pub(crate) fn lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Markup {
    html! {
        @for (number, line) in lines.into_iter().enumerate() {
            @if number > 0 { br; }
            (line)
        }
    }
}

/// Name, age and NHS number; the name leads to the record where that is wanted.
pub(crate) fn person(summary: &PersonSummary, today: Date, link: bool) -> Markup {
    let to = link.then(|| format!("/people/{}", summary.id));
    person_at(summary, today, to.as_deref())
}

/// The same, where the name may lead elsewhere.
pub(crate) fn person_at(summary: &PersonSummary, today: Date, to: Option<&str>) -> Markup {
    let age = summary.age(today).map(|age| format!("Age {age}"));
    html! {
        @if let Some(to) = to { a href=(to) { (summary.name.listed()) } }
        @else { (summary.name.listed()) }
        br;
        span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal {
            @if let Some(age) = &age { (age) }
            @if let Some(number) = summary.nhs_number {
                @if age.is_some() { ", " }
                "NHS number " span.stour-whole { (number) }
            }
        }
    }
}
