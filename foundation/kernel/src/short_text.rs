//! A few ASCII characters kept inline, so that codes are as cheap to copy as numbers.

/// At most `N` ASCII characters (and `N` at most 255). Unused bytes are zero, which no code
/// contains, so that the derived order is the order of the texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShortText<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

impl<const N: usize> ShortText<N> {
    /// `None` when the text is too long, not ASCII, or contains a zero byte.
    pub(crate) fn new(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.contains('\0') {
            return None;
        }
        let mut bytes = [0; N];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self { bytes, length })
    }

    pub(crate) fn as_str(&self) -> &str {
        let used = self
            .bytes
            .get(..usize::from(self.length))
            .unwrap_or_default();
        std::str::from_utf8(used).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
