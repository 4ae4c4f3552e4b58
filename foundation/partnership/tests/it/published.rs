//! The compact tables against the published ones, where the reference data is at hand.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::testing::reference_data;
use stour_partnership::{Place, reference};

type Row = BTreeMap<String, String>;

fn table(path: &str) -> Option<Vec<Row>> {
    let file = reference_data(path)?;
    let mut reader = csv::Reader::from_path(file).unwrap();
    Some(reader.deserialize().map(Result::unwrap).collect())
}

fn whole(text: &str) -> u32 {
    text.trim_end_matches(".0").parse().unwrap()
}

#[test]
fn lower_layer_super_output_areas_are_the_452_published() {
    let Some(lookup) = table("care/dorset_lsoa11_lookup_imd2019.csv") else {
        return;
    };
    let known = reference().unwrap();
    assert_eq!(lookup.len(), 452);
    assert_eq!(known.lsoas.len(), 452);
    for row in lookup {
        let lsoa = known.lsoa(&row["lsoa11_code"].parse().unwrap()).unwrap();
        assert_eq!(lsoa.name, row["lsoa11_name"]);
        assert_eq!(lsoa.council.as_str(), row["ltla21_code"]);
        assert_eq!(lsoa.msoa.as_str(), row["msoa11_code"]);
        assert_eq!(lsoa.msoa_name(), row["msoa11_name"]);
        assert_eq!(u32::from(lsoa.imd_decile), whole(&row["IMD_decile"]));
        // Names still carry the district of 2011.
        let district = lsoa.district_2013.as_ref().unwrap_or(&lsoa.council_2013);
        let district = &known.area(district).unwrap().name;
        assert!(
            lsoa.name.starts_with(district.as_str()),
            "{} in {district}",
            lsoa.name
        );
    }
}

#[test]
fn people_of_each_area_are_those_published() {
    let Some(people) = table("care/dorset_population_mid2020_lsoa11_single_year_age.csv") else {
        return;
    };
    let known = reference().unwrap();
    assert_eq!(people.len(), 452);
    for row in people {
        let lsoa = known.lsoa(&row["lsoa11_code"].parse().unwrap()).unwrap();
        assert_eq!(lsoa.population, whole(&row["total_population"]));
        assert_eq!(lsoa.population_65_plus, from_age(&row, 65));
        let people = known.population_in(&Place::Lsoa(lsoa.code)).unwrap();
        let published = (0..=90).step_by(5).map(|age| {
            let younger = if age == 90 {
                0
            } else {
                from_age(&row, age + 5)
            };
            (age, from_age(&row, age) - younger)
        });
        assert!(people.bands().eq(published), "{}", lsoa.code);
        let adults = from_age(&row, 18) - from_age(&row, 20);
        assert_eq!(people.youngest_adults(), adults, "{}", lsoa.code);
    }
}

#[test]
fn people_of_each_council_are_those_published() {
    let Some(people) = table("care/england_population_mid2020_utla_single_year_age.csv") else {
        return;
    };
    let known = reference().unwrap();
    let mut older = BTreeMap::new();
    for row in people {
        let council = row["utla20_code"].parse().unwrap();
        if known.population_from(&council, 0).is_none() {
            continue;
        }
        for age in (0..=90).step_by(5) {
            assert_eq!(
                known.population_from(&council, age),
                Some(from_age(&row, age))
            );
        }
        older.insert(row["utla20_name"].clone(), from_age(&row, 65));
    }
    let expected = [
        ("Bournemouth, Christchurch and Poole", 86_843),
        ("Dorset", 111_765),
    ];
    assert_eq!(
        older,
        expected
            .map(|(name, people)| (name.to_owned(), people))
            .into()
    );
}

fn from_age(row: &Row, youngest: u8) -> u32 {
    let ages = (youngest..90)
        .map(|age| age.to_string())
        .chain(["90+".to_owned()]);
    ages.map(|age| whole(&row[&age])).sum()
}

#[test]
fn people_of_england_by_sex_are_those_published() {
    let Some(people) = table("care/england_population_mid2023_single_year_age.csv") else {
        return;
    };
    let known = reference().unwrap();
    let mut counted: BTreeMap<(u8, bool), u32> = BTreeMap::new();
    for row in people.iter().filter(|row| row["Name"] == "ENGLAND") {
        let age: u8 = row["age"].trim_end_matches('+').parse().unwrap();
        let key = (age / 5 * 5, row["sex"] == "females");
        *counted.entry(key).or_default() += whole(&row["count"]);
    }
    assert_eq!(counted.len(), known.sex_bands.len() * 2);
    for band in &known.sex_bands {
        assert_eq!(counted[&(band.from, true)], band.female);
        assert_eq!(counted[&(band.from, false)], band.male);
    }
}

#[test]
fn practices_are_the_80_active_ones_published() {
    let Some(rows) = table("care/dorset_gp_practices_epraccur_2020.csv") else {
        return;
    };
    let known = reference().unwrap();
    let active: Vec<_> = rows
        .iter()
        .filter(|row| row["prescribing_setting"] == "4" && row["status_code"] == "A")
        .collect();
    assert_eq!(active.len(), 80);
    assert_eq!(known.practices.len(), 80);
    for row in active {
        let practice = known
            .practice(&row["organisation_code"].parse().unwrap())
            .unwrap();
        assert_eq!(practice.postcode.as_str(), row["postcode"]);
        assert_eq!(
            practice.valid.start().to_string().replace('-', ""),
            row["open_date"]
        );
        assert_eq!(practice.valid.end(), None);
        assert_eq!(row["close_date"], "");
        // Recased, and abbreviations spelt out: the first word never changes.
        let first = |name: &str| name.split(' ').next().unwrap().to_lowercase();
        assert_eq!(first(&practice.name), first(&row["name"]));
    }
}

#[test]
fn localities_are_the_13_known() {
    let Some(rows) = table("care/localities_2013.csv") else {
        return;
    };
    let known: BTreeSet<_> = reference()
        .unwrap()
        .localities
        .iter()
        .map(|one| one.name.clone())
        .collect();
    assert_eq!(
        known,
        rows.iter().map(|row| row["locality"].clone()).collect()
    );
    assert!(rows.iter().all(|row| row["status"] == "unverified"));
}

#[test]
fn trusts_have_their_published_codes() {
    let Some(rows) = table("care/england_nhs_trusts_2022.csv") else {
        return;
    };
    let today = "2026-11-24".parse().unwrap();
    for organisation in &reference().unwrap().organisations {
        if !organisation.kind.as_str().ends_with("trust") {
            continue;
        }
        let code = organisation.code.as_str();
        let row = rows
            .iter()
            .find(|row| row["nhs_trust22_code"] == code)
            .unwrap();
        assert_eq!(
            organisation.name.to_lowercase(),
            row["nhs_trust22_name"].to_lowercase()
        );
        assert_eq!(
            organisation.valid.contains(today),
            row["status"] == "open",
            "{code}"
        );
    }
}

#[test]
fn hospitals_stand_where_published() {
    let Some(rows) = table("care/dorset_area_hospitals_2022.csv") else {
        return;
    };
    let near = |one: f64, text: &str| (one - text.parse::<f64>().unwrap()).abs() < 0.000_006;
    for site in &reference().unwrap().sites {
        let Some(point) = site.point else { continue };
        let first = site.name.split(' ').next().unwrap();
        assert!(
            rows.iter().any(|row| {
                row["hospital22_name"].contains(first)
                    && near(point.latitude, &row["latitude"])
                    && near(point.longitude, &row["longitude"])
            }),
            "{}",
            site.name
        );
    }
}

#[test]
fn district_changes_are_those_published() {
    let Some(rows) = table("care/dorset_local_authority_changes_2016_2024.csv") else {
        return;
    };
    let known = reference().unwrap();
    let after = "2019-04-01".parse().unwrap();
    assert_eq!(rows.len(), 8);
    for row in rows {
        let present = known.present_of(&row["ltla18_code"].parse().unwrap(), after);
        let present: Vec<_> = present.iter().map(stour_kernel::OdsCode::as_str).collect();
        assert_eq!(present, [row["ltla19_code"].as_str()]);
    }
}

#[test]
fn return_values_are_word_for_word() {
    let Some(file) = reference_data("care/cld_fields_and_code_lists.json") else {
        return;
    };
    // The labels are what a return sends, compared case-sensitively: each must be there as a whole
    // JSON string.
    let text = std::fs::read_to_string(file).unwrap();
    let known = reference().unwrap();
    let lists = [
        ("event-outcome", 16),
        ("route-of-access", 8),
        ("service-type", 9),
        ("service-component", 25),
        ("delivery-mechanism", 3),
        ("primary-support-reason", 13),
        ("accommodation-status", 20),
        ("client-type", 3),
        ("gender", 4),
    ];
    for (id, count) in lists {
        let list = &known.code_list(id).unwrap().list;
        assert_eq!(list.entries().len(), count, "{id}");
        for entry in list.entries() {
            assert!(
                text.contains(&format!("\"{}\"", entry.label)),
                "{id}: {}",
                entry.label
            );
        }
    }
}

#[test]
fn hospital_codes_are_in_the_data_dictionary() {
    let Some(file) = reference_data("care/hes_apc_metadata.json") else {
        return;
    };
    let text = std::fs::read_to_string(file).unwrap();
    let known = reference().unwrap();
    let fields = [
        ("admission-method", "ADMIMETH"),
        ("admission-source", "ADMISORC"),
        ("discharge-destination", "DISDEST"),
        ("discharge-method", "DISMETH"),
        ("treatment-specialty", "TRETSPEF"),
        ("person-stated-gender", "SEX"),
    ];
    for (id, field) in fields {
        let values = text.split(&format!("\"{field}\"")).nth(1).unwrap();
        let values = values.split("\"Field\"").next().unwrap();
        for entry in known.code_list(id).unwrap().list.entries() {
            let there = ["\\n", "\\n ", "\"", "\" "]
                .iter()
                .any(|before| values.contains(&format!("{before}{} = ", entry.code)));
            assert!(there, "{id}: {}", entry.code);
        }
    }
}
