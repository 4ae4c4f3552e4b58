//! What this partnership does: one line for each capability.

use stour_database::Migrations;
use stour_web::Capability;

/// Every capability, in the order of the navigation.
pub fn all() -> Vec<Capability> {
    vec![
        stour_people::capability(stour_front_door::person_links()),
        stour_front_door::capability(),
        stour_flow::capability(),
        stour_outcomes::capability(),
        stour_programme::capability(),
    ]
}

/// Every table of the product, the foundation's first.
pub fn migrations() -> Vec<Migrations> {
    let foundation = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_access::MIGRATIONS,
    ];
    foundation
        .into_iter()
        .chain(
            all()
                .into_iter()
                .flat_map(|capability| capability.migrations),
        )
        .collect()
}
