//! Somebody of the community team writes down who cares for a person, unpaid.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::{Transaction, Version};
use stour_design::{
    Button, Cell, Choice, Heading, Input, Markup, Radios, Select, SelectItem, Table, Textarea, html,
};
use stour_kernel::{Date, Environment};
use stour_people::CARER;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form};

use super::carer::{self, Carer, CarerId, KeptCarer, WrongCarer};
use super::part::{lines, willing};
use super::{RELATIONS, WILLING};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::in_reach::{Opened, open};
use crate::list::options;
use crate::shown;

const YES: &str = "yes";
const NO: &str = "no";

/// A person and a carer, as an address has them.
type At = Path<(String, String)>;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    who: String,
    relation: String,
    cares: String,
    contact: String,
    willing: String,
    words: String,
    /// Whether they still care for the person; of somebody new nobody asks.
    still: String,
}

impl Draft {
    fn of(carer: &Carer) -> Self {
        let still = if carer.ended { NO } else { YES };
        Self {
            who: carer.who.clone(),
            relation: carer.relation.clone(),
            cares: carer.cares.clone(),
            contact: carer.contact.clone(),
            willing: carer.willing.clone(),
            words: carer.words.clone(),
            still: still.to_owned(),
        }
    }

    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        Self {
            who: text("who"),
            relation: text("relation"),
            cares: text("cares"),
            contact: text("contact"),
            willing: text("willing"),
            words: text("words"),
            still: text("still"),
        }
    }

    fn check(&self, today: Date, mistakes: &mut Mistakes) -> Result<Option<Carer>, Problem> {
        let carer = Carer {
            who: self.who.clone(),
            relation: self.relation.clone(),
            cares: self.cares.clone(),
            contact: self.contact.clone(),
            willing: self.willing.clone(),
            words: self.words.clone(),
            ended: self.still == NO,
        };
        for wrong in carer.wrongs(today, reference()?) {
            mistakes.add(field(wrong), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(carer))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongCarer) -> &'static str {
    match wrong {
        WrongCarer::Who => "who",
        WrongCarer::Relation => "relation",
        WrongCarer::Cares => "cares",
        WrongCarer::Contact => "contact",
        WrongCarer::Willing => "willing",
        WrongCarer::Long(field, _) => field,
    }
}

fn fields(draft: &Draft, mistakes: &Mistakes, today: Date) -> Result<Markup, Problem> {
    // That a carer is a carer is no answer to what else they are.
    let is_other = |item: &SelectItem| !matches!(item, SelectItem::Option { value, .. } if value.as_deref() == Some(CARER));
    let relations: Vec<SelectItem> = options(RELATIONS, "Choose", today)?
        .into_iter()
        .filter(is_other)
        .collect();
    let relation = Select {
        error: mistakes.of("relation"),
        ..Select::new("relation", "What the carer is to the person", relations)
    };
    let goes_on = Select {
        error: mistakes.of("willing"),
        ..Select::new(
            "willing",
            "Is the carer able and willing to go on?",
            options(WILLING, "Choose", today)?,
        )
    };
    Ok(html! {
        (Input::new("who", "The carer’s name").value(draft.who.as_str()).error(mistakes.of("who")))
        (relation.selected(Some(&draft.relation)))
        (Textarea { rows: Some(3), ..Textarea::new("cares", "In what way they care for the person") }
            .hint("What they do, how often, and whether they live with the person")
            .value(draft.cares.as_str()).error(mistakes.of("cares")))
        (Input::new("contact", "How to reach the carer").hint("A telephone number, and when to use it")
            .value(draft.contact.as_str()).error(mistakes.of("contact")))
        (goes_on.selected(Some(&draft.willing)))
        (Textarea { rows: Some(3), ..Textarea::new("words", "What the carer says of it, or would need (optional)") }
            .value(draft.words.as_str()).error(mistakes.of("words")))
    })
}

/// The form for somebody who is not written down yet.
pub(super) async fn new_page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    show_new(&caller, &opened, (&Draft::default(), &Mistakes::default())).await
}

async fn show_new(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (opened.who(caller).await?, caller.today());
    let title = "Write down who cares for the person";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        p { (NOTE) }
        form method="post" action={ (opened.back()) "/carers" } novalidate {
            (form::hidden(caller))
            (fields(draft, mistakes, today)?)
            (Button::new("Save"))
        }
    };
    Ok(Page::new(title, main)
        .back(opened.back())
        .with_errors(mistakes.all()))
}

/// What a carer should know, and what this is not.
const NOTE: &str = "Tell the carer that the ward and the community teams who look after the person read this. It is what the carer said, and no carer’s assessment.";

/// Keeps somebody new.
pub(super) async fn add(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let Some(carer) = draft.check(caller.today(), &mut mistakes)? else {
        let page = show_new(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let person = opened.person.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        carer::add(tx, environment, person, &carer, by).map(|_| ())
    };
    opened.carry_out(&caller, &form, work).await
}

/// A carer of a person, with every version.
async fn find(
    caller: &Caller,
    Path((person, id)): At,
) -> Result<(Opened, KeptCarer, Vec<KeptCarer>), Problem> {
    let opened = open(caller, &person).await?;
    let id: CarerId = id.parse().map_err(|_| Problem::not_found())?;
    let who = opened.person.id;
    let (all, versions) = caller
        .house()
        .database()
        .read(move |tx| Ok::<_, FlowError>((carer::of_person(tx, who)?, carer::versions(tx, id)?)))
        .await?;
    let found = all.into_iter().find(|kept| kept.id == id);
    Ok((opened, found.ok_or_else(Problem::not_found)?, versions))
}

/// What is written down of a carer.
pub(super) async fn page(caller: Caller, at: At) -> Result<Page, Problem> {
    let (opened, kept, versions) = find(&caller, at).await?;
    let draft = Draft::of(&kept.carer);
    let found = (&opened, &kept, versions.as_slice());
    show(&caller, found, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    (opened, kept, versions): (&Opened, &KeptCarer, &[KeptCarer]),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (opened.who(caller).await?, caller.today());
    let still = [
        Choice::new(YES, "Yes"),
        Choice::new(NO, "No: they no longer do"),
    ];
    let title = "Who cares for the person";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        p { (NOTE) }
        form method="post" action={ (opened.back()) "/carers/" (kept.id) } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(kept.version);
            (fields(draft, mistakes, today)?)
            (Radios::new("still", "Do they still care for the person?", still).selected(Some(&draft.still)))
            (Button::new("Save"))
        }
        (history(versions))
    };
    Ok(Page::new(title, main)
        .back(opened.back())
        .with_errors(mistakes.all()))
}

fn history(versions: &[KeptCarer]) -> Markup {
    let rows = versions.iter().rev().map(|kept| {
        let carer = &kept.carer;
        vec![
            Cell::from(html! {
                bdi { (carer.who) } br; (shown::label(RELATIONS, &carer.relation))
                @if carer.ended { br; "No longer cares for the person" }
            }),
            Cell::from(lines(&carer.cares)),
            Cell::from(html! { (willing(&carer.willing)) @if !carer.words.is_empty() { br; (lines(&carer.words)) } }),
            Cell::from(format!("{}, {}", kept.name, shown::moment(kept.at))),
        ]
    });
    let columns = [
        "Who",
        "In what way",
        "Able and willing to go on?",
        "Who wrote it, and when",
    ];
    html! { (Table { responsive: true, ..Table::new("Every version, the latest first", columns, rows) }) }
}

/// Keeps what is so now.
pub(super) async fn change(caller: Caller, at: At, form: Form) -> Result<Response, Problem> {
    let (opened, kept, versions) = find(&caller, at).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let Some(carer) = draft.check(caller.today(), &mut mistakes)? else {
        let found = (&opened, &kept, versions.as_slice());
        let page = show(&caller, found, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let id = kept.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        carer::change(tx, environment, (id, seen), &carer, by)
    };
    opened.carry_out(&caller, &form, work).await
}
