//! One person on the screen: what is known, what is said, and what somebody is to do.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{
    Button, Heading, Input, InsetText, Markup, Select, SelectItem, SummaryList, SummaryRow,
    Textarea, Width, html,
};
use stour_kernel::{Date, Environment, OdsCode, PersonId};
use stour_people::{PersonSummary, facts_for_access_all, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::action::{self, HubAction, NewHubAction, of_meeting, unfinished};
use super::meeting_page::about_person;
use super::start_page::{days, reason};
use super::state::MeetingState;
use super::store::{self, Meeting, MeetingId, Note, Turn, meeting, notes, turns};
use super::{actions_page, visible};
use crate::asked;
use crate::by::By;
use crate::capacity::{OnWard, kept_for};
use crate::error::{FlowError, reference};
use crate::hub::{self, Decision};
use crate::shown;
use crate::spell::{Spell, one};

/// The longest that what is taken down may be, and what is to be done, in characters.
const LONGEST_MINUTES: usize = 4_000;
const LONGEST_WHAT: usize = 500;
const LONGEST_NAME: usize = 100;

/// What the buttons send: where to go when it is saved.
const ONWARD: &str = "onward";
const STAY: &str = "stay";

/// One person's turn, as the caller may see it.
struct Opened {
    meeting: Meeting,
    turn: Turn,
    person: PersonFacts,
    spell: Option<Spell>,
    /// What a team decided last about where the person goes.
    decided: Option<Decision>,
    notes: Vec<Note>,
    /// Open actions about the person of whichever meeting, and what was done of this one's.
    actions: Vec<HubAction>,
    onward: OnWard,
    /// The turns of those whom the caller may see, in order.
    seen: Vec<i64>,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    minutes: String,
    /// The version that the minutes were changed from.
    version: String,
    what: String,
    owner: String,
    organisation: String,
    due: TypedDate,
}

impl Draft {
    fn of(opened: &Opened, today: Date) -> Self {
        Self {
            minutes: opened.turn.minutes.clone(),
            version: opened.turn.version.to_string(),
            due: TypedDate::of(today),
            ..Self::default()
        }
    }

    fn typed(form: &Form) -> Self {
        let text = |field: &str| form.get(field).to_owned();
        Self {
            minutes: text("minutes"),
            version: text("version"),
            what: text("what"),
            owner: text("owner"),
            organisation: text("organisation"),
            due: TypedDate::from_form(form, "due"),
        }
    }

    /// Whether somebody is to do something; the day alone stands there from the beginning.
    fn asks(&self) -> bool {
        [&self.what, &self.owner, &self.organisation]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// What somebody is to do, or all that is wrong.
    fn action(&self, today: Date, mistakes: &mut Mistakes) -> Option<NewHubAction> {
        let text =
            |mistakes: &mut Mistakes, field: &str, text: &str, (missing, most): (&str, usize)| {
                mistakes.required(field, text, missing);
                if text.chars().count() > most {
                    mistakes.add(field, format!("Enter at most {most} characters"));
                }
            };
        text(
            mistakes,
            "what",
            &self.what,
            ("Enter what is to be done", LONGEST_WHAT),
        );
        text(
            mistakes,
            "owner",
            &self.owner,
            ("Enter who does it", LONGEST_NAME),
        );
        let known = organisations(today).into_iter().map(|(code, _)| code);
        let (organisation, due) =
            asked::check((&self.organisation, &self.due), known, today, mistakes)?;
        if !mistakes.is_empty() {
            return None;
        }
        Some(NewHubAction {
            what: self.what.clone(),
            owner: self.owner.clone(),
            organisation,
            due,
        })
    }
}

/// The organisations that can be asked to do something, with their names.
fn organisations(today: Date) -> Vec<(OdsCode, String)> {
    let all = reference().ok().into_iter();
    all.flat_map(|all| all.organisations_at(today))
        .map(|one| (one.code, one.name.clone()))
        .collect()
}

/// Finds the turn, and refuses a caller who may not do what the route does with its person.
async fn open(caller: &Caller, (id, number): &(String, String)) -> Result<Opened, Problem> {
    let id: MeetingId = id.parse().map_err(|_| Problem::not_found())?;
    let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
    let now = caller.now();
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let all = turns(tx, id)?;
            let (Some(meeting), Some(turn)) = (
                meeting(tx, id)?,
                all.iter().find(|turn| turn.number == number).cloned(),
            ) else {
                return Ok(None);
            };
            let people: Vec<PersonId> = all.iter().map(|turn| turn.person).collect();
            let people = facts_for_access_all(tx, &people)?;
            let mut actions = of_meeting(tx, id)?;
            actions.retain(|action| action.done.is_some() && action.turn == number);
            actions.extend(about_person(unfinished(tx)?, turn.person));
            let spell = one(tx, turn.spell)?;
            let places = kept_for(tx, now)?.remove(&turn.spell);
            let decided = hub::decisions(tx, turn.spell)?.pop();
            let said = (notes(tx, (id, number))?, actions, decided);
            Ok::<_, FlowError>(Some((meeting, turn, all, people, spell, said, places)))
        })
        .await?;
    let (meeting, turn, all, people, spell, said, places) = found.ok_or_else(Problem::not_found)?;
    let (notes, actions, decided) = said;
    let person = people.iter().find(|person| person.id == turn.person);
    let person = person.cloned().ok_or_else(Problem::not_found)?;
    require(caller, &person).await?;
    let may = OnWard::of_people(caller, &people).remove(&person.id);
    let seen: Vec<PersonId> = visible(caller, "meeting.read", people)
        .iter()
        .map(|person| person.id)
        .collect();
    Ok(Opened {
        onward: may.unwrap_or_default().with(places),
        seen: all
            .iter()
            .filter(|turn| seen.contains(&turn.person))
            .map(|turn| turn.number)
            .collect(),
        meeting,
        turn,
        person,
        spell,
        decided: decided.map(|kept| kept.decision),
        notes,
        actions,
    })
}

/// The page.
pub(super) async fn page(
    caller: Caller,
    Path(at): Path<(String, String)>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft::of(&opened, caller.today());
    show(&caller, &opened, (&draft, &Mistakes::default())).await
}

fn address(opened: &Opened, number: i64) -> String {
    format!("/hub/meeting/{}/people/{number}", opened.meeting.id)
}

/// The turn after this one that the caller may see.
fn next(opened: &Opened) -> Option<i64> {
    let mut seen = opened.seen.iter().copied();
    seen.find(|number| *number > opened.turn.number)
}

fn previous(opened: &Opened) -> Option<i64> {
    let seen = opened.seen.iter().rev().copied();
    seen.into_iter().find(|number| *number < opened.turn.number)
}

async fn show(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller
        .permit_person_to("meeting.read", opened.person.clone())
        .await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    let is_running = matches!(opened.meeting.state, MeetingState::Running(_));
    let actions: Vec<(&HubAction, Option<&PersonSummary>)> =
        opened.actions.iter().map(|action| (action, None)).collect();
    let main = html! {
        (Heading::page(summary.name.listed()))
        (where_we_are(caller, opened))
        (known(caller, opened, &summary))
        @if !actions.is_empty() {
            (actions_page::table("To be done, of this meeting and earlier ones", &actions, caller.today()))
        }
        @if is_running {
            (one_form(caller, opened, (draft, mistakes)))
        } @else {
            (InsetText::new("The meeting is closed. Its minutes can be read and no longer changed."))
        }
        (earlier_words(&opened.notes))
    };
    let meeting = format!("/hub/meeting/{}", opened.meeting.id);
    Ok(Page::new(summary.name.listed(), main)
        .under([
            ("Daily meeting", "/hub/meeting"),
            ("This meeting", &meeting),
        ])
        .with_errors(mistakes.all()))
}

fn where_we_are(caller: &Caller, opened: &Opened) -> Markup {
    let number = opened.turn.number;
    let at = opened
        .seen
        .iter()
        .take_while(|seen| **seen <= number)
        .count();
    let people = opened.seen.len();
    let (gone, planned) = (
        opened.meeting.state.minutes(caller.now()),
        opened.meeting.planned_minutes,
    );
    let each = planned * 60 / i64::try_from(people.max(1)).unwrap_or(1);
    html! {
        p {
            "Person " (at) " of " (people) ". The meeting began on " (shown::moment(opened.meeting.state.since()))
            ": " (gone) " of " (planned) " minutes have gone, " (each / 60) " minutes " (each % 60) " seconds for each person."
        }
        nav aria-label="People in this meeting" {
            p {
                @if let Some(previous) = previous(opened) { a href=(address(opened, previous)) { "Previous person" } " " }
                @if let Some(next) = next(opened) { a href=(address(opened, next)) { "Next person" } " " }
                a href={ "/hub/meeting/" (opened.meeting.id) } { "Everybody in this meeting" }
            }
        }
    }
}

fn known(caller: &Caller, opened: &Opened, summary: &PersonSummary) -> Markup {
    let (today, turn) = (caller.today(), &opened.turn);
    let mut rows = vec![
        SummaryRow::new("Person", shown::person(summary, today, true)),
        SummaryRow::new("Waits", days(turn.why.since(today), today)),
        SummaryRow::new("Why", reason(&turn.why, opened.spell.as_ref())),
    ];
    if let Some(spell) = &opened.spell {
        let ward = spell.ward.as_deref().or(spell.left_from.as_deref());
        let at = html! {
            (shown::ward(&spell.organisation, ward.unwrap_or_default(), today))
            br; (shown::organisation_name(&spell.organisation))
            @if let Some(left) = spell.discharged_at { br; "Left on " (shown::moment(left)) }
        };
        rows.push(SummaryRow::new("Where", at));
        let pathway = html! {
            (hub::pathways(spell, opened.decided.as_ref()))
            @if hub::may_open(caller, spell, &opened.person) {
                br; a href=(hub::address(spell.id)) { "Notices, and the decision on the pathway" }
            }
        };
        rows.push(SummaryRow::new("Pathway", pathway));
        let places = opened
            .onward
            .shown(spell.id, &summary.name.spoken(), caller.now());
        rows.push(SummaryRow::new("Places to go on to", places));
    }
    html! { (SummaryList::new(rows)) }
}

/// One form for both, so that nothing that was typed is lost by pressing the other button.
fn one_form(caller: &Caller, opened: &Opened, (draft, mistakes): (&Draft, &Mistakes)) -> Markup {
    let mut items = vec![SelectItem::from(("", "Choose"))];
    let all = organisations(caller.today()).into_iter();
    items.extend(all.map(|(code, name)| SelectItem::from((code.to_string(), name))));
    let onward = if next(opened).is_some() {
        "Save and go to the next person"
    } else {
        "Save and go to everybody"
    };
    html! {
        form method="post" action=(address(opened, opened.turn.number)) novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(draft.version);
            (Textarea::new("minutes", "What is said").value(draft.minutes.as_str()).error(mistakes.of("minutes")))
            (Heading::section("What somebody is to do (optional)"))
            (Input::new("what", "What is to be done").value(draft.what.as_str()).error(mistakes.of("what")))
            (Input { width: Some(Width::Twenty), ..Input::new("owner", "Who does it") }
                .value(draft.owner.as_str()).error(mistakes.of("owner")))
            (Select { error: mistakes.of("organisation"), ..Select::new("organisation", "Of which organisation", items) }
                .selected(Some(&draft.organisation)))
            (draft.due.input("due", "By when").error(mistakes.of("due-day")))
            div.nhsuk-button-group {
                (Button::new(onward).sends("then", ONWARD))
                (Button::secondary("Save and stay here").sends("then", STAY))
            }
        }
    }
}

fn earlier_words(notes: &[Note]) -> Markup {
    html! {
        @if notes.len() > 1 {
            (Heading::section("What was taken down before"))
            @for note in notes.iter().skip(1) {
                p { (note.minutes) br; span.nhsuk-u-font-size-16 { (note.name) ", " (shown::moment(note.at)) } }
            }
        }
    }
}

/// Keeps what is said, and what somebody is to do if that was filled in.
pub(super) async fn note(
    caller: Caller,
    Path(at): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    if draft.minutes.chars().count() > LONGEST_MINUTES {
        let why = format!("Take it down in at most {LONGEST_MINUTES} characters");
        mistakes.add("minutes", why);
    }
    if draft.minutes.is_empty() && !draft.asks() {
        mistakes.add("minutes", "Enter what is said, or what somebody is to do");
    }
    let asked = if draft.asks() {
        draft.action(caller.today(), &mut mistakes)
    } else {
        None
    };
    if !mistakes.is_empty() {
        let page = show(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    }
    let seen: Version = draft.version.parse()?;
    let to = match (form.get("then"), next(&opened)) {
        (STAY, _) => address(&opened, opened.turn.number),
        (_, Some(next)) => address(&opened, next),
        (_, None) => format!("/hub/meeting/{}", opened.meeting.id),
    };
    let (id, number, by) = (opened.meeting.id, opened.turn.number, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        store::note(tx, environment, (id, number, seen), &draft.minutes, &by)?;
        if let Some(asked) = &asked {
            action::take_down(tx, environment, (id, number), asked, &by)?;
        }
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
