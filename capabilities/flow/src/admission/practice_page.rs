//! The emergency admissions of one practice.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Heading, Markup, SummaryList, SummaryRow, html};
use stour_kernel::{Environment, OdsCode};
use stour_web::words::segment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, redirect};

use super::act_form::{Draft, about_table, act_form};
use super::action::{self, Action, actions_about};
use super::group::Condition;
use super::list_page::{self, Line, Opened, percent, rate_words, share};
use super::publish::Audience;
use super::shared::{
    Asked, NO_PRACTICE, NOT_SHOWN, admissions, count, counts, how_counted, may_act, not_known,
    people, period_form, practice_name, practice_segment, verdict, withheld_note,
};
use super::tally::Seen;
use crate::by::By;
use crate::error::reference;
use crate::sheet::Sheet;

/// Which practice an address names; none for people without one.
fn named(text: &str) -> Result<Option<OdsCode>, Problem> {
    if text == NO_PRACTICE {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::not_found())
}

/// The page.
pub(super) async fn page(
    caller: Caller,
    Path(practice): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let code = named(&practice)?;
    let draft = Draft::new(caller.today());
    show(&caller, (code, &asked), (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    (code, asked): (Option<OdsCode>, &Asked),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let today = caller.today();
    let period = asked.period(today);
    let opened = list_page::open(caller, period).await?;
    let line = line_of(&opened, code)?;
    let about = practice_segment(code.as_ref());
    let of = about.clone();
    let actions = caller
        .house()
        .database()
        .read(move |tx| actions_about(tx, &of))
        .await?;
    let here = format!("/admissions/practices/{}", segment(&about));
    let listed = match opened.audience {
        Audience::People => Some(listed(caller, &opened, code, (asked, &here)).await?),
        Audience::Counts => None,
    };
    let main = html! {
        (Heading::page(line.name.clone()))
        p { "Emergency admissions from " (period.words()) "." }
        (period_form(&here, period, today))
        (not_known(caller, &opened.counted).await?)
        (SummaryList::new(figures(&opened, &line)))
        (withheld_note(opened.audience))
        @if let Some(listed) = listed { (listed) } @else {
            p { "Whose admissions they were is seen by those who look after them and review them: the transfer hub, practitioners and community staff." }
        }
        (act_part(caller, (&actions, &here), (draft, mistakes)))
        (Heading::section("How this is counted"))
        (how_counted())
    };
    Ok(Page::new(line.name, main)
        .under([("Emergency admissions", "/admissions")])
        .wide()
        .with_errors(mistakes.all()))
}

/// What is to be done, and the form that asks for something, for whoever may.
pub(super) fn act_part(
    caller: &Caller,
    (actions, here): (&[Action], &str),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Markup {
    html! {
        (Heading::section("What is to be done"))
        (about_table(actions, caller.today()))
        @if may_act(caller) { (act_form(caller, here, (draft, mistakes))) }
    }
}

/// The practice's line; a practice that neither the reference data nor anybody's record names is not there.
fn line_of(opened: &Opened, code: Option<OdsCode>) -> Result<Line, Problem> {
    let is_known = code.is_none()
        || reference()?
            .practice(&code.ok_or_else(Problem::not_found)?)
            .is_some()
        || opened.counted.practices.contains_key(&code);
    if !is_known {
        return Err(Problem::not_found());
    }
    let row = opened.shown.practices.iter().find(|(one, _)| *one == code);
    let tally = opened
        .counted
        .practices
        .get(&code)
        .cloned()
        .unwrap_or_default();
    // Where nobody was admitted that is said, and hides nothing.
    let none = super::publish::Row {
        admissions: Some(0),
        sensitive: Some(0),
        other: Some(0),
        not_coded: Some(0),
    };
    let row = row.map_or(none, |(_, row)| *row);
    let name = practice_name(code.as_ref());
    Ok(list_page::line(
        (code, name),
        (row, &tally),
        opened.audience,
    ))
}

fn figures(opened: &Opened, line: &Line) -> Vec<SummaryRow> {
    let whole = &opened.counted.whole;
    let all = opened.shown.whole.admissions.map(|_| whole.rate());
    let share_words = if line.row.sensitive.is_some() && line.row.other.is_some() {
        percent(share(&line.row))
    } else {
        NOT_SHOWN.to_owned()
    };
    let mut rows = vec![
        SummaryRow::new("People on record", line.people.to_string()),
        SummaryRow::new("Emergency admissions", count(line.row.admissions)),
        SummaryRow::new(
            "Per 1,000, ages evened out (95% limits)",
            rate_words(line.rate.as_ref()),
        ),
        SummaryRow::new("All practices, the same", rate_words(all.as_ref())),
        SummaryRow::new(
            "Should not usually need hospital",
            html! {
                (count(line.row.sensitive)) ", " (share_words) " of those whose main diagnosis is coded"
            },
        ),
        SummaryRow::new("Main diagnosis not coded", count(line.row.not_coded)),
    ];
    if let (Some(reviewed), Some(avoidable)) = (line.reviewed, line.avoidable) {
        let words = format!(
            "{reviewed}, of which {avoidable} could have been avoided, for certain or perhaps"
        );
        rows.push(SummaryRow::new("Reviewed", words));
    }
    rows
}

/// Which admissions the list can be of: as an address says, and for people.
const WHICH: [(&str, &str); 3] = [
    ("", "All"),
    ("not-reviewed", "Not reviewed"),
    ("sensitive", "Should not usually need hospital"),
];

fn is_of(one: &Seen, which: &str) -> bool {
    match which {
        "not-reviewed" => one.review.is_none(),
        "sensitive" => matches!(one.condition, Condition::Sensitive(_)),
        _ => true,
    }
}

/// The admissions of the practice one by one, the latest first.
async fn listed(
    caller: &Caller,
    opened: &Opened,
    code: Option<OdsCode>,
    (asked, here): (&Asked, &str),
) -> Result<Markup, Problem> {
    let today = caller.today();
    let own: Vec<&Seen> = opened
        .counted
        .seen
        .iter()
        .rev()
        .filter(|one| one.practice == code)
        .collect();
    let chosen: Vec<&Seen> = own
        .iter()
        .filter(|one| is_of(one, &asked.which))
        .copied()
        .collect();
    let sheet = Sheet::of(chosen, &asked.page);
    let page: Vec<Seen> = sheet.rows.iter().copied().cloned().collect();
    let people = people(caller, &page).await?;
    let to = opened.counted.period.name();
    let way = |which: &str, page: usize| format!("{here}?to={to}&which={which}&page={page}");
    Ok(html! {
        (by_group(&own))
        (Heading::section("Each admission"))
        nav.stour-no-print aria-label="Which admissions" {
            ul.nhsuk-list {
                @for (which, words) in WHICH {
                    @let shown = own.iter().filter(|one| is_of(one, which)).count();
                    li {
                        @if which == asked.which { strong { (words) " (" (shown) ")" } }
                        @else { a href=(way(which, 1)) { (words) " (" (shown) ")" } }
                    }
                }
            }
        }
        (admissions("Emergency admissions", &page, &people, today))
        (sheet.ways(|page| way(&asked.which, page)))
    })
}

/// The admissions of a list by condition and by what reviews found.
pub(super) fn by_group(seen: &[&Seen]) -> Markup {
    let mut groups: Vec<(String, u64)> = Vec::new();
    let mut findings: Vec<(String, u64)> = Vec::new();
    for one in seen {
        if let Condition::Sensitive(group) = one.condition {
            raise(&mut groups, group);
        }
        let code = one.review.as_ref().map_or("", |review| &review.avoidable);
        raise(&mut findings, &verdict(code));
    }
    let known = |list: Vec<(String, u64)>| {
        list.into_iter()
            .map(|(name, number)| (name, Some(number)))
            .collect::<Vec<_>>()
    };
    html! {
        @if !groups.is_empty() {
            (counts("Admissions that should not usually need hospital", "Condition", known(groups)))
        }
        @if !findings.is_empty() {
            (counts("What reviews found", "Could it have been avoided?", known(findings)))
        }
    }
}

fn raise(list: &mut Vec<(String, u64)>, name: &str) {
    match list.iter_mut().find(|(known, _)| known == name) {
        Some((_, count)) => *count += 1,
        None => list.push((name.to_owned(), 1)),
    }
}

/// Keeps what is to be done about the practice's admissions.
pub(super) async fn act(
    caller: Caller,
    Path(practice): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let code = named(&practice)?;
    let about = practice_segment(code.as_ref());
    let here = format!("/admissions/practices/{}", segment(&about));
    let (draft, mut mistakes) = (Draft::typed(&form), Mistakes::default());
    let Some(asked) = draft.check(&about, caller.today(), &mut mistakes) else {
        may_ask(&caller).await?;
        let page = show(&caller, (code, &Asked::default()), (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    keep(&caller, &form, asked, here).await
}

/// Refuses whoever may not ask for anything; a form that is shown again has asked for nothing.
pub(super) async fn may_ask(caller: &Caller) -> Result<(), Problem> {
    if may_act(caller) {
        caller
            .permit_to("admission-audit.read", Resource::House)
            .await
    } else {
        caller.permit(Resource::House).await
    }
}

/// Stores it, and goes back to where it was asked for.
pub(super) async fn keep(
    caller: &Caller,
    form: &Form,
    asked: action::NewAction,
    to: String,
) -> Result<Response, Problem> {
    let by = By::caller(caller);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        action::ask(tx, environment, &asked, &by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
