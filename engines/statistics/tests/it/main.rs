//! The engine against the results of published packages, real returns, and its own rules restated.

#[cfg(test)]
mod attribute;
#[cfg(test)]
mod exhaustive;
#[cfg(test)]
mod funnel;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod proportion;
#[cfg(test)]
mod quirks;
#[cfg(test)]
mod rare;
#[cfg(test)]
mod rate;
#[cfg(test)]
mod record;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod run;
#[cfg(test)]
mod zeros;
