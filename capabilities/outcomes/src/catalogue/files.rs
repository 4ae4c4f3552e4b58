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

indicators!["still-at-home.toml",];
