//! What one person waits for, and what a ward's board says of it.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Cell, Heading, Input, InsetText, Markup, Select, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, Environment, Timestamp};
use stour_people::{PersonName, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::count::words;
use super::day::{KeptDay, days_of, of_spell as days_found};
use super::moment::TypedMoment;
use super::state::Ending;
use super::store::{Awaited, Board, NewAwaited, WrongAwaited, ask, of_spell};
use super::{KINDS, RED_REASONS};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::options;
use crate::shown;
use crate::spell::{Spell, SpellState};
use crate::ward::{Named, Where, find};

/// What the board says of somebody: whether today is green, and what is waited for, the longest first.
pub(crate) fn board(
    board: &Board,
    (spell, name): (&Spell, &PersonName),
    here: &str,
    now: Timestamp,
) -> Markup {
    let waits = board.waits(spell.id);
    html! {
        (tag(board.day(spell.id)))
        @for one in waits {
            br; span.nhsuk-u-font-size-16 {
                (one.asked.what) ", " (words(waited(one, now))) ": " (one.asked.who)
            }
        }
        br; a href={ (here) "/spells/" (spell.id) "/awaited" } {
            "Waits" span.nhsuk-u-visually-hidden { ": what " (name.spoken()) " waits for" }
        }
        " " a href={ (here) "/spells/" (spell.id) "/day" } {
            "Day" span.nhsuk-u-visually-hidden { " of " (name.spoken()) ": green or red" }
        }
    }
}

/// The same in one line: the mark of today, and the longest wait with how many others there are.
pub(crate) fn in_line(board: &Board, spell: &Spell, now: Timestamp) -> (Markup, String) {
    let waits = match board.waits(spell.id) {
        [] => "Nothing".to_owned(),
        [longest, others @ ..] => {
            let more = match others.len() {
                0 => String::new(),
                others => format!("{} in all; ", others + 1),
            };
            let waited = words(waited(longest, now));
            format!(
                "{more}{}, {waited}: {}",
                longest.asked.what, longest.asked.who
            )
        }
    };
    let day = board.day(spell.id);
    let mark = match day {
        None => html! { (Tag::new("Not judged", TagColour::Orange)) },
        Some(_) => tag(day),
    };
    (mark, waits)
}

fn waited(one: &Awaited, now: Timestamp) -> i64 {
    (now.as_second() - one.asked.at.as_second()) / 60
}

/// What was found of a day: red, until somebody found otherwise.
pub(super) fn tag(day: Option<&KeptDay>) -> Markup {
    let (words, colour) = match day {
        Some(day) if day.found.red.is_none() => ("Green day", TagColour::Green),
        Some(_) => ("Red day", TagColour::Red),
        None => ("Red: not judged yet", TagColour::Orange),
    };
    html! { (Tag::new(words, colour)) }
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    kind: String,
    what: String,
    who: String,
    at: TypedMoment,
}

impl Draft {
    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        Self {
            kind: text("kind"),
            what: text("what"),
            who: text("who"),
            at: TypedMoment::from_form(form, "at"),
        }
    }

    fn check(
        self,
        spell: &Spell,
        now: Timestamp,
        mistakes: &mut Mistakes,
    ) -> Result<Option<NewAwaited>, Problem> {
        let at = self.at.check("at", mistakes);
        let new = NewAwaited {
            kind: self.kind,
            what: self.what,
            who: self.who,
            // A time that cannot be read is told by itself.
            at: at.unwrap_or(now),
        };
        for wrong in new.wrongs(spell, now, reference()?) {
            mistakes.add(field(wrong), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(new))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongAwaited) -> &'static str {
    match wrong {
        WrongAwaited::Kind => "kind",
        WrongAwaited::What => "what",
        WrongAwaited::Who => "who",
        WrongAwaited::Long(field) => field,
        WrongAwaited::When => "at-day",
    }
}

/// The page.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let draft = Draft {
        at: TypedMoment::of(caller.now()),
        ..Draft::default()
    };
    show(&caller, &named, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    named: &Named,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (spell, now, today) = (&named.spell, caller.now(), caller.today());
    let permit = caller
        .permit_person_to("ward.read", named.person.clone())
        .await?;
    let id = spell.id;
    let read = move |tx: &mut Transaction<'_>| {
        Ok::<_, FlowError>((
            summary(tx, &permit)?,
            of_spell(tx, id)?,
            days_found(tx, id)?,
        ))
    };
    let (person, awaited, days) = caller.house().database().read(read).await?;
    let here = format!("{}/spells/{}", named.back, spell.id);
    let is_in = spell.state == SpellState::InHospital;
    let title = "What the person waits for";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        (waiting(&awaited, &here, (is_in, now)))
        @if is_in {
            (Heading::section("Something else is waited for"))
            form method="post" action={ (here) "/awaited" } novalidate {
                (form::hidden(caller))
                (fields(draft, mistakes, today)?)
                (Button::new("Add"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
        (ended(&awaited))
        (history(spell, &days, &here, (is_in, today)))
    };
    Ok(Page::new(title, main)
        .back(&named.back)
        .with_errors(mistakes.all()))
}

fn fields(draft: &Draft, mistakes: &Mistakes, today: Date) -> Result<Markup, Problem> {
    let kinds = options(KINDS, "Select a kind", today)?;
    let kind = Select {
        error: mistakes.of("kind"),
        ..Select::new("kind", "What kind of thing", kinds)
    };
    Ok(html! {
        (kind.selected(Some(&draft.kind)))
        (Input::new("what", "What the person waits for").hint("For example: CT of the head")
            .value(draft.what.as_str()).error(mistakes.of("what")))
        (Input::new("who", "Who does it next").hint("For example: radiology, extension 4410")
            .value(draft.who.as_str()).error(mistakes.of("who")))
        (draft.at.inputs("at", "When was it asked for?", mistakes))
    })
}

fn waiting(awaited: &[Awaited], here: &str, (is_in, now): (bool, Timestamp)) -> Markup {
    let open = awaited.iter().filter(|one| one.ended.is_none());
    let rows: Vec<_> = open
        .map(|one| {
            vec![
                Cell::from(html! {
                    (one.asked.what) br;
                    span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal { (shown::label(KINDS, &one.asked.kind)) }
                }),
                Cell::from(one.asked.who.as_str()),
                Cell::from(html! { (shown::moment(one.asked.at)) br; (words(waited(one, now))) " ago" }),
                Cell::from(html! {
                    @if is_in {
                        a href={ (here) "/awaited/" (one.id) } {
                            "It came, or is not needed" span.nhsuk-u-visually-hidden { ": " (one.asked.what) }
                        }
                    } @else { "Still open when the stay ended" }
                }),
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() {
            (InsetText::new("Nothing that was asked for is waited for now."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true,
                ..Table::new("Waited for now, the longest first", ["What", "Who does it next", "Asked for", "What to do"], rows) })
        }
    }
}

fn ended(awaited: &[Awaited]) -> Markup {
    let ended = awaited
        .iter()
        .rev()
        .filter_map(|one| Some((one, one.ended.as_ref()?)));
    let rows: Vec<_> = ended
        .map(|(one, ended)| {
            let how = match ended.how {
                Ending::Done => format!("Came after {}", words(ended.minutes())),
                Ending::NotNeeded => "Not needed any more".to_owned(),
            };
            vec![
                Cell::from(one.asked.what.as_str()),
                Cell::from(html! { (how) @if let Some(said) = &ended.words { br; (said) } }),
                Cell::from(shown::moment(ended.at)),
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (Table { responsive: true, ..Table::new("No longer waited for, the latest first", ["What", "What came of it", "When"], rows) })
        }
    }
}

/// Each day of the stay: green, red, or not judged, which counts as red.
fn history(spell: &Spell, days: &[KeptDay], here: &str, (is_in, today): (bool, Date)) -> Markup {
    let last = spell.discharged_at.map_or(today, stour_kernel::london_date);
    let all: Vec<Date> = days_of(spell, last).collect();
    let of = |day: Date| days.iter().find(|kept| kept.found.on == day);
    let green = all
        .iter()
        .filter(|day| of(**day).is_some_and(|kept| kept.found.red.is_none()));
    let green = green.count();
    let rows = all.iter().map(|day| {
        let kept = of(*day);
        vec![
            Cell::from(shown::day(*day)),
            Cell::from(tag(kept)),
            Cell::from(html! {
                @if let Some(kept) = kept {
                    @if let Some(reason) = &kept.found.red { (shown::label(RED_REASONS, reason)) br; }
                    (kept.found.words)
                    br; span.nhsuk-u-font-size-16 { (kept.by) ", " (shown::moment(kept.at)) }
                }
            }),
        ]
    });
    html! {
        (Heading::section("Green and red days"))
        p { "Every day begins red. It is green when the person received care that only an acute hospital gives and that brings them nearer to going home." }
        p { "Green days: " (green) " of " (all.len()) "." }
        @if is_in { p { a href={ (here) "/day" } { "Say whether a day was green or red" } } }
        (Table { responsive: true, ..Table::new("Days of this stay, the latest first", ["Day", "Found", "Why, and what is done"], rows) })
    }
}

/// Keeps it.
pub(super) async fn add(caller: Caller, at: Where, form: Form) -> Result<Response, Problem> {
    let named = find(&caller, &at).await?;
    require(&caller, &named.person).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let checked = draft
        .clone()
        .check(&named.spell, caller.now(), &mut mistakes)?;
    let Some(new) = checked else {
        let page = show(&caller, &named, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let (id, by) = (named.spell.id, By::caller(&caller));
    let to = format!("{}/spells/{id}/awaited", named.back);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        ask(tx, environment, id, &new, &by)?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(named.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
