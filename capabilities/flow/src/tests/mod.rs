//! The pages, by role, on both databases.

mod admissions;
mod awaited;
mod boards;
mod capacity;
mod escalation;
mod hospitals;
mod hub;
mod in_reach;
mod in_reach_person;
mod lines;
mod meeting;
mod merged;
mod messages;
mod pathways;
mod reablement;
mod reviews;
mod sheets;
mod wards;

use stour_kernel::PersonId;
use stour_web::Capability;
use stour_web::testing::{Site, each_house};

use crate::message::{incoming, keep, work_through};
use crate::spell::in_hospital;

fn capabilities() -> Vec<Capability> {
    vec![
        stour_people::capability(stour_front_door::person_links()),
        stour_front_door::capability(),
        crate::capability(),
    ]
}

pub(crate) fn house(test: impl Fn(Site)) {
    each_house(capabilities, test);
}

/// Mrs Smith, born 1941, on one visit to Royal Bournemouth Hospital.
pub(crate) fn adt(trigger: &str, control_id: &str, when: &str, ward: &str) -> String {
    format!(
        "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|{when}||ADT^{trigger}|{control_id}|P|2.4|||||||||ITKv1.0\r\
         EVN||{when}||||{when}\r\
         PID|1||9990000018^^^NHS~H123^^^R0D^PI||Smith^Ann||19410203|F|||1 High Street^Boscombe^^^BH5 1AA^^H\r\
         PV1|1|I|R0D^{ward}^4^RBH|21||||||430|||||||||V77\r"
    )
}

/// Stores messages, as the listener does.
pub(crate) fn store(site: &Site, messages: &[String]) {
    let came: Vec<_> = messages
        .iter()
        .map(|one| {
            incoming(
                bytes::Bytes::copy_from_slice(one.as_bytes()),
                "a test",
                true,
            )
        })
        .collect();
    let environment = site.environment().clone();
    site.database()
        .write_blocking(move |tx| keep(tx, &environment, &came))
        .unwrap();
}

/// Takes in messages and works through them.
pub(crate) fn take(site: &Site, messages: &[String]) {
    store(site, messages);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime
        .block_on(work_through(site.database(), site.environment()))
        .unwrap();
}

/// Mrs Smith, admitted four days ago.
pub(crate) fn admitted(site: &Site) -> PersonId {
    take(site, &[adt("A01", "1", "202611200900", "BAMU")]);
    site.database().read_blocking(in_hospital).unwrap()[0].person
}

/// Says that an organisation looks after somebody.
pub(crate) fn known_to(site: &Site, person: PersonId, organisation: &str) {
    let (environment, organisation) = (site.environment().clone(), organisation.parse().unwrap());
    site.database()
        .write_blocking(move |tx| {
            let today = environment.today();
            stour_people::know(tx, &environment, person, organisation, "care", today)
        })
        .unwrap();
}

/// The value of a hidden field of a form.
pub(crate) fn hidden(body: &str, name: &str) -> String {
    let from = body
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    from.split('"').next().unwrap().replace("&quot;", "\"")
}
