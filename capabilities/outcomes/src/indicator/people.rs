//! The people behind the number, for whoever may check that it is true. Each person shown is named
//! in the audit before the page leaves. People whose records the caller may not open count and are
//! not shown.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use stour_access::{Action, PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Pagination, Table, html};
use stour_kernel::{Date, PersonId};
use stour_partnership::Reference;
use stour_people::PersonName;
use stour_web::{Caller, Page, Problem};

use super::page::{council_name, locality_name};
use super::{Case, Definition, Months, read};
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
            Self::Numerator => "Counted as at home",
            Self::Denominator => "All discharges counted",
        }
    }

    fn has(self, case: &Case) -> bool {
        match self {
            Self::Numerator => case.verdict.is_in_numerator(),
            Self::Denominator => case.verdict.is_in_denominator(),
        }
    }
}

/// What is asked for.
struct Choice {
    period: String,
    months: Months,
    part: Part,
    page: u64,
}

impl Choice {
    fn of(
        asked: &BTreeMap<String, String>,
        definition: &Definition,
        today: Date,
    ) -> Result<Self, Problem> {
        let asked = |name: &str| asked.get(name).map(String::as_str);
        let period = asked("period").unwrap_or("latest");
        let months = match period {
            "latest" => Months::last_complete(definition, today),
            month => Months::of(
                format!("{month}-01")
                    .parse()
                    .map_err(|_| Problem::not_found())?,
            ),
        };
        Ok(Self {
            period: period.to_owned(),
            months,
            part: Part::named(asked("part")),
            page: asked("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .max(1),
        })
    }

    fn address(&self, definition: &Definition, page: u64) -> String {
        let (id, period, part) = (&definition.id, &self.period, self.part.name());
        format!("/board/indicators/{id}/people?period={period}&part={part}&page={page}")
    }
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
    let choice = Choice::of(&asked, definition, caller.today())?;
    let mut counted: Vec<Case> = read::cases(&caller, definition).await?;
    counted.retain(|case| choice.months.contain(case.discharged) && choice.part.has(case));
    counted.sort_by_key(|case| std::cmp::Reverse((case.discharged, case.person)));

    let everybody = facts_of(&caller, counted.iter().map(|case| case.person).collect()).await?;
    let may_see: BTreeSet<PersonId> = everybody
        .iter()
        .filter(|facts| caller.may(caller.action(), &Resource::Person((*facts).clone())))
        .map(|facts| facts.id)
        .collect();
    let visible: Vec<&Case> = counted
        .iter()
        .filter(|case| may_see.contains(&case.person))
        .collect();
    let page = usize::try_from(choice.page.saturating_sub(1)).unwrap_or(usize::MAX);
    let from = page.saturating_mul(ROWS);
    let shown: Vec<&Case> = visible.iter().skip(from).take(ROWS).copied().collect();
    let ids: BTreeSet<PersonId> = shown.iter().map(|case| case.person).collect();
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
    let reference = stour_partnership::reference().map_err(|_| Problem::fault())?;
    let sheet = Sheet {
        definition,
        reference,
        choice,
        counted: counted.len(),
        visible: visible.len(),
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
struct Sheet<'a> {
    definition: &'a Definition,
    reference: &'a Reference,
    choice: Choice,
    counted: usize,
    visible: usize,
    shown: Vec<&'a Case>,
    names: BTreeMap<PersonId, PersonName>,
    links: BTreeSet<PersonId>,
}

impl Sheet<'_> {
    fn page(&self) -> Markup {
        let hidden = self.counted.saturating_sub(self.visible);
        let span = self.choice.months.words();
        html! {
            (Heading::page(format!("People behind “{}”", self.definition.title)))
            p {
                (self.choice.part.words()) ", " (span) ": "
                (words::counted(words::number(self.counted), "discharge")) "."
            }
            @if hidden > 0 {
                (InsetText::new(format!(
                    "The count includes people whose records you may not open: {} of {} not shown.",
                    words::count(words::number(hidden)),
                    words::counted(words::number(self.counted), "discharge"),
                )))
            }
            (self.table())
            (self.pages())
            p { "That you have seen these people here is recorded, and each of them can see that it is." }
        }
    }

    fn table(&self) -> Markup {
        let columns = [
            "Person",
            "Left hospital",
            "Reablement began",
            "Looked at",
            "Verdict",
            "Council",
            "Locality (unverified)",
        ];
        let rows: Vec<Vec<Cell>> = self.shown.iter().map(|case| self.row(case)).collect();
        html! {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(hidden_caption("Discharges, the latest first"), columns.map(Column::from), rows)
            })
        }
    }

    fn row(&self, case: &Case) -> Vec<Cell> {
        let name = self
            .names
            .get(&case.person)
            .map_or_else(|| "Name not recorded".to_owned(), PersonName::listed);
        let name = if self.links.contains(&case.person) {
            Cell::link(name, format!("/people/{}", case.person))
        } else {
            Cell::from(name)
        };
        vec![
            name,
            words::day(case.discharged).into(),
            words::day(case.reablement_started).into(),
            words::day(case.day).into(),
            case.verdict.words(self.definition).into(),
            council_name(self.reference, case.council.as_ref()).into(),
            locality_name(self.reference, case.locality.as_ref()).into(),
        ]
    }

    fn pages(&self) -> Markup {
        let last = words::number(self.visible.div_ceil(ROWS));
        if last < 2 {
            return html! {};
        }
        html! { (Pagination::numbered(self.choice.page, last, |page| self.choice.address(self.definition, page))) }
    }
}
