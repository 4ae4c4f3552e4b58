//! The page of one benefit: where it stands, its ladders, what is said of it, and its profile.

use axum::extract::Path;
use stour_benefits::Quantity;
use stour_design::{
    Button, Card, Cell, Column, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, html,
};
use stour_kernel::Pence;
use stour_outcomes::figures::Course;
use stour_register::{Entry, day_in_words};
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::chart::{chart, own_chart};
use super::ladder::{signature_of, steps};
use super::ledger::{Change, Claim, claims};
use super::measured::{Measured, course_of};
use super::overview_page::{class, may_see, own_measure, unverified};
use super::parts::{BUDGET_LINE, CONVERSION, EXPLANATION, SHARE, TRAJECTORY};
use super::shown::{figure, in_full, kept_money, otherwise, rung, verdict, worth};
use super::signature::Ladder;
use super::view::View;
use super::{EDIT, kind};
use crate::governance::shell::{Part, may, page_below};
use crate::governance::words::label;
use crate::shown::heard;

/// `GET /programmes/{programme}/benefits/{number}`.
pub(crate) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    let (one, entry) = view.one(number)?;
    let claimed = claimed(&caller, one).await?;
    let own = match own_measure(one) {
        "" => None,
        measure if one.benefit.measure != measure && may_see(&caller, measure) => {
            course_of(caller.house(), measure).await?
        }
        _ => None,
    };
    let edits = may(&caller, EDIT);
    let main = html! {
        (verdict(one))
        (unverified(entry.get("unverified")))
        @if let Some(drawn) = chart(one) { (drawn) }
        (figures(one, opens(&caller, one)))
        (ladders(&view, one))
        (explanations(&view, one, edits))
        (own_records(own.as_ref()))
        (shares(&view, one))
        (claimed_of(&view, one, &claimed))
        (profile(&view, entry, edits))
        (belonging(&view, one))
    };
    Ok(page_below(
        &view.opened,
        Part::Benefits,
        &one.benefit.title,
        &main,
    ))
}

/// The claims on the change that the latest figure shows.
async fn claimed(caller: &Caller, one: &Measured) -> Result<Vec<Claim>, Problem> {
    let Some(found) = &one.found else {
        return Ok(Vec::new());
    };
    let change = Change {
        measure: one.benefit.measure.clone(),
        day: found.day,
    };
    let database = caller.house().database();
    Ok(database.read(move |tx| claims(tx, &change)).await?)
}

fn figures(one: &Measured, opens: bool) -> Markup {
    let Some(found) = &one.found else {
        return html! {
            @if one.benefit.measure.is_empty() {
                (InsetText::new("Name a measure of the board in the profile: a published series or an indicator. Its figures then stand here, and nobody types them in."))
            } @else {
                (InsetText::new("The measure is named and has no figure yet. It will stand here when one is published or counted."))
            }
        };
    };
    let expected = found.expected.map(|expected| {
        let what = if expected.is_of_day {
            "by the trajectory, on that day"
        } else {
            "the target in the end; no trajectory is given for that day"
        };
        format!("{} ({what})", one.with_unit(expected.value))
    });
    let mut rows = vec![
        SummaryRow::new(
            "Latest figure",
            html! { (one.with_unit(found.value)) ", " (found.period) },
        ),
        SummaryRow::new(
            "Expected",
            expected.unwrap_or_else(|| "Nothing was said".to_owned()),
        ),
    ];
    if let Some(known) = &found.otherwise {
        let adjusted = one
            .benefit
            .baseline
            .is_some_and(|baseline| baseline.demand.is_some());
        let name = if adjusted {
            "Baseline at the demand of that period"
        } else {
            "Baseline"
        };
        rows.push(SummaryRow::new(name, otherwise(one, known)));
    }
    if let Some(better_by) = found.better_by {
        rows.push(SummaryRow::new("Better by", one.with_unit(better_by)));
    }
    rows.push(SummaryRow::new(
        "Worth, if every week is like this",
        worth(one, found),
    ));
    if let Some(course) = &one.course {
        rows.push(SummaryRow::new(
            "Source of the figures",
            source(course, opens),
        ));
        rows.push(SummaryRow::new(
            "To be known",
            html! { @for note in &course.notes { p { (note) } } },
        ));
    }
    html! { (SummaryList::new(rows)) }
}

/// Whether the caller may open what the figures come from; figures themselves are everybody's who reads the programme.
fn opens(caller: &Caller, one: &Measured) -> bool {
    let measure = &one.benefit.measure;
    if measure.starts_with("indicators/") {
        may_see(caller, measure)
    } else {
        may(caller, "board.read")
    }
}

fn source(course: &Course, opens: bool) -> Markup {
    html! {
        (course.about.source) ". "
        @if opens { a href=(course.about.address) { "The figures on the board" } ". " }
        @if course.about.is_counted { "Counted from this service’s own records." }
    }
}

fn ladders(view: &View, one: &Measured) -> Markup {
    let climb = view.climb(one);
    let rows = Ladder::ALL.map(|ladder| {
        let signed = signature_of(&climb, ladder).map_or_else(String::new, |signature| {
            let mut given = view.evidence.signed.iter();
            let by = given.find(|one| {
                let user = one.by.user.map(|user| user.to_string());
                user.as_deref() == Some(&signature.by)
            });
            let name = by.map_or("", |by| by.by.name.as_str());
            format!("{name}, {}", moment(signature.at))
        });
        vec![
            Cell::from(ladder.words()),
            ladder.question().into(),
            html! { (rung(&climb, ladder)) }.into(),
            signed.into(),
        ]
    });
    let open = steps(one, &climb).len();
    html! {
        (Heading::section("Three ladders"))
        (Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(heard("Three ladders"), ["Ladder", "Question", "Where it stands", "Signed by"].map(Column::from), rows)
        })
        p {
            a href=(view.address(one.benefit.number, "/sign")) { "Signatures under this benefit" }
            @match open { 0 => {}, 1 => { ": one step can be signed" }, many => { ": " (many) " steps can be signed" } }
        }
    }
}

fn explanations(view: &View, one: &Measured, edits: bool) -> Markup {
    let number = one.benefit.number.to_string();
    let entries = &view.opened.entries;
    let mut said: Vec<&Entry> = entries
        .of_kind(EXPLANATION.name)
        .filter(|entry| entry.get("benefit") == number)
        .collect();
    said.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.number)));
    let is_behind = one.standing() == Some(stour_benefits::Standing::Behind);
    html! {
        (Heading::section("What is said of it"))
        @if said.is_empty() {
            (InsetText::new(if is_behind { "It is behind what was expected, and nobody has explained why yet." } else { "Nothing has been said." }))
        }
        @for entry in &said { (explanation(view, entry)) }
        @if edits && one.found.is_some() {
            (Button::link(if is_behind { "Explain why it is behind" } else { "Say something of this figure" }, view.address(one.benefit.number, "/explain")))
        }
    }
}

fn explanation(view: &View, entry: &Entry) -> Markup {
    let content = html! {
        p.nhsuk-u-secondary-text-colour { "Of " (entry.get("figure")) ". " (entry.by.name) ", " (moment(entry.at)) }
        @for line in entry.get("why").lines() { p { (line) } }
        p { strong { "What is being done: " } (entry.get("done")) }
        p { strong { "Who, by when: " } (entry.get("who")) ", by " (day_in_words(entry.get("due"))) }
        p { a href=(view.opened.entry_address(EXPLANATION.name, entry.number)) { "Change it or see its history" span.nhsuk-u-visually-hidden { ": explanation " (entry.number) } } }
    };
    html! { (Card { content: content.into(), ..Card::default() }) }
}

/// What our own records count that is close to it.
fn own_records(own: Option<&Course>) -> Markup {
    let Some(course) = own else {
        return html! {};
    };
    let latest = course.readings.last();
    let rows = course.places.iter().map(|place| {
        let value = place.value.map_or_else(
            || Cell::missing("Not shown"),
            |value| course.unit.value(value).into(),
        );
        let what = if place.is_council {
            "Council"
        } else {
            "Locality"
        };
        vec![Cell::from(place.name.as_str()), what.into(), value]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    html! {
        (Heading::section("In our own records"))
        p {
            a href=(course.about.address) { (course.about.title) }
            @if let Some(latest) = latest {
                ": " (course.unit.value(latest.value)) " in " (latest.period)
                @if let Some(limits) = latest.limits {
                    ", between " (course.unit.limit(limits.lower)) " and " (course.unit.limit(limits.upper)) " by chance alone"
                }
                @if let Some(unusual) = latest.unusual { ", which is more than chance: " (unusual) }
            }
            ". It is counted from the facts that daily work records; how close that is to what the programme publishes is not known."
        }
        @if let Some(drawn) = own_chart(course) { (drawn) }
        @if !rows.is_empty() {
            (Table {
                first_cell_is_header: true,
                compact: true,
                scroll: true,
                ..Table::new(heard("The latest figure by council and locality"), [Column::from("Place"), Column::from("Kind"), Column::numeric("Figure")], rows)
            })
        }
    }
}

/// What a year of it comes to for each partner, exactly.
fn shares(view: &View, one: &Measured) -> Markup {
    let number = one.benefit.number.to_string();
    let entries = &view.opened.entries;
    let parts: Vec<(&str, Quantity)> = entries
        .of_kind(SHARE.name)
        .filter(|entry| entry.get("benefit") == number)
        .filter_map(|entry| Some((entry.get("partner"), entry.get("part").parse().ok()?)))
        .collect();
    let yearly = one.found.as_ref().and_then(|found| found.worth.as_ref());
    let Some(amounts) = yearly.and_then(|worth| shared(worth.rate.yearly, &parts)) else {
        return html! {};
    };
    let rows = amounts.into_iter().map(|(partner, part, amount)| {
        vec![
            Cell::from(partner),
            format!("{part}%").into(),
            in_full(amount).into(),
        ]
    });
    html! {
        (Heading::section("What a year of it comes to, by partner"))
        (crate::shown::numbers("By partner", ["Partner", "Part", "A year"], rows))
    }
}

const NOT_SHARED: &str = "Nobody’s, so far";

/// An amount by parts in per cent; what no part covers is nobody's, and all of them sum to the amount.
fn shared(amount: Pence, parts: &[(&str, Quantity)]) -> Option<Vec<(String, Quantity, Pence)>> {
    if parts.is_empty() {
        return None;
    }
    let whole = Quantity::from_millionths(100_000_000);
    let given = parts
        .iter()
        .try_fold(Quantity::ZERO, |sum, (_, part)| sum.checked_add(*part))?;
    let rest = whole.checked_sub(given)?;
    let mut all: Vec<(String, Quantity)> = parts
        .iter()
        .map(|(partner, part)| ((*partner).to_owned(), *part))
        .collect();
    if rest > Quantity::ZERO {
        all.push((NOT_SHARED.to_owned(), rest));
    }
    let weights: Vec<i128> = all
        .iter()
        .map(|(_, part)| i128::from(part.millionths()))
        .collect();
    let amounts = stour_appraisal::in_proportion(amount, &weights)?;
    let all = all.into_iter().zip(amounts);
    Some(
        all.map(|((partner, part), amount)| (partner, part, amount))
            .collect(),
    )
}

fn claimed_of(view: &View, one: &Measured, claims: &[Claim]) -> Markup {
    let live: Vec<&Claim> = claims
        .iter()
        .filter(|claim| claim.ended.is_none())
        .collect();
    html! {
        @if !live.is_empty() {
            (Heading::section("Who claims it"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for claim in live { li { (claim.scope) ": " (one.with_unit(claim.quantity)) } }
            }
            p { a href=(view.opened.address("/benefits/claims")) { "The ledger of claims" } }
        }
    }
}

/// The profile as it is kept.
fn profile(view: &View, entry: &Entry, edits: bool) -> Markup {
    let shown = |name: &str| {
        let text = entry.get(name);
        match name {
            "category" => label("benefit-category", text),
            "class" => class(text),
            "direction" => label("benefit-direction", text),
            "between" => label("trajectory-between", text),
            "evidence" => label("evidence-grade", text),
            "unit-of-change" => label("unit-of-change", text),
            "full-year-value" if !text.is_empty() => kept_money(text),
            "baseline-from" | "baseline-to" | "target-by" => day_in_words(text),
            _ => text.to_owned(),
        }
    };
    let rows = kind::KIND
        .fields
        .iter()
        .filter(|field| !["title", "short", "unverified"].contains(&field.name))
        .filter(|field| {
            !entry.get(field.name).is_empty() || field.need == stour_register::Need::Should
        })
        .map(|field| {
            let text = shown(field.name);
            let value = if text.is_empty() {
                html! { span.nhsuk-u-secondary-text-colour { "Not known" } }
            } else {
                html! { @for line in text.lines() { (line) br; } }
            };
            SummaryRow::new(field.label, value)
        });
    let address = view.opened.entry_address(kind::KIND.name, entry.number);
    html! {
        (Heading::section("Profile"))
        (SummaryList::new(rows))
        p {
            a href=(address) { "Its history in the register" }
            @if edits { ", or " a href={ (address) "/edit" } { "change the profile" } }
            "."
        }
    }
}

/// What belongs to it in other registers.
fn belonging(view: &View, one: &Measured) -> Markup {
    let number = one.benefit.number.to_string();
    let entries = &view.opened.entries;
    let of = |kind: &'static str| {
        let number = number.clone();
        entries
            .of_kind(kind)
            .filter(move |entry| entry.get("benefit") == number)
    };
    let points: Vec<Vec<Cell>> = of(TRAJECTORY.name)
        .map(|entry| {
            vec![
                Cell::link(
                    day_in_words(entry.get("on")),
                    view.opened.entry_address(TRAJECTORY.name, entry.number),
                ),
                figure(one, entry.get("value").parse().ok()),
                Cell {
                    break_words: true,
                    ..entry.get("source").into()
                },
            ]
        })
        .collect();
    let values: Vec<Vec<Cell>> = of(CONVERSION.name)
        .map(|entry| {
            vec![
                Cell::link(
                    day_in_words(entry.get("from")),
                    view.opened.entry_address(CONVERSION.name, entry.number),
                ),
                kept_money(entry.get("unit-value")).into(),
                Cell {
                    break_words: true,
                    ..entry.get("source").into()
                },
            ]
        })
        .collect();
    let lines: Vec<Vec<Cell>> = of(BUDGET_LINE.name)
        .map(|entry| {
            vec![
                Cell::link(
                    entry.get("line"),
                    view.opened.entry_address(BUDGET_LINE.name, entry.number),
                ),
                kept_money(entry.get("reduced-by")).into(),
                format!("{}, {}", entry.get("organisation"), entry.get("year")).into(),
            ]
        })
        .collect();
    html! {
        (Heading::section("What belongs to it"))
        (listed("Trajectory", ["On", "Expected", "Source"], points))
        (listed("Value of one unit of change", ["From", "Value", "Source"], values))
        (listed("Budget lines", ["Line", "Reduced by a year", "Whose, when"], lines))
        ul.nhsuk-list {
            @for kind in [TRAJECTORY, CONVERSION, BUDGET_LINE, SHARE] {
                li { a href=(view.opened.address(&format!("/registers/{}", kind.name))) { (kind.many) " in the register" } }
            }
        }
    }
}

fn listed(caption: &str, columns: [&str; 3], rows: Vec<Vec<Cell>>) -> Markup {
    let [first, second, third] = columns;
    html! {
        @if rows.is_empty() {
            p { (caption) ": none." }
        } @else {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(caption, [Column::from(first), Column::numeric(second), Column::from(third)], rows)
            })
        }
    }
}

#[cfg(test)]
mod tests;
