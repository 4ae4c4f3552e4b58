//! Somebody on the ward says whether a person still needs an acute hospital, and what they wait for if not.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{
    Button, Cell, Choice, Heading, Input, InsetText, Markup, Radios, Select, Table, Tag, TagColour,
    html,
};
use stour_discharge::{days_not_reviewed, nights_lost};
use stour_kernel::{Date, Environment};
use stour_people::{require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::stay::{Named, Where, find};
use crate::error::reference;
use crate::list::options;
use crate::shown;
use crate::spell::{
    CRITERIA, KeptReview, PATHWAYS, REASONS, Review, Spell, SpellState, WrongReview, add_review,
    reviewed, reviews,
};

const TITLE: &str = "Does the person still need an acute hospital?";

/// A stay with its reviews.
struct Opened {
    named: Named,
    kept: Vec<KeptReview>,
}

async fn open(caller: &Caller, at: &Where) -> Result<Opened, Problem> {
    let named = find(caller, at).await?;
    require(caller, &named.person).await?;
    let id = named.spell.id;
    let database = caller.house().database();
    let kept = database.read(move |tx| reviews(tx, id)).await?;
    Ok(Opened { named, kept })
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    meets: String,
    criterion: String,
    reason: String,
    pathway: String,
    next_step: String,
    name: String,
    date: TypedDate,
}

impl Draft {
    /// What stands, for today.
    fn of(spell: &Spell, name: &str, today: Date) -> Self {
        let draft = Self {
            name: name.to_owned(),
            date: TypedDate::of(today),
            ..Self::default()
        };
        match &spell.review {
            None => draft,
            Some(before) if before.meets => Self {
                meets: YES.to_owned(),
                criterion: before.because.clone(),
                next_step: before.next_step.clone(),
                ..draft
            },
            Some(before) => Self {
                meets: NO.to_owned(),
                reason: before.because.clone(),
                pathway: before.pathway.clone().unwrap_or_default(),
                next_step: before.next_step.clone(),
                ..draft
            },
        }
    }

    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.get(name).trim().to_owned();
        Self {
            meets: text("meets"),
            criterion: text("criterion"),
            reason: text("reason"),
            pathway: text("pathway"),
            next_step: text("next-step"),
            name: text("name"),
            date: TypedDate::from_form(form, "date"),
        }
    }

    /// The review, unless something in it is wrong.
    fn check(
        &self,
        stay: (Date, Date),
        mistakes: &mut Mistakes,
    ) -> Result<Option<Review>, Problem> {
        mistakes.required("name", &self.name, "Enter who reviewed the person");
        if self.name.chars().count() > LONGEST_NAME {
            let why = format!("Enter a name of at most {LONGEST_NAME} characters");
            mistakes.add("name", why);
        }
        let on = mistakes.check("date-day", self.date.date());
        let because = match self.meets.as_str() {
            YES => Some(&self.criterion),
            NO => Some(&self.reason),
            _ => {
                let why = "Select whether the person still needs an acute hospital";
                mistakes.add("meets", why);
                None
            }
        };
        let (Some(on), Some(because)) = (on, because) else {
            return Ok(None);
        };
        let meets = self.meets == YES;
        let review = Review {
            on,
            meets,
            because: because.clone(),
            pathway: Some(self.pathway.clone()).filter(|code| !meets && !code.is_empty()),
            next_step: self.next_step.clone(),
        };
        for wrong in review.wrongs(stay, reference()?) {
            mistakes.add(field(wrong), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(review))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongReview) -> &'static str {
    match wrong {
        WrongReview::Day => "date-day",
        WrongReview::Criterion => "criterion",
        WrongReview::Reason => "reason",
        WrongReview::Pathway => "pathway",
        WrongReview::NoNextStep | WrongReview::LongNextStep => "next-step",
    }
}

/// The longest that a name may be, in characters.
const LONGEST_NAME: usize = 100;

const YES: &str = "yes";
const NO: &str = "no";

/// The form, with what was found before.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft::of(&opened.named.spell, &caller.actor().name, caller.today());
    form_page(&caller, &opened, (&draft, &Mistakes::default())).await
}

async fn form_page(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (named, today) = (&opened.named, caller.today());
    let spell = &named.spell;
    let permit = caller
        .permit_person_to("ward.read", named.person.clone())
        .await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    let here = format!("{}/spells/{}/review", named.back, spell.id);
    let main = html! {
        (Heading::page(TITLE))
        p { (shown::person(&summary, today, false)) }
        @if spell.state == SpellState::InHospital {
            form method="post" action=(here) novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(spell.version);
                (questions(draft, mistakes, today)?)
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new("This person is no longer in hospital."))
        }
        (before(opened, today))
    };
    Ok(Page::new(TITLE, main)
        .back(&named.back)
        .with_errors(mistakes.all()))
}

fn questions(draft: &Draft, mistakes: &Mistakes, today: Date) -> Result<Markup, Problem> {
    let criterion = Select {
        error: mistakes.of("criterion"),
        ..Select::new("criterion", "Why", options(CRITERIA, "Choose", today)?)
    }
    .selected(Some(&draft.criterion));
    let reason = Select {
        error: mistakes.of("reason"),
        ..Select::new(
            "reason",
            "Why the person is still here",
            options(REASONS, "Choose", today)?,
        )
    }
    .selected(Some(&draft.reason));
    let pathway = Select {
        error: mistakes.of("pathway"),
        ..Select::new(
            "pathway",
            "How the person is to leave (optional)",
            options(PATHWAYS, "Not decided", today)?,
        )
    }
    .selected(Some(&draft.pathway));
    let no = html! { (reason) (pathway) };
    let answers = [
        Choice::new(YES, "Yes: a criterion to reside is met").reveal(html! { (criterion) }),
        Choice::new(NO, "No: the person is ready to leave").reveal(no),
    ];
    Ok(html! {
        (Radios::new("meets", "What did the review find?", answers)
            .selected(Some(&draft.meets)).error(mistakes.of("meets")))
        (Input::new("next-step", "What is done next, and by whom")
            .hint("For example: the transfer hub asks for a care package, by noon today")
            .value(draft.next_step.as_str()).error(mistakes.of("next-step")))
        (Input::new("name", "Who reviewed the person").value(draft.name.as_str()).error(mistakes.of("name")))
        (draft.date.input("date", "Day of the review").error(mistakes.of("date-day")))
    })
}

/// What was found before, the ready date, and what the nights since were lost to.
fn before(opened: &Opened, today: Date) -> Markup {
    let Some(stay) = reviewed(&opened.named.spell, &opened.kept) else {
        return html! {};
    };
    let lost = nights_lost(&stay, today);
    let missing = days_not_reviewed(&stay, today);
    let mut reasons: Vec<(String, usize)> = Vec::new();
    for night in &lost {
        let reason = night.reason.as_deref().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((reason.to_owned(), 1)),
        }
    }
    let by_reason = reasons.into_iter().map(|(reason, nights)| {
        [
            shown::label(REASONS, &reason).into(),
            nights.to_string().into(),
        ]
    });
    html! {
        (Heading::section("What reviews have found"))
        @if let Some(ready) = opened.named.spell.discharge_ready {
            p { "Discharge ready date: " strong { (shown::day(ready)) } ". Nights in hospital since: " (lost.len()) "." }
        } @else if !opened.kept.is_empty() {
            p { "There is no discharge ready date: the latest review found a criterion to reside that is met." }
        }
        @if !lost.is_empty() {
            (Table::new("Nights since the discharge ready date, by reason", ["Reason", "Nights"], by_reason.map(Vec::<Cell>::from)))
        }
        @if !missing.is_empty() {
            p { "Days without a review: " (missing.len()) ", the last on " (missing.last().copied().map(shown::day).unwrap_or_default())
                ". Such a day counts as the day before it." }
        }
        @if opened.kept.is_empty() {
            p { "Nobody has reviewed this person yet. The discharge ready date follows from the first review that finds the person ready." }
        } @else {
            (Table { responsive: true, ..Table::new("Reviews, the latest first", ["Day", "Found", "Next", "By"], opened.kept.iter().rev().map(row)) })
        }
    }
}

fn row(kept: &KeptReview) -> Vec<Cell> {
    let review = &kept.review;
    let found = if review.meets {
        format!(
            "Needs an acute hospital: {}",
            shown::label(CRITERIA, &review.because)
        )
    } else {
        format!("Ready: {}", shown::label(REASONS, &review.because))
    };
    vec![
        shown::day(review.on).into(),
        html! {
            (found)
            @if let Some(pathway) = &review.pathway { br; (shown::label(PATHWAYS, pathway)) }
        }
        .into(),
        review.next_step.as_str().into(),
        format!("{}, {}", kept.by, shown::moment(kept.at)).into(),
    ]
}

/// What the ward page says of the latest review.
pub(crate) fn standing(spell: &Spell, today: Date) -> Markup {
    let Some(review) = &spell.review else {
        return shown::readiness(spell);
    };
    html! {
        @if review.meets {
            "Needs an acute hospital"
            br; span.nhsuk-u-font-size-16 { (shown::label(CRITERIA, &review.because)) }
        } @else {
            (Tag::new("Ready", TagColour::Green))
            @if let Some(ready) = spell.discharge_ready { " since " (shown::day(ready)) }
            br; span.nhsuk-u-font-size-16 { (shown::label(REASONS, &review.because)) }
            @if let Some(pathway) = &review.pathway {
                br; span.nhsuk-u-font-size-16 { (shown::label(PATHWAYS, pathway)) }
            }
        }
        @if !review.next_step.is_empty() { br; span.nhsuk-u-font-size-16 { "Next: " (review.next_step) } }
        @if review.on < today {
            br; (Tag::new("Not reviewed today", TagColour::Yellow))
        }
    }
}

/// Keeps it.
pub(super) async fn change(caller: Caller, at: Where, form: Form) -> Result<Response, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let stay = (opened.named.admitted(caller.today()), caller.today());
    let Some(review) = draft.check(stay, &mut mistakes)? else {
        let page = form_page(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let Named {
        spell,
        person,
        back,
    } = opened.named;
    let (id, name, to) = (spell.id, draft.name, back);
    let (user, organisation) = (caller.actor().user, caller.actor().organisation);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        add_review(
            tx,
            environment,
            (id, seen),
            &review,
            (&name, user, organisation),
        )?;
        Ok(to.clone())
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
