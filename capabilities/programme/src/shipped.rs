//! The reference data of programmes that comes with the binary.

/// Each file under `reference/programmes`, by its name, with its text. The parts of one programme follow each other.
pub const SHIPPED: &[(&str, &str)] = &[
    (
        "better-together.toml",
        include_str!("../../../reference/programmes/better-together.toml"),
    ),
    (
        "better-together/activities.toml",
        include_str!("../../../reference/programmes/better-together/activities.toml"),
    ),
    (
        "better-together/plan.toml",
        include_str!("../../../reference/programmes/better-together/plan.toml"),
    ),
    (
        "better-together/baseline.toml",
        include_str!("../../../reference/programmes/better-together/baseline.toml"),
    ),
    (
        "better-together/benefits.toml",
        include_str!("../../../reference/programmes/better-together/benefits.toml"),
    ),
    (
        "future-care.toml",
        include_str!("../../../reference/programmes/future-care.toml"),
    ),
    (
        "future-care/benefits.toml",
        include_str!("../../../reference/programmes/future-care/benefits.toml"),
    ),
    (
        "future-care/milestones.toml",
        include_str!("../../../reference/programmes/future-care/milestones.toml"),
    ),
];
