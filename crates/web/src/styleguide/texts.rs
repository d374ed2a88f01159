//! Components that say something.

use super::Sample;
use crate::components::{
    BackLink, Banner, Breadcrumbs, Cell, Details, Dressed as _, ErrorSummary, InsetText, Markup, NotificationBanner,
    Pagination, Panel, SkipLink, SummaryList, SummaryRow, Tab, Table, Tabs, Tag, Task, TaskList, WarningText,
};

pub fn samples() -> Vec<Sample> {
    let mut all = messages();
    all.extend(lists());
    all.extend(ways());
    all
}

fn messages() -> Vec<Sample> {
    let mut summary = ErrorSummary::new([
        ("incident_number".to_string(), "Enter the police incident number"),
        ("occurred-day".to_string(), "The time cannot be in the future"),
    ]);
    // On this page only: it would take the focus away from the top.
    summary.no_focus = Some(true);
    let mut done = NotificationBanner::success("The report was saved");
    (done.no_focus, done.title_id) = (Some(true), "done-title".into());
    let mut panel = Panel::new("The report is complete", "Read it to the police now, and ask for the incident number.");
    panel.level = 3;
    vec![
        Sample::new("Tags", &tags()),
        Sample::new("Banners", &banners()),
        Sample::new("Error summary", &summary),
        Sample::new("Notification banner", &NotificationBanner::new("The clocks go back tonight at 02:00.")),
        Sample::new("Notification banner: success", &done),
        Sample::new("Panel", &panel),
        Sample::new(
            "Inset text",
            &InsetText::new("“I was at my friend’s. I did not want to go back before he was asleep.”"),
        ),
        Sample::new("Warning", &WarningText::new("If the child is in danger now, call 999.")),
        Sample::new(
            "Details",
            &Details::new("What counts as missing?", "Anybody whose whereabouts cannot be established."),
        ),
    ]
}

fn tags() -> Markup {
    let colours = ["red", "orange", "yellow", "green", "turquoise", "blue", "purple", "grey"];
    let words = ["Overdue", "Absent", "Cannot tell", "Done", "Returned", "Low", "Away", "Lapsed"];
    let tags = words.iter().zip(colours).map(|(word, colour)| Tag::new(*word).colour(colour).to_string());
    Markup::trusted(std::iter::once(Tag::new("Due").to_string()).chain(tags).collect::<Vec<_>>().join(" "))
}

fn banners() -> Markup {
    let all = [
        Banner::information("The record was opened for you by the missing co-ordinator.")
            .title("You are reading another home’s record"),
        Banner::success("A return home interview is now asked for, by 18:40 on Friday.")
            .title("The return was recorded"),
        Banner::warning("The risk is high, but the police category is absent.")
            .title("Two things contradict each other"),
        Banner::error("Nothing was saved. Try again in a moment."),
    ];
    Markup::trusted(all.iter().map(ToString::to_string).collect::<String>())
}

fn lists() -> Vec<Sample> {
    let rows = || {
        vec![
            SummaryRow::new("Name", "Riley Marsh").action("Change", "#", "the name"),
            SummaryRow::new("Last seen", "17:45 yesterday, at the bus stop in Weir Lane").action(
                "Change",
                "#",
                "when last seen",
            ),
            SummaryRow::new("Wearing", "Grey hooded top, black jeans").action("Change", "#", "what the child wears"),
        ]
    };
    let table = Table::new("Earlier episodes", vec!["Began".into(), "Status".into(), Cell::number("Hours away")])
        .row(vec!["5 January 2026".into(), "Missing".into(), Cell::number("14")])
        .row(vec!["19 December 2025".into(), "Absent".into(), Cell::number("3")])
        .first_is_header();
    let tasks = vec![
        Task::new("About the child", "#", "Complete"),
        Task::new("When and where last seen", "#", Markup::of(&Tag::new("Not yet started").colour("blue"))),
    ];
    vec![
        Sample::new("Summary list", &SummaryList::new(rows())),
        Sample::new("Summary card", &SummaryList::new(rows()).card("What was reported")),
        Sample::new("Table", &table),
        Sample::new("Task list", &TaskList::new(tasks)),
    ]
}

fn ways() -> Vec<Sample> {
    let tabs = vec![
        Tab::new("due", "Due now", Markup::trusted("<p>Four duties are due now.</p>")),
        Tab::new("done", "Done", Markup::trusted("<p>Seven duties are done.</p>")),
    ];
    let crumbs = Breadcrumbs::default().to("Missing now", "#").to("Riley Marsh", "#").collapse();
    let skip = SkipLink::new("#main", "Skip to main content").attribute("data-sample", "");
    vec![
        Sample::new("Tabs", &Tabs::new(tabs)),
        Sample::new("Breadcrumbs", &crumbs),
        Sample::new("Back link", &BackLink::new("#").text("Back to the episode")),
        Sample::new("Pagination", &Pagination::new(4, 9, |page| format!("#page-{page}"))),
        Sample::new("Skip link (shows when it has the focus)", &skip),
    ]
}
