//! The front door over HTTP, on both databases.

mod api;
mod contact;
mod hostile;
#[cfg(test)]
mod house;
mod referral;
mod request;
mod resident;
mod roles;
