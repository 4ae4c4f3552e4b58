//! A published series: a measure for one area, as it was published and as it is judged.

pub(crate) mod api;
mod judgement;
mod message;
pub(crate) mod page;
pub(crate) mod read;
mod store;
pub(crate) mod view;
mod week;

pub use judgement::{Day, Judgement, Rebase, judge};
pub use message::headline;
pub use store::{
    ByArea, NewPoints, Point, Recorded, Revision, Series, SeriesChange, points, points_as_known,
    rebases, record, revisions, series, series_of,
};

use stour_kernel::typed_id;

typed_id!(pub SeriesId, "a series");
typed_id!(pub ImportId, "an import");

stour_database::text_value!(SeriesId, ImportId);
