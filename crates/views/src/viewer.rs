//! Who is looking, for the frame around every page.

use serde::Serialize;

/// The person signed in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Viewer {
    /// The person's id.
    pub person: String,
    /// `Dana Holt`.
    pub name: String,
    /// The role's word.
    pub role: String,
    /// `children's home staff`.
    pub role_name: String,
    /// `Larkfield House`.
    pub agency: String,
    /// May see children at all; a system administrator never does. Where false, show no links to children, board or search.
    pub sees_children: bool,
    /// Keeps people or agencies: show the way to their pages.
    pub keeps: bool,
    /// Arranges or holds return home interviews: show the way to their list.
    pub interviews: bool,
    /// Manages a team: show the way to what each of it has to do.
    pub manages: bool,
    /// Guards records: show the way to the unusual looks.
    pub guards: bool,
    /// Decides how long records are kept.
    pub lets_go: bool,
    /// Takes part in what an area with a protocol keeps: show the way to its panels and registers.
    pub has_area: bool,
    /// Alerts that nobody has acknowledged.
    pub alerts: u32,
    /// The name of the area at the head of pages, where one is set.
    pub area_name: String,
    /// The picture at the head of pages, by its version; none where none is set.
    pub logo: Option<i64>,
    /// `as at 03:12`.
    pub as_at: String,
    /// The same with its day, for paper: `Tue 6 Jan 2026 03:12`.
    pub as_at_day: String,
    /// The same, for `<time datetime>`.
    pub as_at_iso: String,
}
