//! The ledger of claims of a programme: every change that one of its benefits saw, who claims how much, and what nobody
//! does.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use stour_access::Resource;
use stour_benefits::{ClaimRefused, Quantity};
use stour_database::{Error, Transaction};
use stour_design::{
    Button, Cell, Column, Details, Heading, Input, InsetText, Label, Markup, Select, Table, Tag,
    TagColour, Textarea, Width, html,
};
use stour_kernel::Environment;
use stour_register::EntryId;
use stour_web::words::{day, moment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::store::NotEntered;
use super::{
    Change, Claim, ClaimId, Figure, NewClaim, claim, claims_of, demands, end, ledger, seen_now,
};
use crate::benefit::measured::{Measured, course_of, on};
use crate::benefit::view::View;
use crate::benefit::{EDIT, only_if_may};
use crate::governance::shell::{Part, may, page_below};
use crate::shown::{heard, numbers};

const LONGEST: usize = 2_000;

/// A change that a benefit of this programme saw, with the claims of every programme on it.
struct Seen<'v> {
    one: &'v Measured,
    entry: EntryId,
    better_by: Quantity,
    change: Change,
    figure: Figure,
    claims: Vec<Claim>,
}

#[derive(Debug, Clone, Default)]
struct Typed {
    benefit: String,
    quantity: String,
    counterfactual: String,
}

/// `GET /programmes/{programme}/benefits/claims`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    page(&caller, &view, &Typed::default(), &Mistakes::default()).await
}

/// Every change that there is something to claim of, or that something is claimed of.
async fn seen<'v>(caller: &Caller, view: &'v View) -> Result<Vec<Seen<'v>>, Problem> {
    let mut all = Vec::new();
    for one in &view.all {
        let Some(found) = &one.found else { continue };
        let Some(better_by) = found.better_by else {
            continue;
        };
        let (_, entry) = view.one(one.benefit.number)?;
        let change = Change {
            measure: one.benefit.measure.clone(),
            day: found.day,
        };
        let figure = figure(caller, one, (&change, found.value)).await?;
        let asked = (change.clone(), figure.clone());
        let database = caller.house().database();
        let claims = database.read(move |tx| seen_now(tx, &asked.0, &asked.1));
        all.push(Seen {
            one,
            entry: entry.id,
            better_by,
            change,
            figure,
            claims: claims.await?,
        });
    }
    Ok(all)
}

/// What the figure of a change says, with the demand by which each benefit that claims of it adjusts its baseline.
async fn figure(
    caller: &Caller,
    one: &Measured,
    (change, value): (&Change, Quantity),
) -> Result<Figure, Problem> {
    let asked = change.clone();
    let database = caller.house().database();
    let mut measures = database.read(move |tx| demands(tx, &asked)).await?;
    measures.push(one.benefit.demand.clone());
    let mut figure = Figure {
        value,
        ..Figure::default()
    };
    for measure in measures {
        let course = course_of(caller.house(), &measure).await?;
        if let Some(demand) = course.and_then(|course| on(&course, change.day)) {
            figure.demand.insert(measure, demand);
        }
    }
    Ok(figure)
}

/// The programme's own claims that hold, on other figures than the latest.
async fn earlier(caller: &Caller, view: &View, seen: &[Seen<'_>]) -> Result<Vec<Claim>, Problem> {
    let scope = view.opened.scope.clone();
    let database = caller.house().database();
    let mut all = database.read(move |tx| claims_of(tx, &scope)).await?;
    all.retain(|claim| {
        claim.ended.is_none() && seen.iter().all(|seen| seen.change != claim.change)
    });
    Ok(all)
}

async fn page(
    caller: &Caller,
    view: &View,
    typed: &Typed,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let seen = seen(caller, view).await?;
    let earlier = earlier(caller, view, &seen).await?;
    let claimable: Vec<&Seen<'_>> = seen
        .iter()
        .filter(|one| one.better_by > Quantity::ZERO)
        .collect();
    let edits = may(caller, EDIT);
    let main = html! {
        p { "Each change is what the latest figure of a measure differs by from where it would be otherwise. Programmes that overlap claim parts of it, never more together than there was. What nobody claims is shown and not spread." }
        @if seen.is_empty() {
            (InsetText::new("There is no change to claim yet: no benefit of this programme has a figure, a baseline and a direction."))
        } @else {
            (table(&seen))
            @for one in &seen { (claims_on(caller, view, one, edits.then_some(mistakes))) }
        }
        @if !earlier.is_empty() { (claims_before(caller, view, &earlier, edits.then_some(mistakes))) }
        @if edits && !claimable.is_empty() { (claim_form(caller, view, &claimable, (typed, mistakes))) }
    };
    let page = page_below(&view.opened, Part::Benefits, "Claims", &main);
    Ok(page.with_errors(mistakes.all()))
}

fn table(seen: &[Seen<'_>]) -> Markup {
    let rows = seen.iter().map(|seen| {
        let ledger = ledger(seen.better_by, &seen.claims);
        let one = seen.one;
        let left = if ledger.excess() > Quantity::ZERO {
            format!("{} too much is claimed", one.written(ledger.excess()))
        } else {
            one.written(ledger.unattributed())
        };
        vec![
            Cell::from(one.benefit.title.as_str()),
            one.unit_words().into(),
            one.written(seen.better_by).into(),
            one.written(ledger.claimed()).into(),
            left.into(),
        ]
    });
    let columns = ["Change", "Unit", "Better by", "Claimed", "Nobody’s, so far"];
    html! { (numbers("Every change and what is claimed of it", columns, rows)) }
}

/// The claims on a change; `edits` has the mistakes of whoever may take one back.
fn claims_on(caller: &Caller, view: &View, seen: &Seen<'_>, edits: Option<&Mistakes>) -> Markup {
    let one = seen.one;
    let rows = seen.claims.iter().map(|claim| {
        let state = match &claim.ended {
            None => html! { (Tag::new("Holds", TagColour::Green)) },
            Some((why, by, at)) => html! {
                (Tag::new("Taken back", TagColour::Grey)) " " (why) ". " (by) ", " (moment(*at))
            },
        };
        vec![
            Cell::from(claim.scope.as_str()),
            one.written(claim.quantity).into(),
            claim.counterfactual.as_str().into(),
            format!("{}, {}", claim.by.name, moment(claim.at)).into(),
            state.into(),
        ]
    });
    let columns = vec![
        Column::from("Programme"),
        Column::numeric("Claims"),
        Column::from("Held against"),
        Column::from("Entered by"),
        Column::from("State"),
    ];
    html! {
        @if !seen.claims.is_empty() {
            (Heading::subsection(one.benefit.title.as_str()))
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(format!("Claims on {} of {}", one.benefit.title, seen.change.day), columns, rows)
            })
            @if let Some(mistakes) = edits {
                @for claim in seen.claims.iter().filter(|claim| claim.ended.is_none() && claim.scope == view.opened.scope) {
                    (take_back(caller, view, &amount(one, claim), (claim, mistakes)))
                }
            }
        }
    }
}

/// How much a claim is of, with its unit.
fn amount(one: &Measured, claim: &Claim) -> String {
    format!("{} {}", one.written(claim.quantity), one.unit_words())
}

/// The claims that hold on figures before the latest; `edits` has the mistakes of whoever may take one back.
fn claims_before(
    caller: &Caller,
    view: &View,
    claims: &[Claim],
    edits: Option<&Mistakes>,
) -> Markup {
    let said = |claim: &Claim| match view.one(claim.number) {
        Ok((one, _)) => (one.benefit.title.clone(), amount(one, claim)),
        Err(_) => (
            format!("Benefit {}", claim.number),
            claim.quantity.to_string(),
        ),
    };
    let rows = claims.iter().map(|claim| {
        let (benefit, amount) = said(claim);
        vec![
            Cell::from(benefit),
            day(claim.change.day).into(),
            amount.into(),
            claim.counterfactual.as_str().into(),
            format!("{}, {}", claim.by.name, moment(claim.at)).into(),
        ]
    });
    let columns = [
        "Benefit",
        "Figure of",
        "Claims",
        "Held against",
        "Entered by",
    ];
    html! {
        (Heading::section("Claims on earlier figures"))
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(heard("Claims on earlier figures"), columns.map(Column::from), rows)
        })
        @if let Some(mistakes) = edits {
            @for claim in claims { (take_back(caller, view, &said(claim).1, (claim, mistakes))) }
        }
    }
}

fn take_back(
    caller: &Caller,
    view: &View,
    amount: &str,
    (claim, mistakes): (&Claim, &Mistakes),
) -> Markup {
    let field = format!("why-{}", claim.id);
    let error = mistakes.of(&field);
    let open = error.is_some();
    let action = view
        .opened
        .address(&format!("/benefits/claims/{}/end", claim.id));
    let content = html! {
        form method="post" action=(action) novalidate {
            (form::hidden(caller))
            (Input { id: Some(field), error, ..Input::new("why", "Why is it taken back?") })
            (Button { small: true, prevent_double_click: true, ..Button::secondary("Take it back") })
        }
    };
    let summary = format!("Take back the claim of {amount}");
    html! { (Details { open, ..Details::new(summary, content) }) }
}

fn claim_form(
    caller: &Caller,
    view: &View,
    claimable: &[&Seen<'_>],
    (typed, mistakes): (&Typed, &Mistakes),
) -> Markup {
    let choices: Vec<(String, String)> = claimable
        .iter()
        .map(|seen| {
            let one = seen.one;
            let label = format!(
                "{}: {} {}",
                one.benefit.title,
                one.written(ledger(seen.better_by, &seen.claims).unattributed()),
                "left"
            );
            (one.benefit.number.to_string(), label)
        })
        .collect();
    let choices = choices
        .iter()
        .map(|(number, label)| (number.as_str(), label.as_str()));
    html! {
        (Heading::section("Claim a part of a change"))
        form method="post" action=(view.opened.address("/benefits/claims")) novalidate {
            (form::hidden(caller))
            (Select { error: mistakes.of("benefit"), ..Select::new("benefit", "Which change?", choices).selected(Some(typed.benefit.as_str()).filter(|chosen| !chosen.is_empty())) })
            (Input {
                width: Some(Width::Ten),
                error: mistakes.of("quantity"),
                hint: Some("In the unit of the measure, such as 40 or 2.5".into()),
                ..Input::new("quantity", "How much of it?").value(typed.quantity.as_str())
            })
            (Textarea {
                rows: Some(3),
                error: mistakes.of("counterfactual"),
                hint: Some("How it is known what would have happened without this programme".into()),
                ..Textarea::new("counterfactual", Label::new("What is it held against?")).value(typed.counterfactual.as_str())
            })
            (Button { prevent_double_click: true, ..Button::new("Claim it") })
        }
    }
}

/// `POST /programmes/{programme}/benefits/claims`.
pub(crate) async fn make(
    caller: Caller,
    Path(programme): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let view = View::of(&caller, &programme).await?;
    only_if_may(&caller, EDIT)?;
    let typed = Typed {
        benefit: form.get("benefit").to_owned(),
        quantity: form.get("quantity").to_owned(),
        counterfactual: form.get("counterfactual").replace("\r\n", "\n"),
    };
    let mut mistakes = Mistakes::default();
    let seen = seen(&caller, &view).await?;
    let Some(new) = read(&seen, &typed, &mut mistakes) else {
        return Ok(page(&caller, &view, &typed, &mistakes)
            .await?
            .into_response());
    };
    let (by, address) = (
        caller.actor().clone(),
        view.opened.address("/benefits/claims"),
    );
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| match claim(
        tx,
        environment,
        &new,
        &by,
    ) {
        Ok(()) => Ok(address.clone()),
        Err(NotEntered::Refused(why)) => Err(Problem::conflict(refusal(why))),
        Err(NotEntered::Database(error)) => Err(error.into()),
    };
    let sent = (form.key(), form.fingerprint());
    match caller.write(sent, Resource::House, work).await {
        Ok(address) => Ok(redirect(&address)),
        Err(problem) if problem.status == 409 => {
            mistakes.add("quantity", problem.detail);
            Ok(page(&caller, &view, &typed, &mistakes)
                .await?
                .into_response())
        }
        Err(problem) => Err(problem),
    }
}

fn refusal(why: ClaimRefused) -> String {
    format!("{}.", stour_web::words::capital(&why.to_string()))
}

fn read(seen: &[Seen<'_>], typed: &Typed, mistakes: &mut Mistakes) -> Option<NewClaim> {
    let number: Option<i64> = typed.benefit.parse().ok();
    let chosen = seen
        .iter()
        .find(|seen| Some(seen.one.benefit.number) == number);
    if chosen.is_none() {
        mistakes.add("benefit", "Choose a change");
    }
    let quantity = mistakes.check("quantity", typed.quantity.parse::<Quantity>());
    if typed.counterfactual.chars().count() > LONGEST {
        mistakes.add(
            "counterfactual",
            format!("Use at most {LONGEST} characters"),
        );
    }
    let text = mistakes.required(
        "counterfactual",
        &typed.counterfactual,
        "Say how it is known what would have happened otherwise",
    );
    let (chosen, quantity, text) = (chosen?, quantity?, text?);
    let new = NewClaim {
        change: chosen.change.clone(),
        benefit: chosen.entry,
        quantity,
        figure: chosen.figure.clone(),
        counterfactual: text.to_owned(),
    };
    mistakes.is_empty().then_some(new)
}

/// `POST /programmes/{programme}/benefits/claims/{claim}/end`.
pub(crate) async fn take(
    caller: Caller,
    Path((programme, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let view = View::of(&caller, &programme).await?;
    only_if_may(&caller, EDIT)?;
    let id: ClaimId = id.parse().map_err(|_| Problem::not_found())?;
    let why = form.get("why").to_owned();
    let mut mistakes = Mistakes::default();
    let field = format!("why-{id}");
    mistakes.required(&field, &why, "Say why the claim is taken back");
    if why.chars().count() > LONGEST {
        mistakes.add(&field, format!("Use at most {LONGEST} characters"));
    }
    if !mistakes.is_empty() {
        let shown = page(&caller, &view, &Typed::default(), &mistakes).await?;
        return Ok(shown.into_response());
    }
    let (scope, by) = (view.opened.scope.clone(), caller.actor().clone());
    let address = view.opened.address("/benefits/claims");
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| match end(
        tx,
        environment,
        (&scope, id),
        &why,
        &by,
    ) {
        Ok(()) => Ok(address.clone()),
        Err(Error::Constraint { .. }) => {
            Err(Problem::conflict("This claim was taken back before."))
        }
        Err(error) => Err(error.into()),
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
