//! Who a page is about: first on every page about one person, so that nobody writes in the wrong
//! record.

use stour_design::{Markup, Tag, TagColour, html};
use stour_kernel::{Date, PersonId};
use stour_web::{Caller, Problem};

use super::{Address, PersonSummary};
use crate::asking::shown;
use crate::words;

/// Name, date of birth with the age on `today`, NHS number and address, as far as they are known.
pub fn who_it_is(person: &PersonSummary, today: Date) -> Markup {
    let age = person.age(today).map(|age| format!(" ({age})"));
    let born = person
        .born
        .map(|born| format!("Born {}{}", words::day(born), age.unwrap_or_default()));
    let number = person
        .nhs_number
        .map(|number| format!("NHS number {number}"));
    let address = person.address.as_ref().map(Address::on_one_line);
    let known: Vec<String> = [born, number, address].into_iter().flatten().collect();
    html! {
        section aria-label="Person" {
            p.nhsuk-u-margin-bottom-1 { strong { bdi { (person.name.listed()) } }
                @if let Some(died) = person.died { " " (Tag::new(format!("Died {}", words::day(died)), TagColour::Red)) }
            }
            @if !known.is_empty() { p.nhsuk-body-s { (known.join(" · ")) } }
        }
    }
}

/// The same of somebody whom the caller may find; nothing of others. Audited as a look in a list.
pub(crate) async fn of(caller: &Caller, person: PersonId) -> Result<Markup, Problem> {
    let people = shown(caller, vec![person]).await?;
    Ok(html! {
        @for person in people.values() { (who_it_is(person, caller.today())) }
    })
}
