//! Outcomes: published series and indicators computed from facts, each openable to what it is made of.
