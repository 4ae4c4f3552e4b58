//! The people behind the number, for whoever may check that it is true. Each person shown is named
//! in the audit before the page leaves. People whose records the caller may not open count and are
//! not shown.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use stour_access::{Action, PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Pagination, Table, html};
use stour_indicators::{Case, Day, Event};
use stour_kernel::{Date, PersonId};
use stour_people::PersonName;
use stour_web::{Caller, Page, Problem};

use super::chart::unit_of;
use super::page::Words;
use super::period::Period;
use super::piece::{Piece, real};
use super::report::Maker;
use super::shown::counted;
use super::{read, verdict};
use crate::catalogue::{Definition, Statistic};
use crate::series::page::Asked;
use crate::shown::hidden_caption;
use crate::words;

/// Rows on a page.
const ROWS: usize = 50;

/// Which half of the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Numerator,
    Denominator,
}

impl Part {
    fn named(name: Option<&str>) -> Self {
        if name == Some("numerator") {
            Self::Numerator
        } else {
            Self::Denominator
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Numerator => "Counted above the line",
            Self::Denominator => "All that is counted",
        }
    }

    const fn has(self, case: &Case) -> bool {
        match self {
            Self::Numerator => case.verdict.is_in_numerator(),
            // What goes on from before is below the line of an earlier month.
            Self::Denominator => case.verdict.is_in_denominator() || case.verdict.is_in_numerator(),
        }
    }
}

/// What is asked for.
struct Choice {
    name: String,
    period: Period,
    part: Part,
    piece: Option<Piece>,
    page: u64,
}

impl Choice {
    fn of(
        asked: &Words,
        definition: &Definition,
        today: Date,
        maker: &Maker<'_>,
    ) -> Result<Self, Problem> {
        let asked = |name: &str| asked.get(name).map(String::as_str);
        let name = asked("period").unwrap_or("latest");
        let piece = match asked("piece").filter(|piece| !piece.is_empty()) {
            None => None,
            Some(text) => Some(
                Piece::named(maker.state, maker.reference, text).ok_or_else(Problem::not_found)?,
            ),
        };
        Ok(Self {
            name: name.to_owned(),
            period: Period::named(name, definition, today).ok_or_else(Problem::not_found)?,
            part: Part::named(asked("part")),
            piece,
            page: asked("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .max(1),
        })
    }

    fn address(&self, definition: &Definition, page: u64) -> String {
        let (id, period, part) = (&definition.id, &self.name, self.part.name());
        let piece = self
            .piece
            .as_ref()
            .map_or_else(String::new, |piece| format!("&piece={}", piece.address()));
        format!("/board/indicators/{id}/people?period={period}&part={part}{piece}&page={page}")
    }
}

/// One thing that is counted, and whose it is.
struct Found {
    person: PersonId,
    case: Case,
    event: Option<Event>,
    what: String,
    council: String,
    locality: String,
}

/// `GET /board/indicators/{indicator}/people`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Page, Problem> {
    let definition = read::definition(&id)?;
    let list = read::resource(definition);
    if !caller.may(caller.action(), &list) {
        caller.permit(list).await?;
        return Err(Problem::forbidden(
            "You see counts, not the people behind them.",
        ));
    }
    let today = caller.today();
    let (choice, nobodys, mut found) = read::ask(&caller, |maker| {
        let choice = Choice::of(&asked, definition, today, maker)?;
        let (nobodys, found) = gather(maker, definition, &choice);
        Ok::<_, Problem>((choice, nobodys, found))
    })
    .await??;
    found.sort_by_key(|found| std::cmp::Reverse((found.case.day, found.person)));

    let everybody = facts_of(&caller, found.iter().map(|found| found.person).collect()).await?;
    let may_see: BTreeSet<PersonId> = everybody
        .iter()
        .filter(|facts| caller.may(caller.action(), &Resource::Person((*facts).clone())))
        .map(|facts| facts.id)
        .collect();
    let counted = found.len();
    found.retain(|found| may_see.contains(&found.person));
    let visible = found.len();
    let page = usize::try_from(choice.page.saturating_sub(1)).unwrap_or(usize::MAX);
    let shown: Vec<Found> = found
        .into_iter()
        .skip(page.saturating_mul(ROWS))
        .take(ROWS)
        .collect();
    let ids: BTreeSet<PersonId> = shown.iter().map(|found| found.person).collect();
    let facts: Vec<PersonFacts> = everybody
        .into_iter()
        .filter(|facts| ids.contains(&facts.id))
        .collect();
    let links = may_open(&caller, &facts)?;
    let permit = caller.permit_people(list, facts).await?;
    let names = caller
        .house()
        .database()
        .read(move |tx: &mut Transaction<'_>| stour_people::names(tx, &permit))
        .await?;
    let sheet = Sheet {
        definition,
        choice,
        counted,
        visible,
        nobodys,
        shown,
        names,
        links,
    };
    let title = format!("People behind “{}”", definition.title);
    let above = format!("/board/indicators/{}", definition.id);
    Ok(Page::new(title, sheet.page())
        .under([
            ("Board", "/board"),
            (definition.title.as_str(), above.as_str()),
        ])
        .wide())
}

/// What is asked for; and how many belong to nobody, such as money spent on a place.
fn gather(
    maker: &Maker<'_>,
    definition: &'static Definition,
    choice: &Choice,
) -> (usize, Vec<Found>) {
    let places: Vec<(&str, &str)> = maker.state.vocabulary().places().collect();
    let descriptions = maker.state.vocabulary().descriptions();
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let name = |piece: &str, dimension| Piece::known(maker.reference, dimension, piece);
    let (mut nobodys, mut found) = (0, Vec::new());
    let which = (choice.piece.as_ref(), choice.period);
    maker.each_case(definition, which, |person, case, subject| {
        if !choice.part.has(case) {
            return;
        }
        let Some(person) = person else {
            nobodys += 1;
            return;
        };
        let (council, locality) = places.get(place(case.place)).copied().unwrap_or_default();
        let kind = case
            .description
            .and_then(|number| descriptions.get(place(number)));
        let kind =
            kind.and_then(|description| description.kind.parse::<stour_facts::FactKind>().ok());
        found.push(Found {
            person,
            case: *case,
            event: case.event.and_then(|event| subject.event(event)),
            what: kind
                .map_or("Death", stour_facts::FactKind::words)
                .to_owned(),
            council: name(council, stour_indicators::Dimension::Council),
            locality: name(locality, stour_indicators::Dimension::Locality),
        });
    });
    (nobodys, found)
}

/// What the policies decide on, for each person once.
async fn facts_of(
    caller: &Caller,
    people: BTreeSet<PersonId>,
) -> Result<Vec<PersonFacts>, Problem> {
    let people: Vec<PersonId> = people.into_iter().collect();
    let read = move |tx: &mut Transaction<'_>| stour_people::facts_for_access_all(tx, &people);
    Ok(caller.house().database().read(read).await?)
}

/// Whose whole record the caller could open too: their names are links.
fn may_open(caller: &Caller, people: &[PersonFacts]) -> Result<BTreeSet<PersonId>, Problem> {
    let action: Action = "person.read".parse().map_err(|_| Problem::fault())?;
    let may = |facts: &&PersonFacts| caller.may(action, &Resource::Person((*facts).clone()));
    Ok(people.iter().filter(may).map(|facts| facts.id).collect())
}

/// Everything the page says.
struct Sheet {
    definition: &'static Definition,
    choice: Choice,
    counted: usize,
    visible: usize,
    nobodys: usize,
    shown: Vec<Found>,
    names: BTreeMap<PersonId, PersonName>,
    links: BTreeSet<PersonId>,
}

impl Sheet {
    fn page(&self) -> Markup {
        let hidden = self.counted.saturating_sub(self.visible);
        let all = |count: usize| counted(self.definition, words::number(count));
        let of = self
            .choice
            .piece
            .as_ref()
            .map_or_else(String::new, |piece| format!(", {}", piece.name));
        html! {
            (Heading::page(format!("People behind “{}”", self.definition.title)))
            p {
                (self.choice.part.words()) ", " (self.choice.period.words()) (of) ": "
                (all(self.counted + self.nobodys)) "."
            }
            @if hidden > 0 {
                (InsetText::new(format!(
                    "The count includes people whose records you may not open: {} of {} not shown.",
                    words::count(words::number(hidden)),
                    all(self.counted),
                )))
            }
            @if self.nobodys > 0 {
                p { (all(self.nobodys)) " belong to no person." }
            }
            (self.table())
            (self.pages())
            p { "That you have seen these people here is recorded, and each of them can see that it is." }
        }
    }

    fn table(&self) -> Markup {
        let names = ["Person", "What", "Began", "Ended", "Counted on", "Verdict"];
        let mut columns = names.map(Column::from).to_vec();
        if self.measures() {
            columns.push(Column::numeric("Measured"));
        }
        columns.extend(["Council", "Locality (unverified)"].map(Column::from));
        let rows: Vec<Vec<Cell>> = self.shown.iter().map(|found| self.row(found)).collect();
        html! {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(hidden_caption("What is counted, the latest first"), columns, rows)
            })
        }
    }

    /// Whether something is measured of each, so that the number can be checked against them.
    const fn measures(&self) -> bool {
        matches!(
            self.definition.shown.statistic,
            Statistic::Sum | Statistic::SumRate | Statistic::Mean | Statistic::Percentile
        )
    }

    fn row(&self, found: &Found) -> Vec<Cell> {
        let name = self
            .names
            .get(&found.person)
            .map_or_else(|| "Name not recorded".to_owned(), PersonName::listed);
        let name = if self.links.contains(&found.person) {
            Cell::link(name, format!("/people/{}", found.person))
        } else {
            Cell::from(name)
        };
        let day = |day: Option<Day>| match day {
            None => String::new(),
            Some(Day::NEVER) => "goes on".to_owned(),
            Some(day) => day.date().map_or_else(String::new, words::day),
        };
        let mut cells = vec![
            name,
            found.what.as_str().into(),
            day(found.event.map(|event| event.started)).into(),
            day(found.event.map(|event| event.ended)).into(),
            day(Some(found.case.day)).into(),
            verdict::words(self.definition, found.case.verdict).into(),
        ];
        if self.measures() {
            let divide_by = self.definition.shown.divide_by.unwrap_or(1.0);
            let measured = real(found.case.value) / divide_by;
            cells.push(unit_of(self.definition).value(measured).into());
        }
        cells.extend([&found.council, &found.locality].map(|place| place.as_str().into()));
        cells
    }

    fn pages(&self) -> Markup {
        let last = words::number(self.visible.div_ceil(ROWS));
        if last < 2 {
            return html! {};
        }
        html! { (Pagination::numbered(self.choice.page, last, |page| self.choice.address(self.definition, page))) }
    }
}
