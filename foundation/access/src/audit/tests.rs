//! The audit against everything somebody could do to it, on both databases.

mod kit;
mod sinks;
mod tampering;
