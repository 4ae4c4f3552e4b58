//! Changing an entry; and what happens when two people change it at once.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, Choice, InsetText, Legend, Markup, Radios, Size, html};
use stour_web::words::moment;
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::aside;
use super::filled::{BASE, Filled, WHY, base_of};
use super::input::{error_of, inputs, summed_up, why};
use crate::aside::Aside;
use crate::change::change_checked;
use crate::opened::{Opened, editor, only_if_may_edit, open};
use crate::register::{Register, Said};
use crate::{Author, Changed, Entry, Kind, Values, store};

/// The hidden field with the names of the fields in which somebody must choose between two texts.
const CHOICES: &str = "fields-to-choose";
/// The kind of problem that two contradicting changes are.
const CLASH: &str = "clash";

/// `GET …/{kind}/{number}/edit`.
pub(crate) async fn form(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    only_if_may_edit(&caller, kind)?;
    only_if_there(kind, &entry)?;
    let row = asked.get(aside::ROW).map_or("", String::as_str);
    let row = aside::mended(&caller, &opened, kind, row).await?;
    // A row begins from the state that its file was made from, so that what others changed since is joined to it.
    let seen = match row.as_ref().map(|row| row.version.parse()) {
        Some(Ok(version)) => {
            let (database, id) = (caller.house().database(), entry.id);
            database
                .read(move |tx| store::version(tx, id, version).map_err(Problem::from))
                .await?
        }
        _ => None,
    };
    let seen = seen.unwrap_or_else(|| entry.clone());
    let mut values = seen.values;
    for (name, text) in row.iter().flat_map(|row| row.given.iter()) {
        values.set(name, text);
    }
    let filled = Filled::of(&opened.known(&caller), kind, &values);
    let at = (kind, &entry, seen.version);
    Ok(page(&caller, &opened, at, (&filled, row.as_ref(), &[])))
}

/// What was removed is changed by nobody.
fn only_if_there(kind: &Kind, entry: &Entry) -> Result<(), Problem> {
    if entry.removed {
        return Err(Problem::conflict(format!(
            "This {} was removed, so it cannot be changed. Its history stays.",
            kind.one
        )));
    }
    Ok(())
}

fn page(
    caller: &Caller,
    opened: &Opened,
    (kind, entry, base): (&'static Kind, &Entry, i64),
    (filled, row, errors): (&Filled, Option<&Aside>, &[FieldError]),
) -> Page {
    let reference = entry.reference(kind);
    let title = format!("Change {}", entry.called(kind));
    let known = opened.known(caller);
    let main = html! {
        (aside::told(row))
        form method="post" action=(opened.page_of(kind.name, entry.number, "/edit")) novalidate {
            (form::hidden(caller))
            (aside::hidden(row))
            input type="hidden" name=(BASE) value=(base);
            (inputs(kind, &known, filled, errors))
            (why(true, filled, errors))
            (Button { prevent_double_click: true, ..Button::new("Save") })
        }
        p { a href=(opened.page_of(kind.name, entry.number, "")) { "Back to " (reference) ", changing nothing" } }
    };
    opened
        .page(title, main, above(opened, kind, entry))
        .with_errors(&summed_up(kind, errors))
}

pub(super) fn above(opened: &Opened, kind: &Kind, entry: &Entry) -> [(String, String); 2] {
    let this = (
        entry.reference(kind),
        opened.page_of(kind.name, entry.number, ""),
    );
    [opened.above(kind), this]
}

/// The version that a change is made of. What is wrong with a form is told only to those who may send it.
pub(super) async fn base(editor: &Caller, kind: &Kind, form: &Form) -> Result<i64, Problem> {
    match base_of(form) {
        Ok(base) => Ok(base),
        Err(wrong) => {
            editor.permit_to(kind.edit, Resource::House).await?;
            Err(wrong)
        }
    }
}

/// `POST …/{kind}/{number}/edit`.
pub(crate) async fn change(
    register: &'static Register,
    caller: Caller,
    said: Said,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    let editor = editor(&caller, kind)?;
    let filled = Filled::sent(&form);
    let base = base(&editor, kind, &form).await?;
    let errors = unsaid(kind, &form, &filled);
    let row = aside::mended(&caller, &opened, kind, form.get(aside::ROW)).await?;
    let at = (kind, &entry, base);
    if !errors.is_empty() {
        editor.permit_to(kind.edit, Resource::House).await?;
        only_if_there(kind, &entry)?;
        if !form.get(CHOICES).is_empty() {
            return clash(&caller, &opened, at, (&filled, &errors)).await;
        }
        return Ok(page(&caller, &opened, at, (&filled, row.as_ref(), &errors)).into_response());
    }
    let typed = filled.values(kind);
    let mended = row.as_ref().map(|row| (opened.scope.clone(), row.id));
    let (by, reason) = (Author::from(caller.actor()), form.get(WHY).to_owned());
    let (id, address) = (entry.id, opened.page_of(kind.name, entry.number, ""));
    let sent = (form.key(), form.fingerprint());
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        let what = (register, id, base);
        let changed = change_checked(tx, environment, what, (&typed, &reason), &by)?;
        if let (Some((scope, row)), false) = (&mended, matches!(changed, Changed::Clash(..))) {
            aside::mend(tx, environment, (scope, kind.name, *row), &by)?;
        }
        match changed {
            Changed::Saved(_, theirs) if theirs.is_empty() => Ok(format!("{address}?done=saved")),
            Changed::Saved(_, theirs) => {
                Ok(format!("{address}?done=saved&others={}", theirs.join(",")))
            }
            Changed::Same(_) => Ok(format!("{address}?done=same")),
            Changed::Clash(..) => Err(Problem {
                kind: CLASH,
                ..Problem::changed()
            }),
        }
    });
    match done.await {
        Ok(to) => Ok(redirect(&to)),
        Err(problem) if problem.kind == CLASH => clash(&caller, &opened, at, (&filled, &[])).await,
        Err(problem) if !problem.errors.is_empty() => {
            let filled = match form.get(CHOICES) {
                "" => filled,
                _ => filled.spread(&opened.known(&caller), kind),
            };
            let filled = (&filled, row.as_ref(), problem.errors.as_slice());
            Ok(page(&caller, &opened, at, filled).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// What is missing from the form itself: the reason, and a choice wherever one is asked for.
fn unsaid(kind: &Kind, form: &Form, filled: &Filled) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = form
        .get(CHOICES)
        .split(',')
        .filter_map(|name| kind.field(name))
        .filter(|field| !filled.has(field.name))
        .map(|field| FieldError {
            field: field.name.to_owned(),
            message: format!(
                "Choose which {} to keep",
                crate::known::lower_first(field.label)
            ),
        })
        .collect();
    if form.get(WHY).is_empty() {
        errors.push(FieldError {
            field: WHY.to_owned(),
            message: "Say why you make this change".to_owned(),
        });
    }
    errors
}

/// The page on which somebody chooses between what they wrote and what somebody else saved meanwhile.
async fn clash(
    caller: &Caller,
    opened: &Opened,
    (kind, entry, base): (&'static Kind, &Entry, i64),
    (filled, errors): (&Filled, &[FieldError]),
) -> Result<Response, Problem> {
    let id = entry.id;
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let before = store::version(tx, id, base)?;
        Ok::<_, Problem>((before, store::entry(tx, id)?))
    });
    let (Some(before), Some(latest)) = found.await? else {
        return Err(Problem::not_found());
    };
    let known = opened.known(caller);
    let (mut unread, mut typed) = (Vec::new(), filled.values(kind));
    // Where not everything was chosen, the page is shown again as it was, with what was chosen so far.
    let asked: Vec<String> = match errors {
        [] => Vec::new(),
        _ => filled.get(CHOICES).split(',').map(str::to_owned).collect(),
    };
    for name in &asked {
        typed.set(name, filled.get(&mine_of(name)));
    }
    let mine = known.read_all(kind, (&typed, &before.values), &mut unread);
    let mut clashing = asked;
    if let Err(more) = crate::merge(&before.values, &latest.values, &mine) {
        clashing.extend(more);
    }
    let two = Two {
        before: &before,
        latest: &latest,
        mine: &mine,
        clashing: &clashing,
    };
    let main = clash_form(caller, opened, kind, &two, (filled, errors));
    let page = opened.page(
        format!(
            "Somebody else changed {} while you did",
            latest.reference(kind)
        ),
        main,
        above(opened, kind, &latest),
    );
    let page = page.with_errors(errors);
    let status = if errors.is_empty() {
        axum::http::StatusCode::CONFLICT
    } else {
        page.status
    };
    Ok(Page { status, ..page }.into_response())
}

/// The hidden field that holds what its author wrote in a field.
fn mine_of(field: &str) -> String {
    format!("mine-of-{field}")
}

/// Two changes that began from one state.
struct Two<'a> {
    before: &'a Entry,
    latest: &'a Entry,
    mine: &'a Values,
    clashing: &'a [String],
}

impl Two<'_> {
    /// What is saved in a field in which the two do not contradict each other.
    fn joined(&self, field: &str) -> &str {
        let (was, wanted) = (self.before.get(field), self.mine.get(field));
        if wanted == was {
            self.latest.get(field)
        } else {
            wanted
        }
    }

    fn clashes(&self, field: &str) -> bool {
        self.clashing.iter().any(|name| name == field)
    }
}

fn clash_form(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    two: &Two<'_>,
    (filled, errors): (&Filled, &[FieldError]),
) -> Markup {
    let latest = two.latest;
    html! {
        (InsetText::new(html! {
            p { (latest.by.name) " saved version " (latest.version) " on " (moment(latest.at)) ": “" (latest.why) "”. Nothing of yours is saved yet." }
            p { "Choose which text to keep where you both changed the same. Everything else of theirs and of yours is kept." }
        }))
        form method="post" action=(opened.page_of(kind.name, latest.number, "/edit")) novalidate {
            (form::hidden(caller))
            input type="hidden" name=(BASE) value=(latest.version);
            input type="hidden" name=(aside::ROW) value=(filled.get(aside::ROW));
            input type="hidden" name=(CHOICES) value=(two.clashing.join(","));
            @for field in kind.fields {
                @if two.clashes(field.name) {
                    input type="hidden" name=(mine_of(field.name)) value=(two.mine.get(field.name));
                    (choice(caller, opened, (field, two), (filled, errors)))
                } @else {
                    input type="hidden" name=(field.name) value=(two.joined(field.name));
                }
            }
            (why(true, filled, errors))
            (Button { prevent_double_click: true, ..Button::new("Save what I chose") })
        }
        p { a href=(opened.page_of(kind.name, latest.number, "")) { "Leave it as " (latest.by.name) " saved it" } }
    }
}

/// A field in which two people wrote different things.
fn choice(
    caller: &Caller,
    opened: &Opened,
    (field, two): (&'static crate::Field, &Two<'_>),
    (filled, errors): (&Filled, &[FieldError]),
) -> Markup {
    let known = opened.known(caller);
    let words = |text: &str| match text {
        "" => "Nothing".to_owned(),
        text => known.words(field, text),
    };
    let (theirs, mine) = (two.latest.get(field.name), two.mine.get(field.name));
    let items = [
        Choice::new(theirs, words(theirs)).hint(format!("Saved by {}", two.latest.by.name)),
        Choice::new(mine, words(mine)).hint("Written by you"),
    ];
    let legend = Legend {
        size: Some(Size::S),
        ..Legend::new(field.label)
    };
    let chosen = (!errors.is_empty() && filled.has(field.name)).then(|| filled.get(field.name));
    let before = (two.before.version != two.latest.version)
        .then(|| format!("Before both changes: {}", words(two.before.get(field.name))));
    html! {
        (Radios {
            hint: before.map(Into::into),
            error: error_of(errors, field.name),
            ..Radios::new(field.name, legend, items).selected(chosen)
        })
    }
}
