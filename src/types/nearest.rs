//! The nearest neighbour of a word nobody knows.

/// Returns the word at the least distance, if it is near enough to be meant.
pub fn nearest(typed: &str, words: impl Iterator<Item = String>) -> Option<String> {
    let limit = 1 + typed.len() / 4;
    words
        .map(|word| (distance(typed, &word), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// Counts the edits between two words; swapped neighbours are one (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let cost = usize::from(one[i - 1] != other[j - 1]);
            let mut best = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + cost);
            let swapped =
                i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if swapped {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        let words = ["run", "rm", "rmi", "stop", "start", "images", "inspect"];
        for (typed, wanted) in [
            ("rnu", Some("run")),
            ("imags", Some("images")),
            ("strat", Some("start")),
            ("xyzzy", None),
        ] {
            let found = nearest(typed, words.iter().map(|word| (*word).to_owned()));
            assert_eq!(found.as_deref(), wanted, "{typed}");
        }
    }
}
