//! The plumbing, tried through a capability that does next to nothing.

#[cfg(test)]
mod capability;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod uploads;
