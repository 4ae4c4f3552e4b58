//! The engine against a count written anew from what the rules say, and what must hold whatever is counted.

#[cfg(test)]
mod bytes;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod selecting;
#[cfg(test)]
mod spread;
#[cfg(test)]
mod tallies;
#[cfg(test)]
mod world;
