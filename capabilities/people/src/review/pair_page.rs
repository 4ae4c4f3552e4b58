//! One pair side by side, and the answer to it.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::{Cursor, Transaction, Version};
use stour_design::{Button, Cell, Column, Heading, InsetText, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Environment, PersonId, UserId};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::asking::{Pair, pair, permit, permit_also};
use super::draft::{self, AnswerWords, Draft};
use super::evidence::{Field, Told, compare, told};
use super::explanation::Explanation;
use super::queue_page::{held_because, state_tag};
use super::view::{question, side_by_side};
use super::{
    Answer, Given, GivenAnswer, NewAnswer, Outcome, PairAnswer, Review, ReviewId, ReviewKind,
    ReviewState, answer, is_disputed, is_shown, open_between, reason_in_words, waits_for_another,
};
use crate::merge::{Undoing, parted_between};
use crate::words;

/// Which pair was answered just before.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Before {
    answered: Option<String>,
    /// What became of it.
    became: Option<String>,
}

const PAIR: AnswerWords = AnswerWords {
    question: "Are these two records one person’s?",
    same: "Yes, they are the same person",
    same_means: "The two records are joined. That can be undone",
    different: "No, they are two people",
    different_means: "They stay apart, and this pair is not asked about again",
};

const SAMPLE: AnswerWords = AnswerWords {
    question: "Is this record this person’s?",
    same: "Yes, it is this person’s",
    same_means: "The link stands, and counts as checked",
    different: "No, it is somebody else’s",
    different_means: "The record becomes a person of its own. That can be undone by joining them",
};

fn words_of(kind: ReviewKind) -> &'static AnswerWords {
    match kind {
        ReviewKind::Link | ReviewKind::Duplicate => &PAIR,
        ReviewKind::Quality => &SAMPLE,
    }
}

/// GET /reviews/{id}
pub(crate) async fn page(
    caller: Caller,
    Path(id): Path<String>,
    Query(before): Query<Before>,
) -> Result<Page, Problem> {
    let pair = pair(&caller, &id).await?;
    let notice = kept(before.answered.as_deref(), before.became.as_deref());
    show(&caller, pair, notice, (None, &Mistakes::default())).await
}

/// That the answer before is kept and what it did, with the way back to it.
pub(crate) fn kept(answered: Option<&str>, became: Option<&str>) -> Markup {
    let outcome = became.and_then(|word| word.parse::<Outcome>().ok());
    let answered = answered.and_then(|id| id.parse::<ReviewId>().ok());
    html! {
        @if let Some(id) = answered {
            (InsetText::new(html! {
                p { "Your answer is kept. " @if let Some(outcome) = outcome { (outcome.words()) " " } a href={ "/reviews/" (id) } { "Look at the pair you answered" } "." }
            }))
        }
    }
}

async fn show(
    caller: &Caller,
    pair: Pair,
    notice: Markup,
    (form, mistakes): (Option<&Form>, &Mistakes),
) -> Result<Page, Problem> {
    let Pair {
        review,
        sides,
        facts,
    } = pair;
    let permit = permit(caller, facts).await?;
    let people = sides.map(|(person, _)| person);
    let (for_told, environment) = (review.clone(), caller.environment().clone());
    let (fields, parting) = caller
        .house()
        .database()
        .read(move |tx| {
            let [left, right] = people.map(|person| told(tx, &environment, &permit, person));
            let fields = fields_of(&for_told, [left?, right?]);
            Ok::<_, Problem>((fields, parting(tx, &for_told, people)?))
        })
        .await?;
    let title = words_of(review.kind).question;
    let headings = match review.kind {
        ReviewKind::Link => ["The record that came", "The person it may be"],
        ReviewKind::Duplicate => ["One person", "The other"],
        ReviewKind::Quality => ["The linked record", "The rest of the person’s records"],
    };
    let has_joined = review.kind != ReviewKind::Quality && people.first() == people.last();
    let main = html! {
        (notice)
        (question(title, &about(&review)))
        p {
            @if parting.is_some() { (Tag::new("Parted again", TagColour::Grey)) }
            @else { (state_tag(review.state, is_disputed(review.state, &given(&review)))) }
        }
        @if has_joined {
            (joined(&review, people))
        } @else {
            (side_by_side(headings, &fields))
        }
        @if let Some(explanation) = Explanation::read(review.explanation.as_deref()) { (explanation.folded()) }
        (history(caller, &review))
        @if review.state.closed().is_none() && !has_joined {
            (answering(caller, &review, sides.map(|(_, version)| version), (form, mistakes)))
        }
        @if let Some(parting) = &parting { (parted(parting)) }
    };
    Ok(Page::new(title, main)
        .under([("Records to review", "/reviews")])
        .wide()
        .with_errors(mistakes.all()))
}

/// Both sides as they are compared: of a sampled link, the record against the rest of the person.
fn fields_of(review: &Review, [left, right]: [Vec<Told>; 2]) -> Vec<Field> {
    if review.kind != ReviewKind::Quality {
        return compare([&left, &right]);
    }
    let is_it = |told: &Told| review.record == Some(told.record);
    let (record, rest): (Vec<Told>, Vec<Told>) = left.into_iter().partition(is_it);
    compare([&record, &rest])
}

fn about(review: &Review) -> String {
    format!(
        "Held because {}. Sent by {}; waiting since {}, due {}.",
        held_because(&review.rule),
        words::organisation_name(&review.source),
        words::day(stour_kernel::london_date(review.opened_at)),
        words::day(review.due)
    )
}

/// That two records which an answer joined are two again.
struct Parting {
    /// Who undid the joining, when and why, where it is known.
    undoing: Option<Undoing>,
    /// The review that asks the question anew.
    again: Option<ReviewId>,
}

fn parting(
    tx: &mut Transaction<'_>,
    review: &Review,
    [person, candidate]: [PersonId; 2],
) -> Result<Option<Parting>, Problem> {
    let was_joined = review.state == ReviewState::Same && review.kind != ReviewKind::Quality;
    if !was_joined || person == candidate {
        return Ok(None);
    }
    Ok(Some(Parting {
        undoing: parted_between(tx, person, candidate)?,
        again: open_between(tx, person, candidate)?.map(|(id, _)| id),
    }))
}

fn parted(parting: &Parting) -> Markup {
    let content = html! {
        p {
            "They were joined by this answer, and parted again"
            @if let Some(undoing) = &parting.undoing {
                " on " (words::moment(undoing.at)) " by " (undoing.by) ": " (undoing.why) "."
            } @else {
                " since."
            }
        }
        @if let Some(again) = parting.again {
            p { "Whether they are one person is asked again. " a href={ "/reviews/" (again) } { "Look at the new question" } "." }
        }
    };
    html! { (InsetText::new(content)) }
}

fn joined(review: &Review, [_, person]: [PersonId; 2]) -> Markup {
    let how = if review.state == ReviewState::Same {
        "These two records are joined."
    } else {
        "These two records have been joined meanwhile, so there is nothing left to answer here."
    };
    html! {
        (InsetText::new(html! {
            p { (how) " " a href={ "/people/" (person) "/merges" } { "See what was joined, and undo it if it was wrong" } "." }
        }))
    }
}

/// The answers, as far as the life of the review depends on them.
fn given(review: &Review) -> Vec<Given> {
    review.answers.iter().map(|one| one.given).collect()
}

fn history(caller: &Caller, review: &Review) -> Markup {
    let user = caller.actor().user;
    let is_shown = |one: &&GivenAnswer| is_shown(review.state, &one.given, user);
    let shown: Vec<&GivenAnswer> = review.answers.iter().filter(is_shown).collect();
    let words = words_of(review.kind);
    let rows = shown.iter().map(|one| {
        let said = match one.given.answer {
            Answer::Pair(PairAnswer::Same) => words.same,
            Answer::Pair(PairAnswer::Different) => words.different,
            Answer::More => "More must be known",
        };
        let second = if one.given.second {
            "; a second opinion was asked for"
        } else {
            ""
        };
        [
            Cell::from(words::moment(one.at)),
            one.name.as_str().into(),
            format!("{said}{second}").into(),
            reason_in_words(&one.reason, &one.note).into(),
        ]
    });
    let hidden = review.answers.len().saturating_sub(shown.len());
    html! {
        @if !shown.is_empty() || hidden > 0 { (Heading::section("Answers so far")) }
        @if hidden > 0 {
            p { (hidden_answers(review, user)) }
        }
        @if !shown.is_empty() {
            (Table { responsive: true, compact: true, ..Table::new("The first first", ["When", "Who", "Answer", "Why"].map(Column::from), rows) })
        }
    }
}

/// What is said in place of answers that are not shown.
fn hidden_answers(review: &Review, user: UserId) -> &'static str {
    let given = given(review);
    match (
        is_disputed(review.state, &given),
        waits_for_another(review.state, &given, user),
    ) {
        (true, true) => {
            "Somebody else has answered otherwise. You see that answer when the pair is closed."
        }
        (true, false) => {
            "Two people have answered, and they differ: yours decides. You see their answers when you have given it."
        }
        (false, _) => {
            "Somebody has answered and asked for a second opinion. You see that answer when you have given yours and the pair is closed."
        }
    }
}

fn answering(
    caller: &Caller,
    review: &Review,
    versions: [Version; 2],
    (form, mistakes): (Option<&Form>, &Mistakes),
) -> Markup {
    let given = given(review);
    let is_own = waits_for_another(review.state, &given, caller.actor().user);
    let [person, candidate] = versions;
    let asks_for_second = review.state != ReviewState::Second;
    html! {
        @if is_own {
            @if is_disputed(review.state, &given) {
                (InsetText::new("Two people have answered, and they differ: a third person must decide."))
            } @else {
                (InsetText::new("You have answered this pair. The second opinion must be somebody else’s."))
            }
            p { a href={ "/reviews/next?after=" (place(review)) } { "Go on to the next pair" } }
        } @else {
            form method="post" action={ "/reviews/" (review.id) } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(review.version);
                input type="hidden" name="version-person" value=(person);
                input type="hidden" name="version-candidate" value=(candidate);
                (draft::fields(words_of(review.kind), form, caller.today(), mistakes, asks_for_second))
                (Button { prevent_double_click: true, ..Button::new("Save and go on to the next pair") })
            }
            p { a href={ "/reviews/next?after=" (place(review)) } { "Leave this pair and go on to the next" } }
        }
    }
}

/// Where the queue goes on after a review.
fn place(review: &Review) -> Cursor {
    Cursor::after([review.due.to_string(), review.id.to_string()])
}

/// POST /reviews/{id}
pub(crate) async fn post(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let pair = pair(&caller, &id).await?;
    let mut mistakes = Mistakes::default();
    let draft = draft::read(&form, caller.today(), &mut mistakes);
    let Some(draft) = draft.filter(|_| mistakes.is_empty()) else {
        let page = show(&caller, pair, html! {}, (Some(&form), &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen = Versions::read(&form)?;
    let (id, next) = (pair.review.id, place(&pair.review));
    let work = work(&caller, &pair, seen, draft);
    let on = pair.facts.into_iter().next().ok_or_else(Problem::fault)?;
    let sent = (form.key(), form.fingerprint());
    let became = caller.write(sent, Resource::Person(on), work).await?;
    Ok(redirect(&format!(
        "/reviews/next?after={next}&answered={id}&became={became}"
    )))
}

/// The versions that a form saw: of the review and of both sides.
#[derive(Debug, Clone, Copy)]
struct Versions {
    review: Version,
    sides: [Version; 2],
}

impl Versions {
    fn read(form: &Form) -> Result<Self, Problem> {
        let version = |field| match form.get(field) {
            "" => Err(Problem::version_required()),
            text => Ok(text.parse::<Version>()?),
        };
        Ok(Self {
            review: version("version")?,
            sides: [version("version-person")?, version("version-candidate")?],
        })
    }
}

/// What an answer does: both people are in the audit as looked at, and, when they are joined or parted
/// by it, as that too.
fn work(
    caller: &Caller,
    pair: &Pair,
    seen: Versions,
    draft: Draft,
) -> impl FnMut(&mut Transaction<'_>, &Environment) -> Result<String, Problem> + Send + 'static + use<>
{
    let (caller, facts, review) = (caller.clone(), pair.facts.clone(), pair.review.clone());
    let new = NewAnswer {
        answer: draft.answer,
        reason: draft.reason,
        note: draft.note,
        second: draft.second,
        by: caller.actor().user,
        name: caller.actor().name.clone(),
    };
    move |tx, environment| {
        let others: &[PersonFacts] = facts.get(1..).unwrap_or_default();
        permit_also(&caller, tx, caller.action().as_str(), others)?;
        let state = answer(tx, environment, (review.id, seen.review), seen.sides, &new)?;
        if state.closed() == Some(review.kind.moves()) {
            permit_also(&caller, tx, "person.merge", &facts)?;
        }
        Ok(Outcome::of(review.kind, review.state, state).to_string())
    }
}
