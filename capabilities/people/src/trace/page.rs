//! Asking for somebody's NHS number, and comparing the answer with the record.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::Version;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Markup, Table, Tag, TagColour, WarningCallout, html,
};
use stour_kernel::{Code, Date, NhsNumber, OdsCode};
use stour_web::{Caller, Form, Page, Problem, form, redirect};

use super::store::{self, Kept, TraceId, TraceState};
use super::{Asked, Fate, Found, Held, Outcome, Pds, TraceError, trace};
use crate::asking::{facts_of, require};
use crate::capability::CHANGE;
use crate::person::{Address, NHS_NUMBER, PersonName, Record, record, who_it_is};
use crate::words;

/// What is asked is read from the record, and is not yet a change to it.
const READ: &str = "person.read";

/// Whether a register is configured that the caller may ask about this person.
pub(crate) fn is_offered(caller: &Caller, person: &PersonFacts) -> bool {
    let may = |action: &str| {
        let action = action.parse();
        action.is_ok_and(|action| caller.may(action, &Resource::Person(person.clone())))
    };
    caller.house().settings().tracing.is_some() && may(CHANGE) && may(READ)
}

/// GET /people/{id}/trace
pub(crate) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let permit = caller.permit_person(facts.clone()).await?;
    if !is_offered(&caller, &facts) {
        return Err(Problem::not_found());
    }
    let (record, kept) = caller
        .house()
        .database()
        .read(move |tx| {
            let record = record(tx, &permit)?;
            let kept = store::latest(tx, record.summary.id)?;
            Ok::<_, Problem>((record, kept))
        })
        .await?;
    Ok(shown(&caller, &record, kept.as_ref(), None))
}

/// POST /people/{id}/trace
pub(crate) async fn ask(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    require(&caller, &facts).await?;
    let Some(service) = caller.house().settings().tracing.clone() else {
        return Err(Problem::not_found());
    };
    let permit = caller.permit_person_to(READ, facts.clone()).await?;
    let record = caller
        .house()
        .database()
        .read(move |tx| record(tx, &permit))
        .await?;
    let Some(asked) = asked(&record) else {
        return Err(Problem::conflict(NO_BIRTH_DATE));
    };
    let register = Pds::new(service, caller.environment());
    let answer = tokio::task::spawn_blocking(move || trace(&register, &asked)).await;
    let outcome = match answer.map_err(|_| Problem::fault())? {
        Ok(outcome) => outcome,
        Err(error) => {
            warn(&error);
            return Ok(shown(&caller, &record, None, Some(&error)).into_response());
        }
    };
    let (person, by) = (facts.id, caller.actor().name.clone());
    let answer = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::Person(facts),
            move |tx, environment| {
                store::keep(tx, environment, person, &outcome, &by)?;
                Ok(format!("/people/{person}/trace"))
            },
        )
        .await?;
    Ok(redirect(&answer))
}

/// POST /people/{id}/trace/decision
pub(crate) async fn decide(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    require(&caller, &facts).await?;
    let seen = match form.get("version") {
        "" => return Err(Problem::version_required()),
        text => text.parse::<Version>()?,
    };
    let answer: TraceId = form
        .get("answer")
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which answer it is about."))?;
    let same = match form.get("decision") {
        "same" => true,
        "different" => false,
        _ => return Err(Problem::malformed("Say whether it is the same person.")),
    };
    let (person, by) = (facts.id, caller.actor().name.clone());
    let to = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::Person(facts),
            move |tx, environment| {
                let decided = (answer, same);
                let state = store::decide(tx, environment, (person, seen), decided, &by)?;
                Ok(match state {
                    TraceState::HeldByAnother => format!("/people/{person}/trace"),
                    _ => format!("/people/{person}"),
                })
            },
        )
        .await?;
    Ok(redirect(&to))
}

const NO_BIRTH_DATE: &str = "A number can only be traced together with a date of birth, and none is recorded. Find it out first.";

/// What the register is asked about the person. Of a restricted record no place is sent.
fn asked(record: &Record) -> Option<Asked> {
    let summary = &record.summary;
    let address = summary.address.as_ref().filter(|_| !record.restricted);
    Some(Asked {
        number: number(record),
        name: summary.name.clone(),
        born: summary.born?,
        sex: summary.sex.clone(),
        postcode: address.and_then(|address| address.postcode),
    })
}

/// The number that the record shows, confirmed or not; not one that is typed to get past a form.
fn number(record: &Record) -> Option<NhsNumber> {
    let stated = record.identifiers.iter().filter(|kept| {
        use crate::person::IdentifierStatus::{Traced, Untraced};
        kept.what.system == NHS_NUMBER && matches!(kept.what.status, Traced | Untraced)
    });
    let mut stated = stated.filter_map(|kept| kept.what.value.parse::<NhsNumber>().ok());
    let number = record.summary.nhs_number.or_else(|| stated.next());
    number.filter(|number| !number.is_repeated_digit())
}

fn warn(error: &TraceError) {
    let why = match error {
        TraceError::Busy => "too many requests",
        TraceError::Away(why)
        | TraceError::Denied(why)
        | TraceError::Refused { why, .. }
        | TraceError::Unreadable(why) => why,
    };
    tracing::warn!(%error, why, "an NHS number was not traced");
}

fn shown(
    caller: &Caller,
    record: &Record,
    kept: Option<&Kept>,
    error: Option<&TraceError>,
) -> Page {
    let to = format!("/people/{}", record.summary.id);
    let main = html! {
        (who_it_is(&record.summary, caller.today()))
        (Heading::page("Trace the NHS number"))
        @if let Some(error) = error {
            (WarningCallout::new(Heading::section("There is no answer"), html! { p { (error) } p { "Nothing was changed." } }))
        }
        @if let Some(kept) = kept { (answer(caller, record, kept)) }
        (Heading::section(if kept.is_some() { "Ask again" } else { "Ask the Personal Demographics Service" }))
        @if record.summary.born.is_none() {
            (InsetText::new(NO_BIRTH_DATE))
        } @else {
            p {
                "It is asked with the name, the date of birth, the sex and "
                @if record.restricted { "no place, because this record is restricted." }
                @else { "the postcode, and with the NHS number if there is one." }
                " It keeps a record of every question."
            }
            form action={ (to) "/trace" } method="post" {
                (form::hidden(caller))
                (Button::secondary(if kept.is_some() { "Ask again" } else { "Ask" }))
            }
        }
    };
    Page::new("Trace the NHS number", main).back(to)
}

fn answer(caller: &Caller, record: &Record, kept: &Kept) -> Markup {
    let Outcome { found, before } = &kept.outcome;
    html! {
        (Heading::section("The answer"))
        p.nhsuk-body-s { "Asked by " (kept.asked_by) ", " (words::moment(kept.asked_at)) "." }
        @if let Some((number, fate)) = before { p { (told(*number, *fate)) } }
        @match found {
            Found::One(held) => (compared(record, held)),
            Found::Nobody => p { "Nobody was found with this name and date of birth. Check the spelling and the date, change the record if they are wrong, and ask again." },
            Found::Several => p { "More than one person fits, so none is shown. Add what is missing from the record, such as the postcode or the sex, and ask again." },
        }
        @match kept.state {
            TraceState::Open => (decision(caller, record, kept)),
            TraceState::Accepted => p { strong { "It was accepted, and the record has the number." } },
            TraceState::Rejected => p { strong { "It was said to be somebody else. The record was not changed." } },
            TraceState::HeldByAnother => (WarningCallout::new(
                Heading::section("Another record holds this number"),
                html! { p { "The record was not changed. The two records may be one person: somebody who compares records has been asked to look." } },
            )),
        }
    }
}

fn told(number: NhsNumber, fate: Fate) -> String {
    match fate {
        Fate::Superseded => {
            format!("{number} has been superseded: the number below took its place.")
        }
        Fate::Invalidated => {
            format!("{number} has been withdrawn, and no other number took its place.")
        }
        Fate::Unknown => format!("{number} was never given to anybody."),
        Fate::Another => format!(
            "{number} belongs to somebody with another name or date of birth. Nothing is shown of them."
        ),
    }
}

/// What the record says beside what the register says, differences marked.
fn compared(record: &Record, held: &Held) -> Markup {
    let mut sides = who(record, held);
    if !held.restricted && !record.restricted {
        sides.extend(place(record, held));
    }
    let rows = sides
        .iter()
        .map(|(what, here, there)| row(what, here, there));
    let columns = ["What", "This record", "Personal Demographics Service"].map(Column::from);
    let table = Table {
        responsive: true,
        first_cell_is_header: true,
        ..Table::new("One person was found: compare the two", columns, rows)
    };
    html! {
        (table)
        @if held.restricted {
            (WarningCallout::new(Heading::section("Where this person lives must not become known"), html! {
                p { "The Personal Demographics Service gives out no address, telephone number or practice. Do not pass on those that this record shows, and tell your information-governance lead." }
            }))
        }
    }
}

/// What it is, what the record says of it, and what the register says.
type Sides = (&'static str, String, String);

fn who(record: &Record, held: &Held) -> Vec<Sides> {
    let summary = &record.summary;
    let day = |date: Option<Date>| date.map(words::day).unwrap_or_default();
    let sex = |code: Option<&Code>| {
        let words = |code| words::code(&["administrative-sex"], code);
        code.map(words).unwrap_or_default()
    };
    let name = held.name.as_ref().map(PersonName::spoken);
    let number = number(record).map(|number| number.to_string());
    vec![
        ("Name", summary.name.spoken(), name.unwrap_or_default()),
        ("Date of birth", day(summary.born), day(held.born)),
        ("Sex", sex(summary.sex.as_ref()), sex(held.sex.as_ref())),
        (
            "NHS number",
            number.unwrap_or_default(),
            held.number.to_string(),
        ),
        ("Date of death", day(summary.died), day(held.died)),
    ]
}

fn place(record: &Record, held: &Held) -> Vec<Sides> {
    let summary = &record.summary;
    let there = Address {
        lines: held.lines.clone(),
        postcode: held.postcode,
        lsoa: None,
    };
    let here = summary.address.as_ref().map(Address::on_one_line);
    let practice = |code: Option<&OdsCode>| code.map(words::organisation_name).unwrap_or_default();
    let telephone = |number: Option<&String>| number.cloned().unwrap_or_default();
    vec![
        ("Address", here.unwrap_or_default(), there.on_one_line()),
        (
            "Telephone",
            telephone(record.telephone.as_ref()),
            telephone(held.telephone.as_ref()),
        ),
        (
            "GP practice",
            practice(summary.practice.as_ref()),
            practice(held.practice.as_ref()),
        ),
    ]
}

fn row(what: &str, here: &str, there: &str) -> [Cell; 3] {
    let fold = |text: &str| {
        let plain = text.chars().filter(|character| character.is_alphanumeric());
        plain.flat_map(char::to_lowercase).collect::<String>()
    };
    let differs = !here.is_empty() && !there.is_empty() && fold(here) != fold(there);
    let there = html! {
        bdi { (there) }
        @if differs { " " (Tag::new("Different", TagColour::Orange)) }
    };
    [what.into(), html! { bdi { (here) } }.into(), there.into()]
}

fn decision(caller: &Caller, record: &Record, kept: &Kept) -> Markup {
    let to = format!("/people/{}/trace/decision", record.summary.id);
    let (yes, no) = match (&kept.outcome.found, kept.outcome.before) {
        (Found::One(_), _) => (
            "It is the same person: confirm the number",
            "It is somebody else",
        ),
        (_, Some((_, Fate::Invalidated))) => (
            "Record that the number was withdrawn",
            "Leave the record as it is",
        ),
        (_, Some((_, Fate::Unknown | Fate::Another))) => (
            "Record that the number is not confirmed",
            "Leave the record as it is",
        ),
        _ => return html! {},
    };
    html! {
        form action=(to) method="post" {
            (form::hidden(caller))
            input type="hidden" name="version" value=(record.version.to_string());
            input type="hidden" name="answer" value=(kept.id);
            (Button::new(yes).sends("decision", "same")) " "
            (Button::secondary(no).sends("decision", "different"))
        }
    }
}
