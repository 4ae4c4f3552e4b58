//! The session cookie, and proof that a form was sent from our own page.

#[cfg(test)]
mod tests;

use sha2::{Digest as _, Sha256};
use stour_kernel::hex;

/// The cookie's name. The prefix makes browsers refuse it unless it is Secure, for this host alone and for every path.
/// Chromium and Firefox treat `http://127.0.0.1` and `http://localhost` as trustworthy and keep Secure cookies there too.
pub const COOKIE: &str = "__Host-stour";

/// A `Set-Cookie` value that gives the browser a session's token.
pub fn session_cookie(token: &str) -> String {
    format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax")
}

/// A `Set-Cookie` value that takes it away.
pub fn cleared_cookie() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The token in a `Cookie` header; none when there is no such cookie, or more than one, or it cannot be a token.
pub fn token_in(header: &str) -> Option<&str> {
    let mut found = header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token);
    let token = found.next()?;
    let plausible = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    (found.next().is_none() && plausible).then_some(token)
}

/// The token that forms of a session carry: 64 hexadecimal digits.
pub fn csrf_token(secret: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"stour-csrf-1");
    hash.update(secret);
    hex(&hash.finalize())
}

/// Whether a form carries the session's token; takes the same time wherever the two differ.
pub fn csrf_matches(secret: &[u8], given: &str) -> bool {
    same(csrf_token(secret).as_bytes(), given.as_bytes())
}

/// Equality that takes the same time wherever the two differ.
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    let difference = left
        .iter()
        .zip(right)
        .fold(0_u8, |difference, (left, right)| {
            difference | (left ^ right)
        });
    left.len() == right.len() && std::hint::black_box(difference) == 0
}

/// Whether an `Origin` header names the host that a request was sent to (the `Host` header), by http or https.
pub fn origin_matches(origin: &str, host: &str) -> bool {
    let rest = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    !host.is_empty() && rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
}
