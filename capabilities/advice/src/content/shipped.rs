//! The flows that the program brings, from `content/`.

use std::sync::LazyLock;

use stour_kernel::OdsCode;

/// A flow that the program brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Its id.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The flows that the program brings, in the order in which the public sees them.
pub const SHIPPED: [Shipped; 7] = [
    Shipped {
        id: "help-tonight",
        text: include_str!("../../../../content/help-tonight.toml"),
    },
    Shipped {
        id: "care-and-support",
        text: include_str!("../../../../content/care-and-support.toml"),
    },
    Shipped {
        id: "carer",
        text: include_str!("../../../../content/carer.toml"),
    },
    Shipped {
        id: "staying-at-home",
        text: include_str!("../../../../content/staying-at-home.toml"),
    },
    Shipped {
        id: "coming-out-of-hospital",
        text: include_str!("../../../../content/coming-out-of-hospital.toml"),
    },
    Shipped {
        id: "paying-for-care",
        text: include_str!("../../../../content/paying-for-care.toml"),
    },
    Shipped {
        id: "worried-about-someone",
        text: include_str!("../../../../content/worried-about-someone.toml"),
    },
];

/// A flow that the program brings, by its id.
pub fn shipped(id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|one| one.id == id)
}

static KEPT_FOR: LazyLock<Option<OdsCode>> = LazyLock::new(|| {
    let text = include_str!("../../../../content/kept-for.toml");
    let table: toml::Table = text.parse().ok()?;
    table.get("organisation")?.as_str()?.parse().ok()
});

/// For whom the advice is kept, from `content/kept-for.toml`: whose facts its use is counted in.
pub fn kept_for() -> Option<OdsCode> {
    *KEPT_FOR
}
