//! A team plans something, plans it otherwise, or says what came of it.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, InsetText, Markup, Select, Textarea, html};
use stour_kernel::{Date, Environment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form};

use super::state::{Item, ItemId, Planned, WrongPlan};
use super::store::{self, Step, item, steps};
use super::{AGREEMENTS, KINDS, end_form, part};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::in_reach::opened::{Opened, open};
use crate::list::options;
use crate::shown;

/// A person and something planned, as an address has them.
type At = Path<(String, String)>;

/// What a suggestion fills in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    kind: String,
    what: String,
    owner: String,
    agreement: String,
    due: TypedDate,
}

impl Draft {
    fn of(planned: &Planned) -> Self {
        Self {
            kind: planned.kind.clone(),
            what: planned.what.clone(),
            owner: planned.owner.clone(),
            agreement: planned.agreement.clone(),
            due: TypedDate::of(planned.due),
        }
    }

    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        Self {
            kind: text("kind"),
            what: text("what"),
            owner: text("owner"),
            agreement: text("agreement"),
            due: TypedDate::from_form(form, "due"),
        }
    }

    /// What is planned, unless something in it is wrong.
    fn check(
        &self,
        before: Option<&Planned>,
        today: Date,
        mistakes: &mut Mistakes,
    ) -> Result<Option<Planned>, Problem> {
        let due = mistakes.check("due-day", self.due.date());
        let planned = Planned {
            kind: self.kind.clone(),
            what: self.what.clone(),
            owner: self.owner.clone(),
            agreement: self.agreement.clone(),
            // A day that cannot be read is told by itself.
            due: due.unwrap_or(today),
        };
        for wrong in planned.wrongs(before, today, reference()?) {
            mistakes.add(field(wrong), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(planned))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongPlan) -> &'static str {
    match wrong {
        WrongPlan::Kind | WrongPlan::Over => "kind",
        WrongPlan::What => "what",
        WrongPlan::Owner => "owner",
        WrongPlan::Past => "due-day",
        WrongPlan::Agreement => "agreement",
        WrongPlan::Long(field, _) => field,
        WrongPlan::Outcome => "outcome",
    }
}

fn fields(draft: &Draft, mistakes: &Mistakes, today: Date) -> Result<Markup, Problem> {
    let select = |name: &str, label: &str, list: &str| {
        Ok::<_, Problem>(Select {
            error: mistakes.of(name),
            ..Select::new(name, label, options(list, "Choose", today)?)
        })
    };
    Ok(html! {
        (select("kind", "What kind of thing", KINDS)?.selected(Some(&draft.kind)))
        (Textarea { rows: Some(3), ..Textarea::new("what", "What you will do") }
            .value(draft.what.as_str()).error(mistakes.of("what")))
        (Input::new("owner", "Whose it is").hint("A name, and the role or team. For example: Amy Cole, occupational therapist")
            .value(draft.owner.as_str()).error(mistakes.of("owner")))
        (draft.due.input("due", "By when").error(mistakes.of("due-day")))
        (select("agreement", "Does the person agree?", AGREEMENTS)?.selected(Some(&draft.agreement)))
    })
}

/// The form for something new.
pub(crate) async fn new_page(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft {
        kind: asked.kind,
        owner: caller.actor().name.clone(),
        due: TypedDate::of(caller.today()),
        ..Draft::default()
    };
    show_new(&caller, &opened, (&draft, &Mistakes::default())).await
}

async fn show_new(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (opened.who(caller).await?, caller.today());
    let title = "Plan something to bring the person home";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        @if opened.is_in() {
            form method="post" action={ (opened.back()) "/plan" } novalidate {
                (form::hidden(caller))
                (fields(draft, mistakes, today)?)
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
    };
    Ok(Page::new(title, main)
        .back(opened.back())
        .with_errors(mistakes.all()))
}

/// Keeps something new.
pub(crate) async fn add(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let Some(planned) = draft.check(None, caller.today(), &mut mistakes)? else {
        let page = show_new(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let stay = opened.stay.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        store::plan(tx, environment, stay, &planned, by).map(|_| ())
    };
    opened.carry_out(&caller, &form, work).await
}

/// Something planned by the caller's organisation, with its versions.
struct Found {
    opened: Opened,
    item: Item,
    steps: Vec<Step>,
}

async fn find(caller: &Caller, Path((person, id)): At) -> Result<Found, Problem> {
    let opened = open(caller, &person).await?;
    let id: ItemId = id.parse().map_err(|_| Problem::not_found())?;
    let (own, who) = (caller.actor().organisation, opened.person.id);
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(item) = item(tx, id)? else {
                return Ok(None);
            };
            let stays = crate::spell::of_person(tx, who)?;
            let is_theirs = stays.iter().any(|stay| stay.id == item.spell);
            let steps = steps(tx, id)?;
            Ok::<_, FlowError>((is_theirs && item.organisation == own).then_some((item, steps)))
        })
        .await?;
    let (item, steps) = found.ok_or_else(Problem::not_found)?;
    Ok(Found {
        opened,
        item,
        steps,
    })
}

/// Something that is planned.
pub(crate) async fn item_page(caller: Caller, at: At) -> Result<Page, Problem> {
    let found = find(&caller, at).await?;
    let draft = Draft::of(&found.item.planned);
    show(&caller, &found, (&draft, ("", "")), &Mistakes::default()).await
}

async fn show(
    caller: &Caller,
    found: &Found,
    (draft, ended): (&Draft, (&str, &str)),
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let (person, today) = (found.opened.who(caller).await?, caller.today());
    let here = format!("{}/plan/{}", found.opened.back(), found.item.id);
    let title = "What your team plans";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        @if found.item.ended.is_some() {
            (part::whole(&found.item, today))
        } @else {
            (Heading::section("Is it done?"))
            (end_form::fields(caller, &here, found.item.version, (ended, mistakes)))
            (Heading::section("Plan it otherwise"))
            form method="post" action=(here) novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(found.item.version);
                (fields(draft, mistakes, today)?)
                (Button::secondary("Save"))
            }
        }
        (part::versions(&found.steps))
    };
    Ok(Page::new(title, main)
        .back(found.opened.back())
        .with_errors(mistakes.all()))
}

/// Keeps how it is planned now.
pub(crate) async fn change(caller: Caller, at: At, form: Form) -> Result<Response, Problem> {
    let found = find(&caller, at).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let before = Some(&found.item.planned);
    let Some(planned) = draft.check(before, caller.today(), &mut mistakes)? else {
        let page = show(&caller, &found, (&draft, ("", "")), &mistakes).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let id = found.item.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        store::change(tx, environment, (id, seen), planned.clone(), by)
    };
    found.opened.carry_out(&caller, &form, work).await
}

/// Keeps that it is done or withdrawn.
pub(crate) async fn end(caller: Caller, at: At, form: Form) -> Result<Response, Problem> {
    let found = find(&caller, at).await?;
    let mut mistakes = Mistakes::default();
    let typed = (form.get("how"), form.get("outcome").trim());
    let Some((how, outcome)) = end_form::check(typed, &mut mistakes) else {
        let draft = Draft::of(&found.item.planned);
        let page = show(&caller, &found, (&draft, typed), &mistakes).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let id = found.item.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        store::end(tx, environment, (id, seen), (how, &outcome), by)
    };
    found.opened.carry_out(&caller, &form, work).await
}
