//! What this partnership does: one line for each capability.

use stour_database::Migrations;
use stour_web::Capability;

/// Every capability, in the order of the navigation.
pub fn all() -> Vec<Capability> {
    vec![
        stour_people::capability(stour_front_door::person_links()),
        stour_directory::capability(),
        stour_advice::capability(),
        stour_front_door::capability(),
        stour_flow::capability(),
        stour_outcomes::capability(),
        stour_programme::capability(),
        stour_decisions::capability(),
    ]
}

/// Every table of the product, the foundation's first.
pub fn migrations() -> Vec<Migrations> {
    let foundation = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_access::MIGRATIONS,
        stour_register::MIGRATIONS,
    ];
    let mut migrations = foundation.to_vec();
    // Registers are asked for by every capability that keeps some.
    for asked in all().into_iter().flat_map(|one| one.migrations) {
        if migrations
            .iter()
            .all(|known| known.capability != asked.capability)
        {
            migrations.push(asked);
        }
    }
    migrations
}
