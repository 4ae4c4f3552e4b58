//! Services that people go on to from hospital, from `reference/onward-services.toml`.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_database::{Error, Row};
use stour_kernel::{Code, Date, LocalityCode, OdsCode, Period};
use stour_partnership::Status;

use crate::error::FlowError;
use crate::spell::PATHWAYS;

/// The longest that a place may be held, in hours: a week.
const LONGEST_HOLD: i64 = 7 * 24;

/// A service that has places by day and locality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onward {
    /// Its name to machines, such as `community-bed`.
    pub id: Code,
    /// Its name to people.
    pub name: String,
    /// What it is, and what one place is.
    pub summary: String,
    /// Which organisation provides it, and says how many places there are.
    pub provider: OdsCode,
    /// A code of the list `discharge-pathway`.
    pub pathway: Code,
    /// Where it has places.
    pub localities: Vec<LocalityCode>,
    /// How long a place is held for somebody, in hours.
    pub hold_hours: i64,
    /// When it takes people.
    pub valid: Period,
    /// How far this row can be trusted.
    pub status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    service: Vec<FileRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    id: Code,
    name: String,
    summary: String,
    provider: OdsCode,
    pathway: Code,
    localities: Vec<LocalityCode>,
    hold_hours: i64,
    starts: Date,
    ends: Option<Date>,
    status: Status,
    #[serde(rename = "source")]
    _source: String,
}

/// Every service of every time, in order.
///
/// # Errors
/// [`FlowError::Reference`]: what is wrong with the file; the same answer every time.
pub fn services() -> Result<&'static [Onward], FlowError> {
    static SERVICES: OnceLock<Result<Vec<Onward>, String>> = OnceLock::new();
    SERVICES
        .get_or_init(|| read(include_str!("../../../../reference/onward-services.toml")))
        .as_deref()
        .map_err(|why| FlowError::Reference(format!("onward-services.toml: {why}")))
}

/// The services that take people on a day, in the order of the file.
///
/// # Errors
/// As [`services`].
pub fn services_at(on: Date) -> Result<impl Iterator<Item = &'static Onward>, FlowError> {
    Ok(services()?
        .iter()
        .filter(move |service| service.valid.contains(on)))
}

pub(super) fn read(text: &str) -> Result<Vec<Onward>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut services: Vec<Onward> = Vec::new();
    for row in file.service {
        if services.iter().any(|other| other.id == row.id) {
            return Err(format!("the service {} is there twice", row.id));
        }
        services.push(row.service()?);
    }
    Ok(services)
}

impl FileRow {
    fn service(self) -> Result<Onward, String> {
        let valid = Period::new(self.starts, self.ends).map_err(|error| error.to_string())?;
        let service = Onward {
            id: self.id,
            name: self.name,
            summary: self.summary,
            provider: self.provider,
            pathway: self.pathway,
            localities: self.localities,
            hold_hours: self.hold_hours,
            valid,
            status: self.status,
        };
        service.check()?;
        Ok(service)
    }
}

impl Onward {
    /// Every code leads somewhere, and a hold is of a length that can be meant.
    fn check(&self) -> Result<(), String> {
        let reference = stour_partnership::reference().map_err(ToString::to_string)?;
        if reference.organisation(&self.provider).is_none() {
            return Err(format!("there is no organisation {}", self.provider));
        }
        let list = reference.code_list(PATHWAYS);
        if list.and_then(|list| list.label(&self.pathway)).is_none() {
            return Err(format!("the list {PATHWAYS} has no code {}", self.pathway));
        }
        if self.localities.is_empty() {
            return Err(format!("the service {} has no locality", self.id));
        }
        for (number, locality) in self.localities.iter().enumerate() {
            if reference.locality(locality).is_none() {
                return Err(format!("there is no locality {locality}"));
            }
            if self
                .localities
                .iter()
                .take(number)
                .any(|other| other == locality)
            {
                return Err(format!("{} has {locality} twice", self.id));
            }
        }
        if !(1..=LONGEST_HOLD).contains(&self.hold_hours) {
            return Err(format!(
                "{} holds a place for {} hours: give 1 to {LONGEST_HOLD}",
                self.id, self.hold_hours
            ));
        }
        Ok(())
    }
}

/// A service in a locality: what has places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// The service's id.
    pub service: Code,
    /// The locality.
    pub locality: LocalityCode,
}

impl Line {
    /// The line that an address names, if any service of any time has it.
    ///
    /// # Errors
    /// As [`services`].
    pub fn named(
        service: &str,
        locality: &str,
    ) -> Result<Option<(Self, &'static Onward)>, FlowError> {
        let (Ok(service), Ok(locality)) = (service.parse::<Code>(), locality.parse()) else {
            return Ok(None);
        };
        let known = services()?
            .iter()
            .find(|known| known.id == service && known.localities.contains(&locality));
        Ok(known.map(|known| (Self { service, locality }, known)))
    }

    /// The service, if the reference data still has it.
    ///
    /// # Errors
    /// As [`services`].
    pub fn onward(&self) -> Result<Option<&'static Onward>, FlowError> {
        Ok(Self::named(self.service.as_str(), self.locality.as_str())?.map(|(_, service)| service))
    }

    /// The service's name; its id where the reference data no longer has it.
    pub fn service_name(&self) -> String {
        let known = self.onward().ok().flatten();
        known.map_or_else(|| self.service.to_string(), |known| known.name.clone())
    }

    /// The locality's name; its code where the reference data no longer has it.
    pub fn locality_name(&self) -> String {
        locality_name(&self.locality)
    }

    /// Both names, as a sentence has them.
    pub fn name(&self) -> String {
        format!("{}, {}", self.service_name(), self.locality_name())
    }

    /// Where its pages are.
    pub fn address(&self) -> String {
        format!(
            "/capacity/services/{}/{}",
            crate::shown::segment(self.service.as_str()),
            self.locality
        )
    }
}

/// A locality's name; its code where the reference data does not have it.
fn locality_name(code: &LocalityCode) -> String {
    let reference = stour_partnership::reference().ok();
    let known = reference.and_then(|all| all.locality(code));
    known.map_or_else(|| code.to_string(), |known| known.name.clone())
}

/// One day of a service in a locality.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The service and the locality.
    pub line: Line,
    /// The day on which somebody can start.
    pub day: Date,
}

impl Slot {
    /// Service, locality and day, from a column on.
    pub(super) fn stored(row: &Row<'_>, from: usize) -> Result<Self, Error> {
        Ok(Self {
            line: Line {
                service: row.get(from)?,
                locality: row.get(from + 1)?,
            },
            day: row.get(from + 2)?,
        })
    }

    /// Where its page is.
    pub fn address(&self) -> String {
        format!("{}/days/{}", self.line.address(), self.day)
    }
}
