use stour_database::testing::each_database;
use stour_kernel::{Date, GssCode, OdsCode};
use stour_partnership as partnership;
use stour_partnership::{Files, Loaded, MIGRATIONS, Reference, reference};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn ods(text: &str) -> OdsCode {
    text.parse().unwrap()
}

fn gss(text: &str) -> GssCode {
    text.parse().unwrap()
}

#[test]
fn loading_is_idempotent_and_replaces_what_changed() {
    each_database(&[MIGRATIONS], |db| {
        let load = |files: Files| {
            let reference = Reference::parse(&files).unwrap();
            db.write_blocking(move |tx| partnership::load(tx, &reference))
                .unwrap()
        };
        let first = load(Files::embedded());
        assert!(
            matches!(first, Loaded::Replaced { rows } if rows > 2_000),
            "{first:?}"
        );
        assert_eq!(load(Files::embedded()), Loaded::Unchanged);

        let files = Files::embedded();
        let text = files.text("wards.csv").unwrap();
        let fewer: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("DAMU"))
            .collect();
        load(files.clone().with("wards.csv", &fewer.join("\n")));
        let wards = db
            .read_blocking(|tx| partnership::wards_of(tx, &ods("RBD"), day("2026-11-24")))
            .unwrap();
        assert!(wards.iter().all(|ward| ward.code.as_str() != "DAMU"));
        load(Files::embedded());
        let ward = db
            .read_blocking(|tx| partnership::ward(tx, &ods("RBD"), "DAMU", day("2026-11-24")))
            .unwrap();
        assert!(ward.is_some());
    });
}

/// What can be asked of the tables and of the files has one answer, on every day on which
/// something begins or ends.
#[test]
fn the_tables_say_what_the_files_say() {
    let known = reference().unwrap();
    let days = [
        "2010-01-01",
        "2013-07-01",
        "2019-03-31",
        "2019-04-01",
        "2020-10-01",
        "2026-11-24",
    ];
    each_database(&[MIGRATIONS], |db| {
        db.write_blocking(move |tx| partnership::load(tx, known))
            .unwrap();
        for on in days.map(day) {
            db.read_blocking(move |tx| {
                let mut expected: Vec<_> = known.organisations_at(on).cloned().collect();
                expected.sort_by(|one, other| one.name.cmp(&other.name));
                assert_eq!(partnership::organisations_at(tx, on)?, expected);

                let mut expected: Vec<_> = known.localities_at(on).cloned().collect();
                expected.sort_by(|one, other| one.name.cmp(&other.name));
                assert_eq!(partnership::localities(tx, on)?, expected);

                for organisation in &known.organisations {
                    let code = &organisation.code;
                    let mut expected: Vec<_> = known.wards_of(code, on).cloned().collect();
                    expected.sort_by_key(|ward| {
                        (ward.site_name.clone(), ward.name.clone(), ward.code.clone())
                    });
                    assert_eq!(partnership::wards_of(tx, code, on)?, expected);
                    let mut expected: Vec<_> = known.sites_of(code, on).cloned().collect();
                    expected.sort_by(|one, other| one.name.cmp(&other.name));
                    assert_eq!(partnership::sites_of(tx, code, on)?, expected);
                    assert_eq!(
                        partnership::council_of_practice(tx, code, on)?.as_ref(),
                        known.council_of_practice(code, on)
                    );
                }
                for lsoa in known.lsoas.iter().step_by(17) {
                    assert_eq!(
                        partnership::council_at(tx, &lsoa.code, on)?.as_ref(),
                        known.council_at(&lsoa.code, on)
                    );
                }
                Ok::<_, stour_database::Error>(())
            })
            .unwrap();
        }
    });
}

#[test]
fn single_rows_are_found_and_absent_ones_are_none() {
    let known = reference().unwrap();
    let today = day("2026-11-24");
    each_database(&[MIGRATIONS], |db| {
        db.write_blocking(move |tx| partnership::load(tx, known))
            .unwrap();
        db.read_blocking(move |tx| {
            for organisation in &known.organisations {
                let found = partnership::organisation(tx, &organisation.code)?;
                assert_eq!(found.as_ref(), Some(organisation));
            }
            for practice in &known.practices {
                let found = partnership::practice(tx, &practice.code)?;
                assert_eq!(found.as_ref(), Some(practice));
            }
            assert_eq!(partnership::practices_at(tx, today)?.len(), 80);
            assert_eq!(partnership::organisation(tx, &ods("ZZZ"))?, None);
            assert_eq!(partnership::practice(tx, &ods("RBD"))?, None);
            assert_eq!(partnership::ward(tx, &ods("RBD"), "NOPE", today)?, None);

            let board = partnership::organisation_identified(tx, "gss", "E54000041", today)?;
            assert_eq!(board.map(|one| one.code), Some(ods("QVV")));

            let district = gss("E07000048");
            assert_eq!(
                partnership::council_at(tx, &district, day("2018-01-01"))?,
                Some(gss("E10000009"))
            );
            assert_eq!(
                partnership::council_at(tx, &gss("E06000059"), today)?,
                Some(gss("E06000059"))
            );
            assert_eq!(
                partnership::area_name(tx, &district)?.as_deref(),
                Some("Christchurch")
            );
            assert_eq!(
                partnership::areas_at(tx, "council", day("2013-07-01"))?.len(),
                3
            );
            assert_eq!(partnership::areas_at(tx, "lsoa", today)?.len(), 452);
            let districts = partnership::areas_at(tx, "district", day("2013-07-01"))?;
            assert_eq!(districts.len(), 6);
            assert!(
                districts
                    .iter()
                    .all(|area| area.parent == Some(gss("E10000009")))
            );

            let lsoa = known.lsoas.first().unwrap();
            let (locality, status) = partnership::locality_of_lsoa(tx, &lsoa.code)?.unwrap();
            assert_eq!(locality, lsoa.locality);
            assert!(status.needs_warning());
            let found = partnership::locality(tx, &locality)?;
            assert_eq!(found.as_ref(), known.locality(&locality));
            Ok::<_, stour_database::Error>(())
        })
        .unwrap();
    });
}

#[test]
fn code_lists_come_back_whole() {
    let known = reference().unwrap();
    each_database(&[MIGRATIONS], |db| {
        db.write_blocking(move |tx| partnership::load(tx, known))
            .unwrap();
        db.read_blocking(move |tx| {
            for list in &known.lists {
                let found = partnership::code_list(tx, list.list.id().as_str())?;
                assert_eq!(found.as_ref(), Some(list));
            }
            assert_eq!(partnership::code_list(tx, "nope")?, None);
            let code = "28".parse().unwrap();
            let label = partnership::code_label(tx, "admission-method", &code)?;
            assert_eq!(label.as_deref(), Some("Emergency: other means"));
            Ok::<_, stour_database::Error>(())
        })
        .unwrap();
    });
}
