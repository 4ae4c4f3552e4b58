//! The append-only log of what happened, to whom, when, where and at what cost.
