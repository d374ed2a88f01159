//! Lines and columns of byte offsets, found fast: a big file with many problems must not be walked once for each of them.

use engine::diagnostic::Place;

/// Characters are counted once for every block of so many bytes.
const BLOCK: usize = 1024;

/// The lines of one text.
pub(crate) struct Lines<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line starts, in bytes.
    starts: Vec<usize>,
    /// How many characters come before each block.
    before: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Lines<'a> {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(newlines).collect();
        let mut before = vec![0];
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            count += characters(block);
            before.push(count);
        }
        Lines { file, text, starts, before }
    }

    pub fn file(&self) -> &'a str {
        self.file
    }

    /// The place of a byte offset; an offset past the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Place { file: self.file.into(), line, column }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.before[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let text = "ä€\nzweite Zeile – mit Umlauten ö\n\n".repeat(100) + "end";
        let lines = Lines::new("a.json", &text);
        for offset in (0..=text.len()).filter(|o| text.is_char_boundary(*o)) {
            assert_eq!(lines.place(offset), Place::of("a.json", &text, offset));
        }
        assert_eq!(lines.place(text.len() + 9), Place::of("a.json", &text, text.len()));
    }
}
