//! The engine from outside: against the results of Splink, and what must hold for every input.

#[cfg(test)]
mod splink_golden;
#[cfg(test)]
mod splink_hostile;
#[cfg(test)]
mod splink_properties;
