//! The words of the commands by which records come in and go out, and of the figures of how doubles are found.

use crate::args::Database;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Import {
    /// The files: CSV, or workbooks (.xlsx) with a table on each sheet. Which table a file is, its name says
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How columns become records: `whereabouts`, `ssda903`, `d2i-ssd`, or a file in TOML
    #[arg(long, value_name = "NAME|FILE", default_value = "whereabouts")]
    pub mapping: String,
    /// Agencies that work with every child of the files, by name
    #[arg(long = "agency", value_name = "NAME")]
    pub agencies: Vec<String>,
    /// Who the children are who may be here already: lines `ID = "new"` or `ID = "the id of the record"`, in TOML
    #[arg(long, value_name = "FILE")]
    pub settled: Option<PathBuf>,
    /// Only say what would be brought in, and what is wrong
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub database: Database,
}

#[derive(Args)]
pub struct Export {
    /// The folder to write the files to; made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    #[command(flatten)]
    pub database: Database,
}

#[derive(Args)]
pub struct MatchFigures {
    /// So many made-up children are here
    #[arg(long, default_value_t = 10_000)]
    pub children: usize,
    /// Two sets of one seed are the same
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Args)]
pub struct ImportFigures {
    /// So many made-up children come in
    #[arg(long, default_value_t = 5_000)]
    pub children: usize,
    /// With so many years of history
    #[arg(long, default_value_t = 10)]
    pub years: u32,
    /// Two counties of one seed are the same
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}
