//! Go's `path.Match` over image names: `*` and `?` stop at a slash, `[a-z]` is a class.

/// Says whether the whole text matches the pattern; a pattern that makes no sense matches nothing.
pub fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    from(&pattern, &text)
}

/// Backtracks over the last star only: linear in the product of the lengths.
fn from(pattern: &[char], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, t));
            p += 1;
            continue;
        }
        if let Some(length) = one(&pattern[p..], text[t]) {
            p += length;
            t += 1;
            continue;
        }
        match star {
            Some((at, reached)) if text[reached] != '/' => {
                p = at + 1;
                t = reached + 1;
                star = Some((at, reached + 1));
            }
            _ => return false,
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Returns how much of the pattern one character takes, if it fits.
fn one(pattern: &[char], c: char) -> Option<usize> {
    match pattern.first()? {
        '?' => (c != '/').then_some(1),
        '\\' => (pattern.get(1) == Some(&c)).then_some(2),
        '[' => {
            let end = 1 + pattern[1..].iter().position(|c| *c == ']')?;
            let inside = &pattern[1..end];
            let (inverted, inside) = match inside.first() {
                Some('^') => (true, &inside[1..]),
                _ => (false, inside),
            };
            (within(inside, c) != inverted && c != '/').then_some(end + 1)
        }
        other => (*other == c).then_some(1),
    }
}

fn within(class: &[char], c: char) -> bool {
    let mut at = 0;
    while at < class.len() {
        if class.get(at + 1) == Some(&'-') && at + 2 < class.len() {
            if (class[at]..=class[at + 2]).contains(&c) {
                return true;
            }
            at += 3;
        } else {
            if class[at] == c {
                return true;
            }
            at += 1;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn patterns() {
        for (pattern, text, fits) in [
            ("alpine", "alpine", true),
            ("al*", "alpine", true),
            ("al*", "al/pine", false),
            ("*/alpine", "library/alpine", true),
            ("a?p*e", "alpine", true),
            ("[a-c]lpine", "alpine", true),
            ("[^a]lpine", "alpine", false),
            ("*p*n*", "alpine", true),
            ("", "a", false),
            ("*", "", true),
            ("[", "[", false),
            ("a*b*c", "axbxbxc", true),
        ] {
            assert_eq!(super::matches(pattern, text), fits, "{pattern} {text}");
        }
    }
}
