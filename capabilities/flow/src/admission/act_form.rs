//! What is asked for: the form, and the lists of what was.

use stour_design::{
    Button, Cell, Input, InsetText, Markup, Select, SelectItem, Table, Textarea, Width, html,
};
use stour_kernel::{Date, OdsCode};
use stour_web::{Caller, Form, Mistakes, TypedDate, form};

use super::action::{Action, CARE_HOMES, NewAction};
use super::review::{LONGEST, LONGEST_NAME};
use super::shared::practice_name;
use crate::asked;
use crate::error::reference;
use crate::shown;

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    finding: String,
    what: String,
    owner: String,
    organisation: String,
    due: TypedDate,
}

impl Draft {
    pub(super) fn new(today: Date) -> Self {
        Self {
            due: TypedDate::of(today),
            ..Self::default()
        }
    }

    pub(super) fn typed(form: &Form) -> Self {
        let text = |field: &str| form.get(field).trim().to_owned();
        Self {
            finding: text("finding"),
            what: text("what"),
            owner: text("owner"),
            organisation: text("organisation"),
            due: TypedDate::from_form(form, "due"),
        }
    }

    /// What is to be done, or all that is wrong.
    pub(super) fn check(
        &self,
        about: &str,
        today: Date,
        mistakes: &mut Mistakes,
    ) -> Option<NewAction> {
        for (field, text, missing, most) in [
            ("finding", &self.finding, "Enter what was found", LONGEST),
            ("what", &self.what, "Enter what is to be done", LONGEST),
            ("owner", &self.owner, "Enter who does it", LONGEST_NAME),
        ] {
            mistakes.required(field, text, missing);
            if text.chars().count() > most {
                mistakes.add(field, format!("Enter at most {most} characters"));
            }
        }
        let known = organisations(today).into_iter().map(|(code, _)| code);
        let (organisation, due) =
            asked::check((&self.organisation, &self.due), known, today, mistakes)?;
        if !mistakes.is_empty() {
            return None;
        }
        Some(NewAction {
            about: about.to_owned(),
            finding: self.finding.clone(),
            what: self.what.clone(),
            owner: self.owner.clone(),
            organisation,
            due,
        })
    }
}

/// The organisations that can be asked to do something, practices too, with their names.
fn organisations(today: Date) -> Vec<(OdsCode, String)> {
    let Ok(all) = reference() else {
        return Vec::new();
    };
    let partners = all
        .organisations_at(today)
        .map(|one| (one.code, one.name.clone()));
    let practices = all.practices.iter().filter(|one| one.valid.contains(today));
    partners
        .chain(practices.map(|one| (one.code, one.name.clone())))
        .collect()
}

/// The form that asks somebody to do something.
pub(super) fn act_form(
    caller: &Caller,
    here: &str,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Markup {
    let mut items = vec![SelectItem::from(("", "Choose"))];
    let all = organisations(caller.today()).into_iter();
    items.extend(all.map(|(code, name)| SelectItem::from((code.to_string(), name))));
    html! {
        form.stour-no-print method="post" action={ (here) "/actions" } novalidate {
            (form::hidden(caller))
            (Textarea::new("finding", "What was found").hint("Do not name anybody: people who see no names read this.")
                .value(draft.finding.as_str()).error(mistakes.of("finding")))
            (Textarea::new("what", "What is to be done").value(draft.what.as_str()).error(mistakes.of("what")))
            (Input { width: Some(Width::Twenty), ..Input::new("owner", "Who does it") }
                .value(draft.owner.as_str()).error(mistakes.of("owner")))
            (Select { error: mistakes.of("organisation"), ..Select::new("organisation", "Of which organisation", items) }
                .selected(Some(&draft.organisation)))
            (draft.due.input("due", "By when").error(mistakes.of("due-day")))
            (Button::new("Ask for it"))
        }
    }
}

/// What an action is about, for people.
pub(super) fn about_words(about: &str) -> String {
    if about == CARE_HOMES {
        return "Care homes".to_owned();
    }
    practice_name(about.parse().ok().as_ref())
}

/// The actions about one practice.
pub(super) fn about_table(actions: &[Action], today: Date) -> Markup {
    html! {
        @if actions.is_empty() {
            (InsetText::new("Nothing has been asked for."))
        } @else {
            (table("What is to be done, the first to be due first", actions, today, false))
        }
    }
}

/// Actions as a table.
pub(super) fn table(caption: &str, actions: &[Action], today: Date, about: bool) -> Markup {
    let rows = actions.iter().map(|action| {
        let wanted = &action.asked;
        let mut cells = vec![Cell::from(html! {
            a href={ "/admissions/actions/" (action.id) } { (wanted.what) }
            br; span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal { "Found: " (wanted.finding) }
        })];
        if about {
            cells.push(Cell::from(about_words(&wanted.about)));
        }
        cells.push(Cell::from(html! {
            (wanted.owner)
            br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&wanted.organisation)) }
        }));
        cells.push(Cell::from(asked::due(
            wanted.due,
            action.done.as_ref(),
            today,
        )));
        cells
    });
    let columns: &[&str] = if about {
        &["What is to be done", "About", "Who", "By when"]
    } else {
        &["What is to be done", "Who", "By when"]
    };
    html! { (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns.iter().copied(), rows) }) }
}
