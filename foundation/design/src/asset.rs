//! The files a browser needs: the NHS design system's style sheet and behaviour, and our own.

/// One file, embedded in the binary and served under a name that carries a hash of its content, so that it may be
/// cached for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Where it is served, for example `/assets/stour-0123456789abcdef.css`.
    pub path: &'static str,
    /// The `Content-Type` to answer with.
    pub content_type: &'static str,
    /// The file itself.
    pub bytes: &'static [u8],
    /// The `ETag` to answer with, in its quotation marks.
    pub etag: &'static str,
}

mod generated {
    use super::Asset;
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

pub(crate) use generated::{MARK, NHSUK_CSS, STOUR_CSS, STOUR_JS};

/// The path of the NHS design system's script, which `stour.js` imports.
pub const NHSUK_JS: &str = generated::NHSUK_JS;

/// Every file to serve.
pub fn assets() -> &'static [Asset] {
    &generated::ASSETS
}

/// The file served at a path, `None` when there is none.
pub fn asset(path: &str) -> Option<&'static Asset> {
    generated::ASSETS.iter().find(|asset| asset.path == path)
}
