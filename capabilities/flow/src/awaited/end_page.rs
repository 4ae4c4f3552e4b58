//! Something that was waited for came, or is not needed any more.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Choice, Heading, Input, InsetText, Radios, html};
use stour_kernel::{Environment, Timestamp};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::moment::TypedMoment;
use super::state::Ending;
use super::store::{Awaited, AwaitedId, awaited, end as ended};
use crate::by::By;
use crate::shown;
use crate::ward::{Named, Where, find};

/// The longest that what came of it may be, in characters.
const LONGEST: usize = 500;

/// An organisation, a ward, a stay and what is waited for, as an address has them.
type At = Path<(String, String, String, String)>;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    how: String,
    words: String,
    at: TypedMoment,
}

async fn open(caller: &Caller, at: At) -> Result<(Named, Awaited), Problem> {
    let Path((organisation, ward, spell, id)) = at;
    let stay: Where = Path((organisation, ward, spell));
    let named = find(caller, &stay).await?;
    require(caller, &named.person).await?;
    let id: AwaitedId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| awaited(tx, id))
        .await?;
    let found = found.filter(|one| one.spell == named.spell.id);
    Ok((named, found.ok_or_else(Problem::not_found)?))
}

/// The form.
pub(super) async fn page(caller: Caller, at: At) -> Result<Page, Problem> {
    let (named, one) = open(&caller, at).await?;
    let draft = Draft {
        at: TypedMoment::of(caller.now()),
        ..Draft::default()
    };
    show(&caller, (&named, &one), (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    (named, one): (&Named, &Awaited),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller
        .permit_person_to("ward.read", named.person.clone())
        .await?;
    let database = caller.house().database();
    let person = database.read(move |tx| summary(tx, &permit)).await?;
    let back = format!("{}/spells/{}/awaited", named.back, named.spell.id);
    let title = "Is it still waited for?";
    let answers = [
        Choice::new(Ending::Done.as_str(), "It came"),
        Choice::new(Ending::NotNeeded.as_str(), "It is not needed any more"),
    ];
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, caller.today(), false)) }
        p { strong { (one.asked.what) } ", asked for on " (shown::moment(one.asked.at)) ". Next: " (one.asked.who) "." }
        @if one.ended.is_some() {
            (InsetText::new("Somebody has said already that this is no longer waited for."))
        } @else {
            form method="post" action={ (back) "/" (one.id) } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(one.version);
                (Radios::new("how", "What happened?", answers).selected(Some(&draft.how)).error(mistakes.of("how")))
                (Input::new("words", "What came of it (optional)").hint("Not a result: that belongs in the hospital’s own record")
                    .value(draft.words.as_str()).error(mistakes.of("words")))
                (draft.at.inputs("at", "When?", mistakes))
                (Button::new("Save"))
            }
        }
    };
    Ok(Page::new(title, main)
        .back(&back)
        .with_errors(mistakes.all()))
}

fn check(
    draft: &Draft,
    one: &Awaited,
    now: Timestamp,
    mistakes: &mut Mistakes,
) -> Option<(Timestamp, Ending, Option<String>)> {
    let how = Ending::from_stored(&draft.how);
    if how.is_none() {
        mistakes.add("how", "Select what happened");
    }
    if draft.words.chars().count() > LONGEST {
        mistakes.add("words", format!("Use at most {LONGEST} characters"));
    }
    let at = draft.at.check("at", mistakes)?;
    let words = Some(draft.words.clone()).filter(|words| !words.is_empty());
    let said = (how?, words);
    if let Ok(waiting) = one.waiting()
        && let Err(why) = waiting.end(at, now, said.clone())
    {
        mistakes.add("at-day", why.to_string());
    }
    let (how, words) = said;
    mistakes.is_empty().then_some((at, how, words))
}

/// Keeps it.
pub(super) async fn end(caller: Caller, at: At, form: Form) -> Result<Response, Problem> {
    let (named, one) = open(&caller, at).await?;
    let draft = Draft {
        how: form.get("how").to_owned(),
        words: form.get("words").trim().to_owned(),
        at: TypedMoment::from_form(&form, "at"),
    };
    let mut mistakes = Mistakes::default();
    let Some(said) = check(&draft, &one, caller.now(), &mut mistakes) else {
        let page = show(&caller, (&named, &one), (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (one.id, By::caller(&caller));
    let to = format!("{}/spells/{}/awaited", named.back, named.spell.id);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        ended(tx, environment, (id, seen), said.clone(), &by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(named.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
