//! `GET /styleguide`, for those who develop: every component with sample values. The people in it are made up.

mod cases;
mod controls;
mod texts;
mod troubles;

pub use troubles::trouble;

use crate::components::Markup;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Visit;
use askama::Template;
use views::{BoardLine, Coming, DutyLine, Strip, TimelineItem, Viewer};

/// The colours of `styles/_tokens.scss`, for the swatches.
const TOKENS: &str = include_str!("../../styles/_tokens.scss");

#[derive(Template)]
#[template(path = "styleguide/show.html")]
struct Page {
    frame: Frame,
    colours: Vec<(&'static str, &'static str)>,
    controls: Vec<Sample>,
    texts: Vec<Sample>,
    next: DutyLine,
    duties: Vec<DutyLine>,
    board: Vec<BoardLine>,
    strips: Vec<Strip>,
    timeline: Vec<TimelineItem>,
    coming: Vec<Coming>,
    subnav: Vec<(&'static str, &'static str, bool)>,
}

/// A component, and its name.
struct Sample {
    name: &'static str,
    shown: Markup,
}

impl Sample {
    fn new(name: &'static str, component: &impl askama::filters::HtmlSafe) -> Sample {
        Sample { name, shown: Markup::of(component) }
    }
}

/// `GET /styleguide`.
pub async fn show(visit: Visit) -> Answer {
    let mut frame = visit.frame("Styleguide", &viewer()).place(Place::Board).back("/", "Back to what you have to do");
    frame.flash = Some(
        Flash::success("The return was recorded")
            .text("A return home interview is now asked for, by 18:40 on Fri 9 Jan."),
    );
    page(&Page {
        frame,
        colours: colours(),
        controls: controls::samples(),
        texts: texts::samples(),
        next: cases::next(),
        duties: cases::duties(),
        board: cases::board(),
        strips: cases::strips(),
        timeline: cases::timeline(),
        coming: cases::coming(),
        subnav: vec![("Episode", "#", true), ("The child", "#", false), ("Earlier episodes", "#", false)],
    })
}

/// Names and values, as they stand in the style sheet.
fn colours() -> Vec<(&'static str, &'static str)> {
    let line = |line: &'static str| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #");
    TOKENS.lines().filter_map(line).collect()
}

fn viewer() -> Viewer {
    Viewer {
        name: "Dana Holt".into(),
        role: "home_staff".into(),
        role_name: "children's home staff".into(),
        agency: "Larkfield House".into(),
        sees_children: true,
        alerts: 3,
        as_at: "as at 03:12".into(),
        as_at_day: "Tue 6 Jan 2026 03:12".into(),
        as_at_iso: "2026-01-06T03:12:00+00:00".into(),
        ..Viewer::default()
    }
}
