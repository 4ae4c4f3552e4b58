//! Numbers as SVG writes them.

/// A coordinate with one decimal, without what says nothing: `12`, `12.5`, `.5`.
pub(crate) fn coordinate(value: f64) -> String {
    let written = format!("{value:.1}");
    let written = written.strip_suffix(".0").unwrap_or(&written);
    match written {
        "-0" => "0".to_owned(),
        _ => written.to_owned(),
    }
}

/// The number of things, as a length.
pub(crate) fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
