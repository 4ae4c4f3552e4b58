//! Whether the tables agree with each other: every name leads somewhere, and no code means two
//! things on one day.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{GssCode, LocalityCode, OdsCode, Period};

use crate::{Reference, ReferenceError};

type Checked = Result<(), ReferenceError>;

pub(crate) fn check(reference: &Reference) -> Checked {
    unique(reference)?;
    organisations(reference)?;
    sites(reference)?;
    places(reference)?;
    lists(reference)
}

fn unique(reference: &Reference) -> Checked {
    once(
        "organisation",
        reference.organisations.iter().map(|one| &one.code),
    )?;
    once("site", reference.sites.iter().map(|one| &one.code))?;
    once("practice", reference.practices.iter().map(|one| &one.code))?;
    once("locality", reference.localities.iter().map(|one| &one.code))?;
    once("area", reference.areas.iter().map(|one| &one.code))?;
    once(
        "lower-layer super output area",
        reference.lsoas.iter().map(|one| &one.code),
    )?;
    once(
        "population of a lower-layer super output area",
        reference.lsoa_ages.iter().map(|one| &one.lsoa),
    )?;
    let boundaries = reference.boundaries.iter();
    once("boundary", boundaries.map(|one| &one.code))?;
    once(
        "level of boundaries",
        reference.boundary_levels.iter().map(|one| &one.level),
    )?;
    once("code list", reference.lists.iter().map(|one| one.list.id()))?;
    let sectors = reference
        .sectors
        .iter()
        .map(|one| format!("{} {}", one.name, one.council));
    once("postcode sector", sectors)?;
    let codes = reference.identifiers.iter();
    apart(
        "identifier",
        codes.map(|one| (format!("{} {}", one.scheme, one.value), one.valid)),
    )?;
    let operators = reference.site_operators.iter();
    apart(
        "operator of a site",
        operators.map(|one| (one.site.to_string(), one.valid)),
    )?;
    // A message names a ward by its code and its organisation, and the organisation changes: so
    // the same code must not be at two sites that one organisation runs on one day.
    let wards = reference.wards.iter().flat_map(|ward| {
        let operators = reference
            .site_operators
            .iter()
            .filter(|one| one.site == ward.site);
        operators.filter_map(|operator| {
            let valid = ward.valid.intersection(&operator.valid)?;
            Some((format!("{} of {}", ward.code, operator.organisation), valid))
        })
    });
    apart("ward", wards)?;
    let trusts = reference
        .trusts
        .iter()
        .map(|trust| (trust.kind.to_string(), trust.valid));
    apart("place in the order of trust", trusts)
}

fn once<C: Ord + ToString>(what: &'static str, codes: impl Iterator<Item = C>) -> Checked {
    let mut seen = BTreeSet::new();
    for code in codes {
        let text = code.to_string();
        if !seen.insert(code) {
            return Err(ReferenceError::Twice { what, code: text });
        }
    }
    Ok(())
}

fn apart(what: &'static str, rows: impl Iterator<Item = (String, Period)>) -> Checked {
    let mut seen: BTreeMap<String, Vec<Period>> = BTreeMap::new();
    for (code, valid) in rows {
        let others = seen.entry(code.clone()).or_default();
        if others.iter().any(|other| other.overlaps(&valid)) {
            return Err(ReferenceError::Twice { what, code });
        }
        others.push(valid);
    }
    Ok(())
}

fn unknown(
    what: &'static str,
    from: &impl ToString,
    target: &'static str,
    to: &impl ToString,
) -> ReferenceError {
    ReferenceError::Unknown {
        what,
        from: from.to_string(),
        target,
        to: to.to_string(),
    }
}

fn organisations(reference: &Reference) -> Checked {
    let known = |code: &OdsCode| reference.organisation(code).map(|one| one.valid);
    for succession in &reference.successions {
        let from = known(&succession.from);
        let to = known(&succession.to);
        // The old one ends on the day the new one takes over, and the new one has begun by then.
        if from.is_none_or(|valid| valid.end() != Some(succession.on)) {
            return Err(unknown(
                "successor",
                &succession.to,
                "predecessor",
                &succession.from,
            ));
        }
        if to.is_none_or(|valid| !valid.contains(succession.on)) {
            return Err(unknown(
                "predecessor",
                &succession.from,
                "successor",
                &succession.to,
            ));
        }
    }
    for identifier in &reference.identifiers {
        if known(&identifier.organisation).is_none() {
            let to = &identifier.organisation;
            return Err(unknown("identifier", &identifier.value, "organisation", to));
        }
    }
    Ok(())
}

fn sites(reference: &Reference) -> Checked {
    for operator in &reference.site_operators {
        if reference.site(&operator.site).is_none() {
            return Err(unknown(
                "operator",
                &operator.organisation,
                "site",
                &operator.site,
            ));
        }
        let organisation = reference.organisation(&operator.organisation);
        if organisation
            .is_none_or(|one| one.valid.intersection(&operator.valid) != Some(operator.valid))
        {
            let to = &operator.organisation;
            return Err(unknown(
                "operator of the site",
                &operator.site,
                "organisation",
                to,
            ));
        }
    }
    for ward in &reference.wards {
        let specialties = reference.code_list("treatment-specialty");
        if specialties
            .and_then(|list| list.label(&ward.specialty))
            .is_none()
        {
            return Err(unknown(
                "ward",
                &ward.code,
                "treatment specialty",
                &ward.specialty,
            ));
        }
    }
    Ok(())
}

fn places(reference: &Reference) -> Checked {
    let area = |what, from: &dyn ToString, code: &GssCode| -> Checked {
        match reference.area(code) {
            Some(_) => Ok(()),
            None => Err(unknown(what, &from.to_string(), "area", code)),
        }
    };
    let locality = |what, from: &dyn ToString, code: &LocalityCode| -> Checked {
        match reference.locality(code) {
            Some(_) => Ok(()),
            None => Err(unknown(what, &from.to_string(), "locality", code)),
        }
    };
    for one in &reference.areas {
        one.parent
            .iter()
            .try_for_each(|parent| area("area", &one.code, parent))?;
    }
    for one in &reference.localities {
        area("locality", &one.code, &one.council_2013)?;
    }
    for one in &reference.practices {
        area("practice", &one.code, &one.council)?;
        area("practice", &one.code, &one.council_2013)?;
        locality("practice", &one.code, &one.locality)?;
    }
    for one in &reference.lsoas {
        let held = [Some(one.council), Some(one.council_2013), one.district_2013];
        held.iter()
            .flatten()
            .try_for_each(|code| area("LSOA", &one.code, code))?;
        locality("LSOA", &one.code, &one.locality)?;
    }
    for one in &reference.sectors {
        area("postcode sector", &one.name, &one.council)?;
    }
    for one in &reference.age_bands {
        area("population", &one.from, &one.council)?;
    }
    for one in &reference.boundaries {
        if reference.boundary_level(one.level.as_str()).is_none() {
            return Err(unknown("boundary", &one.code, "level", &one.level));
        }
    }
    people(reference)
}

/// Every lower-layer super output area has its people by age, and they are as many as it has.
fn people(reference: &Reference) -> Checked {
    for one in &reference.lsoa_ages {
        if reference.lsoa(&one.lsoa).is_none() {
            return Err(unknown(
                "population",
                &one.people.total(),
                "LSOA",
                &one.lsoa,
            ));
        }
    }
    for lsoa in &reference.lsoas {
        let Some(people) = reference.people_of(&lsoa.code) else {
            return Err(unknown("LSOA", &lsoa.code, "population of", &lsoa.code));
        };
        if people.total() != lsoa.population || people.from_age(65) != Some(lsoa.population_65_plus)
        {
            return Err(ReferenceError::Sums {
                area: lsoa.code.to_string(),
            });
        }
        let of_15_to_19 = people.bands().find(|(from, _)| *from == 15);
        if of_15_to_19.is_some_and(|(_, of_15_to_19)| people.youngest_adults() > of_15_to_19) {
            return Err(ReferenceError::Adults {
                area: lsoa.code.to_string(),
            });
        }
    }
    Ok(())
}

fn lists(reference: &Reference) -> Checked {
    for list in &reference.lists {
        for map in list.list.maps() {
            let Some(target) = reference.code_list(map.to.as_str()) else {
                return Err(unknown("code list", list.list.id(), "code list", &map.to));
            };
            if let Some(entry) = map.dangling(&target.list).next() {
                return Err(unknown("code", &entry.from, "code", &entry.to));
            }
        }
    }
    Ok(())
}
