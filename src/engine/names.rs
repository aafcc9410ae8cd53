//! Names for containers whose user gave none: an adjective and a thing of the water.

use crate::engine::Error;
use crate::types::ContainerName;

const QUALITIES: [&str; 48] = [
    "able", "agile", "amber", "azure", "bold", "brave", "bright", "brisk", "calm", "clear",
    "clever", "crisp", "deft", "eager", "early", "fair", "fleet", "fresh", "gentle", "glad",
    "golden", "grand", "hardy", "honest", "keen", "kind", "light", "lively", "lucid", "merry",
    "mild", "neat", "nimble", "noble", "plain", "proud", "quick", "quiet", "ready", "sharp",
    "silver", "sleek", "steady", "sunny", "swift", "tidy", "warm", "wise",
];

const THINGS: [&str; 48] = [
    "anchor", "bay", "beacon", "bilge", "boat", "bow", "brook", "buoy", "canal", "canoe", "cove",
    "creek", "current", "delta", "dory", "eddy", "estuary", "ferry", "fjord", "float", "harbour",
    "heron", "inlet", "island", "jetty", "kayak", "keel", "lagoon", "lake", "mast", "mooring",
    "oar", "otter", "paddle", "pier", "pond", "quay", "raft", "reed", "ripple", "river", "rudder",
    "salmon", "shore", "stream", "tide", "wave", "willow",
];

/// Returns a random name; later attempts carry a number, so that one is found at last.
pub fn random(attempt: u32) -> Result<ContainerName, Error> {
    let mut bytes = [0; 4];
    crate::sys::fs::random(&mut bytes)?;
    let quality = QUALITIES[usize::from(bytes[0]) % QUALITIES.len()];
    let thing = THINGS[usize::from(bytes[1]) % THINGS.len()];
    let name = match attempt {
        0..10 => format!("{quality}_{thing}"),
        _ => format!(
            "{quality}_{thing}{}",
            u16::from_ne_bytes([bytes[2], bytes[3]])
        ),
    };
    ContainerName::parse(&name).map_err(|error| Error::new(error.to_string()))
}
