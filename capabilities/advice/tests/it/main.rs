//! Advice over HTTP, on both databases.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod counting;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod house;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod paying;
#[cfg(test)]
mod public;
