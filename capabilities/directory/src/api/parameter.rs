//! The parameters of the lists: one table, by which requests are read and the feed describes itself.

/// One of the four lists of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Services,
    ServiceAtLocations,
    Taxonomies,
    TaxonomyTerms,
}

/// A parameter.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    /// Its type in JSON Schema, and its format where it has one.
    pub(super) kind: (&'static str, Option<&'static str>),
    /// What it does, exactly.
    pub(super) description: &'static str,
    /// Whether the lists of taxonomies and terms have it too.
    pub(super) is_of_all: bool,
}

const fn of_all(
    name: &'static str,
    kind: (&'static str, Option<&'static str>),
    description: &'static str,
) -> Parameter {
    Parameter {
        name,
        kind,
        description,
        is_of_all: true,
    }
}

const fn of_services(
    name: &'static str,
    kind: (&'static str, Option<&'static str>),
    description: &'static str,
) -> Parameter {
    Parameter {
        name,
        kind,
        description,
        is_of_all: false,
    }
}

const TEXT: (&str, Option<&str>) = ("string", None);
const WHOLE: (&str, Option<&str>) = ("integer", None);
const NUMBER: (&str, Option<&str>) = ("number", None);
const YES: (&str, Option<&str>) = ("boolean", None);
const TIME: (&str, Option<&str>) = ("string", Some("time"));

/// Every parameter of the lists. All that are given must be met.
pub(super) const ALL: [Parameter; 18] = [
    of_all(
        "page",
        WHOLE,
        "The page, from 1; 1 unless told. A page beyond the last is empty.",
    ),
    of_all(
        "per_page",
        WHOLE,
        "Entries on a page, from 1 to 500; 50 unless told.",
    ),
    of_all(
        "format",
        TEXT,
        "json, or ndjson, which streams every entry on a line of its own, without pages.",
    ),
    of_services(
        "search",
        TEXT,
        "Words in the name, the description, the terms or the organisation, at most 500 characters; the services with the most of the words, the best first. Words cut short or mistyped are understood.",
    ),
    of_services(
        "taxonomy_term_id",
        TEXT,
        "Services with this term among their own attributes; not those with a narrower term only.",
    ),
    of_services(
        "taxonomy_id",
        TEXT,
        "Services with any term of this taxonomy among their own attributes.",
    ),
    of_services(
        "minimum_age",
        NUMBER,
        "Services that name a minimum age, which is at least this many years.",
    ),
    of_services(
        "maximum_age",
        NUMBER,
        "Services that name a maximum age, which is at most this many years.",
    ),
    of_services(
        "start_time",
        TIME,
        "Services with a schedule that opens at this time, such as 09:30, or later. Day and times must be met by one schedule, which has not ended.",
    ),
    of_services(
        "end_time",
        TIME,
        "Services with a schedule that closes at this time or earlier on the day on which it opens.",
    ),
    of_services(
        "day",
        TEXT,
        "Services with a schedule on this day: MO, TU, WE, TH, FR, SA or SU; several, parted by commas, for any of them. The first Monday of a month is a Monday.",
    ),
    of_services(
        "postcode",
        TEXT,
        "Where somebody is. With proximity, what is that near. Alone, what serves people there: a service is left out when it names the councils whose people it is for, and that of the postcode is none of them.",
    ),
    of_services(
        "proximity",
        TEXT,
        "Metres, as the crow flies from the middle of the postcode, to the place of the service: from 0 to 1,000,000. Needs postcode.",
    ),
    of_services("organization_id", TEXT, "Services of this organisation."),
    of_services(
        "modified_after",
        ("string", Some("date-time")),
        "What was last changed here at this moment or later; a date alone is its beginning, by the clock of London.",
    ),
    of_services(
        "minimal",
        YES,
        "Only the id and the modified_date of each entry, all of them on one page unless per_page is given.",
    ),
    of_services(
        "full",
        YES,
        "Every entry whole, with all that is nested in it.",
    ),
    of_services(
        "full_service",
        YES,
        "Every service whole, also within a service at a location.",
    ),
];

impl List {
    /// The parameters of this list.
    pub(super) fn parameters(self) -> impl Iterator<Item = &'static Parameter> {
        let of_services = matches!(self, Self::Services | Self::ServiceAtLocations);
        ALL.iter()
            .filter(move |parameter| parameter.is_of_all || of_services)
    }

    /// The last part of its address.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::ServiceAtLocations => "service_at_locations",
            Self::Taxonomies => "taxonomies",
            Self::TaxonomyTerms => "taxonomy_terms",
        }
    }
}
