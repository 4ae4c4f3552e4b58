//! People over JSON.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_database::Version;
use stour_kernel::{Code, Date, NhsNumber, OdsCode, PersonId, Postcode};
use stour_web::{Body, Caller, FieldError, Problem, if_match, tagged};
use utoipa::ToSchema;

use super::making::{POSSIBLE_DUPLICATES, make};
use super::new_page::people_alike;
use super::{
    Address, Demographics, NameText, PersonName, PersonSummary, draft, summary, version_of,
};
use crate::asking::{facts_of, require};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// The person's identifier: of somebody merged, that of the survivor.
    #[schema(value_type = String, format = "uuid")]
    pub(crate) id: PersonId,
    /// The identifier that was asked for, where it is that of somebody who was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub(crate) asked_for: Option<PersonId>,
    pub(crate) family_name: String,
    pub(crate) given_names: Vec<String>,
    pub(crate) title: Option<String>,
    /// Date of birth.
    #[schema(value_type = Option<String>, format = "date")]
    pub(crate) born: Option<Date>,
    /// Date of death.
    #[schema(value_type = Option<String>, format = "date")]
    pub(crate) died: Option<Date>,
    /// Completed years today, or at death.
    pub(crate) age: Option<i16>,
    /// A code of HL7 table 0001.
    #[schema(value_type = Option<String>)]
    pub(crate) sex: Option<Code>,
    /// Ten digits, when the number may be relied on.
    #[schema(value_type = Option<String>)]
    pub(crate) nhs_number: Option<NhsNumber>,
    pub(crate) address: Option<AddressView>,
    /// The ODS code of the general practice.
    #[schema(value_type = Option<String>)]
    pub(crate) practice: Option<OdsCode>,
}

/// An address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressView {
    /// One to five lines, without the postcode.
    #[serde(default)]
    lines: Vec<String>,
    #[schema(value_type = Option<String>)]
    postcode: Option<Postcode>,
}

/// A person to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPersonBody {
    #[schema(value_type = String)]
    family_name: NameText,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    given_names: Vec<NameText>,
    #[schema(value_type = Option<String>)]
    title: Option<NameText>,
    #[schema(value_type = Option<String>, format = "date")]
    born: Option<Date>,
    #[schema(value_type = Option<String>)]
    sex: Option<Code>,
    #[schema(value_type = Option<String>)]
    nhs_number: Option<NhsNumber>,
    address: Option<AddressView>,
    telephone: Option<String>,
    #[schema(value_type = Option<String>)]
    practice: Option<OdsCode>,
    /// Confirms that those whom the answer 409 lists were looked at and are other people.
    #[serde(default)]
    is_another: bool,
}

/// An address to be shown instead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressBody {
    address: AddressView,
    telephone: Option<String>,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Made {
    /// The new person's identifier.
    id: String,
}

impl PersonView {
    pub(crate) fn of(person: PersonSummary, today: Date) -> Self {
        Self {
            age: person.age(today),
            id: person.id,
            asked_for: None,
            family_name: person.name.family.into(),
            given_names: person.name.given.into_iter().map(Into::into).collect(),
            title: person.name.prefix.map(Into::into),
            born: person.born,
            died: person.died,
            sex: person.sex,
            nhs_number: person.nhs_number,
            address: person.address.map(|address| AddressView {
                lines: address.lines,
                postcode: address.postcode,
            }),
            practice: person.practice,
        }
    }
}

/// One person.
#[utoipa::path(get, path = "/api/people/{id}", tag = "people",
    params(("id" = String, Path, description = "The person's identifier")),
    responses(
        (status = 200, body = PersonView, headers(("ETag" = String, description = "The version, for If-Match"))),
        (status = 404, description = "Nobody, or somebody whom the caller must not know of"),
    ))]
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let permit = caller.permit_person(facts).await?;
    let (version, person) = caller
        .house()
        .database()
        .read(move |tx| {
            let version = version_of(tx, *permit.on())?.ok_or(stour_database::Error::NotFound)?;
            Ok::<_, stour_database::Error>((version, summary(tx, &permit)?))
        })
        .await?;
    let asked_for = id.parse().ok().filter(|asked| *asked != person.id);
    let view = PersonView {
        asked_for,
        ..PersonView::of(person, caller.today())
    };
    Ok((tagged(version), Json(view)).into_response())
}

/// Makes a person.
#[utoipa::path(post, path = "/api/people", tag = "people", request_body = NewPersonBody,
    params(("Idempotency-Key" = String, Header, description = "A new one for each person")),
    responses(
        (status = 201, body = Made),
        (status = 409, description = "Somebody who may be this person is there. Of those whom the caller may see, `errors` holds one entry each: `field` is `candidate`, `message` the identifier. Look at each; if it is another person, send the same again with `is_another` true and a new Idempotency-Key"),
        (status = 422, description = "Fields to put right, or the NHS number is held by another record"),
    ))]
pub(crate) async fn create(caller: Caller, body: Body<NewPersonBody>) -> Result<Response, Problem> {
    let (key, fingerprint) = (body.key().to_owned(), body.fingerprint());
    let is_another = body.value.is_another;
    let who = demographics(body.value, caller.today())?;
    let (maker, person) = (caller.clone(), who.clone());
    let made = caller
        .write(
            (&key, fingerprint),
            Resource::House,
            move |tx, environment| {
                make(tx, environment, &maker, &person, is_another).map(|id| id.to_string())
            },
        )
        .await;
    let id = match made {
        Ok(id) => id,
        Err(problem) if problem.kind == POSSIBLE_DUPLICATES => {
            return Err(with_candidates(&caller, &who, problem).await?);
        }
        Err(problem) => return Err(problem),
    };
    let location = [(header::LOCATION, format!("/api/people/{id}"))];
    Ok((StatusCode::CREATED, location, Json(Made { id })).into_response())
}

/// Says who may be the same person, as far as the caller may see them in a list: each of them is in the
/// audit then.
async fn with_candidates(
    caller: &Caller,
    who: &Demographics,
    problem: Problem,
) -> Result<Problem, Problem> {
    let people = people_alike(caller, who).await?;
    let errors = people.into_iter().map(|person| FieldError {
        field: "candidate".to_owned(),
        message: person.id.to_string(),
    });
    Ok(Problem {
        errors: errors.collect(),
        ..problem
    })
}

/// Changes the address that the record shows.
#[utoipa::path(put, path = "/api/people/{id}/address", tag = "people", request_body = AddressBody,
    params(
        ("id" = String, Path, description = "The person's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the version that the caller saw"),
        ("Idempotency-Key" = String, Header, description = "A new one for each change"),
    ),
    responses(
        (status = 204, headers(("ETag" = String, description = "The new version"))),
        (status = 412, description = "Somebody else changed the record first"),
        (status = 428, description = "No If-Match"),
    ))]
pub(crate) async fn change_address(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<AddressBody>,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    require(&caller, &facts).await?;
    let seen = if_match(&headers)?;
    let (key, fingerprint) = (body.key().to_owned(), body.fingerprint());
    let mut mistakes = stour_web::Mistakes::default();
    let address = address(body.value.address, &mut mistakes);
    let telephone = draft::telephone(
        body.value.telephone.as_deref().unwrap_or_default(),
        &mut mistakes,
    );
    if !mistakes.is_empty() {
        return Err(mistakes.into());
    }
    let (person, actor) = (facts.id, caller.actor().clone());
    let answer = caller
        .write(
            (&key, fingerprint),
            Resource::Person(facts),
            move |tx, environment| {
                let changes = (&address, telephone.as_deref());
                let by = (actor.organisation, actor.name.as_str());
                super::change_address(tx, environment, (person, seen), changes, by)?;
                let version = version_of(tx, person)?.ok_or_else(Problem::not_found)?;
                Ok(version.to_string())
            },
        )
        .await?;
    Ok((StatusCode::NO_CONTENT, tagged(answer.parse::<Version>()?)).into_response())
}

fn demographics(body: NewPersonBody, today: Date) -> Result<Demographics, Problem> {
    let mut mistakes = stour_web::Mistakes::default();
    let telephone = draft::telephone(body.telephone.as_deref().unwrap_or_default(), &mut mistakes);
    if body.born.is_some_and(|born| born > today) {
        mistakes.add("born", "The date of birth must be in the past");
    }
    draft::check_codes(body.sex.as_ref(), body.practice.as_ref(), &mut mistakes);
    let address = body.address.map(|lines| address(lines, &mut mistakes));
    if !mistakes.is_empty() {
        return Err(mistakes.into());
    }
    let name = PersonName {
        family: body.family_name,
        given: body.given_names,
        prefix: body.title,
    };
    Ok(Demographics {
        nhs_number: body.nhs_number,
        born: body.born,
        sex: body.sex,
        address,
        telephone,
        practice: body.practice,
        ..Demographics::named(name)
    })
}

fn address(sent: AddressView, mistakes: &mut stour_web::Mistakes) -> Address {
    if sent.lines.len() > 5 {
        mistakes.add("address", FIVE_LINES);
    }
    for line in &sent.lines {
        draft::check_line("address", line, mistakes);
    }
    let lines = sent
        .lines
        .into_iter()
        .filter(|line| !line.trim().is_empty());
    let address = Address {
        lines: lines.collect(),
        postcode: sent.postcode,
        lsoa: None,
    };
    if address == Address::default() {
        mistakes.add("address", "Send at least one line or a postcode");
    }
    address
}

const FIVE_LINES: &str = "An address can have at most five lines";
