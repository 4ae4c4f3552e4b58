//! The files of the reference data, built into the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::ReferenceError;

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../reference/", $name)))),+]
    };
}

const EMBEDDED: &[(&str, &str)] = embedded![
    "areas.csv",
    "areas_lsoa.csv",
    "boundaries/arcs.csv",
    "boundaries/areas.csv",
    "boundaries/levels.csv",
    "identifiers.csv",
    "localities.csv",
    "organisations.csv",
    "population_age.csv",
    "population_lsoa.csv",
    "population_sex.csv",
    "population_tables.csv",
    "postcode_sectors.csv",
    "practices.csv",
    "site_operators.csv",
    "sites.csv",
    "source_trust.csv",
    "succession.csv",
    "wards.csv",
    "code-lists/about-me-heading.toml",
    "code-lists/accommodation-status.toml",
    "code-lists/activity-status.toml",
    "code-lists/acute-ambulatory-care-sensitive.toml",
    "code-lists/administrative-sex.toml",
    "code-lists/admission-alternative.toml",
    "code-lists/admission-avoidable.toml",
    "code-lists/admission-method.toml",
    "code-lists/admission-source.toml",
    "code-lists/agenda-item-state.toml",
    "code-lists/arrival-mode.toml",
    "code-lists/assumption-status.toml",
    "code-lists/awaited-kind.toml",
    "code-lists/benefit-category.toml",
    "code-lists/benefit-class.toml",
    "code-lists/benefit-direction.toml",
    "code-lists/board-type.toml",
    "code-lists/call-in-outcome.toml",
    "code-lists/carer-consultation.toml",
    "code-lists/carer-willing.toml",
    "code-lists/client-type.toml",
    "code-lists/commitment-state.toml",
    "code-lists/committee-sort.toml",
    "code-lists/communication-channel.toml",
    "code-lists/contact-channel.toml",
    "code-lists/continuing-healthcare.toml",
    "code-lists/criteria-to-reside.toml",
    "code-lists/date-qualifier.toml",
    "code-lists/delay-reason.toml",
    "code-lists/delayed-transfer-reason.toml",
    "code-lists/delivery-mechanism.toml",
    "code-lists/dependency-nature.toml",
    "code-lists/discharge-destination.toml",
    "code-lists/discharge-method.toml",
    "code-lists/discharge-pathway.toml",
    "code-lists/event-outcome.toml",
    "code-lists/evidence-grade.toml",
    "code-lists/gender.toml",
    "code-lists/in-reach-agreement.toml",
    "code-lists/in-reach-kind.toml",
    "code-lists/issue-priority.toml",
    "code-lists/issue-status.toml",
    "code-lists/key-decision-state.toml",
    "code-lists/known-to-community.toml",
    "code-lists/match-decision-reason.toml",
    "code-lists/match-rule.toml",
    "code-lists/meeting-status.toml",
    "code-lists/notice-consent.toml",
    "code-lists/notice-exception.toml",
    "code-lists/notice-reject-reason.toml",
    "code-lists/notice-withdrawal-reason.toml",
    "code-lists/outside-dependency-status.toml",
    "code-lists/patient-class.toml",
    "code-lists/person-stated-gender.toml",
    "code-lists/place-release-reason.toml",
    "code-lists/primary-support-reason.toml",
    "code-lists/reablement-outcome.toml",
    "code-lists/recommendation-outcome.toml",
    "code-lists/recommendation-verb.toml",
    "code-lists/red-day-reason.toml",
    "code-lists/relation-kind.toml",
    "code-lists/relationship.toml",
    "code-lists/risk-impact-words.toml",
    "code-lists/risk-impact.toml",
    "code-lists/risk-likelihood-words.toml",
    "code-lists/risk-likelihood.toml",
    "code-lists/risk-proximity.toml",
    "code-lists/risk-response.toml",
    "code-lists/risk-score.toml",
    "code-lists/risk-status.toml",
    "code-lists/route-of-access.toml",
    "code-lists/service-component.toml",
    "code-lists/service-type.toml",
    "code-lists/trajectory-between.toml",
    "code-lists/treatment-specialty.toml",
    "code-lists/unit-of-change.toml",
    "code-lists/vote-method.toml",
    "code-lists/vote-result.toml",
];

/// The text of every file of the reference data, by its name below `reference/`.
#[derive(Debug, Clone)]
pub struct Files(BTreeMap<Cow<'static, str>, Cow<'static, str>>);

impl Files {
    /// The files built into the binary.
    pub fn embedded() -> Self {
        Self(
            EMBEDDED
                .iter()
                .map(|(name, text)| (Cow::Borrowed(*name), Cow::Borrowed(*text)))
                .collect(),
        )
    }

    /// The same files with one put in place of the file of that name, or added.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.0
            .insert(Cow::Owned(name.to_owned()), Cow::Owned(text.to_owned()));
        self
    }

    /// The same files without one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// The text of a file.
    ///
    /// # Errors
    /// [`ReferenceError::Missing`] when there is none of that name.
    pub fn text(&self, name: &str) -> Result<&str, ReferenceError> {
        match self.0.get(name) {
            Some(text) => Ok(text),
            None => Err(ReferenceError::Missing {
                file: name.to_owned(),
            }),
        }
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }

    /// The names and texts of the code lists, in order.
    pub(crate) fn code_lists(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| name.starts_with("code-lists/"))
            .map(|(name, text)| (name.as_ref(), text.as_ref()))
    }

    /// A number that changes when any name or text does (FNV-1a, 64 bits, as hexadecimal): enough
    /// to see that the database already has these files, not a defence against anyone.
    pub fn fingerprint(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in self.0.iter().flat_map(|(name, text)| [name, text]) {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }
}
