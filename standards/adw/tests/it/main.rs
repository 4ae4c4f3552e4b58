//! Notices between hospitals and councils, from bytes to values.

#[cfg(test)]
mod reading;
