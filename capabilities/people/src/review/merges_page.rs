//! What was joined into a record, and parting it again.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{
    Button, Cell, Choice, Column, Heading, InsetText, Legend, Markup, Radios, Size, Table, Tag,
    TagColour, html,
};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::asking::{Standing, permit, standing};
use super::draft::{self, UNDO};
use super::joining::{Came, Why, part, since};
use crate::merge::{Merge, MergeId, merges_of};
use crate::person::{summaries, who_it_is};
use crate::words;

/// What a choice of side is sent as.
const STAYS: &str = "stays";
const MOVES: &str = "moves";

struct Shown {
    who: Markup,
    merges: Vec<Merge>,
}

async fn load(caller: &Caller, this: &Standing) -> Result<Shown, Problem> {
    let permit = permit(caller, vec![this.facts.clone()]).await?;
    let (person, today) = (this.person, caller.today());
    let database = caller.house().database();
    let (people, merges) = database
        .read(move |tx| Ok::<_, Problem>((summaries(tx, &permit)?, merges_of(tx, person)?)))
        .await?;
    let who = html! { @for person in people.values() { (who_it_is(person, today)) } };
    Ok(Shown { who, merges })
}

/// GET /people/{id}/merges
pub(crate) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let this = standing(&caller, &id).await?;
    let Shown { who, merges } = load(&caller, &this).await?;
    let address = format!("/people/{}", this.person);
    let was_joined = id != this.person.to_string();
    let rows = merges.iter().map(|merge| row(merge, &address));
    let columns = ["When", "By whom", "Why", "Now"].map(Column::from);
    let main = html! {
        (who)
        (Heading::page("What was joined into this record"))
        @if was_joined { (InsetText::new("The record you asked for was joined into this one.")) }
        @if merges.is_empty() {
            p { "Nothing was ever joined into it." }
        } @else {
            (Table { responsive: true, compact: true, ..Table::new("The latest first", columns, rows) })
        }
        (Button::link("Join with another record", format!("{address}/merge")))
    };
    Ok(Page::new("What was joined into this record", main).wide())
}

fn row(merge: &Merge, address: &str) -> [Cell; 4] {
    let now = html! {
        @if let Some(undone) = &merge.undone {
            (Tag::new("Parted again", TagColour::Grey)) " "
            (words::moment(undone.at)) ", " (undone.by) ": " (undone.why)
        } @else {
            (Tag::new("Joined", TagColour::Green)) " "
            a href={ (address) "/merges/" (merge.id) } {
                "Undo" span.nhsuk-u-visually-hidden { " the joining of " (words::moment(merge.at)) }
            }
        }
    };
    [
        words::moment(merge.at).into(),
        merge.by.as_str().into(),
        merge.reason.as_str().into(),
        now.into(),
    ]
}

/// GET /people/{id}/merges/{merge}
pub(crate) async fn undo_page(
    caller: Caller,
    Path((id, merge)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let this = standing(&caller, &id).await?;
    undo(&caller, this, &merge, (None, &Mistakes::default())).await
}

async fn undo(
    caller: &Caller,
    this: Standing,
    merge: &str,
    (form, mistakes): (Option<&Form>, &Mistakes),
) -> Result<Page, Problem> {
    let Shown { who, merges } = load(caller, &this).await?;
    let id: MergeId = merge.parse().map_err(|_| Problem::not_found())?;
    let merge = merges.into_iter().find(|merge| merge.id == id);
    let merge = merge.ok_or_else(Problem::not_found)?;
    let address = format!("/people/{}/merges", this.person);
    if merge.undone.is_some() {
        return Err(Problem::conflict("This joining has been undone already."));
    }
    let (person, after) = (this.person, merge.at);
    let database = caller.house().database();
    let came = database.read(move |tx| since(tx, person, after)).await?;
    let main = html! {
        (who)
        (Heading::page("Undo a joining of records"))
        p { "Joined " (words::moment(merge.at)) " by " (merge.by) ": " (merge.reason) "." }
        p { "Both records become again exactly what they were, with what their organisations said since." }
        form method="post" action={ (address) "/" (merge.id) } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(this.version);
            (sides(&came, form))
            (draft::select("reason-undo", UNDO, form, caller.today(), mistakes))
            (draft::note_field(form, mistakes))
            (Button { prevent_double_click: true, ..Button::warning("Undo the joining") })
        }
    };
    Ok(Page::new("Undo a joining of records", main)
        .back(address)
        .with_errors(mistakes.all()))
}

/// For each record that came since, the choice of whose it is.
fn sides(came: &[Came], form: Option<&Form>) -> Markup {
    html! {
        @if came.is_empty() {
            p { "No new record has come since." }
        } @else {
            (Heading::section("Records that came since"))
            p { "They came when the two were one, so somebody must say whose they are." }
            @for came in came {
                @let field = format!("record-{}", came.record);
                @let chosen = form.map_or(STAYS, |form| form.get(&field));
                @let choices = [
                    Choice::new(STAYS, "It stays with this record"),
                    Choice::new(MOVES, "It goes with the record that is parted"),
                ];
                @let legend = Legend { size: Some(Size::S), ..Legend::new(described(came)) };
                (Radios { small: true, ..Radios::new(field.as_str(), legend, choices) }.selected(Some(chosen)))
            }
        }
    }
}

fn described(came: &Came) -> String {
    let name = came.said.name.as_ref();
    let name = name.map_or_else(
        || "No name given".to_owned(),
        crate::person::PersonName::listed,
    );
    let born = came
        .said
        .born
        .map(|born| format!(", born {}", words::day(born)));
    format!(
        "{name}{}, from {}, {}",
        born.unwrap_or_default(),
        words::organisation_name(&came.source),
        words::moment(came.at)
    )
}

/// POST /people/{id}/merges/{merge}
pub(crate) async fn post(
    caller: Caller,
    Path((id, merge)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let this = standing(&caller, &id).await?;
    let mut mistakes = Mistakes::default();
    let why = draft::reason(&form, (UNDO, "reason-undo"), caller.today(), &mut mistakes);
    let Some((reason, note)) = why.filter(|_| mistakes.is_empty()) else {
        let page = undo(&caller, this, &merge, (Some(&form), &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen = match form.get("version") {
        "" => return Err(Problem::version_required()),
        text => text.parse()?,
    };
    let merge: MergeId = merge.parse().map_err(|_| Problem::not_found())?;
    let database = caller.house().database();
    let person = this.person;
    let came = database
        .read(move |tx| since(tx, person, stour_kernel::Timestamp::MIN))
        .await?;
    let moves = |came: &&Came| form.get(&format!("record-{}", came.record)) == MOVES;
    let others: Vec<_> = came.iter().filter(moves).map(|came| came.record).collect();
    let by = caller.actor().name.clone();
    let (why, organisation) = (Why { reason, note, by }, caller.actor().organisation);
    let sent = (form.key(), form.fingerprint());
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let asked = (merge, person, seen);
        part(tx, environment, asked, &others, (&why, organisation))?;
        Ok(format!("/people/{person}/merges"))
    };
    let to = caller
        .write(sent, Resource::Person(this.facts), work)
        .await?;
    Ok(redirect(&to))
}
