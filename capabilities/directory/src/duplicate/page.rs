//! The queue of pairs, one pair side by side, and the answer to it.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::{Cursor, PageSize, Transaction, Version};
use stour_design::{
    Button, Cell, Choice, Heading, InsetText, Label, Legend, Markup, Pagination, PaginationLink,
    Radios, Table, Tag, TagColour, Textarea, html,
};
use stour_kernel::Environment;
use stour_open_referral::Service;
use stour_web::words::{day, moment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::decision::kept_of;
use super::traits::{Traits, plain};
use super::{Answer, Decision, DecisionId, Pair, PairState, decide, store};
use crate::error::DirectoryError;
use crate::listing::{self, Listing, ListingId};
use crate::page::{named, standing};

/// Longest reason that is kept, in characters.
const LONGEST_REASON: usize = 1_000;

/// Which pairs, and where in their list.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    after: Option<String>,
}

/// GET /directory/duplicates
pub(crate) async fn queue(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let state = asked
        .state
        .as_deref()
        .and_then(|word| word.parse().ok())
        .unwrap_or(PairState::Open);
    let after: Option<Cursor> = asked.after.map(|text| text.parse()).transpose()?;
    let found = caller.house().database().read(move |tx| {
        let page = store::pairs(tx, state, after.as_ref(), PageSize::default())?;
        let mut rows = Vec::new();
        for pair in &page.items {
            let sides = [
                listing::listing(tx, pair.first)?,
                listing::listing(tx, pair.second)?,
            ];
            if let [Some(first), Some(second)] = sides {
                rows.push((pair.clone(), first, second));
            }
        }
        Ok::<_, DirectoryError>((rows, page.next))
    });
    let (rows, next) = found.await?;
    let main = html! {
        (Heading::page("Listings that may be the same"))
        (choice_of_state(state))
        @if rows.is_empty() {
            (InsetText::new("There are none."))
        } @else {
            (table(&rows))
        }
        @if let Some(next) = &next {
            (Pagination {
                next: Some(PaginationLink::to(format!("/directory/duplicates?state={state}&after={next}"))),
                ..Pagination::default()
            })
        }
    };
    let page = Page::new("Listings that may be the same", main).wide();
    Ok(page.under([("The directory", "/directory")]))
}

fn choice_of_state(state: PairState) -> Markup {
    let all = [
        (PairState::Open, "To decide"),
        (PairState::Later, "Left for later"),
        (PairState::Same, "The same"),
        (PairState::Two, "Two things"),
    ];
    html! {
        p {
            @for (place, (one, words)) in all.into_iter().enumerate() {
                @if place > 0 { " | " }
                @if one == state { strong { (words) } } @else { a href={ "/directory/duplicates?state=" (one) } { (words) } }
            }
        }
    }
}

fn table(rows: &[(Pair, Listing, Listing)]) -> Table {
    let cells = rows.iter().map(|(pair, first, second)| {
        let agree: Vec<&str> = pair.evidence.iter().filter(|one| one.bits > 0.0).map(|one| one.what.as_str()).collect();
        let side = |listing: &Listing| html! { (listing.service.name) br; span.nhsuk-body-s { (listing.provenance.feed) } };
        [
            Cell::link(side(first), format!("/directory/duplicates/{}/{}", pair.first, pair.second)),
            side(second).into(),
            format!("{:.0}%", pair.weight * 100.0).into(),
            agree.join(", ").into(),
        ]
    });
    let columns = ["One", "The other", "How likely", "What agrees"];
    Table {
        responsive: true,
        ..Table::new("The most likely first", columns, cells)
    }
}

/// A pair with both of its listings and what was decided about it.
struct Shown {
    pair: Pair,
    sides: [Listing; 2],
    decisions: Vec<Decision>,
}

fn load(tx: &mut Transaction<'_>, ids: (ListingId, ListingId)) -> Result<Shown, DirectoryError> {
    let pair = store::pair(tx, ids)?.ok_or(DirectoryError::NotThere)?;
    let first = listing::listing(tx, pair.first)?.ok_or(DirectoryError::NotThere)?;
    let second = listing::listing(tx, pair.second)?.ok_or(DirectoryError::NotThere)?;
    let decisions = store::decisions(tx, ids)?;
    Ok(Shown {
        pair,
        sides: [first, second],
        decisions,
    })
}

/// GET /directory/duplicates/{first}/{second}
pub(crate) async fn pair_page(
    caller: Caller,
    Path((first, second)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let ids = (named(&first)?, named(&second)?);
    caller.permit(Resource::House).await?;
    let shown = caller
        .house()
        .database()
        .read(move |tx| load(tx, ids))
        .await?;
    Ok(page(&caller, &shown, &Mistakes::default(), None))
}

fn page(caller: &Caller, shown: &Shown, mistakes: &Mistakes, sent: Option<&Form>) -> Page {
    let may_edit = "directory.edit"
        .parse()
        .is_ok_and(|edit| caller.may(edit, &Resource::House));
    let undecided = matches!(shown.pair.state, PairState::Open | PairState::Later);
    let main = html! {
        (Heading::page("Are these one service?"))
        (side_by_side(shown))
        @if may_edit && undecided { (question(caller, shown, mistakes, sent)) }
        @if shown.pair.state == PairState::Gone {
            (InsetText::new("There is no evidence any more that these are one, or one of them is gone."))
        }
        @if !shown.decisions.is_empty() {
            (Heading::section("What was decided"))
            (decided(caller, &shown.decisions, may_edit))
        }
    };
    let above = [
        ("The directory", "/directory"),
        ("Listings that may be the same", "/directory/duplicates"),
    ];
    Page::new("Are these one service?", main)
        .under(above)
        .wide()
        .with_errors(mistakes.all())
}

/// One field of both.
struct Row {
    name: &'static str,
    sides: [String; 2],
    agrees: Option<bool>,
}

/// The fields of both, those in words and those of which one in common is enough.
fn rows(sides: &[Listing; 2]) -> Vec<Row> {
    let words = |name: &'static str, read: &dyn Fn(&Service) -> Option<String>| {
        let sides = sides
            .each_ref()
            .map(|side| read(&side.service).unwrap_or_default());
        let [one, other] = &sides;
        let both = !one.is_empty() && !other.is_empty();
        let agrees = both.then(|| plain(one) == plain(other));
        Row {
            name,
            sides,
            agrees,
        }
    };
    let mut rows = vec![
        words("Name", &|service| Some(service.name.to_string())),
        words("Organisation", &|service| {
            Some(service.organization.as_ref()?.name.to_string())
        }),
        words("Description", &|service| {
            let description = service.description.as_ref()?;
            Some(description.chars().take(600).collect())
        }),
        words("Last checked", &|service| service.assured_date.map(day)),
    ];
    let traits = sides.each_ref().map(Traits::of);
    rows.extend([
        shared("Numbers in registers", &traits, &|traits| {
            let numbers = traits.numbers.iter();
            numbers
                .map(|(register, number)| format!("{register} {number}"))
                .collect()
        }),
        shared("Telephone", &traits, &|traits| traits.telephones.clone()),
        shared("Web and e-mail", &traits, &|traits| {
            traits.pages.union(&traits.domains).cloned().collect()
        }),
        shared("Postcode", &traits, &|traits| traits.postcodes.clone()),
    ]);
    rows
}

/// A field of which each side has some, and one in common is enough.
fn shared(
    name: &'static str,
    traits: &[Traits; 2],
    read: &dyn Fn(&Traits) -> BTreeSet<String>,
) -> Row {
    let sides = traits.each_ref().map(read);
    let [one, other] = &sides;
    let both = !one.is_empty() && !other.is_empty();
    let agrees = both.then(|| !one.is_disjoint(other));
    let join = |all: BTreeSet<String>| all.into_iter().collect::<Vec<_>>().join(", ");
    Row {
        name,
        sides: sides.map(join),
        agrees,
    }
}

fn side_by_side(shown: &Shown) -> Markup {
    let [first, second] = &shown.sides;
    let cells = rows(&shown.sides).into_iter().map(|row| {
        let side = |text: String| {
            if text.is_empty() {
                Cell::missing("Nothing given")
            } else {
                Cell::from(text)
            }
        };
        let [one, other] = row.sides;
        let tag = match row.agrees {
            Some(true) => Tag::new("Agrees", TagColour::Green),
            Some(false) => Tag::new("Differs", TagColour::Orange),
            None => Tag::new("Not on both", TagColour::Grey),
        };
        [
            Cell::from(row.name),
            side(one),
            side(other),
            html! { (tag) }.into(),
        ]
    });
    let from = |listing: &Listing| {
        format!(
            "From {} ({})",
            listing.provenance.feed, listing.provenance.role
        )
    };
    let columns = [
        "Field".to_owned(),
        from(first),
        from(second),
        "Compared".to_owned(),
    ];
    html! {
        p {
            a href={ "/directory/listings/" (first.id) } { "The listing of " (first.provenance.feed) } " " (standing(first))
            " and "
            a href={ "/directory/listings/" (second.id) } { "the listing of " (second.provenance.feed) } " " (standing(second))
        }
        (Table {
            first_cell_is_header: true, responsive: true,
            ..Table::new("Both listings, field by field", columns, cells)
        })
        p {
            "By what agrees and differs it is " strong { (format!("{:.0}%", shown.pair.weight * 100.0)) } " likely that they are one: "
            (shown.pair.evidence.iter().map(|one| format!("{} {}", one.what.to_lowercase(), one.level)).collect::<Vec<_>>().join("; "))
            "."
        }
    }
}

fn question(caller: &Caller, shown: &Shown, mistakes: &Mistakes, sent: Option<&Form>) -> Markup {
    let [first, second] = &shown.sides;
    let advised = kept_of(first, second);
    let keep = |value: &'static str, listing: &Listing| {
        let choice = Choice::new(
            value,
            format!("The same: show the listing of {}", listing.provenance.feed),
        );
        if listing.id == advised {
            choice.hint("Its publisher is nearer to the service, or has checked it later")
        } else {
            choice
        }
    };
    let choices = [
        keep("first", first),
        keep("second", second),
        Choice::new("two", "Two things")
            .hint("They both stay, and this pair is not asked about again"),
        Choice::new("later", "Decide later"),
    ];
    let value = |name: &str| sent.map(|form| form.get(name).to_owned());
    html! {
        form method="post" action={ "/directory/duplicates/" (shown.pair.first) "/" (shown.pair.second) } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(shown.pair.version);
            (Radios { error: mistakes.of("answer"), ..Radios::new("answer", Legend::new("What are they?"), choices)
                .selected(value("answer").as_deref()) })
            (Textarea { error: mistakes.of("why"), rows: Some(3), value: value("why"), ..Textarea::new("why", Label::new("Why")) })
            (Button { prevent_double_click: true, ..Button::new("Keep the answer") })
        }
    }
}

fn decided(caller: &Caller, decisions: &[Decision], may_edit: bool) -> Markup {
    html! {
        @for (place, decision) in decisions.iter().enumerate() {
            @let answer = match decision.answer {
                PairState::Same => "They are one",
                PairState::Two => "They are two",
                _ => "Left for later",
            };
            p { strong { (answer) } ", said " (decision.decided_by) ", " (moment(decision.decided_at)) ": " (decision.why) }
            @match &decision.undone {
                Some((by, at, why)) => p { "Undone by " (by) ", " (moment(*at)) ": " (why) },
                None if may_edit && place == 0 && decision.answer != PairState::Later => {
                    form method="post" action={ "/directory/duplicates/decisions/" (decision.id) "/undo" } novalidate {
                        (form::hidden(caller))
                        (Textarea { rows: Some(2), ..Textarea::new("why", Label::new("Why it should be undone")) })
                        (Button { prevent_double_click: true, ..Button::secondary("Undo this decision") })
                    }
                },
                None => {},
            }
        }
    }
}

/// The reason that was typed, or a note that it is missing.
fn reason(sent: &Form, mistakes: &mut Mistakes) -> String {
    let why = sent.get("why");
    if why.is_empty() {
        mistakes.add("why", "Say why, for those who look at this later");
    } else if why.chars().count() > LONGEST_REASON {
        mistakes.add(
            "why",
            format!("Say why in {LONGEST_REASON} characters or fewer"),
        );
    }
    why.to_owned()
}

/// POST /directory/duplicates/{first}/{second}
pub(crate) async fn answer(
    caller: Caller,
    Path((first, second)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Problem> {
    let ids: (ListingId, ListingId) = (named(&first)?, named(&second)?);
    let seen: Version = sent.get("version").parse()?;
    let mut mistakes = Mistakes::default();
    let why = reason(&sent, &mut mistakes);
    let answer = match sent.get("answer") {
        "first" => Some(Answer::Same(ids.0)),
        "second" => Some(Answer::Same(ids.1)),
        "two" => Some(Answer::Two),
        "later" => Some(Answer::Later),
        _ => {
            mistakes.add("answer", "Choose what they are");
            None
        }
    };
    let (Some(answer), true) = (answer, mistakes.is_empty()) else {
        caller.permit_to("directory.read", Resource::House).await?;
        let shown = caller
            .house()
            .database()
            .read(move |tx| load(tx, ids))
            .await?;
        return Ok(page(&caller, &shown, &mistakes, Some(&sent)).into_response());
    };
    let by = caller.actor().name.clone();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        decide(tx, environment, (ids, seen), answer, (&by, &why))?;
        Ok("/directory/duplicates".to_owned())
    };
    let key = (sent.key(), sent.fingerprint());
    let to = caller.write(key, Resource::House, work).await?;
    Ok(redirect(&to))
}

/// POST /directory/duplicates/decisions/{id}/undo
pub(crate) async fn undo(
    caller: Caller,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Problem> {
    let id: DecisionId = named(&id)?;
    let mut mistakes = Mistakes::default();
    let why = reason(&sent, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes.into());
    }
    let by = caller.actor().name.clone();
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let (first, second) = super::undo(tx, environment, id, (&by, &why))?;
        Ok(format!("/directory/duplicates/{first}/{second}"))
    };
    let key = (sent.key(), sent.fingerprint());
    let to = caller.write(key, Resource::House, work).await?;
    Ok(redirect(&to))
}
