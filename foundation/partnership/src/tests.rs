use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use stour_kernel::{Code, Date, GssCode, LocalityCode, OdsCode};

use crate::{Files, Reference, ReferenceError, Status, reference};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn ods(text: &str) -> OdsCode {
    text.parse().unwrap()
}

fn gss(text: &str) -> GssCode {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

#[test]
fn the_files_agree_with_each_other() {
    let reference = reference().unwrap();
    assert_eq!(reference.organisations_at(day("2013-07-01")).count(), 8 + 6);
    assert_eq!(reference.organisations_at(day("2026-11-24")).count(), 6);
    assert_eq!(reference.localities_at(day("2013-07-01")).count(), 13);
    assert_eq!(reference.practices.len(), 80);
    assert_eq!(reference.lsoas.len(), 452);
}

#[test]
fn every_table_and_code_list_in_the_folder_is_built_in() {
    // Indicators, measures and names stand in the same folder and are read by those who use them.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference");
    let mut there = BTreeSet::new();
    for (place, prefix, extension) in [
        (folder.clone(), "", "csv"),
        (folder.join("boundaries"), "boundaries/", "csv"),
        (folder.join("code-lists"), "code-lists/", "toml"),
    ] {
        for entry in std::fs::read_dir(place).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
            {
                there.insert(format!("{prefix}{name}"));
            }
        }
    }
    let built_in: BTreeSet<String> = Files::embedded().names().map(str::to_owned).collect();
    assert_eq!(there, built_in);
}

#[test]
fn a_code_list_is_named_after_its_file() {
    let reference = reference().unwrap();
    for name in Files::embedded()
        .names()
        .filter(|name| name.starts_with("code-lists/"))
    {
        let id = name
            .trim_start_matches("code-lists/")
            .trim_end_matches(".toml");
        assert!(reference.code_list(id).is_some(), "{name}");
    }
}

#[test]
fn an_old_organisation_leads_to_who_does_its_work_on_a_day() {
    let reference = reference().unwrap();
    let present = |from: &str, on: &str| -> Vec<String> {
        reference
            .present_of(&ods(from), day(on))
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(present("RDZ", "2020-09-30"), ["RDZ"]);
    assert_eq!(present("RDZ", "2020-10-01"), ["R0D"]);
    assert_eq!(present("11J", "2026-11-24"), ["QVV"]);
    // The county was divided: Christchurch went one way, the rest the other.
    assert_eq!(
        present("E10000009", "2019-04-01"),
        ["E06000058", "E06000059"]
    );
    assert_eq!(present("E07000048", "2019-04-01"), ["E06000058"]);
    // Before it began there was nobody, and an unknown code leads nowhere.
    assert!(present("R0D", "2013-07-01").is_empty());
    assert!(present("ZZZ", "2026-11-24").is_empty());
}

#[test]
fn other_bodies_codes_are_found_by_day() {
    let reference = reference().unwrap();
    let name = |scheme, value, on| {
        reference
            .identified(scheme, value, day(on))
            .map(|one| one.name.as_str())
    };
    assert_eq!(
        name("cassr", "809", "2013-06-30"),
        Some("Dorset County Council")
    );
    assert_eq!(name("cassr", "809", "2015-07-01"), None);
    assert_eq!(
        name("gss", "E54000041", "2025-08-31"),
        Some("NHS Dorset Integrated Care Board")
    );
    assert_eq!(name("gss", "E06000059", "2019-03-31"), None);
}

#[test]
fn a_ward_belongs_to_whoever_runs_its_site() {
    let reference = reference().unwrap();
    let found = |trust, on| reference.ward(&ods(trust), "PELD", day(on)).is_some();
    assert!(found("RD3", "2020-09-30"));
    assert!(!found("RD3", "2020-10-01"));
    assert!(found("R0D", "2020-10-01"));
    assert!(!found("RBD", "2020-10-01"));
    assert!(
        reference
            .wards
            .iter()
            .all(|ward| ward.status == Status::Demonstration)
    );
}

#[test]
fn an_area_changes_council_with_the_reorganisation() {
    let reference = reference().unwrap();
    let christchurch = reference
        .lsoas
        .iter()
        .find(|lsoa| lsoa.name.starts_with("Christchurch"))
        .unwrap();
    let council = |on| {
        reference
            .council_at(&christchurch.code, day(on))
            .unwrap()
            .as_str()
    };
    assert_eq!(council("2019-03-31"), "E10000009");
    assert_eq!(council("2019-04-01"), "E06000058");
    assert_eq!(
        reference.council_at(&gss("E01000001"), day("2020-01-01")),
        None
    );
    let poole = ods("J81064");
    assert_eq!(
        reference.council_of_practice(&poole, day("2013-07-01")),
        Some(&gss("E06000029"))
    );
    assert_eq!(
        reference.council_of_practice(&poole, day("2026-11-24")),
        Some(&gss("E06000058"))
    );
}

#[test]
fn what_nobody_publishes_says_so() {
    let reference = reference().unwrap();
    assert!(
        reference
            .localities
            .iter()
            .all(|one| one.status.needs_warning())
    );
    assert!(
        reference
            .practices
            .iter()
            .all(|one| one.locality_status.needs_warning())
    );
    assert_eq!(
        reference.code_list("route-of-access").unwrap().status,
        Status::Unverified
    );
    assert!(!Status::Sourced.needs_warning() && !Status::Local.needs_warning());
}

#[test]
fn every_locality_has_practices_and_people() {
    let reference = reference().unwrap();
    for locality in &reference.localities {
        let practices = reference
            .practices
            .iter()
            .filter(|one| one.locality == locality.code);
        let areas = reference
            .lsoas
            .iter()
            .filter(|one| one.locality == locality.code);
        assert!(practices.count() >= 3, "{}", locality.name);
        assert!(areas.count() >= 15, "{}", locality.name);
    }
}

#[test]
fn postcodes_lead_to_councils_and_admit_doubt() {
    let reference = reference().unwrap();
    let likely = |postcode: &str| reference.likely_council(&postcode.parse().unwrap());
    assert_eq!(likely("BH8 9RN"), Some((gss("E06000058"), true)));
    assert_eq!(likely("DT1 2JY"), Some((gss("E06000059"), true)));
    assert_eq!(likely("SW1A 1AA"), None);
    assert!(reference.sectors.iter().any(|sector| {
        let postcode = format!("{}AA", sector.name);
        likely(&postcode).is_some_and(|(_, certain)| !certain)
    }));
}

#[test]
fn populations_add_up() {
    let reference = reference().unwrap();
    assert_eq!(
        reference.population_from(&gss("E06000058"), 65),
        Some(86_843)
    );
    assert_eq!(
        reference.population_from(&gss("E06000059"), 65),
        Some(111_765)
    );
    assert_eq!(reference.population_from(&gss("E06000059"), 67), None);
    assert_eq!(reference.population_from(&gss("E06000028"), 65), None);
    for council in ["E06000058", "E06000059"] {
        let council = gss(council);
        let areas = || {
            reference
                .lsoas
                .iter()
                .filter(|lsoa| lsoa.council == council)
        };
        let people: u32 = areas().map(|lsoa| lsoa.population).sum();
        let older: u32 = areas().map(|lsoa| lsoa.population_65_plus).sum();
        assert_eq!(reference.population_from(&council, 0), Some(people));
        assert_eq!(reference.population_from(&council, 65), Some(older));
    }
}

#[test]
fn lists_answer_for_a_day_and_translate() {
    let reference = reference().unwrap();
    let today = day("2026-11-24");
    let methods = reference.code_list("admission-method").unwrap();
    assert_eq!(methods.group_at(&code("21"), today), Some("emergency"));
    assert_eq!(
        methods.group_at(&code("28"), today),
        None,
        "retired in 2022"
    );
    assert_eq!(methods.label(&code("28")), Some("Emergency: other means"));
    assert_eq!(methods.label(&code("77")), None);
    let ended = reference.code_list("reablement-outcome").unwrap();
    let map = ended.list.map_to(&code("event-outcome")).unwrap();
    for (outcome, _) in ended.choices(today) {
        map.translate(outcome, today).unwrap();
    }
    let sex = reference.code_list("administrative-sex").unwrap();
    let map = sex.list.map_to(&code("person-stated-gender")).unwrap();
    assert_eq!(
        map.translate(&code("U"), day("2020-01-01")).unwrap(),
        &code("0")
    );
    assert_eq!(map.translate(&code("U"), today).unwrap(), &code("X"));
    let ranked = reference.code_list("event-outcome").unwrap().choices(today);
    assert_eq!(ranked.len(), 16);
    assert_eq!(ranked[0].1, "Progress to reablement/ST-Max");
}

#[test]
fn wrong_files_are_refused_with_the_place_and_what_to_do() {
    let embedded = Files::embedded();
    let broken = |name: &str, from: &str, to: &str| {
        let text = embedded.text(name).unwrap();
        assert!(text.contains(from), "{name} no longer contains {from}");
        let files = embedded.clone().with(name, &text.replacen(from, to, 1));
        Reference::parse(&files).unwrap_err().to_string()
    };
    let messages = [
        Reference::parse(&embedded.clone().without("wards.csv"))
            .unwrap_err()
            .to_string(),
        broken("wards.csv", "specialty", "speciality"),
        broken("wards.csv", "DAMU,DCH", "DAMU,DCX"),
        broken("wards.csv", "PAMU", "BAMU"),
        broken("wards.csv", "430", "999"),
        broken(
            "organisations.csv",
            "2013-04-01,2020-10-01",
            "2013-04-01,2013-04-01",
        ),
        broken("organisations.csv", "2013-04-01", "01/04/2013"),
        broken(
            "organisations.csv",
            "2020-10-01,,sourced",
            "2020-11-01,,sourced",
        ),
        broken("succession.csv", "RD3,R0D,2020-10-01", "RD3,R0D,2020-10-02"),
        broken(
            "site_operators.csv",
            "RDZ,2013-04-01,2020-10-01",
            "RDZ,2013-04-01,2020-12-01",
        ),
        broken("practices.csv", "east-dorset", "far-dorset"),
        broken("areas_lsoa.csv", "E02003187,8,", "E02003187,11,"),
        broken("sites.csv", "50.71294,", ","),
        broken(
            "code-lists/reablement-outcome.toml",
            "to = \"nfa-nhs\"",
            "to = \"nfa-nsh\"",
        ),
        broken(
            "code-lists/gender.toml",
            "status = \"unverified\"",
            "status = \"guessed\"",
        ),
    ];
    let expected = [
        "reference/wards.csv is missing: put it back, or copy it from another partnership",
        "reference/wards.csv has no column specialty: add it to the first line",
        "the ward DAMU names the site DCX, which the reference data does not have: add it, or correct the name",
        "the ward BAMU of R0D is there twice on one day: end one where the other starts",
        "the ward DELD names the treatment specialty 999, which the reference data does not have: add it, or correct the name",
    ];
    assert_eq!(messages[..expected.len()], expected);
    for message in &messages {
        assert!(message.contains(": ") && message.len() > 40, "{message}");
    }
}

#[test]
fn the_word_of_every_kind_of_organisation_has_a_place_or_comes_last() {
    let reference = Reference::parse(&Files::embedded()).unwrap();
    let place = |code: &str, on: &str| {
        let trust = reference.trust_in(&code.parse().unwrap(), on.parse().unwrap());
        trust.map(|trust| trust.place)
    };
    assert_eq!(place("J81002", "2026-11-24"), Some(1));
    assert_eq!(place("E06000058", "2026-11-24"), Some(2));
    assert_eq!(place("RDY", "2026-11-24"), Some(3));
    assert_eq!(place("RD3", "2015-01-01"), Some(4));
    assert_eq!(place("QVV", "2026-11-24"), None);
    assert_eq!(place("R0D", "2012-01-01"), None);
    let twice = Files::embedded().with(
        "source_trust.csv",
        "organisation_kind,place,words,starts,ends,status,source\na,1,an a,2013-04-01,,local,x\na,2,an a,2014-04-01,,local,x\n",
    );
    assert!(Reference::parse(&twice).is_err());
}

#[test]
fn a_fingerprint_follows_every_change() {
    let files = Files::embedded();
    let changed = files.clone().with("wards.csv", "code\n");
    assert_eq!(files.fingerprint(), Files::embedded().fingerprint());
    assert_ne!(files.fingerprint(), changed.fingerprint());
    assert_ne!(
        files.fingerprint(),
        files.clone().without("wards.csv").fingerprint()
    );
}

#[test]
fn errors_name_the_line() {
    let files = Files::embedded();
    let text = files
        .text("practices.csv")
        .unwrap()
        .replacen("BH9 1BP", "BH9", 1);
    let error = Reference::parse(&files.with("practices.csv", &text)).unwrap_err();
    assert!(
        matches!(
            &error,
            ReferenceError::Field {
                line: 3,
                column: "postcode",
                ..
            }
        ),
        "{error}"
    );
    let locality: LocalityCode = "purbeck".parse().unwrap();
    assert_eq!(
        reference().unwrap().locality(&locality).unwrap().name,
        "Purbeck"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands in a file, reading it ends in data or in a sentence, never in a panic.
    #[test]
    fn no_file_can_make_reading_panic(
        file in any::<prop::sample::Index>(),
        line in any::<prop::sample::Index>(),
        text in "[ -~\n\u{80}-\u{2ff}]{0,40}",
    ) {
        let files = Files::embedded();
        let names: Vec<String> = files.names().map(str::to_owned).collect();
        let name = file.get(&names);
        let mut lines: Vec<&str> = files.text(name).unwrap().lines().collect();
        let place = line.index(lines.len());
        lines[place] = &text;
        let changed = lines.join("\n");
        if let Err(error) = Reference::parse(&files.clone().with(name, &changed)) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn codes_are_well_formed_and_there_once() {
    let files = Files::embedded();
    for (name, from, to) in [
        ("localities.csv", "bournemouth-north", "Bournemouth North"),
        ("practices.csv", "J81003", "J81002"),
        ("code-lists/gender.toml", "\"unknown\"", "\"male\""),
    ] {
        let text = files.text(name).unwrap().replacen(from, to, 1);
        Reference::parse(&files.clone().with(name, &text)).unwrap_err();
    }
}
