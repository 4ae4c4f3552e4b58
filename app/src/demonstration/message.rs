//! Hospital messages of the story, for a visitor to send.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::ToSpan as _;
use stour_flow::adt::{Bed, SpellPatient, SpellStory, messages};
use stour_kernel::{OdsCode, Timestamp, london_date};

use super::{Story, accounts};
use crate::open::reference;

/// What each message is called.
const NAMES: [&str; 3] = ["1-admitted.hl7", "2-moved.hl7", "3-discharged.hl7"];
/// Emergency admission through the emergency department of the hospital (list `admission-method`).
const THROUGH_EMERGENCY: &str = "21";
/// By ambulance (list `arrival-mode`).
const AMBULANCE: &str = "A";
/// Where somebody usually lives (list `discharge-destination`).
const HOME: &str = "19";
/// The specialties of the wards she comes to (list `treatment-specialty`): general internal medicine,
const GENERAL: &str = "300";
/// and care of older people.
const OLDER_PEOPLE: &str = "430";

/// Writes what the hospital sends: she was admitted this hour, moved since, and went home now.
pub(super) fn write(story: &Story, now: Timestamp, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let visit = format!("DEMO-{}", london_date(now).strftime("%Y%m%d"));
    let paths: Vec<PathBuf> = NAMES.iter().map(|name| folder.join(name)).collect();
    // What was sent already must not change under the visitor's hands.
    let is_of_today =
        |path: &PathBuf| std::fs::read_to_string(path).is_ok_and(|text| text.contains(&visit));
    if paths.iter().all(is_of_today) {
        return Ok(paths);
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let all = messages(&[stay(story, visit, now)?]).context("the messages of the story")?;
    for (path, message) in paths.iter().zip(stour_hl7v2::messages(&all)) {
        std::fs::write(path, message)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(paths)
}

fn stay(story: &Story, visit_number: String, now: Timestamp) -> anyhow::Result<SpellStory> {
    let organisation = accounts()?
        .iter()
        .find(|account| account.role == "ward")
        .map(|account| account.organisation);
    let organisation = organisation.context("no account is a ward's")?;
    let [first, second] = beds(&organisation, now)?;
    Ok(SpellStory {
        patient: SpellPatient {
            nhs_number: Some(story.nhs_number),
            local: format!("{organisation}{:07}", story.index),
            family: story.family_name.clone(),
            given: story.given_names.clone(),
            born: Some(story.born),
            sex: story.sex.clone(),
            address: story.address.clone(),
            postcode: Some(story.postcode),
            practice: Some(story.practice),
        },
        organisation,
        visit_number,
        method: THROUGH_EMERGENCY.to_owned(),
        specialty: GENERAL.to_owned(),
        admitted: now.checked_sub(50.minutes())?,
        bed: first,
        moves: vec![(now.checked_sub(20.minutes())?, second)],
        discharged: Some((now, HOME.to_owned())),
        expected: None,
        fit_since: None,
        came_from: None,
        arrived_by: Some(AMBULANCE.to_owned()),
        diagnosis: None,
    })
}

/// A bed on a ward of each specialty at one site of the hospital.
fn beds(organisation: &OdsCode, now: Timestamp) -> anyhow::Result<[Bed; 2]> {
    let wards: Vec<_> = reference()?
        .wards_of(organisation, london_date(now))
        .collect();
    let on = |specialty: &str| {
        let ward = wards
            .iter()
            .find(|ward| ward.specialty.as_str() == specialty);
        let ward =
            ward.with_context(|| format!("{organisation} has no ward of specialty {specialty}"))?;
        anyhow::Ok(Bed {
            ward: ward.code.to_string(),
            bed: "7".to_owned(),
            site: ward.site.to_string(),
        })
    };
    Ok([on(GENERAL)?, on(OLDER_PEOPLE)?])
}
