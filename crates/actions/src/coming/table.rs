//! A file as rows of texts: CSV in whatever alphabet and with whatever mark between the columns, or a workbook with a table on each sheet. A formula
//! is the text that it shows; one that a spreadsheet would carry out again is refused where the row is read.

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::WINDOWS_1252;
use std::collections::HashMap;
use std::io::Cursor;

/// A file has so many bytes at most, and a table so many rows.
const BYTES: usize = 200 * 1024 * 1024;
const ROWS: usize = 2_000_000;

/// A table: its name, its columns, and its rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// The name of the file without its ending, or of the sheet.
    pub name: String,
    /// The columns by their names, as they are compared.
    pub columns: HashMap<String, usize>,
    /// The rows, each with its number in the file: the head is row 1.
    pub rows: Vec<(usize, Vec<String>)>,
    /// How it was read, where that was not plain: in words.
    pub notes: Vec<String>,
}

impl Table {
    /// The text of a column in a row, without the blanks around it; empty where there is none.
    pub fn get<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        self.columns.get(&column.trim().to_lowercase()).and_then(|at| row.get(*at)).map_or("", |text| text.trim())
    }
}

/// Reads the tables of a file.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    if bytes.len() > BYTES {
        return Err(format!("`{name}` has more than {} MB; send it in parts", BYTES / 1024 / 1024));
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(stem, bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(format!("`{name}` is a workbook of the old kind; save it as .xlsx or as CSV"));
    }
    Ok(vec![csv(stem, bytes)?])
}

/// The text of a file, by its mark or by what it can be; and what was taken for granted.
fn decoded(bytes: &[u8]) -> (String, Option<String>) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            (
                text.into_owned(),
                Some("it is not UTF-8, and was read as Windows-1252; look at names with accents".into()),
            )
        }
    }
}

fn csv(name: &str, bytes: &[u8]) -> Result<Table, String> {
    let (text, note) = decoded(bytes);
    let first = text.lines().next().unwrap_or_default();
    let mark = [b';', b'\t', b'|', b','].into_iter().max_by_key(|mark| first.bytes().filter(|b| b == mark).count());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(mark.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut table = Table { name: name.into(), notes: note.into_iter().collect(), ..Table::default() };
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|wrong| format!("`{name}` cannot be read: {wrong}"))?;
        // As a spreadsheet counts them, where a cell may have several lines.
        let row = at + 1;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        take(&mut table, row, cells)?;
    }
    Ok(table)
}

/// The first row names the columns; empty rows are left.
fn take(table: &mut Table, row: usize, cells: Vec<String>) -> Result<(), String> {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(());
    }
    if table.columns.is_empty() {
        let named = cells.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
        table.columns = named.map(|(at, name)| (name.trim().to_lowercase(), at)).collect();
        return Ok(());
    }
    if table.rows.len() >= ROWS {
        return Err(format!("`{}` has more than {ROWS} rows; send it in parts", table.name));
    }
    table.rows.push((row, cells));
    Ok(())
}

fn workbook(name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    let wrong = |why: &dyn std::fmt::Display| format!("the workbook `{name}` cannot be read: {why}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|why| wrong(&why))?;
    let mut tables = Vec::new();
    let sheets = book.sheet_names();
    let alone = sheets.len() == 1;
    for sheet in sheets {
        let range = book.worksheet_range(&sheet).map_err(|why| wrong(&why))?;
        let top = range.start().map_or(0, |(row, _)| row as usize);
        let mut table =
            Table { name: if alone { format!("{name} {sheet}") } else { sheet.clone() }, ..Table::default() };
        for (at, cells) in range.rows().enumerate() {
            take(&mut table, top + at + 1, cells.iter().map(cell).collect())?;
        }
        tables.push(table);
    }
    Ok(tables)
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        // A date is written so that nobody has to guess its order.
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
            if hour == 0 && minute == 0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
            }
        }
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_windows_with_semicolons_is_read() {
        let bytes = b"Name;Born\r\nZo\xeb O\x92Neill;2011-05-02\r\n;\r\nB;\"x;y\"\r\n";
        let tables = read("children.csv", bytes).unwrap();
        let table = &tables[0];
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.get(&table.rows[0].1, "name"), "Zoë O\u{2019}Neill");
        assert_eq!((table.rows[1].0, table.get(&table.rows[1].1, "BORN")), (4, "x;y"));
        assert!(table.notes[0].contains("Windows-1252"));
    }

    #[test]
    fn marks_of_other_alphabets_are_read_and_old_workbooks_refused() {
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("a,b\n1,é\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let tables = read("x.csv", &wide).unwrap();
        assert_eq!(tables[0].get(&tables[0].rows[0].1, "b"), "é");
        assert!(read("x.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0]).unwrap_err().contains(".xlsx"));
        assert!(read("x.xlsx", b"PK\x03\x04nothing").is_err());
    }
}
