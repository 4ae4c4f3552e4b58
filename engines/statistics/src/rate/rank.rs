//! Areas in the order of their values, where their values may be compared.

use std::cmp::Ordering;

use super::count::Rate;
use super::direct::DirectRate;
use super::life::Expectancy;
use super::mean::Mean;
use crate::proportion::Proportion;

mod sealed {
    pub trait Sealed {}
}

/// A value by which areas may be put in order. Indirectly standardised rates and ratios are none: each has
/// the weights of its own area.
pub trait Rankable: sealed::Sealed {
    /// The value that decides.
    fn deciding(&self) -> f64;
}

macro_rules! rankable {
    ($($kind:ty),+) => {
        $(
            impl sealed::Sealed for $kind {}
            impl Rankable for $kind {
                fn deciding(&self) -> f64 {
                    self.value
                }
            }
        )+
    };
}

rankable!(Proportion, Rate, DirectRate, Mean, Expectancy);

/// An area in its place. Areas with equal values share the better place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked<'v, N, V> {
    /// The place, from 1.
    pub place: usize,
    /// The area.
    pub name: &'v N,
    /// Its value.
    pub value: &'v V,
}

/// Areas from the highest value to the lowest.
pub fn ranked<N, V: Rankable>(values: &[(N, V)]) -> Vec<Ranked<'_, N, V>> {
    let mut order: Vec<&(N, V)> = values.iter().collect();
    order.sort_by(|a, b| b.1.deciding().total_cmp(&a.1.deciding()));
    let mut ranked: Vec<Ranked<'_, N, V>> = Vec::with_capacity(order.len());
    for (before, (name, value)) in order.into_iter().enumerate() {
        let same = ranked
            .last()
            .filter(|last| last.value.deciding().total_cmp(&value.deciding()) == Ordering::Equal);
        let place = same.map_or(before + 1, |last| last.place);
        ranked.push(Ranked { place, name, value });
    }
    ranked
}
