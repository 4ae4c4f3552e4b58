//! The front door: contacts that become requests, and referrals.
