//! A referral as it is typed, and what can be wrong with it.

use stour_kernel::{Code, Date};
use stour_web::Mistakes;

use super::Reason;
use crate::lists::ReferenceFault;
use crate::service::{Service, services_at};

/// A referral as it was typed; empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralDraft {
    /// The id of a service.
    pub service: String,
    /// The code of one of its urgencies.
    pub urgency: String,
    /// Why, and what the person wants to be able to do.
    pub reason: String,
}

/// A referral that can be made: its service took referrals on the day it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReferral {
    /// The service.
    pub service: &'static Service,
    /// The code of one of its urgencies.
    pub urgency: Code,
    /// Why, and what the person wants to be able to do.
    pub reason: Reason,
}

impl ReferralDraft {
    /// The referral, or everything that must be put right.
    ///
    /// # Errors
    /// What is wrong with the reference data; within, a message for each field, under the names
    /// that the form and the API use.
    pub(crate) fn check(
        &self,
        today: Date,
    ) -> Result<Result<NewReferral, Mistakes>, ReferenceFault> {
        let mut mistakes = Mistakes::default();
        let service = services_at(today)?.find(|service| service.id.as_str() == self.service);
        if service.is_none() {
            mistakes.add("service", "Select a service that takes referrals today");
        }
        let urgency = service.and_then(|service| {
            let mut urgencies = service.urgencies.iter().map(|urgency| &urgency.code);
            urgencies.find(|code| code.as_str() == self.urgency)
        });
        let reason = mistakes.check("reason", self.reason.parse::<Reason>());
        if service.is_some() && urgency.is_none() {
            mistakes.add("urgency", "Select how soon the service is needed");
        }
        Ok(match (service, urgency, reason) {
            (Some(service), Some(urgency), Some(reason)) => Ok(NewReferral {
                service,
                urgency: urgency.clone(),
                reason,
            }),
            _ => Err(mistakes),
        })
    }
}
