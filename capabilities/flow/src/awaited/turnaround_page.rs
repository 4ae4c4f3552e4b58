//! What is waited for over all wards that the caller may see, and how long it takes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::{Date, OdsCode};
use stour_web::{Caller, Page, Problem};

use super::KINDS;
use super::count::{Turnaround, turnarounds, words};
use super::day::{DayFound, since};
use super::store::{Awaited, done_since, open};
use crate::error::FlowError;
use crate::spell::{Spell, SpellId, in_hospital, one};
use crate::ward::facts_of;
use crate::{feed, shown};

/// How many days back what came is counted.
const DAYS: i64 = 28;

/// What was read, of stays whose people the caller may know of: a count must not betray others.
struct Counted {
    hospitals: BTreeMap<SpellId, OdsCode>,
    in_hospital: BTreeSet<SpellId>,
    open: Vec<Awaited>,
    done: Vec<Awaited>,
    days: BTreeMap<(SpellId, Date), DayFound>,
}

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    let of = |organisation| Resource::Ward {
        code: String::new(),
        organisation,
    };
    caller.permit(of(caller.actor().organisation)).await?;
    let counted = counted(&caller).await?;
    let hospitals: BTreeSet<OdsCode> = counted.hospitals.values().copied().collect();
    let seen = hospitals
        .into_iter()
        .filter(|organisation| caller.may(caller.action(), &of(*organisation)));
    let hospitals: Vec<OdsCode> = seen.collect();
    let lag = feed::lag(&caller, hospitals.iter().copied()).await?;
    let title = "What people in hospital wait for, and how long it takes";
    let main = html! {
        (Heading::page(title))
        p { "Tests, scans, opinions and other things that wards have asked for: how many are waited for now, and how long those took that came in the last " (DAYS) " days." }
        div id="turnaround" data-live="/wards/live" {
            (feed::notice(&lag))
            @if hospitals.is_empty() {
                (InsetText::new("Nobody whom you may see is in hospital. When somebody is, open the ward and choose Waits beside the person to say what they wait for."))
            }
            @for hospital in &hospitals { (of_hospital(*hospital, &counted, &caller)) }
        }
        p { "Half and nine of ten are waits that somebody had: the middle one, and the one that nine of ten did not pass." }
    };
    Ok(Page::new(title, main).under([("Wards", "/wards")]))
}

async fn counted(caller: &Caller) -> Result<Counted, Problem> {
    let (now, today) = (caller.now(), caller.today());
    let from = now.checked_sub((DAYS * 24).hours()).unwrap_or(now);
    let read = move |tx: &mut Transaction<'_>| {
        let (here, open, done) = (in_hospital(tx)?, open(tx)?, done_since(tx, from)?);
        let mut stays: BTreeMap<SpellId, Spell> =
            here.iter().map(|spell| (spell.id, spell.clone())).collect();
        for awaited in &done {
            if !stays.contains_key(&awaited.spell)
                && let Some(spell) = one(tx, awaited.spell)?
            {
                stays.insert(spell.id, spell);
            }
        }
        let stays: Vec<Spell> = stays.into_values().collect();
        let people = facts_of(tx, &stays)?;
        let here: BTreeSet<SpellId> = here.into_iter().map(|spell| spell.id).collect();
        Ok::<_, FlowError>((stays, people, here, open, done, since(tx, today)?))
    };
    let (stays, people, mut in_hospital, mut open, mut done, days) =
        caller.house().database().read(read).await?;
    let seen = caller.may_each(caller.action(), people);
    let hospitals: BTreeMap<SpellId, OdsCode> = stays
        .iter()
        .filter(|spell| seen.contains(&spell.person))
        .map(|spell| (spell.id, spell.organisation))
        .collect();
    in_hospital.retain(|spell| hospitals.contains_key(spell));
    open.retain(|one| hospitals.contains_key(&one.spell));
    done.retain(|one| hospitals.contains_key(&one.spell));
    Ok(Counted {
        hospitals,
        in_hospital,
        open,
        done,
        days,
    })
}

fn of_hospital(hospital: OdsCode, counted: &Counted, caller: &Caller) -> Markup {
    let is_here = |spell: &SpellId| counted.hospitals.get(spell) == Some(&hospital);
    let open = counted.open.iter().filter(|one| is_here(&one.spell));
    let done = counted.done.iter().filter(|one| is_here(&one.spell));
    let kinds = turnarounds(open, done, caller.now());
    let today = caller.today();
    let people: Vec<&SpellId> = counted
        .in_hospital
        .iter()
        .filter(|spell| is_here(spell))
        .collect();
    let found = |spell: &&&SpellId| counted.days.get(&(***spell, today));
    let judged = people.iter().filter(|spell| found(spell).is_some()).count();
    let green = people
        .iter()
        .filter(|spell| found(spell).is_some_and(|day| day.red.is_none()));
    let green = green.count();
    html! {
        (Heading::section(shown::organisation_name(&hospital)))
        p { "Today is green for " (green) " of " (people.len()) " people in hospital, red for " (judged - green)
            " and not judged yet, which counts as red, for " (people.len() - judged) "." }
        @if kinds.is_empty() {
            (InsetText::new("No ward has said what anybody waits for. Open a ward and choose Waits beside a person."))
        } @else {
            (table(&kinds))
        }
    }
}

fn table(kinds: &BTreeMap<String, Turnaround>) -> Markup {
    let minutes = |minutes: Option<i64>| minutes.map_or_else(|| "None yet".to_owned(), words);
    let rows = kinds.iter().map(|(kind, of)| {
        vec![
            Cell::from(shown::label(KINDS, kind)),
            Cell::from(of.waiting.to_string()),
            Cell::from(minutes(of.longest)),
            Cell::from(of.took.len().to_string()),
            Cell::from(minutes(of.within(50))),
            Cell::from(minutes(of.within(90))),
        ]
    });
    let columns = [
        Column::from("What"),
        Column::numeric("Waited for now"),
        Column::numeric("Longest so far"),
        Column::numeric(format!("Came in {DAYS} days")),
        Column::numeric("Half within"),
        Column::numeric("Nine of ten within"),
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new("What is waited for, and its turnaround", columns, rows) }) }
}
