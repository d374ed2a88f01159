//! Controls of forms, filled in, and with what is wrong.

use super::Sample;
use crate::components::{
    Asks as _, Button, CharacterCount, Checkboxes, Choice, DateInput, Dressed as _, ErrorMessage, Fieldset, FileUpload,
    Hint, Input, Label, Markup, MomentInput, PasswordInput, Radios, Select, SelectOption, Textarea,
};

pub fn samples() -> Vec<Sample> {
    let mut all = lines();
    all.extend(choices());
    all.extend(times());
    all
}

fn lines() -> Vec<Sample> {
    let number =
        Input::new("incident_number", "Police incident number").hint("Ask for it on the telephone.").width(20).code();
    let wrong = Input::new("wrong", "Police incident number").error("Enter the police incident number").width(20);
    vec![
        Sample::new("Buttons", &buttons()),
        Sample::new("Input", &number.value("NP-20260105-311")),
        Sample::new("Input with an error", &wrong),
        Sample::new("Input with a suffix", &suffixed()),
        Sample::new("Textarea", &Textarea::new("note", "What happened").hint("In your own words.").rows(4)),
        Sample::new("Character count", &CharacterCount::new("short", "For the handover", 200).value("Left after tea.")),
        Sample::new("File", &FileUpload::new("file", "A photograph").hint("JPEG or PNG")),
        Sample::new("Password", &PasswordInput::new("password", "Password")),
        Sample::new("Label", &Label::new("alone", "A label of its own")),
        Sample::new("Hint", &Hint::new("A hint of its own")),
        Sample::new("Error message", &ErrorMessage::new("Say who was told")),
    ]
}

fn suffixed() -> Input {
    let mut input = Input::new("miles", "How far away").width(3).digits().value("12");
    input.suffix = "miles".into();
    input
}

fn buttons() -> Markup {
    let all = [
        Button::new("Record it"),
        Button::secondary("Save and come back"),
        Button::warning("Withdraw the entry"),
        Button::new("Small").class("wh-button--small"),
    ];
    let mut disabled = Button::new("Not now");
    disabled.disabled = true;
    let written: String = all.iter().chain([&disabled]).map(ToString::to_string).collect();
    Markup::trusted(format!(
        "<div class=\"govuk-button-group\">{written}<a class=\"govuk-link\" href=\"#\">Cancel</a></div>"
    ))
}

fn choices() -> Vec<Sample> {
    let who = Input::new("who", "Who found the child?");
    let how = vec![
        Choice::new("own_accord", "By themselves"),
        Choice::new("found_by_police", "Found by the police").hint("Also when they were brought back by them"),
        Choice::new("other", "In another way").checked(true).reveals(&who),
    ];
    let told = vec![
        Choice::new("parent", "Parent"),
        Choice::new("social_worker", "Social worker").checked(true),
        Choice::new("edt", "Emergency duty team").hint("Out of hours"),
        Choice::divider("or"),
        Choice::new("nobody", "Nobody yet").exclusive(),
    ];
    let agencies = vec![
        SelectOption::new("", "Choose one"),
        SelectOption::new("home", "Larkfield House").under("Homes"),
        SelectOption::new("home2", "Weir Lodge").under("Homes"),
        SelectOption::new("team", "Eastmoor team").under("Social work").selected(true),
    ];
    let fieldset = Fieldset::new("Where the child was", Markup::of(&Input::new("street", "Street"))).class("wh-narrow");
    vec![
        Sample::new("Radios", &Radios::new("how", "How did the child come back?", how)),
        Sample::new(
            "Radios side by side, with an error",
            &Radios::yes_no("safe", "Is the child safe?").error("Say whether the child is safe"),
        ),
        Sample::new("Checkboxes", &Checkboxes::new("told", "Who was told?", told).hint("Choose everybody who knows.")),
        Sample::new("Select", &Select::new("agency", "Agency", agencies)),
        Sample::new("Fieldset", &fieldset),
    ]
}

fn times() -> Vec<Sample> {
    let born = DateInput::new("born", "Date of birth").hint("For example, 2 5 2011").value("2", "5", "2011");
    let occurred = MomentInput::new("occurred", "When did it happen?").date("6", "1", "2026").time("03:10");
    let twice = MomentInput::new("twice", "When did it happen?").date("25", "10", "2026").time("01:30").fold("");
    vec![
        Sample::new("Date", &born),
        Sample::new("Moment", &occurred.hint("The time it happened, not the time you write it down.")),
        Sample::new("Moment in the hour that comes twice", &twice.error("Say which of the two hours it was")),
    ]
}
