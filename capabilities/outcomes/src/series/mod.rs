//! A published series: a measure for one area, as it was published and as it is judged.

pub(crate) mod api;
pub(crate) mod command;
mod compare;
mod file;
mod joined;
mod judgement;
pub(crate) mod list;
mod message;
mod note;
pub(crate) mod note_page;
pub(crate) mod page;
mod parts;
pub(crate) mod read;
mod store;
mod value;
pub(crate) mod view;
mod week;

pub use judgement::{ChartKind, Day, Judgement, Method, Published, judge};
pub use message::headline;
pub use note::{Annotation, Note, Noted, Rebase, annotations, note, rebases};
pub use store::{
    NewPoints, NewSeries, Point, Recorded, Revision, Series, SeriesChange, points, points_as_known,
    record, revisions, series, series_of, series_of_measure,
};
pub use value::{PartKey, Value, Values};

use stour_kernel::typed_id;

typed_id!(pub SeriesId, "a series");
typed_id!(pub ImportId, "an import");

stour_database::text_value!(SeriesId, ImportId);
