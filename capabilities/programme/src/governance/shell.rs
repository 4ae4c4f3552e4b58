//! What stands around every page of a programme: its name and its parts.

use stour_access::Resource;
use stour_design::{Heading, Markup, SectionNavigation, html};
use stour_kernel::Date;
use stour_register::{Around, in_force};
use stour_web::words::segment;
use stour_web::{Caller, Page, Problem};

use super::READ;
use super::programme::{KIND, Programme};

/// The parts of a programme, in the order of their links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Here,
    Plan,
    Governance,
    Risks,
    Benefits,
    Registers,
    Report,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Here,
        Self::Plan,
        Self::Governance,
        Self::Risks,
        Self::Benefits,
        Self::Registers,
        Self::Report,
    ];

    /// What follows the address of the programme.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Here => "",
            Self::Plan => "/plan",
            Self::Governance => "/governance",
            Self::Risks => "/risks",
            Self::Benefits => "/benefits",
            Self::Registers => "/registers",
            Self::Report => "/report",
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Here => "Where we are",
            Self::Plan => "Plan",
            Self::Governance => "Governance",
            Self::Risks => "Risks and issues",
            Self::Benefits => "Benefits",
            Self::Registers => "Registers",
            Self::Report => "Report",
        }
    }
}

/// A programme, and all that is in force in it.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// Its short name, the scope of its registers.
    pub(crate) scope: String,
    /// What it is called.
    pub(crate) title: String,
    /// What it is.
    pub(crate) programme: Programme,
    /// Everything in its registers.
    pub(crate) entries: Around,
    /// The day on which it is shown.
    pub(crate) today: Date,
}

impl Opened {
    /// Of what is in force in a scope; nothing when no programme is kept there.
    pub(crate) fn of(scope: &str, mut entries: Around, today: Date) -> Option<Self> {
        entries.today = Some(today);
        let programme = Programme::read(entries.entry(KIND.name, 1)?);
        Some(Self {
            scope: scope.to_owned(),
            title: programme.title.clone(),
            programme,
            entries,
            today,
        })
    }

    /// The address of the programme, and of what is below it: `address("/plan")`.
    pub(crate) fn address(&self, below: &str) -> String {
        format!("/programmes/{}{below}", segment(&self.scope))
    }

    /// The address of an entry in its register.
    pub(crate) fn entry_address(&self, kind: &str, number: i64) -> String {
        self.address(&format!("/registers/{kind}/{number}"))
    }
}

/// Asks whether the caller may read programmes, and opens one by its short name.
///
/// # Errors
/// 403, or 404 when there is no such programme.
pub(crate) async fn open(caller: &Caller, programme: &str) -> Result<Opened, Problem> {
    caller.permit_to(READ, Resource::House).await?;
    let scope = programme.to_owned();
    let read = caller.house().database();
    let entries = read.read(move |tx| in_force(tx, &scope)).await?;
    Opened::of(programme, Around::new(entries), caller.today()).ok_or_else(Problem::not_found)
}

/// The first page of a part of a programme.
pub(crate) fn page(opened: &Opened, part: Part, main: &Markup) -> Page {
    if part == Part::Here {
        let heading = Heading::page(opened.title.as_str()).caption("Programme");
        return framed(opened, part, (&opened.title, &heading), main)
            .under([("Programmes", "/programmes")]);
    }
    let heading = Heading::page(part.words()).caption(opened.title.as_str());
    framed(opened, part, (part.words(), &heading), main).under([
        ("Programmes", "/programmes"),
        (&opened.title, &opened.address("")),
    ])
}

/// A page below the first one of a part, with a heading of its own.
pub(crate) fn page_below(opened: &Opened, part: Part, title: &str, main: &Markup) -> Page {
    let heading = Heading::page(title).caption(opened.title.as_str());
    framed(opened, part, (title, &heading), main).under([
        ("Programmes", "/programmes"),
        (&opened.title, &opened.address("")),
        (part.words(), &opened.address(part.path())),
    ])
}

fn framed(opened: &Opened, part: Part, (title, heading): (&str, &Heading), main: &Markup) -> Page {
    let parts = Part::ALL.iter().map(|one| {
        let href = opened.address(one.path());
        (one.words(), href, *one == part)
    });
    let title = match part {
        Part::Here => title.to_owned(),
        _ => format!("{title}: {}", opened.title),
    };
    let main = html! {
        (heading)
        (SectionNavigation::new("This programme", parts))
        (main)
    };
    Page::new(title, main).wide()
}

/// Whether the caller may do something in programmes.
pub(crate) fn may(caller: &Caller, action: &str) -> bool {
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &Resource::House))
}
