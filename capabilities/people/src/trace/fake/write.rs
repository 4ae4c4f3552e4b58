//! What the service writes: patients, sets of them, and refusals.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Patient;

/// A refusal with a code of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// Of FHIR's list of kinds of issue.
    kind: &'static str,
    code: &'static str,
    display: &'static str,
    diagnostics: Option<String>,
}

const fn refusal(
    status: StatusCode,
    kind: &'static str,
    code: &'static str,
    display: &'static str,
) -> Refusal {
    Refusal {
        status,
        kind,
        code,
        display,
        diagnostics: None,
    }
}

impl Refusal {
    fn because(self, why: String) -> Self {
        Self {
            diagnostics: Some(why),
            ..self
        }
    }

    pub(super) fn resource_id(id: &str) -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "value",
            "INVALID_RESOURCE_ID",
            "Resource Id is invalid",
        )
        .because(format!("Invalid value - '{id}' in field 'id'"))
    }

    pub(super) fn missing(what: &str) -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "required",
            "MISSING_VALUE",
            "Required value is missing",
        )
        .because(format!("Missing value - '{what}'"))
    }

    pub(super) fn value(value: &str, field: &str) -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "value",
            "INVALID_VALUE",
            "Provided value is invalid",
        )
        .because(format!("Invalid value - '{value}' in field '{field}'"))
    }

    pub(super) fn combination(why: &str) -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "value",
            "INVALID_SEARCH_DATA",
            "Search data is invalid",
        )
        .because(format!("Invalid search data provided - '{why}'"))
    }

    pub(super) fn no_parameters() -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "not-supported",
            "UNSUPPORTED_SERVICE",
            "Unsupported Service",
        )
    }

    pub(super) fn additional(name: &str) -> Self {
        refusal(
            StatusCode::BAD_REQUEST,
            "value",
            "ADDITIONAL_PROPERTIES",
            "Invalid request with additional properties",
        )
        .because(format!(
            "Additional properties are not allowed ('{name}' was unexpected)"
        ))
    }

    pub(super) fn denied() -> Self {
        refusal(
            StatusCode::UNAUTHORIZED,
            "forbidden",
            "ACCESS_DENIED",
            "Access Denied - Unauthorised",
        )
    }

    pub(super) fn several() -> Self {
        refusal(
            StatusCode::FORBIDDEN,
            "forbidden",
            "INVALID_VALUE",
            "Provided value is invalid",
        )
        .because(
            "Your app has insufficient permissions to use this search: ask for one result"
                .to_owned(),
        )
    }

    pub(super) fn not_found() -> Self {
        refusal(
            StatusCode::NOT_FOUND,
            "not-found",
            "RESOURCE_NOT_FOUND",
            "Resource not found",
        )
    }

    pub(super) fn invalidated() -> Self {
        refusal(
            StatusCode::NOT_FOUND,
            "not-found",
            "INVALIDATED_RESOURCE",
            "Resource that has been marked as invalid was requested - invalid resources cannot be retrieved",
        )
    }

    pub(super) fn too_many_requests() -> Self {
        refusal(
            StatusCode::TOO_MANY_REQUESTS,
            "throttled",
            "TOO_MANY_REQUESTS",
            "Too many requests have been made",
        )
    }

    pub(super) fn too_many_matches() -> Self {
        refusal(
            StatusCode::OK,
            "multiple-matches",
            "TOO_MANY_MATCHES",
            "Too Many Matches",
        )
    }

    pub(super) fn outcome(&self) -> Value {
        let mut issue = json!({
            "severity": if self.status == StatusCode::OK { "information" } else { "error" },
            "code": self.kind,
            "details": { "coding": [{
                "system": "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode",
                "version": "1",
                "code": self.code,
                "display": self.display,
            }] },
        });
        if let (Some(why), Some(issue)) = (&self.diagnostics, issue.as_object_mut()) {
            issue.insert("diagnostics".to_owned(), json!(why));
        }
        json!({ "resourceType": "OperationOutcome", "issue": [issue] })
    }
}

/// A `Patient`; `whole` as retrieved by number. Of a restricted one no place and no way to be reached.
pub(super) fn patient(held: &Patient, whole: bool) -> Value {
    let (level, words) = if held.restricted {
        ("R", "restricted")
    } else {
        ("U", "unrestricted")
    };
    let number = held.number.digits();
    let mut names = vec![name("usual", &held.family, &held.given)];
    if whole {
        names.extend(
            held.earlier
                .iter()
                .map(|family| name("old", family, &held.given)),
        );
    }
    let mut resource = json!({
        "resourceType": "Patient",
        "id": number,
        "identifier": [{
            "system": "https://fhir.nhs.uk/Id/nhs-number",
            "value": number,
            "extension": [{
                "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
                "valueCodeableConcept": { "coding": [{
                    "system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus",
                    "version": "1.0.0",
                    "code": "01",
                    "display": "Number present and verified",
                }] },
            }],
        }],
        "meta": { "versionId": "1", "security": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
            "code": level,
            "display": words,
        }] },
        "name": names,
        "gender": held.gender,
        "birthDate": held.born.to_string(),
    });
    let Some(fields) = resource.as_object_mut() else {
        return resource;
    };
    if let Some(died) = held.died {
        fields.insert(
            "deceasedDateTime".to_owned(),
            json!(format!("{died}T00:00:00+00:00")),
        );
    }
    if held.restricted {
        return resource;
    }
    if !held.lines.is_empty() || held.postcode.is_some() {
        let mut address = json!({ "id": "1", "use": "home", "line": held.lines });
        if let (Some(postcode), Some(address)) = (held.postcode, address.as_object_mut()) {
            address.insert("postalCode".to_owned(), json!(postcode.to_string()));
        }
        fields.insert("address".to_owned(), json!([address]));
    }
    if let Some(telephone) = &held.telephone {
        let phone = json!({ "id": "1", "system": "phone", "use": "home", "value": telephone });
        fields.insert("telecom".to_owned(), json!([phone]));
    }
    if let Some(practice) = &held.practice {
        let practice = json!({ "id": "1", "type": "Organization", "identifier": {
            "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": practice.to_string() } });
        fields.insert("generalPractitioner".to_owned(), json!([practice]));
    }
    resource
}

fn name(used: &str, family: &str, given: &[String]) -> Value {
    json!({ "id": used, "use": used, "family": family, "given": given })
}

/// A set of people with their scores, the best first.
pub(super) fn bundle(at: &str, matched: &[(f64, &Patient)]) -> Value {
    let entries = matched.iter().map(|(score, held)| {
        json!({
            "fullUrl": format!(
                "https://api.service.nhs.uk/personal-demographics/FHIR/R4/Patient/{}", held.number.digits()),
            "search": { "score": score },
            "resource": patient(held, false),
        })
    });
    let entries: Vec<Value> = entries.collect();
    let mut bundle = json!({
        "resourceType": "Bundle", "type": "searchset", "timestamp": at, "total": entries.len(),
    });
    if let (false, Some(fields)) = (entries.is_empty(), bundle.as_object_mut()) {
        fields.insert("entry".to_owned(), json!(entries));
    }
    bundle
}
