//! Charts as SVG: pure functions from numbers to markup, legible without script, in print and at the width of a phone.
//!
//! A chart says its message as a headline, its measure as a subtitle, and labels its lines where they end instead of in
//! a legend. Shape and colour both tell one kind of point from another, marks have at least 4:1 against the page and
//! lines 3:1, and a table of the same numbers follows every chart for those who cannot see it. Colours are presentation
//! attributes, so that a chart keeps them when it is saved or when a page forbids inline styles.

mod bars;
mod bars_drawing;
mod calendar;
mod caption;
mod choropleth;
mod choropleth_drawing;
mod classes;
mod coordinate;
mod day;
mod drawing;
mod end_label;
mod fan;
mod gantt;
mod gantt_drawing;
mod icon;
mod inside;
mod layers;
mod lines;
mod lines_drawing;
mod marker;
mod matrix;
mod organisation;
mod organisation_layout;
mod point;
mod point_map;
mod scale;
mod sparkline;
mod spine;
mod table;
mod text;
mod tornado;
mod tornado_drawing;
mod unit;
mod xmr;

pub use bars::{Bar, BarChart, BarKind, BarWords};
pub use choropleth::{Choropleth, MapArea, MapPoints, MapValue};
pub use classes::Classes;
pub use day::CivilDay;
pub use fan::{FanChart, FanPoint};
pub use gantt::{GanttChart, GanttEnd, GanttRow};
pub use icon::{AssuranceIcon, VariationIcon};
pub use layers::{At, Layer, LayerBox, LayersMap};
pub use lines::{Band, Line, LinesChart};
pub use matrix::{MatrixBand, MatrixCell, RiskMatrix};
pub use organisation::{OrganisationBox, OrganisationChart, OrganisationLine};
pub use point::{Palette, PointKind};
pub use point_map::{MapPoint, PointMap};
pub use sparkline::Sparkline;
pub use spine::Spine;
pub use tornado::{TornadoChart, TornadoRow};
pub use unit::Unit;
pub use xmr::{Aim, Change, Limits, XmrChart, XmrPoint};

#[cfg(test)]
mod tests;
