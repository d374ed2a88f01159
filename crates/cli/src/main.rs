//! The command line. Each command is a module of its name; this file reads the words, calls it, and ends with its status.

mod agencies;
mod area;
mod args;
mod backup;
mod case;
mod coming;
mod coming_args;
mod config;
mod demo;
mod doctor;
mod duties;
mod examples;
mod explain;
mod failure;
mod figures;
mod follow;
mod follow_args;
mod forecast;
mod keeping;
mod keys;
mod library;
mod people;
mod posts;
mod print;
mod rulebook;
mod running;
mod safety_args;
mod serve;
mod session;
mod verify;
mod worker;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use failure::{Failure, Outcome};
use std::process::ExitCode;

/// Gives memory back. The one of the C library kept 58 MB for each thread that had ever hashed a password: 900 MB after a rush of sign-ins.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words = config::expand(std::env::args_os().collect(), &Cli::command());
    match words.and_then(|words| run(&Cli::parse_from(words))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Usage(text) | Failure::File(text) = &failure {
                use std::io::Write as _;
                let _ = writeln!(anstream::stderr(), "whereabouts: {text}");
            }
            ExitCode::from(failure.status())
        }
    }
}

fn run(cli: &Cli) -> Outcome {
    let rulebooks = cli.rulebooks.as_deref();
    match &cli.command {
        Command::Duties(args) => duties::run(args, rulebooks, cli.format),
        Command::Explain(args) => explain::run(args, rulebooks, cli.format),
        Command::Forecast(args) => forecast::run(args, rulebooks, cli.format),
        Command::Rulebook(command) => rulebook::run(command, rulebooks, cli.format),
        Command::Case(command) => case::run(command, rulebooks, cli.format),
        Command::Serve(args) => serve::run(args, rulebooks),
        Command::People(command) => people::run(command, rulebooks, cli.format),
        Command::Agencies(command) => agencies::run(command, rulebooks, cli.format),
        Command::Doctor(args) => doctor::run(args, rulebooks),
        Command::Import(args) => coming::import(args, rulebooks, cli.format),
        Command::Export(args) => coming::export(args, rulebooks),
        Command::MatchFigures(args) => figures::matching(args, rulebooks, cli.format),
        Command::ImportFigures(args) => figures::import(args, rulebooks, cli.format),
        Command::Area(command) => area::run(command, rulebooks, cli.format),
        Command::Worker(args) => worker::run(args, rulebooks),
        Command::Keys(command) => keys::run(command),
        Command::Checkpoint(args) => backup::checkpoint(args),
        Command::Verify(args) => verify::run(args, rulebooks, cli.format),
        Command::Rebuild(on) => verify::rebuild(on, rulebooks),
        Command::Backup(args) => backup::backup(args),
        Command::Restore(args) => backup::restore(args, rulebooks),
        Command::Move(args) => backup::move_to(args),
        Command::Follow(args) => follow::run(args),
        Command::Migrate(args) => worker::migrate(args),
        Command::Demo(args) => demo::run(args, rulebooks),
        Command::Examples(args) => examples::run(args, rulebooks),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "whereabouts", &mut std::io::stdout());
            Ok(())
        }
        Command::Man => clap_mangen::Man::new(Cli::command())
            .render(&mut std::io::stdout())
            .map_err(|e| Failure::File(format!("standard output: {e}"))),
    }
}
