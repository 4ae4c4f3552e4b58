//! Joining a record with another: finding the other, seeing both side by side, confirming.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{
    Button, Choice, Heading, Input, InsetText, Legend, Markup, Radios, Size, WarningCallout, Width,
    html,
};
use stour_kernel::NhsNumber;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::asking::{Standing, permit, permit_also, seen, standing, standing_of};
use super::draft;
use super::evidence::{compare, told};
use super::joining::{Why, join};
use super::view::side_by_side;
use super::{PairAnswer, PairDecision, decision_of, reason_in_words};
use crate::asking::shown;
use crate::person::store::holder;
use crate::person::{PersonSummary, who_it_is};
use crate::search::Query as Search;
use crate::search::visible::visible;
use crate::words;

/// The other record, or a search for it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Other {
    with: Option<String>,
    q: Option<String>,
}

/// How many people a search for the other record shows.
const SHOWN: usize = 10;
/// Which record goes on.
const THIS: &str = "this";
const OTHER: &str = "other";

/// GET /people/{id}/merge
pub(crate) async fn page(
    caller: Caller,
    Path(id): Path<String>,
    Query(other): Query<Other>,
) -> Result<Page, Problem> {
    let this = standing(&caller, &id).await?;
    let Some(with) = other.with else {
        let search = other.q.unwrap_or_default();
        return find(&caller, this, (&search, ""), &Mistakes::default()).await;
    };
    let other = standing(&caller, &with).await?;
    confirm(&caller, (this, other), (None, &Mistakes::default())).await
}

/// The page on which the other record is looked for.
async fn find(
    caller: &Caller,
    this: Standing,
    (search, number): (&str, &str),
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let id = this.person;
    let who = heading(caller, this.clone()).await?;
    let found = found(caller, &this, search).await?;
    let main = html! {
        (who)
        (Heading::page("Join with another record"))
        p { "Find the other record of the same person. You then see both side by side, before anything is joined." }
        form method="post" action={ "/people/" (id) "/merge/find" } novalidate {
            (form::hidden(caller))
            (Input {
                inputmode: Some("numeric".to_owned()),
                autocomplete: Some("off".to_owned()),
                code: true,
                ..Input::new("nhs-number", "NHS number that the other record holds")
                    .value(number).width(Width::Ten).error(mistakes.of("nhs-number"))
            })
            (Button::secondary("Find by number"))
        }
        form method="get" action={ "/people/" (id) "/merge" } role="search" {
            (Input {
                kind: Some("search".to_owned()),
                autocomplete: Some("off".to_owned()),
                ..Input::new("q", "Or its name, date of birth or postcode").value(search)
            })
            (Button::secondary("Search"))
        }
        (found)
    };
    Ok(Page::new("Join with another record", main)
        .back(format!("/people/{id}/merges"))
        .with_errors(mistakes.all()))
}

async fn heading(caller: &Caller, this: Standing) -> Result<Markup, Problem> {
    let permit = permit(caller, vec![this.facts]).await?;
    let people = caller
        .house()
        .database()
        .read(move |tx| crate::person::summaries(tx, &permit))
        .await?;
    Ok(html! { @for person in people.values() { (who_it_is(person, caller.today())) } })
}

async fn found(caller: &Caller, this: &Standing, search: &str) -> Result<Markup, Problem> {
    if search.is_empty() {
        return Ok(html! {});
    }
    let Ok(query) = Search::parse(search, caller.today()) else {
        return Ok(
            html! { (InsetText::new("That is not understood: type a name with a date of birth or a postcode.")) },
        );
    };
    let (facts, _) = visible(caller, &query, SHOWN).await?;
    let others = facts.into_iter().map(|facts| facts.id);
    let others = others.filter(|person| *person != this.person).collect();
    let people = shown(caller, others).await?;
    let address =
        |person: &PersonSummary| format!("/people/{}/merge?with={}", this.person, person.id);
    Ok(html! {
        @if people.is_empty() {
            (InsetText::new("Nobody else is found. Try fewer words, or another spelling."))
        } @else {
            (Heading::section("Found"))
            @for person in people.values() {
                (who_it_is(person, caller.today()))
                p { a href=(address(person)) { "Compare with this record" span.nhsuk-u-visually-hidden { ": " (person.name.listed()) } } }
            }
        }
    })
}

/// POST /people/{id}/merge/find. By POST, since an NHS number must not stand in an address.
pub(crate) async fn find_by_number(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let this = standing(&caller, &id).await?;
    let typed = form.get("nhs-number");
    let mut mistakes = Mistakes::default();
    let number = mistakes.check("nhs-number", typed.parse::<NhsNumber>());
    let database = caller.house().database();
    let found = match number {
        Some(number) => {
            let found = database.read(move |tx| match holder(tx, number)? {
                Some(person) => standing_of(tx, person),
                None => Ok(None),
            });
            found.await?
        }
        None => None,
    };
    // Whom the caller may not see must not differ from nobody.
    let may = |other: &Standing| super::asking::may(&caller, &other.facts);
    match found.filter(may) {
        Some(other) if other.person == this.person => {
            mistakes.add(
                "nhs-number",
                "That is the number of this record: enter that of the other",
            );
        }
        Some(other) => {
            let _permit = caller.permit_person(other.facts).await?;
            let address = format!("/people/{}/merge?with={}", this.person, other.person);
            return Ok(redirect(&address));
        }
        None if mistakes.is_empty() => {
            mistakes.add(
                "nhs-number",
                "No record that you may see holds this number: search by name instead",
            );
        }
        None => {}
    }
    let page = find(&caller, this, ("", typed), &mistakes).await?;
    Ok(page.into_response())
}

/// The page on which both are seen side by side and joined.
async fn confirm(
    caller: &Caller,
    (this, other): (Standing, Standing),
    (form, mistakes): (Option<&Form>, &Mistakes),
) -> Result<Page, Problem> {
    let [one, two] = [this.person, other.person];
    if one == two {
        return Err(Problem::conflict(
            "These two records have been joined already.",
        ));
    }
    let permit = permit(caller, vec![this.facts, other.facts]).await?;
    let environment = caller.environment().clone();
    let database = caller.house().database();
    let read = database.read(move |tx| {
        let fields = compare([
            &told(tx, &environment, &permit, one)?,
            &told(tx, &environment, &permit, two)?,
        ]);
        Ok::<_, Problem>((fields, decision_of(tx, one, two)?))
    });
    let (fields, decided) = read.await?;
    let goes_on = [
        Choice::new(THIS, "The record on the left")
            .hint("Its identifier stays; the other’s leads to it"),
        Choice::new(OTHER, "The record on the right"),
    ];
    let legend = Legend {
        size: Some(Size::S),
        ..Legend::new("Which record goes on?")
    };
    let chosen = form.map_or(THIS, |form| form.get("survivor"));
    let main = html! {
        (Heading::page("Are these one person’s records?"))
        p { "When you join them, everybody who looks after the person sees one record. What each organisation said is kept, and the joining can be undone." }
        (before(decided.as_ref()))
        (side_by_side(["This record", "The other record"], &fields))
        form method="post" action={ "/people/" (one) "/merge" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="with" value=(two);
            input type="hidden" name="version-this" value=(this.version);
            input type="hidden" name="version-other" value=(other.version);
            (Radios { small: true, ..Radios::new("survivor", legend, goes_on) }
                .selected(Some(chosen)).error(mistakes.of("survivor")))
            (draft::select("reason-same", PairAnswer::Same.as_str(), form, caller.today(), mistakes))
            (draft::note_field(form, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Join these records") })
        }
    };
    Ok(Page::new("Join two records", main)
        .back(format!("/people/{one}/merge"))
        .wide()
        .with_errors(mistakes.all()))
}

/// What a human said of the two before.
fn before(decided: Option<&PairDecision>) -> Markup {
    let different = decided.filter(|decided| decided.answer == PairAnswer::Different);
    html! {
        @if let Some(decided) = different {
            (WarningCallout::new(Heading::section("Said before to be two people"), html! {
                p { (decided.decided_by) ", " (words::moment(decided.decided_at)) ": " (reason_in_words(&decided.reason, &decided.note)) }
            }))
        }
    }
}

/// POST /people/{id}/merge
pub(crate) async fn post(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let this = standing(&caller, &id).await?;
    let other = standing(&caller, form.get("with")).await?;
    let mut mistakes = Mistakes::default();
    let keeps_this = match form.get("survivor") {
        THIS => true,
        OTHER => false,
        _ => {
            mistakes.add("survivor", "Choose which record goes on");
            true
        }
    };
    let group = (PairAnswer::Same.as_str(), "reason-same");
    let why = draft::reason(&form, group, caller.today(), &mut mistakes);
    let Some((reason, note)) = why.filter(|_| mistakes.is_empty()) else {
        let page = confirm(&caller, (this, other), (Some(&form), &mistakes)).await?;
        return Ok(page.into_response());
    };
    seen(&caller, &[this.facts.clone(), other.facts.clone()]).await?;
    let versions = ["version-this", "version-other"].map(|field| match form.get(field) {
        "" => Err(Problem::version_required()),
        text => Ok(text.parse()?),
    });
    let [version, other_version] = versions;
    let (kept, gone) = ((this.person, version?), (other.person, other_version?));
    let (kept, gone) = if keeps_this {
        (kept, gone)
    } else {
        (gone, kept)
    };
    let by = caller.actor().name.clone();
    let (why, asking, facts) = (Why { reason, note, by }, caller.clone(), other.facts);
    let sent = (form.key(), form.fingerprint());
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let action = asking.action().as_str();
        permit_also(&asking, tx, action, std::slice::from_ref(&facts))?;
        if kept.0 == gone.0 {
            return Err(super::ReviewError::from(super::Refusal::Joined).into());
        }
        join(tx, environment, kept, gone, &why)?;
        Ok(format!("/people/{}/merges", kept.0))
    };
    let to = caller
        .write(sent, Resource::Person(this.facts), work)
        .await?;
    Ok(redirect(&to))
}
