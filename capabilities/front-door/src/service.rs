//! Services that somebody can be referred to, from `reference/services.toml`.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Code, Date, OdsCode, Period};
use stour_partnership::Status;

use crate::lists::ReferenceFault;

/// A service that somebody can be referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name to machines, such as `reablement`.
    pub id: Code,
    /// Its name to people.
    pub name: String,
    /// What it is, in one sentence for whoever refers.
    pub summary: String,
    /// Which organisation provides it.
    pub provider: OdsCode,
    /// A code of the list `service-component`.
    pub component: Code,
    /// A code of the list `service-type`.
    pub service_type: Code,
    /// A code of the list `event-outcome`: how the request ends when the service accepts.
    pub outcome: Code,
    /// How soon it can be asked for, the usual first.
    pub urgencies: Vec<Urgency>,
    /// When it takes referrals.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
}

/// How soon a service is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgency {
    /// Its name to machines.
    pub code: Code,
    /// Its name to people.
    pub label: String,
    /// Within how many days of the referral; none when another event sets the day.
    pub days: Option<i64>,
}

impl Service {
    /// The urgency of this code.
    pub fn urgency(&self, code: &Code) -> Option<&Urgency> {
        self.urgencies.iter().find(|urgency| urgency.code == *code)
    }
}

/// Every service of every time, in order.
///
/// # Errors
/// What is wrong with the file; the same answer every time.
pub fn services() -> Result<&'static [Service], ReferenceFault> {
    static SERVICES: OnceLock<Result<Vec<Service>, ReferenceFault>> = OnceLock::new();
    SERVICES
        .get_or_init(|| read(include_str!("../../../reference/services.toml")))
        .as_deref()
        .map_err(Clone::clone)
}

/// The service of this id, whether it takes referrals today or not.
///
/// # Errors
/// What is wrong with the file.
pub fn service(id: &Code) -> Result<Option<&'static Service>, ReferenceFault> {
    Ok(services()?.iter().find(|service| service.id == *id))
}

/// The name of a service of any time; its id when the reference data does not have it.
pub(crate) fn name(id: &Code) -> String {
    let known = service(id).ok().flatten();
    known.map_or_else(|| id.to_string(), |known| known.name.clone())
}

/// The services that take referrals on a day.
///
/// # Errors
/// What is wrong with the file.
pub fn services_at(on: Date) -> Result<impl Iterator<Item = &'static Service>, ReferenceFault> {
    Ok(services()?
        .iter()
        .filter(move |service| service.valid.contains(on)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    service: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Code,
    name: String,
    summary: String,
    provider: OdsCode,
    component: Code,
    service_type: Code,
    outcome: Code,
    starts: Date,
    ends: Option<Date>,
    status: Status,
    #[serde(rename = "source")]
    _source: String,
    urgency: Vec<Urgency>,
}

pub(crate) fn read(text: &str) -> Result<Vec<Service>, ReferenceFault> {
    let fault = |reason: String| ReferenceFault {
        file: "services.toml",
        reason,
    };
    let file: File = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
    let mut services: Vec<Service> = Vec::new();
    for row in file.service {
        if services.iter().any(|other| other.id == row.id) {
            return Err(fault(format!("the service {} is there twice", row.id)));
        }
        if row.urgency.is_empty() {
            return Err(fault(format!("the service {} has no urgency", row.id)));
        }
        services.push(row.service().map_err(fault)?);
    }
    Ok(services)
}

impl Row {
    fn service(self) -> Result<Service, String> {
        let valid = Period::new(self.starts, self.ends).map_err(|error| error.to_string())?;
        let service = Service {
            id: self.id,
            name: self.name,
            summary: self.summary,
            provider: self.provider,
            component: self.component,
            service_type: self.service_type,
            outcome: self.outcome,
            urgencies: self.urgency,
            valid,
            status: self.status,
        };
        service.check()?;
        Ok(service)
    }
}

impl Service {
    /// Every code leads somewhere.
    fn check(&self) -> Result<(), String> {
        let reference = stour_partnership::reference().map_err(ToString::to_string)?;
        if reference.organisation(&self.provider).is_none() {
            return Err(format!("there is no organisation {}", self.provider));
        }
        let codes = [
            ("service-component", &self.component),
            ("service-type", &self.service_type),
            ("event-outcome", &self.outcome),
        ];
        for (list, code) in codes {
            let known = reference.code_list(list).and_then(|list| list.label(code));
            if known.is_none() {
                return Err(format!("the list {list} has no code {code}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
