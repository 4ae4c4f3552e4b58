//! A series and all that belongs to it, read at one moment and judged.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction};
use stour_kernel::{Date, Period};
use stour_partnership::Reference;
use stour_statistics::xmr::Profile;
use stour_web::{House, Problem};

use super::compare::Compared;
use super::joined::{self, Member};
use super::judgement::{Judgement, Method, Published, judge};
use super::note::{self, Annotation, Rebase};
use super::parts::Divided;
use super::store::{self, Revision, Series};
use super::value::Values;
use super::view::Whole;
use crate::area::Area;
use crate::breakdown::breakdown;
use crate::measure::{Measure, Together, measure};

/// Every series of the partnership's own areas that have not ended, and of the whole, but for those that cannot be judged:
/// those are left out, with the reason in the log, as the others are right without them.
pub(crate) async fn all(house: &House, profile: Profile) -> Result<Vec<Whole>, Problem> {
    let reference = reference()?;
    let read = move |tx: &mut Transaction<'_>| {
        let all = store::series(tx)?;
        let of_today = |series: &Series| {
            series.area == Together::CODE
                || Area::of_partnership(reference, &series.area)
                    .is_some_and(|area| area.valid.end().is_none())
        };
        all.into_iter()
            .filter(of_today)
            .map(|series| Stored::read(tx, series))
            .collect::<Result<Vec<_>, Error>>()
    };
    let all = house.database().read(read).await?;
    let mut wholes = Vec::with_capacity(all.len());
    for stored in all {
        let whole = stored.whole(reference, profile.into());
        wholes.extend(whole.ok().flatten());
    }
    Ok(wholes)
}

/// The series of a measure for every area that is known: the whole partnership, its own areas, others.
pub(super) async fn of_measure(
    house: &House,
    measure: &'static Measure,
) -> Result<Vec<Whole>, Problem> {
    let reference = reference()?;
    let read = |tx: &mut Transaction<'_>| {
        let all = store::series_of_measure(tx, &measure.id)?;
        all.into_iter()
            .filter(|series| series.part.is_whole())
            .map(|series| Stored::read(tx, series))
            .collect::<Result<Vec<_>, Error>>()
    };
    let stored = house.database().read(read).await?;
    let mut wholes = Vec::with_capacity(stored.len());
    for stored in stored {
        wholes.extend(stored.whole(reference, Method::default())?);
    }
    wholes.sort_by_cached_key(|whole| (whole.place(), whole.area.name.clone()));
    Ok(wholes)
}

/// The series of a measure for an area.
pub(crate) async fn one(
    house: &House,
    measure: String,
    area: String,
    method: Method,
) -> Result<Whole, Problem> {
    // No database holds U+0000 in text, so nothing is called that.
    if [&measure, &area].iter().any(|name| name.contains('\0')) {
        return Err(Problem::not_found());
    }
    let read = move |tx: &mut Transaction<'_>| {
        let Some(found) = store::series_of(tx, &measure, &area)? else {
            return Ok(None);
        };
        let mut others = Vec::new();
        for series in store::series_of_measure(tx, &measure)? {
            let is_part = series.area == area && !series.part.is_whole();
            let is_beside = series.area != area && series.part.is_whole();
            if is_part || is_beside {
                others.push((values(tx, &series)?, series));
            }
        }
        let found = Stored::read(tx, found)?;
        Ok::<_, Error>(Some((found, others)))
    };
    let (found, others) = house
        .database()
        .read(read)
        .await?
        .ok_or_else(Problem::not_found)?;
    let reference = reference()?;
    let mut whole = found
        .whole(reference, method)?
        .ok_or_else(Problem::not_found)?;
    whole.divided = divided(whole.measure, &whole.area, &others);
    whole.compared = compared(reference, &whole, others);
    Ok(whole)
}

pub(super) fn reference() -> Result<&'static Reference, Problem> {
    stour_partnership::reference().map_err(|error| {
        tracing::error!(%error, "the reference data cannot be read");
        Problem::fault()
    })
}

/// A series as it is stored.
struct Stored {
    series: Series,
    published: Values,
    rebases: Vec<Rebase>,
    annotations: Vec<Annotation>,
    revisions: Vec<Revision>,
    /// The series that it is joined from.
    members: Vec<(Series, Values)>,
}

impl Stored {
    fn read(tx: &mut Transaction<'_>, series: Series) -> Result<Self, Error> {
        let mut members = Vec::new();
        if series.area == Together::CODE {
            for member in member_codes(&series.measure) {
                if let Some(member) = store::series_of(tx, &series.measure, member)? {
                    members.push((values(tx, &member)?, member));
                }
            }
        }
        Ok(Self {
            published: values(tx, &series)?,
            rebases: note::rebases(tx, series.id)?,
            annotations: note::annotations(tx, series.id)?,
            revisions: store::revisions(tx, series.id)?,
            members: members
                .into_iter()
                .map(|(values, series)| (series, values))
                .collect(),
            series,
        })
    }

    /// `None` when the reference data no longer has the measure or the area, or nothing is joined.
    fn whole(self, reference: &Reference, method: Method) -> Result<Option<Whole>, Problem> {
        let Some(measure) = measure(&self.series.measure) else {
            return Ok(None);
        };
        let together = measure.together.as_ref();
        let (area, published, joins) = if self.series.area == Together::CODE {
            let Some(together) = together else {
                return Ok(None);
            };
            let members = members(reference, measure, self.members)?;
            let published = joined::together(measure, together, &members);
            let area = area_of_whole(measure, together);
            (area, published, joined::joins(together, &members))
        } else {
            let Some(area) = Area::named(reference, &self.series.area) else {
                return Ok(None);
            };
            let published = Published::of(measure, &area.code, self.published);
            (area, published, Vec::new())
        };
        Ok(Some(Whole {
            judgement: judged(measure, &published, &self.rebases, method, &self.series)?,
            is_counted: published.is_counted(),
            series: self.series,
            measure,
            area,
            rebases: self.rebases,
            annotations: self.annotations,
            revisions: self.revisions,
            joins,
            divided: Vec::new(),
            compared: Vec::new(),
        }))
    }
}

fn member_codes(id: &str) -> Vec<&'static str> {
    let together = measure(id).and_then(|measure| measure.together.as_ref());
    let structures = together
        .into_iter()
        .flat_map(|together| &together.structures);
    let mut codes: Vec<&str> = structures
        .flat_map(|structure| structure.areas.iter().map(String::as_str))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn area_of_whole(measure: &Measure, together: &Together) -> Area {
    Area {
        code: Together::CODE.to_owned(),
        kind: "partnership".to_owned(),
        name: together.name.clone(),
        valid: Period::starting(measure.starts),
    }
}

fn values(tx: &mut Transaction<'_>, series: &Series) -> Result<Values, Error> {
    let points = store::points(tx, series.id)?;
    Ok(points
        .into_iter()
        .map(|point| (point.day, point.value))
        .collect())
}

fn judged(
    measure: &Measure,
    published: &Published,
    rebases: &[Rebase],
    method: Method,
    series: &Series,
) -> Result<Judgement, Problem> {
    // A chart of shares needs how many of how many; without, the figures have the chart of any others.
    let method = if measure.percent && published.is_counted() {
        method
    } else {
        method.profile.into()
    };
    judge(measure, published, rebases, method).map_err(|error| {
        tracing::error!(%error, series = %series.id, "a series cannot be judged");
        Problem::fault()
    })
}

fn members(
    reference: &Reference,
    measure: &Measure,
    stored: Vec<(Series, Values)>,
) -> Result<BTreeMap<String, Member>, Problem> {
    let mut members = BTreeMap::new();
    for (series, values) in stored {
        let Some(area) = Area::named(reference, &series.area) else {
            continue;
        };
        let published = Published::of(measure, &area.code, values);
        let judgement = judged(measure, &published, &[], Method::default(), &series)?;
        let member = Member {
            published: published.values,
            judgement,
            area,
        };
        members.insert(series.area, member);
    }
    Ok(members)
}

/// What a series is divided into, by each list of its measure.
fn divided(measure: &Measure, area: &Area, others: &[(Values, Series)]) -> Vec<Divided> {
    let lists = measure.breakdowns.iter().filter_map(|id| breakdown(id));
    lists
        .map(|list| {
            let parts = list.part.iter().filter_map(|part| {
                let (values, _) = others.iter().find(|(_, series)| {
                    series.area == area.code
                        && series.part.breakdown == list.id
                        && series.part.code == part.code
                })?;
                Some((part, values.clone()))
            });
            let parts: Vec<_> = parts.collect();
            let all = parts
                .iter()
                .flat_map(|(_, values)| values.clone())
                .collect();
            Divided {
                list,
                withheld: Published::of(measure, &area.code, all).missing,
                parts,
            }
        })
        .filter(|divided| !divided.parts.is_empty())
        .collect()
}

fn compared(reference: &Reference, whole: &Whole, others: Vec<(Values, Series)>) -> Vec<Compared> {
    let mut compared = Vec::new();
    for (values, series) in others {
        let is_whole = series.part.is_whole();
        let Some(area) = Area::named(reference, &series.area).filter(|_| is_whole) else {
            continue;
        };
        let published = Published::of(whole.measure, &area.code, values);
        let judgement = judged(whole.measure, &published, &[], Method::default(), &series);
        // What cannot be judged is nothing to be compared with; the log says why.
        let Ok(judgement) = judgement else { continue };
        let one = Compared {
            values: judgement.values(),
            area,
        };
        if one.is_beside(&whole.area) {
            compared.push(one);
        }
    }
    compared.sort_by_key(Compared::place);
    compared
}

/// The first and the last period of which a series has a figure; of a whole, those of its members.
pub(super) fn span(
    tx: &mut Transaction<'_>,
    id: &str,
    area: &str,
) -> Result<(Option<Date>, Option<Date>), Error> {
    let codes = if area == Together::CODE {
        member_codes(id)
    } else {
        vec![area]
    };
    let mut dates = Vec::new();
    for code in codes {
        if let Some(series) = store::series_of(tx, id, code)? {
            let points = store::points(tx, series.id)?;
            dates.extend(points.into_iter().map(|point| point.day));
        }
    }
    Ok((dates.iter().min().copied(), dates.iter().max().copied()))
}
