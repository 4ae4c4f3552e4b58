mod concurrent;
mod model;
mod reference;

use stour_database::{Database, Version};
use stour_kernel::{Date, Environment};
use stour_people::{Demographics, PersonName};
use stour_web::testing::Site;

use super::{Line, Slot, set_places};
use crate::by::By;
use crate::spell::{LoadedSpell, Place, SpellId, in_hospital, insert_spells};

/// So many people in hospital, each on one stay.
pub(crate) fn stays(site: &Site, number: usize) -> Vec<SpellId> {
    let environment = site.environment().clone();
    let made = site.database().write_blocking(move |tx| {
        let mut loaded = Vec::new();
        for at in 0..number {
            let who = Demographics::named(PersonName::new("Smith", &format!("Ann-{at}")).unwrap());
            let source = "R0D".parse().unwrap();
            let person = stour_people::create(tx, &environment, &who, source, "a test")?;
            loaded.push(LoadedSpell {
                person,
                born: Some("1941-02-03".parse().unwrap()),
                organisation: source,
                visit_number: format!("V{at}"),
                admitted: "2026-11-20T09:00:00Z".parse().unwrap(),
                place: Place {
                    ward: "BAMU".to_owned(),
                    bed: None,
                    site: None,
                },
                method: None,
                specialty: None,
                left: None,
                expected: None,
                ready: None,
                came_from: None,
                arrived_by: None,
                diagnosis: None,
                frailty: None,
                thread: None,
                source: "synthetic".to_owned(),
            });
        }
        insert_spells(tx, &environment, &loaded)?;
        Ok::<_, crate::FlowError>(in_hospital(tx)?)
    });
    made.unwrap().iter().map(|spell| spell.id).collect()
}

pub(crate) fn slot(locality: &str, day: Date) -> Slot {
    Slot {
        line: Line {
            service: "home-first".parse().unwrap(),
            locality: locality.parse().unwrap(),
        },
        day,
    }
}

pub(crate) fn somebody() -> By {
    By {
        name: "Elena Rossi".to_owned(),
        user: "0193a1b2-0000-7000-8000-00000000ffff".parse().unwrap(),
        organisation: "RDY".parse().unwrap(),
    }
}

/// Says how many places a day has, whatever was said before.
pub(crate) fn say(
    database: &Database,
    environment: &Environment,
    slot: &Slot,
    places: i64,
) -> Result<(), crate::FlowError> {
    let (environment, slot) = (environment.clone(), slot.clone());
    database.write_blocking(move |tx| {
        let seen: Version = super::line_version(tx, &slot.line)?;
        let said = (slot.day, slot.day, places);
        set_places(tx, &environment, (&slot.line, seen), said, &somebody())
    })
}
