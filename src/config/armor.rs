//! OpenPGP keys as text: RFC 9580, section 6, "ASCII armor". gpgv reads keys as bytes only.

use base64::Engine as _;

const BEGIN: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END: &str = "-----END PGP PUBLIC KEY BLOCK-----";

/// Returns keys as bytes, armored or not; `None` when they are neither.
///
/// Several blocks are joined: a keyring is nothing else.
pub fn taken_off(keys: &[u8]) -> Option<Vec<u8>> {
    // Every packet begins with a byte whose highest bit is set: RFC 9580, 4.2.
    if keys.first()? & 0x80 != 0 {
        return Some(keys.to_vec());
    }
    let text = std::str::from_utf8(keys).ok()?;
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (block, left) = after.split_once(END)?;
        found.extend(block_of(block)?);
        rest = left;
    }
    (!found.is_empty()).then_some(found)
}

/// Headers, an empty line, base64, and perhaps a checksum, which is obsolete.
fn block_of(block: &str) -> Option<Vec<u8>> {
    let mut lines = block.lines().map(str::trim).skip(1);
    lines.by_ref().find(|line| line.is_empty())?;
    let data: String = lines.take_while(|line| !line.starts_with('=')).collect();
    base64::engine::general_purpose::STANDARD.decode(data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armor_is_taken_off() {
        let block = format!("{BEGIN}\nComment: x\n\nmQE=\n=abcd\n{END}\n");
        for (keys, bytes) in [
            (block.clone().into_bytes(), Some(vec![0x99, 1])),
            (
                format!("words\n{block}{block}").into_bytes(),
                Some(vec![0x99, 1, 0x99, 1]),
            ),
            (vec![0x99, 1, 2], Some(vec![0x99, 1, 2])),
            (b"nothing of the kind".to_vec(), None),
            (format!("{BEGIN}\n\nmQE=\n").into_bytes(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(
                taken_off(&keys),
                bytes,
                "{}",
                String::from_utf8_lossy(&keys)
            );
        }
    }
}
