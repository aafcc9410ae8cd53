//! Columns aligned by spaces, as Go's tabwriter does it for Podman.

use std::io::{self, IsTerminal};

use crate::types::escape;

/// The least width of a column and the space after its longest cell, as Podman sets them.
const MIN_WIDTH: usize = 12;
const PADDING: usize = 2;

/// Returns rows as aligned lines; a terminal gets no control characters (S-81).
pub fn aligned(rows: &[Vec<String>]) -> String {
    let terminal = io::stdout().is_terminal();
    // A newline or tab inside a cell would forge a row, wherever it goes.
    let cell = |text: &String| {
        if terminal || text.contains(['\n', '\t', '\r']) {
            escape::visible(text)
        } else {
            text.clone()
        }
    };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter(|row| column + 1 < row.len());
        cells
            .map(|row| row[column].chars().count() + PADDING)
            .max()
            .unwrap_or(0)
            .max(MIN_WIDTH)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        for (column, text) in row.iter().enumerate() {
            out.push_str(text);
            // Tabwriter ends every cell but the last with padding.
            if column + 1 < row.len() {
                let missing = widths[column].saturating_sub(text.chars().count());
                out.extend(std::iter::repeat_n(' ', missing));
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_twelve_wide_or_more() {
        let rows = [["A", "B"], ["0123456789ab", "c"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(super::aligned(&rows), "A             B\n0123456789ab  c\n");
        assert_eq!(
            super::aligned(&[vec!["A".into(), "B".into()]]),
            "A           B\n"
        );
    }

    #[test]
    fn a_cell_cannot_forge_a_row() {
        let rows = [vec!["a\nb".to_owned(), "c".to_owned()]];
        assert_eq!(super::aligned(&rows), "a\\x0ab      c\n");
    }
}
