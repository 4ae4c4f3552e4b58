//! Benefits, held against slow and simple ways to work out the same.

#[cfg(test)]
mod attribution;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod money;
#[cfg(test)]
mod trajectories;
