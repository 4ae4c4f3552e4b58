//! How near expected dates came: of stays that have ended, over all wards that the caller may see.

use std::collections::BTreeSet;

use axum::extract::Query;
use jiff::ToSpan;
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Heading, InsetText, html};
use stour_kernel::OdsCode;
use stour_web::{Caller, Page, Problem};

use super::cell::ORDER_WORDS;
use super::error_shown::{by_specialty, chart, whole};
use super::errors::{Ended, ended, report};
use super::setting::settings;
use crate::error::FlowError;
use crate::ward::facts_of_people;

/// How many days back one may look.
const DAYS: [i32; 3] = [7, 28, 91];
/// How many at first.
const AT_FIRST: i32 = 28;

/// What the address asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    days: Option<i32>,
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let of = |organisation: OdsCode| Resource::Ward {
        code: String::new(),
        organisation,
    };
    caller.permit(of(caller.actor().organisation)).await?;
    let days = asked.days.filter(|days| DAYS.contains(days));
    let days = days.unwrap_or(AT_FIRST);
    let mut stays = seen(&caller, days).await?;
    let mut hospitals: BTreeSet<OdsCode> = stays.iter().map(|stay| stay.organisation).collect();
    hospitals.retain(|organisation| caller.may(caller.action(), &of(*organisation)));
    stays.retain(|stay| hospitals.contains(&stay.organisation));
    let setting = settings()?.needed(caller.today())?;
    let report = report(&stays, setting.fewest_shown);
    let title = "How near expected dates have come";
    let main = html! {
        (Heading::page(title))
        p { "Stays that ended in the last " (days) " days, on wards that you may see, held against the dates that were expected of them. A good date of even chance has as many stays ending after it as before; four in five end by the second, and nineteen in twenty by the third." }
        ul class="nhsuk-list" {
            @for one in DAYS {
                li {
                    @if one == days { strong { "The last " (one) " days" } }
                    @else { a href={ "/wards/expected-dates?days=" (one) } { "The last " (one) " days" } }
                }
            }
        }
        @if report.stays == 0 {
            (InsetText::new("No stay that you may see ended in this time. Choose a longer time, or come back when people have left."))
        } @else {
            p {
                (report.stays) " stays ended. For " (report.with_system) " of them the system had a date within a day of admission; of the others it did not know, or heard of them later."
            }
            (chart(&report, days, setting.fewest_shown))
            (whole(&report, setting.fewest_shown))
            (by_specialty(&report, setting.fewest_shown))
        }
        (Heading::section("How the system estimates"))
        p { "From stays of the last " (setting.days) " days in all hospitals of the partnership. Stays that go on count as far as they have come. The first of these groups is taken in which " (setting.fewest) " stays have ended that lasted at least as long; of a group of which something is not known about the person, the next is asked:" }
        ol class="nhsuk-list nhsuk-list--number" {
            @for words in ORDER_WORDS { li { "stays that are alike in " (words) } }
        }
        p { "Where no group has enough the system says that it does not know. It looks again when something changes, and on the morning after its date has passed. A stay that ended in death counts as one that ended." }
        p { "These numbers, and the bands of age, frailty and history, are in reference/stay-estimates.toml. " (setting.source) " (" (setting.status) ")." }
    };
    Ok(Page::new(title, main).under([("Wards", "/wards")]).wide())
}

/// Stays of people whom the caller may know of: a count must not betray others.
async fn seen(caller: &Caller, days: i32) -> Result<Vec<Ended>, Problem> {
    let today = caller.today();
    let from = today.checked_sub(i64::from(days).days()).unwrap_or(today);
    let read = move |tx: &mut Transaction<'_>| {
        let stays = ended(tx, (from, today))?;
        let people = facts_of_people(tx, stays.iter().map(|stay| stay.person))?;
        Ok::<_, FlowError>((stays, people))
    };
    let (mut stays, people) = caller.house().database().read(read).await?;
    let seen = caller.may_each(caller.action(), people);
    stays.retain(|stay| seen.contains(&stay.person));
    Ok(stays)
}
