use std::io::Read as _;

use proptest::prelude::*;
use stour_kernel::Postcode;
use stour_search::Point;

use super::super::import::read;
use super::super::typed::NoPlace;
use super::{Broken, Postcodes, Row, units};

/// The CSV that the table was made of; `None` where it is not there.
fn source() -> Option<String> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/postcodes/dorset_postcodes.csv.gz"
    );
    let Ok(file) = std::fs::File::open(path) else {
        assert!(std::env::var_os("CI").is_none(), "{path} is not there");
        eprintln!("skipped: {path} is not there");
        return None;
    };
    let _ = file;
    let output = std::process::Command::new("gzip")
        .args(["-dc", path])
        .output()
        .unwrap();
    let mut text = String::new();
    output.stdout.as_slice().read_to_string(&mut text).unwrap();
    Some(text)
}

#[test]
fn the_table_is_what_its_source_says() {
    let Some(source) = source() else { return };
    let table = Postcodes::embedded().unwrap();
    let told = read(source.as_bytes()).unwrap().told;
    assert_eq!(table.len(), told.len());
    assert_eq!(told.iter().filter(|told| told.is_live).count(), 31_998);
    for told in &told {
        let known = table.get(&told.postcode).unwrap();
        assert!(known.point.metres_to(told.point) < 1.5, "{}", told.postcode);
        assert_eq!(known.council, told.council.to_string());
        assert_eq!(known.is_live, told.is_live);
    }
    assert_eq!(Postcodes::of(&told), *table);
}

#[test]
fn eastings_and_northings_are_the_same_places() {
    let Some(source) = source() else { return };
    let by_degrees = read(source.as_bytes()).unwrap().told;
    let header = "postcode,lat,lon,easting";
    assert!(source.starts_with(header));
    let by_grid = read(
        source
            .replacen(header, "postcode,was_lat,was_lon,easting", 1)
            .as_bytes(),
    );
    for (one, other) in by_degrees.iter().zip(by_grid.unwrap().told) {
        assert!(one.point.metres_to(other.point) < 0.5, "{}", one.postcode);
    }
}

#[test]
fn what_is_written_is_read() {
    let table = Postcodes::embedded().unwrap();
    assert_eq!(Postcodes::decode(&table.encode()), Ok((*table).clone()));
    let bytes = table.encode();
    assert_eq!(Postcodes::decode(&bytes[..bytes.len() - 1]), Err(Broken));
    assert_eq!(Postcodes::decode(b"stour postcodes 2\n"), Err(Broken));
    assert_eq!(Postcodes::decode(&[&bytes[..], &[0]].concat()), Err(Broken));
    assert_eq!(units(-1.876_169), -187_617);
    assert_eq!(units(50.5), 5_050_000);
    for whole in -200_000..=-180_000 {
        assert_eq!(units(f64::from(whole) / 1e5), whole);
    }
    assert_eq!((units(-180.0), units(180.0)), (-18_000_000, 18_000_000));
}

#[test]
fn postcodes_are_found_as_people_type_them() {
    let table = Postcodes::embedded().unwrap();
    let exact = table.locate("DT1 1AA").unwrap();
    assert_eq!(
        (exact.name.as_str(), exact.is_part, exact.is_corrected),
        ("DT1 1AA", false, false)
    );
    assert_eq!(exact.council, "E06000059");
    for typed in ["dt11aa", " DT1  1aa ", "dt1-1aa", "Dt1 1Aa."] {
        assert_eq!(table.locate(typed).unwrap(), exact, "{typed}");
    }
    for typed in ["DTI 1AA", "DT1 IAA", "DTl 1AA"] {
        let located = table.locate(typed).unwrap();
        assert!(located.is_corrected, "{typed}");
        assert_eq!(located.name, "DT1 1AA");
    }
    let district = table.locate("dt1").unwrap();
    assert_eq!((district.name.as_str(), district.is_part), ("DT1", true));
    assert!(district.point.metres_to(exact.point) < 4_000.0);
    assert_eq!(table.locate("BH11").unwrap().name, "BH11");
    assert_eq!(table.locate("BH1 1").unwrap().name, "BH1 1");
    assert_eq!(table.locate("BH89").unwrap().name, "BH8 9");
}

#[test]
fn what_is_no_place_is_told_with_what_to_do() {
    let table = Postcodes::embedded().unwrap();
    for (typed, expected) in [
        (
            "SW1A 1AA",
            NoPlace::NotKnown("SW1A 1AA".to_owned(), "SW1A".to_owned()),
        ),
        ("LS6", NoPlace::PartNotKnown("LS6".to_owned())),
        ("Dorchester", NoPlace::NotOne("Dorchester".to_owned())),
        ("<b>", NoPlace::NotOne("<b>".to_owned())),
        ("🙂", NoPlace::NotOne("🙂".to_owned())),
        ("", NoPlace::NotOne(String::new())),
    ] {
        assert_eq!(table.locate(typed), Err(expected));
    }
    assert!(table.locate(&"9".repeat(10_000)).is_err());
}

#[test]
fn postcodes_no_longer_used_still_have_a_place() {
    let table = Postcodes::embedded().unwrap();
    let ended = table.locate("BA21 5BN").unwrap();
    assert!(!ended.is_live);
    let known: Postcode = "BA21 5BN".parse().unwrap();
    assert!(table.get(&known).is_some());
}

proptest! {
    /// Looking at every postcode gives the same council.
    #[test]
    fn the_nearest_postcode_is_that_of_looking_at_all(lat in 50.4..51.3_f64, lon in -3.1..-1.5_f64) {
        let table = Postcodes::embedded().unwrap();
        let point = Point::new(lat, lon).unwrap();
        let narrow = point.lat().to_radians().cos();
        let away = |row: &&Row| {
            let north = f64::from(row.lat) - f64::from(units(lat));
            let east = (f64::from(row.lon) - f64::from(units(lon))) * narrow;
            north * north + east * east
        };
        let live = table.rows.iter().filter(|row| row.is_live);
        let nearest = live.min_by(|one, other| away(one).total_cmp(&away(other))).unwrap();
        let is_near = nearest.point().unwrap().metres_to(point) <= 5_000.0;
        prop_assert_eq!(table.council_at(point), is_near.then(|| table.council(nearest)));
    }
}

#[test]
fn the_council_of_a_place_is_that_of_the_nearest_postcode() {
    let table = Postcodes::embedded().unwrap();
    let bournemouth = Point::new(50.72, -1.88).unwrap();
    assert_eq!(table.council_at(bournemouth), Some("E06000058"));
    assert_eq!(table.council_at(Point::new(53.8, -1.5).unwrap()), None);
}

#[test]
fn a_file_with_mistakes_is_refused_whole() {
    let told = |text: &str| read(text.as_bytes()).map(|read| (read.told.len(), read.left_out));
    assert_eq!(
        told(
            "pcds,lat,long,laua,doterm\nLS6 1AA,53.8,-1.5,E08000035,\nLS6 1AB,99.999999,0,E08000035,\n"
        ),
        Ok((1, 1))
    );
    for (text, expected) in [
        ("pcds,lat,long\n", "there is no column of the council"),
        (
            "pcds,lat,long,laua\nLS6 1AA,53.8,-1.5,E08000035\nLS6,53.8,-1.5,E08000035\n",
            "line 3: \"LS6\"",
        ),
        (
            "pcds,lat,long,laua\nLS6 1AA,x,-1.5,E08000035\n",
            "line 2: \"x\" is not a number",
        ),
        (
            "pcds,lat,long,laua\nLS6 1AA,53.8,-181,E08000035\n",
            "no latitude and longitude",
        ),
        (
            "pcds,easting,northing,laua\nLS6 1AA,900000,1,E08000035\n",
            "is not on the grid",
        ),
        ("pcds,lat,long,laua\nLS6 1AA,53.8,-1.5,Leeds\n", "Leeds"),
        ("pcds,lat,long,laua\n", "no postcode with a place"),
    ] {
        let error = told(text).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
