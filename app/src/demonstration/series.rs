//! The published series of the board, from the files of their publisher where they are at hand. They
//! are not part of this program.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use stour_web::House;

/// The files, and the heading of the column that says whose each value is.
const FILES: [(&str, &str); 2] = [
    ("dorset_trust_criteria_to_reside.csv", "nhs_trust22_code"),
    ("dorset_icb_criteria_to_reside.csv", "icb22_code"),
];

/// Where the files may be without anybody saying so: the folder that `STOUR_REFERENCE_DATA` names, or
/// the reference data beside the checkout.
pub(super) fn nearby() -> Option<PathBuf> {
    let named = std::env::var_os("STOUR_REFERENCE_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from("../shared/data"));
    [folder.join("care"), folder]
        .into_iter()
        .find(|folder| FILES.iter().all(|(file, _)| folder.join(file).is_file()))
}

/// Imports the files, as `stour import series` does.
pub(super) fn import(house: &House, folder: &Path) -> anyhow::Result<()> {
    let commands = stour_outcomes::capability().commands;
    let command = commands
        .iter()
        .find(|command| command.under == ["import"] && (command.define)().get_name() == "series");
    let command = command.context("there is no command that imports a series")?;
    for (file, area) in FILES {
        let path = folder.join(file);
        let words = [
            "series",
            "--measure",
            "no-criteria-to-reside",
            "--date",
            "date",
            "--area",
            area,
        ];
        let words = words
            .into_iter()
            .chain(["--value", "do_not_meet_criteria_to_reside"])
            .map(std::ffi::OsString::from);
        let matches = (command.define)()
            .try_get_matches_from(words.chain([path.clone().into_os_string()]))?;
        (command.run)(house, &matches)
            .with_context(|| format!("{} was not imported", path.display()))?;
    }
    Ok(())
}
