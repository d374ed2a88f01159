//! What pages, documents and interfaces show of a case: plain structs, with the words ready to print. Nothing here decides anything.
//!
//! Pure: no clock, chance, file, network or database; what comes in is loaded and redacted already.
//!
//! Every text is in the area's own words and in the user's language. Every time is a [`When`]; every limit a [`Limit`].
//! A [`DutyKey`] is safe in a path or a query as it stands (letters, digits, `-._~`).
//!
//! `making` makes them of a [`Record`], through a [`Lens`]; `words` says how things are said.

mod across;
mod alert;
pub mod asked;
mod at_hand;
mod board;
mod changes;
mod child;
mod duty;
mod episode;
mod filling;
mod form;
mod home;
mod kept;
mod key;
mod known;
mod lens;
pub mod making;
mod meeting;
pub mod on_file;
mod panel;
mod place;
mod protocol;
mod record;
mod report;
mod search;
pub mod seen_to;
mod setting;
mod viewer;
mod when;
mod why;
pub mod words;
mod work;

pub use across::{Differs, Elsewhere, PersonOffer, PersonPage, SamePersonPage};
pub use alert::{AlertKind, AlertLine, Alerts, SilenceLine};
pub use at_hand::{AtHand, Offer, PowerRunning, RingLine, Ringing};
pub use board::{Board, BoardLine};
pub use changes::{Change, ChangeLine, ChangePart, Changes};
pub use child::{
    CalendarDay, ChildHead, ChildPage, ChildPart, ChildPartPage, Danger, EarlierEpisode, FactLine, HourCount, Namesake,
    PersonLine, PhotographForm, PhotographLine, PhotographPage, PlacementLine,
};
pub use duty::{Doing, DutyGroup, DutyLine, Source};
pub use engine::evaluate::State;
pub use engine::rulebook::Modality;
pub use episode::{
    AgencyGroup, CheckedLine, Coming, ComingWhat, EpisodePage, EpisodePart, EpisodePartPage, EventGroup, EventLink,
    FieldLine, PhotographOf, RecordMenu, Strip, TimelineItem, Version, Warning,
};
pub use filling::{
    DraftLine, FillForm, FillQuestion, FillSection, FillShape, FilledForm, FilledLine, FilledLineOf, FilledSection,
    FormBook, FormList, KeptElsewhere,
};
pub use form::{CheckLine, ChoiceOption, EventForm, FieldKind, FormField, Guidance, JoinPage, OptionGroup};
pub use home::{Bundle, Home, HomeNotice, Quiet, TodoList, TodoPage, TodoPart, Whose};
pub use kept::{Around, KeptForm, Living, ParticularGroup, Particulars, Ring, Said, Someone, Stay};
pub use key::{DutyKey, NoKey};
pub use known::{FactForm, FactSection, FactStory, FactsPage, Gap, GapPlace, KnownFact};
pub use lens::{Lens, Who};
pub use meeting::{Meeting, MeetingFact, MeetingPart, MeetingState};
pub use panel::{
    AgendaLine, AgendaPart, AreaLine, AreaPage, AreaState, HistoryLine, MeetingLink, MeetingPage, Member, PanelLink,
    PanelPage, RecordPart, RegisterLink, RegisterPage, RegisterRow,
};
pub use place::{FoundThere, OtherThere, Place, PlacePage, Places};
pub use protocol::{
    Cited, ContactCard, EditionLink, PartLink, PhoneLine, ProtocolHead, ProtocolItem, ProtocolLink, ProtocolList,
    ProtocolPage, ProtocolPoint, ProtocolPoints, ProtocolSection,
};
pub use record::{Lives, Record, Standing, Written};
pub use report::{
    ReadOut, ReadOutLine, ReadOutSection, ReportDraft, ReportStart, ReportStep, StepPlace, StepState, SummaryRow,
    ToRing,
};
pub use search::{SearchPage, SearchRow, Sought};
pub use setting::{InForce, SettingLine, SettingSection, SettingWaiting, SettingsPage};
pub use viewer::Viewer;
pub use when::{Limit, Tag, Urgency, When};
pub use why::{Override, ProvisionLine, Reason, Toward, Why, WhySource};
pub use work::{InterviewLine, Interviews, TeamPage, TeamPerson, TeamPersonPage};
