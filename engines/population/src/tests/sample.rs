//! A small setting: two councils, five areas, four practices, two hospitals.

use stour_kernel::Date;

use crate::{
    AgeCount, Council, Generator, Hospital, Lsoa, Names, PostcodeSector, Practice, Rates, Seed,
    Setting, Ward,
};

/// People of the two councils in bands of five years, in hundreds: about Bournemouth, Christchurch and Poole, and
/// Dorset (ONS mid-2020 estimates, rounded).
const AGES: [[f64; 19]; 2] = [
    [
        198., 227., 219., 216., 270., 223., 232., 260., 244., 253., 269., 255., 226., 209., 229.,
        165., 125., 86., 55.,
    ],
    [
        155., 191., 208., 189., 146., 165., 180., 175., 188., 228., 272., 299., 283., 274., 307.,
        223., 155., 98., 61.,
    ],
];

pub(super) fn today() -> Date {
    Date::constant(2026, 11, 24)
}

pub(super) fn generator(seed: u64, count: u64) -> Generator {
    Generator::new(setting(), Seed(seed), count).unwrap()
}

pub(super) fn setting() -> Setting {
    Setting {
        today: today(),
        councils: vec![
            council("E06000058", "Poole", 0),
            council("E06000059", "Dorchester", 1),
        ],
        lsoas: vec![
            lsoa("E01015272", "E06000058", 8, Some("BH5 1"), None),
            lsoa("E01015273", "E06000058", 2, Some("BH5 2"), None),
            lsoa(
                "E01015394",
                "E06000058",
                5,
                Some("BH12 3"),
                Some("poole-bay"),
            ),
            lsoa("E01020440", "E06000059", 6, Some("DT1 2"), None),
            lsoa("E01020441", "E06000059", 9, None, None),
        ],
        sectors: vec![PostcodeSector {
            sector: "DT6 3".to_owned(),
            council: "E06000059".parse().unwrap(),
            postcodes: 40,
        }],
        practices: vec![
            practice("J81001", "BH5 2AA", "E06000058", "east-bournemouth"),
            practice("J81002", "BH14 9XX", "E06000058", "poole-bay"),
            practice("J81003", "DT1 1AA", "E06000059", "mid-dorset"),
            practice("J81004", "DT6 5BN", "E06000059", "west-dorset"),
        ],
        hospitals: vec![
            hospital("R0D", "RBH", &[("E06000058", 0.95), ("E06000059", 0.3)]),
            hospital("RBD", "DCH", &[("E06000058", 0.05), ("E06000059", 0.7)]),
        ],
        names: Names::embedded().unwrap(),
        rates: Rates::default(),
    }
}

fn council(code: &str, name: &str, number: usize) -> Council {
    let bands = AGES[number].iter().enumerate();
    let ages = bands.map(|(band, hundreds)| {
        let from = u8::try_from(band * 5).unwrap();
        AgeCount {
            from,
            to: (from < 90).then_some(from + 4),
            people: hundreds * 100.0,
        }
    });
    Council {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        organisation: code.parse().unwrap(),
        ages: ages.collect(),
    }
}

fn lsoa(
    code: &str,
    council: &str,
    decile: u8,
    sector: Option<&str>,
    locality: Option<&str>,
) -> Lsoa {
    Lsoa {
        code: code.parse().unwrap(),
        council: council.parse().unwrap(),
        town: None,
        population: 1_700,
        imd_decile: decile,
        sector: sector.map(str::to_owned),
        locality: locality.map(|locality| locality.parse().unwrap()),
    }
}

fn practice(code: &str, postcode: &str, council: &str, locality: &str) -> Practice {
    Practice {
        code: code.parse().unwrap(),
        name: format!("Practice {code}"),
        postcode: postcode.parse().unwrap(),
        council: council.parse().unwrap(),
        locality: locality.parse().unwrap(),
    }
}

fn hospital(organisation: &str, site: &str, shares: &[(&str, f64)]) -> Hospital {
    let ward = |code: &str, specialty: &str| Ward {
        code: format!("{site}{code}"),
        name: code.to_owned(),
        specialty: specialty.to_owned(),
    };
    Hospital {
        organisation: organisation.parse().unwrap(),
        site: site.to_owned(),
        name: site.to_owned(),
        wards: vec![
            ward("AMU", "300"),
            ward("ELD", "430"),
            ward("ORT", "110"),
            ward("RES", "340"),
        ],
        shares: shares
            .iter()
            .map(|(code, share)| (code.parse().unwrap(), *share))
            .collect(),
    }
}
