//! The partnership's reference data as the generator wants it.

use anyhow::{Context as _, anyhow};
use stour_kernel::{Date, GssCode};
use stour_partnership::Reference;
use stour_population::{
    AgeCount, Council, Hospital, Lsoa, Names, PostcodeSector, Practice, Rates, Setting, Ward,
};

/// How the people of each council spread over the hospitals: an assumption for the demonstration, not
/// a published figure.
const ADMISSIONS: &str = include_str!("admissions.csv");

/// The places, people, practices and hospitals of a day.
///
/// # Errors
/// When the reference data lack something that the generator needs.
pub fn setting(reference: &Reference, today: Date) -> anyhow::Result<Setting> {
    let councils = reference
        .councils_at(today)
        .map(|area| council(reference, area))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Setting {
        today,
        lsoas: reference.lsoas.iter().map(lsoa).collect(),
        sectors: reference
            .sectors
            .iter()
            .map(|sector| PostcodeSector {
                sector: sector.name.clone(),
                council: sector.council,
                postcodes: sector.live_postcodes,
            })
            .collect(),
        practices: practices(reference, today),
        hospitals: hospitals(reference, today)?,
        names: Names::embedded()?,
        rates: Rates::default(),
        councils,
    })
}

fn council(reference: &Reference, area: &stour_partnership::Area) -> anyhow::Result<Council> {
    let code = area.code;
    let organisation = code
        .as_str()
        .parse()
        .with_context(|| format!("council {code} has no organisation"))?;
    let bands: Vec<_> = reference
        .age_bands
        .iter()
        .filter(|band| band.council == code)
        .collect();
    let ages = bands.iter().enumerate().map(|(number, band)| AgeCount {
        from: band.from,
        // The oldest band has no end.
        to: bands
            .get(number + 1)
            .and_then(|next| next.from.checked_sub(1)),
        people: f64::from(band.population),
    });
    Ok(Council {
        code,
        name: area.name.clone(),
        organisation,
        ages: ages.collect(),
    })
}

fn lsoa(lsoa: &stour_partnership::Lsoa) -> Lsoa {
    Lsoa {
        code: lsoa.code,
        council: lsoa.council,
        // "Bournemouth 016A": the town, then the number of the area in it.
        town: lsoa.name.rsplit_once(' ').map(|(town, _)| town.to_owned()),
        population: lsoa.population,
        imd_decile: lsoa.imd_decile,
        sector: Some(lsoa.postcode_sector.clone()),
        locality: Some(lsoa.locality.clone()),
    }
}

fn practices(reference: &Reference, today: Date) -> Vec<Practice> {
    let open = reference
        .practices
        .iter()
        .filter(|practice| practice.valid.contains(today));
    open.map(|practice| Practice {
        code: practice.code,
        name: practice.name.clone(),
        postcode: practice.postcode,
        council: practice.council,
        locality: practice.locality.clone(),
    })
    .collect()
}

fn hospitals(reference: &Reference, today: Date) -> anyhow::Result<Vec<Hospital>> {
    let shares = shares()?;
    let sites = reference
        .sites
        .iter()
        .filter(|site| shares.iter().any(|(code, ..)| *code == site.code.as_str()));
    sites
        .map(|site| {
            let operator = reference.operator_of(&site.code, today);
            let organisation =
                *operator.ok_or_else(|| anyhow!("nobody runs {} on {today}", site.name))?;
            let wards = reference
                .wards
                .iter()
                .filter(|ward| ward.site == site.code && ward.valid.contains(today));
            let wards = wards.map(|ward| Ward {
                code: ward.code.to_string(),
                name: ward.name.clone(),
                specialty: ward.specialty.to_string(),
            });
            let of_site = shares
                .iter()
                .filter(|(code, ..)| *code == site.code.as_str());
            Ok(Hospital {
                organisation,
                site: site.code.to_string(),
                name: site.name.clone(),
                wards: wards.collect(),
                shares: of_site
                    .map(|(_, council, share)| (*council, *share))
                    .collect(),
            })
        })
        .collect()
}

fn shares() -> anyhow::Result<Vec<(&'static str, GssCode, f64)>> {
    let row = |line: &'static str| {
        let mut cells = line.split(',');
        let (site, council, share) = (cells.next()?, cells.next()?, cells.next()?);
        Some((site, council.parse().ok()?, share.parse().ok()?))
    };
    let rows = ADMISSIONS
        .lines()
        .skip(1)
        .map(|line| row(line).ok_or_else(|| anyhow!("admissions.csv: {line:?}")));
    rows.collect()
}
