//! The files of the catalogue, built into the program.

/// What indicators may read of facts.
pub(super) const FACTS: &str = include_str!("../../../../reference/facts.toml");
/// What indicators are about.
pub(super) const THEMES: &str = include_str!("../../../../reference/themes.toml");

macro_rules! indicators {
    ($($name:literal,)*) => {
        /// Every indicator, by the name of its file. A test compares the list with the folder.
        pub(super) const INDICATORS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../../reference/indicators/", $name))),)*
        ];
    };
}

indicators![
    "acute-share-of-spend.toml",
    "acute-spend.toml",
    "care-home-admissions-18-to-64.toml",
    "care-home-admissions-65.toml",
    "careland-share-of-spend.toml",
    "careland-spend.toml",
    "carers-consulted.toml",
    "carers-direct-payments.toml",
    "carers-satisfaction.toml",
    "carers-self-directed-support.toml",
    "community-bed-length-of-stay.toml",
    "community-bed-to-care-home.toml",
    "community-share-of-spend.toml",
    "community-spend.toml",
    "communityland-share-of-spend.toml",
    "communityland-spend.toml",
    "complaints-and-compliments.toml",
    "control-over-daily-life.toml",
    "days-without-criteria-to-reside.toml",
    "delayed-transfers-social-care.toml",
    "delayed-transfers.toml",
    "direct-payments.toml",
    "discharge-delay-when-later.toml",
    "discharge-delay.toml",
    "discharged-on-ready-day.toml",
    "easy-to-find-information-carers.toml",
    "easy-to-find-information-users.toml",
    "emergency-admissions-65.toml",
    "emergency-admissions-acute-conditions.toml",
    "emergency-department-attendances-65.toml",
    "emergency-readmissions-30-days-standardised.toml",
    "emergency-readmissions-30-days.toml",
    "employment-learning-disability.toml",
    "employment-mental-health.toml",
    "health-quality-of-life-carers.toml",
    "in-hospital-14-days.toml",
    "in-hospital-21-days.toml",
    "in-hospital-7-days.toml",
    "in-the-community-after-reablement.toml",
    "independent-living-mental-health.toml",
    "inequality-in-life-expectancy.toml",
    "joined-up-care.toml",
    "length-of-stay-90th-percentile.toml",
    "life-expectancy.toml",
    "non-elective-length-of-stay.toml",
    "occupied-bed-days-65.toml",
    "own-home-learning-disability.toml",
    "personal-health-budgets.toml",
    "quality-of-life-carers.toml",
    "quality-of-life-long-term-conditions.toml",
    "quality-of-life-users.toml",
    "reablement-after-hospital.toml",
    "reablement-coverage.toml",
    "same-day-emergency-care.toml",
    "same-day-emergency-stays.toml",
    "self-directed-support.toml",
    "settled-accommodation.toml",
    "short-term-support-sequel.toml",
    "social-contact-carers.toml",
    "social-contact-users.toml",
    "staff-views.toml",
    "still-at-home.toml",
    "supported-to-manage-condition.toml",
    "told-your-story-once.toml",
    "users-satisfaction.toml",
    "wait-with-care-package.toml",
    "weekend-discharges.toml",
];
