//! The published series of the board, from the files of their publishers where they are at hand. They
//! are not part of this program.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use stour_web::House;

use crate::program::tell;

/// The files, and the layout of each. The partnership's own come first: where a file of England has
/// the same figures, they are kept as they are.
const FILES: [(&str, &str); 20] = [
    (
        "dorset_trust_criteria_to_reside.csv",
        "criteria-to-reside-trusts",
    ),
    (
        "dorset_icb_criteria_to_reside.csv",
        "criteria-to-reside-boards",
    ),
    ("dorset_trust_discharged_patients.csv", "discharges-trusts"),
    ("dorset_icb_discharged_patients.csv", "discharges-boards"),
    (
        "dorset_delayed_discharge_reasons.csv",
        "delay-reasons-trusts",
    ),
    ("dorset_critical_general_acute_beds.csv", "beds-trusts"),
    ("dorset_ae_attendances_2016_2019.csv", "ae-by-type"),
    ("dorset_trust_accidents_emergency.csv", "ae-trusts"),
    ("dorset_icb_accidents_emergency.csv", "ae-boards"),
    (
        "dorset_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason",
    ),
    (
        "dorset_dtoc_days_by_responsible_org_2011_2019.csv",
        "delayed-days-by-organisation",
    ),
    (
        "dorset_oflog_asc_measures_2015_2023.csv",
        "adult-social-care",
    ),
    (
        "england_trust_criteria_to_reside_monthly_mean.csv",
        "criteria-to-reside-monthly-england",
    ),
    ("england_trust_beds_monthly.csv", "beds-england"),
    ("england_ae_attendances_2016_2019.csv", "ae-by-type-england"),
    ("england_trust_ae_monthly.csv", "ae-trusts-england"),
    (
        "england_la_dtoc_total_days_2011_2019.csv",
        "delayed-days-total-england",
    ),
    (
        "england_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason-england",
    ),
    (
        "england_delayed_discharge_reasons_total.csv",
        "delay-reasons-england",
    ),
    (
        "england_la_oflog_asc_measures_2015_2023.csv",
        "adult-social-care-england",
    ),
];

/// Where the files may be without anybody saying so: the folder that `STOUR_REFERENCE_DATA` names, or
/// the reference data beside the checkout.
pub(super) fn nearby() -> Option<PathBuf> {
    let named = std::env::var_os("STOUR_REFERENCE_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from("../shared/data"));
    [folder.join("care"), folder]
        .into_iter()
        .find(|folder| at_hand(folder).next().is_some())
}

/// The files of a folder that are known by their names.
fn at_hand(folder: &Path) -> impl Iterator<Item = (PathBuf, &'static str)> {
    let folder = folder.to_owned();
    FILES
        .iter()
        .map(move |(file, layout)| (folder.join(file), *layout))
        .filter(|(path, _)| path.is_file())
}

/// Imports the files that are there, as `stour import series` does, and says how much that was.
pub(super) fn import(house: &House, folder: &Path) -> anyhow::Result<()> {
    let (mut files, mut series) = (0, 0);
    for (path, layout) in at_hand(folder) {
        series += stour_outcomes::import::import(house, path.clone(), layout)
            .with_context(|| format!("{} was not imported", path.display()))?;
        files += 1;
    }
    tell(&format!(
        "Imported {series} published series from {files} files."
    ));
    Ok(())
}
