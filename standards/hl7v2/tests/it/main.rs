//! HL7 version 2 from bytes to values and back.

#[cfg(test)]
mod acknowledgements;
#[cfg(test)]
mod batches;
#[cfg(test)]
mod building;
#[cfg(test)]
mod charsets;
#[cfg(test)]
mod escapes;
#[cfg(test)]
mod framing;
#[cfg(test)]
mod itk_examples;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod times;
#[cfg(test)]
mod views;

/// A message from lines, each ended by a carriage return.
fn lines(lines: &[&str]) -> String {
    lines.join("\r") + "\r"
}
