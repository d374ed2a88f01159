//! The words of the command line. What each does is in the module of its name.

use crate::coming_args::{Export, Import, ImportFigures, MatchFigures};
use crate::follow_args::{Follow, Followed};
use crate::safety_args::{Backup, Checkpoint, Keeping, Keys, Move, On, Restore, Verify};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Whereabouts runs an area's protocol for children who go missing from home or care: from a child's record and
/// chronology it works out who must do what, by when, and why.
#[derive(Parser)]
#[command(name = "whereabouts", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  whereabouts duties examples/03-first-strategy-meeting.json --at 2026-01-06T19:00+00:00
  whereabouts explain examples/03-first-strategy-meeting.json strategy-meeting.first --at 2026-01-06T19:00+00:00
  whereabouts rulebook check AREA

Exit status: 0 all is well; 1 something is wrong with what was checked; 2 the command cannot be understood;
3 a file cannot be read.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Folder of rulebooks [default: the nearest `rulebooks` folder above, else those compiled in]
    #[arg(long, global = true, value_name = "DIR", env = "WHEREABOUTS_RULEBOOKS")]
    pub rulebooks: Option<PathBuf>,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Subcommand)]
pub enum Command {
    /// What must be done now: every duty with its owner, limit, state and reason
    Duties(Duties),
    /// Why one duty is due: the rule in words, its provisions, the facts and entries it hangs on, what it overrides
    Explain(Explain),
    /// What will arise, and when, if nothing changes
    Forecast(Forecast),
    /// Tools for the people who own a protocol
    #[command(subcommand)]
    Rulebook(Rulebook),
    /// Case files
    #[command(subcommand)]
    Case(Case),
    /// The pages: listens, and answers browsers
    Serve(Serve),
    /// The people who may sign in
    #[command(subcommand)]
    People(People),
    /// The agencies that work together
    #[command(subcommand)]
    Agencies(Agencies),
    /// Looks whether this installation is fit to be relied on, and says what to do
    Doctor(Doctor),
    /// Brings in children, people, placements, homes, agencies and past episodes from files of others
    Import(Import),
    /// Writes all children out, as files that `import` reads
    Export(Export),
    /// Measures on a made-up set how many doubles are found, missed and wrongly offered
    MatchFigures(MatchFigures),
    /// Measures how long a made-up county takes to come in by its own export
    ImportFigures(ImportFigures),
    /// An area: set it up, and check what is missing
    #[command(subcommand)]
    Area(Area),
    /// Raises reminders and alerts; runs beside any number of servers and other workers
    Worker(Worker),
    /// Keys: what signs checkpoints, and what opens backups
    #[command(subcommand)]
    Keys(Keys),
    /// Signs how all chains stand now, so that nobody changes the past unseen
    Checkpoint(Checkpoint),
    /// Works everything out again: says the first thing that is wrong, with its place
    Verify(Verify),
    /// Makes all lists anew from the chronologies
    Rebuild(On),
    /// Makes an encrypted backup, while the server goes on
    Backup(Backup),
    /// Fills an empty database from a backup, and checks it
    Restore(Restore),
    /// Moves everything into an empty database, from SQLite to PostgreSQL or back
    Move(Move),
    /// Keeps a copy of a server's SQLite database on a second machine, as it is written
    Follow(Follow),
    /// Brings a database's tables up to date, and ends
    Migrate(Database),
    /// A made-up county to look round in: fills a database, serves the pages and says as whom to sign in
    Demo(Demo),
    /// Ten worked examples, printed one after the other
    Examples(Examples),
    /// Shell completions, to standard output
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// The manual page, to standard output
    Man,
}

/// Which case, as known when, by which rulebooks.
#[derive(Args)]
pub struct Asked {
    /// The case file (JSON; see docs/case-file.md)
    pub case: PathBuf,
    /// The moment asked about, with its offset, such as 2026-01-06T19:00+00:00 [default: now]
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Only what had been recorded by this moment [default: everything]
    #[arg(long, value_name = "TIME")]
    pub known_at: Option<String>,
    /// Ask this rulebook, or one edition of it (`area` or `area/edition`), whether or not it says that it applies;
    /// may be given several times [default: all that say they apply to the child]
    #[arg(long, value_name = "ID")]
    pub rulebook: Vec<String>,
    /// A local setting, such as area.report_limit=1h; may be given several times
    #[arg(long, value_name = "RULEBOOK.SETTING=VALUE")]
    pub setting: Vec<String>,
}

#[derive(Args)]
pub struct Duties {
    #[command(flatten)]
    pub asked: Asked,
    /// Only the duties of this role
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// Also what is done, has lapsed or was waived, and the standing duties of the partnership
    #[arg(long)]
    pub all: bool,
}

#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    pub asked: Asked,
    /// The duty: its id from `duties`, a rule's id, an action or a provision's id
    pub duty: String,
}

#[derive(Args)]
pub struct Forecast {
    #[command(flatten)]
    pub asked: Asked,
    /// Up to when, with its offset
    #[arg(long, value_name = "TIME")]
    pub until: String,
    /// Only the duties of this role
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
}

#[derive(Subcommand)]
pub enum Rulebook {
    /// The rulebooks there are, with their editions
    List,
    /// Everything wrong with a rulebook, or with all of them
    Check {
        /// The rulebook; left out: all, and what is between them
        id: Option<String>,
    },
    /// Run a rulebook's scenarios, or all
    Test {
        /// The rulebook; left out: all
        id: Option<String>,
        /// Only scenarios whose id contains this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
    /// Drop each exception, limit, recipient and objection in turn: does some scenario fail?
    Mutants {
        /// The rulebook; left out: all
        id: Option<String>,
    },
    /// Changes scenarios and examples in ways that must not matter, or only in one direction, and compares the answers
    Metamorphic(Metamorphic),
    /// What carries out each provision: a table by kind and disposition
    Coverage {
        /// The rulebook; left out: all
        id: Option<String>,
        /// Write one page with every provision, its disposition, its rule in words and its scenarios
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// List every provision
        #[arg(long)]
        all: bool,
    },
    /// A rulebook, or one rule of it, in words
    Show {
        /// The rulebook
        id: String,
        /// A rule, table, action or provision
        what: Option<String>,
    },
    /// What changed between two editions: the words, and the outcomes of their scenarios
    Diff {
        /// The earlier, as `area/edition`, `area`, or a folder
        a: String,
        /// The later
        b: String,
    },
    /// What a rulebook would have asked of past episodes
    Replay {
        /// The rulebook, as `area/edition`, `area`, or the folder of a changed edition
        id: String,
        /// Case files
        #[arg(required = true)]
        cases: Vec<PathBuf>,
    },
    /// What each rulebook says of one action, side by side
    Compare {
        /// The action, such as return_home_interview.hold
        action: String,
    },
    /// A commented starting folder for a new area, which passes `check`
    New {
        /// The area's id: lower case, hyphens
        area: String,
        /// Its title
        #[arg(long)]
        title: Option<String>,
        /// The edition's name
        #[arg(long, default_value = "2026-01")]
        edition: String,
    },
}

#[derive(Args)]
pub struct Metamorphic {
    /// Only the scenarios of this rulebook, as `area` or `area/edition`; left out: all, and the examples
    pub id: Option<String>,
    /// Only this property; may be given several times [default: all]
    #[arg(long, value_name = "NAME")]
    pub property: Vec<String>,
    /// So many changed cases for each property at most
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub cases: usize,
    /// Two runs of one seed change the same cases in the same way
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Only cases whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// Show an example of each rule that broke, and write its changed case
    #[arg(long)]
    pub show: bool,
    /// Folder for the changed cases
    #[arg(long, value_name = "DIR", default_value = "target/metamorphic")]
    pub keep: PathBuf,
}

#[derive(Subcommand)]
pub enum Case {
    /// Everything wrong with case files, each with its line and what to write
    Check {
        /// Case files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Also what these rulebooks object to in the entries; may be given several times
        #[arg(long, value_name = "ID")]
        rulebook: Vec<String>,
    },
    /// The JSON Schema of a case file, to standard output
    Schema,
}

/// The address of a database, as far as its beginning tells.
fn database(url: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|kind| url.starts_with(kind));
    if known { Ok(url.into()) } else { Err("write `sqlite:PATH` or `postgres://user:password@host/database`".into()) }
}

/// Which database.
#[derive(Args)]
pub struct Database {
    /// `sqlite:PATH`, made if it is not there, or `postgres://user:password@host/database`
    #[arg(long, value_name = "URL", env = "WHEREABOUTS_DATABASE_URL", hide_env_values = true)]
    #[arg(default_value = "sqlite:whereabouts.db", value_parser = database)]
    pub database_url: String,
    /// The file of the key that seals secrets in the database; `serve` makes it if it is not there [default: beside a SQLite database,
    /// with `.sealing-key` after its name]
    #[arg(long, value_name = "FILE", env = "WHEREABOUTS_SEALING_KEY")]
    pub sealing_key: Option<PathBuf>,
}

/// What everything needs that runs on a database.
#[derive(Args)]
pub struct Running {
    #[command(flatten)]
    pub database: Database,
    /// A TOML file with these options, each by its long name, such as `listen = "127.0.0.1:8080"`; what is typed here counts more
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How long agencies of this county keep records, beside what is laid down: a TOML file as `policy/retention.toml`, which only lengthens
    #[arg(long, value_name = "FILE")]
    pub retention: Option<PathBuf>,
    /// How the log is written to standard error
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Log::Text)]
    pub log: Log,
    /// For tests only: a file with a number of seconds, by which the clock is ahead; read whenever the time is asked
    #[arg(long, value_name = "PATH", hide_short_help = true)]
    pub clock_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// A line each, for people
    Text,
    /// A JSON object each, for what gathers logs
    Json,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub struct Doctor {
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub keeping: Keeping,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub struct Worker {
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub keeping: Keeping,
    /// Answer with figures for Prometheus here, at `/metrics`: an address that only what watches this worker reaches
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub metrics: Option<std::net::SocketAddr>,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub struct Serve {
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub keeping: Keeping,
    #[command(flatten)]
    pub followed: Followed,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// Answer with figures for Prometheus here, at `/metrics`: an address that only what watches this server reaches
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub metrics: Option<std::net::SocketAddr>,
    /// Also raise reminders and alerts, so that no other process is needed for them
    #[arg(long)]
    pub worker: bool,
    /// The pages are reached over TLS, by way of a proxy: cookies are sent over nothing else
    #[arg(long)]
    pub secure: bool,
    /// The address at which browsers find the pages, such as <https://whereabouts.example>: for passkeys, for links and for the way back
    /// from an agency's own sign-in [default: http://localhost with the port]
    #[arg(long, value_name = "URL", env = "WHEREABOUTS_ADDRESS")]
    pub address: Option<String>,
    /// A proxy of yours stands before it, and says in `X-Forwarded-For` where a request came from
    #[arg(long)]
    pub behind_proxy: bool,
    /// For those who develop: the styleguide
    #[arg(long, hide_short_help = true)]
    pub dev: bool,
}

#[derive(Args)]
pub struct Demo {
    /// Two demonstrations of one seed are of the same county, with the same people
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How many children
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub children: usize,
    /// So many of them are in the middle of something, seven of eleven missing or away
    #[arg(long, value_name = "N", default_value_t = 11)]
    pub under_way: usize,
    /// How many years their records go back
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub years: u32,
    /// The area whose protocol holds there [default: the one whose rulebook in force has most rules, and is not past its review]
    #[arg(long, value_name = "AREA")]
    pub area: Option<String>,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    #[command(flatten)]
    pub followed: Followed,
    /// A database to keep it in, as for `serve`; one that a demonstration filled is served as it is
    /// [default: a file that is removed at the end]
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// The file of the key that seals addresses in the database, as for `serve`; made if it is not there
    /// [default: beside a SQLite database; with PostgreSQL one that everybody knows, for what is made up]
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub sealing_key: Option<PathBuf>,
    /// Answer with figures for Prometheus here, at `/metrics`
    #[arg(long, value_name = "ADDRESS:PORT", hide_short_help = true)]
    pub metrics: Option<std::net::SocketAddr>,
    /// The moment at which the demonstration's clock starts, with its offset, such as 2026-01-06T03:12+00:00 [default: now]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// For tests only: a file with a number of seconds, by which the clock is ahead; read whenever the time is asked
    #[arg(long, value_name = "PATH", hide_short_help = true)]
    pub clock_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct Examples {
    /// Folder of example cases [default: the nearest `examples` folder above, else those compiled in]
    #[arg(long, value_name = "DIR")]
    pub examples: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum People {
    /// Add somebody with a post, and print the link by which they come in
    Add(AddPerson),
    /// Add people by a CSV file: name,username,role,agency,team,from,until,kind. Every wrong row is named; the others go in
    #[command(args_override_self = true)]
    Import {
        /// The file; its first row names the columns, of which the last four may be left out
        file: PathBuf,
        /// Say what the file would bring, and save nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        at: At,
    },
    /// Close an account: its sessions end, and its duties stay with the team
    Disable {
        /// The username
        username: String,
        #[command(flatten)]
        database: Database,
    },
    /// Let somebody back in who has lost every way in, where no two people are left to do it on the pages
    #[command(args_override_self = true)]
    LetIn {
        /// The username
        username: String,
        /// Why, and how it is known that it is them; those who keep people are told
        #[arg(long, value_name = "REASON")]
        why: String,
        #[command(flatten)]
        at: At,
    },
    /// Everybody, with their posts
    List {
        #[command(flatten)]
        database: Database,
    },
}

/// Which database, and where browsers find the pages.
#[derive(Args)]
pub struct At {
    #[command(flatten)]
    pub database: Database,
    /// The address at which browsers find the pages, for the links that are printed
    #[arg(long, value_name = "URL", env = "WHEREABOUTS_ADDRESS")]
    pub address: Option<String>,
    /// The TOML file that the server is run with: the address and the database are taken from it; what is typed here counts more
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub struct AddPerson {
    /// The name
    pub name: String,
    /// What they sign in with
    pub username: String,
    /// The role, such as social_worker
    #[arg(long)]
    pub role: String,
    /// The agency: its name, or its id
    #[arg(long)]
    pub agency: String,
    /// The name of the team
    #[arg(long)]
    pub team: Option<String>,
    /// Why, where it takes a second person: whoever confirms it reads this
    #[arg(long, value_name = "REASON")]
    pub why: Option<String>,
    #[command(flatten)]
    pub at: At,
}

#[derive(Subcommand)]
#[expect(clippy::large_enum_variant, reason = "one is made in the life of a program")]
pub enum Area {
    /// Set an area up: asks for what must be known and is not given, adds its agencies, and says what is still missing
    Init {
        /// The area: the id of its rulebook
        area: String,
        /// The local authority's name
        #[arg(long)]
        authority: Option<String>,
        /// The police force's name
        #[arg(long)]
        police: Option<String>,
        /// The name of the team that covers nights and weekends
        #[arg(long)]
        duty_team: Option<String>,
        /// The safeguarding hub's name
        #[arg(long)]
        hub: Option<String>,
        /// The name of the team for missing children
        #[arg(long)]
        missing_team: Option<String>,
        /// The safeguarding partnership's name
        #[arg(long)]
        partnership: Option<String>,
        /// The help line: number and name
        #[arg(long)]
        helpline: Option<String>,
        /// A file with the privacy notice, as text
        #[arg(long, value_name = "FILE")]
        privacy: Option<PathBuf>,
        /// From whom this is known, such as the name of whoever decided it
        #[arg(long)]
        source: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Check an area: who is missing whom its protocol has act, and what its people still need to know
    Check {
        /// The area
        area: String,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Subcommand)]
pub enum Agencies {
    /// Add an agency
    Add {
        /// The name
        name: String,
        /// What it is, such as childrens_home, social_work_team, police
        #[arg(long)]
        kind: String,
        /// The area whose rulebook says when office hours are
        #[arg(long)]
        area: Option<String>,
        /// It only appears in records; its people do not sign in
        #[arg(long)]
        only_appears: bool,
        /// It is another than the home of nearly the same name that is here
        #[arg(long)]
        another: bool,
        #[command(flatten)]
        database: Database,
    },
    /// All agencies
    List {
        #[command(flatten)]
        database: Database,
    },
    /// Let an agency's people come in by their own accounts (OpenID Connect)
    Provider {
        /// The agency: its name, or its id
        agency: String,
        /// What the button on the sign-in page says
        #[arg(long)]
        name: String,
        /// The issuer's address
        #[arg(long, value_name = "URL")]
        issuer: String,
        /// By what the provider knows us
        #[arg(long)]
        client_id: String,
        /// What proves that it is us
        #[arg(long, env = "WHEREABOUTS_CLIENT_SECRET", hide_env_values = true)]
        client_secret: String,
        /// A claim, its value and the role that it makes, such as groups=night-staff:home_staff; may be given several times
        #[arg(long, value_name = "CLAIM=VALUE:ROLE")]
        rule: Vec<String>,
        #[command(flatten)]
        database: Database,
    },
}
