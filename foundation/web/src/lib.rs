//! The page shell's plumbing: routes with actions, errors, sessions, forms, idempotency and API conventions.
