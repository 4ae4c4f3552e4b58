//! Life tables against a published example and a table worked out the long way.

use proptest::prelude::*;
use stour_statistics::rate::Withheld;
use stour_statistics::rate::life::{AGES, Band, Expectancy, expectancies};

use super::sure;

const POPULATIONS: [f64; 20] = [
    7060.0, 35059.0, 46974.0, 48489.0, 43219.0, 38561.0, 46009.0, 57208.0, 61435.0, 55601.0,
    50209.0, 56416.0, 46411.0, 39820.0, 37978.0, 37039.0, 33288.0, 23306.0, 11936.0, 11936.0,
];
const DEATHS: [u64; 20] = [
    17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937,
];
/// What the tests of `PHEindicatormethods` expect for these people: value, lower and upper 95% limit by age, with
/// ten significant figures. The limits reach 1.96 standard errors, where an exact quantile is 1.959964.
const PUBLISHED: [(f64, f64, f64); 20] = [
    (80.169_608_13, 79.882_685_48, 80.456_530_78),
    (79.362_456_74, 79.089_881_6, 79.635_031_88),
    (75.441_936_45, 75.174_073_07, 75.709_799_83),
    (70.472_999_36, 70.206_757_32, 70.739_241_4),
    (65.529_095_42, 65.265_486_73, 65.792_704_12),
    (60.675_100_88, 60.418_765_77, 60.931_436),
    (55.788_359_87, 55.538_015_79, 56.038_703_95),
    (50.927_527_27, 50.682_799_39, 51.172_255_16),
    (46.067_404_25, 45.826_667_94, 46.308_140_55),
    (41.245_056_36, 41.008_428_31, 41.481_684_41),
    (36.493_227_17, 36.262_232_16, 36.724_222_19),
    (31.833_438_42, 31.609_963_18, 32.056_913_65),
    (27.260_279_92, 27.043_372_71, 27.477_187_13),
    (22.971_914_4, 22.766_531_34, 23.177_297_46),
    (18.768_568_52, 18.575_703_52, 18.961_433_52),
    (14.958_583_36, 14.779_850_04, 15.137_316_67),
    (11.516_844_45, 11.348_317_78, 11.685_371_12),
    (8.618_849_241, 8.451_134_045, 8.786_564_437),
    (6.163_942_934, 5.978_358_351, 6.349_527_517),
    (6.162_106_35, 5.887_683_386, 6.436_529_314),
];

fn bands() -> Vec<Band> {
    let all = POPULATIONS.into_iter().zip(DEATHS);
    all.map(|(population, deaths)| Band { deaths, population })
        .collect()
}

#[test]
fn agrees_with_a_published_table_at_every_age() {
    let found = expectancies(&bands(), sure(0.95)).unwrap();
    let (mut absolute, mut relative, mut limits) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (found, published) in found.iter().zip(PUBLISHED) {
        let reach = 1.96 * found.error;
        for (found, published) in [
            (found.value, published.0),
            (found.value - reach, published.1),
            (found.value + reach, published.2),
        ] {
            absolute = absolute.max((found - published).abs());
            relative = relative.max((found / published - 1.0).abs());
        }
        limits = limits.max((found.interval.lower.unwrap() - published.1).abs());
        limits = limits.max((found.interval.upper - published.2).abs());
    }
    println!(
        "life table: 60 numbers, worst absolute {absolute:.1e}, relative {relative:.1e}, limits {limits:.1e}"
    );
    assert!(absolute < 6e-9, "{absolute}");
    assert!(limits < 6e-6, "{limits}");
    assert_eq!(found.len(), 20);
    assert_eq!((found[0].deaths, found[19].deaths), (9357, 1937));
    assert!((found[0].population - POPULATIONS.iter().sum::<f64>()).abs() < 1e-6);
}

/// Of 100,000 born: how long they live, band by band, as a textbook lays the table out.
fn long_way(bands: &[Band], from: usize) -> f64 {
    let mut alive = 100_000.0;
    let mut years = 0.0;
    for (place, band) in bands.iter().enumerate().skip(from) {
        #[expect(
            clippy::as_conversions,
            clippy::cast_precision_loss,
            reason = "a small count"
        )]
        let mortality = band.deaths as f64 / band.population;
        if place == 19 {
            years += alive / mortality;
            break;
        }
        let width = f64::from(AGES[place + 1] - AGES[place]);
        let share = if place == 0 { 0.1 } else { 0.5 };
        let dying = width * mortality / (1.0 + (1.0 - share) * width * mortality);
        let dead = alive * dying;
        years += width * (alive - dead) + share * width * dead;
        alive -= dead;
    }
    years / 100_000.0
}

/// The variance of life expectancy by shaking each rate in turn: what Chiang's formula is the derivative of.
fn shaken(bands: &[Band]) -> f64 {
    let base = |change: Option<(usize, f64)>| {
        let mut changed: Vec<Band> = bands.to_vec();
        if let Some((place, by)) = change {
            // More deaths are fewer people: the rate is what counts.
            changed[place].population /= 1.0 + by;
        }
        long_way(&changed, 0)
    };
    let step = 1e-5;
    (0..20)
        .filter(|place| bands[*place].deaths > 0)
        .map(|place| {
            let slope = (base(Some((place, step))) - base(Some((place, -step)))) / (2.0 * step);
            #[expect(
                clippy::as_conversions,
                clippy::cast_precision_loss,
                reason = "a small count"
            )]
            let deaths = bands[place].deaths as f64;
            let width = if place == 19 {
                0.0
            } else {
                f64::from(AGES[place + 1] - AGES[place])
            };
            let lived = if place == 0 { 0.1 } else { 0.5 };
            // Deaths in a band are binomial and not Poisson: fewer are left to die.
            let mortality = deaths / bands[place].population;
            let share = width * mortality / (1.0 + (1.0 - lived) * width * mortality);
            let binomial = if place == 19 {
                1.0
            } else {
                let below = 1.0 + (1.0 - lived) * width * mortality;
                (1.0 - share) * below * below
            };
            slope * slope / deaths * binomial
        })
        .sum()
}

fn population() -> impl Strategy<Value = Vec<Band>> {
    prop::collection::vec((200_u32..60_000, 0.0..0.3_f64), 20).prop_map(|rows| {
        let bands = rows.into_iter().map(|(people, share)| {
            let deaths = (f64::from(people) * share * share).floor();
            Band {
                deaths: format!("{deaths:.0}").parse::<u64>().unwrap(),
                population: f64::from(people),
            }
        });
        let mut bands: Vec<Band> = bands.collect();
        bands[19].deaths = bands[19].deaths.max(5);
        bands
    })
}

proptest! {
    #[test]
    fn agrees_with_a_table_laid_out_the_long_way(bands in population()) {
        prop_assume!(bands.iter().map(|band| band.population).sum::<f64>() > 5000.0);
        let found = expectancies(&bands, sure(0.95)).unwrap();
        for (place, found) in found.iter().enumerate() {
            let slow = long_way(&bands, place);
            // Chiang's tenth belongs to the first year alone.
            prop_assert!((found.value - slow).abs() < 1e-9 * slow, "{} {}", found.value, slow);
        }
        let variance = shaken(&bands);
        let error = found[0].error * found[0].error;
        prop_assert!((error / variance - 1.0).abs() < 1e-4, "{} {}", error, variance);
    }
}

#[test]
fn what_is_no_life_table_is_refused() {
    let with = |change: fn(&mut Vec<Band>)| {
        let mut bands = bands();
        change(&mut bands);
        expectancies(&bands, sure(0.95)).unwrap_err()
    };
    assert_eq!(
        with(|bands| bands.truncate(19)),
        Withheld::Bands { found: 19 }
    );
    assert_eq!(
        with(|bands| bands[3].population = 0.0),
        Withheld::EmptyBand { place: 3 }
    );
    assert!(matches!(
        with(|bands| bands[3].population = -1.0),
        Withheld::Band { place: 3, .. }
    ));
    assert_eq!(
        with(|bands| bands[18].population = 119.0),
        Withheld::DeathsExceedPopulation { place: 18 }
    );
    assert_eq!(
        with(|bands| bands[18].population = 4000.0),
        Withheld::NobodyLeft { place: 18 }
    );
    assert_eq!(
        with(|bands| bands[19].deaths = 0),
        Withheld::NobodyDiedAtTheEnd
    );
    let small = with(|bands| {
        for band in bands {
            *band = Band {
                deaths: 1,
                population: 250.0,
            };
        }
    });
    assert!(matches!(small, Withheld::SmallPopulation { .. }), "{small}");
}

#[test]
fn a_wide_interval_hides_the_value() {
    let mut bands = bands();
    bands[19] = Band {
        deaths: 1,
        population: 40.0,
    };
    let found = expectancies(&bands, sure(0.95)).unwrap();
    let last: &Expectancy = &found[19];
    assert!(matches!(last.shown(), Err(Withheld::WideInterval { .. })));
    let usual = expectancies(&self::bands(), sure(0.95)).unwrap();
    assert_eq!(usual[0].shown(), Ok(usual[0].value));
}
