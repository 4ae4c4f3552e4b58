//! What a file gives, by measure, part and area; and the wholes that follow from parts.

use std::collections::BTreeMap;

use stour_kernel::Date;

use super::layout::Total;
use super::plan::{PartOf, Plan};
use crate::area::Area;
use crate::breakdown::Breakdown;
use crate::measure::{Measure, measure};
use crate::series::{NewSeries, PartKey, Value, Values};

/// Figures by measure and part, then by area.
#[derive(Debug, Default)]
pub(super) struct Found(BTreeMap<(&'static str, PartKey), BTreeMap<String, Values>>);

impl Found {
    pub(super) fn values(
        &mut self,
        measure: &'static Measure,
        part: PartKey,
        area: &str,
    ) -> &mut Values {
        let areas = self.0.entry((&measure.id, part)).or_default();
        areas.entry(area.to_owned()).or_default()
    }

    /// Adds the wholes of measures whose file gives parts alone. A whole that lacks a part it needs is
    /// noted among what is withheld.
    pub(super) fn total(
        &mut self,
        plan: &Plan<'_>,
        withheld: &mut BTreeMap<(String, String), (u64, u64)>,
    ) {
        for figure in &plan.figures {
            let (Some(total), PartOf::Column(_, list)) = (figure.total, &figure.part) else {
                continue;
            };
            for ((area, date), values) in self.by_period(figure.measure, list) {
                if total == Total::EveryPart && values.len() < list.part.len() {
                    let reason = format!(
                        "{area} on {date}: {} of {} parts have a figure",
                        values.len(),
                        list.part.len()
                    );
                    withheld.insert((list.title.clone(), reason), (1, 0));
                    continue;
                }
                if let Ok(whole) = Value::together(&values, figure.measure.percent) {
                    self.values(figure.measure, PartKey::default(), &area)
                        .insert(date, whole);
                }
            }
        }
    }

    fn by_period(
        &self,
        measure: &Measure,
        list: &Breakdown,
    ) -> BTreeMap<(String, Date), Vec<Value>> {
        let mut periods: BTreeMap<(String, Date), Vec<Value>> = BTreeMap::new();
        let parts = self
            .0
            .iter()
            .filter(|((id, part), _)| *id == measure.id && part.breakdown == list.id);
        for (area, values) in parts.flat_map(|(_, areas)| areas) {
            for (date, value) in values {
                periods
                    .entry((area.clone(), *date))
                    .or_default()
                    .push(*value);
            }
        }
        periods
    }

    /// Adds an area whose figures are those of all others together.
    pub(super) fn sum(&mut self, code: &str) {
        for ((id, _), areas) in &mut self.0 {
            let percent = measure(id).is_some_and(|measure| measure.percent);
            let mut all: BTreeMap<Date, Vec<Value>> = BTreeMap::new();
            for (date, value) in areas.values().flatten() {
                all.entry(*date).or_default().push(*value);
            }
            let sums = all
                .into_iter()
                .filter_map(|(date, values)| Some((date, Value::together(&values, percent).ok()?)));
            areas.insert(code.to_owned(), sums.collect());
        }
    }

    /// The series of each measure, of the areas that are known.
    pub(super) fn series(
        self,
        areas: &BTreeMap<String, Option<Area>>,
    ) -> Vec<(&'static Measure, Vec<NewSeries>)> {
        let mut measures: Vec<(&'static Measure, Vec<NewSeries>)> = Vec::new();
        for ((id, part), by_area) in self.0 {
            let Some(measure) = measure(id) else {
                continue;
            };
            let known = by_area.into_iter().filter_map(|(code, values)| {
                let area = areas.get(&code)?.clone()?;
                let part = part.clone();
                Some(NewSeries { area, part, values })
            });
            match measures
                .last_mut()
                .filter(|(last, _)| last.id == measure.id)
            {
                Some((_, series)) => series.extend(known),
                None => measures.push((measure, known.collect())),
            }
        }
        measures
    }
}
