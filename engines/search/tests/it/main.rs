//! The engine against a search written anew from what the rules say, and what must hold whatever is asked.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
